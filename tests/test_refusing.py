"""Why there is no answer: wrong premises, and what was read and comes nearest."""

import pytest

from embeddings.types import Hit, Passage
from qa.composing.citations import quote_of
from qa.composing.premises import other_premise
from qa.composing.refusal import refuse
from qa.reading.excerpts import plain_excerpt
from qa.reading.passages import PassageRead
from qa.reading.reader import Reading
from qa.understanding.question import understand
from tests.found import evidence, index_of, written

TAIAN = written(
    "taian",
    "局里推行“12345”工作法。办好“四大课堂”，人人来听。全年罚款35万元。",
    title="泰安市生态环境局推行“12345”工作法，办好“四大课堂”的经验",
)
OTHER = written("other", "县里讲的是五大课堂。", title="县")


LISTED = written(
    "listed",
    "局里办好“四大课堂”，即：道德课堂、法治课堂、警示课堂、网络课堂。人人来听。",
    title="县里的课堂",
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return index_of(tmp_path_factory.mktemp("taian"), TAIAN, LISTED).snapshot


@pytest.fixture(scope="module")
def with_other(tmp_path_factory):
    return index_of(tmp_path_factory.mktemp("other"), TAIAN, OTHER).snapshot


def quotes(statements):
    return [quote_of(one.article, one.span) for one in statements]


def premise(question, snapshot, *articles):
    found = other_premise(understand(question), [read_of(article) for article in articles], snapshot)
    return (found.reason, quotes(found.statements), quotes(found.nearest)) if found else None


@pytest.mark.parametrize(
    ("question", "reason", "sentence"),
    [
        ("泰安的五大课堂是什么", "没有文章说到“五大课堂”；文章说的是“四大课堂”", "办好“四大课堂”，人人来听。"),
        ("泰安的“五大课堂”是什么", "没有文章说到“五大课堂”；文章说的是“四大课堂”", "办好“四大课堂”，人人来听。"),
        ("泰安的67890工作法是什么", "没有文章说到“67890”；文章说的是“12345”", "局里推行“12345”工作法。"),
        ("泰安的“67890”工作法的内容", "没有文章说到“67890”；文章说的是“12345”", "局里推行“12345”工作法。"),
    ],
)
def test_a_name_with_another_number_is_told_with_the_sentence_that_has_it(question, reason, sentence, snapshot):
    assert premise(question, snapshot, TAIAN) == (reason, [], [sentence])


def test_a_number_that_the_article_says_without_the_name_is_no_other_premise(tmp_path):
    trees = written("trees", "一级古树每株补600元，二级每株400元。", title="古树")
    snapshot = index_of(tmp_path, trees).snapshot
    assert premise("二级古树补多少", snapshot, trees) is None
    assert premise("三级古树补多少", snapshot, trees)[0] == "没有文章说到“三级古树”；文章说的是“一级古树”"


def test_where_the_name_that_is_said_has_a_list_it_is_told_with_the_list(snapshot):
    reason, statements, nearest = premise("县里的五大课堂是什么", snapshot, LISTED)
    assert (reason, statements) == ("没有文章说到“五大课堂”；文章说的是“四大课堂”", [])
    assert nearest[0].startswith("局里办好“四大课堂”")
    assert nearest[1:] == ["道德课堂", "法治课堂", "警示课堂", "网络课堂"]


@pytest.mark.parametrize(
    "question",
    ["泰安的四大课堂是什么", "12345工作法是什么", "五大制度是什么", "罚款多少", "67890是什么", "“廉政账”是什么"],
)
def test_what_the_articles_say_or_nothing_like_it_is_no_other_premise(question, snapshot):
    assert premise(question, snapshot, TAIAN) is None


def test_where_any_article_says_the_very_name_the_premise_is_right(snapshot, with_other):
    asked = "泰安的五大课堂是什么"
    assert premise(asked, with_other, TAIAN, OTHER) is None
    assert premise(asked, with_other, TAIAN) is None


def read_of(article):
    excerpt = plain_excerpt("", article.text)
    hit = Hit(Passage(f"{article.id}#0", article.id, 0, len(article.text), ()), 0.0, 1, 1, 0.9, 1.0)
    return PassageRead(article, hit, 1, (excerpt,), (Reading(-3.0, ()),))


SAID = ["全年罚款35万元。", "局里推行“12345”工作法。", "办好“四大课堂”，人人来听。"]


def refused(question, snapshot, *found):
    read = (read_of(TAIAN), read_of(TAIAN))
    finding = other_premise(understand(question), read, snapshot) or refuse(found, len(read))
    assert finding.statements == ()
    return finding.reason, quotes(finding.nearest)


def test_the_reason_says_what_was_read_and_where_the_nearest_stands(snapshot):
    found = [evidence(TAIAN, said, 1.0 - n) for n, said in enumerate([*SAID[1:], SAID[0]])]
    reason, nearest = refused("局长是谁", snapshot, *found, evidence(OTHER, "县里讲的是五大课堂。", -5.0))
    assert reason == "读了最接近的 2 段，没有一句回答了它，最接近的在《泰安市生态环境局推行“12345”工作法，办好“…》里"
    assert nearest == [*SAID[1:], SAID[0]]


def test_a_wrong_premise_is_the_reason_and_its_sentence_the_nearest(snapshot):
    found = [evidence(TAIAN, said, 1.0 - n) for n, said in enumerate(SAID)]
    reason, nearest = refused("泰安的五大课堂是什么", snapshot, *found)
    assert reason == "没有文章说到“五大课堂”；文章说的是“四大课堂”"
    assert nearest == [SAID[2]]


def test_the_same_place_in_another_article_is_another_sentence(snapshot):
    twin = written("twin", TAIAN.text[TAIAN.body_start :], title=TAIAN.title)
    found = [evidence(twin, SAID[2], 1.0), evidence(TAIAN, SAID[2], 0.8), evidence(TAIAN, SAID[0], 0.5)]
    _, nearest = refused("局长是谁", snapshot, *found)
    assert nearest == [SAID[2], SAID[2], SAID[0]]


def test_nothing_to_read_is_said(snapshot):
    finding = refuse((), 0)
    assert (finding.reason, finding.nearest) == ("语料里没有可读的文章", ())
