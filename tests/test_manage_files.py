"""The folder of articles as its owner changes it: names that are safe, nothing lost, nothing outside written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from embeddings.reading.articles import read_articles
from embeddings.types import Article
from ui.folder.files import add_file, list_removed, remove_file, restore_file
from ui.folder.listing import FolderError, list_files
from ui.folder.names import NameRefusedError, numbered, safe_name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    return articles


def upload(tmp_path: Path, content: str) -> Path:
    file = tmp_path / "upload"
    file.write_text(content, encoding="utf-8")
    return file


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def paths(folder: Path) -> list[str]:
    return [file.path for file in list_files(folder)]


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("湖水治理（上）.txt", "湖水治理（上）.txt"),
        ("../../etc/cron.d/job.txt", "job.txt"),
        ("..\\..\\windows\\win.md", "win.md"),
        ("/etc/passwd.html", "passwd.html"),
        ("C:\\boot.txt", "boot.txt"),
        (".hidden.txt", "hidden.txt"),
        ("~$报告.docx", "报告.docx"),
        ("...\u202etxt.exe.txt", "txt.exe.txt"),
        ("a\0b.txt", "ab.txt"),
        ("two\nlines\u2028three.md", "two lines three.md"),
        ('a<b>:"c|d?*.txt', "a_b___c_d__.txt"),
        ("CON.txt", "CON_.txt"),
        ("lpt¹.tar.txt", "lpt¹_.tar.txt"),
        ("nul .md", "nul_.md"),
        ("name. . .txt", "name.txt"),
        ("half\ud800.txt", "half.txt"),
        ("e\u0301.HTM", "é.HTM"),
        ("../资料.zip", "资料.zip"),
        ("转发：信.eml", "转发：信.eml"),
    ],
)
def test_a_hostile_name_becomes_one_that_is_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe


@pytest.mark.parametrize("given", ["", ".", "..", ".txt", "/", "a/.md", "run.sh", "page.html/..", "no-extension", "\0"])
def test_a_name_that_leaves_nothing_to_keep_is_refused(given: str) -> None:
    with pytest.raises(NameRefusedError):
        safe_name(given)


def test_a_long_name_is_cut_between_characters_and_keeps_its_extension() -> None:
    assert safe_name(f"{'长' * 300}.docx") == f"{'长' * 58}.docx"
    assert safe_name(f"{'a' * 300}.txt") == f"{'a' * 176}.txt"
    assert numbered("长.txt", 1) == "长.txt"
    assert numbered("长.v2.txt", 2) == "长.v2 (2).txt"


def test_a_second_file_of_one_name_never_overwrites_the_first(folder: Path, tmp_path: Path) -> None:
    assert add_file(folder, "湖.txt", upload(tmp_path, "一")).name == "湖.txt"
    again = add_file(folder, "湖.txt", upload(tmp_path, "一"))
    assert (again.name, again.is_new) == ("湖.txt", False)
    other = add_file(folder, "湖.txt", upload(tmp_path, "二"))
    assert (other.name, other.is_new) == ("湖 (2).txt", True)
    assert add_file(folder, "湖.txt", upload(tmp_path, "二")).is_new is False
    assert paths(folder) == ["湖 (2).txt", "湖.txt"]
    assert (folder / "湖.txt").read_text(encoding="utf-8") == "一"


def test_a_file_that_fails_midway_leaves_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ui.folder.files.shutil.copyfileobj", full)
    with pytest.raises(FolderError, match="No space left"):
        add_file(folder, "湖.txt", upload(tmp_path, "一"))
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_what_lies_beyond_a_link_is_never_written(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("外面", encoding="utf-8")
    (folder / "linked.txt").symlink_to(outside / "secret.txt")
    (folder / "dangling.txt").symlink_to(outside / "new.txt")
    (folder / "elsewhere").symlink_to(outside)

    assert add_file(folder, "linked.txt", upload(tmp_path, "新")).name == "linked (2).txt"
    assert add_file(folder, "dangling.txt", upload(tmp_path, "新")).name == "dangling (2).txt"
    with pytest.raises(FolderError, match="没有可以移走的"):
        remove_file(folder, "elsewhere/secret.txt")
    assert [file.path for file in list_files(folder) if not file.removable] == ["elsewhere/secret.txt"]
    remove_file(folder, "linked.txt")
    assert names_in(outside) == ["secret.txt"]
    assert (outside / "secret.txt").read_text(encoding="utf-8") == "外面"

    (folder / ".trash").rename(tmp_path / "trash")
    (folder / ".trash").symlink_to(outside)
    with pytest.raises(FolderError, match="链接"):
        remove_file(folder, "linked (2).txt")
    assert names_in(outside) == ["secret.txt"]


@pytest.mark.parametrize("path", ["../upload", "/etc/passwd", "", ".", "sub", ".hidden.txt", "a.txt\0", "SUB/a.txt"])
def test_only_a_listed_file_can_be_removed(folder: Path, tmp_path: Path, path: str) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_text("文", encoding="utf-8")
    (folder / ".hidden.txt").write_text("文", encoding="utf-8")
    upload(tmp_path, "文")
    with pytest.raises(FolderError):
        remove_file(folder, path)
    assert paths(folder) == ["sub/a.txt"]
    assert not (folder / ".trash").exists()


def test_a_removed_file_is_read_no_more_and_comes_back_where_it_was(folder: Path, tmp_path: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_text("甲县治水的做法。\n第一步摸清家底。", encoding="utf-8")
    (folder / "b.txt").write_text("乙县造林的做法。\n第一步育苗。", encoding="utf-8")
    removed = remove_file(folder, "sub/a.txt")
    assert list_removed(folder) == (removed,)
    assert paths(folder) == ["b.txt"]
    assert [article.path for article in read_articles(folder) if isinstance(article, Article)] == ["b.txt"]

    (folder / "sub" / "a.txt").write_text("后来的同名文件。", encoding="utf-8")
    assert restore_file(folder, removed.at, "sub/a.txt") == "sub/a (2).txt"
    assert (folder / "sub" / "a (2).txt").read_text(encoding="utf-8").startswith("甲县")
    assert list_removed(folder) == ()
    assert names_in(folder / ".trash") == []


def test_what_a_rebuild_sets_aside_is_listed_and_what_it_passes_over_is_not(folder: Path) -> None:
    for name in ("a.TXT", "b.pdf", "c.caj", "d.sh", "~$e.docx", ".f.txt"):
        (folder / name).write_bytes(b"x")
    assert paths(folder) == ["a.TXT", "b.pdf", "c.caj"]
    read = read_articles(folder)
    assert sorted(item.path for item in read) == ["a.TXT", "b.pdf", "c.caj"]


def test_what_was_removed_twice_is_listed_latest_first(folder: Path, tmp_path: Path) -> None:
    for content in ("一", "二"):
        add_file(folder, "湖.txt", upload(tmp_path, content))
        remove_file(folder, "湖.txt")
    later, earlier = list_removed(folder)
    assert later.at > earlier.at
    assert restore_file(folder, earlier.at, "湖.txt") == "湖.txt"
    assert (folder / "湖.txt").read_text(encoding="utf-8") == "一"


@pytest.mark.parametrize(("at", "path"), [("..", "b.txt"), ("", "../b.txt"), ("20000101T000000Z", "b.txt")])
def test_only_a_removed_file_can_be_restored(folder: Path, at: str, path: str) -> None:
    (folder / "b.txt").write_text("文", encoding="utf-8")
    with pytest.raises(FolderError, match="回收处没有"):
        restore_file(folder, at, path)


def test_a_folder_that_is_gone_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="无法读取文章文件夹"):
        list_files(tmp_path / "gone")
    with pytest.raises(FolderError, match="没能放进"):
        add_file(tmp_path / "gone", "a.txt", upload(tmp_path, "文"))
