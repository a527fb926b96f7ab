"""One long document with all that documents have, written in every format: to be compared with what comes out.

A format is added to FORMATS with a function that writes the parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import docx

from tests.noted_articles import raised_at, with_footnotes
from tests.office_files import Set, pdf, pdf_lines, saved, typeset

TITLE = "江城治水十年总结"
HEADER = "江城市水务局 内部资料"


@dataclass(frozen=True)
class Part:
    """A paragraph of the document."""

    kind: Literal["heading", "text", "item", "row", "quote", "caption"]
    text: str
    """Cells of a row are separated by tabs."""
    level: int = 0
    """Of a heading 2 or 3; of an item of a list, how deep it lies in others."""
    note: str = ""
    """The text of a note that is referred to at the end."""


_PLACES = ("东河", "西河", "南湖", "北渠", "柳溪", "桃溪", "石湖", "沙港", "白塔河", "青石渠")
_TOPICS = (
    "摸清家底", "清理淤泥", "封堵排口", "改造管网", "修复岸线",
    "调度水源", "巡查河道", "教育居民", "考核河长", "公开账本",
)  # fmt: skip


def document() -> tuple[Part, ...]:
    """A hundred paragraphs and more, no two alike."""
    return tuple(part for number, topic in enumerate(_TOPICS) for part in _chapter(number, topic))


def _chapter(n: int, topic: str) -> Iterator[Part]:
    place, other = _PLACES[n], _PLACES[(n + 3) % 10]
    numeral = "一二三四五六七八九十"[n]
    yield Part("heading", f"{numeral}、{topic}", 2)
    yield Part(
        "text",
        f"{2013 + n}年，{place}沿线共有住户{1200 + 37 * n}户，水面宽{18 + n}米，水质常年在{3 + n % 3}类上下，"
        f"治理之前每到夏天就有居民打电话反映，全年接到来电{240 + 11 * n}次。",
        note=f"住户数按{2012 + n}年底的户籍册计算，租住的{60 + n}户未计入。",
    )
    yield Part("heading", f"（{numeral}）{place}怎么做", 3)
    yield Part("text", f"{place}先从{topic}入手，分{2 + n % 4}步走，用了{5 + n}个月。")
    yield Part("item", f"查：沿河走访{310 + n}户，登记问题{45 + n}个。", 0)
    yield Part("item", f"白天查排口{12 + n}处，夜里查偷排{3 + n}起。", 1)
    yield Part("item", f"改：列出清单{7 + n}张，限{20 + n}天办结。", 0)
    yield Part("quote", f"住在{other}边的老周说：“{topic}那一年，河边停了{14 + n}台挖机，我天天去看，一天也没落下。”")
    yield Part("caption", f"表{n + 1} {place}治理前后对照")
    yield Part("row", "项目\t治理前\t治理后")
    yield Part("row", f"透明度\t{30 + n}厘米\t{85 + n}厘米")
    yield Part("row", f"来电\t{240 + 11 * n}次\t{31 + n}次")
    yield Part("caption", f"图{n + 1} {other}岸边的新步道")
    yield Part("text", f"到{2014 + n}年底，{place}的透明度达到{85 + n}厘米，来电降到{31 + n}次，比上年少了一大半。")


def lines(parts: Sequence[Part]) -> Iterator[str]:
    """All that the document says, a line each, in the order of an article: a note stands behind its paragraph."""
    yield TITLE
    for part in parts:
        yield part.text
        if part.note:
            yield part.note


def text_file(parts: Sequence[Part]) -> bytes:
    """Plain text, as it is typed."""
    said = [TITLE]
    for part in parts:
        said.append(
            {"text": f"　　{part.text}", "quote": f"　　{part.text}", "item": f"{'  ' * part.level}- {part.text}"}.get(
                part.kind, part.text
            )
        )
        said += [f"注：{part.note}"] if part.note else []
    return "\n".join(said).encode("gb18030")


def markdown(parts: Sequence[Part]) -> bytes:
    """Markdown with footnotes and a table of pipes."""
    said, notes = [f"# {TITLE}", ""], []
    for at, part in enumerate(parts):
        mark = ""
        if part.note:
            notes.append(f"[^{len(notes) + 1}]: {part.note}")
            mark = f"[^{len(notes)}]"
        if part.kind == "row":
            said.append(f"| {part.text.replace(chr(9), ' | ')} |")
            if parts[at - 1].kind != "row":
                said.append("| --- | --- | --- |")
            continue
        if at and parts[at - 1].kind == "row":
            said.append("")
        sign = {"heading": "#" * part.level + " ", "item": "  " * part.level + "- ", "quote": "> "}.get(part.kind, "")
        said.append(f"{sign}{part.text}{mark}")
        if part.kind != "item" or parts[at + 1].kind != "item":
            said.append("")
    return "\n".join([*said, *notes]).encode()


def web_page(parts: Sequence[Part]) -> bytes:
    """A page of a site, with its navigation, related articles and footer."""
    inner, notes = [f"<h1>{TITLE}</h1>"], []
    for at, part in enumerate(parts):
        said, mark = escape(part.text), ""
        if part.note:
            notes.append(part.note)
            mark = f'<sup><a id="r{len(notes)}" href="#n{len(notes)}">{len(notes)}</a></sup>'
        before, after = parts[at - 1].kind if at else "", parts[at + 1].kind if at + 1 < len(parts) else ""
        if part.kind == "row":
            cells = "".join(f"<td>{cell}</td>" for cell in said.split("\t"))
            opened, closed = "<table>" * (before != "row"), "</table>" * (after != "row")
            inner.append(f"{opened}<tr>{cells}</tr>{closed}")
        elif part.kind == "item":
            nested = f"<ul><li>{said}</li></ul>" if part.level else said
            opened, closed = "<ul>" * (before != "item"), "</ul>" * (after != "item")
            inner.append(f"{opened}<li>{nested}</li>{closed}")
        else:
            name = {"heading": f"h{part.level}", "quote": "blockquote", "caption": "figcaption"}.get(part.kind, "p")
            inner.append(f"<{name}>{said}{mark}</{name}>")
    listed = "".join(f'<li id="n{n}">{escape(note)} <a href="#r{n}">↩</a></li>' for n, note in enumerate(notes, 1))
    around = (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>江城在线</title></head><body>'
        '<nav><a href="/">首页</a></nav><div class="content">',
        '</div><h3>相关阅读</h3><ul><li><a href="/2">另一篇的标题</a></li></ul>'
        "<footer>版权所有 江城在线 鄂ICP备00000000号</footer></body></html>",
    )
    return f"{''.join(inner)}<ol>{listed}</ol>".join(around).encode()


def word_file(parts: Sequence[Part]) -> bytes:
    """A Word document by its own styles, with footnotes and a header."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = HEADER
    document.add_paragraph(TITLE, style="Title")
    notes: dict[int, str] = {}
    rows: list[str] = []
    for at, part in enumerate(parts):
        if part.kind == "row":
            rows.append(part.text)
            if at + 1 == len(parts) or parts[at + 1].kind != "row":
                _add_table(document, rows)
                rows = []
            continue
        styles = {"heading": f"Heading {part.level - 1}", "quote": "Intense Quote", "caption": "Caption"}
        bullet = "List Bullet 2" if part.level else "List Bullet"
        paragraph = document.add_paragraph(part.text, bullet if part.kind == "item" else styles.get(part.kind))
        if part.note:
            notes[len(notes) + 1] = part.note
            paragraph.add_run(f"NOTE{len(notes)}E")
    return with_footnotes(saved(document), notes)


