"""OFD files with text. The packages there are for them draw pages or read invoices, and are young or heavy."""

from __future__ import annotations

from embeddings.formats.format import Format
from embeddings.ofd.document import read_ofd
from embeddings.page.blocks import Page


def _read(data: bytes, suffix: str) -> Page:
    return read_ofd(data)


# May be full of pictures.
FORMAT = Format((".ofd",), _read, largest=100 * 1024 * 1024)
