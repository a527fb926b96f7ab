"""Replies of language models to questions that are asked again, in a file beside the index.

What is kept is the reply and not the answer: it is checked against the corpus anew each time it is used.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from langchain_core.messages import BaseMessage

_NAME = "replies.sqlite"
_SCHEMA = """CREATE TABLE IF NOT EXISTS replies (
    question TEXT, snapshot TEXT, model TEXT, messages TEXT, reply TEXT NOT NULL,
    PRIMARY KEY (question, snapshot, model, messages)
)"""
_SECONDS = 5.0
"""That one process waits for another's write."""


class ReplyCache:
    """Replies by question, snapshot, model and the messages sent; may be used from several threads and processes."""

    def __init__(self, index: Path) -> None:
        self._file = index / _NAME

    def get(self, question: str, snapshot: str, model: str, messages: Sequence[BaseMessage]) -> str | None:
        """The reply kept for this question, or None; None too where the file can't be read."""
        if not self._file.is_file():
            return None
        key = (question, snapshot, model, _digest(messages))
        try:
            with self._open() as connection:
                found = connection.execute(
                    "SELECT reply FROM replies WHERE question = ? AND snapshot = ? AND model = ? AND messages = ?", key
                ).fetchone()
        except sqlite3.Error:
            # A cache that can't be read costs a second reply and nothing else.
            return None
        return str(found[0]) if found else None

    def put(self, question: str, snapshot: str, model: str, messages: Sequence[BaseMessage], reply: str) -> None:
        """Keep a reply; those of other snapshots are forgotten. A file that can't be written keeps nothing."""
        try:
            with self._open() as connection:
                connection.execute("DELETE FROM replies WHERE snapshot <> ?", (snapshot,))
                row = (question, snapshot, model, _digest(messages), reply)
                connection.execute("INSERT OR REPLACE INTO replies VALUES (?, ?, ?, ?, ?)", row)
        except sqlite3.Error:
            return

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, timeout=_SECONDS)) as connection, connection:
            connection.execute(_SCHEMA)
            yield connection


def _digest(messages: Sequence[BaseMessage]) -> str:
    said = "\0".join(f"{message.type}\0{message.text}" for message in messages)
    return hashlib.sha256(said.encode("utf-8", errors="replace")).hexdigest()
