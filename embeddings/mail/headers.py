"""What the headers of a mail say, in whatever character set they were written."""

from __future__ import annotations

import codecs
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from embeddings.page.characters import tidy
from embeddings.page.dates import iso_date
from embeddings.text.decoding import DecodingError, decode

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs", "iso-8859-1": "cp1252"}
"""Character sets by the names that programs give to larger ones."""


def header(message: Message, name: str) -> str:
    """The header of this name as a reader sees it, on one line; empty where there is none."""
    value = message.get(name)
    return "" if value is None else tidy(encoded_words(value))


def encoded_words(value: object) -> str:
    """A header with its encoded words (RFC 2047) decoded; bytes that no one labelled are guessed."""
    parts = decode_header(value)  # type: ignore[arg-type]
    return "".join(part if isinstance(part, str) else labelled(part, charset) for part, charset in parts)


def labelled(data: bytes, charset: str | None) -> str:
    """Bytes in the character set that they are said to be in, else in the one that fits, else escaped."""
    try:
        codec = codecs.lookup(_WIDER.get((charset or "").lower(), charset or "unknown-8bit")).name
        return data.decode(codec)
    except (LookupError, UnicodeError, ValueError):
        pass  # Said wrongly, or not said at all.
    try:
        return decode(data)
    except DecodingError:
        return data.decode("ascii", errors="backslashreplace")


def sender(message: Message) -> str:
    """The name of who wrote it; the address where it gives no name."""
    name, address = parseaddr(header(message, "From"))
    return tidy(name or address)


def day(message: Message) -> str:
    """The day it was written on, where it was written, ISO 8601; empty where it does not say."""
    said = header(message, "Date")
    try:
        return parsedate_to_datetime(said).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return iso_date(said)


def filename(part: Message) -> str:
    """The name that a part of a mail has as a file; empty where it has none."""
    for parameter, name in (("filename", "content-disposition"), ("name", "content-type")):
        value = part.get_param(parameter, header=name)
        if isinstance(value, tuple):
            charset, _, text = value
            return labelled(text.encode("raw-unicode-escape"), charset)
        if value:
            return encoded_words(value)
    return ""
