"""Completion along the outline: a part of a list brings its siblings, an announcement what it announces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from embeddings.folding import squeeze
from embeddings.snapshot.snapshot import Snapshot
from embeddings.structure.part_groups import PartGroup, part_groups
from embeddings.structure.sentences import sentences
from embeddings.types import Article, Section, Span
from qa.evidence.fit import names_another, whole_article
from qa.evidence.gathering import Evidence
from qa.evidence.subject import is_of_place
from qa.logistic import chance_of
from qa.retrieving.term_weights import TermWeights
from qa.understanding.names import joined_names, numbered_name, part_count
from qa.understanding.question import Question

_ARTICLES = 3
"""Outlines looked through: those of the articles of the best sentences."""
_SENTENCES = 12
"""The best sentences that may touch a list."""
_LIKELY = -0.5
"""The fitted logit from which a sentence touches a list that it stands in; the best one always does."""
_SPOKEN_OF = 0.55
"""Share of the question's terms that an article must say somewhere for its list to be the one meant."""
_WHOLLY_SPOKEN_OF = 0.9
"""The share from which the name alone tells, whatever reading makes of it."""
_SHORT = 200
"""Characters before the parts that all announce them; of more, only the first and the last sentence."""


@dataclass(frozen=True, slots=True)
class ListFound:
    """Parts and what announces them."""

    article: Article
    announcement: Span
    """The sentence or heading that announces the parts."""
    parts: tuple[Section, ...]
    meant: bool
    """Whether its name or its number of parts is the one asked for: structure then says that it answers."""
    named: bool
    """Whether it is its name, said where the list is announced, and the article says all else that is asked."""


@dataclass(frozen=True, slots=True)
class _Touched:
    """How the best sentences lie on a group."""

    best: bool
    """Whether the very best lies on it."""
    announced: bool
    """Whether a likely one lies before its parts, in what announces them."""
    directly: bool
    """Whether the very best is the sentence before its parts, in the same paragraph."""
    parts: int
    """How many of its parts hold a likely one."""
    weight: float
    """The sum of the chances of those that lie on it."""


def complete_lists(question: Question, found: Sequence[Evidence], snapshot: Snapshot) -> tuple[ListFound, ...]:
    """The list asked for, or all of those asked for side by side (四大课堂和五个聚焦), where outlines hold them."""
    articles = list(dict.fromkeys(evidence.article for evidence in found[:_SENTENCES]))[:_ARTICLES]
    asked = [replace(question, names=(n,), count=part_count("", (n,))) for n in joined_names(question.text)]
    lists = [named_list(one, articles, snapshot) for one in asked]
    if lists and all(lists):
        return tuple(one for one in lists if one)
    one = _complete(question, found, articles, snapshot)
    return (one,) if one else ()


def _complete(
    question: Question, found: Sequence[Evidence], articles: Sequence[Article], snapshot: Snapshot
) -> ListFound | None:
    """The list that the question asks for and the best sentences lie on, or None.

    A list is meant where its announcement says the question's name, where it has the number of parts asked for, or
    where the sentences lie on its announcement or on several of its parts.
    """
    if not question.asks_several or not found:
        return None
    rated: list[tuple[float, PartGroup]] = []
    for article in articles:
        for group in _announced_groups(article, snapshot):
            score = _score(question, group, _touched(group, found[:_SENTENCES]), snapshot)
            if score is not None:
                rated.append((score, group))
    if not rated:
        return None
    _, best = max(rated, key=lambda pair: pair[0])
    weights = TermWeights.of(question.terms, snapshot.lexical)
    spoken_of = weights.share(weights.found(whole_article(best.article)))
    named = bool(_named(question, best))
    fits = is_of_place(best.article, question) and not names_another(question, best.article)
    meant = fits and spoken_of >= _SPOKEN_OF and (named or question.count == len(best.parts))
    wholly = meant and named and spoken_of >= _WHOLLY_SPOKEN_OF
    return ListFound(best.article, _announcement(question, best), best.parts, meant, wholly)


def named_list(question: Question, articles: Sequence[Article], snapshot: Snapshot) -> ListFound | None:
    """The list of one of these articles that the question's name announces, or None."""
    for article in articles:
        for group in _announced_groups(article, snapshot):
            if _named(question, group):
                fits = is_of_place(article, question) and not names_another(question, article)
                return ListFound(article, _announcement(question, group), group.parts, fits, fits)
    return None


