"""Questions as people type them: what of their excerpts answers, which are held out, and the pairs made of them."""

import json
import random

import pytest

from embeddings.types import Span
from material import asked
from material.asked import Asked, CodedExcerpt, Gold, Written, read_written
from material.asked_pairs import AskedPool, asked_pair, read_asked
from qa.reading.tokens import Asking
from tests.found import index_of, written
from training.rewording import reworded

PORT = written(
    "office-port",
    "港务局在码头装灯。\n单位\t罚款\n一队\t3.5万元\n二队\t8万元\n站长是周海生，他住在塔上。",
    title="港务",
)
OTHER = written("office-other", "别处的港务局也在码头装灯，站长是李青山。", title="别处")
REPRINT = written("office-reprint", "转载：站长是周海生，他住在塔上。", title="转载")


@pytest.fixture
def retriever(tmp_path):
    return index_of(tmp_path / "index", PORT, OTHER, REPRINT, watched="港灯塔站")


def asked_of(retriever, tmp_path, *written_lines):
    """The questions and excerpts as the script writes and training reads them."""
    asked._write(written_lines, retriever, tmp_path)
    return read_asked(tmp_path)


def said(pool, gold):
    excerpt = pool.excerpts[gold.excerpt]
    units = [excerpt.text[excerpt.units[n].start : excerpt.units[n].end] for n in gold.belongs]
    return units, [excerpt.text[span.start : span.end] for span in gold.answers]


def test_the_units_of_a_gold_sentence_and_the_answer_in_them_are_found(retriever, tmp_path):
    sentence = "站长是周海生，他住在塔上。"
    pool = asked_of(retriever, tmp_path, Written(("office:port",), "港务站长是谁", ("周海生",), (sentence,), ("港务",)))
    (one,) = pool.questions
    assert (one.question, one.earlier) == ("港务站长是谁?", ("港务?",))
    assert [said(pool, gold) for gold in one.gold] == [([sentence.replace("，", ",")], ["周海生"])]
    assert all(excerpt in pool.excerpts for excerpt in (*one.own, *one.others))


def test_a_gold_row_is_found_as_it_is_read_whatever_parted_its_cells(retriever, tmp_path):
    pool = asked_of(retriever, tmp_path, Written(("office:port",), "一队罚款多少", ("3.5万元",), ("一队 | 3.5万元",)))
    (gold,) = pool.questions[0].gold
    assert said(pool, gold) == (["单位:一队;罚款:3.5万元"], ["3.5万元"])


def test_a_text_that_says_the_same_is_none_that_does_not_answer(retriever, tmp_path):
    sentence = "站长是周海生，他住在塔上。"
    pool = asked_of(retriever, tmp_path, Written(("office:port",), "港务局码头装灯站长", ("周海生",), (sentence,)))
    texts = [pool.excerpts[name].text for name in pool.questions[0].others]
    assert not any("周海生" in text for text in texts)


def test_a_question_on_two_texts_is_answered_by_sentences_of_both(retriever, tmp_path):
    sentences = ("站长是周海生，他住在塔上。", "站长是李青山。")
    both = Written(("office:port", "office:other"), "两处港务局的站长都是谁", ("周海生", "李青山"), sentences)
    (one,) = asked_of(retriever, tmp_path, both).questions
    assert {gold.excerpt.split("#")[0] for gold in one.gold} == {"office-port", "office-other"}


def test_another_office_whose_sentence_begins_alike_does_not_answer(retriever, tmp_path):
    sentence = "别处的港务局也在码头装灯，站长是李青山。"
    alike = written("office-alike", sentence.replace("李青山", "孙小舟"), title="别处")
    found = index_of(tmp_path / "alike", OTHER, alike, watched="港灯塔站")
    pool = asked_of(found, tmp_path, Written(("office:other",), "别处港务站长是谁", ("李青山",), (sentence,)))
    assert [pool.excerpts[name].id.split("#")[0] for name in pool.questions[0].others] == ["office-alike"]


def test_a_question_whose_sentence_stands_nowhere_is_left_out_and_a_silent_one_kept(retriever, tmp_path, capsys):
    lost = Written(("office:port",), "谁", ("王五",), ("局长是王五。",))
    silent = Written(("office:port",), "港务局长是谁", (), ())
    pool = asked_of(retriever, tmp_path, lost, silent)
    assert [(one.question, one.gold) for one in pool.questions] == [("港务局长是谁?", ())]
    assert pool.questions[0].own
    assert "1 left out" in capsys.readouterr().out


def test_questions_are_read_in_the_order_of_their_files(tmp_path):
    lines = {
        "b": {"text": "texts/k1.txt", "question": "乙"},
        "a": {"text": "news:3", "question": "甲", "history": ["子"]},
        "c": {"text": "G01-1.txt+G01-2.txt", "question": "丙"},
    }
    for name, item in lines.items():
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(item), encoding="utf-8")
    assert list(read_written(tmp_path)) == [
        Written(("news:3",), "甲", (), (), ("子",)),
        Written(("office:k1",), "乙", (), ()),
        Written(("office:G01-1", "office:G01-2"), "丙", (), ()),
    ]


