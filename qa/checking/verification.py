"""Holds each sentence of a reply to the sources: which of their sentences state all that it claims, if any do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from embeddings.places.places import find_places
from embeddings.structure.sentences import clauses
from embeddings.types import Article, Span
from qa.checking.closeness import Closeness
from qa.checking.computed import Term, compute
from qa.checking.foreign_sentences import find_foreign_support, is_foreign
from qa.checking.material import Paper, Stated, read_paper, read_source
from qa.checking.part import Part, read_part
from qa.checking.sources import Source, SourceSpan
from qa.checking.support import Support, Thresholds, find_support
from qa.claims.claims import claims_of, spelt
from qa.claims.quantities import Quantity, agrees, quantities
from qa.claims.wording import says_nothing, terms
from qa.replies.reply import Claimed
from qa.retrieving.retriever import Retriever
from qa.understanding.sounds import is_phrase
from qa.understanding.spelling import KnowsWords

_POINTS_AT_SOURCES = re.compile(
    r"^(?:根据|依据|据|按照|从)?(?:所|已|您|你)?(?:提供|给出|上述|以上|现有|相关|有关)?的?(?:资料|材料|文章|原文|文献|信息|报道)(?:里|中)?(?:的)?"
    r"(?:显示|介绍|记载|所述|可知|提到|指出|内容|描述|来看)?[，,：:]"
)
_PAPERS = 4
"""Articles, at most, that a part is held against: those that hold most of its terms."""
_LEAST_TERMS = 5
"""Clauses with fewer terms than this stay with the next."""
_LEAST_BETWEEN_SEMICOLONS = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sentence of a reply rests on."""

    spans: tuple[SourceSpan, ...]
    """Whole sentences of the sources, adjacent ones in one span; none where the sentence is unsupported."""
    lead_in: bool = False
    """Whether it is unsupported because it claims nothing (“具体如下：”)."""
    computed: str = ""
    """How a figure of it comes out of those cited (456人－428人＝28人); empty where all are the sources' own."""


class Verifier:
    """Checks the sentences of one reply, or of several to the same question; reads each source once."""

    def __init__(self, retriever: Retriever, question: str, thresholds: Thresholds | None = None) -> None:
        """`question` is the standalone one: its places are what a sentence without any speaks of."""
        self._retriever = retriever
        self._question = question
        self._places = find_places(question)
        self._thresholds = thresholds or Thresholds()
        # Of a few words the embedding alone shows nothing.
        self._strict = replace(self._thresholds, least=self._thresholds.well)
        self._closeness = Closeness(retriever.encoder)
        self._stated: dict[tuple[str, Span], tuple[Stated, ...]] = {}
        self._borne: list[tuple[Term, tuple[SourceSpan, ...]]] = []

    def check(self, claimed: Claimed, sources: Sequence[Source]) -> Verdict:
        """The sentences that support this one: of the sources it names if they do, else of any."""
        text = _POINTS_AT_SOURCES.sub("", claimed.text) or claimed.text
        named = [source for source in sources if source.number in claimed.numbers]
        pools = [pool for pool in (named, list(sources)) if pool]
        for pool in pools[:1] if len(named) == len(sources) else pools:
            if spans := self._supporting(text, pool):
                self._borne.extend((term, spans) for term in _terms_in(text))
                return Verdict(spans)
        return self._computed(text, sources) or Verdict((), self._leads_in(text))

    def _computed(self, text: str, sources: Sequence[Source]) -> Verdict | None:
        """A sentence of which one figure stands in no source, but comes out of figures that were borne out.

        What else it says has to be borne out as ever; the clause with the figure may say nothing new beside it.
        """
        parts = [text[span.start : span.end] for span in clauses(text, Span(0, len(text)))]
        said = [(n, q) for n, part in enumerate(parts) for q in quantities(part)]
        if not said:
            return None
        stated = [q for paper in self._papers(sources) for one in paper.sentences for q in one.claims.quantities]
        new = [(n, q) for n, q in said if not any(agrees(q, own) for own in stated)]
        if len(new) != 1:
            return None
        (place, figure), rest = new[0], "".join(part for n, part in enumerate(parts) if n != new[0][0])
        spans = self._supporting(rest, sources) if terms(rest) else ()
        if (terms(rest) and not spans) or self._claims_more(parts[place], figure, rest):
            return None
        borne = [*self._borne, *((term, spans) for term in _terms_in(rest))]
        computation = compute(figure, [term for term, _ in borne])
        if computation is None or not computation.holds_as(parts[place]):
            return None
        used = (span for term, of_term in borne if term in computation.terms for span in of_term)
        return Verdict(tuple(dict.fromkeys([*spans, *used])), computed=computation.text)

    def _claims_more(self, clause: str, figure: Quantity, rest: str) -> bool:
        """Whether a clause says more than a figure: another one, or a name or place that is not spoken of before."""
        claims = claims_of(clause)
        known = spelt("".join([self._question, rest, *(term.clause for term, _ in self._borne)]))
        names = [*(name.text for name in claims.names), *claims.places]
        return any(q != figure for q in claims.quantities) or any(spelt(name) not in known for name in names)

    def _leads_in(self, text: str) -> bool:
        claims = claims_of(text)
        own = claims_of(self._question)
        asked = {name.text for name in own.names}, {quantity.value for quantity in own.quantities}
        nothing_new = (
            all(name.text in asked[0] for name in claims.names)
            and all(quantity.value in asked[1] for quantity in claims.quantities)
            and set(claims.places) <= set(own.places)
        )
        # A sentence in the question's own words says something (“有”) unless it only announces what follows.
        question = self._question if text.rstrip().endswith(("：", ":")) else ""
        return nothing_new and not is_foreign(text) and says_nothing(text, question)

    def _supporting(self, text: str, sources: Sequence[Source]) -> tuple[SourceSpan, ...]:
        papers = self._papers(sources)
        if is_foreign(text):
            return _spans(find_foreign_support(text, papers, self._closeness))
        part = read_part(text, self._retriever.snapshot.lexical, _places(papers))
        if found := self._of_one_article(part, papers, self._thresholds):
            return _spans(found)
        parts = _clauses(text)
        return self._of_articles(parts, papers, ()) if len(parts) > 1 else ()

    def _papers(self, sources: Sequence[Source]) -> list[Paper]:
        """The articles of the sources, each with its sentences in order, in the order of the sources."""
        by_article: dict[str, list[Source]] = {}
        for source in sources:
            by_article.setdefault(source.article.id, []).append(source)
        return [self._paper(of_one[0].article, of_one) for of_one in by_article.values()]

    def _paper(self, article: Article, sources: Sequence[Source]) -> Paper:
        sentences: dict[Span, Stated] = {}
        for source in sources:
            key = (article.id, source.span)
            if key not in self._stated:
                self._stated[key] = read_source(source)
            sentences.update((stated.span, stated) for stated in self._stated[key])
        outline = self._retriever.snapshot.corpus.outline(article.id)
        ordered = tuple(sentences[span] for span in sorted(sentences, key=lambda span: span.start))
        return read_paper(outline, sources, ordered)

    def _of_articles(
        self, parts: Sequence[str], papers: Sequence[Paper], places: tuple[str, ...]
    ) -> tuple[SourceSpan, ...]:
        """Support for all parts: for as many as one article bears out, then for the rest by another, or none at all.

        Never by the same again: what one article does not bear out as a whole, it does not in pieces.
        """
        for count in range(len(parts), 0, -1):
            part = read_part("".join(parts[:count]), self._retriever.snapshot.lexical, _places(papers), places)
            found = self._of_one_article(part, papers, self._strict)
            if not found:
                continue
            if count == len(parts):
                return _spans(found)
            others = [paper for paper in papers if paper.article.id != found[0].article.id]
            if rest := self._of_articles(parts[count:], others, part.places):
                return tuple(dict.fromkeys((*_spans(found), *rest)))
        return ()

    def _of_one_article(self, part: Part, papers: Sequence[Paper], thresholds: Thresholds) -> tuple[Stated, ...]:
        for paper in sorted(papers, key=lambda paper: -part.share(part.terms, paper.held))[:_PAPERS]:
            support = find_support(part, paper, self._places, thresholds, self._is_word)
            if support is not None and self._means(part, support):
                return support.sentences
        return ()

    def _is_word(self, word: str) -> bool:
        encoder = self._retriever.encoder
        return is_phrase(word) or (isinstance(encoder, KnowsWords) and encoder.has_word(word))

    def _means(self, part: Part, support: Support) -> bool:
        if support.coverage >= self._thresholds.sure:
            return True
        texts = [stated.text for stated in support.sentences]
        nearest = max(self._closeness.cosines(part.text, ["".join(texts), *texts]))
        well = support.coverage >= self._thresholds.well
        return nearest >= (self._thresholds.close if well else self._thresholds.near)


