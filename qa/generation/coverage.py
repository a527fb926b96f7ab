"""What a reply left out: the parts of a list that the extractive answer names, or the very answer it gives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.folding import squeeze
from qa.composing.citations import Statement, quote_of
from qa.evidence.orders import speaks_to_a_model
from qa.generation.draft import Draft
from qa.grounds import Grounds
from qa.retrieving.term_weights import TermWeights
from qa.types import Citation, Sentence
from qa.understanding.question import content_terms

_QUOTED = re.compile(r"[“「『]([^”」』]{2,})[”」』]")
_LOOKS_LIKE_A_TAG = re.compile(r"[<＜‹]/?[^<>]{1,20}[>＞›]")
_NAMED = 0.6
"""Share of the words of a part, by weight, with which a reply has said it."""
_SHORT, _NAMED_SHORT = 12, 0.3
"""Up to so many characters a part is a name, said by its ends and this share of it (少儿、盲文和古籍专区)."""


def complete(draft: Draft, grounds: Grounds, citations: Sequence[Citation]) -> None:
    """Add what is missing in the articles' own words, so that no wording costs a part of the answer."""
    for statement in _missing(grounds, draft.sentences, citations):
        said = statement.wording or quote_of(statement.article, statement.span)
        # What was kept from the model as an order, or as part of a prompt, is not put beside its words either.
        if not speaks_to_a_model(said) and not _LOOKS_LIKE_A_TAG.search(said):
            draft.quote(statement)


def _missing(grounds: Grounds, sentences: Sequence[Sentence], citations: Sequence[Citation]) -> tuple[Statement, ...]:
    finding = grounds.finding
    said = "\n".join(sentence.text for sentence in sentences if sentence.support != "unsupported")
    parts = tuple(statement for statement in finding.statements if statement.indent == 1)
    if parts:
        return tuple(part for part in parts if not _named(part, said, grounds))
    rests_on = finding.rests_on
    # Whatever else it cites, it leaves out neither the sentence that the certain answer rests on nor an exact answer,
    # nor, where it rests on none, what answers one of several things that are asked.
    answering = [one for one in finding.statements if rests_on is None or one.answers or one.is_within(rests_on)]
    if answering:
        return tuple(one for one in answering if not touched((one,), said, citations))
    return () if touched(finding.statements, said, citations) else finding.statements


def _named(part: Statement, said: str, grounds: Grounds) -> bool:
    """Whether the part is said: by its name in quotation marks, else by most of its words."""
    wording = part.wording or quote_of(part.article, part.span)
    names = _QUOTED.findall(wording)
    if names and all(squeeze(name) in squeeze(said) for name in names):
        return True
    weights = TermWeights.of(content_terms(wording), grounds.retriever.snapshot.lexical)
    bare = squeeze(wording).rstrip("。；;")
    share = weights.share(weights.found(said))
    if len(bare) > _SHORT:
        return share >= _NAMED
    return share >= _NAMED_SHORT and all(end in squeeze(said) for end in (bare[:2], bare[-2:]))


def touched(statements: Sequence[Statement], said: str, citations: Sequence[Citation]) -> bool:
    """Whether a reply cites characters of these statements, or says the exact answer of one."""
    for statement in statements:
        exact = [statement.article.text[span.start : span.end] for span in statement.answers]
        if any(answer in said for answer in exact):
            return True
        if not exact and any(
            c.article_id == statement.article.id and c.start < statement.span.end and statement.span.start < c.end
            for c in citations
        ):
            return True
    return False
