"""Passages read and the sentences gathered from them, with a reader whose views can be looked up."""

from dataclasses import replace

import pytest

from embeddings.types import Hit, Passage, Span
from qa.evidence.gathering import gather
from qa.logistic import Logistic, Weight
from qa.reading.passages import read_passages
from qa.understanding.question import understand
from tests.found import LookedUp, index_of, said_by, written

TOWER = written(
    "tower",
    "灯塔的高度常有人问起，游客多在塔下拍照。\n守塔人说，从礁石到灯室是21米，台阶共96级。",
    title="北岬的灯塔",
    published="2024-05-06",
)
GUIDE = written("guide", "灯塔的高度与雾天能见距离有关。2019年灯塔夏天开放，二〇二〇年没有开。")
FINES = written("fines", "单位\t处罚起数\t罚款\n甲县\t12\t3.5万元\n乙县\t20\t8万元")


@pytest.fixture(scope="module")
def retriever(tmp_path_factory):
    return index_of(tmp_path_factory.mktemp("coast"), TOWER, GUIDE, FINES)


@pytest.fixture(autouse=True)
def weights(monkeypatch):
    """What belongs by the reader's logit alone, with a share of the words: the weights that are shipped may change."""
    model = Logistic({"belongs": Weight(0.0, 1.0, 1.0), "words": Weight(0.5, 0.5, 0.25)}, -1.0)
    monkeypatch.setattr("qa.evidence.gathering._belonging", lambda: model)


def hits(*stretches):
    """Passages of the articles, the nth found with a cosine of 0.9 - n / 10."""
    return [
        Hit(Passage(f"{article.id}#{n}", article.id, start, end, ()), 0.0, n, None, 0.9 - n / 10, None)
        for n, (article, start, end) in enumerate(stretches)
    ]


def whole(*articles):
    return hits(*((article, article.body_start, len(article.text)) for article in articles))


def found(retriever, question, reader, passages, earlier=(), anchors=()):
    asked = understand(question, earlier)
    read = read_passages(asked.text, asked.earlier, passages, retriever.snapshot.corpus, reader)
    return gather(asked, read, frozenset(anchors), retriever.snapshot)


def exact(evidence):
    return evidence.article.text[evidence.exact.start : evidence.exact.end]


def test_the_reader_is_asked_once_with_all_passages_under_their_headings(retriever):
    reader = LookedUp()
    found(retriever, "有多高", reader, whole(TOWER, GUIDE), earlier=["灯塔的高度是多少"])
    ((question, earlier, excerpts),) = reader.asked
    assert (question, earlier) == ("有多高", ("灯塔的高度是多少",))
    assert [excerpt.heading for excerpt in excerpts] == ["北岬的灯塔 2024-05-06", "guide"]
    # Years in Chinese numerals are read in digits.
    assert [excerpt.text for excerpt in excerpts] == [
        TOWER.text[TOWER.body_start :],
        GUIDE.text.replace("二〇二〇年", "2020年"),
    ]


def test_readings_stay_with_their_passages_where_one_is_read_in_several_excerpts(tmp_path):
    rows = "\n".join(f"第{n}组\t{n}起\t{n}万元" for n in range(1, 41))
    table = written("table", f"单位\t处罚起数\t罚款\n{rows}")
    retriever = index_of(tmp_path, table, TOWER)
    reader = LookedUp(**{"第40组": 2.0, "21米": 4.0})
    read = read_passages("多高", (), whole(table, TOWER), retriever.snapshot.corpus, reader)
    assert len(read[0].excerpts) == len(read[0].readings) > 1
    assert [(one.rank, one.article.id, one.score) for one in read] == [(1, "table", 2.0), (2, "tower", 4.0)]


def test_sentences_come_by_their_fitted_logit_whatever_passage_they_are_of(retriever):
    reader = LookedUp(**{"21米": 3.0, "夏天": 4.0, "拍照": -1.0})
    gathered = found(retriever, "灯塔多少米", reader, whole(TOWER, GUIDE))
    assert [said_by(one)[:6] for one in gathered][:3] == ["2019年灯", "守塔人说，从", "灯塔的高度常"]
    assert [one.score for one in gathered] == sorted((one.score for one in gathered), reverse=True)
    first, second = gathered[:2]
    # Of the question's terms 灯塔 stands in the first, none in the second: 4 - 1 + 0.25 * (share - 0.5) / 0.5.
    assert first.score == pytest.approx(3.0 + 0.25 * (first.features.words - 0.5) / 0.5)
    assert second.score == pytest.approx(2.0 - 0.25)


