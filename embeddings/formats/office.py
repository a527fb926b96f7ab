"""Word and PDF files -> pages of lines, by the libraries of the optional extra `office`, on this machine alone."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import ModuleType

from embeddings.page.blocks import Page
from embeddings.page.unreadable import UnreadableError
from embeddings.pdf.pages import read_pdf
from embeddings.word.document import read_word

_READERS: dict[str, tuple[str, Callable[[bytes, ModuleType], Page]]] = {
    ".docx": ("mammoth", read_word),
    ".pdf": ("pypdfium2", read_pdf),
}
"""The library that each format is read by, and the function that reads it."""

OFFICE_SUFFIXES = frozenset(_READERS)


def read_office(data: bytes, suffix: str) -> Page:
    """Return the page in the bytes of a file; `suffix`, lower case with its dot, is one of OFFICE_SUFFIXES.

    Raises UnreadableError where the extra is not installed, and for files that are encrypted, damaged, too large once
    unpacked, or without text.
    """
    name, read = _READERS[suffix]
    try:
        # Only where such a file is met: most corpora have none, and the extra need not be installed.
        library = importlib.import_module(name)
    except ImportError as error:
        raise UnreadableError(f'读 {suffix} 文件要先安装扩展：pip install "suyuan[office]"，再重建索引。') from error
    page = read(data, library)
    if not any(block.text.strip() for block in page.blocks):
        raise UnreadableError("文件里没有文字，可能是扫描件或只有图片；请先做文字识别（OCR）再放入。")
    return page
