"""Presentations of PowerPoint since 2007 and of WPS, by python-pptx."""

from __future__ import annotations

from embeddings.formats.format import Format
from embeddings.page.blocks import Page
from embeddings.slides.document import read_slides


def _read(data: bytes, suffix: str) -> Page:
    import pptx

    return read_slides(data, suffix, pptx)


# Is full of pictures.
FORMAT = Format((".pptx", ".pptm", ".ppsx"), _read, largest=200 * 1024 * 1024)
