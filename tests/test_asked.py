"""Questions as people type them, asked of the real model: how many of each kind have to be right, and what never is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import qa
from embeddings.encoding.encoder import Encoder
from embeddings.reading.articles import read_articles
from embeddings.rebuilding.rebuild import rebuild
from embeddings.structure.tables import rows_within
from embeddings.types import Article, Span
from qa.reading.worded import row_text
from qa.types import TENTATIVE, Answer
from tests import asked_more_questions as more
from tests.asked_articles import ARTICLES, write_asked_articles
from tests.asked_questions import PARAPHRASES, TWO_THINGS, WRONG_SUBJECT, Asked

Judged = Callable[[Asked, Answer], str]
"""Says what is wrong with an answer; empty: nothing."""


@pytest.fixture(scope="module")
def asked_answerer(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    """An answerer over the articles that the questions are about."""
    index = tmp_path_factory.mktemp("asked") / "index"
    rebuild(write_asked_articles(index.parent / "articles"), index)
    return qa.load(index)


def unsaid_in(said: str, text: str) -> list[str]:
    """What of the strings expected, as `Asked.said` writes them, the text does not hold."""
    return [one for one in said.split() if not any(either in text for either in one.split("|"))]


def cited(answer: Answer) -> set[str]:
    return {citation.article_id for citation in answer.citations}


def is_sure(answer: Answer) -> bool:
    return not answer.abstained and not answer.tentative


def not_answered(asked: Asked, answer: Answer) -> str:
    if answer.abstained:
        return f"abstained: {answer.reason}"
    if missing := unsaid_in(asked.said, answer.text):
        return f"not said: {missing}, but: {answer.text}"
    uncited = set(asked.articles.split()) - cited(answer)
    return f"not cited: {sorted(uncited)}, but: {sorted(cited(answer))}" if uncited else ""


def sure_from_another(asked: Asked, answer: Answer) -> str:
    others = cited(answer) - set(asked.articles.split())
    return f"sure, from {sorted(others)}: {answer.text}" if is_sure(answer) and others else ""


def sure(asked: Asked, answer: Answer) -> str:
    if is_sure(answer):
        return f"sure: {answer.text}"
    read = answer.reason.startswith(("读了最接近的", "读到的文章没有写"))
    return "" if answer.tentative or read else f"refused with: {answer.reason}"


def spoken(asked: Asked, answer: Answer) -> str:
    return "" if answer.abstained else f"answered: {answer.text}"


def denies_words(asked: Asked, answer: Answer) -> str:
    """A name may be denied where the articles say another number of the same; that was looked up in all of them."""
    denied = "没有文章" in answer.reason and "文章说的是" not in answer.reason
    return f"claims of words: {answer.reason}" if denied else ""


def nothing(asked: Asked, answer: Answer) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one kind."""

    questions: tuple[Asked, ...]
    least: int
    """How many have to be right."""
    wrong: Judged = not_answered
    """What makes one not right."""
    never: Judged = nothing
    """What no answer may be."""


GROUPS = {
    "paraphrases": Group(PARAPHRASES, 16),
    "the wrong subject": Group(WRONG_SUBJECT, 33, sure_from_another),
    "two things in one": Group(TWO_THINGS, 7),
    "follow-ups": Group(more.FOLLOW_UPS, 11),
    "who, which day, which number": Group(more.PAGES, 12),
    "tables": Group(more.TABLES, 12),
    "lists": Group(more.LISTS, 8),
    "keywords, typos, situations": Group(more.TYPED, 9),
    "not said anywhere": Group(more.UNSAID, 17, sure, denies_words),
    "near nothing": Group(more.NOTHING_NEAR, 10, spoken),
}


def ask(answerer: qa.Answerer, asked: Asked) -> Answer:
    """The answer, which stands in the form that every answer has."""
    answer = answerer.ask(asked.question, history=asked.history)
    for citation in (*answer.citations, *answer.nearest):
        assert answerer.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    assert answer.tentative == answer.text.startswith(TENTATIVE), (asked.question, answer.text)
    if answer.tentative:
        assert 1 <= len(answer.sentences) <= 2, (asked.question, answer.text)
        assert len(cited(answer)) == 1, (asked.question, answer.text)
    return answer


_SURE_OF_TOO_MUCH = pytest.mark.xfail(reason="four or five of twenty are answered with certainty", strict=False)


@pytest.mark.parametrize(
    "group",
    [
        pytest.param(group, id=name, marks=[_SURE_OF_TOO_MUCH] if name == "not said anywhere" else [])
        for name, group in GROUPS.items()
    ],
)
def test_enough_of_each_kind_are_right(asked_answerer: qa.Answerer, group: Group) -> None:
    answers = [(asked, ask(asked_answerer, asked)) for asked in group.questions]
    wrong = [(asked.question, what) for asked, answer in answers if (what := group.wrong(asked, answer))]
    never = [(asked.question, what) for asked, answer in answers if (what := group.never(asked, answer))]
    for question, what in wrong:
        print(f"{question}: {what}")
    assert not never
    assert len(answers) - len(wrong) >= group.least


def test_a_row_is_shown_with_the_names_of_its_columns(asked_answerer: qa.Answerer) -> None:
    answer = ask(asked_answerer, more.ROW)
    assert any(sentence.text == more.ROW.said for sentence in answer.sentences), answer.text


def everything_in(article: Article) -> str:
    """The text, its table rows as they are shown, and what the page says of it."""
    rows = rows_within(article.text, Span(0, len(article.text)))
    shown = (row_text(article.text, row)[0] for row in rows)
    return "\n".join((article.text, *shown, article.author, article.source, article.published))


def test_what_is_expected_stands_in_the_articles(tmp_path: Path) -> None:
    articles = [one for one in read_articles(write_asked_articles(tmp_path / "articles")) if isinstance(one, Article)]
    assert len(articles) == len(ARTICLES) == 12
    held = {article.id: everything_in(article) for article in articles}
    for asked in (more.ROW, *(asked for group in GROUPS.values() for asked in group.questions)):
        together = "\n".join(held[article_id] for article_id in asked.articles.split())
        assert not unsaid_in(asked.said, together), asked.question
        assert set(asked.old.split()) <= held.keys() - set(asked.articles.split()), asked.question
