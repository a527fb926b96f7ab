"""Answers composed of the articles' own words: the way that each kind of question is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from embeddings.outline import section_path
from embeddings.sentences import sentences
from embeddings.snapshot import Snapshot
from embeddings.types import Hit, Span
from qa.abstain import judge
from qa.citations import Statement, quote_of
from qa.comparison import compare
from qa.corpus_wide import answer_corpus_wide
from qa.coverage import TermWeights, is_about, squeeze, subject_of
from qa.explanations import explain
from qa.facts import Evidence, best_sentences, shortest_answer, type_bonus
from qa.finding import Finding
from qa.list_answer import list_statements
from qa.lists import ListFound, find_list
from qa.metadata import answer_metadata
from qa.names import joined_names, numbered_name, ordinal_in, part_count, quoted_numbered_names
from qa.overview import answer_overview
from qa.parts import standing_alone
from qa.premises import other_premise
from qa.question import Question, understand
from qa.retriever import Retriever
from qa.wording import kind_of

PASSAGES = 20
"""Passages retrieved for a question, or a side of a comparison; sentences and outlines are looked for in these and
their articles."""
_PART_SHARE = 0.5
"""Least share of the terms of one of several things asked in the sentence that answers it."""
_FOREIGN_PASSAGES = 5
_LEAST_COSINE = 0.775
"""Of a question in another language and the sentence that answers it: with multilingual-e5-small, English questions
on the real articles had 0.77 to 0.80 with the right sentence, 0.72 to 0.77 where there is none."""
_EXPLAINS = re.compile(r"[:：]|即|是指|指的是|分别|包括|分为|就是")


@dataclass(frozen=True, slots=True)
class Extract:
    """The statements of an answer, or none, the reason (in Chinese) and what comes nearest."""

    statements: tuple[Statement, ...]
    reason: str = ""
    nearest: tuple[Statement, ...] = ()
    confidence: float = 1.0
    """See `Answer.confidence`."""
    note: str = ""
    """What a reader must know beside the statements, in Chinese: parts that are missing, counts that disagree."""


def answer_from(question: Question, hits: Sequence[Hit], retriever: Retriever) -> Extract:
    """Answer by the kind of question; several asked in one are answered one by one."""
    if question.kind == "comparison":
        compared = _compared(question, retriever)
        # Where nothing is known of any side, a sentence may still say it.
        if compared.statements or compared.nearest:
            return compared
    question = _with_names_as_quoted(question, hits, retriever.snapshot)
    if len(question.parts) > 1 and question.chinese and question.kind not in ("metadata", "corpus"):
        return _several(question, hits, retriever)
    return _answer_one(question, hits, retriever)


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


def _answer_one(question: Question, hits: Sequence[Hit], retriever: Retriever) -> Extract:
    """A list that no outline holds is looked for in a sentence."""
    snapshot = retriever.snapshot
    if question.kind == "corpus":
        return _told(answer_corpus_wide(question, retriever))
    if question.kind == "metadata" and (said := answer_metadata(question, hits, snapshot)):
        return _told(said)
    if not question.chinese:
        return _or_reason(_nearest_sentence(question, hits, retriever), "没有意思足够接近的句子")
    if question.kind in ("list", "definition"):
        lists = _lists(question, hits, snapshot)
        if lists.statements:
            return lists
    main = answer_overview(question, hits, snapshot)
    if main:
        return Extract(tuple(main))
    extract = _sentences(question, hits, retriever)
    other = None if extract.statements else other_premise(question, hits, snapshot)
    return Extract((), other.reason, other.statements, extract.confidence) if other else extract


def _lists(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Extract:
    """The list asked for, or all of those asked for side by side; nothing unless each is found."""
    names = joined_names(question.text)
    asked = [replace(question, names=(name,), count=part_count("", (name,))) for name in names] or [question]
    statements: list[Statement] = []
    notes: list[str] = []
    for one in asked:
        found = find_list(one, hits, snapshot)
        if found is None:
            return Extract(())
        if one.count not in (None, len(found.parts)):
            notes.append(f"问的是 {one.count} 项，文章列出的是 {len(found.parts)} 项。")
        statements.extend(list_statements(question, _only_asked(question, found)))
    return Extract(tuple(statements), note="".join(notes))


def _only_asked(question: Question, found: ListFound) -> ListFound:
    """Of “其中第三个” the third part alone, where there is one."""
    ordinal = ordinal_in(question.text)
    if ordinal is None or not 1 <= ordinal <= len(found.parts):
        return found
    return replace(found, parts=found.parts[ordinal - 1 : ordinal])


def _or_reason(statements: list[Statement], reason: str) -> Extract:
    return Extract(tuple(statements)) if statements else Extract((), reason, confidence=0.0)


def _told(finding: Finding) -> Extract:
    return Extract(
        finding.statements, finding.reason, finding.nearest, 1.0 if finding.statements else 0.0, finding.note
    )


def _compared(question: Question, retriever: Retriever) -> Extract:
    def answer_one(text: str) -> tuple[Statement, ...]:
        return answer_from(understand(text), retriever.retrieve(text, PASSAGES), retriever).statements

    return _told(compare(question, retriever, answer_one))


def _several(question: Question, hits: Sequence[Hit], retriever: Retriever) -> Extract:
    """Each of the things asked; what is left unanswered is said.

    Facts asked together stand together, if at all: they are first looked for in the article of the best sentence for
    the whole question.
    """
    snapshot = retriever.snapshot
    found = best_sentences(question, hits, snapshot)
    verdict = judge(question, found[0] if found else None, hits, snapshot)
    statements: list[Statement] = []
    notes: list[str] = []
    confidence = 1.0
    for part in question.parts:
        asked = understand(standing_alone(part, question.text))
        beside = _said_beside(asked, found, snapshot) if asked.kind == "fact" and not verdict.reason else None
        if beside:
            extract = Extract(
                (Statement(beside.article, shortest_answer(asked, beside, snapshot)),), confidence=verdict.probability
            )
        else:
            extract = _answer_one(asked, retriever.retrieve(asked.text, PASSAGES), retriever)
        notes.append(extract.note if extract.statements else f"没有找到“{part}”的答案。")
        statements.extend(extract.statements)
        confidence = min(confidence, extract.confidence)
    if not statements:
        return Extract((), verdict.reason or "没有句子说到所问的事", confidence=confidence)
    return Extract(tuple(dict.fromkeys(statements)), confidence=confidence, note="".join(notes))


def _said_beside(part: Question, found: Sequence[Evidence], snapshot: Snapshot) -> Evidence | None:
    """The best sentence for one of the things asked, in the article that the best for all of them comes from."""
    weights = TermWeights.of(part.terms, snapshot.lexical)
    specific = weights.without(weights.found(subject_of(found[0].article)))
    rated: list[tuple[float, Evidence]] = []
    for evidence in (e for e in found if e.article.id == found[0].article.id):
        said, bonus = weights.found(_text(evidence)), type_bonus(part, _text(evidence))
        share = specific.share(said & specific.weights.keys())
        if bonus if part.unit else share >= _PART_SHARE and (bonus or not part.wants):
            rated.append((weights.share(said) + bonus, evidence))
    return max(rated, key=lambda scored: scored[0])[1] if rated else None


def _sentences(question: Question, hits: Sequence[Hit], retriever: Retriever) -> Extract:
    snapshot = retriever.snapshot
    found = best_sentences(question, hits, snapshot)
    best = found[0] if found else None
    verdict = judge(question, best, hits, snapshot)
    if best is None or verdict.reason:
        return Extract((), verdict.reason, confidence=verdict.probability)
    if question.kind == "explanation":
        return Extract(tuple(explain(best, snapshot)), confidence=verdict.probability)
    if best.span in best.article.bylines:
        bylines = (Statement(best.article, span) for span in best.article.bylines)
        return Extract(tuple(bylines), confidence=verdict.probability)
    spans = dict.fromkeys(
        (e.article, shortest_answer(question, e, snapshot)) for e in _announced(best, found, snapshot)
    )
    statements = tuple(Statement(article, span) for article, span in spans)
    return Extract(statements, confidence=verdict.probability, note=_only_mentioned(question, statements))


def _only_mentioned(question: Question, statements: Sequence[Statement]) -> str:
    """Where what a numbered name stands for is asked: that the articles say the name and not its parts."""
    name = next((n for n in question.names if numbered_name(n) and not n.isdigit()), "")
    said = "".join(quote_of(s.article, s.span) for s in statements)
    if not name or question.kind not in ("list", "definition") or _EXPLAINS.search(said) or said.count("、") >= 2:
        return ""
    return f"文章提到了“{name}”，没有逐项列出它的内容。"


def _announced(best: Evidence, found: Sequence[Evidence], snapshot: Snapshot) -> list[Evidence]:
    """Where the best sentence only announces a section: the best one inside it, behind an announcing sentence."""
    path = section_path(snapshot.corpus.outline(best.article.id), best.span)
    if not path or best.span.end != path[-1].heading.end:
        return [best]
    inside = (
        e
        for e in found
        if e.article.id == best.article.id and best.span.end <= e.span.start and e.span.end <= path[-1].end
    )
    said = next(inside, None)
    if said is None:
        return [best]
    return [best, said] if _text(best).endswith("。") else [said]


def _text(evidence: Evidence) -> str:
    return quote_of(evidence.article, evidence.span)


def _nearest_sentence(question: Question, hits: Sequence[Hit], retriever: Retriever) -> list[Statement]:
    """For a question in another language: the sentence nearest in meaning, of the passages nearest in meaning."""
    corpus = retriever.snapshot.corpus
    by_meaning = sorted((hit for hit in hits if hit.dense_rank), key=lambda hit: hit.dense_rank or 0)
    candidates = [
        Statement(article, span)
        for hit in by_meaning[:_FOREIGN_PASSAGES]
        for article in [corpus.article(hit.passage.article_id)]
        if is_about(article, question)
        for span in sentences(article.text, Span(hit.passage.start, hit.passage.end))
    ]
    if not candidates:
        return []
    vectors = retriever.encoder.encode_passages([quote_of(c.article, c.span) for c in candidates])
    cosines = vectors @ retriever.encoder.encode_query(question.text)
    best = int(np.argmax(cosines))
    return [candidates[best]] if cosines[best] >= _LEAST_COSINE else []
