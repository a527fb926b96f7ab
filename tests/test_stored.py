"""A conversation kept in the browser comes back as it was, and nothing else does."""

import copy
import json
from dataclasses import replace

import pytest

from qa.types import Answer, AnswerSpan, Considered, Trace
from tests.conversations import FINES, tentative, worded
from ui.asking.stored import turns_from_json, turns_to_json
from ui.types import Turn

EXACT = "27人"
QUESTIONS = ["流动图书车多久去一次外岛", "种树的办法有哪四条", "山谷县的护林员有多少人", "今天的金价是多少"]


@pytest.fixture(scope="module")
def turns(written):
    answered = [Turn(question, with_exact_words(written.ask(question))) for question in QUESTIONS]
    return (*answered, Turn("还在等的问题"), Turn("出错的问题", error="没有这篇文章。"))


def with_exact_words(answer):
    """The answer with EXACT marked where it says that, whether or not it was marked already."""
    if EXACT not in answer.text:
        return answer
    (cited,) = answer.citations
    at, start = answer.text.index(EXACT), cited.start + cited.quote.index(EXACT)
    return replace(answer, answer_spans=(AnswerSpan(at, at + 3, cited.number, start, start + 3),))


def without_trace(turn):
    return replace(turn, answer=replace(turn.answer, trace=None)) if turn.answer else turn


def test_real_answers_survive_the_browser(turns):
    assert [turn.answer.abstained for turn in turns[:4]] == [False, False, False, True]
    assert any(turn.answer.answer_spans for turn in turns[:4])
    stored = json.loads(json.dumps(turns_to_json(turns)))
    assert turns_from_json(stored) == tuple(map(without_trace, turns))


def test_the_trace_stays_behind(turns):
    passage = Considered("a", "题", 0, 3, 1, None, 0.5, None, 0.5, None, cited=True)
    traced = Turn("问", replace(turns[0].answer, trace=Trace("fact", ("词",), (passage,))))
    (stored,) = turns_to_json([traced])
    assert stored["answer"]["trace"] is None
    assert turns_from_json([stored]) == (Turn("问", replace(turns[0].answer, trace=None)),)
    stored["answer"]["trace"] = {"kind": "fact", "terms": ["词"], "passages": []}
    assert turns_from_json([stored])[0].answer.trace is None


def test_keys_of_another_version_are_passed_over(turns):
    (stored,) = turns_to_json(turns[:1])
    stored["added_later"] = 1
    for later in ("suggestions", "sentences", "note", "pending", "tentative"):
        del stored["answer"][later]
    restored = turns_from_json([stored])[0].answer
    assert (restored.suggestions, restored.sentences, restored.note, restored.tentative) == ((), (), "", False)


def test_an_unsure_answer_is_still_unsure_after_the_browser():
    turn = Turn("罚了多少", tentative("罚了多少", FINES, exact=("12.6万元",)))
    stored = json.loads(json.dumps(turns_to_json([turn])))
    assert stored[0]["answer"]["tentative"] is True
    assert turns_from_json(stored) == (turn,)
    with pytest.raises(ValueError, match="withheld"):
        turns_from_json(broken(stored, (*ANSWER, "abstained"), True))
    with pytest.raises(ValueError, match="tentative"):
        turns_from_json(broken(stored, (*ANSWER, "tentative"), 1))


def test_a_language_models_answer_survives_with_what_was_struck():
    answer = replace(worded(), note="语言模型改写了一半。")
    stored = json.loads(json.dumps(turns_to_json([Turn("问", answer)])))
    assert turns_from_json(stored) == (Turn("问", answer),)
    assert [one.support for one in turns_from_json(stored)[0].answer.sentences] == [
        "supported", "unsupported", "verbatim", "supported", "unsupported",
    ]  # fmt: skip


def test_half_a_character_keeps_the_conversation():
    (stored,) = turns_to_json([Turn("半个\ud800字")])
    assert stored["question"] == "半个?字"
    assert turns_from_json([stored]) == (Turn("半个?字"),)


def broken(stored, path, value):
    changed = copy.deepcopy(stored)
    *parents, last = path
    node = changed
    for key in parents:
        node = node[key]
    node[last] = value
    return changed


