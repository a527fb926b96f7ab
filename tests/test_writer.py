"""Answers worded by a language model: what is kept of a reply, what is struck, what is given in its place."""

from dataclasses import replace
from itertools import pairwise

import pytest

import qa
from qa.llm.model import GenerationError, Limits
from qa.types import TENTATIVE, TENTATIVE_WORDED
from tests.scripted_model import Breaking, ScriptedModel

FINE = "港务局查处违规作业罚款多少"
METHOD = "港城的123工作方法是什么"


@pytest.fixture
def asking(written, monkeypatch):
    """Asks the written articles through a scripted model."""

    def ask(model, question, history=()):
        from qa.generation.writer import Writer

        monkeypatch.setattr(written, "_writer", Writer(model))
        monkeypatch.setattr(written, "_log_unanswered", False)
        return list(written.stream(question, history))

    return ask


def test_a_supported_sentence_cites_the_exact_sentence_and_not_the_passage(asking):
    *_, answer = asking(ScriptedModel("港城市港务局全年罚款12.6万元[1]。"), FINE)
    # The figure stands in one sentence, whose it is in another; no more of the article is cited.
    assert answer.text == "港城市港务局全年罚款12.6万元。[1][2]"
    assert [c.quote for c in answer.citations] == [
        "港城市港务局从2021年起推行“123”工作方法，把全年的事情排成一张表，做到有头有尾。",
        "全年查处违规作业35起，罚款12.6万元，约谈企业8家。",
    ]
    assert (answer.mode, answer.faithful, answer.note) == ("generated", 1.0, "")
    assert [answer.text[span.start : span.end] for span in answer.answer_spans] in (["12.6万元"], [])


def test_a_wrong_figure_is_struck_and_never_part_of_the_text(asking):
    reply = "港务局全年查处违规作业35起，罚款12.6万元[1]。另外还罚款99万元[1]。"
    *_, answer = asking(ScriptedModel(reply), FINE)
    assert answer.text == "港务局全年查处违规作业35起，罚款12.6万元。[1]"
    assert [(s.text, s.support) for s in answer.sentences] == [
        ("港务局全年查处违规作业35起，罚款12.6万元。", "supported"),
        ("另外还罚款99万元。", "unsupported"),
    ]
    assert answer.faithful == 0.5


def test_a_sentence_without_a_marker_gets_the_right_one(asking):
    *_, answer = asking(ScriptedModel("港务局全年约谈企业8家。"), "港务局约谈了几家企业")
    assert answer.text.startswith("港务局全年约谈企业8家。[1]")
    assert "约谈企业8家。" in "".join(citation.quote for citation in answer.citations)


def test_parts_that_the_model_left_out_follow_in_the_articles_words(asking):
    *_, answer = asking(ScriptedModel("- 抓好“一个码头”，守住安全的底线[1]\n- 用好“两支队伍”[1]"), METHOD)
    lines = answer.text.split("\n")
    assert [line[:9] for line in lines] == ["- 抓好“一个码头", "- 用好“两支队伍", "- 办好“三件实事"]
    assert answer.sentences[-1].support == "verbatim"
    assert answer.sentences[-1].text == "办好“三件实事”，暖到职工的心里。"


def test_a_part_is_named_by_its_words_in_any_order_but_not_by_half_its_name(asking):
    question = "岛城图书馆的五个专区是哪些"
    *_, answer = asking(ScriptedModel("有少儿、盲文、古籍、渔民和安静五个专区[1]。"), question)
    assert answer.text.count("\n") == 0
    *_, answer = asking(ScriptedModel("有少儿、盲文、古籍和安静的专区[1]。"), question)
    assert [line[:6] for line in answer.text.split("\n")][1:] == ["- 渔民专区"]
    *_, answer = asking(ScriptedModel("三件实事：修食堂、建浴室、通班[1]。"), "港城的三件实事是哪些")
    assert "通班车" in answer.text


def test_an_answer_that_passes_over_the_best_evidence_gets_it_added(asking):
    *_, answer = asking(ScriptedModel("码头上装了60个摄像头[1]。"), FINE)
    assert "罚款12.6万元" in answer.text


