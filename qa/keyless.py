"""The way of a question without a language model, on one page: each step one call, none calls an earlier one."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from embeddings.snapshot.snapshot import Snapshot
from embeddings.types import Hit
from qa.composing.answer_lines import answer_lines
from qa.composing.citations import Statement
from qa.composing.edition_lines import answer_difference, with_editions
from qa.composing.finding import Finding
from qa.composing.item_lines import answer_items
from qa.composing.list_lines import list_lines
from qa.composing.overview import answer_overview
from qa.composing.page_fields import answer_metadata
from qa.composing.part_lines import with_parts
from qa.composing.premises import other_premise
from qa.composing.refusal import refuse
from qa.composing.side_lines import answer_sides
from qa.corpus_wide.answering import answer_corpus_wide
from qa.editions.meant import EditionMeant, compared_editions, edition_meant
from qa.evidence.completion import ListFound, complete_lists, named_list
from qa.evidence.gathering import Evidence, gather
from qa.evidence.own_subject import has_its_own_subject
from qa.evidence.sides import Side, asked_alone, sides_of
from qa.grounds import Grounds, grounds_of
from qa.items.choosing import find_items
from qa.items.rows_alike import leaves_out, rows_alike
from qa.judging.verdict import Verdict, judge
from qa.reading.passages import PassageRead, read_passages
from qa.retrieving.retriever import Retriever, article_ids
from qa.types import Timings
from qa.understanding.following import retrieve
from qa.understanding.known_localities import known_in, with_known_localities
from qa.understanding.names import ordinal_in
from qa.understanding.one_of_several import asked_of_one
from qa.understanding.page_fields import fields_asked
from qa.understanding.parts import asked_alone_of, by_itself, parts_of, without_address
from qa.understanding.question import Question, understand
from qa.understanding.turning import turned

_OF_PART = 8
"""Passages read for one of several things that a question asks."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What reading comes to."""

    read: tuple[PassageRead, ...]
    all_found: tuple[Evidence, ...]
    edition: EditionMeant | None
    """Which edition of the rule that was found the question means; None where there is no other."""
    found: tuple[Evidence, ...]
    """The sentences, best first, without those of other editions."""
    verdict: Verdict
    """How sure those are."""


def answer_keyless(
    asked: str, text: str, earlier: Sequence[str], anchors: Sequence[str], retriever: Retriever, started: float
) -> Grounds:
    """Answer the question `asked`, of which `text` is the spelling that the corpus has.

    `earlier` are the questions before a follow-up and `anchors` the articles that answered the last of them;
    `started` is when it was asked, on the monotonic clock.
    """
    began = time.monotonic()
    question = understand(without_address(text), earlier)
    hits = retrieve(question, anchors, retriever)
    retrieved = time.monotonic()
    finding = _by_rule(question, hits, anchors, retriever) or _by_reading_parts(question, hits, anchors, retriever)
    if question.kind == "metadata" and not finding.statements:
        finding = answer_metadata(question, anchors, hits, retriever.snapshot) or finding
    ended = time.monotonic()
    timings = Timings(retrieved - began, ended - retrieved, ended - started)
    return grounds_of(asked, question, hits, finding, retriever, timings)


def _by_rule(question: Question, hits: Sequence[Hit], anchors: Sequence[str], retriever: Retriever) -> Finding | None:
    """What counts and orders the corpus, what pages say of themselves, what an article says in all: only where sure."""
    snapshot = retriever.snapshot
    if question.kind == "corpus":
        return answer_corpus_wide(question, retriever)
    if question.kind == "metadata":
        return _of_the_page(question, hits, anchors, snapshot)
    if question.earlier and (part := _part_of_list_before(question, anchors, snapshot)):
        return Finding(part)
    overview = tuple(answer_overview(question, hits, snapshot))
    return Finding(overview) if overview else None


