"""Answers composed of the articles' own words: the way that each kind of question is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from embeddings.folding import squeeze
from embeddings.snapshot import Snapshot
from embeddings.types import Hit
from qa.answering.comparison import compare
from qa.answering.corpus_wide import answer_corpus_wide
from qa.answering.finding import Finding
from qa.answering.foreign import answer_foreign
from qa.answering.list_answer import answer_lists
from qa.answering.metadata import answer_metadata
from qa.answering.overview import answer_overview
from qa.answering.premises import other_premise
from qa.answering.sentence_answer import answer_by_sentences
from qa.answering.several import answer_several
from qa.citations import Statement
from qa.retriever import PASSAGES, Retriever
from qa.understanding.names import part_count, quoted_numbered_names
from qa.understanding.question import Question, understand
from qa.understanding.wording import kind_of


def answer_from(question: Question, hits: Sequence[Hit], retriever: Retriever) -> Finding:
    """Answer by the kind of question; several asked in one are answered one by one."""

    def answer_one(part: Question) -> Finding:
        return _answer_one(part, retriever.retrieve(part.text, PASSAGES), retriever)

    if question.kind == "comparison":
        compared = _compared(question, retriever)
        # Where nothing is known of any side, a sentence may still say it.
        if compared.statements or compared.nearest:
            return compared
    question = _with_names_as_quoted(question, hits, retriever.snapshot)
    if len(question.parts) > 1 and question.chinese and question.kind not in ("metadata", "corpus"):
        return answer_several(question, hits, retriever, answer_one)
    return _answer_one(question, hits, retriever)


def _compared(question: Question, retriever: Retriever) -> Finding:
    def answer_one(text: str) -> tuple[Statement, ...]:
        return answer_from(understand(text), retriever.retrieve(text, PASSAGES), retriever).statements

    return compare(question, retriever, answer_one)


def _with_names_as_quoted(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Question:
    """Numbered names that the question writes without quotation marks and the retrieved passages with them."""
    passages = (snapshot.corpus.article(h.passage.article_id).text[h.passage.start : h.passage.end] for h in hits)
    quoted = quoted_numbered_names("\n".join(passages))
    asked = squeeze(question.text)
    names = sorted((n for n in quoted if n in asked and n not in question.names), key=len, reverse=True)
    if not names or (question.names and not names[0].startswith(question.names[0])):
        return question
    kind = kind_of(question.text, True)
    return replace(
        question,
        names=(names[0], *question.names[1:]),
        count=part_count(question.text, (names[0],)),
        kind=kind if question.kind == "fact" else question.kind,
    )


def _answer_one(question: Question, hits: Sequence[Hit], retriever: Retriever) -> Finding:
    """A list that no outline holds is looked for in a sentence."""
    snapshot = retriever.snapshot
    if question.kind == "corpus":
        return answer_corpus_wide(question, retriever)
    if question.kind == "metadata" and (said := answer_metadata(question, hits, snapshot)):
        return said
    if not question.chinese:
        nearest = tuple(answer_foreign(question, retriever))
        return Finding(nearest, "" if nearest else "没有意思足够接近的句子")
    if question.kind in ("list", "definition") and (lists := answer_lists(question, hits, snapshot)):
        return lists
    main = tuple(answer_overview(question, hits, snapshot))
    if main:
        return Finding(main)
    by_sentences = answer_by_sentences(question, hits, retriever)
    other = None if by_sentences.statements else other_premise(question, hits, snapshot)
    if other is None:
        return by_sentences
    return replace(other, confidence=by_sentences.confidence, readings=by_sentences.readings)