def test_what_the_answer_rests_on_is_added_where_only_a_sentence_beside_it_is_cited(asking):
    *_, answer = asking(ScriptedModel("岛城图书馆去年开放了五个专区[1]。"), "岛城图书馆故事会什么时候办")
    assert answer.text == "岛城图书馆去年开放了五个专区。[1]\n每周日下午有故事会，全年办了48场。[2]"


def test_it_grows_and_every_state_holds(asking):
    states = asking(ScriptedModel("港务局全年查处违规作业35起[1]。约谈企业8家[1]。", size=2), FINE)
    assert len(states) > 8
    texts = [state.text for state in states]
    assert texts[0] == ""
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts[:-1]))
    assert all("[" not in state.pending for state in states)
    assert any(state.pending.startswith("港务局全年") for state in states)
    assert states[-1].pending == ""


def test_a_question_that_the_corpus_does_not_answer_costs_no_token(asking):
    model = ScriptedModel()
    (answer,) = asking(model, "火星基地有多少名工程师")
    assert (answer.abstained, answer.mode, model.sent) == (True, "extractive", [])


@pytest.fixture
def unsure(written):
    """What the keyless way found for a question, as if it were sure of less."""

    def found(question, **answer):
        grounds = written._keyless(question, question, (), written.retriever, 0.0)
        return replace(grounds, answer=replace(grounds.answer, **answer))

    return found


def worded(grounds, *replies):
    from qa.generation.writer import Writer

    model = ScriptedModel(*replies)
    *_, answer = Writer(model).write(grounds, 0.0)
    return answer, model.sent


TENTATIVELY = {"text": f"{TENTATIVE}\n全年罚款。[1]", "tentative": True}


def test_an_unsure_answer_is_put_to_the_model_and_what_is_supported_is_given_as_certain(unsure):
    answer, sent = worded(unsure(FINE, **TENTATIVELY), "港城市港务局全年罚款12.6万元[1]。")
    assert len(sent) == 1
    assert answer.text.startswith("港城市港务局全年罚款12.6万元。")
    assert (answer.tentative, answer.mode, answer.begins) == (False, "generated", 0)


def test_an_unsure_answer_is_certain_only_where_the_model_found_the_same_sentence(unsure):
    answer, _ = worded(unsure(FINE, **TENTATIVELY), "码头上装了60个摄像头[1]。")
    assert answer.text == f"{TENTATIVE_WORDED}\n码头上装了60个摄像头。[1]"
    assert (answer.tentative, answer.text[: answer.begins]) == (True, f"{TENTATIVE_WORDED}\n")


def test_while_it_is_written_what_reading_was_unsure_of_is_unsure(unsure):
    from qa.generation.writer import Writer

    model = ScriptedModel("港城市港务局全年罚款12.6万元[1]。", size=4)
    *growing, last = Writer(model).write(unsure(FINE, **TENTATIVELY), 0.0)
    assert len(growing) > 2
    assert {state.tentative for state in growing} == {True}
    assert not last.tentative


def test_an_unsure_answer_that_the_model_has_none_for_stays_as_it_is(unsure):
    answer, _ = worded(unsure(FINE, **TENTATIVELY), "资料中没有提到。")
    assert (answer.text, answer.tentative, answer.mode) == (TENTATIVELY["text"], True, "extractive")
    assert answer.note.startswith("语言模型说资料不足以回答")


def test_what_is_refused_though_something_is_near_is_put_to_the_model_too(unsure):
    refused = {
        "abstained": True,
        "reason": "没有一句回答了它",
        "text": "语料中没有找到这个问题的答案。",
        "citations": (),
    }
    answer, sent = worded(unsure(FINE, **refused), "港城市港务局全年罚款12.6万元[1]。")
    assert "罚款12.6万元" in sent[0]
    # The model alone found it: it is given, and said to be unsure.
    assert answer.text.startswith(f"{TENTATIVE_WORDED}\n港城市港务局全年罚款12.6万元。[1]")
    assert (answer.tentative, answer.mode) == (True, "generated")
    assert [answer.text[s.start : s.end] for s in answer.answer_spans] == ["12.6万元"]
    assert (answer.abstained, answer.reason, answer.nearest) == (False, "", ())
    answer, _ = worded(unsure(FINE, **refused), "资料中没有提到。")
    assert (answer.abstained, answer.reason) == (True, "没有一句回答了它")
    assert answer.note.startswith("语言模型读了这些段落，也没有找到回答")


