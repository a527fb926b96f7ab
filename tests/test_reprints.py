"""Reprints are one article with several sources; two reports of one template are two articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from embeddings.reading.reprints import fingerprint, group_reprints, is_reprint, with_reprints
from embeddings.types import Article

TEXT = "".join(
    f"第{number}件事说的是{name}，干部和群众一起动手，前后用了{number + 3}个月，花费{number * 17}万元，结果令人满意。"
    for number, name in enumerate(
        ["治水", "护岸", "种树", "清淤", "巡河", "普法", "办班", "建档", "检查", "回访"], start=1
    )
)
ORIGINAL = Article(id="a", title="江城治水", text=TEXT, path="a.txt")


def merge_reprints(articles: Sequence[Article]) -> list[Article]:
    paths, fingerprints = [article.path for article in articles], [fingerprint(article) for article in articles]
    groups = group_reprints(paths, fingerprints, lambda one, other: is_reprint(articles[one], articles[other]))
    return [with_reprints(articles[kept], [articles[n] for n in others]) for kept, others in groups.items()]


def test_a_reprint_joins_the_article_with_more_metadata() -> None:
    other = Article(
        id="b",
        title="江城治水",
        text=TEXT.replace("令人满意", "令人滿意", 1),
        path="b.txt",
        source="江城日报",
        published="2020-01-02",
    )
    (merged,) = merge_reprints([ORIGINAL, other])
    assert (merged.id, [reprint.path for reprint in merged.reprints]) == ("b", ["a.txt"])


def test_missing_metadata_is_filled_in_where_unambiguous() -> None:
    full = replace(ORIGINAL, authors=("张三",), source="江城日报", url="http://example.org/1")
    dated = replace(ORIGINAL, id="b", path="b.txt", published="2020-01-02")
    tagged = [replace(ORIGINAL, id=name, path=name, tags=(name,)) for name in ("c", "d")]
    (merged,) = merge_reprints([full, dated, *tagged])
    assert (merged.published, merged.tags, merged.authors) == ("2020-01-02", (), ("张三",))
    assert [reprint.path for reprint in merged.reprints] == ["b.txt", "c", "d"]


def test_other_figures_in_the_same_sentences_are_another_report() -> None:
    next_year = replace(ORIGINAL, id="b", path="b.txt", text=TEXT.replace("17万元", "19万元"))
    assert [article.id for article in merge_reprints([ORIGINAL, next_year])] == ["a", "b"]


def test_a_shortened_copy_joins_the_full_text() -> None:
    short = replace(ORIGINAL, id="0", path="0.txt", text=TEXT[: int(len(TEXT) * 0.8)], source="江城日报", tags=("水",))
    (merged,) = merge_reprints([short, ORIGINAL])
    assert (merged.id, merged.source) == ("a", "江城日报")


def test_different_articles_stay_apart_in_their_order() -> None:
    other = Article(id="b", title="别的事", text="图书馆每晚开到九点，周末也不休息，读者称便。", path="b.txt")
    assert [article.id for article in merge_reprints([other, ORIGINAL])] == ["b", "a"]
