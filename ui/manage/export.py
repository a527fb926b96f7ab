"""What people asked and thought, as CSV files for a spreadsheet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from qa.feedback import read_feedback
from qa.unanswered import read_unanswered
from ui.feedback_command import inert, write_csv

_COLUMNS = ("时间 time", "问题 question", "完整的问题 standalone", "原因 reason", "最接近的段落 nearest")


def unanswered_csv(index: Path) -> bytes:
    """Every refused question, oldest first, as CSV in UTF-8 with a byte order mark, which Excel tells it by."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for record in read_unanswered(index):
        cells = (record.time, record.question, record.standalone, record.reason, "; ".join(record.nearest))
        writer.writerow([inert(cell) for cell in cells])
    return text.getvalue().encode("utf-8", errors="replace")


def feedback_csv(index: Path) -> bytes:
    """Every verdict, oldest first, as CSV in UTF-8 with a byte order mark.

    Raises:
        FeedbackError: the file of feedback is damaged.
    """
    text = io.StringIO(newline="")
    write_csv(read_feedback(index), text)
    return text.getvalue().encode("utf-8", errors="replace")
