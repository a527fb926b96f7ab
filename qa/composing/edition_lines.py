"""Editions in an answer: what the others say beside the one in force, and how two of them differ, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from embeddings.folding import squeeze
from embeddings.types import Span
from qa.composing.answer_lines import AnswerLines
from qa.composing.citations import Statement, quote_of
from qa.composing.finding import Finding
from qa.editions.alignment import clause_saying, counterpart, differing, same_words
from qa.editions.editions import Edition
from qa.editions.meant import DIFFERS, EditionMeant
from qa.editions.titles import noun_of
from qa.evidence.gathering import Evidence
from qa.understanding.publication import spoken_day
from qa.understanding.question import Question

_STANDING = {"in force": "现行的", "ended": "已废止的", "superseded": "较早的", "to come": "尚未施行的"}
_MOST_BESIDE = 2
_MOST_DIFFERENCES = 12


def edition_name(edition: Edition) -> str:
    """How an answer calls it: 已废止的2021年标准, 已废止的《…》."""
    standing, title = _STANDING[edition.standing], edition.article.title
    titled = edition.year and edition.year in squeeze(title)
    return f"{standing}{edition.year}年{noun_of(title)}" if titled else f"{standing}《{title}》"


def with_editions(
    question: Question, lines: AnswerLines, meant: EditionMeant | None, found: Sequence[Evidence], unsure: bool
) -> AnswerLines:
    """The lines with which edition they are from, and what the others say in the place of the best sentence.

    An unsure answer is of one article and stays so.
    """
    if meant is None or all(line.article.id != meant.edition.article.id for line in lines.statements):
        return lines
    others = () if unsure else _lines_of_others(question, meant, found)
    note = "；".join(part for part in (lines.note, _note(meant)) if part)
    return replace(lines, statements=(*lines.statements, *others), note=note)


def _lines_of_others(question: Question, meant: EditionMeant, found: Sequence[Evidence]) -> tuple[Statement, ...]:
    best = next((evidence for evidence in found if evidence.article.id == meant.edition.article.id), None)
    if best is None:
        return ()
    title = squeeze(best.article.title)
    asked = [term for term in question.terms if term not in title]
    span = clause_saying(best.article, best.span, asked)
    lines = []
    for edition in meant.beside[:_MOST_BESIDE]:
        other = counterpart(best.article, span, edition.article)
        if other and not same_words(best.article, span, edition.article, other):
            lines.append(_line(edition, other, f"另有{edition_name(edition)}"))
    return tuple(lines)


def _note(meant: EditionMeant) -> str:
    """Which edition the answer is from."""
    edition, in_force = meant.edition, meant.editions.in_force
    if edition is in_force:
        since = f"，自{spoken_day(edition.begins)}起施行" if edition.begins else ""
        return f"现行的是《{edition.article.title}》{since}"
    return f"《{edition.article.title}》是{_STANDING[edition.standing]}；现行的是《{in_force.article.title}》"


def answer_difference(question: Question, older: Edition, newer: Edition) -> Finding | None:
    """The sentences of both editions that correspond and differ, the older one's before the newer one's."""
    pairs = list(differing(older.article, newer.article))
    if asked := _topics(question, newer):
        about = [one for one in pairs if any(word in squeeze(quote_of(newer.article, one.newer)) for word in asked)]
        pairs = about or pairs
    names = f"{older.year or older.article.published[:4]}年", f"{newer.year or newer.article.published[:4]}年"
    lines = [
        line
        for one in pairs[:_MOST_DIFFERENCES]
        for line in (_line(older, one.older, names[0], 1), _line(newer, one.newer, names[1], 1))
    ]
    note = f"{edition_name(older)}与{edition_name(newer)}中不相同的句子，逐句对照"
    return Finding(tuple(lines), note=note, computed=True) if lines else None


def _topics(question: Question, newer: Edition) -> list[str]:
    """Pairs of characters of what the question asks the difference of, beside the rule itself."""
    title = squeeze(newer.article.title)
    asked = DIFFERS.sub(" ", re.sub(rf"(?:19|20)\d\d年?(?:度|版)?|{noun_of(title)}|修订|新|旧", " ", question.text))
    pieces = map(squeeze, re.split(r"[\W的里中]+", asked))
    pairs = (piece[n : n + 2] for piece in pieces for n in range(len(piece) - 1))
    return [pair for pair in pairs if pair not in title]


def _line(edition: Edition, span: Span, name: str, indent: int = 0) -> Statement:
    article = edition.article
    said = quote_of(article, span)
    return Statement(article, span, indent, f"{name}：{said}", (edition.year, name))
