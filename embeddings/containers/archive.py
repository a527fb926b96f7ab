"""Archives (.zip)."""

from __future__ import annotations

import io
import lzma
import stat
import zlib
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from embeddings.containers.member import Entry
from embeddings.containers.names import decoded, escapes, is_hidden, shown
from embeddings.page.unreadable import UnreadableError

_ENCRYPTED, _UTF8 = 0x1, 0x800
"""Bits 0 and 11 of a member's flags (APPNOTE.TXT 4.4.4)."""
_DAMAGED = "压缩包已损坏，打不开；请重新下载或另存一份。"


class Archive:
    """A .zip file."""

    def __init__(self, stream: BinaryIO | io.BytesIO) -> None:
        """Open it.

        Raises:
            UnreadableError: it is damaged, or no .zip.
        """
        try:
            self._archive = ZipFile(stream)
        # zipfile raises whatever odd offsets lead it to.
        except Exception as error:
            raise UnreadableError(_DAMAGED) from error
        listed = [info for info in self._archive.infolist() if not info.orig_filename.endswith(("/", "\\"))]
        named = zip(listed, _names(listed), strict=True)
        self._files = [(info, name) for info, name in named if not is_hidden(name)]

    def entries(self) -> tuple[Entry, ...]:
        """The files in it, in the order of its directory."""
        return tuple(
            Entry(name, info.file_size, info.compress_size, _problem(info, name)) for info, name in self._files
        )

    def read(self, number: int) -> bytes:
        """The content of the file of this number.

        Raises:
            UnreadableError: it is damaged, or packed in a way that is not known here.
        """
        try:
            return self._archive.read(self._files[number][0])
        except NotImplementedError as error:
            raise UnreadableError("压缩方式不认识；请用系统自带的压缩功能重新打包，或解压后放入。") from error
        except (BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError) as error:
            raise UnreadableError("在压缩包里已损坏，解不出来。") from error


def _names(listed: list[ZipInfo]) -> list[str]:
    """The names as they were meant: what does not say that it is UTF-8 zipfile has read as code page 437."""
    unsaid = [info for info in listed if not info.flag_bits & _UTF8]
    meant = dict(zip(map(id, unsaid), decoded([info.orig_filename.encode("cp437") for info in unsaid]), strict=True))
    return [shown(meant.get(id(info), info.orig_filename)) for info in listed]


def _problem(info: ZipInfo, name: str) -> str:
    if escapes(name):
        return "路径指向压缩包之外，没有读。"
    if info.flag_bits & _ENCRYPTED:
        return "在压缩包里有密码保护，读不了；请解压后放入。"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "是链接，不是文件，没有读。"
    return ""