def _terms_in(text: str) -> list[Term]:
    """The figures of a sentence that was borne out, years apart, each with its clause."""
    found: list[Term] = []
    for span in clauses(text, Span(0, len(text))):
        clause = text[span.start : span.end]
        found.extend(Term(q, clause[q.start : q.end], clause) for q in quantities(clause) if not q.is_year)
    return found


def _places(papers: Sequence[Paper]) -> tuple[str, ...]:
    """The places that the articles are about."""
    return tuple(sorted({place for paper in papers for place in paper.about.places}))


def _clauses(text: str) -> list[str]:
    """Where a sentence may change from one article to another: its parts between semicolons, else its clauses.

    One with hardly any words of its own (“2021年，”) goes with the next, the last with the one before.
    """
    pieces = [text[span.start : span.end] for span in clauses(text, Span(0, len(text)))]
    parts = _joined(pieces, ("；", ";"), _LEAST_BETWEEN_SEMICOLONS)
    return parts if len(parts) > 1 else _joined(pieces, ("",), _LEAST_TERMS)


def _joined(pieces: Sequence[str], ends: tuple[str, ...], least: int) -> list[str]:
    found: list[str] = []
    held = ""
    for piece in pieces:
        held += piece
        if piece.rstrip().endswith(ends) and len(terms(held)) >= least:
            found.append(held)
            held = ""
    if not found or len(terms(held)) >= least:
        return [*found, held]
    return [*found[:-1], found[-1] + held]


def _spans(sentences: Sequence[Stated]) -> tuple[SourceSpan, ...]:
    """The sentences as spans of their articles; those that adjoin in a line are one."""
    spans: list[SourceSpan] = []
    for stated in sentences:
        last = spans[-1] if spans else None
        between = stated.article.text[last.span.end : stated.span.start] if last else ""
        adjoins = last and last.article.id == stated.article.id and last.span.end <= stated.span.start
        if last and adjoins and not between.strip() and "\n" not in between:
            spans[-1] = SourceSpan(last.article, Span(last.span.start, stated.span.end))
        else:
            spans.append(SourceSpan(stated.article, stated.span))
    return tuple(spans)
