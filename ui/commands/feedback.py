"""The command `suyuan feedback`: what people thought of the answers, to read, as JSON or for a spreadsheet."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from qa.records.feedback import Feedback, read_feedback
from qa.standing import UNSURE
from qa.types import LEADS

_SHOWN = {"up": "👍 有用 up", "down": "👎 没用 down"}


def add_feedback(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command to the subparsers of `suyuan`; `shared` has its --index."""
    feedback = commands.add_parser("feedback", parents=[shared], help="列出读者的评价 / list the readers' verdicts")
    form = feedback.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="每行一个 JSON 对象 / one JSON object a line")
    form.add_argument("--csv", action="store_true", help="可用电子表格打开的 CSV / CSV for a spreadsheet")


def run_feedback(args: argparse.Namespace) -> int:
    """Print the feedback, oldest first; returns the exit code."""
    from embeddings.snapshot.snapshot import live_id

    live_id(args.index)
    records = read_feedback(args.index)
    if args.csv:
        from ui.manage.export import write_feedback

        write_feedback(records, sys.stdout)
        return 0
    for record in records:
        print(json.dumps(asdict(record), ensure_ascii=False) if args.json else _as_text(record))
    return 0


def _as_text(record: Feedback) -> str:
    lines = [f"{record.time}  {_SHOWN[record.verdict]}  {' '.join(record.question.split())}"]
    if record.reason:
        lines.append(f"    理由 reason: {' '.join(record.reason.split())}")
    unsure = f"{UNSURE.badge} " if record.answer.startswith(LEADS) else ""
    lines.append(f"    答案 answer: {unsure}{' '.join(record.answer.split())}")
    return "\n".join(lines)
