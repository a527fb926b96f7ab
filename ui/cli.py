"""The `suyuan` command: ask, articles, show, unanswered, feedback, doctor, fetch-model, evaluate, chat."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import qa
from embeddings import console
from embeddings.errors import SuyuanError
from embeddings.index_folder import default_index
from embeddings.network.allocation import give_back_freed_memory
from ui.commands.ask import add_ask, run_ask
from ui.commands.doctor import add_doctor, run_doctor
from ui.commands.evaluate import add_evaluate, run_evaluate
from ui.commands.feedback import add_feedback, run_feedback
from ui.commands.fetch_model import add_fetch_model, run_fetch_model
from ui.commands.language_model_option import add_keep_replies, add_llm, language_model_name, open_language_model
from ui.commands.reader_option import add_reader, open_reader

if TYPE_CHECKING:
    from embeddings.snapshot.snapshot import Snapshot
    from ui.types import FeedbackGiven, Hooks

# Commands import what they need when they run: a command's help, and what is said of a wrong option, waits for nothing.


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="suyuan", description="溯源：向一批文章提问，答案逐句有据 / cited answers from your articles"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--index", type=Path, default=default_index(), metavar="DIR", help="索引位置 (%(default)s)")

    add_ask(commands, shared)

    articles = commands.add_parser("articles", parents=[shared], help="列出文章 / list the articles")
    articles.add_argument("--json", action="store_true", help="输出一个 JSON 数组 / print a JSON array")

    unanswered = commands.add_parser("unanswered", parents=[shared], help="列出没能回答的问题 / list refused questions")
    unanswered.add_argument("--json", action="store_true", help="每行一个 JSON 对象 / one JSON object a line")

    add_feedback(commands, shared)
    add_doctor(commands, shared)
    add_fetch_model(commands)

    show = commands.add_parser("show", parents=[shared], help="打印一篇文章的正文 / print an article's text")
    show.add_argument("article_id", metavar="ARTICLE_ID")

    add_evaluate(commands)

    chat = commands.add_parser("chat", parents=[shared], help="打开问答页面 / open the chat page")
    chat.add_argument("--host", default="127.0.0.1", help="监听地址 (%(default)s)")
    chat.add_argument("--port", type=int, default=7860, help="端口 (%(default)s)")
    add_llm(chat)
    add_keep_replies(chat)
    add_reader(chat)
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


def _opened(index: Path) -> Snapshot:
    from embeddings.snapshot.snapshot import open_live

    snapshot = open_live(index)
    if snapshot.notice:
        print(snapshot.notice, file=sys.stderr)
    return snapshot


def _articles(args: argparse.Namespace) -> int:
    from qa.json_form import about_json
    from qa.recognised import notice_of

    articles = _opened(args.index).corpus.articles()
    if args.json:
        print("[" + ",\n".join(json.dumps(about_json(a), ensure_ascii=False) for a in articles) + "]")
        return 0
    for article in articles:
        about = "  ".join(part for part in (article.place, article.author, article.source, article.published) if part)
        print(f"{article.id}\n    《{article.title}》 {about}")
        if told := notice_of(span.page for span in article.recognised):
            print(f"    {told.line}")
        for reprint in article.reprints:
            print(f"    转载 reprint: {reprint.path} {reprint.source} {reprint.published}")
    return 0


def _unanswered(args: argparse.Namespace) -> int:
    from qa.records.unanswered import read_unanswered

    for record in read_unanswered(args.index):
        if args.json:
            print(json.dumps(asdict(record), ensure_ascii=False))
        else:
            print(f"{record.time}  {record.question}\n    {record.reason}；最接近 nearest: {'、'.join(record.nearest)}")
    return 0


def _show(args: argparse.Namespace) -> int:
    try:
        article = _opened(args.index).corpus.article(args.article_id)
    except KeyError:
        raise SuyuanError(
            f"没有这篇文章：{args.article_id}；用 suyuan articles 查看全部。\nNo such article; see suyuan articles."
        ) from None
    sys.stdout.write(article.text)
    return 0


def _chat(args: argparse.Namespace) -> int:
    from ui.manage import read_owner, warning_about

    owner = read_owner(args.index, args.articles) if args.manage else None
    if owner and (warning := warning_about(args.host)):
        print(warning, file=sys.stderr)
    if args.mcp and find_spec("mcp") is None:
        raise SuyuanError('--mcp 需要另装：pip install "suyuan[mcp]"\nThis needs the extra mcp, as above.')
    llm = open_language_model(language_model_name(args))
    give_back_freed_memory()
    answerer = qa.load(
        args.index,
        log_unanswered=not args.no_log,
        reader=partial(open_reader, args.reader),
        llm=llm,
        keep_replies=args.keep_replies,
    )
    # Gradio takes seconds to import, which the other commands and a missing index need not wait for.
    from ui.web.app import serve

    hooks = _hooks(args.index, records=not args.no_log)
    serve(answerer, args.host, args.port, hooks, mcp=args.mcp, owner=owner)
    return 0


def _hooks(index: Path, records: bool) -> Hooks:
    """What the page's readers may tell the owner of this index."""
    from qa.records.feedback import record_feedback
    from qa.records.unanswered import log_unanswered
    from ui.types import Hooks

    def feedback(given: FeedbackGiven) -> None:
        record_feedback(index, given.question, given.answer, given.verdict, given.reason, given.snapshot)

    record = None if records else partial(log_unanswered, index)
    return Hooks(records=records, record=record, feedback=feedback)


_COMMANDS = {
    "ask": run_ask,
    "articles": _articles,
    "show": _show,
    "unanswered": _unanswered,
    "feedback": run_feedback,
    "doctor": run_doctor,
    "fetch-model": run_fetch_model,
    "evaluate": run_evaluate,
    "chat": _chat,
}


if __name__ == "__main__":
    raise SystemExit(main())
