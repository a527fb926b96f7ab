"""Word and PDF files made in the tests."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml

A4 = (595, 842)


@dataclass(frozen=True)
class Set:
    """Text as set on a page: where its first character begins, from the lower left corner, and its size in points."""

    x: float
    y: float
    size: float
    text: str


def pdf(
    pages: Sequence[Sequence[Set]], *, drawn: Sequence[str] = (), mapped: bool = True, encrypt: bool = False
) -> bytes:
    """A PDF in a Chinese font that is not embedded; without `mapped` nothing says what its glyphs mean.

    `drawn` is what is drawn on each page, in the operators of PDF.
    """
    characters = sorted({character for page in pages for line in page for character in line.text})
    codes = {character: number for number, character in enumerate(characters, 1)}
    to_unicode = _cmap(codes) if mapped else b""
    narrow = " ".join(f"{code} [500]" for character, code in codes.items() if character.isascii())
    kids = " ".join(f"{7 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [4 0 R]"
        + (b" /ToUnicode 6 0 R" if mapped else b"")
        + b" >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering "
        f"(Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW 1000 /W [{narrow}] >>".encode(),
        b"<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -140 1000 860] /ItalicAngle 0 /Ascent 860 "
        b"/Descent -140 /CapHeight 860 /StemV 80 >>",
        _stream(to_unicode),
    ]
    for number, page in enumerate(pages):
        content = "\n".join(
            f"BT /F1 {line.size} Tf 1 0 0 1 {line.x} {line.y} Tm "
            f"<{''.join(f'{codes[character]:04x}' for character in line.text)}> Tj ET"
            for line in page
        )
        content += "\n" + (drawn[number] if number < len(drawn) else "")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {8 + 2 * number} 0 R >>".encode()
        )
        objects.append(_stream(content.encode()))
    encryption = ""
    if encrypt:
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >>".encode())
        encryption = f" /Encrypt {len(objects)} 0 R /ID [<{'01' * 16}> <{'01' * 16}>]"
    return _file(objects, encryption)


def pdf_lines(
    lines: Sequence[str], *, top: float = 740, left: float = 90, size: float = 12, pitch: float = 20
) -> list[Set]:
    """Lines set below each other; each blank of full width at their beginning is an indent of one em."""
    return [
        Set(left + size * (len(line) - len(line.lstrip("　"))), top - number * pitch, size, line.lstrip("　"))
        for number, line in enumerate(lines)
        if line
    ]


def typeset(text: str, width: int = 34, indent: int = 2) -> list[str]:
    """The lines of a paragraph: broken where they are full, amid words of Chinese but not amid numbers."""
    lines, line = [], "　" * indent
    for unbroken in re.findall(r"[!-~]+[，。、；：”]*|“?.[，。、；：”]*", text):
        if sum(0.5 if char.isascii() else 1 for char in line + unbroken) > width:
            lines.append(line)
            line = ""
        line += unbroken
    return [*lines, line]


def _cmap(codes: dict[str, int]) -> bytes:
    pairs = "\n".join(f"<{code:04x}> <{character.encode('utf-16-be').hex()}>" for character, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    ).encode()


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    data = b"%PDF-1.5\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        data
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R{trailer} >>\n"
            f"startxref\n{len(data)}\n%%EOF\n"
        ).encode()
    )


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def define_list(document: docx.document.Document, *levels: tuple[str, str]) -> str:
    """Define a list whose levels have these numFmt and lvlText; returns its numId."""
    numbering = document.part.numbering_part.element
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    number = str(900 + len(numbering))
    numbering.insert(0, parse_xml(f'<w:abstractNum {w} w:abstractNumId="{number}">{inner}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {w} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    return number


def number(paragraph: docx.text.paragraph.Paragraph, number_id: str, depth: int = 0) -> None:
    """Make a paragraph an item of a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    for name, value in (("w:ilvl", str(depth)), ("w:numId", number_id)):
        element = OxmlElement(name)
        element.set(qn("w:val"), value)
        properties.append(element)
