"""What a container holds, and how much of it is unpacked at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from embeddings.page.unreadable import UnreadableError

_MEGABYTE = 1024 * 1024
_MOST_ENTRIES = 10_000
"""Files in a container and in those within it. More of them are a corpus, whose owner can unpack it."""
_MOST_BYTES = 1024 * _MEGABYTE
"""All documents of a container once unpacked; a thousand office documents have some 200 MB."""
_LARGEST_RATIO = 200
"""How many times larger a file may be once unpacked. Chinese text packs to a third, the XML of an endless table to a
fiftieth; nothing but zeros, as in a bomb, to a thousandth."""
_SMALL = 8 * _MEGABYTE
"""Bytes that do no harm, whatever they were packed to."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file as its container names it."""

    name: str
    """With forward slashes, safe to show; of what lies outside of every folder too."""
    size: int = 0
    """Bytes once unpacked, as the container says; it never unpacks to more."""
    packed: int = 0
    """Bytes in the container; 0 where they are not packed."""
    problem: str = ""
    """Why it can't be read, a sentence for the user; empty where it can."""


class Container(Protocol):
    """An opened container."""

    def entries(self) -> tuple[Entry, ...]:
        """The files in it, in its own order, without hidden ones."""
        ...

    def read(self, number: int) -> bytes:
        """The content of an entry without a problem, by its place in `entries`; no more than the entry's size.

        Raises:
            UnreadableError: it is damaged.
        """
        ...


@dataclass(frozen=True, slots=True)
class Member:
    """A document in a container, or in a container within it, or what was found there in place of one."""

    path: str
    """In the container, with forward slashes; empty for the text of a mail that is the container itself."""
    at: tuple[int, ...]
    """Where it lies: its number in the container, then in the one within."""
    suffix: str
    """Its extension in lower case, with the dot."""
    digest: bytes = b""
    """The sha256 of its content; empty where it is set aside."""
    reason: str = ""
    """Why it is set aside, a sentence for the user."""


class Budget:
    """What may still be unpacked of a container, those within it included."""

    def __init__(self) -> None:
        self._entries, self._bytes = _MOST_ENTRIES, _MOST_BYTES

    def open(self, container: Container) -> Iterator[tuple[int, Entry]]:
        """The entries of a container with their numbers.

        Raises:
            UnreadableError: there are too many.
        """
        entries = container.entries()
        if len(entries) > self._entries:
            raise UnreadableError(
                f"里面的文件太多（{len(entries)} 个，连同内层最多 {_MOST_ENTRIES} 个）；请解压后把文章放进文件夹。"
            )
        self._entries -= len(entries)
        return iter(enumerate(entries))

    def unpack(self, container: Container, number: int, entry: Entry, largest: int) -> bytes:
        """The content of one entry of at most `largest` bytes.

        Raises:
            UnreadableError: it is too large, unpacks like a bomb, or is damaged.
        """
        if entry.size > largest:
            raise UnreadableError(f"文件太大（超过 {largest // _MEGABYTE} MB），不像一篇文章。")
        if entry.size > _SMALL and entry.packed and entry.size > _LARGEST_RATIO * entry.packed:
            times = entry.size // entry.packed
            raise UnreadableError(f"解压后是原来的 {times} 倍（最多 {_LARGEST_RATIO} 倍），像压缩炸弹，没有解压。")
        if entry.size > self._bytes:
            raise UnreadableError(
                f"整个文件解压后太大（超过 {_MOST_BYTES // _MEGABYTE} MB），到这里为止；请解压后把文章放进文件夹。"
            )
        self._bytes -= entry.size
        return container.read(number)
