"""Word documents, by mammoth."""

from __future__ import annotations

from embeddings.formats.format import Format
from embeddings.page.blocks import Page
from embeddings.word.document import read_word


def _read(data: bytes, suffix: str) -> Page:
    import mammoth

    return read_word(data, suffix, mammoth)


# May be full of pictures.
FORMAT = Format((".docx", ".docm"), _read, largest=100 * 1024 * 1024)
