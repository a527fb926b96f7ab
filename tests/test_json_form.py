"""The JSON of an answer: what each sentence rests on, and how faithful the whole is."""

from dataclasses import replace

from qa.json_form import answer_json
from qa.types import TENTATIVE
from tests.conversations import FINES, RESCUE, TEAMS, refusal, tentative, worded


def span(citation):
    return {"number": citation.number, "article_id": "harbour", "start": citation.start, "end": citation.end}


def test_each_sentence_carries_its_support_and_its_spans():
    answer = answer_json(worded())
    assert (answer["mode"], answer["faithful"], answer["note"]) == ("generated", 0.6, "")
    assert answer["sentences"] == [
        {
            "text": "港城一年里查处了35起，共罚12.6万元。",
            "support": "supported",
            "level": 0,
            "spans": [span(FINES)],
        },
        {"text": "这比上一年多了一倍。", "support": "unsupported", "level": 0, "spans": []},
        {"text": "一是巡查队。", "support": "verbatim", "level": 1, "spans": [span(TEAMS)]},
        {"text": "巡查的和救援的各有一支。", "support": "supported", "level": 1, "spans": [span(TEAMS), span(RESCUE)]},
        {"text": "第三支正在组建。", "support": "unsupported", "level": 1, "spans": []},
    ]
    assert "第三支" not in answer["answer"]


def test_spans_come_in_the_order_of_the_sentence_and_shares_are_rounded():
    sentences = worded().sentences[:3]
    turned = replace(sentences[0], numbers=(3, 1))
    answer = answer_json(replace(worded(), sentences=(turned, *sentences[1:])))
    assert [one["number"] for one in answer["sentences"][0]["spans"]] == [3, 1]
    assert answer["faithful"] == 0.6667


def test_an_unsure_answer_is_marked_and_its_spans_count_from_the_line_that_says_so():
    answer = answer_json(tentative("罚了多少", FINES, exact=("12.6万元",)))
    assert (answer["tentative"], answer["abstained"]) == (True, False)
    assert answer["answer"] == f"{TENTATIVE}\n{FINES.quote}[1]"
    (exact,) = answer["answer_spans"]
    assert answer["answer"][exact["start"] : exact["end"]] == exact["text"] == "12.6万元"
    assert answer_json(worded())["tentative"] is False


def test_a_refusal_has_no_sentence_and_says_why_no_model_was_used():
    answer = answer_json(replace(refusal("金价呢", "没有提到。"), note="语言模型超时。"))
    assert (answer["sentences"], answer["faithful"], answer["note"]) == ([], 1.0, "语言模型超时。")
