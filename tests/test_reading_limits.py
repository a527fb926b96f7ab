"""A document that takes too long or too much memory, or brings its process down, is named; the rest goes on."""

import os
import time

import pytest

from embeddings import pulse
from embeddings.preparation import workers
from embeddings.preparation.limits import Limits
from embeddings.preparation.prepared import ReadFile, Source, read_source
from embeddings.preparation.workers import Readers
from embeddings.rebuild_command import main
from tests.fakes import CountingEncoder

LIMITS = Limits(seconds=1.0, patience=4.0, memory=400 * 1024**2)
TEXT = "第{n}号河段\n第{n}号河段全年巡河{n}次，发现问题{n}个，全部改好。"
SAID = {
    "spin": "读取超时（超过 1 秒）",
    "sleep": "读取超时（超过 1 秒）",
    "hog": "占用内存太多",
    "abort": "崩溃",
    "leave": "崩溃",
    "raise": "读取时出错（ZeroDivisionError）",
    "deep": "层次太深",
}


def spin(seconds):
    began = time.process_time()
    while time.process_time() - began < seconds:
        pass


def behave(source):
    """Read a document, or do what its name says."""
    name = source.file.stem
    if name == "spin":
        spin(600)
    elif name == "sleep":
        time.sleep(600)
    elif name == "hog":
        held = [bytearray(b"x" * 10_000_000) for _ in range(200)]
        time.sleep(600 + len(held))
    elif name == "abort":
        os.abort()
    elif name == "leave":
        os._exit(0)
    elif name == "pages":
        for _ in range(4):
            spin(0.5)
            pulse.beat()
    elif name == "deep":
        reason = []
        for _ in range(100_000):
            reason = [reason]
        return ReadFile("", b"", reason=reason)
    return read_source(source)


def serve_badly(*arguments):
    import embeddings.preparation.prepared as prepared
    import embeddings.preparation.workers as here

    def parse(data, suffix, real=prepared.parse_article):
        return 1 // 0 if b"raise" in data else real(data, suffix)

    prepared.parse_article = parse
    here.read_source = behave
    here._serve(*arguments)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "_FEW", 1)
    monkeypatch.setattr(workers, "_serve", serve_badly)
    for n, name in enumerate(SAID):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(n=n) + f"\n{name}\n", encoding="utf-8")
    for n in range(20):
        (tmp_path / f"{n:02}.txt").write_text(TEXT.format(n=n + 50), encoding="utf-8")
    (tmp_path / "pages.txt").write_text(TEXT.format(n=9), encoding="utf-8")
    return tmp_path


def test_each_that_goes_beyond_is_named_and_all_others_are_read(folder):
    sources = [Source(file) for file in sorted(folder.glob("*.txt"))]
    with Readers(LIMITS, processes=2) as readers:
        read = dict(zip((source.file.stem for source in sources), readers.read(sources), strict=True))
    assert {name for name, each in read.items() if each.prepared is None} == set(SAID)
    assert {name for name, said in SAID.items() if said not in read[name].reason} == set()
    # What may be otherwise the next time is read again.
    assert {read[name].digest for name in SAID} == {b""}
    assert [read[f"{n:02}"].prepared.article.title for n in (0, 19)] == ["第50号河段", "第69号河段"]
    # Each of its pages took less than the limit, all of them took more.
    assert read["pages"].prepared.article.title == "第9号河段"


def test_few_small_files_of_text_are_read_without_a_process(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "_Worker", None)
    for n in range(50):
        (tmp_path / f"{n}.md").write_text(TEXT.format(n=n), encoding="utf-8")
    with Readers(LIMITS) as readers:
        read = list(readers.read([Source(file) for file in tmp_path.iterdir()]))
    assert len({each.prepared.article.title for each in read}) == 50
    for name, size in (("a.html", 10), ("a.docx", 10), ("a.zip", 10), ("a.txt", 300_000)):
        (tmp_path / name).write_bytes(b"x" * size)
        with Readers(LIMITS) as readers, pytest.raises(TypeError, match="NoneType"):
            list(readers.read([Source(tmp_path / name)]))


def test_the_command_takes_the_time_that_a_file_may_take(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model: CountingEncoder("水气土声"))
    monkeypatch.setattr(workers, "_FEW", 1)
    monkeypatch.setattr(workers, "_serve", serve_badly)
    (tmp_path / "articles").mkdir()
    for name in ("spin", "good"):
        (tmp_path / "articles" / f"{name}.txt").write_text(TEXT.format(n=len(name)), encoding="utf-8")
    arguments = [str(tmp_path / "articles"), "--index", str(tmp_path / "index"), "--file-seconds", "0.5"]
    assert main(arguments) == 0
    assert "spin.txt：读取超时（超过 0.5 秒），没有读；" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main([*arguments[:-1], "0"])
    assert "--file-seconds" in capsys.readouterr().err
