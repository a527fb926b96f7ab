"""The `suyuan` command: ask, articles, show, unanswered, feedback, evaluate, chat."""

from __future__ import annotations

import argparse
import json
import os
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import qa
from embeddings import console
from embeddings.errors import SuyuanError
from embeddings.snapshot import default_index, open_live
from embeddings.types import Span
from qa.feedback import record_feedback
from qa.json_form import about_json, answer_json
from qa.types import Answer, Citation
from qa.unanswered import log_unanswered, read_unanswered
from ui.evaluate_command import add_evaluate, run_evaluate
from ui.exact import runs
from ui.feedback_command import add_feedback, run_feedback
from ui.manage import read_owner, warning_about
from ui.types import FeedbackGiven, Hooks


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="suyuan", description="溯源：向一批文章提问，答案逐句有据 / cited answers from your articles"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--index", type=Path, default=default_index(), metavar="DIR", help="索引位置 (%(default)s)")

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
    ask.add_argument("--no-log", action="store_true", help="不记录没能回答的问题 / don't log refused questions")

    articles = commands.add_parser("articles", parents=[shared], help="列出文章 / list the articles")
    articles.add_argument("--json", action="store_true", help="输出一个 JSON 数组 / print a JSON array")

    unanswered = commands.add_parser("unanswered", parents=[shared], help="列出没能回答的问题 / list refused questions")
    unanswered.add_argument("--json", action="store_true", help="每行一个 JSON 对象 / one JSON object a line")

    add_feedback(commands, shared)

    show = commands.add_parser("show", parents=[shared], help="打印一篇文章的正文 / print an article's text")
    show.add_argument("article_id", metavar="ARTICLE_ID")

    add_evaluate(commands)

    chat = commands.add_parser("chat", parents=[shared], help="打开问答页面 / open the chat page")
    chat.add_argument("--host", default="127.0.0.1", help="监听地址 (%(default)s)")
    chat.add_argument("--port", type=int, default=7860, help="端口 (%(default)s)")
    chat.add_argument("--no-log", action="store_true", help="不记录没能回答的问题 / don't log refused questions")
    chat.add_argument("--mcp", action="store_true", help="同时作为 MCP 服务 / be an MCP server too (suyuan[mcp])")
    chat.add_argument(
        "--manage",
        action="store_true",
        help="另开 /manage 管理页，密码放在环境变量 SUYUAN_PASSWORD / the owner's page too, with that password",
    )
    chat.add_argument(
        "--articles", type=Path, metavar="DIR", help="管理页的文章文件夹，默认是建索引的那个 / its folder of articles"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    return console.run("suyuan", lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    args = parser.parse_args(arguments)
    if args.command == "ask" and bool(args.question) == bool(args.batch):
        parser.error("请给出一个问题，或 --batch 文件 / give a question, or --batch FILE")
    return _COMMANDS[args.command](args)


def _ask(args: argparse.Namespace) -> int:
    if args.batch:
        lines = _lines(args.batch)
        answerer = qa.load(args.index, log_unanswered=not args.no_log)
        for answered in _answer_lines(answerer, lines, args.within):
            print(json.dumps(answered, ensure_ascii=False), flush=True)
        return 0
    answer = qa.ask(args.question, args.index, log_unanswered=not args.no_log, within=args.within)
    print(json.dumps(answer_json(answer), ensure_ascii=False) if args.json else _as_text(answer, bold=_shows_bold()))
    return 0


def _shows_bold() -> bool:
    """Whether stdout is a terminal that knows bold, and the user has not asked for plain text (https://no-color.org)."""
    terminal = os.environ.get("TERM", "")
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or terminal == "dumb":
        return False
    # The old console of Windows prints the codes as they are; Windows Terminal and Unix-like shells give their names.
    return os.name != "nt" or bool(terminal or os.environ.get("WT_SESSION"))


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


def _as_text(answer: Answer, bold: bool) -> str:
    text = _in_bold(answer) if bold else answer.text
    shown = answer.nearest if answer.abstained else answer.citations
    if not shown:
        return text
    title = "最接近的段落（不是答案） Nearest passages, not an answer:" if answer.abstained else "出处 Sources:"
    return "\n".join([text, "", title, *map(_source_line, shown)])


def _in_bold(answer: Answer) -> str:
    """The answer's text with what answers exactly between the codes that switch bold on and off (ECMA-48, SGR)."""
    exact = [Span(span.start, span.end) for span in answer.answer_spans]
    return "".join(f"\x1b[1m{run.text}\x1b[22m" if run.exact else run.text for run in runs(answer.text, exact))


def _source_line(citation: Citation) -> str:
    about = "，".join(part for part in (citation.author, citation.source, citation.published) if part)
    quote = " ".join(citation.quote.split())
    place = f"({citation.article_id} {citation.start}-{citation.end})"
    return f"  [{citation.number}] 《{citation.title}》{about} {place}\n      {quote}"


def _articles(args: argparse.Namespace) -> int:
    # The model, which takes seconds to load, is not needed to list or show articles.
    articles = open_live(args.index).corpus.articles()
    if args.json:
        print("[" + ",\n".join(json.dumps(about_json(a), ensure_ascii=False) for a in articles) + "]")
        return 0
    for article in articles:
        about = "  ".join(part for part in (article.place, article.author, article.source, article.published) if part)
        print(f"{article.id}\n    《{article.title}》 {about}")
        for reprint in article.reprints:
            print(f"    转载 reprint: {reprint.path} {reprint.source} {reprint.published}")
    return 0


def _unanswered(args: argparse.Namespace) -> int:
    for record in read_unanswered(args.index):
        if args.json:
            print(json.dumps(asdict(record), ensure_ascii=False))
        else:
            print(f"{record.time}  {record.question}\n    {record.reason}；最接近 nearest: {'、'.join(record.nearest)}")
    return 0


def _show(args: argparse.Namespace) -> int:
    try:
        article = open_live(args.index).corpus.article(args.article_id)
    except KeyError:
        raise SuyuanError(
            f"没有这篇文章：{args.article_id}；用 suyuan articles 查看全部。\nNo such article; see suyuan articles."
        ) from None
    sys.stdout.write(article.text)
    return 0


def _chat(args: argparse.Namespace) -> int:
    owner = read_owner(args.index, args.articles) if args.manage else None
    if owner and (warning := warning_about(args.host)):
        print(warning, file=sys.stderr)
    if args.mcp and find_spec("mcp") is None:
        raise SuyuanError('--mcp 需要另装：pip install "suyuan[mcp]"\nThis needs the extra mcp, as above.')
    answerer = qa.load(args.index, log_unanswered=not args.no_log)
    # Gradio takes seconds to import, which the other commands and a missing index need not wait for.
    from ui.app import serve

    hooks = _hooks(args.index, records=not args.no_log)
    serve(answerer, args.host, args.port, hooks, mcp=args.mcp, owner=owner)
    return 0


def _hooks(index: Path, records: bool) -> Hooks:
    """What the page's readers may tell the owner of this index."""

    def feedback(given: FeedbackGiven) -> None:
        record_feedback(index, given.question, given.answer, given.verdict, given.reason, given.snapshot)

    record = None if records else partial(log_unanswered, index)
    return Hooks(records=records, record=record, feedback=feedback)


_COMMANDS = {
    "ask": _ask,
    "articles": _articles,
    "show": _show,
    "unanswered": _unanswered,
    "feedback": run_feedback,
    "evaluate": run_evaluate,
    "chat": _chat,
}


if __name__ == "__main__":
    raise SystemExit(main())
