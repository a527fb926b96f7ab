"""Mails (.eml): their own text. What is attached to them are files in a container."""

from __future__ import annotations

from embeddings.formats.format import Format
from embeddings.mail.message import read_mail
from embeddings.page.blocks import Page


def _read(data: bytes, suffix: str) -> Page:
    return read_mail(data)


# Servers take 50 MB at most, attachments included.
FORMAT = Format((".eml",), _read, largest=100 * 1024 * 1024)
