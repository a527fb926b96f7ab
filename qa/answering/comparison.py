"""Answers a comparison: the same asked of each side, all answers side by side, each from its own articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from embeddings.folding import squeeze
from embeddings.reading.places import find_places
from embeddings.sentences import sentences
from embeddings.types import Article, Outline, Section, Span
from qa.answering.finding import Finding
from qa.answering.list_answer import bare_heading
from qa.answering.mentions import says
from qa.answering.metadata import head_of
from qa.answering.overview import overview
from qa.citations import Statement, quote_of
from qa.evidence.subject import is_of_place, whole_article
from qa.retriever import PASSAGES, Retriever, article_ids
from qa.understanding.comparison_questions import AskedSide, Comparison, read_comparison
from qa.understanding.names import names_in
from qa.understanding.question import Question, understand

_BROAD = re.compile(
    r"(?:主要|具体|基本|好的?)*(?:做法|经验|措施|举措|方法|办法|方式|模式|特点|特色|亮点|成效|情况|工作|思路|路径|内容|重点|制度)+$"
)
"""What is compared may be as broad as whole articles: then their own main sections are what they say of it."""
_COMPARES = re.compile(r"不同|区别|差异|差别|相比|不一样|共同|相同|而")
_LEAST_PARTS = 2
_MOST = 12
"""Lines of a side that are listed; an article's sections on the second level go first where there are more."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared and what the corpus says of it: nothing where it does not say."""

    name: str
    statements: tuple[Statement, ...]


def compare(question: Question, retriever: Retriever, answer_one: Callable[[str], Sequence[Statement]]) -> Finding:
    """Each side under its name; refused unless the corpus speaks of every one, with what it says of the others.

    `answer_one` answers one question that stands by itself.
    """
    asked = read_comparison(question.text)
    if asked is None:
        return Finding((), "没有看懂要比较的是哪几方")
    sides = [_side(side, asked.asked, retriever, answer_one) for side in asked.sides]
    silent = "、".join(side.name for side in sides if not side.statements)
    told = tuple(statement for side in _merged(sides) for statement in _headed(side))
    if silent and (directly := _said_directly(asked, question.text, retriever)):
        return Finding(directly)
    return Finding((), f"文章没有说{silent}的这一点，无法比较", told) if silent else Finding(told)


def _said_directly(asked: Comparison, text: str, retriever: Retriever) -> tuple[Statement, ...]:
    """A sentence that names every side and says itself in what they differ."""
    for hit in retriever.retrieve(text, PASSAGES):
        article = retriever.snapshot.corpus.article(hit.passage.article_id)
        for span in sentences(article.text, Span(hit.passage.start, hit.passage.end)):
            said = squeeze(article.text[span.start : span.end])
            if _COMPARES.search(said) and all(squeeze(side.name) in said for side in asked.sides):
                return (Statement(article, span),)
    return ()


def _merged(sides: Sequence[Side]) -> list[Side]:
    """Sides that the very same sentences speak of stand under both names."""
    merged: list[Side] = []
    for side in sides:
        same = next((n for n, other in enumerate(merged) if other.statements == side.statements), None)
        if same is None:
            merged.append(side)
        else:
            merged[same] = Side(f"{merged[same].name}、{side.name}", side.statements)
    return merged


def _headed(side: Side) -> list[Statement]:
    """The first statement behind the side's name, the others below it."""
    if not side.statements:
        return []
    first, *others = side.statements
    said = first.wording or quote_of(first.article, first.span)
    rest = [replace(other, indent=max(1, other.indent)) for other in others]
    named = replace(first, indent=0, wording=f"{side.name}：{said}", computed=(*first.computed, side.name, said))
    return [named, *rest]


def _side(side: AskedSide, asked: str, retriever: Retriever, answer_one: Callable[[str], Sequence[Statement]]) -> Side:
    """What is said of the side: the sections on it, a list, of something broad its whole article, or a sentence."""
    thing = asked or side.topic.removeprefix(side.name).removeprefix("的")
    broad = not thing or _BROAD.search(thing) is not None
    core = _BROAD.sub("", thing)
    article = _article_of(side, retriever)
    outline = retriever.snapshot.corpus.outline(article.id) if article else None
    if article and outline and core and not names_in(side.topic):
        sections = _sections_on(core, article, outline)
        if sections:
            return Side(side.name, _within_limit(sections))
    answer = _answer(side, broad, retriever, answer_one) if side.topic != side.name or names_in(side.topic) else ()
    if len(answer) > _LEAST_PARTS or not broad or article is None or outline is None:
        return Side(side.name, _within_limit(answer))
    on_subject = bool(answer) or not core or says(whole_article(article), core)
    return Side(side.name, _within_limit(tuple(overview(article, outline))) if on_subject else ())


def _answer(
    side: AskedSide, broad: bool, retriever: Retriever, answer_one: Callable[[str], Sequence[Statement]]
) -> tuple[Statement, ...]:
    """The longer of the answers to “…有哪些” and “…是什么” for something broad, else the first; of its own articles."""
    found: list[tuple[Statement, ...]] = []
    for asking in ("有哪些", "是什么") if broad else ("是什么", "有哪些"):
        answer = tuple(answer_one(f"{side.topic}{asking}"))
        if answer and all(_is_of(statement.article, side, retriever) for statement in answer):
            found.append(answer)
    return max(found, key=len) if found and broad else next(iter(found), ())


def _within_limit(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    if len(statements) <= _MOST:
        return statements
    return tuple(statement for statement in statements if statement.indent < 2)


def _is_of(article: Article, side: AskedSide, retriever: Retriever) -> bool:
    """Whether an article can speak for the side: it is about the place, or names the unit."""
    if find_places(side.name):
        return is_of_place(article, understand(side.name))
    return squeeze(side.name) in whole_article(article)


def _article_of(side: AskedSide, retriever: Retriever) -> Article | None:
    """The best article that is about the side: one whose title or opening names it before others."""
    corpus = retriever.snapshot.corpus
    hits = retriever.retrieve(side.topic, PASSAGES)
    articles = [corpus.article(i) for i in article_ids(hits)]
    fitting = [article for article in articles if _is_of(article, side, retriever)]
    naming = (a for a in fitting if squeeze(side.name) in squeeze(f"{a.title}{a.text[: a.body_start + 200]}"))
    return next(naming, fitting[0] if fitting else None)


def _sections_on(core: str, article: Article, outline: Outline) -> tuple[Statement, ...]:
    """The sections of one level whose headings say it, each with its parts: those of the outermost level."""
    level = list(outline.sections)
    while level:
        about = [s for s in level if len(s.children) >= _LEAST_PARTS and says(quote_of(article, s.heading), core)]
        if len(about) == 1:
            return tuple(_with_parts(article, about[0], 0))
        if about:
            wording = f"《{article.title}》里写“{core}”的部分："
            whole = Statement(article, head_of(article), wording=wording, computed=(core,))
            return (whole, *(statement for section in about for statement in _with_parts(article, section, 1)))
        level = [child for section in level for child in section.children]
    return ()


def _with_parts(article: Article, section: Section, indent: int) -> Iterator[Statement]:
    yield Statement(article, bare_heading(article, section.heading), indent)
    for child in section.children:
        yield Statement(article, bare_heading(article, child.heading), indent + 1)
