"""A rebuild where nothing has changed does nothing, and whatever has changed is noticed."""

import os
import subprocess
import sys
import time

import pytest

from embeddings.bundled_model import bundled
from embeddings.errors import ModelError
from embeddings.rebuild_command import main
from embeddings.rebuilding.rebuild import rebuild, roll_back_index
from embeddings.snapshot.snapshot import live_id, open_live
from tests.conftest import REPOSITORY
from tests.written_articles import write_articles


@pytest.fixture
def articles(tmp_path):
    folder = write_articles(tmp_path / "articles")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    return folder


@pytest.fixture
def index(one_model, articles, tmp_path):
    rebuild(articles, tmp_path / "index")
    return tmp_path / "index"


def no_model(model=None):
    raise ModelError("the model was asked for")


def test_nothing_changed_nothing_done(index, articles, monkeypatch, capsys):
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", no_model)
    before = live_id(index)
    report = rebuild(articles, index)
    assert (report.changed, report.snapshot, report.embedded) == (False, before, 0)
    assert (report.articles, report.passages) == open_live(index).corpus.count()
    assert [item.path for item in report.set_aside] == ["empty.txt"]
    assert main([str(articles), "--index", str(index)]) == 0
    said = capsys.readouterr().out
    assert "没有变化" in said
    assert "empty.txt" in said
    assert [path.name for path in (index / "snapshots").iterdir()] == [before]


def test_it_takes_no_model_and_little_time(index, articles):
    code = (
        "import sys; from embeddings.rebuild_command import main;"
        "code = main(sys.argv[1:]); sys.exit(code or 'torch' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(articles), "--index", str(index)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "没有变化" in done.stdout


def edit(articles):
    file = articles / "harbour.md"
    file.write_text(file.read_text(encoding="utf-8").replace("35起", "36起"), encoding="utf-8")


def edit_behind_the_clock(articles):
    found = (articles / "harbour.md").stat()
    edit(articles)
    assert (articles / "harbour.md").stat().st_size == found.st_size
    os.utime(articles / "harbour.md", ns=(found.st_atime_ns, found.st_mtime_ns))


def put_in_its_place(articles):
    file, other = articles / "harbour.md", articles / "other"
    other.write_text(file.read_text(encoding="utf-8").replace("35起", "36起"), encoding="utf-8")
    other.replace(file)


def touch_long_ago(articles):
    os.utime(articles / "harbour.md", (0, 0))


@pytest.mark.parametrize(
    "change",
    [
        edit,
        edit_behind_the_clock,
        put_in_its_place,
        touch_long_ago,
        lambda articles: (articles / "harbour.md").unlink(),
        lambda articles: (articles / "harbour.md").rename(articles / "port.md"),
        lambda articles: (articles / "new.txt").write_text("新的一篇\n这是后来加上的一篇文章。", encoding="utf-8"),
        lambda articles: (articles / "empty.txt").write_text("有了\n里面有了一句话，讲的是天气。", encoding="utf-8"),
    ],
    ids=["edited", "same size and time", "replaced", "an older time", "removed", "renamed", "added", "filled"],
)
def test_every_change_is_noticed(index, articles, change):
    before = live_id(index)
    time.sleep(0.02)  # coarser than any clock that stamps files
    change(articles)
    report = rebuild(articles, index)
    assert report.changed
    assert report.snapshot == live_id(index) != before
    assert not rebuild(articles, index).changed


def test_force_builds_anew(index, articles):
    before = live_id(index)
    report = rebuild(articles, index, force=True)
    assert (report.changed, report.embedded) == (True, 0)
    assert live_id(index) != before


def test_a_damaged_or_older_snapshot_is_not_taken_for_what_was_built(index, articles):
    first = live_id(index)
    (articles / "valley.md").unlink()
    rebuild(articles, index)
    roll_back_index(index)
    assert rebuild(articles, index).changed
    vectors = index / "snapshots" / live_id(index) / "vectors.faiss"
    vectors.write_bytes(vectors.read_bytes()[:-1])
    assert rebuild(articles, index).changed
    assert live_id(index) != first


def test_another_folder_is_another_corpus(index, articles, tmp_path):
    other = write_articles(tmp_path / "other")
    assert rebuild(other, index).changed
    assert open_live(index).manifest.folder == str(other)


def test_another_version_of_the_model_or_of_the_program_builds_anew(index, articles, monkeypatch):
    monkeypatch.setattr(bundled, "REVISION", "another")
    assert rebuild(articles, index).changed
    monkeypatch.undo()
    monkeypatch.setattr("embeddings.rebuilding.inputs._READERS", ("numpy",))
    assert rebuild(articles, index).changed