def _announced_groups(article: Article, snapshot: Snapshot) -> Iterator[PartGroup]:
    groups = part_groups(article, snapshot.corpus.outline(article.id))
    return (group for group in groups if group.before.start < group.before.end)


def _touched(group: PartGroup, found: Sequence[Evidence]) -> _Touched:
    likely = [e for n, e in enumerate(found) if (n == 0 or e.score >= _LIKELY) and e.article.id == group.article.id]
    before = [e for e in likely if _overlap(e.span, group.before)]
    inside = [any(_overlap(e.span, Span(part.start, part.end)) for e in likely) for part in group.parts]
    whole = Span(group.before.start, group.parts[-1].end)
    on = [e for e in likely if _overlap(e.span, whole)]
    return _Touched(
        best=found[0] in on,
        announced=bool(before),
        directly=found[0] in on and _runs_on(group, found[0].span),
        parts=sum(inside),
        weight=sum(chance_of(e.score) for e in on),
    )


def _runs_on(group: PartGroup, sentence: Span) -> bool:
    return sentence.end <= group.parts[0].start and not group.article.text[sentence.end : group.parts[0].start].strip(
        " "
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _score(question: Question, group: PartGroup, touched: _Touched, snapshot: Snapshot) -> float | None:
    """How well a group fits; None for one that is not meant."""
    counted = question.count == len(group.parts)
    named = _named(question, group)
    if question.names and named is False:
        return None
    on_it = touched.best or touched.parts >= 2
    meant = (
        named or (on_it and counted) or (on_it and touched.parts * 2 > len(group.parts)) or _announces(group, touched)
    )
    if not meant or (question.count is not None and not counted and not named):
        return None
    weights = TermWeights.of(question.terms, snapshot.lexical)
    said = weights.share(weights.found(f"{group.article.title} {_announcing_text(group)}"))
    return 2.0 * bool(named) + 1.5 * counted + touched.weight + said - 0.5 * group.whole_article


def _announces(group: PartGroup, touched: _Touched) -> bool:
    """Whether the best sentence announces the parts and says no more than that."""
    before = touched.directly if group.whole_article else touched.best and touched.announced
    return before and not touched.parts


def _named(question: Question, group: PartGroup) -> bool | None:
    """Whether the announcement says the question's name, or the parts spell it out; None where it has no name."""
    if not question.names:
        return None
    asked = squeeze(question.names[0])
    counts_agree = question.count in (None, len(group.parts))
    if asked.isdigit():
        return _numbered_in_order(question, group) and asked in squeeze(_announcing_text(group))
    if asked in squeeze(_announcing_text(group)):
        # Of another number of parts too, where the very words announce them: the answer then says so.
        return not group.whole_article or (counts_agree and question.count is not None)
    return counts_agree and _echoes(question, group)


def _announcing_text(group: PartGroup) -> str:
    """All before the parts of an article or where it is short; else its first sentence and its last."""
    text = group.article.text
    if group.whole_article or group.before.end - group.before.start <= _SHORT:
        return text[group.before.start : group.before.end]
    spans = sentences(text, group.before)
    return text[spans[0].start : spans[0].end] + text[spans[-1].start : spans[-1].end]


def _leads(group: PartGroup) -> list[str]:
    return [squeeze(group.article.text[p.heading.start : p.heading.end]) for p in group.parts]


def _numbered_in_order(question: Question, group: PartGroup) -> bool:
    """Whether a name such as 12345 is spelled out by the parts: 一个…, 两大…, 三大…, 四大…, 五个…."""
    numerals = ("一", "二两", "三", "四", "五", "六", "七", "八", "九")
    spelled = zip(numerals, _leads(group), strict=False)
    return question.count == len(group.parts) and all(any(n in lead for n in numeral) for numeral, lead in spelled)


def _echoes(question: Question, group: PartGroup) -> bool:
    """Whether every part repeats the thing counted: 四个融合 where each of the leads says 融合."""
    name = numbered_name(question.names[0]) if question.names else None
    return name is not None and all(name.head in lead for lead in _leads(group))


def _announcement(question: Question, group: PartGroup) -> Span:
    """The sentence with the name asked for; else a section's first, an article's last before the parts."""
    text = group.article.text
    spans = sentences(text, group.before)
    for name in question.names[:1]:
        named = [span for span in spans if squeeze(name) in squeeze(text[span.start : span.end])]
        if named:
            return named[0]
    return spans[-1] if group.whole_article else spans[0]
