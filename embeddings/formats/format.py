"""What a format of documents is: the protocol that each of the files beside this one fills in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from embeddings.page.blocks import Page


@dataclass(frozen=True, slots=True)
class Format:
    """One format of documents, or several that are read by the same function."""

    suffixes: tuple[str, ...]
    """The extensions of its files, in lower case with the dot."""
    read: Callable[[bytes, str], Page]
    """The content of a file and its extension -> the page in it.

    Imports its library only when it is called. Raises UnreadableError for files that are encrypted, damaged, too large
    once unpacked, or without text; the message, a sentence in Chinese, says which, and what mends it.
    """
    largest: int
    """Bytes of the largest file that is read."""
    plain: bool = False
    """Text as it is: a small file of it is read at once; all others in a process of their own, within limits."""
