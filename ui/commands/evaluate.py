"""The command `suyuan evaluate`: its options and what it writes."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from embeddings.index_folder import default_index
from ui.commands.language_model_option import add_keep_replies, open_language_model


def add_evaluate(commands: Any) -> None:
    """Add the command to the subparsers of `suyuan`."""
    evaluate = commands.add_parser("evaluate", help="用一份有答案的问题测量 / measure on questions with known answers")
    evaluate.add_argument("file", type=Path, metavar="FILE", help="种子问题 seed, SQuAD, 阅读理解 reading, RGB (.xz)")
    default = str(default_index()).replace("%", "%%")
    evaluate.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        help=f"索引位置；默认用文件自带的段落，没有则 {default} / default: the file's own contexts, if any",
    )
    evaluate.add_argument(
        "--llm",
        metavar="PROVIDER:MODEL",
        help="由语言模型改写答案，问一题调用一次；local 在本机运行 / a language model words the answers, "
        "one call a question; local: on this machine",
    )
    add_keep_replies(evaluate)
    evaluate.add_argument("--json", action="store_true", help="输出一个 JSON 对象 / print one JSON object")
    evaluate.add_argument(
        "--limit", type=_positive, metavar="N", help="只问前 N 个问题，索引不变 / ask the first N, of the whole index"
    )
    evaluate.add_argument(
        "--plot", type=Path, metavar="FILE.png", help="把风险—覆盖率曲线画成图 / draw the risk-coverage curve"
    )


def run_evaluate(args: argparse.Namespace) -> int:
    """Measure and print; returns the exit code."""
    # What rebuilds an index and asks, or draws, is not needed to list or show articles.
    from qa.evaluation.evaluate import evaluate
    from ui.commands.evaluation_table import table
    from ui.commands.risk_coverage_plot import check_plot, draw

    if args.plot:
        check_plot(args.plot)
    llm = open_language_model(args.llm or "")
    evaluation = evaluate(args.file, args.index, args.limit, sys.stderr.isatty(), llm, args.keep_replies)
    if args.json:
        print(json.dumps(asdict(evaluation), ensure_ascii=False), flush=True)
    else:
        print("\n".join(table(evaluation)), flush=True)
    if args.plot:
        draw(evaluation.risk_coverage, evaluation.total.questions, args.plot)
    return 0


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"应是正整数 / must be a positive whole number: {text}")
    return int(text)
