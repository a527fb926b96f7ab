"""Archives and mails: the documents in them become articles, and what can't be read in them is named."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

from embeddings.reading.articles import read_articles
from embeddings.types import Article, SetAside
from tests.container_files import mail, with_flag, zipped
from tests.office_files import saved

BODY = "江城治水记\n这几年，江城的水清了，岸绿了，人也多了起来。"
OTHER = "山谷县怎样种树\n山谷县林业站去年种树4200亩，成活率93%，护林员共有27人。"


def word(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return saved(document)


def read(folder: Path, name: str, data: bytes) -> list[Article | SetAside]:
    (folder / name).write_bytes(data)
    return list(read_articles(folder))


def articles(items: list[Article | SetAside]) -> dict[str, str]:
    return {item.path: item.text for item in items if isinstance(item, Article)}


def reasons(items: list[Article | SetAside]) -> dict[str, str]:
    return {item.path: item.reason for item in items if isinstance(item, SetAside)}


def test_documents_in_an_archive_are_articles_with_their_paths(tmp_path: Path) -> None:
    found = read(tmp_path, "资料.zip", zipped({"子文件夹/a.docx": word(OTHER), "b.txt": BODY, "图.gif": b"x"}))
    assert articles(found) == {"资料.zip/子文件夹/a.docx": OTHER, "资料.zip/b.txt": BODY}
    assert [item.id for item in found if isinstance(item, Article)] == ["资料.zip/子文件夹/a", "资料.zip/b"]
    assert reasons(found) == {}


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", ""], ids=["gbk", "utf-8 unsaid", "utf-8 said"])
def test_names_are_decoded_as_they_were_meant(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, "资料.zip", zipped({"报告\\联通镕基.txt": BODY, "表格.txt": OTHER}, encoding))
    assert list(articles(found)) == ["资料.zip/报告/联通镕基.txt", "资料.zip/表格.txt"]


def test_hidden_files_and_what_a_mac_adds_are_skipped(tmp_path: Path) -> None:
    names = ("a.txt", ".b.txt", "__MACOSX/._a.txt", "~$c.docx", ".git/d.txt")
    assert list(articles(read(tmp_path, "a.zip", zipped(dict.fromkeys(names, BODY))))) == ["a.zip/a.txt"]


def test_archives_within_archives_are_opened_once_and_deeper_ones_named(tmp_path: Path) -> None:
    innermost = zipped({"c.txt": BODY})
    inner = zipped(
        {"b.txt": OTHER, "更内.zip": innermost, "信.eml": mail("信", BODY, attached={"d.txt": b"d"}).as_bytes()}
    )
    found = read(tmp_path, "外.zip", zipped({"内/内.zip": inner, "a.txt": BODY}))
    assert list(articles(found)) == ["外.zip/内/内.zip/b.txt", "外.zip/内/内.zip/信.eml", "外.zip/a.txt"]
    assert list(reasons(found)) == ["外.zip/内/内.zip/更内.zip", "外.zip/内/内.zip/信.eml"]
    assert all("两层" in reason for reason in reasons(found).values())


def test_what_can_not_be_read_in_an_archive_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    archive = zipped(
        {
            "a.txt": BODY,
            "secret.docx": word(OTHER),
            "broken.docx": b"broken",
            "old.caj": b"CAJ",
            "inner.rar": b"Rar!",
            "../../etc/out.txt": BODY,
            "/absolute.txt": BODY,
            "C:\\drive.txt": BODY,
            "bomb.docx": bytes(60 * 1024 * 1024),
            "long.txt": b"a" * (21 * 1024 * 1024),
            "inner.zip": b"no archive",
            "z.txt": OTHER,
        }
    )
    found = read(tmp_path, "a.zip", with_flag(archive, "secret.docx", 0x1))
    assert list(articles(found)) == ["a.zip/a.txt", "a.zip/z.txt"]
    said = reasons(found)
    expected = {
        "a.zip/secret.docx": "密码",
        "a.zip/broken.docx": "已损坏",
        "a.zip/old.caj": "读不了 .caj",
        "a.zip/inner.rar": "打不开 .rar",
        "a.zip/../../etc/out.txt": "压缩包之外",
        "a.zip//absolute.txt": "压缩包之外",
        "a.zip/C:/drive.txt": "压缩包之外",
        "a.zip/bomb.docx": "压缩炸弹",
        "a.zip/long.txt": "超过 20 MB",
        "a.zip/inner.zip": "打不开",
    }
    assert said.keys() == expected.keys()
    assert {path for path, part in expected.items() if part not in said[path]} == set()


def test_a_member_that_is_damaged_packed_oddly_or_a_link_is_named(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("good.txt", BODY)
        archive.writestr("torn.txt", OTHER * 3)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    data = file.getvalue()
    data = data.replace((OTHER * 3).encode(), (OTHER * 3).replace("4200", "9999").encode())
    # Deflate64, which Windows writes for what is very large: 9 in place of 0.
    odd = zipped({"odd.txt": BODY}).replace(b"\x08\x00\x00\x00\x21\x00", b"\x09\x00\x00\x00\x21\x00")
    (tmp_path / "odd.zip").write_bytes(odd)
    found = read(tmp_path, "a.zip", data)
    assert list(articles(found)) == ["a.zip/good.txt"]
    assert {path: reason[:6] for path, reason in reasons(found).items()} == {
        "a.zip/torn.txt": "在压缩包里已",
        "a.zip/link.txt": "是链接，不是",
        "odd.zip/odd.txt": "压缩方式不认",
    }


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.zip", b"", "已损坏"),
        ("a.zip", zipped({"a.txt": BODY})[:-30], "已损坏"),
        ("a.zip", zipped({"a.gif": b"x"}), "没有可以读的文章"),
        ("a.zip", zipped({}), "没有可以读的文章"),
        ("a.zip", zipped({f"{n}.txt": b"" for n in range(10_001)}), "10001 个"),
        ("a.rar", b"Rar!", "请解压后.*zip"),
        ("a.7z", b"7z", "请解压后.*zip"),
        ("a.eml", b"", "不是邮件"),
        ("a.eml", bytes(range(256)), "不是邮件"),
        ("a.eml", mail("没有正文").as_bytes(), "没有正文"),
        ("a.eml", b"Subject: x\nContent-Type: application/pkcs7-mime\n\nAAAA", "加密"),
    ],
)
def test_a_container_without_anything_to_read_is_named(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    (item,) = read(tmp_path, name, data)
    assert isinstance(item, SetAside)
    assert item.path == name
    assert re.search(expected, item.reason)


def test_what_an_archive_holds_altogether_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = zipped({f"{n}.txt": f"{BODY}第{n}篇。" * 6 for n in range(3)})
    one = len(f"{BODY}第0篇。".encode()) * 6
    monkeypatch.setattr("embeddings.containers.member._MOST_BYTES", len(inner) + one + len(BODY.encode()))
    found = read(tmp_path, "a.zip", zipped({"inner.zip": inner, "behind.txt": BODY}))
    assert list(articles(found)) == ["a.zip/inner.zip/0.txt", "a.zip/behind.txt"]
    assert list(reasons(found)) == ["a.zip/inner.zip/1.txt", "a.zip/inner.zip/2.txt"]


def test_a_mail_is_an_article_and_so_is_what_is_attached(tmp_path: Path) -> None:
    attached = {"附件.docx": word(OTHER), "资料.zip": zipped({"内/c.txt": BODY}), "图.gif": b"x", "../x.txt": b"x"}
    message = mail("江城治水工作的几点建议", "各位同事：\n江城的水清了，岸绿了，人也多了起来。\n", attached=attached)
    found = read(tmp_path, "mail.eml", message.as_bytes())
    assert articles(found) == {
        "mail.eml": "江城治水工作的几点建议\n各位同事：\n江城的水清了，岸绿了，人也多了起来。",
        "mail.eml/附件.docx": OTHER,
        "mail.eml/资料.zip/内/c.txt": BODY,
    }
    first = next(item for item in found if isinstance(item, Article))
    assert (first.id, first.title, first.authors, first.published) == (
        "mail", "江城治水工作的几点建议", ("张三",), "2024-03-12",
    )  # fmt: skip
    assert list(reasons(found)) == ["mail.eml/../x.txt"]


def test_of_html_and_plain_text_the_html_is_read_unless_it_says_nothing(tmp_path: Path) -> None:
    table = "<table><tr><th>河段</th><th>长度</th></tr><tr><td>东河</td><td>12公里</td></tr></table>"
    html = f"<p>江城的水清了，岸绿了，人也多了起来。</p>{table}"
    found = read(tmp_path, "a.eml", mail("江城的河长", "没有表格的样子。", html).as_bytes())
    assert articles(found)["a.eml"].split("\n")[1:] == [
        "江城的水清了，岸绿了，人也多了起来。",
        "河段\t长度",
        "东河\t12公里",
    ]
    found = read(tmp_path, "a.eml", mail("江城的河长", "只有纯文本里有话，图片里没有。", "<img src=x>").as_bytes())
    assert articles(found)["a.eml"].split("\n")[1:] == ["只有纯文本里有话，图片里没有。"]


def test_a_mail_in_gbk_that_calls_itself_gb2312_or_says_nothing_is_read(tmp_path: Path) -> None:
    subject = base64.b64encode("关于朱镕基同志讲话的学习安排".encode("gbk")).decode()
    lines = [
        f"Subject: =?gb2312?B?{subject[:20]}?=\n =?gb2312?B?{subject[20:]}?=".encode(),
        "From: 江城市办公室 <a@example.invalid>".encode("gbk"),
        b"Date: garbled 2024-05-06",
        b"Content-Type: text/plain; charset=gb2312",
        b"Content-Transfer-Encoding: 8bit",
        b"",
        "全体同志周五下午学习，地点在二楼会议室，由张镕同志主持。".encode("gbk"),
    ]
    (item,) = read(tmp_path, "a.eml", b"\n".join(lines))
    assert isinstance(item, Article)
    assert (item.title, item.authors, item.published) == (
        "关于朱镕基同志讲话的学习安排", ("江城市办公室",), "2024-05-06",
    )  # fmt: skip
    assert item.text.split("\n")[1] == "全体同志周五下午学习，地点在二楼会议室，由张镕同志主持。"


def test_lines_that_a_mail_only_wraps_are_joined(tmp_path: Path) -> None:
    text = "The river of the city is clean again, and the \npeople have come back to its banks.\n\n-- \n老王\n"
    data = b"Subject: river\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n" + text.encode()
    found = read(tmp_path, "a.eml", data)
    joined = "The river of the city is clean again, and the people have come back to its banks."
    assert articles(found)["a.eml"].split("\n")[1] == joined


def test_a_mail_that_is_forwarded_as_a_file_is_opened_too(tmp_path: Path) -> None:
    inner = mail("内层：山谷县种树/护林", OTHER.split("\n")[1], attached={"表.txt": BODY.encode()})
    outer = mail("转发", "请看附件里的邮件，谢谢，今天下班前答复。")
    outer.add_attachment(inner)
    found = read(tmp_path, "a.eml", outer.as_bytes())
    assert list(articles(found)) == [
        "a.eml", "a.eml/内层：山谷县种树／护林.eml", "a.eml/内层：山谷县种树／护林.eml/表.txt",
    ]  # fmt: skip
    assert reasons(found) == {}
