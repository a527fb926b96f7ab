"""Nothing unchanged is read or embedded again, and what comes of it is what a rebuild from nothing gives."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import asdict, replace

import numpy as np
import pytest

from embeddings.preparation import workers
from embeddings.preparation.limits import Limits
from embeddings.preparation.prepared import Source
from embeddings.preparation.workers import Readers
from embeddings.rebuild_command import main
from embeddings.rebuilding.rebuild import rebuild
from embeddings.snapshot.snapshot import open_live
from tests.conftest import REPOSITORY
from tests.fakes import CountingEncoder
from tests.written_articles import HARBOUR, VALLEY, write_articles

TEXT = "第{n}号河段\n第{n}号河段全年巡河{m}次，发现问题{k}个，全部改好。\n两岸种树{t}棵，成活{s}棵。"


@pytest.fixture(autouse=True)
def encoder(monkeypatch):
    encoder = CountingEncoder("水气土声")
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model: encoder)
    return encoder


@pytest.fixture
def articles(tmp_path):
    return write_articles(tmp_path / "articles")


def write_many(folder, count):
    folder.mkdir(exist_ok=True)
    for n in range(count):
        text = TEXT.format(n=n, m=n * 7 + 1, k=n * 3 + 2, t=n * 11 + 5, s=n * 10 + 4)
        (folder / f"{n:04}.txt").write_text(text, encoding="utf-8")


def contents(index):
    """All that a reader can see of the live snapshot but its id and time."""
    snapshot = open_live(index)
    articles = snapshot.corpus.articles()
    passages = [passage for article in articles for passage in snapshot.corpus.passages(article.id)]
    numbers = range(snapshot.dense.size)
    questions = ("巡河多少次", "流动图书车", "种树的成活率", "码头", "4200亩", "不在这里的词")
    return {
        "articles": articles,
        "outlines": [snapshot.corpus.outline(article.id) for article in articles],
        "passages": passages,
        "vectors": snapshot.dense.vectors(list(numbers)).tolist(),
        "words": [snapshot.lexical.scores(question).tolist() for question in questions],
        "holding": [snapshot.lexical.holding([question[:2]]).tolist() for question in questions],
        "rarity": [snapshot.lexical.idf(list(question)) for question in questions],
        "origin": replace(snapshot.manifest.origin, inputs=""),
    }


def added(folder):
    (folder / "canal.txt").write_text("运河上的灯\n运河上有灯塔九座，每夜亮灯，守灯人轮班。", encoding="utf-8")
    return 1


def edited(folder):
    (folder / "valley.md").write_text(VALLEY.replace("4200亩", "4300亩"), encoding="utf-8")
    return 1


def renamed(folder):
    (folder / "valley.md").rename(folder / "a-valley.md")
    return 0


def moved(folder):
    (folder / "2024").mkdir()
    (folder / "harbour.md").rename(folder / "2024" / "harbour.md")
    return 0


def removed(folder):
    (folder / "harbour.md").unlink()
    return 0


def touched(folder):
    os.utime(folder / "harbour.md", (0, 0))
    return 0


def copied(folder):
    shutil.copy(folder / "harbour.md", folder / "again.md")
    return 0


def reprinted(folder):
    reprint = HARBOUR.replace("（文章来源：溯源示例）", "") + "\n（记者 王一）\n"
    (folder / "reprint.md").write_text(reprint, encoding="utf-8")
    return 1


def emptied(folder):
    (folder / "harbour.md").write_text("", encoding="utf-8")
    return 1


@pytest.mark.parametrize(
    "change", [added, edited, renamed, moved, removed, touched, copied, reprinted, emptied], ids=lambda f: f.__name__
)
def test_after_any_change_the_index_is_as_if_built_from_nothing(articles, tmp_path, encoder, change):
    first = rebuild(articles, tmp_path / "index")
    assert (first.parsed, first.embedded) == (3, first.passages)
    time.sleep(0.02)  # coarser than any clock that stamps files
    new = change(articles)
    encoder.encoded.clear()
    report = rebuild(articles, tmp_path / "index")
    assert report.parsed == new
    assert len(encoder.encoded) == report.embedded
    assert (report.embedded > 0) == (change in (added, edited))
    rebuild(articles, tmp_path / "fresh")
    assert contents(tmp_path / "index") == contents(tmp_path / "fresh")


def test_a_reprint_that_tells_the_place_has_its_original_indexed_anew_and_forgets_it_when_it_goes(tmp_path, encoder):
    folder = tmp_path / "articles"
    folder.mkdir()
    body = "".join(f"第{n}件事是修桥补路，用了{n + 3}个月，花费{n * 17}万元。" for n in range(1, 12))
    (folder / "bridge.txt").write_text(f"修桥\n{body}", encoding="utf-8")
    before = rebuild(folder, tmp_path / "index")
    assert open_live(tmp_path / "index").corpus.article("bridge").place == ""
    (folder / "copy.txt").write_text(f"修桥\n作者：泰安市交通运输局 张三\n{body}", encoding="utf-8")
    joined = rebuild(folder, tmp_path / "index")
    assert (joined.articles, joined.reprints, joined.parsed) == (1, 1, 1)
    rebuild(folder, tmp_path / "fresh")
    assert contents(tmp_path / "index") == contents(tmp_path / "fresh")
    (folder / "copy.txt").unlink()
    encoder.encoded.clear()
    after = rebuild(folder, tmp_path / "index")
    assert (after.parsed, after.embedded, after.passages) == (0, 0, before.passages)
    assert open_live(tmp_path / "index").corpus.article("bridge").reprints == ()


def test_what_is_kept_of_files_that_are_gone_goes_too(articles, tmp_path):
    rebuild(articles, tmp_path / "index")
    text = (articles / "harbour.md").read_text(encoding="utf-8")
    (articles / "harbour.md").unlink()
    rebuild(articles, tmp_path / "index")
    (articles / "harbour.md").write_text(text, encoding="utf-8")
    assert rebuild(articles, tmp_path / "index").parsed == 1


@pytest.mark.parametrize("damage", ["no database", "torn"])
def test_damage_to_what_is_kept_costs_only_time(articles, tmp_path, damage):
    rebuild(articles, tmp_path / "index")
    before = contents(tmp_path / "index")
    kept = tmp_path / "index" / "prepared.sqlite"
    data = kept.read_bytes()
    kept.write_bytes(b"no database at all" if damage == "no database" else data[:4096] + b"\xff" * (len(data) - 4096))
    report = rebuild(articles, tmp_path / "index", force=True)
    assert (report.parsed, report.embedded) == (3, 0)
    assert contents(tmp_path / "index") == before


def test_another_version_of_the_program_reads_everything_anew(articles, tmp_path, monkeypatch):
    rebuild(articles, tmp_path / "index")
    monkeypatch.setattr("embeddings.rebuilding.rebuild.program_digest", lambda: "another")
    assert rebuild(articles, tmp_path / "index").parsed == 3


def test_many_files_are_read_in_several_processes_as_in_one(tmp_path, monkeypatch):
    write_many(tmp_path / "articles", 240)
    (tmp_path / "articles" / "0100.txt").write_bytes(b"\x00\x01\x02")
    report = rebuild(tmp_path / "articles", tmp_path / "index")
    assert (report.articles, report.parsed, [item.path for item in report.set_aside]) == (239, 240, ["0100.txt"])
    monkeypatch.setattr(workers, "_FEW", 1000)
    rebuild(tmp_path / "articles", tmp_path / "fresh")
    assert contents(tmp_path / "index") == contents(tmp_path / "fresh")


def test_a_file_that_brings_its_process_down_is_set_aside_alone(tmp_path, monkeypatch):
    write_many(tmp_path, 40)
    monkeypatch.setattr(workers, "_FEW", 1)
    monkeypatch.setenv("SUYUAN_TEST_CRASH", "0017.txt")
    monkeypatch.setattr(workers, "_serve", serve_and_crash)
    sources = [Source(file) for file in sorted(tmp_path.glob("*.txt"))]
    with Readers(Limits(), processes=2) as readers:
        read = list(readers.read(sources))
    assert [n for n, each in enumerate(read) if each.prepared is None] == [17]
    assert "崩溃" in read[17].reason
    assert [each.prepared.article.title for each in read[18:20]] == ["第18号河段", "第19号河段"]


def serve_and_crash(*arguments):
    """Serve in a process that is ended by the file that the environment names."""
    import embeddings.preparation.workers as here

    real = here.read_source

    def read(source):
        if source.file.name == os.environ["SUYUAN_TEST_CRASH"]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(source)

    here.read_source = read
    here._serve(*arguments)


_REBUILD = """
import os, signal, sys, threading, time
from pathlib import Path
import embeddings.preparation.reading
import embeddings.rebuilding.building, embeddings.rebuilding.embedding, embeddings.rebuilding.rebuild
from embeddings.preparation.store import PreparedStore
from embeddings.rebuild_command import main
from tests.fakes import CountingEncoder

