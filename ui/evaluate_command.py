"""The command `suyuan evaluate`: its options, its table, its JSON."""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from embeddings.snapshot import default_index

if TYPE_CHECKING:
    from qa.evaluate import Evaluation

_LABEL = 34
"""Columns of a label."""
_FIGURE = 10
_BAD_SHOWN = 10
_JUDGED = {"article": "文章编号 article ids", "gold": "标准答案 gold answers"}


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
    evaluate.add_argument("--json", action="store_true", help="输出一个 JSON 对象 / print one JSON object")
    evaluate.add_argument(
        "--limit", type=_positive, metavar="N", help="只问前 N 个问题，索引不变 / ask the first N, of the whole index"
    )


def run_evaluate(args: argparse.Namespace) -> int:
    """Measure and print; returns the exit code."""
    # What rebuilds an index and asks is not needed to list or show articles.
    from qa.evaluate import evaluate

    evaluation = evaluate(args.file, args.index, args.limit, show_progress=sys.stderr.isatty())
    if args.json:
        print(json.dumps(asdict(evaluation), ensure_ascii=False))
    else:
        print("\n".join(_table(evaluation)))
    return 0


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"应是正整数 / must be a positive whole number: {text}")
    return int(text)


def _table(evaluation: Evaluation) -> Iterator[str]:
    yield _row("索引 index", f"{evaluation.articles} 篇 articles, {evaluation.passages} 段 passages")
    yield _row("问题 questions", f"{evaluation.questions}")
    yield _row("其中可答 answerable", f"{evaluation.answerable}")
    yield _row("拒答 refused", f"{evaluation.refused}")
    yield _row("判断依据 judged by", _JUDGED[evaluation.judged_by])
    yield ""
    yield _row("检索 Retrieval", *(f"{name:>{_FIGURE}}" for name in ("recall@1", "recall@5", "recall@10", "MRR@10")))
    legs = {"向量 dense": evaluation.dense, "词汇 lexical": evaluation.lexical, "融合 fused": evaluation.fused}
    for name, leg in legs.items():
        figures = (leg.recall_at_1, leg.recall_at_5, leg.recall_at_10, leg.mrr_at_10)
        yield _row(name, *(_figure(figure) for figure in figures))
    yield ""
    yield "回答 Answers"
    yield _row("答案正确率 accuracy", _figure(evaluation.answer_accuracy))
    yield _row("引文准确率 citation precision", _figure(evaluation.citation_precision))
    yield _row("拒答精确率 refusal precision", _figure(evaluation.refusal_precision))
    yield _row("拒答召回率 refusal recall", _figure(evaluation.refusal_recall))
    yield _row("字数中位数 median characters", _figure(evaluation.median_answer_length, digits=1))
    yield _row("秒数中位数 median seconds", _figure(evaluation.median_seconds))
    if evaluation.bad:
        yield ""
        yield f"略去 Left out: {len(evaluation.bad)}"
        yield from (f"  {item.place}：{item.reason}" for item in evaluation.bad[:_BAD_SHOWN])
        if len(evaluation.bad) > _BAD_SHOWN:
            yield "  …… 全部见 --json / all of them with --json"


def _row(label: str, *cells: str) -> str:
    # Terminals give a Chinese character two columns.
    width = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in label)
    return label + " " * max(1, _LABEL - width) + "".join(cells)


def _figure(figure: float | None, digits: int = 3) -> str:
    return f"{'—' if figure is None else f'{figure:.{digits}f}':>{_FIGURE}}"
