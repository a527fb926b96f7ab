"""One article with a hundred figures, half of them marked by notes, as Markdown, HTML, Word and PDF."""

from __future__ import annotations

import io
import re
import zipfile

import docx

from tests.office_files import Set, pdf, saved

TITLE = "青石县水利工作年报"
FIGURES = [
    f"{number}{unit}"
    for n in range(25)
    for number, unit in (
        (137 + 61 * n, "座"), (f"{3 + n}.{(7 * n) % 10}", "%"), (f"{1 + n},{205 + n}", "万元"), (20 + 4 * n, "km²")
    )
]  # fmt: skip
MARKED = frozenset(range(0, 100, 2)) | frozenset(range(1, 100, 4))
"""The figures that a note stands at: amid them, before the unit."""
PER_LINE = 4


def split(figure: str) -> tuple[str, str]:
    """The number and its unit, which the mark stands between."""
    found = re.fullmatch(r"([\d.,]+)(.+)", figure)
    assert found
    return found[1], found[2]


def note_of(number: int) -> str:
    return f"第{number}条注说的是口径，另有{number + 300}处未计入。"


def paragraphs() -> list[list[tuple[str, str, int]]]:
    """Per paragraph its figures as number, unit and note (0 for none), notes counted through."""
    rows, count = [], 0
    for at in range(0, len(FIGURES), PER_LINE):
        row = []
        for index in range(at, at + PER_LINE):
            if index in MARKED:
                count += 1
            row.append((*split(FIGURES[index]), count if index in MARKED else 0))
        rows.append(row)
    return rows


def expected() -> list[str]:
    lines = [TITLE]
    for number, row in enumerate(paragraphs()):
        said = "，".join(f"第{number * PER_LINE + n}项为{value}{unit}" for n, (value, unit, _) in enumerate(row))
        lines.append(f"{said}。")
        lines.extend(f"注{note}：{note_of(note)}" for *_, note in row if note)
    return lines


def markdown() -> bytes:
    lines = [f"# {TITLE}", ""]
    for number, row in enumerate(paragraphs()):
        said = [
            f"第{number * PER_LINE + n}项为{value}{f'[^{note}]' if note else ''}{unit}"
            for n, (value, unit, note) in enumerate(row)
        ]
        lines += ["，".join(said) + "。", ""]
    lines += [f"[^{note}]: {note_of(note)}" for row in paragraphs() for *_, note in row if note]
    return "\n".join(lines).encode()


def html() -> bytes:
    body = [f"<h1>{TITLE}</h1>"]
    for number, row in enumerate(paragraphs()):
        said = []
        for n, (value, unit, note) in enumerate(row):
            # Every third of the notes is marked by a link in brackets.
            link = f'<a href="#n{note}" id="r{note}">{f"[{note}]" if note % 3 else note}</a>'
            mark = "" if not note else link if note % 3 else f"<sup>{link}</sup>"
            said.append(f"第{number * PER_LINE + n}项为{value}{mark}{unit.replace('²', '<sup>2</sup>')}")
        body.append(f"<p>{'，'.join(said)}。</p>")
    notes = "".join(
        f'<li id="n{note}">{note_of(note)} <a href="#r{note}">↩</a></li>'
        for row in paragraphs()
        for *_, note in row
        if note
    )
    return f"<html><body><article>{''.join(body)}<ol>{notes}</ol></article></body></html>".encode()


FOOTNOTES = "word/footnotes.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    for number, row in enumerate(paragraphs()):
        paragraph = document.add_paragraph()
        for n, (value, unit, note) in enumerate(row):
            paragraph.add_run(f"{'，' if n else ''}第{number * PER_LINE + n}项为{value}")
            if note:
                paragraph.add_run(f"NOTE{note}E")
            paragraph.add_run(unit.removesuffix("²"))
            if unit.endswith("²"):
                paragraph.add_run("2").font.superscript = True
        paragraph.add_run("。")
    notes = [note for row in paragraphs() for *_, note in row if note]
    return with_footnotes(saved(document), {note: note_of(note) for note in notes})


def with_footnotes(data: bytes, notes: dict[int, str]) -> bytes:
    """The document with footnotes, referred to where its text says NOTE1E and so on."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "word/document.xml":
                part = re.sub(rb"<w:t>NOTE(\d+)E</w:t>", rb'<w:footnoteReference w:id="\1"/>', part)
            after.writestr(name, part)
        inner = "".join(
            f'<w:footnote w:id="{note}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t>'
            "</w:r></w:p></w:footnote>"
            for note, text in notes.items()
        )
        after.writestr(FOOTNOTES, f"<w:footnotes {W}>{inner}</w:footnotes>")
    return file.getvalue()


def raised_at(x: float, y: float, size: float, parts: list[tuple[str, bool]]) -> list[Set]:
    """Text set from x on, some of it raised and in smaller type."""
    placed = []
    for text, high in parts:
        font = size * 0.6 if high else size
        placed.append(Set(x, y + size * 0.4 if high else y, font, text))
        x += sum(0.5 if character.isascii() else 1.0 for character in text) * font
    return placed


def pdf_file(per_page: int = 5) -> bytes:
    """Pages of ten lines, with the notes at their feet, every other of which begins with a superscript itself."""
    rows = paragraphs()
    pages = []
    for first in range(0, len(rows), per_page):
        page = [Set(165, 780, 22, TITLE)] if not first else []
        notes, y = [], 740.0
        for number in range(first, min(first + per_page, len(rows))):
            for half in (0, 2):
                parts = [("", False)]
                for n in (half, half + 1):
                    value, unit, note = rows[number][n]
                    # PDFium drops text of one character that its stand-in for the font does not have.
                    parts[-1] = (f"{parts[-1][0]}第{number * PER_LINE + n}项为{value}", False)
                    parts += [(str(note), True)] if note else []
                    parts += [(unit.removesuffix("²"), False)] if note else []
                    parts[-1] = parts[-1] if note else (parts[-1][0] + unit.removesuffix("²"), False)
                    parts += [("2", True), ("", False)] if unit.endswith("²") else []
                    parts[-1] = (parts[-1][0] + ("以内，" if n < 3 else "以内。"), False)
                    notes += [note] if note else []
                page += raised_at(114 if not half else 90, y, 12, parts)
                y -= 20
        for note in notes:
            mark = [(str(note), True), (note_of(note), False)] if note % 2 else [(f"{note} {note_of(note)}", False)]
            page += raised_at(90, y - 60, 9, mark)
            y -= 14
        pages.append([*page, Set(290, 30, 9, str(1 + first // per_page))])
    return pdf(pages)
