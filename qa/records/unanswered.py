"""The log of refused questions: what people asked that the corpus does not say, for the corpus's owner."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from qa.types import Answer

_NAME = "unanswered.jsonl"
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """One refused question."""

    time: str
    """UTC, ISO 8601."""
    question: str
    standalone: str
    reason: str
    nearest: tuple[str, ...]
    """The nearest passages, as `article_id start-end`."""


_RECORD: TypeAdapter[Unanswered] = TypeAdapter(Unanswered)


def log_unanswered(index: Path, answer: Answer) -> None:
    """Append a refused question to INDEX/unanswered.jsonl; an index that can't be written is said once a call."""
    record = Unanswered(
        datetime.now(timezone.utc).isoformat(timespec="seconds"),
        answer.question,
        answer.standalone,
        answer.reason,
        tuple(f"{c.article_id} {c.start}-{c.end}" for c in answer.nearest),
    )
    try:
        # One write of one line: two processes that append at once do not mix their lines.
        # Half a character, which JSON may carry, has no UTF-8 form.
        with (index / _NAME).open("a", encoding="utf-8", errors="replace", newline="\n") as stream:
            stream.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")
    except OSError as error:
        _LOGGER.warning("未答问题没能记下 the unanswered question was not logged: %s", error)


def read_unanswered(index: Path) -> Iterator[Unanswered]:
    """The log, oldest first; a line cut off by a crash is passed over with a warning."""
    try:
        lines = (index / _NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for number, line in enumerate(lines, 1):
        try:
            yield _RECORD.validate_json(line)
        except ValidationError:
            _LOGGER.warning("%s 第 %d 行无法读取 can't be read", index / _NAME, number)
