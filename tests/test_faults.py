"""Bad nights: whatever files, folders, disks and clocks do, the old index answers or the new one; nothing is lost."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from embeddings.errors import LockedError, SnapshotError
from embeddings.preparation.prepared import Source, read_source
from embeddings.reading import files
from embeddings.reading.files import find_files, read_bytes
from embeddings.rebuild_command import main
from embeddings.rebuilding.rebuild import rebuild, roll_back_index
from embeddings.snapshot.snapshot import live_id, open_live
from tests.fakes import CountingEncoder
from tests.written_articles import write_articles

BODY = "江城治水记\n这几年，江城的水清了，岸绿了，人也多了起来。"


@pytest.fixture(autouse=True)
def encoder(monkeypatch):
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model: CountingEncoder("水气土声"))


@pytest.fixture
def articles(tmp_path):
    return write_articles(tmp_path / "articles")


def ids(index):
    return [article.id for article in open_live(index).corpus.articles()]


ALL = ["harbour", "sub/library", "valley"]


def test_a_file_that_vanishes_before_it_is_read_is_named_and_the_rest_goes_on(articles, tmp_path, monkeypatch):
    found = find_files(articles)
    (articles / "valley.md").unlink()
    monkeypatch.setattr("embeddings.rebuilding.rebuild.find_files", lambda folder: found)
    report = rebuild(articles, tmp_path / "index")
    assert [(item.path, "删除" in item.reason) for item in report.set_aside] == [("valley.md", True)]
    assert ids(tmp_path / "index") == ["harbour", "sub/library"]
    monkeypatch.undo()
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model: CountingEncoder("水气土声"))
    assert rebuild(articles, tmp_path / "index").set_aside == ()


def test_a_file_that_changes_while_it_is_read_is_read_as_it_was_at_one_moment(tmp_path, monkeypatch):
    file = tmp_path / "a.txt"
    file.write_text("前" * 100, encoding="utf-8")
    real, seen = files.stamp_of, []

    def stamp_of(path):
        # Between the reading and the second look somebody writes, once.
        seen.append(path)
        if len(seen) == 2:
            file.write_text("后" * 101, encoding="utf-8")
        return real(path)

    monkeypatch.setattr(files, "stamp_of", stamp_of)
    data, stamp = read_bytes(file)
    assert (data.decode(), stamp) == ("后" * 101, real(file))


def test_a_file_that_never_stays_the_same_is_set_aside_and_read_the_next_time(articles, tmp_path, monkeypatch):
    real, times = files.stamp_of, iter(range(1000))

    def stamp_of(path):
        return f"{real(path)} {next(times)}" if str(path).endswith("library.txt") else real(path)

    monkeypatch.setattr(files, "stamp_of", stamp_of)
    report = rebuild(articles, tmp_path / "index")
    (item,) = report.set_aside
    assert (item.path, item.reason) == ("sub/library.txt", "读取时一直在变，等它写完再重建。")
    monkeypatch.setattr(files, "stamp_of", real)
    assert rebuild(articles, tmp_path / "index").set_aside == ()
    assert ids(tmp_path / "index") == ALL


def test_files_that_are_written_all_the_time_never_stop_a_rebuild(articles, tmp_path):
    """A writer changes, adds and removes files while six rebuilds run; each gives an index that holds together."""
    enough = threading.Event()

    def write():
        for number in range(100_000):
            if enough.is_set():
                return
            (articles / "busy.txt").write_text(f"{BODY}\n第{number}次记录，水位{number}米。", encoding="utf-8")
            passing = articles / f"{number % 7}.txt"
            if passing.exists():
                passing.unlink()
            else:
                passing.write_text(f"第{number}号\n第{number}号河段有水。", encoding="utf-8")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(6):
            rebuild(articles, tmp_path / "index")
            snapshot = open_live(tmp_path / "index")
            assert set(ALL) <= {head.id for head in snapshot.corpus.heads()}
            for article in snapshot.corpus.articles():
                assert snapshot.corpus.passages(article.id)[-1].end <= len(article.text)
    finally:
        enough.set()
        writer.join()
    rebuild(articles, tmp_path / "index")
    text = (articles / "busy.txt").read_text(encoding="utf-8").splitlines()[-1]
    assert open_live(tmp_path / "index").corpus.article("busy").text.endswith(text)


def test_two_rebuilds_at_once_are_one_index(articles, tmp_path, monkeypatch):
    inside, go_on = threading.Event(), threading.Event()

    class Waiting(CountingEncoder):
        def encode_passages(self, texts):
            inside.set()
            assert go_on.wait(60)
            return super().encode_passages(texts)

    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model: Waiting("水气土声"))
    reports = []
    first = threading.Thread(target=lambda: reports.append(rebuild(articles, tmp_path / "index")))
    first.start()
    assert inside.wait(60)
    with pytest.raises(LockedError, match="另一个 rebuild-index 正在写"):
        rebuild(articles, tmp_path / "index")
    go_on.set()
    first.join()
    assert (reports[0].articles, ids(tmp_path / "index")) == (3, ALL)


@pytest.mark.parametrize("back", [3600, 50 * 365 * 86400], ids=["an hour", "fifty years"])
def test_a_clock_that_goes_back_neither_hides_a_change_nor_the_new_index(articles, tmp_path, monkeypatch, back):
    before = rebuild(articles, tmp_path / "index").snapshot

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz or timezone.utc) - timedelta(seconds=back)

    monkeypatch.setattr("embeddings.rebuilding.snapshot_writer.datetime", Clock)
    (articles / "valley.md").write_text(BODY, encoding="utf-8")
    os.utime(articles / "valley.md", (time.time() - back, time.time() - back))
    after = rebuild(articles, tmp_path / "index")
    assert after.changed and after.snapshot != before
    snapshot = open_live(tmp_path / "index")
    assert (snapshot.manifest.id, snapshot.notice) == (after.snapshot, "")
    assert snapshot.corpus.article("valley").title == "江城治水记"
    assert main(["--rollback", "--index", str(tmp_path / "index")]) == 0
    assert live_id(tmp_path / "index") == before
    # The newest two are kept by what they are, not by what their names say.
    monkeypatch.undo()
    assert main(["--rollback", "--index", str(tmp_path / "index")]) == 0
    assert live_id(tmp_path / "index") == after.snapshot


@contextlib.contextmanager
def read_only(folder):
    """Within, nothing can be written below the folder, not even by root."""
    done = subprocess.run(["mount", "--bind", "-o", "ro", folder, folder], capture_output=True, text=True, check=False)
    again = subprocess.run(["mount", "-o", "remount,ro,bind", folder], capture_output=True, text=True, check=False)
    if done.returncode or again.returncode:
        subprocess.run(["umount", "--lazy", folder], capture_output=True, check=False)
        pytest.skip(f"only root may mount a folder read-only: {done.stderr or again.stderr}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts are Linux's")
def test_a_read_only_folder_of_articles_is_indexed(articles, tmp_path):
    with read_only(articles):
        assert rebuild(articles, tmp_path / "index").articles == 3
    assert ids(tmp_path / "index") == ALL


@pytest.mark.skipif(sys.platform != "linux", reason="mounts are Linux's")
def test_a_read_only_index_is_told_and_answers_on(articles, tmp_path, capsys):
    rebuild(articles, tmp_path / "index")
    (articles / "valley.md").unlink()
    with read_only(tmp_path / "index"):
        assert main([str(articles), "--index", str(tmp_path / "index")]) == 2
        err = capsys.readouterr().err
        assert "请检查磁盘空间和权限" in err and "Traceback" not in err
        assert ids(tmp_path / "index") == ALL
    assert rebuild(articles, tmp_path / "index").articles == 2


@contextlib.contextmanager
def small_disk(folder, size):
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"only root may mount a small disk: {done.stderr}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts are Linux's")
def test_wherever_a_real_disk_runs_full_the_old_index_answers_and_room_mends_it(articles, tmp_path, capsys):
    """The room is taken away step by step, so that it ends at every stage of a rebuild."""
    disk = tmp_path / "disk"
    with small_disk(disk, "1200k"):
        index = disk / "index"
        rebuild(articles, index)
        before, told = live_id(index), set()
        for number in range(1, 60):
            (articles / "valley.md").write_text(f"{BODY}\n第{number}次记录，水位{number}米。", encoding="utf-8")
            free = shutil.disk_usage(disk).free
            (disk / "full").write_bytes(b"\0" * max(0, free - number * 6_000))
            code = main([str(articles), "--index", str(index), "--json"])
            out, err = capsys.readouterr()
            assert "Traceback" not in err
            told.add(code)
            if code == 0:
                before = json.loads(out)["snapshot"]
            else:
                assert "请检查磁盘空间和权限" in err
            assert live_id(index) == before
            snapshot = open_live(index)
            assert (snapshot.manifest.id, snapshot.notice, len(snapshot.corpus.articles())) == (before, "", 3)
            (disk / "full").unlink()
            if code == 0:
                break
        assert told == {0, 2}
        report = rebuild(articles, index, force=True)
        assert (report.articles, report.parsed, report.embedded) == (3, 0, 0)


def test_ten_thousand_empty_files_are_set_aside_in_seconds(articles, tmp_path, capsys):
    for number in range(10_000):
        (articles / f"{number}.txt").touch()
    assert main([str(articles), "--index", str(tmp_path / "index"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["articles"], report["parsed"]) == (3, 10_003)
    assert {item["reason"] for item in report["set_aside"]} == {"文件是空的。"}
    assert len(report["set_aside"]) == 10_000
    began = time.monotonic()
    assert main([str(articles), "--index", str(tmp_path / "index")]) == 0
    assert time.monotonic() - began < 10
    said = capsys.readouterr().out.splitlines()
    # In a terminal the first of them, and how many more; all of them in the report as JSON.
    assert "  搁置 set aside 10000" in said[2]
    assert said[3] == "    0.txt：文件是空的。"
    assert len(said) < 30
    assert "9980" in said[-1] and "--json" in said[-1]


def test_a_file_of_200_mb_is_set_aside_unread(articles, tmp_path):
    with (articles / "dump.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    began = time.monotonic()
    report = rebuild(articles, tmp_path / "index")
    assert [(item.path, "太大" in item.reason) for item in report.set_aside] == [("dump.txt", True)]
    assert time.monotonic() - began < 10
    assert ids(tmp_path / "index") == ALL


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that aren't text")
def test_names_in_gbk_are_indexed_cited_and_kept(articles, tmp_path):
    name = os.fsdecode("泰安经验.txt".encode("gbk"))
    (articles / name).write_text(BODY, encoding="utf-8")
    index = tmp_path / "index"
    assert rebuild(articles, index).articles == 4
    (path,) = [article.path for article in open_live(index).corpus.articles() if article.title == "江城治水记"]
    path.encode("utf-8")
    assert path.endswith(".txt")
    report = rebuild(articles, index, force=True)
    assert (report.articles, report.parsed) == (4, 0)
    folder = os.fsdecode(os.fsencode(articles) + "/材料".encode("gbk"))
    Path(folder).mkdir()
    (articles / name).rename(Path(folder) / name)
    report = rebuild(articles, index)
    assert (report.articles, report.parsed, report.embedded) == (4, 0, 0)


@pytest.fixture
def removed_at_the_end(articles):
    """Python's own way of removing a folder calls itself for each one in it, and gives up a thousand deep."""
    yield
    subprocess.run(["rm", "-rf", articles], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="paths may not be that long")
