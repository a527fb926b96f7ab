"""The one retrieval path, over passages whose scores can be worked out by hand, in each store."""

import math

import numpy as np
import pytest

from embeddings.index.dense import DenseIndex
from embeddings.snapshot.snapshot import open_live
from embeddings.types import Article
from qa.retrieving.retriever import Retriever
from tests.fakes import CountingEncoder
from tests.found import LookedUp
from tests.snapshots import write_articles

RIVER, ROADS, FIELDS = "水水水要治理，河长负责。", "水气气都要变，车辆限行。", "土土土要修复，农田休耕。"
"""Of the watched characters, 水 alone; one 水 and two 气; 土 alone. Each has 18 terms and its title's one."""


def retriever_over(folder, store, texts, watched="水气土声", title="文"):
    encoder = CountingEncoder(watched)
    articles = [Article(id=name, title=title, text=text, path=f"{name}.txt") for name, text in texts.items()]
    write_articles(folder, articles, encoder, store=store)
    return Retriever(open_live(folder), encoder, LookedUp())


def numbers(ranking):
    return [scored.passage for scored in ranking]


@pytest.fixture
def retriever(tmp_path, store):
    return retriever_over(tmp_path, store, {"river": RIVER, "roads": ROADS, "fields": FIELDS})


# Cosines between the three passages: 1/√5, 0 and 0; the usual spread counts as ten more pairs.
COSINES = [1 / math.sqrt(5), 0, 0]
SPREAD = math.sqrt((sum((c - sum(COSINES) / 3) ** 2 for c in COSINES) + 10 * 0.025**2) / 13)


def bm25(holding, times):
    """Of one term: Lucene's formula with k1 0.9, for passages of average length."""
    return math.log(1 + (3 - holding + 0.5) / (holding + 0.5)) * times / (times + 0.9)


def test_the_fused_score_is_cosines_in_spreads_and_a_seventh_of_bm25(retriever):
    hits = retriever.retrieve("水 车辆限行")
    # 水 stands in two passages; the four characters and three pairs of 车辆限行 in one.
    roads = bm25(2, 1) + 7 * bm25(1, 1)
    assert [hit.passage.article_id for hit in hits] == ["river", "roads", "fields"]
    assert [hit.score for hit in hits] == pytest.approx(
        [1 / SPREAD + bm25(2, 3) / 7, 1 / math.sqrt(5) / SPREAD + roads / 7, 0], abs=0.02
    )
    assert [(hit.dense_rank, hit.lexical_rank) for hit in hits] == [(1, 2), (2, 1), (3, None)]
    assert [hit.dense_score for hit in hits] == pytest.approx([1, 1 / math.sqrt(5), 0], abs=0.002)
    assert [hit.lexical_score for hit in hits[:2]] == pytest.approx([bm25(2, 3), roads], rel=1e-5)
    assert hits[2].lexical_score is None


def test_the_words_decide_where_the_meaning_is_as_near(tmp_path, store):
    retriever = retriever_over(
        tmp_path, store, {"a": "水水水要治理，河长负责。", "b": "水水水要治理，专人巡查。", "c": FIELDS}
    )
    assert [hit.passage.article_id for hit in retriever.retrieve("水 专人", 2)] == ["b", "a"]
    assert [hit.passage.article_id for hit in retriever.retrieve("水 河长", 2)] == ["a", "b"]


def test_the_three_rankings_come_of_one_question(retriever):
    found = retriever.rankings("水 车辆限行")
    assert (numbers(found.dense), numbers(found.lexical), numbers(found.fused)) == ([0, 1, 2], [1, 0], [0, 1, 2])
    assert [hit.score for hit in retriever.retrieve("水 车辆限行", 3)] == [scored.score for scored in found.fused]


def test_ties_go_to_the_passage_that_stands_first(tmp_path, store):
    retriever = retriever_over(tmp_path, store, {"b": FIELDS, "a": RIVER, "d": RIVER, "c": RIVER})
    hits = retriever.retrieve("水", 3)
    assert [hit.passage.article_id for hit in hits] == ["a", "d", "c"]
    assert len({hit.score for hit in hits}) == 1


def test_a_hit_of_the_lexical_leg_alone_has_no_dense_rank(tmp_path, store):
    nearer = {f"{n:03}": f"水水水要治理，河长{n}负责。" for n in range(100)}
    retriever = retriever_over(tmp_path, store, {"fields": FIELDS, **nearer})
    hits = retriever.retrieve("水 农田", 200)
    assert [hit.passage.article_id for hit in hits] == [*nearer, "fields"]
    assert (hits[-1].dense_rank, hits[-1].dense_score, hits[-1].lexical_rank) == (None, None, 1)
    assert {hit.lexical_rank is None for hit in hits[:100]} == {True, False}


def test_a_question_that_shares_no_term_is_answered_by_meaning_alone(retriever):
    assert numbers(retriever.rankings("soil 土").fused)[0] == 2
    assert retriever.rankings("where?").lexical == ()
    assert len(retriever.retrieve("where?", 10)) == 3


@pytest.mark.parametrize(
    ("question", "expected"),
    [("云的高度是多少", ("taiwan", 1.0)), ("雲的高度是多少", ("taiwan", 1.0)), ("山顶有幾間房", ("mountain", 0.5))],
)
def test_a_question_is_put_into_the_characters_of_the_articles(tmp_path, store, question, expected):
    """雲 and 云 are as different to this encoder as two words; 顶 and 间 are simplified."""
    texts = {"mountain": "山顶有三间房，云在脚下。", "taiwan": "這裡雲的高度是三千公尺，見於圖書館藏書。"}
    best = retriever_over(tmp_path, store, texts, watched="雲云间間").retrieve(question, 1)[0]
    assert (best.passage.article_id, best.lexical_rank) == (expected[0], 1)
    assert best.dense_score == pytest.approx(math.sqrt(expected[1]), abs=0.002)


def test_the_real_model_finds_a_traditional_article_by_a_simplified_question(encoder, tmp_path, store):
    texts = {
        "library": "圖書館在東邊的山坡上，每週一閉館整理藏書，其餘時間開放。",
        "school": "學校在西邊的河岸，校長與老師每天清晨迎接學生。",
        "market": "魚市場於凌晨三點開始拍賣，漁船依序靠岸卸貨。",
    }
    write_articles(tmp_path, _articles(texts), encoder, store=store)
    retriever = Retriever(open_live(tmp_path), encoder, LookedUp())
    simplified, traditional = retriever.rankings("鱼市场几点开始拍卖"), retriever.rankings("魚市場幾點開始拍賣")
    assert numbers(simplified.fused)[0] == 2
    assert simplified == traditional


def _articles(texts):
    return [Article(id=name, title="", text=text, path=f"{name}.txt") for name, text in texts.items()]


def test_the_spread_is_that_of_the_cosines_between_passages():
    rows = np.array([[1, 0], [0, 1], [1, 0]], dtype=np.float32)
    # Cosines 0, 1 and 0: two thirds of a squared difference in all.
    assert DenseIndex.build(rows).spread == pytest.approx(math.sqrt((2 / 3 + 10 * 0.025**2) / 13))
    assert DenseIndex.build(rows[:1]).spread == 0.025
    assert DenseIndex.build(np.repeat(rows[:1], 1000, axis=0)).spread > 0


def test_cosines_come_in_the_order_asked_for():
    index = DenseIndex.build(np.array([[1, 0], [0.6, 0.8], [0, 1]], dtype=np.float32))
    assert list(index.cosines(np.array([1, 0], dtype=np.float32), [2, 0, 1])) == pytest.approx([0, 1, 0.6], abs=1e-3)
