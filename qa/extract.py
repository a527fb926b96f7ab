"""Answers composed of the articles' own words: the way that each kind of question is answered."""

from __future__ import annotations

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
from qa.coverage import TermWeights, is_about, subject_of
from qa.facts import Evidence, best_sentences, shortest_answer, type_bonus
from qa.list_answer import inline_list, list_statements
from qa.lists import ListFound, find_list, find_other_count
from qa.metadata import answer_metadata
from qa.names import joined_names, numbered_name, ordinal_in, part_count
from qa.question import Question, understand
from qa.retriever import Retriever

PASSAGES = 20
"""Passages retrieved for a question, or a side of a comparison; sentences and outlines are looked for in these and
their articles."""
_EXPLANATION_SENTENCES = 4
_PART_SHARE = 0.5
"""Least share of the terms of one of several things asked in the sentence that answers it."""
_FOREIGN_PASSAGES = 5
_LEAST_COSINE = 0.775
"""Of a question in another language and the sentence that answers it: with multilingual-e5-small, English questions
on the real articles had 0.77 to 0.80 with the right sentence, 0.72 to 0.77 where there is none."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The statements of an answer, or none, the reason (in Chinese) and what comes nearest."""

    statements: tuple[Statement, ...]
    reason: str = ""
    nearest: tuple[Statement, ...] = ()
    confidence: float = 1.0
    """See `Answer.confidence`."""


def answer_from(question: Question, hits: Sequence[Hit], retriever: Retriever) -> Extract:
    """Answer by the kind of question; a list that no outline holds is looked for in a sentence."""
    snapshot = retriever.snapshot
    if question.kind == "metadata":
        return _or_reason(answer_metadata(question, hits, snapshot), "文章没有注明所问的信息")
    if question.kind == "corpus":
        return _or_reason(answer_corpus_wide(question, retriever), "没有文章提到所问的词")
    if question.kind == "comparison":
        return _compared(question, retriever)
    if not question.chinese:
        return _or_reason(_nearest_sentence(question, hits, retriever), "没有意思足够接近的句子")
    if question.kind in ("list", "definition"):
        lists = _lists(question, hits, snapshot)
        if lists:
            return Extract(tuple(lists))
    extract = _sentences(question, hits, retriever)
    return extract if extract.statements else _with_other_count(question, hits, snapshot, extract)


def _lists(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> list[Statement]:
    """The list asked for, or all of those asked for side by side; nothing unless each is found."""
    names = joined_names(question.text)
    asked = [replace(question, names=(name,), count=part_count("", (name,))) for name in names] or [question]
    found = [find_list(one, hits, snapshot) for one in asked]
    statements: list[Statement] = []
    for one in found:
        if one is None:
            return []
        statements.extend(list_statements(question, _only_asked(question, one)))
    return statements


def _only_asked(question: Question, found: ListFound) -> ListFound:
    """Of “其中第三个” the third part alone, where there is one."""
    ordinal = ordinal_in(question.text)
    if ordinal is None or not 1 <= ordinal <= len(found.parts):
        return found
    return replace(found, parts=found.parts[ordinal - 1 : ordinal])


def _or_reason(statements: list[Statement], reason: str) -> Extract:
    return Extract(tuple(statements)) if statements else Extract((), reason, confidence=0.0)


def _compared(question: Question, retriever: Retriever) -> Extract:
    """Each side under the place's name; refused unless the corpus speaks of every one."""

    def answer_one(text: str) -> tuple[Statement, ...]:
        return answer_from(understand(text), retriever.retrieve(text, PASSAGES), retriever).statements

    sides = compare(question, answer_one)
    silent = "、".join(side.place for side in sides if not side.statements)
    if silent:
        return Extract((), f"文章没有说{silent}的这一点，无法比较", confidence=0.0)
    statements: list[Statement] = []
    for side in sides:
        first, *others = side.statements
        named = replace(first, wording=f"{side.place}：{quote_of(first.article, first.span)}")
        statements.extend([named, *others])
    return Extract(tuple(statements))


def _with_other_count(question: Question, hits: Sequence[Hit], snapshot: Snapshot, extract: Extract) -> Extract:
    """A wrong premise (六个坚持 where there are five) is refused with what the article does say."""
    found = find_other_count(question, hits, snapshot)
    name = numbered_name(question.names[0]) if question.names else None
    if found is None or name is None or len(found.parts) == name.count:
        return extract
    reason = f"没有文章说到“{question.names[0]}”；文章列出的“{name.head}”是 {len(found.parts)} 个，不是 {name.count} 个"
    return Extract((), reason, tuple(list_statements(question, found)), extract.confidence)


def _sentences(question: Question, hits: Sequence[Hit], retriever: Retriever) -> Extract:
    snapshot = retriever.snapshot
    found = best_sentences(question, hits, snapshot)
    best = found[0] if found else None
    verdict = judge(question, best, hits, snapshot)
    if best is None or verdict.reason:
        return Extract((), verdict.reason, confidence=verdict.probability)
    if question.kind == "explanation":
        return Extract(tuple(_with_following(best, snapshot)), confidence=verdict.probability)
    if best.span in best.article.bylines:
        bylines = (Statement(best.article, span) for span in best.article.bylines)
        return Extract(tuple(bylines), confidence=verdict.probability)
    items = inline_list(question, best) if question.kind in ("list", "definition") else []
    if items:
        return Extract(tuple(items), confidence=verdict.probability)
    several = len(question.parts) > 1
    chosen = _for_each_part(question, found, snapshot) if several else _announced(best, found, snapshot)
    spans = dict.fromkeys((e.article, shortest_answer(question, e, snapshot)) for e in chosen)
    return Extract(tuple(Statement(article, span) for article, span in spans), confidence=verdict.probability)


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


def _for_each_part(question: Question, found: Sequence[Evidence], snapshot: Snapshot) -> list[Evidence]:
    """Of two or more things asked in one: the best sentence for each that says it, all of the best one's article."""
    best = found[0]
    chosen: list[Evidence] = []
    for part in map(understand, question.parts):
        weights = TermWeights.of(part.terms, snapshot.lexical)
        specific = weights.without(weights.found(subject_of(best.article)))
        rated: list[tuple[float, Evidence]] = []
        for evidence in (e for e in found if e.article.id == best.article.id):
            said, bonus = weights.found(_text(evidence)), type_bonus(part, _text(evidence))
            if bonus if part.unit else specific.share(said & specific.weights.keys()) >= _PART_SHARE:
                rated.append((weights.share(said) + bonus, evidence))
        chosen.extend(e for _, e in sorted(rated, key=lambda scored: -scored[0])[:1])
    return list(dict.fromkeys(chosen)) or [best]


def _text(evidence: Evidence) -> str:
    return quote_of(evidence.article, evidence.span)


def _with_following(best: Evidence, snapshot: Snapshot) -> list[Statement]:
    """The sentence and those that follow it in its paragraph and innermost section, up to four."""
    text = best.article.text
    path = section_path(snapshot.corpus.outline(best.article.id), best.span)
    newline = text.find("\n", best.span.end)
    ends = [newline if newline >= 0 else len(text), *(section.end for section in path[-1:])]
    spans = sentences(text, Span(best.span.start, min(ends)))
    return [Statement(best.article, span) for span in spans[:_EXPLANATION_SENTENCES]]


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