def test_folders_a_thousand_deep_are_looked_into(articles, tmp_path, removed_at_the_end):
    deep = articles
    for _ in range(1500):
        deep /= "a"
        deep.mkdir()
    (deep / "deep.txt").write_text(BODY, encoding="utf-8")
    assert rebuild(articles, tmp_path / "index").articles == 4
    assert ids(tmp_path / "index")[0].endswith("a/a/deep")


@pytest.mark.skipif(sys.platform != "linux", reason="how long a path may be differs")
def test_a_folder_too_deep_to_look_into_is_named(articles, tmp_path, removed_at_the_end):
    here = os.open(articles, os.O_RDONLY)
    try:
        for _ in range(30):
            os.mkdir("深" * 60, dir_fd=here)
            inner = os.open("深" * 60, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = inner
    finally:
        os.close(here)
    report = rebuild(articles, tmp_path / "index")
    assert report.articles == 3
    (item,) = report.set_aside
    assert item.path.startswith("深" * 60) and "文件夹打不开" in item.reason


def test_links_that_lead_in_circles_or_nowhere(articles, tmp_path):
    (articles / "circle").symlink_to(articles, target_is_directory=True)
    (articles / "self.txt").symlink_to(articles / "self.txt")
    (articles / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (articles / "twice.md").symlink_to(articles / "harbour.md")
    (articles / "to").mkdir()
    (articles / "to" / "fro").symlink_to(articles / "to", target_is_directory=True)
    report = rebuild(articles, tmp_path / "index")
    assert [item.path for item in report.set_aside] == ["gone.md", "self.txt"]
    # A link to a file is the same article a second time.
    assert (report.articles, report.reprints) == (3, 1)


def test_devices_and_pipes_are_not_waited_for(articles, tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names here")
    os.mkfifo(articles / "pipe.txt")
    read = read_source(Source(articles / "pipe.txt"))
    assert (read.digest, "不是普通文件" in read.reason) == (b"", True)
    assert [item.path for item in rebuild(articles, tmp_path / "index").set_aside] == ["pipe.txt"]


def test_a_folder_that_holds_nothing_any_more_does_not_empty_the_index(articles, tmp_path, capsys):
    rebuild(articles, tmp_path / "index")
    for file in [file for file in articles.rglob("*") if file.is_file()]:
        file.unlink()
    assert main([str(articles), "--index", str(tmp_path / "index")]) == 2
    assert "没有可读的文章" in capsys.readouterr().err
    assert ids(tmp_path / "index") == ALL
    with pytest.raises(SnapshotError, match="没有上一份"):
        roll_back_index(tmp_path / "index")