def test_what_reading_was_unsure_of_is_asked_with_more_passages(unsure):
    _, few = worded(unsure(FINE), "港城市港务局全年罚款12.6万元[1]。")
    _, many = worded(unsure(FINE, **TENTATIVELY), "港城市港务局全年罚款12.6万元[1]。")
    assert many[0].count("<资料 编号=") > few[0].count("<资料 编号=")


def test_a_figure_that_the_model_works_out_is_shown_with_its_terms(asking):
    reply = "港务局全年查处违规作业35起，约谈企业8家[1]。另外相差30起[1]。"
    *_, answer = asking(ScriptedModel(f"{reply}每35起里约谈企业8家，占22.9%[1]。"), "港务局全年查处违规作业多少起")
    assert "30起" not in answer.text
    model = ScriptedModel("山谷县林业站护林员27人，全年查处违规用火6起[1]。港务局查处违规作业35起[2]，合计41起[1][2]。")
    *_, answer = asking(model, "山谷县林业站全年查处违规用火几起")
    assert "合计41起（6起＋35起＝41起）。[" in answer.text


def test_counts_over_the_corpus_are_left_as_they_were_counted(asking):
    model = ScriptedModel()
    (answer,) = asking(model, "一共有几篇文章")
    assert (answer.mode, model.sent) == ("extractive", [])


@pytest.mark.parametrize(
    ("model", "note"),
    [
        (ScriptedModel(GenerationError("连不上语言模型。\nNo connection.")), "连不上语言模型。\nNo connection."),
        (Breaking("港务局全年查处违规作业35起[1]。约谈企业8家[1]。"), "语言模型的回答中断了。\nThe reply broke off."),
        (ScriptedModel("港务局今年罚款99万元[1]。"), "语言模型写的句子在原文里都找不到依据"),
        (ScriptedModel("   \n"), "语言模型说资料不足以回答"),
    ],
    ids=["no connection", "broken off", "nothing supported", "blank"],
)
def test_whatever_goes_wrong_the_extractive_answer_arrives_and_says_why(asking, written, model, note):
    *_, answer = asking(model, FINE)
    assert answer.text == written.without_llm().ask(FINE).text
    assert answer.mode == "extractive"
    assert answer.note.startswith(note)


def test_what_reading_was_sure_of_but_not_beyond_doubt_and_the_model_finds_nothing_for_is_unsure(unsure):
    grounds = unsure(FINE, confidence=0.89)
    sure = grounds.answer
    answer, _ = worded(grounds, "资料中没有提到。")
    assert (sure.tentative, answer.tentative, answer.mode) == (False, True, "extractive")
    assert answer.text == f"{TENTATIVE}\n{sure.text}"
    assert [one.quote for one in answer.citations] == [one.quote for one in sure.citations]
    assert answer.note.startswith("语言模型说资料不足以回答")


def test_what_reading_is_sure_of_beyond_doubt_stays_certain_whatever_the_model_says(unsure):
    grounds = unsure(FINE, confidence=0.9)
    answer, _ = worded(grounds, "资料中没有提到。")
    assert (answer.text, answer.tentative) == (grounds.answer.text, False)
    assert answer.note.startswith("语言模型说资料不足以回答")


def test_a_list_that_its_article_announces_stays_certain_whatever_the_model_says(asking, written):
    *_, answer = asking(ScriptedModel("资料中没有提到。"), METHOD)
    assert (answer.text, answer.tentative) == (written.without_llm().ask(METHOD).text, False)


