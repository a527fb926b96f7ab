"""The lines of a PDF file, page by page, by PDFium."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from embeddings.page.unreadable import UnreadableError
from embeddings.pdf.glyphs import glyphs_of
from embeddings.pdf.lines import PdfLine
from embeddings.pdf.ruled_tables import lines_with_tables
from embeddings.ruling.grids import grids_of
from embeddings.ruling.paths import Drawings

_MOST_PAGES = 5000
_MOST_CHARACTERS = 10_000_000
_PASSWORD = 4
"""FPDF_ERR_PASSWORD of PDFium."""
_LOCK = threading.Lock()
"""PDFium may be used by one thread at a time."""

PageReader = Callable[[Any, int, list[PdfLine]], list[PdfLine]]
"""A page of pypdfium2, its number from 0 and the lines that it states -> the lines on it."""


def read_lines(data: bytes, pdfium: ModuleType, recognise: PageReader) -> list[PdfLine]:
    """Return the lines of all pages in reading order; `recognise` is shown each page with the lines that it states.

    Raises UnreadableError for what has a password, is damaged or too long.
    """
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if error.err_code == _PASSWORD:
                raise UnreadableError("文件有密码保护，读不了；请取消密码后另存。") from error
            raise UnreadableError("文件已损坏，不是完整的 PDF；请重新下载或另存一份。") from error
        try:
            return list(_read(document, pdfium, recognise))
        except pdfium.PdfiumError as error:
            raise UnreadableError("文件已损坏，有的页读不出来；请重新下载或另存一份。") from error
        finally:
            document.close()


def _read(document: Any, pdfium: ModuleType, recognise: PageReader) -> Iterator[PdfLine]:
    if len(document) > _MOST_PAGES:
        raise UnreadableError(f"文件太长（超过 {_MOST_PAGES} 页），不像一篇文章。")
    characters = 0
    drawings = Drawings(pdfium.raw)
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        try:
            characters += text_page.count_chars()
            if characters > _MOST_CHARACTERS:
                raise UnreadableError("文件太长（超过一千万字），不像一篇文章。")
            # On a page that is turned to be read, rows of the file are columns of the reader.
            grids = grids_of(drawings.lines(page)) if page.get_rotation() == 0 else []
            stated = list(lines_with_tables(glyphs_of(text_page, pdfium.raw), grids, number, page.get_height()))
            yield from recognise(page, number, stated)
        finally:
            text_page.close()
            page.close()
