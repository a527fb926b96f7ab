"""What of one edition corresponds to what of another: sentences and clauses that say the same with other figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embeddings.folding import squeeze
from embeddings.structure.sentences import clauses, is_row, sentences, trim_clause_end
from embeddings.types import Article, Span

_FIGURES = re.compile(r"[\d.,%％]+|[零一二三四五六七八九十百千万亿两半]+")
_ALIKE = 0.45
"""Share of pairs of characters (Dice's coefficient), figures left out, from which two sentences say the same of
something."""
_LEAST_CLAUSE = 6
"""Characters of a clause that says something by itself."""


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Two stretches that correspond and are not the same."""

    older: Span
    newer: Span


def counterpart(article: Article, span: Span, other: Article) -> Span | None:
    """The stretch of another article that says what text[span] says, with other figures or the same; None if none does.

    A clause corresponds to a clause, a sentence to a sentence.
    """
    said = article.text[span.start : span.end]
    whole = any(one == span for one in _sentences(article))
    best = max(_sentences(other) if whole else _clauses(other), key=lambda one: _alike(said, other, one), default=None)
    return best if best is not None and _alike(said, other, best) >= _ALIKE else None


def differing(older: Article, newer: Article) -> Iterator[Counterparts]:
    """The sentences of two editions that correspond and differ, in the order of the newer one."""
    taken: set[Span] = set()
    for span in _sentences(newer):
        said = newer.text[span.start : span.end]
        free = [one for one in _sentences(older) if one not in taken]
        best = max(free, key=lambda one: _alike(said, older, one), default=None)
        if best is None or _alike(said, older, best) < _ALIKE:
            continue
        taken.add(best)
        if not same_words(older, best, newer, span):
            yield Counterparts(best, span)


def same_words(one: Article, span: Span, other: Article, other_span: Span) -> bool:
    """Whether two stretches are the same but for width, quotation marks and blanks."""
    return squeeze(one.text[span.start : span.end]) == squeeze(other.text[other_span.start : other_span.end])


def clause_saying(article: Article, sentence: Span, words: Sequence[str]) -> Span:
    """The clause of a sentence that alone has most of these words; the sentence where no single one has."""
    parts = [] if is_row(article.text, sentence) else _whole_clauses(article, sentence)
    counted = [sum(word in squeeze(article.text[part.start : part.end]) for word in words) for part in parts]
    best = max(counted, default=0)
    return parts[counted.index(best)] if best and counted.count(best) == 1 else sentence


def _sentences(article: Article) -> Sequence[Span]:
    skipped = {span.start for span in article.bylines}
    spans = sentences(article.text, Span(article.body_start, article.body_end))
    return [span for span in spans if span.start not in skipped]


def _clauses(article: Article) -> list[Span]:
    return [part for sentence in _sentences(article) for part in _whole_clauses(article, sentence)]


def _whole_clauses(article: Article, sentence: Span) -> list[Span]:
    """The clauses of a sentence, one that says too little together with the one behind it."""
    found: list[Span] = []
    start: int | None = None
    for part in clauses(article.text, sentence):
        start = part.start if start is None else start
        if part.end - start > _LEAST_CLAUSE or part.end == sentence.end:
            found.append(trim_clause_end(article.text, Span(start, part.end)))
            start = None
    return found


def _alike(said: str, article: Article, span: Span) -> float:
    one, other = _pairs(said), _pairs(article.text[span.start : span.end])
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _pairs(text: str) -> frozenset[str]:
    plain = re.sub(r"[\W_]", "", _FIGURES.sub("0", squeeze(text)))
    return frozenset(plain[n : n + 2] for n in range(len(plain) - 1))