def _of_the_page(question: Question, hits: Sequence[Hit], anchors: Sequence[str], snapshot: Snapshot) -> Finding | None:
    """What the page's fields say; None where the question asks more than fields, or may be answered by a sentence."""
    parts = parts_of(question)
    if len(fields_asked(question.text)) < len(parts) and any(part.kind != "metadata" for part in parts):
        return None
    said = answer_metadata(question, anchors, hits, snapshot)
    # What no field of the page says may stand in a sentence: an article that names nearest ones has to be read.
    return said if said and (said.statements or not said.nearest) else None


def _part_of_list_before(question: Question, anchors: Sequence[str], snapshot: Snapshot) -> tuple[Statement, ...]:
    """“其中第三个是什么”, where the question before it turns on a name that announces a list."""
    if ordinal_in(question.text) is None or question.names:
        return ()
    articles = [snapshot.corpus.article(one) for one in anchors]
    listed = named_list(understand(question.earlier[-1]), articles, snapshot)
    return tuple(list_lines(question, listed)) if listed else ()


def _by_reading_parts(question: Question, hits: Sequence[Hit], anchors: Sequence[str], retriever: Retriever) -> Finding:
    """What reading finds for the whole question and, where it asks several things, for each of them by itself."""
    question = with_known_localities(question, hits, retriever.snapshot.corpus)
    whole = _by_reading(question, hits, anchors, retriever)
    found: list[tuple[Question, Finding]] = []
    before = tuple(anchors)
    for part in parts_of(question):
        one = _of_another(part, before, retriever) or _field(part, hits, before, retriever)
        found.append((part, one or _part(question, part, before, anchors, retriever)))
        # As if they were asked one after another, of what answered the first.
        before = before or tuple(dict.fromkeys(statement.article.id for statement in found[0][1].best))
    return with_parts(whole, found)


def _of_another(part: Question, before: Sequence[str], retriever: Retriever) -> Finding | None:
    """What is found for a part whose subject is none of the articles that answered `before` it."""
    clause, corpus = asked_alone_of(part), retriever.snapshot.corpus
    hits = retrieve(clause, (), retriever)[:_OF_PART] if before else ()
    articles, found = ([corpus.article(one) for one in ids] for ids in (before, article_ids(hits)))
    if not before or not has_its_own_subject(clause, articles, found, retriever.snapshot):
        return None
    alone = _field(clause, hits, (), retriever) or _by_reading(clause, hits, (), retriever)
    return alone if alone.statements else None


def _field(part: Question, hits: Sequence[Hit], before: Sequence[str], retriever: Retriever) -> Finding | None:
    return _of_the_page(part, hits, before, retriever.snapshot) if part.kind == "metadata" else None


def _part(
    question: Question, part: Question, before: Sequence[str], anchors: Sequence[str], retriever: Retriever
) -> Finding:
    """What is found for one of several things asked, behind those `before` it or, where that is surer, by itself."""
    of_part = retrieve(part, before, retriever)[:_OF_PART]
    one = _by_reading(part, of_part, before, retriever)
    if not before or (one.statements and not one.tentative):
        return one
    # Or of another article.
    alone = by_itself(question, part)
    of_alone = retrieve(alone, anchors, retriever)[:_OF_PART] if alone else of_part
    other = _by_reading(alone or part, of_alone, anchors, retriever)
    return other if other.statements and not other.tentative else one


def _by_reading(question: Question, hits: Sequence[Hit], anchors: Sequence[str], retriever: Retriever) -> Finding:
    """The sentences that belong to the answer among the passages read, completed along the outline; or silence."""
    snapshot = retriever.snapshot
    question = with_known_localities(question, hits, snapshot.corpus)
    known = _judged(question, hits, anchors, retriever)
    if question.earlier and known.verdict.certainty != "sure":
        question, known = _turned(question, known, hits, retriever)
    lists = complete_lists(question, known.found, snapshot)
    said = _by_structure(question, known, lists, snapshot)
    said = said or answer_sides(tuple(_sides(question, known.found, anchors, retriever)), snapshot)
    return replace(said or _by_sentences(question, known, lists, snapshot), read=known.read)


