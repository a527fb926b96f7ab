"""PDF files -> lines: paragraphs joined again, headings by their size, what every page repeats left out."""

from __future__ import annotations

import re
import zlib
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import ModuleType

from embeddings.page.blocks import Block, Page
from embeddings.page.characters import is_sentence, tidy
from embeddings.page.front_matter import Stated
from embeddings.page.notes import place_notes
from embeddings.page.plain_tables import is_enumerated
from embeddings.page.unreadable import UnreadableError
from embeddings.pdf.layout import measure
from embeddings.pdf.lines import PdfLine, read_lines
from embeddings.pdf.notes import PageNote, split_notes
from embeddings.pdf.paragraphs import Paragraph, join_lines
from embeddings.pdf.scans import Scans, is_garbled
from embeddings.recognition.recogniser import Recogniser

_STREAM = re.compile(rb"stream\r?\n")
_LARGEST_STREAM = 128 * 1024 * 1024
"""Bytes of one unpacked stream; the largest that hold text, those of maps, have a few million."""
_PIECE = 64 * 1024
"""Bytes unpacked at a time."""

_MARGIN, _OUTER_MARGIN = 0.12, 0.05
"""The shares of a page's height, at its top and at its bottom, that headers and footers stand in, and only they."""
_PAGE_NUMBER = re.compile(r"[-—–－·.\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，共]{1,2}\s*\d{1,4}\s*页?)?[-—–－·.\s]*")
_CONTENTS = re.compile(r"(?:[.．·…․‥]\s*){4,}\s*[-—–]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-—–]?$")
"""An entry of a table of contents, dots leading to the number of its page: its heading comes again."""
_HEADING = 1.12
_TITLE = 1.25
"""How many times larger than the running text a heading, and the title, are set."""
_ENUMERATED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]|第[一二三四五六七八九十\d]{1,3}[章节条部篇]"
)


def read_pdf(data: bytes, pdfium: ModuleType, recogniser: Recogniser | None) -> Page:
    """Return the paragraphs of a PDF; page numbers and repeated headers and footers are left out.

    Pages that are pictures of text are recognised where there is a recogniser; else the page says that they are there.
    Raises UnreadableError for what has a password, is damaged, unpacks to too much, says what its fonts can't tell, or
    is all pictures while there is no recogniser.
    """
    _check_unpacked_size(data)
    scans = Scans(pdfium.raw, recogniser)
    lines = read_lines(data, pdfium, scans.lines)
    scans.check(lines)
    return replace(page_of(lines), unread=scans.unread())


def page_of(lines: Sequence[PdfLine]) -> Page:
    """Return the paragraphs that the lines of all pages make up.

    Raises UnreadableError for what says other characters than those on the pages.
    """
    _check_characters(lines)
    layout = measure(lines)
    kept = without_furniture(lines, layout.em)
    text, notes = split_notes(kept, layout.pitch)
    if notes:
        # Many notes, in their own size, would be taken for the running text.
        layout = measure(text)
    paragraphs = join_lines(text, layout)
    title = _title(paragraphs, layout.em)
    blocks = [_block(paragraph, _level(paragraph, title, layout.em)) for paragraph in paragraphs]
    return place_notes(Page(blocks=tuple(_with_notes(blocks, paragraphs, notes)), stated=Stated()))


def _block(paragraph: Paragraph, level: int) -> Block:
    page = paragraph.page + 1 if paragraph.recognised else 0
    return Block(_tidied(paragraph.text), level=level, recognised_page=page)


def _with_notes(blocks: Sequence[Block], paragraphs: Sequence[Paragraph], notes: Sequence[PageNote]) -> Iterator[Block]:
    """The lines, and behind the last that begins on a page the notes of that page."""
    waiting = deque(notes)
    for block, paragraph in zip(blocks, paragraphs, strict=True):
        while waiting and waiting[0].page < paragraph.page:
            yield _note(waiting.popleft())
        if block.text:
            yield block
    yield from map(_note, waiting)


def _note(note: PageNote) -> Block:
    return Block(tidy(note.text), recognised_page=note.page + 1 if note.recognised else 0)


def _tidied(text: str) -> str:
    """The line with its whitespace tidied in every cell; a gap behind an enumerator makes no cell."""
    return (" " if is_enumerated(text) else "\t").join(filter(None, map(tidy, text.split("\t"))))


def _check_unpacked_size(data: bytes) -> None:
    if any(_is_larger(data, match.end()) for match in _STREAM.finditer(data)):
        raise UnreadableError("文件解压后太大，不像一篇文章。")


def _is_larger(data: bytes, start: int) -> bool:
    """Whether the stream that begins at `start` unpacks to more than the limit; what is packed otherwise does not."""
    unpacking, size = zlib.decompressobj(), 0
    for at in range(start, len(data), _PIECE):
        try:
            size += len(unpacking.decompress(data[at : at + _PIECE], _LARGEST_STREAM + 1 - size))
        except zlib.error:
            return False
        if unpacking.eof or size > _LARGEST_STREAM:
            break
    return size > _LARGEST_STREAM


def _check_characters(lines: Sequence[PdfLine]) -> None:
    if is_garbled(lines):
        raise UnreadableError("文件的字体没有文字编码，取出来的是乱码；请改用原始的 Word 文件，或做文字识别（OCR）。")


def without_furniture(lines: Sequence[PdfLine], em: float) -> list[PdfLine]:
    """Drop tables of contents, page numbers, and what else is set at the edges of pages and is no part of the text.

    That is what a third of the pages, two at least, have in common, and what is set at the very edge and smaller than
    the running text, whose size is `em`.
    """
    often = max(2, len({line.page for line in lines}) / 3)
    edges = [_edge(line) for line in lines]
    once_a_page = {(line.page, edge) for line, edge in zip(lines, edges, strict=True) if edge is not None}
    seen = Counter(edge for _, edge in once_a_page)
    return [
        line
        for line, edge in zip(lines, edges, strict=True)
        if not (_CONTENTS.search(line.text) or (edge is not None and (seen[edge] >= often or _is_at_edge(line, em))))
    ]


def _edge(line: PdfLine) -> tuple[str, bool] | None:
    """What a line at the edge of its page has in common with those of other pages; None amid a page."""
    top, bottom = line.bottom < line.page_height * _MARGIN, line.top > line.page_height * (1 - _MARGIN)
    if not (top or bottom):
        return None
    return re.sub(r"\d+", "0", "".join(line.text.split())), top


def _is_at_edge(line: PdfLine, em: float) -> bool:
    outer = line.page_height * _OUTER_MARGIN
    small_print = line.size < em and (line.bottom < outer or line.top > line.page_height - outer)
    return small_print or _PAGE_NUMBER.fullmatch(line.text) is not None


def _title(paragraphs: Sequence[Paragraph], body: float) -> Paragraph | None:
    """The largest heading before the running text; that of an official document's letterhead says “…文件”."""
    candidates = []
    for paragraph in paragraphs:
        if paragraph.page > 0 or (paragraph.size < body * _HEADING and is_sentence(paragraph.text)):
            break
        text = "".join(paragraph.text.split())
        if paragraph.size >= body * _TITLE and len(text) >= 4 and not _ENUMERATED.match(text) and text[-2:] != "文件":
            candidates.append(paragraph)
    return max(candidates, key=lambda paragraph: paragraph.size, default=None)


def _level(paragraph: Paragraph, title: Paragraph | None, body: float) -> int:
    if paragraph is title:
        return 1
    return 2 if paragraph.size >= body * _HEADING and len(paragraph.text) <= 60 else 0
