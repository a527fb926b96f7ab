"""The figures of an evaluation as lines of text for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.evaluation.evaluate import Evaluation
    from qa.evaluation.figures import Figures, Ranking
    from qa.evaluation.risk_coverage import RiskCoverage
    from qa.evaluation.sets import BadItem

_LABEL = 34
"""Columns of a label."""
_FIGURE = 10
_BAD_SHOWN = 10
_JUDGED = {"article": "文章编号 article ids", "gold": "标准答案 gold answers"}
_RANKING = ("recall@1", "recall@5", "recall@10", "MRR@10")
_COVERAGES = (0.2, 0.4, 0.6, 0.8)


def table(evaluation: Evaluation) -> Iterator[str]:
    """The lines, most important figures first."""
    total = evaluation.total
    yield _row("索引 index", f"{evaluation.articles} 篇 articles, {evaluation.passages} 段 passages")
    yield _row("问题 questions", f"{total.questions}")
    yield _row("其中可答 answerable", f"{total.answerable}")
    yield _row("拒答 refused", f"{total.refused}")
    yield _row("不确定 unsure", _unsure(total))
    yield _row("判断依据 judged by", _JUDGED[evaluation.judged_by])
    yield ""
    yield _row("检索 Retrieval", *map(_head, _RANKING))
    yield _row("向量 dense", *_ranking(total.dense))
    yield _row("词汇 lexical", *_ranking(total.lexical))
    yield _row("融合 fused", *_ranking(total.fused))
    yield ""
    yield from _answers(total, evaluation.keyless)
    yield ""
    yield from _risk_coverage(evaluation.risk_coverage)
    yield from _by_source(evaluation.by_source)
    yield from _left_out(evaluation.bad)


def _answers(total: Figures, keyless: Figures | None) -> Iterator[str]:
    columns = (total,) if keyless is None else (total, keyless)
    yield "回答 Answers" if keyless is None else _row("回答 Answers", _head("语言模型"), _head("不用"))
    if keyless is not None:
        yield _row("", _head("llm"), _head("keyless"))
    yield _row("答案正确率 accuracy", *(_figure(of.answer_accuracy) for of in columns))
    yield _row("价值（错答倒扣）worth", *(_figure(of.worth) for of in columns))
    yield _row("字数中位数 median characters", *(_figure(of.median_answer_length, digits=1) for of in columns))
    yield _row("引文准确率 citation precision", *(_figure(of.citation_precision) for of in columns))
    if total.faithful is not None:
        yield _row("有据的句子 faithful sentences", *(_figure(of.faithful) for of in columns))
    yield _row("拒答精确率 refusal precision", *(_figure(of.refusal_precision) for of in columns))
    yield _row("拒答召回率 refusal recall", *(_figure(of.refusal_recall) for of in columns))
    yield _row("秒数中位数 median seconds", *(_figure(of.median_seconds) for of in columns))


def _unsure(total: Figures) -> str:
    """How many answers were said to be unsure, and what became of them."""
    if not total.tentative:
        return "0"
    counts = total.verdicts
    right, wrong, none = counts.get("right, unsure", 0), counts.get("wrong, unsure", 0), counts.get("none: unsure", 0)
    return f"{total.tentative}：对 right {right}，错 wrong {wrong}，本无答案 unanswerable {none}"


def _risk_coverage(curve: RiskCoverage) -> Iterator[str]:
    end = curve.points[-1] if curve.points else None
    coverages = (*(f"{share:.0%}" for share in _COVERAGES), f"{end.coverage:.1%}" if end else "—")
    yield "风险与覆盖率 Risk and coverage"
    yield _row("覆盖率（末列：全部答案）coverage", *map(_head, coverages))
    risks = (*map(curve.risk_at, _COVERAGES), end.risk if end else None)
    yield _row("风险（答错的）risk", *map(_figure, risks))
    yield _row("曲线下面积 AURC", _figure(curve.area))
    yield "  曲线只到答出的题为止，看不出拒答的题本来能否答对 / of refused questions the curve shows nothing"


def _by_source(by_source: dict[str, Figures]) -> Iterator[str]:
    if not by_source:
        return
    names = {source: source or "（未注明 not said）" for source in by_source}
    yield ""
    yield _row("按来源，融合 Fused by source", *map(_head, _RANKING))
    yield from (_row(names[source], *_ranking(figures.fused)) for source, figures in by_source.items())
    yield "  向量和词汇的见 --json / dense and lexical: --json"
    yield ""
    yield _row("按来源，回答 Answers by source", *map(_head, ("题数", "正确率", "价值", "字数", "拒答召回")))
    yield _row("", *map(_head, ("questions", "accuracy", "worth", "chars", "ref.rec.")))
    for source, of in by_source.items():
        shares = (_figure(of.answer_accuracy), _figure(of.worth))
        rest = (_figure(of.median_answer_length, digits=1), _figure(of.refusal_recall))
        yield _row(names[source], _head(str(of.questions)), *shares, *rest)


def _left_out(bad: tuple[BadItem, ...]) -> Iterator[str]:
    if bad:
        yield ""
        yield f"略去 Left out: {len(bad)}"
        yield from (f"  {item.place}：{item.reason}" for item in bad[:_BAD_SHOWN])
    if len(bad) > _BAD_SHOWN:
        yield "  …… 全部见 --json / all of them with --json"


def _row(label: str, *cells: str) -> str:
    return label + " " * max(1, _LABEL - _columns(label)) + "".join(cells)


def _columns(text: str) -> int:
    """Terminals give a Chinese character two columns."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _head(text: str) -> str:
    return " " * (_FIGURE - _columns(text)) + text


def _ranking(leg: Ranking) -> Iterator[str]:
    return map(_figure, (leg.recall_at_1, leg.recall_at_5, leg.recall_at_10, leg.mrr_at_10))


def _figure(figure: float | None, digits: int = 3) -> str:
    return f"{'—' if figure is None else f'{figure:.{digits}f}':>{_FIGURE}}"
