"""Questions on items and on rules of several years, asked of the real model: every one of them has to be right."""

import re

import pytest

import qa
from embeddings.encoding.encoder import Encoder
from embeddings.rebuilding.rebuild import rebuild
from tests.counted_articles import write_counted_articles
from tests.counted_questions import EDITIONS, HOW_MANY, MOST, SUMS, UNTOUCHED, WHICH, YEARS, Counted


@pytest.fixture(scope="module")
def counted(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    """An answerer over the articles that the questions are about."""
    index = tmp_path_factory.mktemp("counted") / "index"
    rebuild(write_counted_articles(index.parent / "articles"), index)
    return qa.load(index)


def wrong_with(asked: Counted, answer: qa.Answer) -> list[str]:
    said = re.sub(r"\[\d+\]", "", answer.text)
    missing = [one for one in asked.says.split() if not any(either in said for either in one.split("|"))]
    forbidden = [f"not {one}" for one in asked.never.split() if one in said and not answer.abstained]
    cited = {citation.article_id for citation in answer.citations}
    others = sorted(cited ^ set(asked.articles.split())) if asked.articles else []
    unsure = ["unsure"] if asked.articles and answer.tentative else []
    return [*missing, *forbidden, *others, *unsure]


@pytest.mark.parametrize(
    "questions",
    [
        WHICH,
        HOW_MANY,
        MOST,
        SUMS,
        EDITIONS,
        YEARS,
        UNTOUCHED,
    ],
    ids=["which", "how many", "most and least", "sums", "editions", "years", "not read wholly"],
)
def test_every_question_of_a_kind_is_right(counted: qa.Answerer, questions: tuple[Counted, ...]) -> None:
    wrong = {asked.question: what for asked in questions if (what := wrong_with(asked, counted.ask(asked.question)))}
    assert wrong == {}


def test_a_follow_up_asks_of_the_items_before(counted: qa.Answerer) -> None:
    answer = counted.ask("其中还没有动工的有哪些", history=["云岭县城建攻坚项目有哪些"])
    items = [sentence.text for sentence in answer.sentences if sentence.level == 1]
    assert [item.partition(" ")[0] for item in items] == ["南湖公园二期", "客运北站公厕改造"]
