"""How the reader's view decides between sentences, with a reader whose views can be looked up."""

import pytest

import qa
from embeddings.rebuild import rebuild
from embeddings.types import Span
from qa.evidence.gathering import gather
from qa.reader import ExactAnswer, Excerpt, Reading
from qa.retriever import PASSAGES, Retriever
from qa.understanding.question import understand

TOWER = "灯塔的高度常有人问起，游客多在塔下拍照。\n守塔人说，从礁石到灯室是21米，台阶共96级。"
GUIDE = "灯塔的高度与雾天能见距离有关。灯塔由三名守塔人看护，灯塔夏天开放。"


class LookedUp:
    """A reader that is sure (logit 4) of texts that hold a given string, which is the exact answer, and of no other."""

    def __init__(self, said):
        self.said = said
        self.asked = []

    def read(self, question, excerpts):
        self.asked.append((question, tuple(excerpts)))
        return tuple(self._read(excerpt.text) for excerpt in excerpts)

    def _read(self, text):
        start = text.find(self.said)
        if start < 0:
            return Reading(-4.0, (ExactAnswer(Span(0, 1), -4.0),))
        return Reading(4.0, (ExactAnswer(Span(start, start + len(self.said)), 6.0),))


@pytest.fixture(scope="module")
def coast(one_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lighthouses")
    for name, text in {"guide": GUIDE, "tower": TOWER}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    rebuild(folder, folder / "index")
    return folder / "index"


def gathered(index, question, reader):
    retriever = qa.load(index, reader=lambda: reader).retriever
    assert isinstance(retriever, Retriever)
    return gather(understand(question), retriever.retrieve(question, PASSAGES), retriever)


def quote(evidence, span):
    return evidence.article.text[span.start : span.end]


def test_what_the_reader_is_sure_of_comes_before_what_shares_more_words(coast):
    without = gathered(coast, "灯塔的高度是多少", None)
    assert "21米" not in quote(without.best, without.best.span)
    assert (without.read, without.best.answer, without.best.certainty) == (None, None, None)
    read = gathered(coast, "灯塔的高度是多少", LookedUp("21"))
    assert quote(read.best, read.best.span).startswith("守塔人说，从礁石到灯室是21米")
    assert quote(read.best, read.best.answer) == "21米"
    assert (read.read, read.best.certainty) == (4.0, 4.0)


def test_what_the_reader_is_sure_of_nowhere_stays_in_the_order_of_the_words(coast):
    without = gathered(coast, "灯塔的高度是多少", None)
    read = gathered(coast, "灯塔的高度是多少", LookedUp("没有这句话"))
    assert quote(read.best, read.best.span) == quote(without.best, without.best.span)
    assert read.read == -4.0


def test_the_reader_is_asked_once_with_each_passage_under_its_title(coast):
    reader = LookedUp("21")
    gathered(coast, "灯塔的高度是多少", reader)
    ((question, excerpts),) = reader.asked
    assert question == "灯塔的高度是多少"
    assert set(excerpts) == {Excerpt("", TOWER), Excerpt("", GUIDE)}


def test_an_answer_marks_the_exact_words_and_where_they_stand(coast):
    answer = qa.load(coast, reader=lambda: LookedUp("96")).ask("灯塔的台阶有多少级")
    (span,) = answer.answer_spans
    assert answer.text[span.start : span.end] == "96级"
    assert TOWER[span.article_start : span.article_end] == "96级"
    (citation,) = answer.citations
    assert span.number == citation.number == 1


def test_without_a_reader_no_words_are_marked(coast):
    answer = qa.load(coast, reader=lambda: None).ask("灯塔的台阶有多少级")
    assert "96级" in answer.text
    assert answer.answer_spans == ()


def test_a_question_that_an_article_asks_itself_is_no_answer(one_model, tmp_path):
    (tmp_path / "tower.txt").write_text("北岬灯塔有多高？常有游客这样问。守塔人说有21米，台阶96级。", encoding="utf-8")
    rebuild(tmp_path, tmp_path / "index")
    best = gathered(tmp_path / "index", "北岬灯塔有多高", None).best
    assert "21米" in quote(best, best.span)
