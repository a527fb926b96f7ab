"""Rich Text Format, by a reader of its own: the library that there is takes characters of two bytes apart."""

from __future__ import annotations

from embeddings.formats.format import Format
from embeddings.packages.compound import is_compound
from embeddings.page.blocks import Page
from embeddings.page.unreadable import UnreadableError
from embeddings.rtf.reader import read_rtf


def _read(data: bytes, suffix: str) -> Page:
    if is_compound(data):
        raise UnreadableError("是旧格式的 .doc；请另存为 .docx。")
    return read_rtf(data)


# Pictures in it are written in hexadecimal.
FORMAT = Format((".rtf",), _read, largest=100 * 1024 * 1024)
