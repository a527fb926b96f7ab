"""PDF files with a text layer, by PDFium."""

from __future__ import annotations

from embeddings.formats.format import Format
from embeddings.page.blocks import Page
from embeddings.pdf.pages import read_pdf


def _read(data: bytes, suffix: str) -> Page:
    import pypdfium2

    return read_pdf(data, pypdfium2)


# May be full of pictures.
FORMAT = Format((".pdf",), _read, largest=100 * 1024 * 1024)
