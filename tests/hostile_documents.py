"""Documents made to harm whoever reads them, each small or made in a moment."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from itertools import pairwise

import docx

from tests.office_files import Set, pdf, saved

SAID = "这几年，江城的水清了，岸绿了，人也多了起来。"
DRAWN = "海塘的石头砌高了一层，潮水再大也漫不过来。"
"""What the page says that a hundred thousand lines are drawn on."""
_BODY = b"<w:sectPr"
"""What the text of a Word document stands before."""
_MEGABYTE = 1024 * 1024


def word(inner: str = "", parts: dict[str, bytes] | None = None, head: bytes = b"") -> bytes:
    """A Word document with this XML behind its text, these parts beside it and `head` before its XML."""
    document = docx.Document()
    document.add_paragraph("江城治水的五年实践", style="Title")
    document.add_paragraph(SAID)
    made, file = zipfile.ZipFile(io.BytesIO(saved(document))), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            data = made.read(name)
            if name == "word/document.xml":
                declaration, _, rest = data.partition(b"?>")
                data = declaration + b"?>" + head + rest.replace(_BODY, inner.encode() + _BODY, 1)
            archive.writestr(name, data)
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return file.getvalue()


def external_entity() -> bytes:
    """A Word document whose text would be a file of the machine that reads it."""
    head = b'<!DOCTYPE w [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    return word("<w:p><w:r><w:t>&file;</w:t></w:r></w:p>", head=head)


def billion_laughs() -> bytes:
    """A Word document of a few bytes that unfold to three gigabytes."""
    ten_of = "&{};".format
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {b} "{ten_of(a) * 10}">' for a, b in pairwise(names))
    head = f'<!DOCTYPE w [<!ENTITY a "lol">{entities}]>'.encode()
    return word("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", head=head)


def macro() -> bytes:
    """A Word document with a macro that would run when it is opened."""
    return word(parts={"word/vbaProject.bin": b'\xd0\xcf\x11\xe0Sub AutoOpen()\nShell "calc"\nEnd Sub'})


def lists_in_word(levels: int) -> bytes:
    """A Word document with each item of a list a level below the one before."""
    items = (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        f"<w:r><w:t>第{n}层的事项</w:t></w:r></w:p>"
        for n in range(levels)
    )
    return word("".join(items))


def tables_in_tables(levels: int) -> bytes:
    """A Word document with tables each in a cell of the one before."""
    opened, closed = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return word(f"{opened * levels}<w:p><w:r><w:t>里</w:t></w:r></w:p>{closed * levels}")


def table_in_word(rows: int) -> bytes:
    """A Word document with a table of so many rows."""
    row = f"<w:tr>{'<w:tc><w:p><w:r><w:t>第%d段</w:t></w:r></w:p></w:tc>' * 2}</w:tr>"
    return word(f"<w:tbl>{''.join(row % (n, n) for n in range(rows))}</w:tbl>")


def empty_paragraphs(megabytes: int) -> bytes:
    """A Word document of so many megabytes of XML, which take thirty times as many to hold."""
    return word("<w:p/>" * (megabytes * _MEGABYTE // 6))


def web_page(inner: str) -> bytes:
    """A web page with this HTML under its text."""
    return f"<html><body><h1>江城治水的五年实践</h1><p>{SAID}</p>{inner}</body></html>".encode()


def lists_in_web_page(levels: int) -> bytes:
    """A web page with lists each in the one before."""
    return web_page("".join(f"<ul><li>第{n}层的事项" for n in range(levels)))


def table_in_web_page(rows: int) -> bytes:
    """A web page with a table of so many rows."""
    return web_page(f"<table>{''.join(f'<tr><td>第{n}段</td><td>{n}公里</td></tr>' for n in range(rows))}</table>")


def glyphs(count: int) -> bytes:
    """A PDF of so many characters."""
    line = "江城的水清了岸绿了人也多了起来全市河长每月巡河两次问题整改" * 2
    pages = [
        [Set(20, 20 + 13 * n, 12, f"{page * 60 + n}{line}"[:45]) for n in range(60)] for page in range(count // 2700)
    ]
    return pdf(pages)


def paths(count: int) -> bytes:
    """A PDF with so many lines drawn on its page, which rule as many cells as they can."""
    half = count // 2
    level = (f"10 {20 + 800 * n / half:.3f} m 580 {20 + 800 * n / half:.3f} l S" for n in range(half))
    upright = (f"{10 + 570 * n / half:.3f} 20 m {10 + 570 * n / half:.3f} 820 l S" for n in range(half))
    return pdf([[Set(20, 700, 12, DRAWN)]], drawn=["\n".join([*level, *upright])])


def bomb(megabytes: int) -> bytes:
    """An archive with a document that unpacks to so many megabytes of nothing."""
    return packed(
        [("a.docx", bytes(megabytes * _MEGABYTE)), ("good.txt", "桥修好了，路也通了，车走得快多了。".encode())]
    )


def nested_bomb(levels: int) -> bytes:
    """An archive that holds ten times itself, that many levels deep."""
    data = bytes(_MEGABYTE)
    for _ in range(levels):
        data = packed((f"{n}.zip", data) for n in range(10))
    return data


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def archive_of(names: Iterable[bytes], content: bytes = b"x") -> bytes:
    """An archive with so many members of one content, written without the library, which would take seconds."""
    local, central, count = io.BytesIO(), io.BytesIO(), 0
    crc = zlib.crc32(content)
    for name in names:
        about = struct.pack("<HHHHHLLLHH", 20, 0x800, 0, 0, 0x21, crc, len(content), len(content), len(name), 0)
        central.write(b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<HHHLL", 0, 0, 0, 0, local.tell()))
        central.write(name)
        local.write(b"PK\x03\x04" + about + name + content)
        count += 1
    end = struct.pack("<HHHHLLH", 0, 0, min(count, 65535), min(count, 65535), central.tell(), local.tell(), 0)
    if count < 65535:
        return local.getvalue() + central.getvalue() + b"PK\x05\x06" + end
    place = local.tell() + central.tell()
    larger = struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, count, count, central.tell(), local.tell())
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, place, 1)
    return local.getvalue() + central.getvalue() + b"PK\x06\x06" + larger + locator + b"PK\x05\x06" + end


def nested_mail(levels: int) -> bytes:
    """A mail whose parts lie that deep in each other."""
    opened = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(levels))
    return f"Subject: x\n{opened}Content-Type: text/plain\n\n{SAID}\n".encode()
