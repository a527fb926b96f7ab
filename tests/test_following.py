"""What is retrieved for a follow-up, and which articles answered before, with a retriever that looks its hits up."""

from dataclasses import dataclass, field

import pytest

from embeddings.types import Hit, Passage
from qa.composing.citations import cite
from qa.retrieving.answered_before import AnsweredBefore
from qa.types import Answer, Timings
from qa.understanding.following import retrieve
from qa.understanding.question import understand
from tests.found import place_of, written


@dataclass
class Looked:
    """Finds the passages with these letters for a question; in articles alone those it is told to find there."""

    found: dict[str, str]
    inside: str = ""
    asked: str = "index-1"
    queries: list = field(default_factory=list)
    anchors: tuple = ()

    def retrieve(self, question, limit):
        self.queries.append((question, limit, self.anchors))
        letters = self.inside if self.anchors else self.found[question]
        return tuple(Hit(Passage(letter, letter, 0, 1, ()), 0.0, 1, 1, 0.9, 1.0) for letter in letters[:limit])

    def within(self, articles):
        return Looked(self.found, self.inside, self.asked, self.queries, tuple(articles))


def letters(hits):
    return "".join(hit.passage.id for hit in hits)


def test_a_question_by_itself_has_its_twenty_passages():
    looked = Looked({"灯塔有多高": "abcdefghijklmnopqrstuvwxyz"})
    assert letters(retrieve(understand("灯塔有多高"), ["x"], looked)) == "abcdefghijklmnopqrst"
    assert looked.queries == [("灯塔有多高", 20, ())]


def test_a_follow_up_has_in_turn_what_fits_all_together_what_answered_and_what_fits_alone():
    looked = Looked({"灯塔有多高 谁看护": "abc", "谁看护": "dbe"}, inside="xyad")
    assert letters(retrieve(understand("谁看护", ["灯塔有多高"]), ["tower"], looked)) == "axdbyce"
    assert sorted(looked.queries) == sorted(
        [("灯塔有多高 谁看护", 20, ()), ("灯塔有多高 谁看护", 10, ("tower",)), ("谁看护", 20, ())]
    )


def test_a_follow_up_to_nothing_found_has_only_the_questions():
    looked = Looked({"灯塔有多高 谁看护": "abc", "谁看护": "dbe"})
    assert letters(retrieve(understand("谁看护", ["灯塔有多高"]), [], looked)) == "adbce"
    assert {anchors for _, _, anchors in looked.queries} == {()}


def test_of_many_questions_before_the_first_and_the_last_are_asked_with_it():
    looked = Looked({"甲是什么 丙呢 丁呢": "a", "丁呢": "b"})
    assert letters(retrieve(understand("丁呢", ["甲是什么", "乙呢", "丙呢"]), [], looked)) == "ab"


def test_there_are_never_more_than_twenty():
    looked = Looked({"甲 乙": "abcdefghijklmnopqrst", "乙": "ABCDEFGHIJKLMNOPQRST"})
    assert letters(retrieve(understand("乙", ["甲"]), [], looked)) == "aAbBcCdDeEfFgGhHiIjJ"


ARTICLES = [written(name, "灯塔高21米。") for name in ("one", "two", "three", "four")]


def answer(cited, nearest=()):
    def citations(names):
        known = {article.id: article for article in ARTICLES}
        return tuple(
            cite(known[name], place_of(known[name], "灯塔高21米。"), n, "s") for n, name in enumerate(names, 1)
        )

    return Answer(
        "问", "问", "", citations(cited), citations(nearest), not cited, "", 1.0, "extractive", Timings(0.0, 0.0, 0.0)
    )


@pytest.mark.parametrize(
    ("cited", "nearest", "articles"),
    [
        (["two", "one", "two"], [], ("two", "one")),
        (["one", "two", "three", "four"], [], ("one", "two", "three")),
        ([], ["four", "one"], ("four",)),
        ([], [], ()),
    ],
)
def test_the_articles_cited_are_remembered_and_of_a_refusal_the_nearest(cited, nearest, articles):
    before, looked = AnsweredBefore(), Looked({})
    before.remember(looked, ["甲", "乙"], answer(cited, nearest))
    assert before.articles(looked, ("甲", "乙")) == articles


def test_another_conversation_or_index_was_not_answered():
    before = AnsweredBefore()
    before.remember(Looked({}), ["甲"], answer(["one"]))
    assert before.articles(Looked({}), ["乙"]) is None
    assert before.articles(Looked({}), ["乙", "甲"]) is None
    assert before.articles(Looked({}, asked="index-2"), ["甲"]) is None


def test_the_last_answer_to_a_conversation_counts_and_the_oldest_of_a_thousand_is_forgotten():
    before, looked = AnsweredBefore(), Looked({})
    for n in range(1000):
        before.remember(looked, [str(n)], answer(["one"]))
    before.remember(looked, ["999"], answer(["two"]))
    assert before.articles(looked, ["0"]) == ("one",)
    before.remember(looked, ["1000"], answer(["one"]))
    assert (before.articles(looked, ["0"]), before.articles(looked, ["999"])) == (None, ("two",))
