"""The one JSON form of an answer: what `suyuan ask --json` prints and the web API sends."""

from __future__ import annotations

from typing import Any

from qa.types import Answer, Citation


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
        "citations": [_citation_json(citation) for citation in answer.citations],
        "nearest": [_citation_json(citation) for citation in answer.nearest],
        "seconds": round(answer.timings.total, 4),
    }


def _citation_json(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "article_id": citation.article_id,
        "title": citation.title,
        "author": citation.author,
        "published": citation.published,
        "source": citation.source,
        "url": citation.url,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "text_sha256": citation.text_sha256,
        "snapshot": citation.snapshot,
    }
