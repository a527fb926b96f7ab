"""Mails (.eml): the text as a page, the attachments as files."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser

from embeddings.html.blocks import read_html
from embeddings.mail.headers import day, filename, header, labelled, sender
from embeddings.page.blocks import Block, Page
from embeddings.page.front_matter import Stated
from embeddings.page.unreadable import UnreadableError
from embeddings.text.markup import read_page

_HEADERS = ("From", "Subject", "Date", "To", "Content-Type", "Received", "Message-ID")
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_SOFT_BREAK = re.compile(r"(?<=[^\n-]) \r?\n(?!\r?\n)")
"""The end of a line that goes on in the next (RFC 3676); that of a signature's “-- ” does not."""


def read_message(data: bytes) -> Message:
    """The mail in a file.

    Raises:
        UnreadableError: there is none, or it is damaged.
    """
    try:
        message = BytesParser().parsebytes(data)
    # Parts in parts more deeply than Python recurses; the library raises other things of its own for odd headers.
    except Exception as error:
        raise UnreadableError("邮件已损坏，读不出来；请重新导出为 .eml。") from error
    if not any(name in message for name in _HEADERS):
        raise UnreadableError("不是邮件（没有发件人、主题、日期），或已损坏。")
    return message


def read_mail(data: bytes) -> Page:
    """The text of a mail, with its subject as title, who sent it and when; of HTML and plain text the HTML.

    Raises:
        UnreadableError: it is encrypted, damaged, or has no text.
    """
    message = read_message(data)
    if message.get_content_type() in _ENCRYPTED:
        raise UnreadableError("邮件已加密，读不了；请在邮件程序里解密后另存。")
    stated = Stated(title=header(message, "Subject"), authors=sender(message), published=day(message))
    blocks = tuple(_blocks(message))
    if not any(block.text.strip() for block in blocks):
        raise UnreadableError("邮件没有正文（附件另列）。")
    return Page(blocks=blocks, stated=stated)


def _blocks(part: Message) -> Iterator[Block]:
    """The lines of all texts in a mail that are no files, in their order."""
    if _is_file(part):
        return
    if part.get_content_type() == "multipart/alternative":
        # The last is the richest (RFC 2046); a program that can't show it says so in the first.
        choices = [list(_blocks(choice)) for choice in reversed(_parts(part))]
        yield from next((blocks for blocks in choices if blocks), [])
    elif part.is_multipart():
        for inner in _parts(part):
            yield from _blocks(inner)
    elif part.get_content_maintype() == "text":
        yield from _page(part).blocks


def _page(part: Message) -> Page:
    text = labelled(_payload(part), part.get_content_charset())
    if part.get_content_subtype() == "html":
        return read_html(text)
    if str(part.get_param("format") or "").lower() == "flowed":
        glue = "" if str(part.get_param("delsp") or "").lower() == "yes" else " "
        text = _SOFT_BREAK.sub(glue, text)
    return read_page(text, ".txt")


def attachments(message: Message) -> list[tuple[str, Message]]:
    """The files in a mail with their names; pictures that its text shows are no files."""
    found = [part for part in _walk(message) if part is not message and _is_file(part)]
    return [(_name(part, number), part) for number, part in enumerate(found, 1)]


def content(part: Message) -> bytes:
    """What an attachment holds.

    Raises:
        UnreadableError: it is damaged.
    """
    if part.get_content_type() != "message/rfc822":
        return _payload(part)
    try:
        return b"".join(inner.as_bytes() for inner in _parts(part))
    # What was read loosely can't always be written.
    except Exception as error:
        raise UnreadableError("附件里的邮件已损坏，读不出来。") from error


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _walk(part: Message) -> Iterator[Message]:
    """A mail and its parts, without those of a mail that is attached to it."""
    yield part
    if part.is_multipart() and part.get_content_type() != "message/rfc822":
        for inner in _parts(part):
            yield from _walk(inner)


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _is_file(part: Message) -> bool:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return True
    if part.is_multipart() or (part.get_content_maintype() == "image" and part["Content-ID"]):
        return False
    return part.get_content_disposition() == "attachment" or bool(filename(part))


def _name(part: Message, number: int) -> str:
    name = filename(part)
    if part.get_content_type() == "message/rfc822":
        subject = name.removesuffix(".eml") or "".join(header(inner, "Subject") for inner in _parts(part))
        return f"{subject.replace('/', '／').replace(chr(92), '＼') or f'邮件{number}'}.eml"
    return name or f"附件{number}{mimetypes.guess_extension(part.get_content_type()) or ''}"
