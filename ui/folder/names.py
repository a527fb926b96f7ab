"""Names of files that are dropped on the page -> names that are safe to write in the folder of articles."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from embeddings.containers.opening import CONTAINERS
from embeddings.errors import SuyuanError
from embeddings.formats.known import SUFFIXES

ACCEPTED = SUFFIXES | CONTAINERS
"""The extensions of files that are read or opened, in lower case with the dot."""

_LONGEST = 180
"""Bytes of a name in UTF-8: file systems take 255, eCryptfs 143 characters, and a number may yet be added."""
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
"""Devices of Windows, which are so with any extension:
https://learn.microsoft.com/windows/win32/fileio/naming-a-file"""


class NameRefusedError(SuyuanError):
    """A file can't be taken under its name; the message says why."""


def safe_name(given: str) -> str:
    """A name for a file in one folder, on any file system, as near to the one given as can be.

    It has no path, is not hidden, holds no control or direction characters, is no device of Windows and has at
    most 180 bytes.

    Raises:
        NameRefusedError: nothing is left of the name, or its extension is not of a kind that articles have.
    """
    bare = _without_path(_plain(given))
    suffix = PurePosixPath(bare).suffix
    if suffix.lower() not in ACCEPTED:
        kinds = " ".join(sorted(ACCEPTED))
        raise NameRefusedError(f"{_quoted(given)}：不收这种文件，只收 {kinds}。Not a kind that is read.")
    stem = _shortened(bare.removesuffix(suffix).strip(" ."), _LONGEST - len(suffix))
    if not stem:
        raise NameRefusedError(f"{_quoted(given)}：没有文件名。The file has no name.")
    # Windows takes what stands before the first dot for the device.
    first, dot, rest = stem.partition(".")
    return f"{first}_{dot}{rest}{suffix}" if _RESERVED.fullmatch(first.rstrip()) else f"{stem}{suffix}"


def numbered(name: str, number: int) -> str:
    """`name` for the first, `name (2)` for the second file of that name, before the extension."""
    path = PurePosixPath(name)
    return name if number == 1 else f"{path.stem} ({number}){path.suffix}"


def _plain(given: str) -> str:
    """Without control, format, surrogate and unassigned characters, and with single blanks."""
    characters = unicodedata.normalize("NFC", given)
    blanks = "".join(" " if character.isspace() else character for character in characters)
    kept = "".join(character for character in blanks if not unicodedata.category(character).startswith("C"))
    return " ".join(kept.split())


def _without_path(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    return _FORBIDDEN.sub("_", last).lstrip(" .~$").rstrip(" .")


def _shortened(stem: str, bytes_left: int) -> str:
    while len(stem.encode("utf-8")) > bytes_left:
        stem = stem[: min(bytes_left, len(stem) - 1)]
    return stem.rstrip(" .")


def _quoted(given: str) -> str:
    shown = _plain(given)
    return f"“{shown if len(shown) <= 60 else shown[:59] + '…'}”"
