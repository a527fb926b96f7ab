"""What RTF is written in: groups, control words, bytes in hexadecimal, text. Rich Text Format 1.9.1, “RTF syntax”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<symbol>[^A-Za-z'])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\0]+)|(?P<nothing>[\r\n\0]+)|(?P<stray>.)",
    re.DOTALL,
)
Kind = Literal["open", "close", "word", "symbol", "bytes"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the file."""

    kind: Kind
    said: str = ""
    """The name of a control word, or the sign of a control symbol."""
    number: int | None = None
    """Of a control word."""
    data: bytes = b""
    """Text, in an encoding that only its place tells."""
    characters: int = 0
    """How many of the characters that stand in for another the bytes are."""


_OPEN, _CLOSE = Token("open"), Token("close")


def tokens(data: bytes) -> Iterator[Token]:
    """The pieces of a file, without binary data."""
    at = 0
    while found := _TOKEN.match(data, at):
        at = found.end()
        if found["text"]:
            yield Token("bytes", data=found["text"], characters=len(found["text"]))
        elif found["hex"]:
            yield Token("bytes", data=bytes([int(found["hex"], 16)]), characters=1)
        elif found["brace"]:
            yield _OPEN if found["brace"] == b"{" else _CLOSE
        elif found["symbol"]:
            yield Token("symbol", found["symbol"].decode("latin-1"))
        elif found["word"]:
            number = int(found["number"]) if found["number"] else None
            if found["word"] == b"bin":
                at += max(0, number or 0)
                continue
            yield Token("word", found["word"].decode("ascii"), number)
