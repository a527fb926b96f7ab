"""How well an index answers a file of questions: retrieval, answers, citations and refusals, measured."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tqdm import tqdm

from embeddings.errors import SuyuanError
from embeddings.index_folder import default_index
from embeddings.progress import shown_in_terminal, silent
from embeddings.rebuilding.rebuild import rebuild
from embeddings.types import Article, Passage
from qa.answerer import Answerer
from qa.evaluation.figures import DEPTH, Figures, FirstRight, Outcome, figures_by_source, figures_of, is_right
from qa.evaluation.formats import Asked, Context
from qa.evaluation.gold import says
from qa.evaluation.risk_coverage import Judged, RiskCoverage, risk_coverage
from qa.evaluation.sets import BadItem, EvaluationSet, read_evaluation_set
from qa.llm.model import LanguageModel
from qa.retrieving.retriever import Retriever
from qa.types import Citation


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured, and on what."""

    snapshot: str
    articles: int
    passages: int
    judged_by: str
    """`article`: a passage or quote is right if it is of an article that answers; `gold`: if it holds a gold answer."""
    total: Figures
    keyless: Figures | None
    """The figures of the same questions without the language model; None where there was none anyway."""
    by_source: dict[str, Figures]
    """Source of the questions -> figures; empty where the set names no two of them."""
    risk_coverage: RiskCoverage
    """Of all questions, an answer being wrong that lacks a gold group or whose question has none."""
    bad: tuple[BadItem, ...]
    """What was left out: questions that could not be read or asked."""


def evaluate(
    file: Path,
    index: Path | None = None,
    limit: int | None = None,
    show_progress: bool = False,
    llm: LanguageModel | None = None,
    keep_replies: bool = False,
) -> Evaluation:
    """Ask the first `limit` questions of a file (all: None) and measure.

    They are asked of `index`; where that is None, of a temporary index of all the contexts that the set carries with
    it, or of the default index if it carries none. With `llm` it words the answers,
    and the questions are asked without it too; `keep_replies` is as in `qa.load`. Progress bars go to stderr.
    Nothing is logged as unanswered.

    Raises:
        SuyuanError: the file can't be read or holds no question; the index is missing or can't be made.
    """
    questions = read_evaluation_set(file)
    if index is None and questions.contexts:
        with _index_of(questions.contexts, show_progress) as made:
            return measure(Answerer(made, log_unanswered=False, llm=llm), questions, limit, show_progress)
    answerer = Answerer(index or default_index(), log_unanswered=False, llm=llm, keep_replies=keep_replies)
    return measure(answerer, questions, limit, show_progress)


@contextmanager
def _index_of(contexts: Sequence[Context], show_progress: bool) -> Iterator[Path]:
    # Windows can't delete what is still mapped into memory; what it leaves is in its folder of temporary files.
    with tempfile.TemporaryDirectory(prefix="suyuan-", ignore_cleanup_errors=True) as folder:
        articles = Path(folder) / "articles"
        articles.mkdir()
        for context in contexts:
            (articles / f"{context.id}.txt").write_text(context.text, encoding="utf-8")
        with shown_in_terminal() if show_progress else nullcontext(silent) as tell:
            rebuild(articles, Path(folder) / "index", tell=tell)
        yield Path(folder) / "index"


def measure(
    answerer: Answerer, questions: EvaluationSet, limit: int | None = None, show_progress: bool = False
) -> Evaluation:
    """Ask the first `limit` questions (all: None) and measure what comes."""
    asked = questions.asked[:limit]
    judge = _Judge.of(answerer, asked)
    outcomes, failed = _ask_all(answerer, judge, asked, show_progress)
    keyless = _ask_all(answerer.without_llm(), judge, asked, show_progress)[0] if answerer.has_llm else None
    return _evaluation(judge, outcomes, keyless, (*questions.bad, *failed))


def _ask_all(
    answerer: Answerer, judge: _Judge, asked: Sequence[Asked], show_progress: bool
) -> tuple[list[Outcome], list[BadItem]]:
    outcomes: list[Outcome] = []
    failed: list[BadItem] = []
    for one in tqdm(asked, desc="提问 asking", unit="题", disable=not show_progress):
        try:
            outcomes.append(_outcome(answerer, judge, one))
        except SuyuanError as error:
            failed.append(BadItem(one.id, str(error)))
    return outcomes, failed


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

    def first_right(self, asked: Asked, question: str) -> FirstRight:
        """Where the legs rank the first passage that answers the question as understood."""
        # Not cut off, so that one retrieval holds the rankings of both legs too.
        hits = self.retriever.retrieve(question, self.retriever.snapshot.manifest.passages)
        return FirstRight(
            dense=self._first(asked, ((hit.dense_rank, hit.passage) for hit in hits)),
            lexical=self._first(asked, ((hit.lexical_rank, hit.passage) for hit in hits)),
            fused=self._first(asked, ((rank, hit.passage) for rank, hit in enumerate(hits, 1))),
        )

    def _first(self, asked: Asked, ranked: Iterable[tuple[int | None, Passage]]) -> int | None:
        right = (
            rank
            for rank, passage in ranked
            if rank is not None and rank <= DEPTH and self._answers(asked, passage.article_id, passage)
        )
        return min(right, default=None)

    def cites_right(self, asked: Asked, citation: Citation) -> bool:
        return asked.answerable and self._answers(asked, citation.article_id, citation)

    def _answers(self, asked: Asked, article_id: str, where: Passage | Citation) -> bool:
        if self.by_article and asked.articles:
            return not self.ids[article_id].isdisjoint(asked.articles)
        text = self.retriever.snapshot.corpus.article(article_id).text[where.start : where.end]
        return any(says(text, gold) for group in asked.gold for gold in group)


def _ids(article: Article) -> frozenset[str]:
    return frozenset((article.id, *(str(PurePosixPath(r.path).with_suffix("")) for r in article.reprints)))


def _outcome(answerer: Answerer, judge: _Judge, asked: Asked) -> Outcome:
    answer = answerer.ask(asked.question, asked.history)
    ranks = judge.first_right(asked, answer.standalone) if asked.answerable else FirstRight(None, None, None)
    return Outcome(asked, answer, ranks, tuple(judge.cites_right(asked, citation) for citation in answer.citations))


def _evaluation(
    judge: _Judge, outcomes: Sequence[Outcome], keyless: Sequence[Outcome] | None, bad: tuple[BadItem, ...]
) -> Evaluation:
    manifest = judge.retriever.snapshot.manifest
    given = [Judged(one.answer.confidence, is_right(one)) for one in outcomes if not one.answer.abstained]
    return Evaluation(
        snapshot=manifest.id,
        articles=manifest.articles,
        passages=manifest.passages,
        judged_by="article" if judge.by_article else "gold",
        total=figures_of(outcomes),
        keyless=figures_of(keyless) if keyless is not None else None,
        by_source=figures_by_source(outcomes),
        risk_coverage=risk_coverage(given, len(outcomes)),
        bad=bad,
    )
