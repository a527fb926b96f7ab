"""Containers below the folder: what is in one, and the content of each document in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from embeddings.containers.member import Member
from embeddings.containers.opening import digest_of, largest, list_members, member_content
from embeddings.page.unreadable import UnreadableError
from embeddings.reading.files import stamp_of, taken_whole

_NOTHING = "里面没有可以读的文章。"
_CHANGED = "读取时变了，等它写完再重建。"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a container holds."""

    stamp: str
    """Of the container as it was opened."""
    digest: bytes
    """The sha256 of the container; empty where it could not be read at all, which may be otherwise the next time."""
    members: tuple[Member, ...] = ()
    """In its own order."""
    reason: str = ""
    """Where there are none: why, a sentence for the user."""


def list_container(file: Path) -> Listing:
    """Open a container and list the documents in it.

    Raises:
        OSError: it can't be read, or is no longer there.
        UnreadableError: it is too large, or does not stay the same.
    """
    suffix = file.suffix.lower()

    def take(stream: BinaryIO) -> tuple[bytes, tuple[Member, ...], str]:
        if stream.seek(0, 2) > largest(suffix):
            raise UnreadableError(f"文件太大（超过 {largest(suffix) // 1024 // 1024} MB）；请解压后把文章放进文件夹。")
        digest = digest_of(stream)
        try:
            members = list_members(stream, suffix)
        except UnreadableError as error:
            return digest, (), str(error)
        return digest, members, "" if members else _NOTHING

    (digest, members, reason), stamp = taken_whole(file, take)
    return Listing(stamp, digest, members, reason)


def read_member(file: Path, member: Member) -> bytes:
    """The content of a document in a container, which is as it was when it was listed.

    Raises:
        OSError: the container can't be read, or is no longer there.
        UnreadableError: it has changed meanwhile.
    """
    try:
        data = member_content(file, stamp_of(file), member.at)
    except (UnreadableError, IndexError) as error:
        raise UnreadableError(_CHANGED) from error
    if hashlib.sha256(data).digest() != member.digest:
        raise UnreadableError(_CHANGED)
    return data


def path_of(container: str, member: Member) -> str:
    """The path of a member of the container with this path."""
    return f"{container}/{member.path}" if member.path else container
