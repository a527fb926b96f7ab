"""Questions in English about Chinese articles: the list, or else the sentence, nearest in meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from embeddings.folding import squeeze
from embeddings.reading.gazetteer import SUFFIXES
from embeddings.reading.names import is_person
from embeddings.sentences import clauses, sentences
from embeddings.snapshot import Snapshot
from embeddings.types import Article, Outline, Span
from qa.answering.list_answer import list_statements
from qa.answering.lists import ListFound, find_list
from qa.answering.metadata import answer_metadata
from qa.citations import Statement, quote_of
from qa.evidence.subject import is_about, is_of_place, whole_article
from qa.retriever import Retriever
from qa.understanding.english import EnglishQuestion, understand_english, without_count
from qa.understanding.names import names_in, numbered_name, years_in
from qa.understanding.question import Question, understand

_NEAR = 100
_NAMED = 50
"""Passages looked through: those nearest in meaning, and those with the question's names in Chinese."""
_PASSAGES = 8
_ARTICLES = 5
_CLOSE_LOOKS = 5
"""Sentences, the nearest in meaning, whose clauses are looked at by themselves: a long one hides what answers."""
_CLAUSE_WEIGHT = 0.7
"""Share of the nearest clause, next to the whole sentence's."""
_LONGEST_PART = 40
_LEAST_OF_LIST = 0.775
_LEAST_UNNAMED = 0.80
_LEAST_GAP = 0.006
"""Of a list, the mean of two cosines: the question's and the whole list's, the thing asked for and the list's name;
more where the question names no place; and how far the next list with as many parts has to be behind. Of the lists
asked for in English on seventeen articles the right ones had 0.785 to 0.84, the best of a wrong article 0.76."""
_LEAST_MARGIN = 0.07
"""Of a sentence, the sum of two margins over the mean of all sentences looked at: the question's and its focus'.
Of 57 English questions, 41 of which the same articles answer, 27 of the 33 right sentences had this much, and 2 of the
24 that were wrong. The cosine itself tells less: 0.73 to 0.82 where right, 0.70 to 0.80 where wrong."""
_METADATA = {
    "author": "那篇文章的作者",
    "title": "那篇文章的标题",
    "published": "那篇文章的发布时间",
    "source": "那篇文章的来源",
}
"""How the same is asked in Chinese."""
_NUMERALS = "零一二三四五六七八九十"
_AMOUNT = re.compile(r"\d|百分之|[一二两三四五六七八九十百千万半]+[次个名家起项件座类年届期份场处户人所]")
_TIME = re.compile(
    r"\d{1,4}[年月日号]|\d+:\d+|每[天日周月季年逢]|[一二三四五六七八九十]+月|\d+(?:分钟|小时|天)|周[一二三四五六日]|星期|"
    r"[上下]午|季度|半年"
)
_OFFICE = r"书记|[局厅处科校院部省市县区]长|主任|组长|同志|主席"
_HAN = r"([\u4e00-\u9fff]{2,3})"
_HELD = re.compile(rf"(?:{_OFFICE}|作者|记者|编辑)[:：]?{_HAN}|{_HAN}(?:{_OFFICE}|先生|女士)")
_STOPS = re.compile(r"[。！？；，,;:：]")


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question, as read in both ways, and the vectors of its text and focus."""

    question: Question
    english: EnglishQuestion
    query: NDArray[np.float32]
    focus: NDArray[np.float32]

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(name for names in self.english.names for name in names if name in SUFFIXES)

    def is_of_place(self, article: Article) -> bool:
        return is_of_place(article, replace(self.question, places=self.places))


def answer_foreign(question: Question, retriever: Retriever) -> list[Statement]:
    """The list of as many parts as asked for, else the sentence that holds the amount, time or person asked for.

    Answers only from articles that hold the question's names, numbers and years, and only where the meaning is near
    enough; else with nothing. The statements are the articles' own words, in Chinese.
    """
    english = understand_english(question.text, retriever.snapshot.lexical)
    names = "".join(names[0] for names in english.names)
    if english.wants in _METADATA:
        text = f"{names}{_METADATA[english.wants]}"
        said = answer_metadata(understand(text), retriever.retrieve(text), retriever.snapshot) if names else None
        return list(said.statements) if said else []
    if question.count is not None:
        text = f"{names}{question.names[0]}"
        found = find_list(understand(text), retriever.retrieve(text), retriever.snapshot)
        if found and len(found.parts) == question.count:
            return list_statements(question, found)
    encode = retriever.encoder.encode_query
    asked = _Asked(question, english, encode(english.text), encode(english.focus))
    passages = list(_passages(asked, retriever.snapshot))
    listed = _nearest_list(asked, passages, retriever) if english.count else []
    return listed or _nearest_sentence(asked, passages[:_PASSAGES], retriever)


def _passages(asked: _Asked, snapshot: Snapshot) -> Iterator[tuple[Article, Span]]:
    """Passages of articles that can be meant, nearest in meaning first."""
    names = " ".join(name for names in asked.english.names for name in names)
    found = [*snapshot.dense.search(asked.query, _NEAR), *(snapshot.lexical.search(names, _NAMED) if names else ())]
    numbers = list(dict.fromkeys(hit.passage for hit in found))
    order = np.argsort(-snapshot.dense.cosines(asked.query, numbers), kind="stable")
    passages = [snapshot.corpus.passage(numbers[i]) for i in order]
    articles = {i: snapshot.corpus.article(i) for i in dict.fromkeys(passage.article_id for passage in passages)}
    fitting = {i for i, article in articles.items() if _holds_names(article, asked)}
    for passage in passages:
        if passage.article_id in fitting:
            yield articles[passage.article_id], Span(passage.start, passage.end)


def _holds_names(article: Article, asked: _Asked) -> bool:
    said = whole_article(article)
    named = all(any(squeeze(name) in said for name in names) for names in asked.english.names)
    return named and is_about(article, asked.question)


def _nearest_list(asked: _Asked, passages: Sequence[tuple[Article, Span]], retriever: Retriever) -> list[Statement]:
    """The list of as many parts as asked for whose name and parts are nearest in meaning."""
    articles = list({article.id: article for article, _ in passages if asked.is_of_place(article)}.values())[:_ARTICLES]
    lists = [
        found
        for article in articles
        for found in _lists(article, retriever.snapshot.corpus.outline(article.id))
        if len(found.parts) == asked.english.count
    ]
    if not lists:
        return []
    encode = retriever.encoder.encode_passages
    # Names and focus are a word or two each: embedded alike, they compare better than as question and passage.
    name, *names = encode([without_count(asked.english.focus), *map(_name, lists)])
    scores = (encode([_described(found) for found in lists]) @ asked.query + np.vstack(names) @ name) / 2
    least = _LEAST_OF_LIST if asked.english.names else _LEAST_UNNAMED
    first, *others = np.argsort(-scores)
    stands_out = not others or scores[first] - scores[others[0]] >= _LEAST_GAP
    return list_statements(asked.question, lists[first]) if scores[first] >= least and stands_out else []


def _lists(article: Article, outline: Outline) -> Iterator[ListFound]:
    """Every run of sibling parts, with the heading above it or the sentence before it that says their number."""
    pending = [(Span(article.body_start, section.start), outline.sections) for section in outline.sections[:1]]
    while pending:
        before, siblings = pending.pop()
        for _, run in groupby(siblings, key=lambda section: section.label[-1:] or section.kind):
            parts = tuple(run)
            spans = sentences(article.text, before)
            if len(parts) >= 2 and spans:
                said = (span for span in spans if _counted_name(article, span, len(parts)))
                yield ListFound(article, next(said, spans[-1]), parts, 0.0)
        pending.extend((section.heading, section.children) for section in siblings if section.children)


def _counted_name(article: Article, span: Span, count: int) -> str:
    """What the name in these characters counts, where it says that number of parts (五个聚焦: 聚焦), or empty."""
    names = map(numbered_name, names_in(article.text[span.start : span.end]))
    return next((name.head for name in names if name and name.count == count), "")


def _described(found: ListFound) -> str:
    heads = (quote_of(found.article, part.heading)[:_LONGEST_PART] for part in found.parts)
    return f"{quote_of(found.article, found.announcement)} {' '.join(heads)}"


def _name(found: ListFound) -> str:
    """What the announcement says that the parts are, else the announcement."""
    announced = _counted_name(found.article, found.announcement, len(found.parts))
    return announced or quote_of(found.article, found.announcement)[:_LONGEST_PART]


def _nearest_sentence(asked: _Asked, passages: Sequence[tuple[Article, Span]], retriever: Retriever) -> list[Statement]:
    """The sentence nearest in meaning of those that hold what is asked for, where it stands out from all others."""
    spans = dict.fromkeys((article, span) for article, p in passages for span in sentences(article.text, p))
    candidates = [Statement(*pair) for pair in spans if pair[1] not in pair[0].bylines]
    texts = [quote_of(c.article, c.span) for c in candidates]
    fitting = [i for i, text in enumerate(texts) if _can_answer(text, candidates[i].article, asked)]
    if not fitting:
        return []
    encode = retriever.encoder.encode_passages
    vectors = encode(texts)
    cosines, near_focus = vectors @ asked.query, vectors @ asked.focus
    looked_at = sorted(fitting, key=lambda i: -cosines[i])[:_CLOSE_LOOKS]
    runs = [(i, run) for i in looked_at for run in _clause_runs(texts[i]) if _holds(run, asked)]
    owners = np.array([*looked_at, *(i for i, _ in runs)])
    closer = np.vstack([vectors[looked_at], *([encode([run for _, run in runs])] if runs else [])])
    nearest = {i: float((closer[owners == i] @ asked.query).max()) for i in looked_at}
    nearness = {i: _CLAUSE_WEIGHT * nearest[i] + (1 - _CLAUSE_WEIGHT) * float(cosines[i]) for i in looked_at}
    best = max(looked_at, key=lambda i: nearness[i])
    focused = float((closer[owners == best] @ asked.focus).max())
    margin = nearness[best] - float(cosines.mean()) + focused - float(near_focus.mean())
    return [candidates[best]] if margin >= _LEAST_MARGIN else []


def _clause_runs(text: str) -> list[str]:
    """The clauses of a sentence and each two neighbours; none of a sentence of one clause."""
    spans = clauses(text, Span(0, len(text)))
    runs = [*spans, *(Span(a.start, b.end) for a, b in pairwise(spans))] if len(spans) > 1 else []
    return [text[span.start : span.end] for span in runs]


def _can_answer(text: str, article: Article, asked: _Asked) -> bool:
    """Whether a sentence of the article can: it is no heading, speaks of the place and of no other year."""
    said = years_in(text)
    of_year = not said or not asked.question.years or not set(said).isdisjoint(asked.question.years)
    of_place = asked.is_of_place(article) or any(place in text for place in asked.places)
    return bool(_STOPS.search(text)) and of_year and of_place and _holds(text, asked)


def _holds(text: str, asked: _Asked) -> bool:
    """Whether the text holds the kind of thing asked for; of several things, their number or so many."""
    count = asked.english.count
    if count is not None:
        # 四是… is the fourth of several, and not four of them.
        said = rf"(?<![\d.]){count}(?![\d.])|(?<!第){_NUMERALS[min(count, 10)]}(?![是、])"
        return bool(re.search(said, text)) or text.count("、") + text.count("《") >= count - 1
    if asked.english.wants == "amount":
        return bool(_AMOUNT.search(text))
    if asked.english.wants == "time":
        return bool(_TIME.search(text))
    if asked.english.wants == "person":
        return any(is_person(name) for pair in _HELD.findall(text) for name in pair if name)
    return True
