"""In which encodings the bytes of RTF stand, told by its code page and by the character set of their font."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
"""\\fcharset -> codec; 0 and 1 are that of the file. GB 18030 holds all of code page 936."""
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "cp950", 65001: "utf-8", 10000: "mac_roman", 10008: "gb18030"}
_WIDE = frozenset({"cp932", "cp949", "gb18030", "cp950"})
SYMBOL = 2
"""The \\fcharset of fonts with signs in place of letters."""


def codec_of_page(page: int) -> str:
    """The codec of a Windows code page; that of Western languages where there is none."""
    codec = _PAGES.get(page, f"cp{page}")
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return "cp1252"


@dataclass(slots=True)
class Encodings:
    """What a file says of its encodings."""

    codec: str = "cp1252"
    """Of the whole file."""
    charsets: dict[int, int] = field(default_factory=dict)
    """Number of a font -> its \\fcharset."""

    def is_symbol(self, font: int) -> bool:
        """Whether a font has signs in place of letters."""
        return self.charsets.get(font) == SYMBOL

    def decode(self, data: bytes, font: int) -> str:
        """The text that bytes in this font are, U+FFFD for what they can't be."""
        if data.isascii():
            return data.decode("ascii")
        of_font = _CHARSETS.get(self.charsets.get(font, 0), self.codec)
        # Where a file is Chinese, Chinese stands in fonts that name the character set of Western languages, too.
        tried = [of_font, self.codec] if of_font in _WIDE or self.codec not in _WIDE else [self.codec, of_font]
        for codec in dict.fromkeys(tried):
            try:
                return data.decode(codec)
            except UnicodeDecodeError:
                continue
        return data.decode(tried[0], errors="replace")