ANSWER = (0, "answer")
CITATION = (0, "answer", "citations", 0)
SPAN = (0, "answer", "answer_spans", 0)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((0, "question"), 7),
        ((0, "question"), None),
        ((0, "question"), "问" * 2001),
        ((0, "answer"), "text"),
        ((*ANSWER, "text"), ["<b>"]),
        ((*ANSWER, "text"), "短"),
        ((*ANSWER, "text"), "长" * 200_001),
        ((*ANSWER, "confidence"), 1.5),
        ((*ANSWER, "confidence"), float("nan")),
        ((*ANSWER, "confidence"), "0.5"),
        ((*ANSWER, "abstained"), 1),
        ((*ANSWER, "mode"), "generative"),
        ((*ANSWER, "timings", "total"), -1.0),
        ((*ANSWER, "suggestions"), ["问"] * 51),
        ((*CITATION, "number"), 0),
        ((*CITATION, "number"), "1"),
        ((*CITATION, "start"), -3),
        ((*CITATION, "end"), 10**6),
        ((*CITATION, "quote"), "别的话"),
        ((*CITATION, "title"), "题" * 4001),
        ((*SPAN, "number"), 9),
        ((*SPAN, "start"), -1),
        ((*SPAN, "end"), 10**6),
        ((*SPAN, "article_start"), 0),
        ((0, "error"), "错" * 4001),
    ],
)
def test_what_was_tampered_with_is_refused_in_one_line(turns, path, value):
    stored = turns_to_json([turn for turn in turns if turn.exact][:1])
    turns_from_json(stored)
    with pytest.raises(ValueError, match=r"/ ") as refused:
        turns_from_json(broken(stored, path, value))
    assert type(refused.value) is ValueError
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("sentences", 0, "numbers"), [4], "citation 4"),
        (("sentences", 0, "numbers"), [1, 1], "twice"),
        (("sentences", 0, "numbers"), [], "supported"),
        (("sentences", 0, "numbers"), ["1"], "numbers"),
        (("sentences", 1, "numbers"), [1], "supported"),
        (("sentences", 1, "support"), "true", "support"),
        (("sentences", 2, "level"), -1, "level"),
        (("sentences", 2, "level"), 10, "level"),
        (("sentences", 2, "text"), ["<b>"], "text"),
        (("sentences", 2, "text"), "长" * 200_001, "too long"),
        (("sentences", 2, "begins_line"), "yes", "begins_line"),
        (("sentences",), [{"text": "无", "support": "unsupported", "numbers": []}] * 10_000, "too many"),
        (("sentences",), "text", "sentences"),
        (("note",), "长" * 4001, "too long"),
        (("pending",), "还没查的", "not whole"),
        (("mode",), "invented", "mode"),
    ],
)
def test_sentences_that_were_tampered_with_are_refused(path, value, says):
    stored = turns_to_json([Turn("问", worded())])
    with pytest.raises(ValueError, match=says) as refused:
        turns_from_json(broken(stored, (*ANSWER, *path), value))
    assert "\n" not in str(refused.value)


def test_two_citations_of_one_number_are_refused(turns):
    (stored,) = turns_to_json(turns[:1])
    stored["answer"]["citations"] *= 2
    with pytest.raises(ValueError, match="one number"):
        turns_from_json([stored])


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        "[]",
        3,
        [None],
        [[]],
        [{}],
        [{"answer": None}],
        [b"x"],
        {1, 2},
        nested(100_000),
        [{"question": "\ud800"}],
    ],
)
def test_what_is_no_conversation_is_refused(data):
    with pytest.raises(ValueError, match=r"/ "):
        turns_from_json(data)


def test_a_conversation_has_an_end():
    assert len(turns_from_json([{"question": "问"}] * 200)) == 200
    with pytest.raises(ValueError, match="200"):
        turns_from_json([{"question": "问"}] * 201)


def test_nothing_is_a_conversation_too():
    assert turns_from_json(turns_to_json([])) == ()


def test_the_answer_type_is_covered(turns):
    assert set(turns_to_json(turns[:1])[0]["answer"]) == set(Answer.__slots__)
