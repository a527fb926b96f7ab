"""The `rebuild-index` command: what it reports, what it refuses, and that nothing of it disturbs the live snapshot."""

import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

import qa
from embeddings.encoding import encoder as encoders
from embeddings.errors import ModelError
from embeddings.rebuild_command import main
from embeddings.rebuilding import snapshot_writer as snapshots
from embeddings.rebuilding.rebuild import rebuild, roll_back_index
from embeddings.snapshot.snapshot import live_id, open_live
from tests.conftest import REPOSITORY
from tests.fakes import CountingEncoder
from tests.test_encoder import tiny_model
from tests.written_articles import HARBOUR, VALLEY, write_articles

QUESTION = "流动图书车多久去一次外岛"
ANSWER = "流动图书车每月去外岛三次，司机也是管理员。[1]"


@pytest.fixture
def articles(tmp_path):
    return write_articles(tmp_path / "articles")


@pytest.fixture(scope="session")
def built(one_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    rebuild(write_articles(folder / "articles"), folder / "index")
    return folder / "index"


@pytest.fixture
def index(built, tmp_path):
    """An index with a live snapshot of the articles and all of their embeddings."""
    return Path(shutil.copytree(built, tmp_path / "index"))


@contextlib.contextmanager
def untouched(index):
    """The live snapshot is, file by file, what it was, answers, and nothing half-made lies beside it."""
    before = (live_id(index), digests(index))
    yield
    assert (live_id(index), digests(index)) == before
    assert qa.ask(QUESTION, index).text == ANSWER
    assert [path.name for path in (index / "snapshots").iterdir()] == [live_id(index)]


def digests(index):
    live = index / "snapshots" / live_id(index)
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(live.rglob("*")) if path.is_file()}


def refused(capsys, *arguments):
    """Run the command, which must exit with 2 and one message on stderr; return the message."""
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("rebuild-index: ") == 1
    assert err.startswith("rebuild-index: ")
    assert "Traceback" not in err
    return err


