"""How an answer came about as HTML, folded away: for the curious and for the corpus's owner."""

from __future__ import annotations

from html import escape

from qa.types import Answer, Considered, Trace
from ui.wording import said

_KINDS = {
    "fact": ("事实", "fact"),
    "list": ("列举", "list"),
    "definition": ("定义", "definition"),
    "explanation": ("说明", "explanation"),
    "comparison": ("比较", "comparison"),
    "metadata": ("文章信息", "about an article"),
    "corpus": ("文库信息", "about the corpus"),
}
_NONE = "—"


def trace(answer: Answer, turn: int) -> str:
    """The question as understood, the passages with their ranks and scores, and the timings of turn `turn`."""
    if answer.trace is None:
        return ""
    summary = said("这个回答是怎么来的", "How this answer came")
    return (
        f'<details class="trace"><summary class="plain">{summary}</summary>{_facts(answer, answer.trace)}'
        f"{_table(answer.trace.passages, turn)}</details>"
    )


def _facts(answer: Answer, how: Trace) -> str:
    kind = said(*_KINDS.get(how.kind, (how.kind, how.kind)))
    terms = escape("、".join(how.terms)) or _NONE
    seconds = answer.timings
    times = said(
        f"检索 {seconds.retrieve:.3f} 秒，成文 {seconds.compose:.3f} 秒，共 {seconds.total:.3f} 秒",
        f"retrieving {seconds.retrieve:.3f} s, composing {seconds.compose:.3f} s, {seconds.total:.3f} s in all",
    )
    facts = (
        (said("理解为", "Understood as"), escape(answer.standalone)),
        (said("问题类型", "Kind of question"), kind),
        (said("查找的词", "Terms looked for"), terms),
        (said("把握", "Confidence"), f"{answer.confidence:.2f}"),
        (said("用时", "Time"), times),
    )
    return "<dl>" + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts) + "</dl>"


def _table(passages: tuple[Considered, ...], turn: int) -> str:
    if not passages:
        return f'<p class="hint">{said("没有检索段落。", "No passages were retrieved.")}</p>'
    heads = (
        said("段落", "Passage"),
        said("语义 名次 · 分", "Dense rank · score"),
        said("字面 名次 · 分", "Lexical rank · score"),
        said("合并 分", "Fused score"),
        said("读后概率", "Read"),
        said("引用", "Cited"),
    )
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    rows = "".join(_row(passage, turn, place) for place, passage in enumerate(passages))
    return f'<div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(passage: Considered, turn: int, place: int) -> str:
    cited = said("是", "yes") if passage.cited else said("否", "no")
    read = said("未读", "not read") if passage.read is None else f"{passage.read:.2f}"
    cells = (
        _leg(passage.dense_rank, passage.dense_score),
        _leg(passage.lexical_rank, passage.lexical_score),
        f"{passage.score:.4f}",
        read,
        cited,
    )
    state = ' class="cited"' if passage.cited else ""
    return (
        f'<tr{state} data-turn="{turn}" data-passage="{place}"><td><button type="button" class="plain">'
        f"{place + 1}. {escape(passage.title)}</button></td>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    )


def _leg(rank: int | None, score: float | None) -> str:
    if rank is None:
        return _NONE
    return f"{rank} · {score:.3f}" if score is not None else str(rank)
