"""How well an index answers a file of questions: retrieval, answers, citations and refusals, measured."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from statistics import mean, median

from tqdm import tqdm

from embeddings.errors import SuyuanError
from embeddings.rebuild import rebuild
from embeddings.snapshot import default_index
from embeddings.types import Article, Passage
from qa.answerer import Answerer
from qa.evaluation_formats import Asked, Context, plain
from qa.evaluation_sets import BadItem, EvaluationSet, read_evaluation_set
from qa.retriever import Retriever
from qa.types import Answer, Citation

_DEPTH = 10
_MARKERS = re.compile(r"(?:\[[0-9]+\])+$", re.MULTILINE)
"""Ours end their line; one elsewhere stands in the article itself."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """How one leg ranks, over the answerable questions; None where there is none.

    recall_at_k: share of questions with a right passage among the first k. mrr_at_10: mean of 1 / rank of the first
    right passage, 0 where none is among the first ten (Voorhees, TREC-8, 1999).
    """

    recall_at_1: float | None
    recall_at_5: float | None
    recall_at_10: float | None
    mrr_at_10: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured; a share of nothing is None."""

    snapshot: str
    articles: int
    passages: int
    questions: int
    answerable: int
    refused: int
    judged_by: str
    """`article`: a passage or quote is right if it is of an article that answers; `gold`: if it holds a gold answer."""
    dense: Ranking
    lexical: Ranking
    fused: Ranking
    answer_accuracy: float | None
    """Share of the answerable questions whose answer holds every gold group; a refusal holds none."""
    median_answer_length: float | None
    """Characters of the answers given, without markers."""
    median_seconds: float | None
    """From question to answer or refusal."""
    citation_precision: float | None
    """Share of all quotes cited that are right; none is right for a question that has no answer."""
    refusal_precision: float | None
    """Share of the refused questions that have no answer."""
    refusal_recall: float | None
    """Share of the questions without an answer that were refused."""
    bad: tuple[BadItem, ...]
    """What was left out: questions that could not be read or asked."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    asked: Asked
    answer: Answer
    dense: int | None
    lexical: int | None
    fused: int | None
    """Ranks, from 1, of the first right passage of each leg."""
    cited: tuple[bool, ...]
    """For each citation whether it is right."""


def evaluate(
    file: Path, index: Path | None = None, limit: int | None = None, show_progress: bool = False
) -> Evaluation:
    """Ask the first `limit` questions of a file (all: None) and measure.

    They are asked of `index`; where that is None, of a temporary index of all the contexts that the set carries with
    it, or of the default index if it carries none. Progress bars go to stderr. Nothing is logged as unanswered.

    Raises:
        SuyuanError: the file can't be read or holds no question; the index is missing or can't be made.
    """
    questions = read_evaluation_set(file)
    if index is None and questions.contexts:
        with _index_of(questions.contexts, show_progress) as made:
            return measure(Answerer(made, log_unanswered=False), questions, limit, show_progress)
    return measure(Answerer(index or default_index(), log_unanswered=False), questions, limit, show_progress)


@contextmanager
def _index_of(contexts: Sequence[Context], show_progress: bool) -> Iterator[Path]:
    # Windows can't delete what is still mapped into memory; what it leaves is in its folder of temporary files.
    with tempfile.TemporaryDirectory(prefix="suyuan-", ignore_cleanup_errors=True) as folder:
        articles = Path(folder) / "articles"
        articles.mkdir()
        for context in contexts:
            (articles / f"{context.id}.txt").write_text(context.text, encoding="utf-8")
        rebuild(articles, Path(folder) / "index", show_progress=show_progress)
        yield Path(folder) / "index"


def measure(
    answerer: Answerer, questions: EvaluationSet, limit: int | None = None, show_progress: bool = False
) -> Evaluation:
    """Ask the first `limit` questions (all: None) and measure what comes."""
    asked = questions.asked[:limit]
    judge = _Judge.of(answerer, asked)
    outcomes: list[_Outcome] = []
    failed: list[BadItem] = []
    for one in tqdm(asked, desc="提问 asking", unit="题", disable=not show_progress):
        try:
            outcomes.append(_outcome(answerer, judge, one))
        except SuyuanError as error:
            failed.append(BadItem(one.id, str(error)))
    return _evaluation(judge, outcomes, (*questions.bad, *failed))


@dataclass(frozen=True, slots=True)
class _Judge:
    """Says whether what was found answers the question."""

    retriever: Retriever
    ids: dict[str, frozenset[str]]
    """Article id -> its ids: its own and those of its reprints, which a set may name instead."""
    by_article: bool

    @classmethod
    def of(cls, answerer: Answerer, asked: Iterable[Asked]) -> _Judge:
        """Where the index holds none of the articles that the set names, they say nothing: it judges by gold."""
        ids = {article.id: _ids(article) for article in answerer.articles()}
        named = {article for one in asked for article in one.articles}
        return cls(answerer.retriever, ids, not named.isdisjoint(frozenset().union(*ids.values())))

    def first_right(self, asked: Asked, passages: Iterable[Passage]) -> int | None:
        """Rank of the first passage that answers."""
        ranked = enumerate(passages, 1)
        return next((rank for rank, passage in ranked if self._answers(asked, passage.article_id, passage)), None)

    def cites_right(self, asked: Asked, citation: Citation) -> bool:
        return asked.answerable and self._answers(asked, citation.article_id, citation)

    def _answers(self, asked: Asked, article_id: str, where: Passage | Citation) -> bool:
        if self.by_article and asked.articles:
            return not self.ids[article_id].isdisjoint(asked.articles)
        text = plain(self.retriever.snapshot.corpus.article(article_id).text[where.start : where.end])
        return any(plain(gold) in text for group in asked.gold for gold in group)


def _ids(article: Article) -> frozenset[str]:
    return frozenset((article.id, *(str(PurePosixPath(r.path).with_suffix("")) for r in article.reprints)))


def _outcome(answerer: Answerer, judge: _Judge, asked: Asked) -> _Outcome:
    answer = answerer.ask(asked.question, asked.history)
    retriever, full = judge.retriever, answer.standalone
    dense = lexical = fused = None
    if asked.answerable:
        passage = retriever.snapshot.corpus.passage
        dense = judge.first_right(asked, (passage(hit.passage) for hit in retriever.dense(full, _DEPTH)))
        lexical = judge.first_right(asked, (passage(hit.passage) for hit in retriever.lexical(full, _DEPTH)))
        fused = judge.first_right(asked, (hit.passage for hit in retriever.retrieve(full, _DEPTH)))
    cited = tuple(judge.cites_right(asked, citation) for citation in answer.citations)
    return _Outcome(asked, answer, dense, lexical, fused, cited)


def _evaluation(judge: _Judge, outcomes: Sequence[_Outcome], bad: tuple[BadItem, ...]) -> Evaluation:
    answerable = [one for one in outcomes if one.asked.answerable]
    refused = [one for one in outcomes if one.answer.abstained]
    answered = [one for one in outcomes if not one.answer.abstained]
    manifest = judge.retriever.snapshot.manifest
    return Evaluation(
        snapshot=manifest.id,
        articles=manifest.articles,
        passages=manifest.passages,
        questions=len(outcomes),
        answerable=len(answerable),
        refused=len(refused),
        judged_by="article" if judge.by_article else "gold",
        dense=_ranking([one.dense for one in answerable]),
        lexical=_ranking([one.lexical for one in answerable]),
        fused=_ranking([one.fused for one in answerable]),
        answer_accuracy=_share(_is_right(one) for one in answerable),
        median_answer_length=median(len(_said(one.answer)) for one in answered) if answered else None,
        median_seconds=median(one.answer.timings.total for one in outcomes) if outcomes else None,
        citation_precision=_share(right for one in outcomes for right in one.cited),
        refusal_precision=_share(not one.asked.answerable for one in refused),
        refusal_recall=_share(one.answer.abstained for one in outcomes if not one.asked.answerable),
        bad=bad,
    )


def _ranking(ranks: Sequence[int | None]) -> Ranking:
    return Ranking(
        recall_at_1=_share(rank is not None and rank <= 1 for rank in ranks),
        recall_at_5=_share(rank is not None and rank <= 5 for rank in ranks),
        recall_at_10=_share(rank is not None and rank <= _DEPTH for rank in ranks),
        mrr_at_10=mean(1 / rank if rank else 0.0 for rank in ranks) if ranks else None,
    )


def _is_right(one: _Outcome) -> bool:
    said = plain(_said(one.answer))
    return not one.answer.abstained and all(any(plain(gold) in said for gold in group) for group in one.asked.gold)


def _said(answer: Answer) -> str:
    return _MARKERS.sub("", answer.text)


def _share(flags: Iterable[bool]) -> float | None:
    counted = list(flags)
    return sum(counted) / len(counted) if counted else None
