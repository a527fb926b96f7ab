"""Every question written for the sample corpus, answered from it; and the scoring of the answers itself."""

import pytest

from benchmarks.measuring.scoring import check, read_questions
from qa.json_form import answer_json

RIGHT_AT_LEAST = 47


@pytest.fixture(scope="module")
def answers(sample):
    questions = read_questions()
    return [(q, answer_json(sample.ask(q["question"], q["history"]), q["id"])) for q in questions]


def test_nearly_all_questions_are_answered_rightly(answers):
    wrong = {question["id"]: problems for question, answer in answers if (problems := check(question, answer))}
    assert len(answers) == 51
    assert len(answers) - len(wrong) >= RIGHT_AT_LEAST, wrong


def test_the_question_about_12345_is_right(answers):
    question, answer = answers[0]
    assert question["question"] == "泰安的12345工作法是什么"
    assert check(question, answer) == []


def test_every_quote_stands_where_its_citation_says(answers, sample):
    for _, answer in answers:
        for citation in (*answer["citations"], *answer["nearest"]):
            text = sample.article(citation["article_id"]).text
            assert text[citation["start"] : citation["end"]] == citation["quote"] != ""


def test_in_milvus_the_same_is_answered(answers, sample_in_milvus):
    for question, answer in answers[::5]:
        there = answer_json(sample_in_milvus.ask(question["question"], question["history"]), question["id"])
        assert there["answer"] == answer["answer"]
        assert [_place(one) for one in there["citations"]] == [_place(one) for one in answer["citations"]]


def _place(citation):
    return citation["article_id"], citation["start"], citation["end"]


QUESTION = {"kind": "fact", "article": "lake", "must": [["312天", "三百一十二天"], ["2021年"]]}


def reply(answer="柳湖2021年优良天数312天。[1]", article="lake", abstained=False, **changed):
    citation = {"number": 1, "article_id": article, "quote": "柳湖2021年优良天数312天。"}
    return {"answer": answer, "abstained": abstained, "reason": "没有", "citations": [citation]} | changed


@pytest.mark.parametrize(
    ("question", "answer", "problems"),
    [
        ({}, reply(), []),
        ({}, reply("柳湖 2021 年：优良天数“312天”。[1]"), []),
        ({}, reply("柳湖2021年优良天数[1]"), ["the answer lacks 312天 or 三百一十二天"]),
        ({}, reply(abstained=True), ["abstains: 没有"]),
        ({}, reply("柳湖2021年优良天数312天。"), ["markers [] but citations [1]", *["what is cited lacks"] * 2]),
        ({}, reply("柳湖2021年优良天数312天。[1][2]"), ["markers [1, 2] but citations [1]"]),
        ({}, reply(article="hill"), ["cites hill"]),
        ({"article": ["hill", "lake"]}, reply(article="hill"), []),
        ({"must": [["岸绿"]]}, reply("岸绿[1]"), ["what is cited lacks 岸绿"]),
        ({"must": [["岸绿"]], "kind": "meta"}, reply("岸绿[1]"), []),
        ({}, reply("柳湖2021年优良天数312天。[1]" + "长" * 300), ["316 characters long"]),
        ({"kind": "none", "article": None, "must": []}, reply(), ["answers what the corpus does not say"]),
        ({"kind": "none", "article": None, "must": []}, reply(abstained=True), []),
    ],
)
def test_the_scoring_finds_what_is_wrong(question, answer, problems):
    found = check(QUESTION | question, answer)
    assert len(found) == len(problems), found
    assert all(said.startswith(expected) for said, expected in zip(found, problems, strict=True)), found
