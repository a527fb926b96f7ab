"""A folder of files is read whole: every file becomes an article or is set aside with a reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from embeddings.errors import CorpusError
from embeddings.reading.articles import read_articles
from embeddings.types import Article, SetAside

BODY = "江城治水记\n这几年，江城的水清了，岸绿了，人也多了起来。"


def ids(folder: Path) -> list[str]:
    return [item.id if isinstance(item, Article) else f"! {item.path}" for item in read_articles(folder)]


def test_files_are_read_in_order_and_hidden_ones_skipped(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.HTML", ".hidden.txt", ".git/x.txt", "picture.gif"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BODY, encoding="utf-8")
    assert ids(tmp_path) == ["a/y", "a/z", "b"]


def test_the_later_of_two_files_of_one_name_keeps_its_extension(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md"):
        (tmp_path / name).write_text(BODY, encoding="utf-8")
    assert ids(tmp_path) == ["a", "a.txt"]


def test_unreadable_files_are_set_aside_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_bytes(b"")
    (tmp_path / "2.txt").write_bytes(b"\x00\x01\x02\x03")
    (tmp_path / "3.txt").write_text("返回首页", encoding="utf-8")
    (tmp_path / "4.txt").symlink_to(tmp_path / "nowhere")
    found = list(read_articles(tmp_path))
    assert all(isinstance(item, SetAside) for item in found)
    reasons = [item.reason for item in found if isinstance(item, SetAside)]
    assert ["空" in reasons[0], "二进制" in reasons[1], "没有正文" in reasons[2], "链接" in reasons[3]] == [True] * 4


def test_loops_of_links_and_odd_names_do_not_hang_or_crash(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "e\u0301.txt").write_text(BODY, encoding="utf-8")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xce\xc4.txt")).write_text(BODY, encoding="utf-8")
    assert sorted(ids(tmp_path)) == ["\\xce\\xc4", "\u00e9"]


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"找不到文章文件夹.*Folder not found"):
        read_articles(tmp_path / "none")
    (tmp_path / "file.txt").write_text(BODY, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"不是文件夹.*Not a folder"):
        read_articles(tmp_path / "file.txt")


def test_a_big5_page_is_read_exactly(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_bytes(
        "<html><body><h1>河川整治的故事</h1><p>近年來，河水變得清澈，居民紛紛回到岸邊。</p></body></html>".encode(
            "big5"
        )
    )
    (article,) = read_articles(tmp_path)
    assert isinstance(article, Article)
    assert article.text == "河川整治的故事\n近年來，河水變得清澈，居民紛紛回到岸邊。"


def test_what_else_front_matter_says_in_chinese_stands_behind_the_text_with_its_label(tmp_path: Path) -> None:
    (tmp_path / "speech.md").write_text(
        "---\nlayout: post\ntitle: 在养蚕现场会上的讲话\nspeaker: 黄一新\nrole: 柳江市副市长\n"
        "docno: 柳政发〔2024〕2号\ncover: 图/一.jpg\ntags: [讲话]\nweight: 3\n备注: 根据录音整理\n---\n"
        "我们市现在有桑园五万亩，今年要抓四件事。\n",
        encoding="utf-8",
    )
    (article,) = (item for item in read_articles(tmp_path) if isinstance(item, Article))
    assert article.text.split("\n")[1:] == [
        "我们市现在有桑园五万亩，今年要抓四件事。",
        "讲话人：黄一新",
        "职务：柳江市副市长",
        "文号：柳政发〔2024〕2号",
        "备注：根据录音整理",
    ]
