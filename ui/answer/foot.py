"""What stands under a reply: its sources in short, what can be done with it, how it came about, what to ask next."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qa.types import Answer, Citation
from ui.answer.parts import by_article, joined, marker, pages, recognised
from ui.answer.plain import with_sources
from ui.answer.trace import trace
from ui.types import Hooks
from ui.wording import labelled, said


def understood(answer: Answer) -> str:
    """How a follow-up was understood; nothing where the question was taken as it stands."""
    if answer.standalone.strip() in ("", answer.question.strip()):
        return ""
    return f'<p class="understood">{said("理解为：", "Understood as: ")}{escape(answer.standalone)}</p>'


def note(answer: Answer) -> str:
    """Why a language model's wording is not given; nothing where none was asked for, or it is given."""
    chinese, _, english = answer.note.partition("\n")
    return f'<p class="instead">{said(chinese, english or chinese)}</p>' if answer.note else ""


def answered(answer: Answer, turn: int, last: bool, hooks: Hooks) -> str:
    """The foot of an answer; `last` says that no other turn follows."""
    return (
        f'<footer class="foot">{_worded(answer)}{_sources(answer, turn)}{_tools(answer, turn, last, hooks)}'
        f"{trace(answer, turn)}{_suggestions(answer, turn) if last else ''}</footer>"
    )


def refused(answer: Answer, turn: int, last: bool, hooks: Hooks) -> str:
    """The foot of a refusal."""
    return (
        f'<footer class="foot">{_tools(answer, turn, last, hooks)}{trace(answer, turn)}'
        f"{_suggestions(answer, turn) if last else ''}</footer>"
    )


def failed(turn: int) -> str:
    """The foot of a question that ended in an error."""
    return f'<footer class="foot"><div class="tools">{_retry(turn)}</div></footer>'


def _worded(answer: Answer) -> str:
    if answer.mode != "generated":
        return ""
    total = len(answer.sentences)
    founded = sum(sentence.support != "unsupported" for sentence in answer.sentences)
    if founded == total:
        told = said(
            f"由语言模型改写，{total} 句都有据。", f"Worded by a language model; all {total} sentences supported."
        )
    else:
        told = said(
            f"由语言模型改写，{total} 句中 {founded} 句有据；划去的不会被复制和导出。",
            f"Worded by a language model; {founded} of {total} sentences supported. Copies leave out what is struck.",
        )
    return f'<p class="worded">{told}</p>'


def _sources(answer: Answer, turn: int) -> str:
    rows = "".join(_source(group, turn) for group in by_article(answer.citations))
    shown = f'<button type="button" class="plain" data-sources="{turn}">{said("逐条查看", "See each")}</button>'
    return (
        f'<div class="sources"><p class="label">{said("出处", "Sources")} {shown}'
        f'<span class="took">{answer.timings.total:.2f} {said("秒", "s")}</span></p>{rows}</div>'
    )


def _source(group: Sequence[Citation], turn: int) -> str:
    first = group[0]
    rest = joined(first.author, first.published, first.source)
    said_of = f' <span class="of">{escape(rest)}</span>' if rest else ""
    return (
        f'<div class="source"><span class="numbers">{_markers(group, turn)}</span>'
        f'<span><span class="title">{escape(first.title)}</span>{said_of}'
        f"{pages(*group)}{recognised(group)}</span></div>"
    )


def _markers(group: Sequence[Citation], turn: int) -> str:
    """The markers of a source, a run of three or more numbers as first and last (“[1]–[5]”)."""
    runs: list[list[Citation]] = []
    for citation in group:
        if runs and citation.number == runs[-1][-1].number + 1:
            runs[-1].append(citation)
        else:
            runs.append([citation])
    return "".join(
        f"{marker(run[0], turn)}–{marker(run[-1], turn)}"
        if len(run) > 2
        else "".join(marker(citation, turn) for citation in run)
        for run in runs
    )


def _tools(answer: Answer, turn: int, last: bool, hooks: Hooks) -> str:
    copy = (
        f'<button type="button" class="plain" data-copy="{escape(with_sources(answer))}">'
        f"{said('复制（带出处）', 'Copy with sources')}</button>"
    )
    again = _retry(turn) if last else ""
    return f'<div class="tools">{copy}{_export(turn)}{again}{_verdict(turn) if hooks.feedback else ""}</div>'


def _retry(turn: int) -> str:
    return f'<button type="button" class="plain" data-retry="{turn}">{said("重新回答", "Retry")}</button>'


def _export(turn: int) -> str:
    def button(which: int, form: str, zh: str, en: str) -> str:
        return f'<button type="button" class="plain" data-export="{which}" data-form="{form}">{said(zh, en)}</button>'

    return (
        f'<details class="menu"><summary class="plain">{said("导出", "Export")}</summary><div>'
        f"{button(turn, 'md', '这一条 Markdown', 'This answer, Markdown')}"
        f"{button(turn, 'docx', '这一条 Word', 'This answer, Word')}"
        f"{button(-1, 'md', '整段对话 Markdown', 'Whole conversation, Markdown')}"
        f"{button(-1, 'docx', '整段对话 Word', 'Whole conversation, Word')}</div></details>"
    )


def _verdict(turn: int) -> str:
    up, down = said("有用", "Helpful"), said("没用", "Not helpful")
    return (
        f'<span class="verdict"><button type="button" class="plain" data-like="{turn}" data-verdict="up">{up}</button>'
        f'<button type="button" class="plain" data-like="{turn}" data-verdict="down">{down}</button>'
        f'<span class="thanks" role="status" hidden>{said("已记下，谢谢。", "Noted, thank you.")}</span></span>'
        f'<form class="why" data-why="{turn}" hidden><input type="text" maxlength="500" '
        f'placeholder="哪里不对？（可不填）" {labelled("哪里不对？（可不填）", "What is wrong? (optional)")}>'
        f'<button type="submit" class="plain">{said("提交", "Send")}</button></form>'
    )


def _suggestions(answer: Answer, turn: int) -> str:
    if not answer.suggestions:
        return ""
    buttons = "".join(
        f'<button type="button" class="suggestion" data-turn="{turn}" data-suggestion="{place}">{escape(text)}</button>'
        for place, text in enumerate(answer.suggestions)
    )
    return f'<div class="next"><p class="label">{said("接着问", "Ask next")}</p>{buttons}</div>'
