"""Superscripts and notes: no mark becomes part of a figure, and what a note says stands behind its paragraph."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest

import qa
from embeddings.reading.articles import parse_article
from embeddings.reading.markup import read_page
from embeddings.rebuild import rebuild
from tests.office_files import Set, pdf, pdf_lines, saved

pytest.importorskip("mammoth", reason="the extra “office” is not installed")
pytest.importorskip("pypdfium2", reason="the extra “office” is not installed")

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
            f'<w:footnote w:id="{note}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r>'
            "</w:p></w:footnote>"
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
    """Pages of five paragraphs, each of two lines, with the notes at their feet."""
    rows = paragraphs()
    pages = []
    for first in range(0, len(rows), per_page):
        page = [Set(165, 780, 22, TITLE)] if not first else []
        notes, y = [], 740.0
        for number in range(first, min(first + per_page, len(rows))):
            for half in (0, 2):
                parts = []
                for n in (half, half + 1):
                    value, unit, note = rows[number][n]
                    parts += [(f"第{number * PER_LINE + n}项为{value}", False)]
                    parts += [(str(note), True)] if note else []
                    parts += [(unit.removesuffix("²"), False), *([("2", True)] if unit.endswith("²") else [])]
                    # The first line is filled up to the edge, so that the second goes on with it.
                    parts += [("，" if n < 3 else "。", False)]
                    notes += [note] if note else []
                page += raised_at(114 if not half else 90, y, 12, parts)
                y -= 20
        for note in notes:
            mark = [(str(note), True), (note_of(note), False)] if note % 2 else [(f"{note} {note_of(note)}", False)]
            page += raised_at(90, y - 60, 9, mark)
            y -= 14
        pages.append([*page, Set(290, 30, 9, str(1 + first // per_page))])
    return pdf(pages)


@pytest.mark.parametrize(
    ("suffix", "data"), [(".md", markdown()), (".html", html()), (".docx", word())], ids=["md", "html", "docx"]
)
def test_a_hundred_figures_with_marks_of_notes_stay_as_they_are(suffix: str, data: bytes) -> None:
    assert parse_article(data, suffix).text.split("\n") == expected()


def test_a_hundred_figures_of_a_pdf_with_notes_at_the_foot_of_pages_stay_as_they_are() -> None:
    text = parse_article(pdf_file(), ".pdf").text
    assert re.findall(r"项为([\d.,]+(?:座|%|万元|km²))", text.replace("\n", "")) == FIGURES
    notes = [f"注{note}：{note_of(note)}" for row in paragraphs() for *_, note in row if note]
    assert [line for line in text.split("\n") if line.startswith("注")] == notes
    # Each behind the line that its mark stood in.
    for number, row in enumerate(paragraphs()):
        for n, (value, unit, note) in enumerate(row):
            if note:
                behind = text[text.index(f"第{number * PER_LINE + n}项为{value}{unit}") : text.index(f"注{note}：")]
                assert behind.count("项为") <= PER_LINE
