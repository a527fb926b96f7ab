"""The command `suyuan ask`: one question answered on the terminal or as JSON, or a file of them."""

from __future__ import annotations

import argparse
import json
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import qa
from embeddings.errors import SuyuanError
from qa.json_form import answer_json
from ui.commands.language_model_option import add_keep_replies, add_llm, language_model_name, open_language_model
from ui.commands.reader_option import add_reader, open_reader
from ui.commands.terminal import print_answer, print_growing


def add_ask(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command to the subparsers of `suyuan`; `shared` has its --index."""
    ask = commands.add_parser("ask", parents=[shared], help="提一个问题 / ask a question")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument(
        "--batch", type=Path, metavar="FILE.jsonl", help="逐行回答文件里的问题 / answer a file of questions"
    )
    ask.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    ask.add_argument(
        "--within",
        action="append",
        default=[],
        metavar="ARTICLE_ID",
        help="只问这一篇，可写多次 / ask this article alone; may be repeated",
    )
    add_llm(ask)
    add_keep_replies(ask)
    add_reader(ask)
    ask.add_argument("--no-log", action="store_true", help="不记录没能回答的问题 / don't log refused questions")


def run_ask(args: argparse.Namespace) -> int:
    """Answer and print; returns the exit code."""
    llm = open_language_model(language_model_name(args))
    lines = _lines(args.batch) if args.batch else []
    answerer = qa.load(
        args.index,
        log_unanswered=not args.no_log,
        reader=partial(open_reader, args.reader),
        llm=llm,
        keep_replies=args.keep_replies,
    )
    if args.batch:
        for answered in _answer_lines(answerer, lines, args.within):
            print(json.dumps(answered, ensure_ascii=False), flush=True)
    elif llm and sys.stdout.isatty() and not args.json:
        print_growing(answerer.stream(args.question, within=args.within))
    else:
        answer = answerer.ask(args.question, within=args.within)
        if args.json:
            print(json.dumps(answer_json(answer), ensure_ascii=False))
        else:
            print_answer(answer)
    return 0


def _lines(file: Path) -> list[bytes]:
    try:
        # Only \n ends a line: JSON strings may hold U+2028 and the other characters that str.splitlines splits at.
        return file.read_bytes().removeprefix(BOM_UTF8).split(b"\n")
    except OSError as error:
        raise SuyuanError(f"读不了 {file}：{error.strerror}\nCan't read {file}.") from error


def _answer_lines(answerer: qa.Answerer, lines: Iterable[bytes], within: Sequence[str]) -> Iterator[dict[str, Any]]:
    """One JSON object a question, in order; a line that is no question gets one with `error`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line.decode("utf-8"))
        # Python also refuses numbers of thousands of digits and lists nested thousands deep.
        except (ValueError, RecursionError) as error:
            yield {"id": None, "error": f"第 {number} 行不是 UTF-8 的 JSON：{error}"}
            continue
        wrong = _wrong_with(asked)
        if wrong:
            yield {"id": asked.get("id") if isinstance(asked, dict) else None, "error": f"第 {number} 行：{wrong}"}
            continue
        try:
            answer = answerer.ask(asked["question"], asked.get("history") or (), within)
        except SuyuanError as error:
            yield {"id": asked.get("id"), "error": f"第 {number} 行：{error}"}
            continue
        yield answer_json(answer, asked.get("id"))


def _wrong_with(asked: object) -> str:
    if not isinstance(asked, dict):
        return "不是 JSON 对象 / not a JSON object"
    question, history = asked.get("question"), asked.get("history")
    if not isinstance(question, str) or not question.strip():
        return "没有 question / no question"
    if history is None or (isinstance(history, list) and all(isinstance(earlier, str) for earlier in history)):
        return ""
    return "history 应是问题的列表 / history must be a list of questions"
