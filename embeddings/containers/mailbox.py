"""Mails (.eml) as what holds their attachments."""

from __future__ import annotations

from typing import BinaryIO

from embeddings.containers.member import Entry
from embeddings.containers.names import escapes, is_hidden, shown
from embeddings.mail.message import attachments, content, read_message


class Attachments:
    """The files attached to a mail."""

    def __init__(self, stream: BinaryIO) -> None:
        """Open the mail.

        Raises:
            UnreadableError: it is none, or damaged.
        """
        named = ((shown(name), part) for name, part in attachments(read_message(stream.read())))
        self._files = [(name, content(part)) for name, part in named if not is_hidden(name)]

    def entries(self) -> tuple[Entry, ...]:
        """The files, in the order of the mail."""
        return tuple(Entry(name, len(data), problem=_problem(name)) for name, data in self._files)

    def read(self, number: int) -> bytes:
        """The content of the file of this number."""
        return self._files[number][1]


def _problem(name: str) -> str:
    return "附件的名字指向别处，没有读。" if escapes(name) else ""
