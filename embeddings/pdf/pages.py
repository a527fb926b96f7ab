"""PDF files -> lines: paragraphs joined again, headings by their size, what every page repeats left out."""

from __future__ import annotations

import re
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import ModuleType

from embeddings.page.blocks import Block, Page
from embeddings.page.characters import is_sentence, tidy, tidy_cells
from embeddings.page.front_matter import Stated
from embeddings.page.notes import place_notes
from embeddings.page.plain_tables import is_enumerated
from embeddings.page.unreadable import UnreadableError
from embeddings.pdf.furniture import is_printed_page, without_furniture
from embeddings.pdf.layout import measure
from embeddings.pdf.lines import PdfLine
from embeddings.pdf.notes import PageNote, split_notes
from embeddings.pdf.paragraphs import Paragraph, join_lines
from embeddings.pdf.reading import read_lines
from embeddings.pdf.scans import Scans, is_garbled
from embeddings.pdf.table_rows import with_rows
from embeddings.pdf.turned_tables import over_pages
from embeddings.recognition.recogniser import Recogniser

_STREAM = re.compile(rb"stream\r?\n")
_LARGEST_STREAM = 128 * 1024 * 1024
"""Bytes of one unpacked stream; the largest that hold text, those of maps, have a few million."""
_PIECE = 64 * 1024
"""Bytes unpacked at a time."""

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
    return replace(page_of(over_pages(with_rows(lines))), unread=scans.unread())


def page_of(lines: Sequence[PdfLine]) -> Page:
    """Return the paragraphs that the lines of all pages make up.

    Raises UnreadableError for what says other characters than those on the pages.
    """
    _check_characters(lines)
    layout = measure(lines)
    kept = without_furniture(lines, layout)
    text, notes = split_notes(kept, layout.pitch)
    if notes:
        # Many notes, in their own size, would be taken for the running text.
        layout = measure(text)
    paragraphs = join_lines(text, layout)
    title = _title(paragraphs, layout.em)
    blocks = [_block(paragraph, _level(paragraph, title, layout.em)) for paragraph in paragraphs]
    page = Page(tuple(_with_notes(blocks, paragraphs, notes)), Stated(), web=is_printed_page(lines, kept))
    return place_notes(page)


def _block(paragraph: Paragraph, level: int) -> Block:
    page = paragraph.page + 1
    text = tidy_cells(paragraph.text) if paragraph.ruled else _tidied(paragraph.text)
    return Block(text, level=level, page=page, recognised_page=page if paragraph.recognised else 0)


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
    page = note.page + 1
    return Block(tidy(note.text), page=page, recognised_page=page if note.recognised else 0)


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


def _title(paragraphs: Sequence[Paragraph], body: float) -> Paragraph | None:
    """The largest heading before the running text; that of an official document's letterhead says “…文件”."""
    candidates = []
    for paragraph in paragraphs:
        if paragraph.ruled:
            continue
        if paragraph.page > 0 or (paragraph.size < body * _HEADING and is_sentence(paragraph.text)):
            break
        text = "".join(paragraph.text.split())
        if paragraph.size >= body * _TITLE and len(text) >= 4 and not _ENUMERATED.match(text) and text[-2:] != "文件":
            candidates.append(paragraph)
    return max(candidates, key=lambda paragraph: paragraph.size, default=None)


def _level(paragraph: Paragraph, title: Paragraph | None, body: float) -> int:
    if paragraph is title:
        return 1
    return 2 if not paragraph.ruled and paragraph.size >= body * _HEADING and len(paragraph.text) <= 60 else 0
