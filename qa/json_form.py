"""The one JSON form of an answer: what `suyuan ask --json` prints and the web API sends."""

from __future__ import annotations

from typing import Any

from qa.types import Answer, AnswerSpan, Citation


def answer_json(answer: Answer, question_id: str | None = None) -> dict[str, Any]:
    """The answer as a JSON object; `nearest` holds what is offered where it abstained."""
    return {
        "id": question_id,
        "question": answer.question,
        "standalone": answer.standalone,
        "answer": answer.text,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "mode": answer.mode,
        "confidence": round(answer.confidence, 4),
        "answer_spans": [_span_json(span, answer) for span in answer.answer_spans],
        "citations": [_citation_json(citation) for citation in answer.citations],
        "nearest": [_citation_json(citation) for citation in answer.nearest],
        "seconds": round(answer.timings.total, 4),
    }


def _span_json(span: AnswerSpan, answer: Answer) -> dict[str, Any]:
    return {
        "text": answer.text[span.start : span.end],
        "start": span.start,
        "end": span.end,
        "number": span.number,
        "article_start": span.article_start,
        "article_end": span.article_end,
    }


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "article_id": citation.article_id,
        "title": citation.title,
        "author": citation.author,
        "published": citation.published,
        "source": citation.source,
        "place": citation.place,
        "url": citation.url,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "text_sha256": citation.text_sha256,
        "snapshot": citation.snapshot,
    }
