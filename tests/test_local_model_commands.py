"""`--llm local` as users type it: fetched on their word alone, its needs said first, its speed measured."""

import hashlib
import io
import json
import sys
from dataclasses import replace

import pytest

import qa
from embeddings.rebuilding.rebuild import rebuild
from qa.local_llm import pinned
from qa.local_llm.model_file import is_fetched, place_of
from qa.local_llm.pinned import PinnedModel
from tests.llm.hub_server import HubServer, Served
from tests.llm.tiny_gguf import write_tiny_model
from tests.written_articles import write_articles
from ui.cli import main

pytest.importorskip("xllamacpp", reason="the extra local is not installed")
QUESTION = "港务局查处违规作业罚款多少"
NEEDS = "约需内存 0.25 GB"


@pytest.fixture(scope="module")
def body(tmp_path_factory):
    return write_tiny_model(tmp_path_factory.mktemp("tiny") / "tiny.gguf").read_bytes()


@pytest.fixture(scope="module")
def index(one_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("local")
    rebuild(write_articles(folder / "articles"), folder / "index")
    return folder / "index"


@pytest.fixture
def model(body):
    return PinnedModel(
        "小模型", "MIT", "Tests/Tiny-GGUF", "c0ffee", "tiny.gguf", len(body), hashlib.sha256(body).hexdigest()
    )


@pytest.fixture
def hub(body, model, tmp_path, monkeypatch):
    """A hub that has the model, and a cache that does not."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(pinned, "DEFAULT", model)
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    monkeypatch.delenv("SUYUAN_LLM", raising=False)
    # The babble of a tiny model need not be heard to its end.
    monkeypatch.setenv("SUYUAN_LLM_SECONDS", "120")
    with HubServer(body) as started:
        monkeypatch.setenv("SUYUAN_MODEL_HUB", started.address)
        yield started


@pytest.fixture
def run(capsys):
    """Run a command: its exit code, what it printed, what it said beside."""

    def ran(*arguments):
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return ran


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def typed(monkeypatch, capsys):
    """Somebody sits at a terminal and types this."""

    def types(text):
        monkeypatch.setattr(sys, "stdin", Terminal(text))
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    return types


def test_a_command_fetches_it_and_says_what_and_from_where(run, hub, model):
    code, out, err = run("fetch-model")
    assert code == 0
    assert str(place_of(model)) in out
    assert err.startswith(f"小模型（MIT，0.00 GB），来自 from {hub.address.removeprefix('http://')}，存到 into ")
    assert is_fetched(model)
    code, out, err = run("fetch-model")
    assert (code, err) == (0, "")
    assert out.startswith("已经有了 / there already：")
    assert len(hub.asked) == 2


def test_a_hub_that_does_not_have_it_is_an_error(run, hub, model):
    hub.plan(Served(status=404))
    code, out, err = run("fetch-model")
    assert (code, out) == (2, "")
    assert "（404）" in err
    code, _, err = run("fetch-model", "--hub", "nowhere")
    assert code == 2
    assert "不认识模型站 nowhere" in err


@pytest.mark.parametrize("command", ["ask", "chat", "evaluate", "doctor"])
def test_nothing_is_fetched_unasked(run, index, hub, model, monkeypatch, tmp_path, command):
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    arguments = {"ask": [QUESTION], "evaluate": [tmp_path / "seed.jsonl"]}.get(command, [])
    code, out, err = run(command, *arguments, "--index", index, "--llm", "local")
    assert code == 2
    assert "本机还没有语言模型 小模型：请运行 suyuan fetch-model 下载" in out + err
    assert hub.asked == []
    assert not is_fetched(model)


def test_no_is_no(run, index, hub, model, typed):
    for answer in ("n\n", "\n", ""):
        typed(answer)
        code, _, err = run("ask", QUESTION, "--index", index, "--llm", "local")
        assert code == 2
        assert f"小模型（MIT，0.00 GB），来自 from {hub.address.removeprefix('http://')}" in err
        assert "请运行 suyuan fetch-model" in err
    assert hub.asked == []


def test_a_yes_fetches_it_and_the_question_is_answered(run, index, hub, model, typed):
    """The tiny model babbles, none of which the articles say: their own words come, and why."""
    typed("y\n")
    code, out, err = run("ask", QUESTION, "--index", index, "--llm", "local", "--json")
    assert code == 0
    assert is_fetched(model)
    assert NEEDS in err
    answer = json.loads(out)
    assert "12.6万元" in answer["answer"]
    assert answer["note"].startswith("语言模型")
    assert answer["mode"] == "extractive"
    code, _, err = run("ask", QUESTION, "--index", index, "--llm", "local")
    assert code == 0
    assert "y/N" not in err


def test_the_doctor_measures_its_speed(run, index, hub, model, encoder, monkeypatch):
    monkeypatch.setattr("embeddings.encoding.encoder.load_encoder", lambda model=None: encoder)
    run("fetch-model")
    code, out, err = run("doctor", "--index", index, "--llm", "local")
    last = out.splitlines()[-1]
    assert code == 0, out
    assert last.startswith("正常 ok    语言模型 language model：local 能用，")
    assert "tokens a second" in last
    assert NEEDS in last
    assert NEEDS in err


def test_python_names_it_by_its_path(index, hub, model, body, tmp_path):
    file = tmp_path / "own.gguf"
    file.write_bytes(body)
    answer = qa.ask(QUESTION, index, llm=f"local:{file}", log_unanswered=False)
    assert "12.6万元" in answer.text
    assert answer.note


def test_what_is_missing_is_said_before_anything_is_fetched(run, index, hub, model, typed, monkeypatch):
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    typed("y\n")
    for command in (["fetch-model"], ["ask", QUESTION, "--index", index, "--llm", "local"]):
        code, _, err = run(*command)
        assert code == 2
        assert 'pip install "suyuan[local]"' in err
    assert hub.asked == []


def test_too_little_memory_is_an_error(run, index, hub, model, monkeypatch):
    run("fetch-model")
    for module in ("needs", "server"):
        monkeypatch.setattr(f"qa.local_llm.{module}.free_memory", lambda: 100_000_000)
    # Another path, so that none runs already.
    monkeypatch.setattr(pinned, "DEFAULT", replace(model, file="other.gguf"))
    run("fetch-model")
    code, _, err = run("ask", QUESTION, "--index", index, "--llm", "local")
    assert code == 2
    assert "可用 0.10 GB" in err
    assert "内存不够" in err
