"""Documents of WPS, of Microsoft's programs before 2007 and of OpenOffice, by LibreOffice where it is installed."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.converting.libreoffice import converted, find_libreoffice
from embeddings.formats import rtf, sheets, slides, text, word
from embeddings.formats.format import Format
from embeddings.packages.compound import ENCRYPTED, holds_encrypted, is_compound
from embeddings.page.blocks import Page
from embeddings.page.unreadable import UnreadableError


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of older documents."""

    newer: Format
    """What reads the documents that they are made into."""
    target: str
    """The extension of those."""
    as_if: str
    """The extension by which LibreOffice knows what they are; files of WPS are those of Microsoft's by other names."""


_KINDS = {
    ".doc": _Kind(word.FORMAT, ".docx", ".doc"),
    ".wps": _Kind(word.FORMAT, ".docx", ".doc"),
    ".odt": _Kind(word.FORMAT, ".docx", ".odt"),
    ".et": _Kind(sheets.FORMAT, ".xlsx", ".xls"),
    ".ods": _Kind(sheets.FORMAT, ".xlsx", ".ods"),
    ".xlsb": _Kind(sheets.FORMAT, ".xlsx", ".xlsb"),
    ".ppt": _Kind(slides.FORMAT, ".pptx", ".ppt"),
    ".dps": _Kind(slides.FORMAT, ".pptx", ".ppt"),
    ".odp": _Kind(slides.FORMAT, ".pptx", ".odp"),
}
_PACKED = frozenset({".odt", ".ods", ".odp", ".xlsb"})
"""Those that are zip packages themselves, like the newer documents that the others may be by an older name."""
_ZIP, _RTF = b"PK\x03\x04", b"{\\rtf"


def _read(data: bytes, suffix: str) -> Page:
    kind = _KINDS[suffix]
    if page := _as_what_it_is(data, suffix, kind):
        return page
    if is_compound(data) and holds_encrypted(data):
        raise UnreadableError(ENCRYPTED)
    command = find_libreoffice()
    if command is None:
        raise UnreadableError(
            f"读不了 {suffix}：装上 LibreOffice 后重建即可；或用 WPS、Office 打开，另存为 {kind.target}。"
        )
    return kind.newer.read(converted(data, kind.as_if, kind.target, command), kind.target)


def _as_what_it_is(data: bytes, suffix: str, kind: _Kind) -> Page | None:
    """The page in a file that only has the name of an older document, as programs and websites give it."""
    if suffix in _PACKED:
        return None
    if data.startswith(_ZIP):
        return kind.newer.read(data, kind.target)
    if data.startswith(_RTF):
        return rtf.FORMAT.read(data, ".rtf")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return text.WEB.read(data, ".html")
    if kind.newer is sheets.FORMAT and is_compound(data):
        return sheets.FORMAT.read(data, ".xls")
    return None


# May be full of pictures.
FORMAT = Format(tuple(_KINDS), _read, largest=100 * 1024 * 1024)
