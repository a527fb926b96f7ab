"""The `suyuan` command as a user or a script meets it."""

import ast
import json
import os
import subprocess
import sys

import pytest

from embeddings.rebuilding.rebuild import rebuild
from tests.conftest import REPOSITORY
from tests.scripted_model import ScriptedModel
from tests.written_articles import write_articles
from ui.cli import main

QUESTION = "流动图书车多久去一次外岛"
QUOTE = "流动图书车每月去外岛三次，司机也是管理员。"
UNANSWERABLE = "今天的金价是多少"
ANSWER_KEYS = [
    "id", "question", "standalone", "answer", "abstained", "tentative", "reason", "mode", "confidence", "note",
    "faithful", "answer_spans", "sentences", "citations", "nearest", "seconds",
]  # fmt: skip
CITATION_KEYS = {
    "number", "article_id", "title", "author", "published", "source", "place", "url", "start", "end", "quote",
    "page", "page_end", "text_sha256", "snapshot", "recognised",
}  # fmt: skip


@pytest.fixture(scope="module")
def index(one_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    rebuild(write_articles(folder / "articles"), folder / "index")
    return folder / "index"


@pytest.fixture
def run(index, capsys, monkeypatch):
    """Run `suyuan` on the index; returns what it printed on stdout."""
    monkeypatch.setenv("SUYUAN_INDEX", str(index))
    monkeypatch.delenv("SUYUAN_LLM", raising=False)

    def ran(*arguments):
        capsys.readouterr()
        assert main([str(argument) for argument in arguments]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return ran


def refused(capsys, *arguments):
    """Run `suyuan`, which must exit with 2 and one message on stderr; return the message."""
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("suyuan: ")
    assert "Traceback" not in err
    return err


def batch(run, tmp_path, *lines):
    """What `suyuan ask --batch` answers to the lines, each bytes or an object."""
    file = tmp_path / "questions.jsonl"
    written = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
    file.write_bytes(b"\n".join(written))
    printed = run("ask", "--batch", file)
    assert printed.endswith("\n") or not printed
    return [json.loads(line) for line in printed.split("\n")[:-1]]


def test_an_answer_is_printed_with_its_numbered_source(run):
    lines = run("ask", QUESTION).splitlines()
    assert lines[:3] == [f"{QUOTE}[1]", "", "出处 Sources:"]
    assert lines[3].startswith("  [1] 《岛上的图书馆：五个专区和一辆车》溯源示例，2024-08-01 (sub/library ")
    assert lines[4:] == [f"      {QUOTE}"]


def test_a_refusal_offers_the_nearest_passages_as_such(run):
    lines = run("ask", UNANSWERABLE).splitlines()
    assert lines[0] == "【○没有找到答案 no answer】"
    assert lines[1].startswith("语料中没有找到这个问题的答案")
    assert lines[2:4] == ["", "最接近的段落（不是答案） Nearest passages, not an answer:"]
    assert [line[:6] for line in lines[4::2]] == ["  [1] ", "  [2] ", "  [3] "]


def test_an_answer_as_json_has_the_keys_that_others_rely_on(run):
    printed = run("ask", QUESTION, "--json")
    assert printed.count("\n") == 1
    answer = json.loads(printed)
    assert list(answer) == ANSWER_KEYS
    (citation,) = answer["citations"]
    assert set(citation) == CITATION_KEYS
    assert answer["seconds"] > 0
    assert 0.5 < answer["confidence"] <= 1
    assert {key: answer[key] for key in ANSWER_KEYS[:8]} == {
        "id": None,
        "question": QUESTION,
        "standalone": QUESTION,
        "answer": f"{QUOTE}[1]",
        "abstained": False,
        "tentative": False,
        "reason": "",
        "mode": "extractive",
    }
    assert (citation["number"], citation["article_id"], citation["quote"]) == (1, "sub/library", QUOTE)
    span = {key: citation[key] for key in ("number", "article_id", "start", "end")}
    assert (answer["note"], answer["faithful"]) == ("", 1.0)
    assert answer["sentences"] == [{"text": QUOTE, "support": "verbatim", "level": 0, "spans": [span]}]
    assert (citation["title"], citation["published"]) == ("岛上的图书馆：五个专区和一辆车", "2024-08-01")


def test_a_refusal_as_json(run):
    answer = json.loads(run("ask", UNANSWERABLE, "--json"))
    assert answer["abstained"] is True
    assert answer["citations"] == []
    assert answer["reason"]
    assert 0 <= answer["confidence"] < 0.5
    assert [citation["number"] for citation in answer["nearest"]] == [1, 2, 3]


def test_the_offsets_of_a_citation_count_characters_of_what_show_prints(run):
    (citation,) = json.loads(run("ask", QUESTION, "--json"))["citations"]
    text = run("show", citation["article_id"])
    assert text[citation["start"] : citation["end"]] == QUOTE


def test_a_batch_is_answered_in_order_with_its_ids(run, tmp_path):
    answers = batch(
        run,
        tmp_path,
        {"id": "b", "question": QUESTION},
        {"question": UNANSWERABLE},
        {"id": 7, "question": "盲文书有几册", "history": []},
        {"id": "a", "question": "那三件实事具体是哪些？", "history": ["岛上的天气", "港城的123工作方法是什么"]},
        {"id": "n", "question": QUESTION, "history": None, "kind": "fact"},
    )
    assert [list(answer) for answer in answers] == [ANSWER_KEYS] * 5
    assert [answer["id"] for answer in answers] == ["b", None, 7, "a", "n"]
    assert [answer["abstained"] for answer in answers] == [False, True, False, False, False]
    assert answers[0]["answer"] == answers[4]["answer"] == f"{QUOTE}[1]"
    assert "1200册" in answers[2]["answer"]
    assert answers[3]["standalone"] == answers[3]["question"] == "那三件实事具体是哪些？"
    assert {citation["article_id"] for citation in answers[3]["citations"]} == {"harbour"}
    assert "- 修食堂。" in answers[3]["answer"]


@pytest.mark.parametrize(
    ("line", "key", "says"),
    [
        (b"{not json", None, "JSON"),
        (b'"a question"', None, "JSON"),
        (b"[]", None, "JSON"),
        (b"null", None, "JSON"),
        (b'{"id": "x"}', "x", "question"),
        (b'{"id": "x", "question": 5}', "x", "question"),
        (b'{"id": "x", "question": "  "}', "x", "question"),
        (b'{"id": "x", "question": "q", "history": "earlier"}', "x", "history"),
        (b'{"id": "x", "question": "q", "history": ""}', "x", "history"),
        (b'{"id": "x", "question": "q", "history": {}}', "x", "history"),
        (b'{"id": "x", "question": "q", "history": ["a", 1]}', "x", "history"),
        ('{"question": "金价"}'.encode("gb18030"), None, "UTF-8"),
        (b'{"question": ' + b"1" * 5000 + b"}", None, "JSON"),
        (b"[" * 100_000, None, "JSON"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, bytes) else "",
)
def test_a_bad_line_gets_an_error_and_the_rest_go_on(run, tmp_path, line, key, says):
    bad, good = batch(run, tmp_path, line, {"id": "good", "question": QUESTION})
    assert set(bad) == {"id", "error"}
    assert bad["id"] == key
    assert bad["error"].startswith("第 1 行")
    assert says in bad["error"]
    assert (good["id"], good["answer"]) == ("good", f"{QUOTE}[1]")


def test_blank_lines_a_byte_order_mark_and_windows_line_ends_are_no_matter(run, tmp_path):
    asked = json.dumps({"id": 1, "question": QUESTION}, ensure_ascii=False).encode()
    answers = batch(run, tmp_path, b"\xef\xbb\xbf" + asked + b"\r", b"\r", b"  ", asked, b"{}", b"")
    assert [answer["id"] for answer in answers] == [1, 1, None]
    # Blank lines count: the number is the one an editor shows.
    assert answers[2]["error"].startswith("第 5 行")


def test_characters_that_end_lines_elsewhere_do_not_end_one_here(run, tmp_path):
    question = f"{QUESTION}\u2028\u0085"
    (answer,) = batch(run, tmp_path, {"id": "u", "question": question})
    assert (answer["id"], answer["question"]) == ("u", question)


def test_a_half_character_is_no_reason_to_stop(run, tmp_path):
    answers = batch(run, tmp_path, b'{"id": 1, "question": "\\ud800"}', {"id": 2, "question": QUESTION})
    assert [answer["id"] for answer in answers] == [1, 2]
    assert answers[1]["answer"] == f"{QUOTE}[1]"


@pytest.mark.parametrize("name", ["nowhere.jsonl", "."])
def test_a_batch_that_cant_be_read_is_refused(index, tmp_path, capsys, name):
    message = refused(capsys, "ask", "--batch", tmp_path / name, "--index", index)
    assert str(tmp_path / name) in message


def test_an_empty_batch_is_answered_by_nothing(run, tmp_path):
    assert batch(run, tmp_path, b"") == []


@pytest.mark.parametrize(
    "arguments", [["ask"], ["ask", ""], ["ask", QUESTION, "--batch", "file"], [], ["sing"], ["show"]]
)
def test_what_cant_be_understood_is_a_usage_error(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: suyuan" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["ask", QUESTION], ["articles"], ["show", "harbour"], ["chat"]])
def test_without_an_index_the_command_that_makes_one_is_named(tmp_path, capsys, command):
    assert "rebuild-index" in refused(capsys, *command, "--index", tmp_path / "nowhere")


def test_articles_are_listed_with_what_is_known_of_them(run):
    assert run("articles").splitlines() == [
        "harbour",
        "    《港城：数字工作法与四个小组》 溯源编写组  溯源示例  2023-05-06",
        "sub/library",
        "    《岛上的图书馆：五个专区和一辆车》 溯源示例  2024-08-01",
        "valley",
        "    《山谷县怎样种树》 溯源示例  2022-03-12",
    ]


def test_articles_as_json(run):
    listed = json.loads(run("articles", "--json"))
    assert [article["id"] for article in listed] == ["harbour", "sub/library", "valley"]
    assert all("text" not in article for article in listed)
    harbour = listed[0]
    assert (harbour["author"], harbour["authors"]) == ("溯源编写组", ["溯源编写组"])
    assert (harbour["path"], harbour["published"], harbour["tags"]) == ("harbour.md", "2023-05-06", ["示例"])
    assert listed[1]["editors"] == ["示例编辑"]
    (citation,) = json.loads(run("ask", QUESTION, "--json"))["citations"]
    assert listed[1]["sha256"] == citation["text_sha256"]


class Chosen:
    """Notes the names of the language models that are asked for, and gives none."""

    def __init__(self, monkeypatch):
        self.names = []
        for command in ("commands.ask", "commands.evaluate", "cli"):
            monkeypatch.setattr(f"ui.{command}.open_language_model", self.names.append)


@pytest.mark.parametrize(
    ("arguments", "variable", "name"),
    [
        ([], "", ""),
        ([], "ollama:environment", "ollama:environment"),
        (["--llm", "openai:option"], "ollama:environment", "openai:option"),
        (["--llm", "openai:option"], "", "openai:option"),
        (["--no-llm"], "ollama:environment", ""),
    ],
)
def test_the_language_model_is_chosen_by_option_or_by_the_environment(
    run, tmp_path, monkeypatch, arguments, variable, name
):
    monkeypatch.setenv("SUYUAN_LLM", variable)
    chosen = Chosen(monkeypatch)
    assert run("ask", QUESTION, *arguments).startswith(f"{QUOTE}[1]\n")
    batch(lambda *ask: run(*ask, *arguments), tmp_path, {"question": QUESTION})
    monkeypatch.setattr("ui.web.app.serve", lambda *served, **options: None)
    assert run("chat", *arguments) == ""
    assert chosen.names == [name] * 3


def test_an_evaluation_is_by_a_language_model_only_where_that_is_said(run, tmp_path, monkeypatch):
    monkeypatch.setenv("SUYUAN_LLM", "ollama:environment")
    chosen = Chosen(monkeypatch)
    asked = {"id": "1", "question": QUESTION, "kind": "fact", "article": "sub/library", "must": [["三次"]]}
    file = tmp_path / "seed.jsonl"
    file.write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
    index = os.environ["SUYUAN_INDEX"]
    assert "faithful" not in run("evaluate", file, "--index", index)
    run("evaluate", file, "--index", index, "--llm", "openai:option")
    assert chosen.names == ["", "openai:option"]


def test_an_evaluation_by_a_language_model_shows_what_was_right_without_it(run, tmp_path, monkeypatch):
    model = ScriptedModel("它是红色的[1]。流动图书车每月去外岛三次[1]。")
    monkeypatch.setattr("ui.commands.evaluate.open_language_model", lambda name: model if name else None)
    asked = {"id": "1", "question": QUESTION, "kind": "fact", "article": "sub/library", "must": [["三次"], ["管理员"]]}
    file = tmp_path / "seed.jsonl"
    file.write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
    command = ["evaluate", file, "--index", os.environ["SUYUAN_INDEX"], "--llm", "scripted:model"]
    for _ in range(2):
        lines = [line.split() for line in run(*command, "--keep-replies").splitlines()]
        assert ["答案正确率", "accuracy", "0.000", "1.000"] in lines
        assert ["价值（错答倒扣）worth", "-1.000", "1.000"] in lines
        assert ["有据的句子", "faithful", "sentences", "0.500", "—"] in lines
    assert len(model.sent) == 1


def test_kept_replies_are_not_asked_for_again(run, monkeypatch, index):
    (index / "replies.sqlite").unlink(missing_ok=True)
    model = ScriptedModel("流动图书车每月去外岛三次[1]。")
    monkeypatch.setattr("ui.commands.ask.open_language_model", lambda name: model)
    first = run("ask", QUESTION, "--keep-replies")
    assert first.startswith("流动图书车每月去外岛三次。[1]\n")
    assert run("ask", QUESTION, "--keep-replies") == first
    assert len(model.sent) == 1
    assert (index / "replies.sqlite").is_file()


def test_both_options_at_once_are_a_usage_error(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["ask", QUESTION, "--llm", "openai:x", "--no-llm"])
    assert caught.value.code == 2
    assert "--no-llm" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["no-such-provider:model", "ollama", ":", "openai:"])
@pytest.mark.parametrize("command", [["ask", QUESTION], ["chat"], ["evaluate", "seed.jsonl"]])
def test_a_language_model_that_cant_be_had_is_refused(index, capsys, monkeypatch, command, name):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    refused(capsys, *command, "--index", index, "--llm", name)


def test_refused_questions_are_logged_unless_told_not_to(run, index):
    (index / "unanswered.jsonl").unlink(missing_ok=True)
    run("ask", "今天的金价是多少", "--no-log")
    run("ask", QUESTION)
    assert run("unanswered") == ""
    run("ask", "今天的金价是多少")
    (record,) = [json.loads(line) for line in run("unanswered", "--json").splitlines()]
    assert (record["question"], record["standalone"]) == ("今天的金价是多少", "今天的金价是多少")
    assert record["reason"]
    assert len(record["nearest"]) == 3
    assert "今天的金价是多少" in run("unanswered")


def test_show_prints_the_text_and_nothing_else(run, index):
    import qa

    for article in qa.load(index).articles():
        assert run("show", article.id) == article.text
        assert "\n" in article.text
        assert not article.text.endswith("\n")


@pytest.mark.parametrize("article_id", ["nowhere", "harbour.md", "../harbour", ""])
def test_an_unknown_article_is_refused(index, capsys, article_id):
    message = refused(capsys, "show", article_id, "--index", index)
    assert "suyuan articles" in message


def test_articles_and_show_need_no_model(run, monkeypatch):
    def load(model=None):
        raise AssertionError("the model takes seconds to load")

    monkeypatch.setattr("qa.answerer.load_encoder", load)
    assert run("articles")
    assert run("show", "harbour")


def process(index, *arguments, **environment):
    """Run `suyuan` in a process of its own; returns it with stdout and stderr as bytes."""
    command = [sys.executable, "-m", "ui.cli", *arguments, "--index", index]
    return subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, timeout=120, env=os.environ | environment, check=False
    )


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-16"])
def test_output_to_a_pipe_is_utf8_in_any_locale(run, index, encoding):
    done = process(index, "show", "harbour", LC_ALL="C", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == run("show", "harbour").encode()
    done = process(index, "show", "nowhere", LC_ALL="C", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 2
    assert "没有这篇文章：nowhere" in done.stderr.decode()


@pytest.mark.skipif(os.name == "nt", reason="pipes of Windows shells are another matter")
@pytest.mark.parametrize("arguments", [["articles", "--json"], ["show", "harbour"]])
def test_a_closed_pipe_ends_it_quietly(index, arguments):
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "ui.cli", *arguments, "--index", index]
    done = subprocess.run(command, cwd=REPOSITORY, stdout=writing, stderr=subprocess.PIPE, timeout=120, check=False)
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 141


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has /dev/full")  # noqa: PTH110
def test_a_full_disk_behind_the_output_is_told(index):
    command = [sys.executable, "-m", "ui.cli", "show", "harbour", "--index", index]
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(command, cwd=REPOSITORY, stdout=full, stderr=subprocess.PIPE, timeout=120, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("suyuan: 读写出错")
    assert done.stderr.count(b"\n") == 1


def test_line_ends_are_never_translated(index, monkeypatch):
    import io

    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp936", newline="\r\n"))
    assert main(["show", "harbour", "--index", str(index)]) == 0
    assert b"\r" not in raw.getvalue()
    assert raw.getvalue().decode("utf-8").startswith("港城：数字工作法与四个小组\n")


def test_what_a_command_does_not_need_is_not_imported():
    heavy = ("torch", "scipy", "bm25s", "faiss", "transformers", "sentence_transformers", "gradio", "langchain_core")
    loaded = f"sorted(set({heavy}) & sys.modules.keys())"
    answering = "import sys, qa.answerer, qa.reading.cross_encoder, embeddings.bundled_model.encoder"
    for imported, expected in (("import sys, ui.cli, qa", set()), (answering, {"bm25s", "faiss", "scipy"})):
        script = f"{imported}; print({loaded})"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert set(ast.literal_eval(done.stdout)) <= expected
