"""Completion along the outline: a part of a list brings its siblings, an announcement what it announces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from embeddings.snapshot.snapshot import Snapshot
from embeddings.structure.part_groups import PartGroup
from embeddings.structure.sentences import sentences
from embeddings.types import Article, Section, Span
from qa.evidence.fit import names_another, whole_article
from qa.evidence.gathering import Evidence
from qa.evidence.opened_lists import is_inside, opened_group, says_no_more
from qa.evidence.part_groups import (
    announcement_of,
    announcing_text,
    groups_for,
    groups_of,
    is_called_alike,
    is_headed,
    is_named,
    is_spelled,
    opens_another,
    says_how_many,
)
from qa.evidence.subject import is_of_place
from qa.evidence.touched_parts import Touched, touch
from qa.retrieving.term_weights import TermWeights
from qa.understanding.names import is_general, joined_names, name_asked, part_count, quoted_numbered_names
from qa.understanding.question import Question

_ARTICLES = 3
"""Outlines looked through: those of the articles of the best sentences."""
_SENTENCES = 12
"""The best sentences that may touch a list."""
_SHORT_ITEM = 40
"""Characters of a part that is an item, and says nothing without what announces it."""
_SPOKEN_OF = 0.55
"""Share of the question's terms that an article must say somewhere for its list to be the one meant."""
_PARTLY_SPOKEN_OF = 0.35
"""The same where it has but one list of as many parts, which may be called in other words (难处, 短板); or the name in
quotation marks, beside which much may be said that only asks (写材料要用，内容发我)."""
_WHOLLY_SPOKEN_OF = 0.9
"""The share from which the name alone tells, whatever reading makes of it."""


@dataclass(frozen=True, slots=True)
class ListFound:
    """Parts and what announces them."""

    article: Article
    announcement: Span
    """The sentence or heading that announces the parts."""
    parts: tuple[Section, ...]
    meant: bool
    """Whether its name or its number of parts is the one asked for: structure then says that it answers."""
    announced: bool
    """Whether the best sentence says no more than what announces it."""
    named: bool
    """Whether it is its name, said where the list is announced, and the article says all else that is asked."""


def complete_lists(question: Question, found: Sequence[Evidence], snapshot: Snapshot) -> tuple[ListFound, ...]:
    """The list asked for, or all of those asked for side by side (四大课堂和五个聚焦), where outlines hold them."""
    articles = list(dict.fromkeys(evidence.article for evidence in found[:_SENTENCES]))[:_ARTICLES]
    question = _with_name(question, articles)
    asked = [replace(question, names=(n,), count=part_count("", (n,))) for n in joined_names(question.text)]
    lists = [named_list(one, articles, snapshot) for one in asked]
    if lists and all(lists):
        return tuple(one for one in lists if one)
    one = _complete(question, found, articles, snapshot)
    return (one,) if one else ()


def _with_name(question: Question, articles: Sequence[Article]) -> Question:
    """The question with the name whose parts it asks for, as one of the articles writes it."""
    written = {name for article in articles for name in _written_names(article)}
    name = name_asked(question.text, written)
    if name and question.count in (None, count := part_count("", (name,))):
        return replace(question, names=(name,), count=count, kind="list")
    # “六步工作法”, where the question was read to name 六步工作.
    cut = (name for name in written if question.names and name.startswith(question.names[0]) and name in question.text)
    whole = max(cut, key=len, default="")
    return replace(question, names=(whole, *question.names[1:])) if whole else question


@lru_cache(maxsize=128)
def _written_names(article: Article) -> tuple[str, ...]:
    return quoted_numbered_names(f"{article.title}\n{article.text}")


def _complete(
    question: Question, found: Sequence[Evidence], articles: Sequence[Article], snapshot: Snapshot
) -> ListFound | None:
    """The list that the question asks for and the best sentences lie on, or None.

    A list is meant where its announcement says the question's name, where it has the number of parts asked for, where
    the sentences lie on its announcement or on several of its parts, or where the best is one of short items.
    """
    if not found:
        return None
    if not question.asks_several:
        return _given_whole(question, found, snapshot)
    rated: list[tuple[float, PartGroup, Touched]] = []
    own = [article for article in articles if not names_another(question, article)]
    for article in own or articles:
        for group in groups_for(question, article, snapshot.corpus.outline(article.id)):
            touched = touch(group, found[:_SENTENCES])
            score = _score(question, group, touched, found[0], snapshot)
            if score is not None:
                rated.append((score, group, touched))
    if not rated:
        return _only_one_counted(question, found, snapshot)
    _, best, lying = max(rated, key=lambda one: one[0])
    weights = TermWeights.of(question.terms, snapshot.lexical)
    spoken_of = weights.share(weights.found(whole_article(best.article)))
    named, headed = bool(is_named(question, best)), is_headed(question, best, weights)
    written = bool(question.names) and question.names[0] in _written_names(best.article)
    # As many parts as a name in quotation marks says: whatever else is said beside it only asks.
    spelled_out = named and written and question.count == len(best.parts)
    least = 0.0 if spelled_out else _PARTLY_SPOKEN_OF if named and written else _SPOKEN_OF
    is_asked = named or headed or question.count == len(best.parts)
    meant = _is_of(question, best.article) and spoken_of >= least and is_asked
    alone = None if meant else _only_one_counted(question, found, snapshot)
    if alone and alone.parts == best.parts:
        return alone
    wholly = meant and named and (spelled_out or spoken_of >= _WHOLLY_SPOKEN_OF)
    announced = _announces(best, lying)
    return ListFound(best.article, announcement_of(question, best), best.parts, meant, announced, wholly)


