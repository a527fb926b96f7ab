"""What people asked and thought, as CSV files for a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from typing import TextIO

from qa.records.feedback import Feedback, read_feedback
from qa.records.unanswered import read_unanswered
from ui.spreadsheet import write_csv

_UNANSWERED = ("时间 time", "问题 question", "完整的问题 standalone", "原因 reason", "最接近的段落 nearest")

_FEEDBACK = ("时间 time", "问题 question", "答案 answer", "评价 verdict", "理由 reason", "快照 snapshot")


def unanswered_csv(index: Path) -> bytes:
    """Every refused question, oldest first, as CSV in UTF-8 with a byte order mark, which Excel tells it by."""
    text = io.StringIO(newline="")
    records = read_unanswered(index)
    rows = ((r.time, r.question, r.standalone, r.reason, "; ".join(r.nearest)) for r in records)
    write_csv(_UNANSWERED, rows, text)
    return text.getvalue().encode("utf-8", errors="replace")


def feedback_csv(index: Path) -> bytes:
    """Every verdict, oldest first, as CSV in UTF-8 with a byte order mark.

    Raises:
        FeedbackError: the file of feedback is damaged.
    """
    text = io.StringIO(newline="")
    write_feedback(read_feedback(index), text)
    return text.getvalue().encode("utf-8", errors="replace")


def write_feedback(records: Iterable[Feedback], stream: TextIO) -> None:
    """Write the records as CSV for a spreadsheet."""
    write_csv(_FEEDBACK, map(astuple, records), stream)