class Slow(CountingEncoder):
    def encode_passages(self, texts):
        time.sleep(float(os.environ["SLOW"]))
        return super().encode_passages(texts)

class SlowToCommit(PreparedStore):
    def commit(self):
        time.sleep(float(os.environ["SLOW"]))
        super().commit()

if __name__ == "__main__":
    # A shell that starts tests in the background has them ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    embeddings.rebuilding.rebuild.encoder_apart = lambda model: Slow("水气土声")
    embeddings.rebuilding.embedding.passages_at_once = lambda encoder: 10
    embeddings.preparation.reading._COMMITTED = 10
    embeddings.rebuilding.building.PreparedStore = SlowToCommit
    sys.exit(main(sys.argv[1:]))
"""


def started(tmp_path, *arguments, slow="0"):
    script = tmp_path / "slow_rebuild.py"
    script.write_text(_REBUILD, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "SLOW": slow}
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def lines_until(process, stage, done):
    """Read progress until a stage is so far; what was read."""
    told = []
    for line in process.stderr:
        told.append(json.loads(line))
        if told[-1]["stage"] == stage and told[-1]["done"] >= done:
            return told
    raise AssertionError(told[-3:])


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C can't be sent to one process there")
@pytest.mark.parametrize("stage", ["reading", "embedding"])
def test_ctrl_c_leaves_what_was_done_and_the_next_run_goes_on(tmp_path, stage):
    write_many(tmp_path / "articles", 300)
    process = started(tmp_path, tmp_path / "articles", "--index", tmp_path / "index", "--json", slow="0.2")
    lines_until(process, stage, 50)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err.splitlines()[-1].startswith("rebuild-index: 已中断；现有索引未动，再次运行会接着做。")
    assert "Traceback" not in err
    report = rebuild(tmp_path / "articles", tmp_path / "index")
    assert report.articles == 300
    if stage == "reading":
        assert 0 < report.parsed <= 260
    else:
        assert (report.parsed, report.embedded) == (0, report.passages - 50) or report.embedded < report.passages - 50


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no kill -9")
def test_processes_that_read_end_with_a_rebuild_that_is_killed(tmp_path):
    write_many(tmp_path / "articles", 2000)
    process = started(tmp_path, tmp_path / "articles", "--index", tmp_path / "index", "--json")
    lines_until(process, "reading", 50)
    helpers = children(process.pid)
    assert helpers
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20
    while any(is_running(helper) for helper in helpers):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.communicate()


def children(parent):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    return [int(number) for number in listed.stdout.split()]


def is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_progress_is_told_with_rate_and_remaining_time_and_every_stage_ends(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("embeddings.progress._EVERY", 0)
    write_many(tmp_path / "articles", 12)
    assert main([str(tmp_path / "articles"), "--index", str(tmp_path / "index"), "--json"]) == 0
    out, err = capsys.readouterr()
    told = [json.loads(line) for line in err.splitlines()]
    stages = list(dict.fromkeys(line["stage"] for line in told))
    assert stages == ["reading", "lexical", "embedding", "checking"]
    last = {line["stage"]: line for line in told}
    assert [(line["done"], line["total"]) for line in last.values()] == [(12, 12), (2, 2), (12, 12), (2, 2)]
    reading = [line for line in told if line["stage"] == "reading"]
    assert [line["done"] for line in reading] == list(range(13))
    assert reading[0]["rate"] is reading[0]["remaining"] is None
    assert reading[-1]["rate"] > 0 and reading[-1]["remaining"] == 0
    assert json.loads(out)["articles"] == 12


def test_what_was_known_counts_as_done_but_not_for_the_rate(tmp_path):
    write_many(tmp_path / "articles", 12)
    rebuild(tmp_path / "articles", tmp_path / "index")
    (tmp_path / "articles" / "new.txt").write_text("新的一篇\n这是后来加上的一篇文章。", encoding="utf-8")
    told = []
    rebuild(tmp_path / "articles", tmp_path / "index", tell=lambda progress: told.append(asdict(progress)))
    assert [(line["done"], line["total"]) for line in told if line["stage"] == "reading"] == [(12, 13), (13, 13)]


def test_a_terminal_shows_a_bar_for_each_stage(tmp_path, capsys):
    write_many(tmp_path / "articles", 3)
    assert main([str(tmp_path / "articles"), "--index", str(tmp_path / "index"), "--progress"]) == 0
    bars = capsys.readouterr().err
    names = ("读取 reading", "词汇 lexical", "向量 embedding", "自检 checking")
    assert [name for name in names if f"{name}: 100%" in bars] == list(names)
    assert "3/3" in bars


def test_the_vectors_of_the_snapshot_are_those_of_its_passages(articles, tmp_path, encoder):
    rebuild(articles, tmp_path / "index")
    edited(articles)
    rebuild(articles, tmp_path / "index")
    snapshot = open_live(tmp_path / "index")
    for number in range(snapshot.dense.size):
        passage = snapshot.corpus.passage(number)
        article = snapshot.corpus.article(passage.article_id)
        context = " ".join(part for part in (article.title, *passage.headings) if part)
        text = f"{context}\n{article.text[passage.start : passage.end]}"
        np.testing.assert_allclose(snapshot.dense.vector(number), encoder.encode_query(text), atol=1e-3)