def test_a_sentence_of_two_overlapping_passages_is_found_once_as_it_was_read_best(retriever):
    class SurerOfMore(LookedUp):
        """By one surer of a sentence that it reads beside others."""

        def _of_unit(self, text, unit):
            read = super()._of_unit(text, unit)
            return replace(read, belongs=read.belongs + (unit.start > 0))

    start = TOWER.text.index("守塔人")
    stretches = [(TOWER, start, len(TOWER.text)), (TOWER, TOWER.body_start, len(TOWER.text))]
    for passages in (hits(*stretches), hits(*reversed(stretches))):
        gathered = found(retriever, "多少米", SurerOfMore(**{"21米": 3.0}), passages)
        assert [(said_by(one)[:3], one.features.belongs) for one in gathered] == [("守塔人", 4.0), ("灯塔的", -5.0)]


def test_what_the_reader_points_at_comes_out_whole(retriever):
    best = found(retriever, "灯塔多高", LookedUp(**{"21": 3.0}), whole(TOWER, GUIDE))[0]
    assert exact(best) == "21米"


def test_of_a_table_row_the_cell_is_the_exact_answer(retriever):
    best = found(retriever, "甲县罚款多少", LookedUp(**{"3.5万": 3.0}), whole(FINES))[0]
    assert (said_by(best), exact(best)) == ("甲县\t12\t3.5万元", "3.5万元")
    named = found(retriever, "罚款多少", LookedUp(**{"罚款：": 3.0}), whole(FINES))[0]
    assert named.exact is None


def test_features_say_what_was_read_and_how_it_was_found(retriever):
    reader = LookedUp(**{"21米": 3.0, "拍照": 20.0})
    passages = whole(GUIDE, TOWER)
    gathered = {said_by(one)[:2]: one for one in found(retriever, "灯塔的高度", reader, passages, anchors=["tower"])}
    seen = gathered["守塔"].features
    # The reader's logits are cut at 8: an excerpt is as sure as its surest sentence here.
    assert (seen.belongs, seen.certain, seen.read) == (3.0, 3.0, 8.0)
    assert (seen.rank, seen.cosine, seen.anchored) == (0.5, pytest.approx(0.8), 1.0)
    assert gathered["20"].features.anchored == 0.0
    # 高度 stands in no title: the sentence says nothing of the question, its title says 灯塔.
    assert seen.words == 0.0
    assert 0 < seen.around < 1


def test_a_passage_that_only_words_found_has_a_middling_cosine(retriever):
    (hit,) = whole(GUIDE)
    by_words = Hit(hit.passage, 0.0, None, 1, None, 3.0)
    assert {one.features.cosine for one in found(retriever, "灯塔", LookedUp(), [by_words])} == {0.8}


def test_another_year_than_the_one_asked_for_is_told(retriever):
    gathered = {said_by(one): one.features for one in found(retriever, "2020年灯塔开放吗", LookedUp(), whole(GUIDE))}
    plain, both = gathered.values()
    assert {(plain.year, plain.other_year), (both.year, both.other_year)} == {(0.3, 0.0), (1.0, 0.0)}
    only = found(retriever, "2021年灯塔开放吗", LookedUp(), whole(GUIDE))
    assert sorted(one.features.other_year for one in only) == [0.0, 1.0]
    assert {one.features.year for one in only} == {-1.0}


def test_nothing_read_gives_nothing(retriever):
    assert found(retriever, "灯塔", LookedUp(), []) == ()
    assert read_passages("灯塔", (), [], retriever.snapshot.corpus, LookedUp()) == ()


def test_the_span_of_the_passage_is_kept(retriever):
    (one, *_) = found(retriever, "灯塔", LookedUp(), whole(TOWER))
    assert one.passage == Span(TOWER.body_start, len(TOWER.text))
