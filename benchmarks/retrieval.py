"""How often a passage that answers is found, alone and among 20,000 news articles.

    python -m benchmarks.retrieval SHARED --work DIR [--without-news] [--read N]

SHARED holds reading/dev.jsonl.xz (questions on paragraphs: CMRC 2018, DRCD, DuReader, CAIL 2019, SQuAD 2.0 in Chinese)
and news/news-20k.txt.xz. An index is built of the paragraphs, then one of the paragraphs and the news; what was once
embedded is kept in DIR for the next run. A passage is right if it is of the paragraph that the question is on. The
questions on DRCD, which is written in traditional characters, are asked once more in simplified ones. With --read,
every Nth question is asked instead and a fourth way is measured, on the same questions: the passages in the order of
the best sentence in each, as the reader and the words see it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import opencc
from tqdm import tqdm

import qa
from benchmarks.measuring.machine import describe_machine
from embeddings.errors import SuyuanError
from embeddings.index.lexical import Scored
from embeddings.progress import shown_in_terminal
from embeddings.rebuilding.rebuild import rebuild
from material.corpora import contexts, news_articles, reading_questions, write_corpus
from qa.evaluation.formats import Asked
from qa.evidence.gathering import gather
from qa.reading.passages import read_passages
from qa.retrieving.retriever import PASSAGES, Retriever
from qa.understanding.question import understand

DEPTH = 10
TRADITIONAL, SIMPLIFIED = "drcd", "drcd, simplified"
WAYS = ("dense", "lexical", "fused")
READ = "read"


@dataclass(frozen=True, slots=True)
class Found:
    """Ranks, from 1, of the first right passage of one question; None where none is among the first ten."""

    source: str
    dense: int | None
    lexical: int | None
    fused: int | None
    read: int | None = None


def main() -> int:
    """Print the tables; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder for articles and index, kept between runs")
    parser.add_argument("--without-news", action="store_true", help="measure on the paragraphs alone")
    parser.add_argument("--read", type=int, metavar="N", help="have every Nth question's passages read")
    args = parser.parse_args()
    print(f"machine {describe_machine()}")
    try:
        questions = reading_questions(args.shared)
        asked = [one for one in questions.asked if one.answerable]
        alone = write_corpus(args.work / "reading", contexts(questions))
        asked = asked[:: args.read or 1]
        reads = bool(args.read)
        _measure("the paragraphs alone", alone, args.work / "index", asked, reads)
        if not args.without_news:
            mixed = args.work / "reading-and-news"
            write_corpus(mixed, contexts(questions), news_articles(args.shared))
            _measure("the paragraphs among 20,000 news articles", mixed, args.work / "index", asked, reads)
    except (SuyuanError, OSError) as error:
        print(f"benchmarks.retrieval: {error}")
        return 2
    return 0


def _measure(title: str, folder: Path, index: Path, asked: Sequence[Asked], reads: bool) -> None:
    with shown_in_terminal() as tell:
        report = rebuild(folder, index, tell=tell, force=True)
    answerer = qa.load(index)
    owners = _owners(answerer)
    everything = [*asked, *_simplified(asked)]
    found = [_ask(answerer.retriever, owners, one, reads) for one in tqdm(everything, desc="asking", mininterval=5)]
    print(f"\n{title}: {report.articles} articles, {report.passages} passages, {len(asked)} questions")
    _print_table(found, (*WAYS, READ) if reads else WAYS)


def _owners(answerer: qa.Answerer) -> list[frozenset[str]]:
    """For each passage, by its number, the ids of its article: its own and those of reprints, which were merged."""
    corpus = answerer.retriever.snapshot.corpus
    return [
        ids
        for article in answerer.articles()
        for ids in [frozenset((article.id, *(str(PurePosixPath(r.path).with_suffix("")) for r in article.reprints)))]
        for _ in corpus.passages(article.id)
    ]


def _simplified(asked: Iterable[Asked]) -> list[Asked]:
    converter = opencc.OpenCC("t2s")
    return [
        replace(one, id=f"{SIMPLIFIED}:{one.id}", question=converter.convert(one.question))
        for one in asked
        if _source(one) == TRADITIONAL
    ]


def _source(asked: Asked) -> str:
    return asked.id.partition(":")[0]


def _ask(retriever: Retriever, owners: Sequence[frozenset[str]], asked: Asked, reads: bool) -> Found:
    def first_right(ranking: Sequence[Scored]) -> int | None:
        ranks = (rank for rank, hit in enumerate(ranking, 1) if not owners[hit.passage].isdisjoint(asked.articles))
        return next(ranks, None)

    found = retriever.rankings(asked.question)
    return Found(
        _source(asked),
        dense=first_right(found.dense[:DEPTH]),
        lexical=first_right(found.lexical[:DEPTH]),
        fused=first_right(found.fused[:DEPTH]),
        read=_first_right_read(retriever, asked) if reads else None,
    )


def _first_right_read(retriever: Retriever, asked: Asked) -> int | None:
    question, corpus = understand(asked.question), retriever.snapshot.corpus
    hits = retriever.retrieve(asked.question, PASSAGES)
    read = read_passages(asked.question, (), hits, corpus, retriever.reader)
    found = gather(question, read, frozenset(), retriever.snapshot)
    passages = list(dict.fromkeys((evidence.article, evidence.passage) for evidence in found))
    for rank, (article, _) in enumerate(passages[:DEPTH], 1):
        ids = {article.id, *(str(PurePosixPath(reprint.path).with_suffix("")) for reprint in article.reprints)}
        if not ids.isdisjoint(asked.articles):
            return rank
    return None


def _print_table(found: Sequence[Found], ways: Sequence[str]) -> None:
    columns = "   ".join(f"{way:>8} R@1    R@5   R@10    MRR" for way in ways)
    print(f"{'':22}{'n':>6}   {columns}")
    for source in sorted({one.source for one in found}):
        _print_row(source, [one for one in found if one.source == source], ways)
    _print_row("all (as they are)", [one for one in found if one.source != SIMPLIFIED], ways)


def _print_row(name: str, found: Sequence[Found], ways: Sequence[str]) -> None:
    ranks: list[list[int | None]] = [[getattr(one, way) for one in found] for way in ways]
    print(f"{name:22}{len(found):6}   " + "   ".join(f"{'':5}{_figures(way)}" for way in ranks))


def _figures(ranks: Sequence[int | None]) -> str:
    recalls = [sum(rank is not None and rank <= k for rank in ranks) / len(ranks) for k in (1, 5, DEPTH)]
    reciprocal = sum(1 / rank for rank in ranks if rank) / len(ranks)
    return "  ".join(f"{figure:.3f}" for figure in (*recalls, reciprocal))


if __name__ == "__main__":
    raise SystemExit(main())
