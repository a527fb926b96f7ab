"""An answer under way: the sentences checked so far, and the numbers of the characters that they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from embeddings.folding import squeeze
from embeddings.types import Article, Span
from qa.checking.sources import SourceSpan
from qa.composing.citations import Statement, check_quotes, cite, on_one_line, quote_of
from qa.composing.finding import Finding
from qa.replies.reply import Claimed
from qa.types import TENTATIVE_WORDED, Answer, AnswerSpan, Citation, Sentence, Support

_PREFIX = ("", "- ", "  - ")


class Draft:
    """Grows sentence by sentence; every state of it is an answer that holds."""

    def __init__(self, extractive: Answer, snapshot: str) -> None:
        """Begin the answer to the question that `extractive` answers."""
        self._extractive = extractive
        self._snapshot = snapshot
        self._numbers: dict[tuple[str, Span], int] = {}
        self._articles: dict[str, Article] = {}
        self._citations: list[Citation] = []
        self._sentences: list[Sentence] = []

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All so far, the unsupported ones too."""
        return tuple(self._sentences)

    def add(self, claimed: Claimed, spans: Sequence[SourceSpan]) -> None:
        """Add a sentence that rests on these spans, or on nothing."""
        quotes = "".join(quote_of(one.article, one.span) for one in spans)
        support: Support = "unsupported"
        if spans:
            support = "verbatim" if squeeze(claimed.text) in squeeze(quotes) else "supported"
        numbers = tuple(dict.fromkeys(self._number(one.article, one.span) for one in spans))
        level = min(claimed.level, len(_PREFIX) - 1)
        self._sentences.append(Sentence(claimed.text, support, numbers, level, claimed.begins_line))

    def quote(self, statement: Statement) -> None:
        """Add a line in the words of its article."""
        said = on_one_line(statement.wording or quote_of(statement.article, statement.span))
        support: Support = "supported" if statement.wording else "verbatim"
        number = self._number(statement.article, statement.span)
        self._sentences.append(Sentence(said, support, (number,), statement.indent))

    def _number(self, article: Article, span: Span) -> int:
        """The number of the citation of this span, a new one where it has none."""
        key = (article.id, span)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self._articles[article.id] = article
            self._citations.append(cite(article, span, self._numbers[key], self._snapshot))
        return self._numbers[key]

    def answer(self, seconds: float, pending: str = "", tentative: bool = False) -> Answer:
        """The answer so far; `seconds` since the question was asked.

        Raises:
            CitationError: a quote does not stand in its article; a fault of this program.
        """
        check_quotes(self._citations, self._articles)
        return replace(
            self._extractive,
            text=f"{TENTATIVE_WORDED}\n{text_of(self._sentences)}" if tentative else text_of(self._sentences),
            citations=tuple(self._citations),
            sentences=self.sentences,
            answer_spans=(),
            abstained=False,
            reason="",
            nearest=(),
            tentative=tentative,
            mode="generated",
            pending=pending,
            timings=replace(self._extractive.timings, total=seconds),
        )


def text_of(sentences: Sequence[Sentence]) -> str:
    """The supported sentences with their markers, in lines; a line of which nothing is supported is left out."""
    lines: list[tuple[int, list[str]]] = []
    for index, sentence in enumerate(sentences):
        if sentence.begins_line or index == 0:
            lines.append((sentence.level, []))
        if sentence.support != "unsupported":
            lines[-1][1].append(sentence.text + "".join(f"[{number}]" for number in sentence.numbers))
    return "\n".join(_PREFIX[level] + "".join(said) for level, said in lines if said)


def exact_answers(answer: Answer, finding: Finding) -> tuple[AnswerSpan, ...]:
    """Where the exact answers that the reader found stand in the answer's own wording, in its order, apart."""
    found: dict[int, AnswerSpan] = {}
    for statement in finding.statements:
        for span in statement.answers:
            said = on_one_line(statement.article.text[span.start : span.end])
            position = answer.text.find(said)
            citation = _citation_of(statement.article.id, span, answer.citations)
            if position >= 0 and citation:
                found.setdefault(
                    position, AnswerSpan(position, position + len(said), citation.number, span.start, span.end)
                )
    apart: list[AnswerSpan] = []
    for position in sorted(found):
        if not apart or apart[-1].end <= position:
            apart.append(found[position])
    return tuple(apart)


def _citation_of(article_id: str, span: Span, citations: Sequence[Citation]) -> Citation | None:
    holding = (c for c in citations if c.article_id == article_id and c.start <= span.start and span.end <= c.end)
    return next(holding, None)
