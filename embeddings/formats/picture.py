"""Pictures of text, scans and photographs of pages, with the extra `ocr`."""

from __future__ import annotations

from embeddings.formats.format import Format
from embeddings.page.blocks import Page
from embeddings.pdf.pictures import read_picture
from embeddings.recognition.recogniser import recogniser


def _read(data: bytes, suffix: str) -> Page:
    return read_picture(data, recogniser())


# A scan of A3 in full colour that is not packed.
FORMAT = Format((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"), _read, largest=250 * 1024 * 1024)
