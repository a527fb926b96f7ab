"""The `suyuan` command: ask, articles, show, unanswered, evaluate, chat."""

from __future__ import annotations

import argparse
import json
import os
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import qa
from embeddings import console
from embeddings.errors import SuyuanError
from embeddings.snapshot import default_index, open_live
from embeddings.types import Article, Span
from qa.json_form import answer_json
from qa.types import Answer, Citation
from qa.unanswered import read_unanswered
from ui.evaluate_command import add_evaluate, run_evaluate
from ui.exact import runs


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

    ask.add_argument("--no-log", action="store_true", help="不记录没能回答的问题 / don't log refused questions")

    articles = commands.add_parser("articles", parents=[shared], help="列出文章 / list the articles")
    articles.add_argument("--json", action="store_true", help="输出一个 JSON 数组 / print a JSON array")

    unanswered = commands.add_parser("unanswered", parents=[shared], help="列出没能回答的问题 / list refused questions")
    unanswered.add_argument("--json", action="store_true", help="每行一个 JSON 对象 / one JSON object a line")

    show = commands.add_parser("show", parents=[shared], help="打印一篇文章的正文 / print an article's text")
    show.add_argument("article_id", metavar="ARTICLE_ID")

    add_evaluate(commands)

    chat = commands.add_parser("chat", parents=[shared], help="打开问答页面 / open the chat page")
    chat.add_argument("--host", default="127.0.0.1", help="监听地址 (%(default)s)")
    chat.add_argument("--port", type=int, default=7860, help="端口 (%(default)s)")
    chat.add_argument("--no-log", action="store_true", help="不记录没能回答的问题 / don't log refused questions")
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
        for answered in _answer_lines(answerer, lines):
            print(json.dumps(answered, ensure_ascii=False), flush=True)
        return 0
    answer = qa.ask(args.question, args.index, log_unanswered=not args.no_log)
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


def _answer_lines(answerer: qa.Answerer, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
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
            answer = answerer.ask(asked["question"], asked.get("history") or ())
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
        print("[" + ",\n".join(json.dumps(_article_json(a), ensure_ascii=False) for a in articles) + "]")
        return 0
    for article in articles:
        about = "  ".join(part for part in (article.place, article.author, article.source, article.published) if part)
        print(f"{article.id}\n    《{article.title}》 {about}")
        for reprint in article.reprints:
            print(f"    转载 reprint: {reprint.path} {reprint.source} {reprint.published}")
    return 0


def _article_json(article: Article) -> dict[str, Any]:
    """What an article's page says of it; the text itself is what `suyuan show` prints."""
    metadata = {name: value for name, value in asdict(article).items() if name != "text"}
    return {**metadata, "author": article.author, "characters": len(article.text), "sha256": article.sha256}


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
    answerer = qa.load(args.index, log_unanswered=not args.no_log)
    # Gradio takes seconds to import, which the other commands and a missing index need not wait for.
    from ui.app import serve

    serve(answerer, args.host, args.port)
    return 0


_COMMANDS = {
    "ask": _ask,
    "articles": _articles,
    "show": _show,
    "unanswered": _unanswered,
    "evaluate": run_evaluate,
    "chat": _chat,
}


if __name__ == "__main__":
    raise SystemExit(main())
