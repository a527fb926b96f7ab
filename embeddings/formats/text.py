"""Text files and Markdown."""

from __future__ import annotations

from embeddings.formats.format import Format
from embeddings.page.blocks import Page
from embeddings.page.unreadable import UnreadableError
from embeddings.text.decoding import DecodingError, decode
from embeddings.text.markup import read_page


def read_text(data: bytes, suffix: str) -> Page:
    """The page in a file of text, which may be markup."""
    try:
        return read_page(decode(data), suffix)
    except DecodingError as error:
        raise UnreadableError(str(error)) from error


# The longest novels have a tenth of it, so a larger file is no article.
FORMAT = Format((".txt", ".md", ".markdown"), read_text, largest=20 * 1024 * 1024, plain=True)