def held_out(text):
    return Written((text,), "谁", (), ()).held_out


def test_about_an_eighth_of_the_texts_is_held_out_always_the_same():
    share = sum(held_out(f"news:{n}") for n in range(2000)) / 2000
    assert share == pytest.approx(1 / 8, abs=0.03)
    assert {Written(("news:7",), question, (), ()).held_out for question in ("甲", "乙", "丙")} == {held_out("news:7")}


@pytest.mark.parametrize(("batch", "together"), [("k", 2), ("ka", 3), ("V", 2), ("L", 3)])
def test_documents_that_look_alike_are_held_out_together(batch, together):
    chosen = [[held_out(f"office:{batch}{n + k}") for k in range(together)] for n in range(1, 600, together)]
    assert all(len(set(group)) == 1 for group in chosen)
    assert {group[0] for group in chosen} == {True, False}


def test_the_members_of_a_family_are_held_out_together():
    chosen = [{held_out(f"office:G{n}-{k}") for k in (1, 2, 3)} for n in range(200)]
    assert all(len(group) == 1 for group in chosen)
    assert set().union(*chosen) == {True, False}


HEADED = CodedExcerpt(
    "p.0", "港务\n甲是一。乙是二。\n丙是三。丁是四。", (Span(3, 7), Span(7, 11), Span(12, 16), Span(16, 20))
)
SILENT = {name: CodedExcerpt(name, f"{name}。", (Span(0, 4),)) for name in ("p.1", "q.0")}
ONE = Asked("p", "乙丁?", ("港?",), False, (Gold("p.0", (1, 3), (Span(9, 10), Span(18, 19))),), ("p.1",), ("q.0",))
POOL = AskedPool((ONE,), {"p.0": HEADED, **SILENT})


def pairs(one, count=400):
    return [asked_pair(POOL, one, random.Random(seed)) for seed in range(count)]


def test_what_is_cut_out_of_an_excerpt_leaves_the_rest_where_it_says():
    drawn = pairs(ONE)
    assert {pair.text for pair in drawn} == {
        HEADED.text,
        "港务\n甲是一。丙是三。丁是四。",
        "港务\n甲是一。乙是二。\n丙是三。",
        "港务\n甲是一。丙是三。",
        "p.1。",
        "q.0。",
    }
    for pair in drawn:
        assert pair.asking == Asking("乙丁?", ("港?",))
        belongs = [pair.text[pair.units[n].start : pair.units[n].end] for n in sorted(pair.belongs)]
        answers = [pair.text[span.start : span.end] for span in pair.answers]
        assert belongs == [said for said in ("乙是二。", "丁是四。") if said in pair.text]
        assert answers == [said[2] for said in belongs]
        assert [pair.text[unit.start : unit.end][-1] for unit in pair.units] == ["。"] * len(pair.units)


def test_about_half_of_the_pairs_of_an_answered_question_answer_in_full():
    drawn = pairs(ONE)
    assert sum(pair.text == HEADED.text for pair in drawn) / len(drawn) == pytest.approx(0.46, abs=0.08)
    assert sum(pair.text == "p.1。" for pair in drawn) / len(drawn) == pytest.approx(0.22, abs=0.08)


def test_a_question_that_nothing_answers_has_only_silent_pairs():
    drawn = pairs(Asked("p", "戊?", (), False, (), ("p.1",), ("q.0",)), 100)
    assert {pair.text for pair in drawn} == {"p.1。", "q.0。"}
    assert all(pair.belongs == frozenset() and pair.answers == () for pair in drawn)


def test_the_parts_of_a_pool_are_the_texts_held_out_and_a_share_of_the_others():
    questions = tuple(Asked(str(n), "问?", (), n % 4 == 0, (), ("p.1",)) for n in range(8))
    pool = AskedPool(questions, SILENT)
    assert [one.text for one in pool.part(held_out=True).questions] == ["0", "4"]
    assert [one.text for one in pool.part(held_out=False, share=0.5).questions] == ["1", "2", "3"]


QUESTION = "请问2019年“四大课堂”在泰安的CEO是什么时候成立的，投入了8.5亿元"


def test_a_reworded_question_keeps_its_numbers_names_and_latin_words():
    worded = [reworded(QUESTION.lower(), random.Random(seed)) for seed in range(300)]
    assert len(set(worded)) > 30
    for text in worded:
        assert all(kept in text for kept in ("2019年", "“四大课堂”", "ceo", "8.5亿元")), text


def test_what_is_quoted_keeps_its_words_of_asking_and_its_function_words():
    question = "“党在学生的心中”和《老人的费用》是什么时候成立的，由谁写的"
    worded = {reworded(question, random.Random(seed)) for seed in range(300)}
    assert len(worded) > 30
    assert all("“党在学生的心中”" in text and "《老人的费用》" in text for text in worded)


def test_a_question_that_cannot_be_reworded_stays():
    assert {reworded("谁", random.Random(seed)) for seed in range(50)} <= {"谁", "哪个", "哪位", "什么人"}
    assert {reworded("灯塔", random.Random(seed)) for seed in range(50)} == {"灯塔"}