def test_the_report_counts_what_was_done(one_model, articles, tmp_path, capsys):
    (articles / "empty.txt").write_text("", encoding="utf-8")
    (articles / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (articles / "copy.md").write_text(VALLEY.replace("（文章来源：溯源示例）", ""), encoding="utf-8")
    index = tmp_path / "index"
    assert main([str(articles), "--index", str(index)]) == 0
    out, err = capsys.readouterr()
    manifest = open_live(index).manifest
    assert f"快照 snapshot {manifest.id}\n" in out
    assert f"文章 articles 3    段落 passages {manifest.passages}（新算 embedded {manifest.passages}）" in out
    assert "转载合并 reprints merged 1" in out
    assert "搁置 set aside 2" in out
    assert re.search(r"用时 seconds \d+(\.\d+)?\n", out)
    assert [line.split("：")[0].strip() for line in out.splitlines()[-2:]] == ["empty.txt", "picture.md"]
    assert all(len(line.split("：")[1]) > 3 for line in out.splitlines()[-2:])
    assert err == ""


def test_the_report_as_json(one_model, articles, tmp_path, capsys):
    (articles / "empty.txt").write_text("", encoding="utf-8")
    index = tmp_path / "index"
    assert main([str(articles), "--index", str(index), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    manifest = open_live(index).manifest
    assert report.pop("seconds") > 0
    set_aside = report.pop("set_aside")
    assert [(item["path"], bool(item["reason"])) for item in set_aside] == [("empty.txt", True)]
    assert report == {
        "snapshot": manifest.id,
        "articles": 3,
        "passages": manifest.passages,
        "parsed": 4,
        "embedded": manifest.passages,
        "reprints": 0,
        "changed": True,
    }


def test_a_missing_folder_is_refused(index, tmp_path, capsys):
    with untouched(index):
        assert "nowhere" in refused(capsys, tmp_path / "nowhere", "--index", index)


def test_a_file_in_the_folders_place_is_refused(index, articles, capsys):
    with untouched(index):
        assert "不是文件夹" in refused(capsys, articles / "valley.md", "--index", index)


def test_a_folder_without_a_readable_article_is_refused_with_the_reasons(index, tmp_path, capsys):
    empty = tmp_path / "empty"
    empty.mkdir()
    with untouched(index):
        assert str(empty) in refused(capsys, empty, "--index", index)
        (empty / "blank.txt").write_text(" \n", encoding="utf-8")
        (empty / "page.css").write_text("a {}", encoding="utf-8")
        message = refused(capsys, empty, "--index", index)
        assert "blank.txt：" in message
        assert "page.css" not in message


@pytest.mark.parametrize("below", ["", "deeper/index"])
def test_an_index_that_cant_be_written_is_refused(one_model, articles, tmp_path, capsys, below):
    (tmp_path / "taken").write_text("一个文件", encoding="utf-8")
    message = refused(capsys, articles, "--index", tmp_path / "taken" / below)
    assert "--index" in message
    assert str(tmp_path / "taken") in message
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "一个文件"


def test_a_second_writer_is_refused_and_may_go_on_when_the_first_is_done(index, articles, capsys):
    with FileLock(index / "lock"), untouched(index):
        assert "另一个 rebuild-index 正在写" in refused(capsys, articles, "--index", index)
        assert "另一个 rebuild-index 正在写" in refused(capsys, "--rollback", "--index", index)
    assert main([str(articles), "--index", str(index)]) == 0


@pytest.mark.parametrize("model", ["./no/such/folder", "no-such-owner/no-such-model"])
def test_an_unknown_model_is_refused(index, articles, capsys, monkeypatch, model):
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", encoders.load_encoder)
    with untouched(index):
        message = refused(capsys, articles, "--index", index, "--model", model)
        assert model in message
        assert "--model" in message


@contextlib.contextmanager
def largest_file(limit):
    """Within, no file of this process can be written beyond `limit` bytes, wherever that strikes."""
    resource = pytest.importorskip("resource", reason="limits on file sizes are known on Unix only")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("limit", [0, 300, 9_000, 20_000])
@pytest.mark.parametrize("changed", [True, False], ids=["while embedding", "while writing the snapshot"])
def test_a_full_disk_is_told_and_nothing_is_lost(index, articles, capsys, limit, changed):
    if changed:
        (articles / "valley.md").write_text(VALLEY.replace("4200亩", "4300亩"), encoding="utf-8")
    with untouched(index):
        with largest_file(limit):
            message = refused(capsys, articles, "--index", index)
        assert "请检查磁盘空间和权限" in message
    assert main([str(articles), "--index", str(index)]) == 0
    assert ("4300亩" if changed else "4200亩") in qa.ask("山谷县种树的成活率是多少", index).text


def test_a_disk_that_is_full_when_the_vectors_are_written_is_told(articles, tmp_path, capsys, monkeypatch):
    wide = CountingEncoder("".join(map(chr, range(0x4E00, 0x4E00 + 4000))))
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model: wide)
    index = tmp_path / "index"
    first = rebuild(articles, index).snapshot
    assert (index / "snapshots" / first / "vectors.faiss").stat().st_size > 50_000
    with largest_file(50_000):
        assert "请检查磁盘空间和权限" in refused(capsys, articles, "--index", index)
        # Where the vectors fit beside it and what FAISS makes of them does not.
        monkeypatch.setattr(
            "embeddings.rebuilding.snapshot_files.create_array", lambda file, *array: file.touch() or np.zeros(*array)
        )
        assert "No space left on device" in refused(capsys, articles, "--index", index)
    assert [path.name for path in (index / "snapshots").iterdir()] == [live_id(index)] == [first]


def test_a_full_disk_at_the_very_last_step_leaves_no_snapshot_behind(index, articles, capsys, monkeypatch):
    def full(index, name):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(snapshots, "_swap", full)
    with untouched(index):
        refused(capsys, articles, "--index", index)


def test_a_damaged_embedding_cache_is_made_anew(index, articles, capsys):
    passages = open_live(index).manifest.passages
    for damage in (b"no database at all", (index / "embeddings.sqlite").read_bytes()[:5000] + b"\xff" * 9000):
        (index / "embeddings.sqlite").write_bytes(damage)
        report = rebuild(articles, index, force=True)
        assert (report.passages, report.embedded) == (passages, passages)
    assert rebuild(articles, index, force=True).embedded == 0


_KILLED = """
import os, signal, sys
from pathlib import Path
import embeddings.rebuilding.embedding, embeddings.rebuilding.rebuild, embeddings.rebuilding.snapshot_writer
from tests.fakes import CountingEncoder

class Encoder(CountingEncoder):
    def encode_passages(self, texts):
        if where == "embedding" and len(self.encoded) >= 8:
            die()
        return super().encode_passages(texts)

def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

where = sys.argv[3]
embeddings.rebuilding.embedding.passages_at_once = lambda encoder: 4
embeddings.rebuilding.rebuild.encoder_apart = lambda model: Encoder("水气土声")
if where != "embedding":
    setattr(embeddings.rebuilding.snapshot_writer, where, die)
embeddings.rebuilding.rebuild.rebuild(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no kill -9")
@pytest.mark.parametrize(("where", "kept"), [("embedding", 8), ("_verify", None), ("_swap", None)])
def test_a_killed_writer_leaves_no_lock_and_its_embeddings(articles, tmp_path, monkeypatch, where, kept):
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model: CountingEncoder("水气土声"))
    index = tmp_path / "index"
    one = tmp_path / "one"
    one.mkdir()
    (one / "first.txt").write_text("第一篇\n这是已经建好的一篇文章，只有这一句话。", encoding="utf-8")
    before = rebuild(one, index).snapshot
    command = [sys.executable, "-c", _KILLED, articles, index, where]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert live_id(index) == before
    assert [article.id for article in open_live(index).corpus.articles()] == ["first"]

    report = rebuild(articles, index)
    assert report.embedded == (report.passages - kept if kept else 0)
    assert len(open_live(index).corpus.articles()) == 3
    assert sorted(path.name for path in (index / "snapshots").iterdir()) == [before, report.snapshot]
    assert main(["--rollback", "--index", str(index)]) == 0
    assert live_id(index) == before


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no kill -9")
def test_rollback_after_a_kill_goes_back_and_never_to_what_was_not_live(articles, tmp_path, monkeypatch):
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model: CountingEncoder("水气土声"))
    index = tmp_path / "index"
    first, second = (rebuild(articles, index).snapshot for _ in range(2))
    command = [sys.executable, "-c", _KILLED, articles, index, "_swap"]
    assert subprocess.run(command, cwd=REPOSITORY, capture_output=True, timeout=120).returncode == -signal.SIGKILL
    assert live_id(index) == second
    assert main(["--rollback", "--index", str(index)]) == 0
    assert live_id(index) == first


def test_a_rebuild_embeds_only_what_is_new(index, articles):
    passages = open_live(index).manifest.passages
    assert rebuild(articles, index).embedded == 0
    of_valley = len(open_live(index).corpus.passages("valley"))
    # The title is embedded with every passage of its article.
    (articles / "valley.md").write_text(VALLEY.replace("山谷县怎样种树", "山谷县如何种树"), encoding="utf-8")
    report = rebuild(articles, index)
    assert (report.passages, report.embedded) == (passages, of_valley)
    assert 0 < of_valley < passages


def test_answers_go_on_from_the_snapshot_before_and_say_so(index, articles, capsys):
    answerer = qa.load(index)
    rebuild(articles, index)
    live = live_id(index)
    vectors = index / "snapshots" / live / "vectors.faiss"
    vectors.write_bytes(vectors.read_bytes()[:-1])
    for asked in (answerer, qa.load(index)):
        answer = asked.ask("山谷县种树的成活率是多少")
        assert "93%" in answer.text
        assert live in answer.note and "rebuild-index" in answer.note
    rebuild(articles, index)
    assert answerer.ask("山谷县种树的成活率是多少").note == ""


def test_an_index_does_not_lose_half_its_articles_unless_that_is_meant(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model: CountingEncoder("水气土声"))
    folder, index = tmp_path / "articles", tmp_path / "index"
    folder.mkdir()
    for number in range(24):
        text = f"第{number}号河段\n这是第{number}号河段的情况，巡河{number * 7}次，问题{number * 3}个。"
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    before = rebuild(folder, index).snapshot
    for number in range(12):
        (folder / f"{number:02}.txt").unlink()
    half = rebuild(folder, index)
    assert half.articles == 12
    assert roll_back_index(index) == before
    (folder / "12.txt").unlink()
    message = refused(capsys, folder, "--index", index)
    assert "11" in message and "24" in message and "--force" in message
    assert live_id(index) == before
    assert main([str(folder), "--index", str(index), "--force"]) == 0
    assert len(open_live(index).corpus.articles()) == 11


def test_rollback_and_its_messages(index, articles, capsys):
    assert "没有上一份快照" in refused(capsys, "--rollback", "--index", index)
    first = live_id(index)
    (articles / "valley.md").unlink()
    second = rebuild(articles, index).snapshot
    assert qa.ask("山谷县种树的成活率是多少", index).abstained
    assert main(["--rollback", "--index", str(index)]) == 0
    assert capsys.readouterr().out == f"已退回 Rolled back to {first}\n"
    assert "93%" in qa.ask("山谷县种树的成活率是多少", index).text
    assert main(["--rollback", "--index", str(index), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"snapshot": second}


def test_rollback_without_an_index_makes_none(tmp_path, capsys):
    assert "rebuild-index" in refused(capsys, "--rollback", "--index", tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("arguments", [[], ["articles", "--rollback"]])
def test_a_folder_or_rollback_has_to_be_given_and_not_both(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "--rollback" in capsys.readouterr().err


def test_a_reader_answers_during_a_rebuild_and_then_moves_over(index, articles, monkeypatch):
    reader = qa.load(index)
    asked = "山谷县种树的成活率是多少"
    during = []
    verify = snapshots._verify

    def verify_while_someone_asks(*arguments):
        during.append(reader.ask(asked))
        verify(*arguments)

    monkeypatch.setattr(snapshots, "_verify", verify_while_someone_asks)
    before = live_id(index)
    (articles / "valley.md").write_text(VALLEY.replace("93%", "95%"), encoding="utf-8")
    after = rebuild(articles, index).snapshot
    assert ["93%" in answer.text for answer in during] == [True]
    assert during[0].citations[0].snapshot == before
    moved = reader.ask(asked)
    assert "95%" in moved.text
    assert moved.citations[0].snapshot == after == reader.snapshot


def test_a_reader_in_another_thread_never_sees_an_error(index, articles):
    reader = qa.load(index)
    done = threading.Event()
    seen: list[object] = []

    def ask():
        # A pause after each, so that both threads come to run.
        while not done.wait(0.05):
            try:
                seen.append(reader.ask(QUESTION).text)
            except Exception as error:  # noqa: BLE001  (shown when the test fails)
                seen.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    snapshots_seen = set()
    for number in range(3):
        (articles / f"more-{number}.txt").write_text(
            f"石岭水库今年清淤{number + 2}次，下游不再缺水。", encoding="utf-8"
        )
        snapshots_seen.add(rebuild(articles, index).snapshot)
        until = len(seen) + 2
        while len(seen) < until:
            done.wait(0.05)
    done.set()
    thread.join(30)
    assert len(snapshots_seen) == 3
    assert set(seen) == {ANSWER}


def test_a_reprint_is_one_article_with_two_sources(one_model, tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.md").write_text(HARBOUR, encoding="utf-8")
    (folder / "b.md").write_text(HARBOUR.replace("溯源示例", "溯源转载").replace("05-06", "05-09"), encoding="utf-8")
    rebuild(folder, tmp_path / "index")
    (article,) = qa.load(tmp_path / "index").articles()
    assert (article.id, article.source, article.published) == ("a", "溯源示例", "2023-05-06")
    assert [(r.path, r.source, r.published) for r in article.reprints] == [("b.md", "溯源转载", "2023-05-09")]


def test_a_users_model_is_recorded_and_opening_needs_no_option(articles, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", encoders.load_encoder)
    monkeypatch.setattr("qa.answerer.load_encoder", encoders.load_encoder)
    model = tiny_model(tmp_path / "mine", {})
    monkeypatch.chdir(tmp_path)
    assert main([str(articles), "--index", "index", "--model", "mine"]) == 0
    monkeypatch.chdir("/")
    reader = qa.load(tmp_path / "index")
    assert reader.retriever.encoder.dimension == 16
    assert reader.retriever.snapshot.manifest.model == str(model.resolve())
    assert reader.ask(QUESTION).text == ANSWER


def test_a_model_that_is_no_longer_the_same_is_refused_with_the_command_that_mends_it(articles, tmp_path, monkeypatch):
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", encoders.load_encoder)
    monkeypatch.setattr("qa.answerer.load_encoder", encoders.load_encoder)
    model = tiny_model(tmp_path / "mine", {})
    assert main([str(articles), "--index", str(tmp_path / "index"), "--model", str(model)]) == 0
    config = model / "config_sentence_transformers.json"
    config.write_text(config.read_text(encoding="utf-8").replace("{", '{"note": "changed",', 1), encoding="utf-8")
    with pytest.raises(ModelError, match="rebuild-index"):
        qa.load(tmp_path / "index")


def test_the_default_index_is_what_the_environment_names(one_model, articles, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SUYUAN_INDEX", str(tmp_path / "elsewhere"))
    assert main([str(articles)]) == 0
    assert str(tmp_path / "elsewhere") in capsys.readouterr().out
    assert qa.ask(QUESTION).text == ANSWER
    monkeypatch.delenv("SUYUAN_INDEX")
    monkeypatch.chdir(tmp_path)
    assert main([str(articles)]) == 0
    assert (tmp_path / "index" / "CURRENT").is_file()
    assert qa.ask(QUESTION).text == ANSWER


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that aren't text")
def test_a_folder_whose_name_is_not_text_can_be_indexed(one_model, articles, tmp_path, capsys):
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")
    articles.rename(folder)
    assert main([folder, "--index", str(tmp_path / "index"), "--json"]) == 0
    assert open_live(tmp_path / "index").manifest.folder.endswith("caf\\xe9")
    assert qa.ask(QUESTION, tmp_path / "index").text == ANSWER
