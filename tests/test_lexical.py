import math
import sqlite3
from dataclasses import replace

import bm25s
import pytest

from embeddings.folding import fold
from embeddings.index.bm25_matrix import TermBlock, count_terms
from embeddings.index.lexical import LexicalIndex, tokenize
from embeddings.preparation.vocabulary import Vocabulary
from tests.snapshots import write_words


def test_folding_keeps_every_character_in_its_place():
    text = "臺灣ＡＢＣ１２３ｶﾅ㈱①Ｐ㎡𠮷👍乾坤"
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded.startswith("台湾abc123")
    assert folded[text.index("①")] == "1"


def test_terms_are_characters_pairs_words_and_whole_numbers():
    assert tokenize("浓度24.1") == ["浓", "度", "浓度", "24.1"]
    assert tokenize("PM2.5") == ["pm", "2.5"]
    assert tokenize("RCEP生效") == ["rcep", "生", "效", "生效"]
    assert tokenize("罚款1,723.7万元") == ["罚", "款", "罚款", "1723.7", "万", "元", "万元"]
    assert tokenize("") == tokenize("，。！") == []


def written(folder, texts, at_a_time=2):
    """The index of the texts as a snapshot has it, written of blocks of so many passages and opened."""
    vocabulary = Vocabulary(sqlite3.connect(":memory:"))
    vocabulary._connection.execute("CREATE TABLE vocabulary (first INTEGER PRIMARY KEY, terms TEXT NOT NULL)")
    blocks = []
    for at in range(0, len(texts), at_a_time):
        terms, block = count_terms(map(tokenize, texts[at : at + at_a_time]))
        blocks.append(replace(block, terms=vocabulary.numbers(terms)[block.terms]))
    again = [TermBlock.from_bytes(block.to_bytes()) for block in blocks]
    LexicalIndex.write(folder, vocabulary.terms(), lambda: again)
    return LexicalIndex.open(folder)


@pytest.fixture
def index(tmp_path):
    texts = ["泰安的网格管理办法", "青海的水塔守护人", "网格员每天巡查，网格上报问题", "PM2.5浓度24.1微克"]
    return written(tmp_path / "lexical", texts)


@pytest.mark.parametrize(
    ("question", "expected"),
    [("网格", [2, 0]), ("管理", [0]), ("守護人", [1]), ("ＰＭ2.5", [3]), ("24.1", [3]), ("24", []), ("火星", [])],
)
def test_chinese_questions_find_their_passages_best_first(index, question, expected):
    assert [hit.passage for hit in index.search(question, 10)] == expected


def test_scores_are_bm25_as_lucene_computes_it(tmp_path):
    index = write_words(tmp_path / "lexical", ["甲", "乙乙", "丙丙丙"])
    hit = index.search("乙", 1)[0]
    # Terms: 甲 | 乙 乙 乙乙 | 丙 丙 丙 丙丙 丙丙; one of three passages holds 乙, twice, in 3 terms of on average 3.
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    assert hit.score == pytest.approx(idf * 2 / (2 + 0.9 * (1 - 0.4 + 0.4 * 3 / 3)), rel=1e-5)
    assert index.idf(["乙", "丁"]) == pytest.approx({"乙": idf, "丁": math.log(1 + 3.5 / 0.5)})


def test_every_passage_has_a_score_and_the_best_come_first(tmp_path):
    index = write_words(tmp_path / "lexical", ["甲", "乙乙", "甲乙", "乙乙"])
    scores = index.scores("乙 丁")
    # Both terms of the question that it knows fall on the same passages; the first shares none.
    assert scores[0] == 0 < scores[2] < scores[1] == scores[3]
    assert [hit.passage for hit in index.search("乙 丁", 10)] == [1, 3, 2]
    assert [hit.passage for hit in index.search("乙 丁", 2)] == [1, 3]
    assert [hit.score for hit in index.search("乙 丁", 3)] == [scores[1], scores[3], scores[2]]
    assert list(index.scores("丁")) == [0, 0, 0, 0]


def test_scores_are_those_of_bm25s(sample, tmp_path):
    corpus = sample.retriever.snapshot.corpus
    texts = [text[at : at + 120] for text in corpus.texts() for at in range(0, len(text), 100)]
    theirs = bm25s.BM25(method="lucene", k1=0.9, b=0.4)
    theirs.index([tokenize(text) for text in texts], show_progress=False)
    ours = write_words(tmp_path / "lexical", texts)
    for question in ("泰安的12345工作法是什么", "罚款多少万元", "pm2.5 浓度"):
        known = [term for term in tokenize(question) if term in theirs.vocab_dict]
        assert ours.scores(question) == pytest.approx(theirs.get_scores(known), rel=1e-5)


def test_scores_do_not_depend_on_how_many_passages_are_counted_at_a_time(monkeypatch, tmp_path):
    texts = [f"第{number}段说网格{'管理' * (number % 3)}" for number in range(50)]
    whole = write_words(tmp_path / "whole", texts)
    for name, at_a_time in (("one", 1), ("seven", 7), ("all", 50)):
        index = written(tmp_path / name, texts, at_a_time)
        assert list(index.scores("网格管理")) == list(whole.scores("网格管理"))
        assert list(index.holding(["管理", "第"])) == list(whole.holding(["管理", "第"]))
        monkeypatch.setattr("embeddings.index.bm25_matrix._BLOCK", 7)


def test_terms_that_no_passage_holds_any_more_are_unknown(tmp_path):
    terms, block = count_terms(map(tokenize, ["网格管理"]))
    LexicalIndex.write(tmp_path / "lexical", (*terms, "火星"), lambda: [block])
    index = LexicalIndex.open(tmp_path / "lexical")
    assert index.idf(["火星"]) == write_words(tmp_path / "only", ["网格管理"]).idf(["火星"])
    assert list(index.holding(["火星"])) == []
    assert list(index.scores("火星")) == [0]
    assert sorted(path.suffix for path in (tmp_path / "lexical").iterdir()) == [
        ".json",
        ".npy",
        ".npy",
        ".npy",
        ".sqlite",
    ]


def test_a_corpus_without_terms_finds_nothing(tmp_path):
    index = written(tmp_path / "lexical", ["，", "。"])
    assert index.search("网格", 5) == []
    assert list(index.scores("网格")) == [0, 0]
