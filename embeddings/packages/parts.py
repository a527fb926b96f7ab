"""Zip packages of XML: their parts, within limits, and none that could unfold to more than it says."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from embeddings.packages.compound import ENCRYPTED, holds_encrypted, is_compound
from embeddings.page.unreadable import UnreadableError

_MOST_PARTS = 20_000
_ENCRYPTED_FLAG = 1
"""Bit 0 of a member's flags, APPNOTE.TXT 4.4.4."""
_TYPES = "[Content_Types].xml"
_DOCTYPE = b"<!DOCTYPE"
_PIECE = 1024 * 1024
"""Bytes unpacked at a time."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of packages, and how it is spoken of."""

    suffix: str
    """The extension that its files should have, with the dot."""
    program: str
    """What opens and saves them."""
    main: str
    """The part that none of them is without."""
    largest: int
    """Bytes of all XML once unpacked."""
    older: str = ""
    """The extension of the older files that some rename, with the dot."""

    @property
    def damaged(self) -> str:
        """What is said of a file that is none of them."""
        return f"文件已损坏，不是完整的 {self.suffix}；请用 {self.program} 打开后另存一份。"


def open_package(data: bytes, kind: Kind) -> ZipFile:
    """The archive, whose XML is within the limits and has no document types.

    Raises:
        UnreadableError: it is encrypted, damaged or of another kind, or unpacks to too much.
    """
    if is_compound(data):
        raise UnreadableError(_of_compound(data, kind))
    try:
        archive = ZipFile(io.BytesIO(data))
        _check(archive, kind)
    except UnreadableError:
        raise
    # The library has error classes of its own for odd archives: zlib.error, NotImplementedError, EOFError.
    except Exception as error:
        raise UnreadableError(kind.damaged) from error
    return archive


def xml_parts(data: bytes, kind: Kind) -> dict[str, bytes]:
    """The parts that hold text and how it is set; pictures and embedded files are never unpacked.

    Raises:
        UnreadableError: as of `open_package`.
    """
    try:
        with open_package(data, kind) as archive:
            return {member.filename: archive.read(member) for member in _xml_members(archive)}
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(kind.damaged) from error


def without_pictures(data: bytes, kind: Kind, types: Callable[[bytes], bytes]) -> io.BytesIO:
    """The package with all but its XML empty, and with the part that tells the parts' types changed by `types`.

    Raises:
        UnreadableError: as of `open_package`.
    """
    with open_package(data, kind) as archive:
        names = archive.namelist()
    parts = xml_parts(data, kind)
    emptied = {name: parts.get(name, b"") for name in names}
    return packed({**emptied, _TYPES: types(parts.get(_TYPES, b""))})


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    """A package of these parts."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    file.seek(0)
    return file


def _of_compound(data: bytes, kind: Kind) -> str:
    if holds_encrypted(data):
        return ENCRYPTED
    return f"是旧格式的 {kind.older}；请另存为 {kind.older}x。" if kind.older else kind.damaged


def _xml_members(archive: ZipFile) -> list[ZipInfo]:
    return [member for member in archive.infolist() if member.filename.lower().endswith((".xml", ".rels"))]


def _check(archive: ZipFile, kind: Kind) -> None:
    members, wanted = archive.infolist(), _xml_members(archive)
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise UnreadableError(ENCRYPTED)
    # A member never unpacks to more than it declares: zipfile stops there.
    if len(members) > _MOST_PARTS or sum(member.file_size for member in wanted) > kind.largest:
        raise UnreadableError(f"文件解压后太大（文字部分超过 {kind.largest // 1024 // 1024} MB），不像一篇文章。")
    if kind.main not in archive.namelist():
        raise BadZipFile(kind.main)
    # The formats have no document types; what has one only means to unfold entities.
    if any(_has_document_type(archive, member) for member in wanted):
        raise BadZipFile("DOCTYPE")


def _has_document_type(archive: ZipFile, member: ZipInfo) -> bool:
    return any(_DOCTYPE in stretch for stretch in _stretches(archive, member))


def _stretches(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """The part in pieces that overlap, without the zeros that stand between its characters in UTF-16."""
    end = b""
    with archive.open(member) as part:
        while piece := part.read(_PIECE):
            stretch = end + piece.replace(b"\0", b"")
            yield stretch
            end = stretch[-len(_DOCTYPE) :]