def _turned(question: Question, known: _Known, hits: Sequence[Hit], retriever: Retriever) -> tuple[Question, _Known]:
    """A follow-up that may have turned to another subject, as what it asks by itself where that is surer."""
    corpus = retriever.snapshot.corpus
    asked = turned(question.text, question.earlier, known_in(hits, corpus))
    if not asked and not question.names_its_own:
        return question, known
    alone = understand(asked or question.text)
    own_hits = retrieve(alone, (), retriever) if asked else hits
    alone = with_known_localities(alone, own_hits, corpus)
    judged = _judged(alone, own_hits, (), retriever)
    if judged.verdict.probability <= known.verdict.probability:
        return question, known
    return (alone if asked else question), judged


def _by_structure(question: Question, known: _Known, lists: Sequence[ListFound], snapshot: Snapshot) -> Finding | None:
    """What records count, order or sum up, how editions differ; only where sure."""
    items = find_items(question, known.found, snapshot)
    if items and leaves_out(items, rows_alike(question, known.found)):
        return None
    listed = bool(lists) and (known.verdict.certainty == "sure" or all(one.meant for one in lists))
    if items and not (items.is_whole_list and listed):
        return answer_items(items)
    near = known.verdict.certainty != "silent" or len(question.years) > 1
    compared = compared_editions(question, known.all_found, snapshot) if near else None
    return answer_difference(question, *compared) if compared else None


def _by_sentences(question: Question, known: _Known, lists: Sequence[ListFound], snapshot: Snapshot) -> Finding:
    """A list that is completed, or the sentences that belong to the answer; or silence."""
    found, verdict = known.found, known.verdict
    # What is announced by the very name that is asked for answers, whatever reading makes of it.
    named = bool(lists) and all(listed.named for listed in lists)
    unsure, silent = verdict.certainty != "sure", verdict.certainty == "silent" and not named
    premise = other_premise(question, known.read, snapshot) if silent or (unsure and not lists) else None
    if silent or premise:
        return replace(premise or refuse(found, len(known.read)), confidence=verdict.probability)
    lines = answer_lines(question, found, lists, unsure, snapshot)
    lines = with_editions(question, lines, known.edition, found, unsure)
    tentative = unsure and not lines.meant
    rests_on = Statement(found[0].article, found[0].span)
    return Finding(
        lines.statements, note=lines.note, confidence=verdict.probability, tentative=tentative, rests_on=rests_on
    )


def _sides(
    question: Question, found: Sequence[Evidence], anchors: Sequence[str], retriever: Retriever
) -> Iterator[Side]:
    """The counties, places or years asked for side by side; what is found for one alone where that is surer."""
    sides = sides_of(question, found)
    names = [side.name for side in sides]
    for side in sides:
        alone = asked_of_one(question.text, side.name, names)
        verdict = judge(side.question, side.found, one_of_several=True)
        if alone and verdict.certainty != "sure":
            asked = understand(alone, question.earlier)
            hits = retrieve(asked, anchors, retriever)[:_OF_PART]
            asked = with_known_localities(asked, hits, retriever.snapshot.corpus)
            known = _judged(asked, hits, anchors, retriever)
            by_itself = asked_alone(side, asked, names, known.found)
            if judge(asked, by_itself.found, one_of_several=True).probability > verdict.probability:
                side = by_itself
        yield side


def _judged(question: Question, hits: Sequence[Hit], anchors: Sequence[str], retriever: Retriever) -> _Known:
    """The passages read with the question, the sentences that belong to its answer, and how sure they are.

    Of a rule in several editions only the sentences of the one meant are judged.
    """
    snapshot = retriever.snapshot
    read = read_passages(question.text, question.earlier, hits, snapshot.corpus, retriever.reader)
    all_found = gather(question, read, frozenset(anchors), snapshot)
    edition = edition_meant(question, all_found, snapshot)
    found = edition.only(all_found) if edition else all_found
    return _Known(read, all_found, edition, found, judge(question, found))
