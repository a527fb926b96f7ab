"""Finds complete lists on the articles' outlines: every part of what the question names, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from embeddings.folding import squeeze
from embeddings.sentences import clauses, sentences
from embeddings.snapshot import Snapshot
from embeddings.types import Article, Hit, Outline, Section, Span
from qa.evidence.subject import is_about, is_of_place, subject_of
from qa.retriever import article_ids
from qa.term_weights import TermWeights
from qa.understanding.names import numbered_name
from qa.understanding.question import Question

ARTICLES = 5
"""Outlines looked through: those of the articles that the best passages come from."""
_PARTS_WEIGHT = 0.7
_KEY_WEIGHT = 0.4
_COUNT_WEIGHT = 0.6
_HEADING_WEIGHT = 0.3
_RANK_WEIGHT = 0.1
"""Next to the coverage of the question's terms by what announces the parts (0 to 1): the parts' own coverage; the
terms next to the words of asking; the number of parts is the one asked for; the name stands in the heading itself;
the article's place in the ranking."""
_SHORT = 200
"""Characters before the parts that all announce them; of more, only the first and the last sentence."""
_LONGEST_HEADING = 50
_LEAST_SHARE = 0.5
"""Of the question's terms in announcement, parts, title and place, where no name tells which list is meant."""


