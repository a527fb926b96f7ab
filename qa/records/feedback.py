"""What people thought of answers, thumbs up or down with a reason: INDEX/feedback.sqlite, for the corpus's owner."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Literal, get_args

from embeddings.errors import SuyuanError

Thumb = Literal["up", "down"]

_NAME = "feedback.sqlite"
_TIMEOUT = 30.0
"""Seconds to wait for other writers; each holds the file for milliseconds."""
_LONGEST = {"question": 2000, "answer": 100_000, "reason": 2000, "snapshot": 200}
"""Characters; what is longer is cut off with an ellipsis rather than lost."""
_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('up', 'down')),
    reason TEXT NOT NULL,
    snapshot TEXT NOT NULL
)
"""


class FeedbackError(SuyuanError):
    """The feedback can't be written or read."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict on one answer."""

    time: str
    """UTC, ISO 8601."""
    question: str
    answer: str
    verdict: Thumb
    reason: str
    """In the visitor's words; may be empty."""
    snapshot: str
    """Id of the snapshot that answered."""


def record_feedback(index: Path, question: str, answer: str, verdict: Thumb, reason: str, snapshot: str) -> None:
    """Add a verdict to INDEX/feedback.sqlite; once this returns it is on the disk.

    Any number of threads and processes may do so at once.

    Raises:
        FeedbackError: the index folder is missing or can't be written.
        ValueError: the verdict is neither “up” nor “down”.
    """
    if verdict not in get_args(Thumb):
        raise ValueError(f"verdict must be up or down, not {verdict!r}")
    fields = {"question": question, "answer": answer, "reason": reason, "snapshot": snapshot}
    kept = {name: _kept(text, _LONGEST[name]) for name, text in fields.items()}
    time = datetime.now(timezone.utc).isoformat(timespec="seconds")
    record = Feedback(time, kept["question"], kept["answer"], verdict, kept["reason"], kept["snapshot"])
    try:
        with _opened(index / _NAME, "rwc") as connection:
            # The write lock is taken first: a transaction that begins by reading can't wait for it, only fail.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_TABLE)
            connection.execute(
                "INSERT INTO feedback (time, question, answer, verdict, reason, snapshot) VALUES (?, ?, ?, ?, ?, ?)",
                astuple(record),
            )
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise FeedbackError(
            f"评价没能记下（{index / _NAME}：{error}）。请检查索引文件夹的空间和权限。\n"
            "The feedback was not saved: check space and permissions of the index folder."
        ) from error


def read_feedback(index: Path) -> tuple[Feedback, ...]:
    """All verdicts, oldest first; none where nobody gave any.

    Raises:
        FeedbackError: the file is damaged or can't be read.
    """
    file = index / _NAME
    if not file.exists():
        return ()
    try:
        # Opened for writing too: should a writer have been killed midway, the next who opens it cleans up.
        with _opened(file, "rw") as connection:
            exists = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'feedback'").fetchone()
            query = "SELECT time, question, answer, verdict, reason, snapshot FROM feedback ORDER BY id"
            rows = connection.execute(query).fetchall() if exists else []
    except sqlite3.Error as error:
        raise FeedbackError(
            f"{file} 无法读取（{error}）。请把它移到别处保存；新的评价会另建一份。\n"
            f"{file} can't be read; move it elsewhere, and a new one is begun."
        ) from error
    return tuple(Feedback(*row) for row in rows)


@contextmanager
def _opened(file: Path, mode: Literal["rw", "rwc"]) -> Iterator[sqlite3.Connection]:
    # A path is given as a URI for its mode alone: the index's folder must not be made by a slip of its name.
    connection = sqlite3.connect(
        f"{file.resolve().as_uri()}?mode={mode}", timeout=_TIMEOUT, isolation_level=None, uri=True
    )
    try:
        yield connection
    finally:
        # Closing an open transaction takes it back.
        connection.close()


def _kept(text: str, longest: int) -> str:
    # Half a character, which JSON may carry, has no UTF-8 form.
    text = text.encode("utf-8", errors="replace").decode("utf-8").replace("\0", "")
    return text if len(text) <= longest else text[: longest - 1] + "…"