def _add_table(document: docx.document.Document, rows: Sequence[str]) -> None:
    table = document.add_table(len(rows), 3)
    for row, said in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, said.split("\t"), strict=True):
            cell.text = text


def pdf_file(parts: Sequence[Part]) -> bytes:
    """A PDF as it is printed: a header and a number on every page, notes at the foot, text down to the margins."""
    pages: list[list[Set]] = []
    page, notes, y, count = [Set(170, 770, 22, TITLE)], list[str](), 730.0, 0

    def turn() -> None:
        nonlocal page, notes, y
        for n, note in enumerate(reversed(notes)):
            page += raised_at(90, 74 + 14 * n, 9, [(str(count - n), True), (note, False)])
        pages.append([Set(90, 805, 9, HEADER), *page, Set(285, 36, 9, f"- {len(pages) + 1} -")])
        page, notes, y = [], [], 765.0

    for part in parts:
        for number, line in enumerate(_set(part)):
            if y < 74 + 20 + 14 * (len(notes) + bool(part.note)):
                turn()
            page += [Set(piece.x, y, piece.size, piece.text) for piece in line]
            y -= 30 if part.kind == "heading" and not number else 20
        if part.note:
            count += 1
            notes.append(part.note)
            last = page[-1]
            width = last.size * sum(0.5 if char.isascii() else 1 for char in last.text)
            page.append(Set(last.x + width, last.y + 5, 7, str(count)))
    turn()
    return pdf(pages)


def _set(part: Part) -> list[list[Set]]:
    """The lines of a paragraph, at a height of 0."""
    if part.kind == "row":
        return [[Set(x, 0, 12, cell) for x, cell in zip((90, 220, 350), part.text.split("\t"), strict=True)]]
    if part.kind == "heading":
        return [[Set(90, 0, 18 if part.level == 2 else 15, part.text)]]
    said = f"{'•' if not part.level else '-'} {part.text}" if part.kind == "item" else part.text
    indent = {"caption": 8, "item": 2 + part.level}.get(part.kind, 2)
    return [[Set(line.x, 0, line.size, line.text)] for line in pdf_lines(typeset(said, indent=indent))]


@dataclass(frozen=True)
class Written:
    """How a format writes the document."""

    suffix: str
    write: Callable[[Sequence[Part]], bytes]
    adds: str = ""
    """Characters of its own that it writes into the text, as bullets."""


FORMATS = (
    Written(".txt", text_file, adds="-"),
    Written(".md", markdown),
    Written(".html", web_page),
    Written(".docx", word_file),
    Written(".pdf", pdf_file, adds="•-"),
)
