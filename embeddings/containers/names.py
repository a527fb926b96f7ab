"""Names of files in a container: decoded as they were meant, and never a way out of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SEPARATOR = re.compile(r"[/\\]")
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCODINGS = ("utf-8", "gb18030")
"""What tools write that do not say so: those of Macs UTF-8, those of Chinese Windows GBK."""


def decoded(names: Sequence[bytes]) -> list[str]:
    """The names of one archive that does not say how it wrote them: all in the first encoding that fits all.

    A single short name of GBK may be good UTF-8 by chance, many are not. Bytes that fit none are escaped.
    """
    for encoding in _ENCODINGS:
        try:
            return [name.decode(encoding) for name in names]
        except UnicodeDecodeError:
            continue
    return [name.decode("gb18030", errors="backslashreplace") for name in names]


def shown(name: str) -> str:
    """The name with forward slashes, in NFC, characters that no one sees escaped."""
    return "".join(map(_visible, unicodedata.normalize("NFC", "/".join(_SEPARATOR.split(name)))))


def _visible(character: str) -> str:
    unseen = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return character.encode("unicode_escape").decode("ascii") if unseen else character


def is_hidden(name: str) -> bool:
    """Whether a name, as `shown`, is one that is skipped in a folder too: hidden, a lock of Word, a Mac's own."""
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts)


def escapes(name: str) -> bool:
    """Whether a name, as `shown`, leads out of its container."""
    return name.startswith("/") or ".." in name.split("/") or _DRIVE.match(name) is not None