def _given_whole(question: Question, found: Sequence[Evidence], snapshot: Snapshot) -> ListFound | None:
    group = opened_group(question, found[:_SENTENCES], snapshot)
    if group is None:
        return None
    opening = sentences(group.article.text, group.before)[-1]
    announced = not touch(group, found[:_SENTENCES]).parts
    return ListFound(group.article, opening, group.parts, meant=False, announced=announced, named=False)


def _only_one_counted(question: Question, found: Sequence[Evidence], snapshot: Snapshot) -> ListFound | None:
    """The one list of the best article that has as many parts as are asked for, where the article says what is asked.

    It probably is the one that is meant, whatever reading finds.
    """
    article = found[0].article
    groups = groups_of(article, snapshot.corpus.outline(article.id))
    counted = [
        group
        for group in groups
        if len(group.parts) == question.count and not any(opens_another(name, group) for name in question.names)
    ]
    if len(counted) > 1:
        counted = [group for group in counted if says_how_many(group)]
    weights = TermWeights.of(question.terms, snapshot.lexical)
    spoken_of = weights.share(weights.found(whole_article(article)))
    named = not all(map(is_general, question.names))
    if len(counted) != 1 or named or not _is_of(question, article) or spoken_of < _PARTLY_SPOKEN_OF:
        return None
    (one,) = counted
    return ListFound(article, announcement_of(question, one), one.parts, meant=False, announced=True, named=True)


def _is_of(question: Question, article: Article) -> bool:
    """Whether the article is of the place, and of the county or thing, that the question names."""
    return is_of_place(article, question) and not names_another(question, article)


def named_list(question: Question, articles: Sequence[Article], snapshot: Snapshot) -> ListFound | None:
    """The list of one of these articles that the question's name announces, or None."""
    for article in articles:
        for group in groups_for(question, article, snapshot.corpus.outline(article.id)):
            if is_named(question, group):
                fits = _is_of(question, article)
                return ListFound(article, announcement_of(question, group), group.parts, fits, False, fits)
    return None


def _score(question: Question, group: PartGroup, touched: Touched, best: Evidence, snapshot: Snapshot) -> float | None:
    """How well a group fits; None for one that is not meant."""
    weights = TermWeights.of(question.terms, snapshot.lexical)
    counted = question.count == len(group.parts)
    named, headed = is_named(question, group), is_headed(question, group, weights)
    if named is False and (not is_general(question.names[0]) or opens_another(question.names[0], group)):
        return None
    on_it = touched.best or touched.parts >= 2
    # Of a list that is asked for half of its parts are enough.
    half = touched.parts >= 2 and question.kind == "list" and not group.whole_article
    on_most = on_it and touched.parts * 2 >= len(group.parts) + (not half)
    announced = _announces(group, touched) or (touched.best and _is_one_of_alike(group, best, weights))
    alike = counted or is_called_alike(question, group)
    # The sentence that spells out a name says all of its parts itself.
    lies_on_it = (on_most or announced) and not group.is_name
    meant = named or headed or (on_it and alike) or lies_on_it
    if not meant or (question.count is not None and not counted and not named):
        return None
    said = weights.share(weights.found(f"{group.article.title} {announcing_text(group)}"))
    called = 2.0 * bool(named or headed) + 2.0 * is_spelled(question, group)
    return called + 1.5 * counted + touched.weight + said - 0.5 * group.whole_article


def _announces(group: PartGroup, touched: Touched) -> bool:
    """Whether the best sentence announces the parts and says no more than that."""
    before = touched.directly if group.whole_article else touched.best and touched.announced
    return before and not touched.parts


def _is_one_of_alike(group: PartGroup, best: Evidence, weights: TermWeights) -> bool:
    """Whether the best sentence is one of short items, and says no more of the question than what announces all."""
    short = all(part.end - part.start <= _SHORT_ITEM for part in group.parts)
    return short and is_inside(group, best) and says_no_more(group, best, weights)