@dataclass(frozen=True, slots=True)
class ListFound:
    """Parts and what announces them."""

    article: Article
    announcement: Span
    """The sentence or heading that announces the parts."""
    parts: tuple[Section, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Group:
    """A run of sibling parts of one form, with the text of their section before the first of them."""

    article: Article
    before: Span
    parts: tuple[Section, ...]
    whole_article: bool
    """Whether the parts are the article's own sections."""


def find_list(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> ListFound | None:
    """The list that the question asks for, or None where no outline holds it.

    Of lists that fit, one with as many parts as asked for goes before one that the same words announce but that has
    more or fewer.
    """
    groups = list(_groups(question, hits, snapshot))
    found = _best(question, [group for group in groups if _is_meant(question, group)], hits, snapshot)
    return found or _best(question, [group for group in groups if _is_announced(question, group)], hits, snapshot)


def find_echoed(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> ListFound | None:
    """The list whose every part repeats the thing counted, however many there are: five 坚持 for 六个坚持."""
    fitting = [group for group in _groups(question, hits, snapshot) if _echoes(question, group)]
    return _best(question, fitting, hits, snapshot)


def _best(question: Question, groups: Sequence[_Group], hits: Sequence[Hit], snapshot: Snapshot) -> ListFound | None:
    weights = TermWeights.of(question.terms, snapshot.lexical)
    ranks = {article_id: n for n, article_id in enumerate(article_ids(hits))}
    rated = [(_score(question, weights, group) - _RANK_WEIGHT * ranks[group.article.id], group) for group in groups]
    if not rated:
        return None
    score, group = max(rated, key=lambda pair: pair[0])
    if score == float("-inf"):
        return None
    return ListFound(group.article, _announcement(question, group), group.parts, score)


def _groups(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Iterator[_Group]:
    for article_id in article_ids(hits)[:ARTICLES]:
        article = snapshot.corpus.article(article_id)
        # The name asked for is looked for in the announcements; only the others must stand somewhere.
        if is_of_place(article, question) and is_about(article, question, names=question.names[1:]):
            yield from _groups_of(article, snapshot.corpus.outline(article_id))


def _groups_of(article: Article, outline: Outline) -> Iterator[_Group]:
    pending: list[tuple[int, tuple[Section, ...]]] = [(article.body_start, outline.sections)]
    while pending:
        start, siblings = pending.pop()
        for parts in _runs([section for section in siblings if section.kind != "name"]):
            if len(parts) >= 2 and start < parts[0].start:
                yield _Group(article, Span(start, parts[0].start), parts, siblings is outline.sections)
        for section in siblings:
            if section.kind == "name":
                yield _Group(article, section.heading, section.children, whole_article=False)
            elif section.children:
                pending.append((section.start, section.children))


def _runs(siblings: Sequence[Section]) -> Iterator[tuple[Section, ...]]:
    """Neighbours of one form; where the first enumerator comes again, another list begins."""
    for _, run in groupby(siblings, key=lambda s: s.label[-1:] or s.kind):
        parts = list(run)
        again = [n for n, part in enumerate(parts) if n and part.label and part.label == parts[0].label]
        for begin, end in pairwise([0, *again, len(parts)]):
            yield tuple(parts[begin:end])


def _is_meant(question: Question, group: _Group) -> bool:
    """By its name where the question has one, else by its number of parts or by what is asked for.

    A name in the lead of an article announces the article's own sections only where their number agrees.
    """
    counts_agree = question.count in (None, len(group.parts))
    if question.names:
        asked = squeeze(question.names[0])
        if asked.isdigit():
            return _numbered_in_order(question, group) and asked in squeeze(_announcing_text(group))
        if asked in squeeze(_announcing_text(group)):
            return counts_agree and (question.count is not None or not group.whole_article)
        return counts_agree and _echoes(question, group)
    return counts_agree and (question.count is not None or bool(question.key))


def _is_announced(question: Question, group: _Group) -> bool:
    """Whether heading or last clause before the parts say the name, or for a mere count the thing asked for."""
    if question.names:
        name = question.names[0]
        return not (group.whole_article or name.isdigit()) and squeeze(name) in _says_what_the_parts_are(group)
    return question.count is not None


def _announcing_text(group: _Group) -> str:
    """All before the parts of an article or where it is short; else its first sentence and its last."""
    text = group.article.text
    if group.whole_article or group.before.end - group.before.start <= _SHORT:
        return text[group.before.start : group.before.end]
    spans = sentences(text, group.before)
    return text[spans[0].start : spans[0].end] + text[spans[-1].start : spans[-1].end]


def _says_what_the_parts_are(group: _Group) -> str:
    """A short heading, and the last clause before the parts: in a longer text a word may stand for anything."""
    text = group.article.text
    heading, last = sentences(text, group.before)[0], clauses(text, group.before)[-1]
    spans = [heading, last] if heading.end - heading.start <= _LONGEST_HEADING else [last]
    return squeeze("".join(text[span.start : span.end] for span in spans))


def _leads(group: _Group) -> list[str]:
    return [squeeze(group.article.text[p.heading.start : p.heading.end]) for p in group.parts]


def _numbered_in_order(question: Question, group: _Group) -> bool:
    """Whether a name such as 12345 is spelled out by the parts: 一个…, 两大…, 三大…, 四大…, 五个…."""
    numerals = ("一", "二两", "三", "四", "五", "六", "七", "八", "九")
    spelled = zip(numerals, _leads(group), strict=False)
    return question.count == len(group.parts) and all(any(n in lead for n in numeral) for numeral, lead in spelled)


def _echoes(question: Question, group: _Group) -> bool:
    """Whether every part repeats the thing counted: 四个融合 where each of the leads says 融合."""
    name = numbered_name(question.names[0]) if question.names else None
    return name is not None and all(name.head in lead for lead in _leads(group))


def _score(question: Question, weights: TermWeights, group: _Group) -> float:
    article = group.article
    announcing = _announcing_text(group)
    context = weights.found(f"{article.place} {article.title}")
    shared = frozenset.intersection(*(weights.found(lead) for lead in _leads(group)))
    score = weights.share(weights.found(announcing) | context | shared)
    said = (squeeze(announcing) if question.names else _says_what_the_parts_are(group)) + "".join(shared)
    key_share = sum(term in said for term in question.key) / len(question.key) if question.key else 0.0
    if not question.names:
        covered = weights.share(weights.found(announcing) | weights.found(subject_of(article)) | context | shared)
        if min(covered, 1.0 if question.count == len(group.parts) else key_share) < _LEAST_SHARE:
            return float("-inf")
    score += _PARTS_WEIGHT * weights.share(shared - context) + _KEY_WEIGHT * key_share
    if question.count == len(group.parts):
        score += _COUNT_WEIGHT
    heading = sentences(article.text, group.before)[0]
    if (
        question.names
        and not group.whole_article
        and squeeze(question.names[0]) in squeeze(article.text[heading.start : heading.end])
    ):
        score += _HEADING_WEIGHT
    return score


def _announcement(question: Question, group: _Group) -> Span:
    """The sentence with the name asked for; else a section's first, an article's last before the parts."""
    text = group.article.text
    spans = sentences(text, group.before)
    for name in question.names[:1]:
        named = [span for span in spans if squeeze(name) in squeeze(text[span.start : span.end])]
        if named:
            return named[0]
    return spans[-1] if group.whole_article else spans[0]