def test_the_prompt_holds_the_evidence_its_page_and_the_parts_to_name(asking):
    model = ScriptedModel("- 抓好“一个码头”[1]")
    asking(model, METHOD)
    (sent,) = model.sent
    assert "<资料 编号=1 标题=「港城：数字工作法与四个小组」" in sent
    assert "<提纲>\n- 抓好“一个码头”，守住安全的底线。[1]\n- 用好“两支队伍”" in sent
    assert sent.endswith(f"问题：{METHOD}")


def test_the_prompt_keeps_to_its_budget_and_the_answers_passage_goes_first(asking):
    model = ScriptedModel("港务局罚款12.6万元[1]。", limits=Limits(prompt_tokens=1000))
    asking(model, FINE)
    assert "罚款12.6万元" in model.sent[0]
    assert len(model.sent[0]) < 1400


def test_whoever_leaves_ends_the_request(written, monkeypatch):
    model = ScriptedModel("港务局全年查处违规作业35起[1]。约谈企业8家[1]。")
    from qa.generation.writer import Writer

    monkeypatch.setattr(written, "_writer", Writer(model))
    stream = written.stream(FINE)
    next(stream)
    next(stream)
    stream.close()
    assert model.closed == 1


def test_a_follow_up_is_completed_by_the_model(asking):
    model = ScriptedModel("港务局约谈了几家企业", "港务局全年约谈企业8家[1]。")
    *_, answer = asking(model, "约谈企业呢", [FINE])
    assert answer.standalone == "港务局约谈了几家企业"
    assert answer.text.startswith("港务局全年约谈企业8家。[1]")


def test_a_follow_up_that_the_model_gets_wrong_is_read_with_the_question_before_it(asking, written):
    model = ScriptedModel("青岛港约谈了1000家企业", "港务局全年约谈企业8家[1]。")
    *_, answer = asking(model, "约谈企业呢", [FINE])
    assert answer.standalone == written.without_llm().ask("约谈企业呢", [FINE]).standalone == "约谈企业呢"
    assert answer.text.startswith("港务局全年约谈企业8家。[1]")


def test_a_model_that_fails_on_the_follow_up_is_not_asked_again(asking):
    model = ScriptedModel(GenerationError("太慢了。\nToo slow."))
    *_, answer = asking(model, "约谈了几家企业", [FINE])
    assert (answer.mode, answer.note, len(model.sent)) == ("extractive", "太慢了。\nToo slow.", 1)


def test_load_takes_a_model_by_name_and_says_what_is_wrong_with_it(written):
    with pytest.raises(GenerationError):
        qa.load(written._index, llm="nonsense")


def test_of_several_things_asked_none_is_left_out(unsure):
    grounds = unsure("山谷县林业站有护林员几人，港城市港务局约谈了几家企业")
    answer, _ = worded(grounds, "港务局全年约谈企业8家[1]。")
    assert [line.partition("[")[0] for line in answer.text.split("\n")] == [
        "港务局全年约谈企业8家。",
        "站里的护林员共有27人，全年查处违规用火6起，罚款3000元。",
    ]


def test_no_exact_answer_of_a_certain_answer_is_left_out(unsure):
    fine, guards = unsure(FINE), unsure("山谷县林业站有护林员几人")
    (rest,), (beside,) = fine.finding.statements[:1], guards.finding.statements[:1]
    beside = replace(beside, answers=(replace(beside.span, end=beside.span.start + 12),))
    both = replace(fine, finding=replace(fine.finding, statements=(rest, beside), rests_on=rest))
    answer, _ = worded(both, "港城市港务局全年罚款12.6万元[1]。")
    assert [line.partition("[")[0] for line in answer.text.split("\n")] == [
        "港城市港务局全年罚款12.6万元。",
        "站里的护林员共有27人，全年查处违规用火6起，罚款3000元。",
    ]
    # Without one it is only beside the answer, and may be.
    plain = replace(both.finding, statements=(rest, replace(beside, answers=())))
    answer, _ = worded(replace(both, finding=plain), "港城市港务局全年罚款12.6万元[1]。")
    assert "护林员" not in answer.text
