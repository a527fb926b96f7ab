"""Text files and Markdown, and web pages."""

from __future__ import annotations

from embeddings.formats.format import Format
from embeddings.page.blocks import Page
from embeddings.page.unreadable import UnreadableError
from embeddings.text.decoding import DecodingError, decode
from embeddings.text.markup import read_page


def decoded(data: bytes) -> str:
    """The text of a file.

    Raises:
        UnreadableError: it is empty, binary or in an encoding that isn't known.
    """
    try:
        return decode(data)
    except DecodingError as error:
        raise UnreadableError(str(error)) from error


def _read(data: bytes, suffix: str) -> Page:
    return read_page(decoded(data), suffix)


# The longest novels have a tenth of it, so a larger file is no article.
FORMAT = Format((".txt", ".md", ".markdown"), _read, largest=20 * 1024 * 1024, plain=True)
WEB = Format((".html", ".htm"), _read, largest=FORMAT.largest)
