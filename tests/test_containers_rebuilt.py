"""Archives and mails from one rebuild to the next: nothing unchanged is read again, what is gone is gone."""

import os
import time

import pytest

from embeddings.rebuilding.rebuild import rebuild
from embeddings.snapshot.snapshot import open_live
from tests.container_files import mail, zipped
from tests.fakes import CountingEncoder

TEXT = "第{n}号河段\n第{n}号河段全年巡河{n}次，发现问题{n}个，全部改好。\n两岸种树{n}棵，成活{n}棵。"


@pytest.fixture(autouse=True)
def encoder(monkeypatch):
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model: CountingEncoder("水气土声"))


def texts(*numbers):
    return {f"河段/{n}.txt": TEXT.format(n=n) for n in numbers}


def ids(index):
    return [article.id for article in open_live(index).corpus.articles()]


def write(file, data):
    time.sleep(0.02)  # coarser than any clock that stamps files
    file.write_bytes(data)


def test_of_a_container_only_what_is_new_in_it_is_read(tmp_path):
    folder, index = tmp_path / "articles", tmp_path / "index"
    folder.mkdir()
    archive = folder / "资料.zip"
    write(archive, zipped({**texts(3, 5), "坏.docx": b"broken", "内.zip": zipped(texts(7))}))
    (folder / "a.txt").write_text(TEXT.format(n=2), encoding="utf-8")
    first = rebuild(folder, index)
    assert ids(index) == ["a", "资料.zip/河段/3", "资料.zip/河段/5", "资料.zip/内.zip/河段/7"]
    assert (first.parsed, [item.path for item in first.set_aside]) == (5, ["资料.zip/坏.docx"])

    assert rebuild(folder, index).parsed == 0
    os.utime(archive, (0, 0))
    assert rebuild(folder, index).parsed == 0
    archive.rename(folder / "b.zip")
    moved = rebuild(folder, index)
    assert (moved.parsed, moved.embedded) == (0, 0)
    assert ids(index) == ["a", "b.zip/河段/3", "b.zip/河段/5", "b.zip/内.zip/河段/7"]

    write(folder / "b.zip", zipped({**texts(3, 9), "坏.docx": b"broken"}))
    changed = rebuild(folder, index)
    assert (changed.parsed, changed.articles, ids(index)) == (1, 3, ["a", "b.zip/河段/3", "b.zip/河段/9"])
    # What was taken out of an archive and lies beside it now was read when it lay in it.
    write(folder / "9.txt", TEXT.format(n=9).encode())
    beside = rebuild(folder, index)
    assert (beside.parsed, beside.reprints) == (0, 1)
    (folder / "b.zip").unlink()
    assert rebuild(folder, index).articles == 2
    assert ids(index) == ["9", "a"]
    write(folder / "b.zip", zipped(texts(3)))
    assert rebuild(folder, index).parsed == 1


def test_a_mail_and_what_is_attached_to_it(tmp_path):
    folder, index = tmp_path / "articles", tmp_path / "index"
    folder.mkdir()
    attached = {name.rpartition("/")[2]: text.encode() for name, text in texts(3, 5).items()}
    write(folder / "a.eml", mail("江城治水", TEXT.format(n=1).split("\n")[1], attached=attached).as_bytes())
    assert rebuild(folder, index).parsed == 3
    assert ids(index) == ["a", "a.eml/3", "a.eml/5"]
    article = open_live(index).corpus.article("a")
    assert (article.path, article.title, article.published) == ("a.eml", "江城治水", "2024-03-12")
    (folder / "a.eml").rename(folder / "b.eml")
    assert rebuild(folder, index).parsed == 0
    assert ids(index) == ["b", "b.eml/3", "b.eml/5"]


def test_a_rebuild_that_is_killed_amid_a_container_goes_on_within_it(tmp_path, monkeypatch):
    folder, index = tmp_path / "articles", tmp_path / "index"
    folder.mkdir()
    write(folder / "a.zip", zipped(texts(*range(1, 21))))

    def told(progress):
        if progress.stage == "reading" and progress.done == 15:
            raise KeyboardInterrupt

    monkeypatch.setattr("embeddings.preparation.reading._COMMITTED", 5)
    with pytest.raises(KeyboardInterrupt):
        rebuild(folder, index, tell=told)
    report = rebuild(folder, index)
    assert (report.articles, report.parsed) == (20, 10)


def test_progress_counts_what_turns_up_in_containers(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    write(folder / "a.zip", zipped(texts(1, 2, 3)))
    told = []
    rebuild(folder, tmp_path / "index", tell=told.append)
    reading = [(each.done, each.total) for each in told if each.stage == "reading"]
    assert reading == [(0, 1), (1, 1), (1, 4), (2, 4), (3, 4), (4, 4)]
