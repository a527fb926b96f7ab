"""PDF files, by PDFium; pages that are pictures of text with the extra `ocr`."""

from __future__ import annotations

from embeddings.formats.format import Format
from embeddings.page.blocks import Page
from embeddings.pdf.pages import read_pdf
from embeddings.recognition.recogniser import is_installed, recogniser


def _read(data: bytes, suffix: str) -> Page:
    import pypdfium2

    return read_pdf(data, pypdfium2, recogniser() if is_installed() else None)


# May be full of pictures.
FORMAT = Format((".pdf",), _read, largest=100 * 1024 * 1024)
