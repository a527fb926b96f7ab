"""The one JSON form of answers and articles: what the commands print and the web API sends."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from embeddings.types import Article, Outline, Section
from qa.recognised import notice_line
from qa.types import Answer, AnswerSpan, Citation, Sentence

if TYPE_CHECKING:
    from embeddings.snapshot.corpus_store import ArticleHead


def answer_json(answer: Answer, question_id: str | None = None) -> dict[str, Any]:
    """The answer as a JSON object; `nearest` holds what is offered where it abstained.

    Where it is `tentative`, the first line of `answer` says so and has no marker.
    """
    return {
        "id": question_id,
        "question": answer.question,
        "standalone": answer.standalone,
        "answer": answer.text,
        "abstained": answer.abstained,
        "tentative": answer.tentative,
        "reason": answer.reason,
        "mode": answer.mode,
        "confidence": round(answer.confidence, 4),
        "note": answer.note,
        "faithful": round(answer.faithful, 4),
        "answer_spans": [_span_json(span, answer) for span in answer.answer_spans],
        "sentences": [_sentence_json(sentence, answer) for sentence in answer.sentences],
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


def _sentence_json(sentence: Sentence, answer: Answer) -> dict[str, Any]:
    by_number = {citation.number: citation for citation in answer.citations}
    rests_on = [by_number[number] for number in sentence.numbers]
    return {
        "text": sentence.text,
        "support": sentence.support,
        "level": sentence.level,
        "spans": [
            {"number": one.number, "article_id": one.article_id, "start": one.start, "end": one.end} for one in rests_on
        ],
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
        "page": citation.page,
        "page_end": citation.page_end,
        "quote": citation.quote,
        "text_sha256": citation.text_sha256,
        "snapshot": citation.snapshot,
        "recognised": _recognised_json(citation),
    }


def _recognised_json(citation: Citation) -> dict[str, Any] | None:
    """Where the quote was recognised in a picture: its page and what a reader is told."""
    told = notice_line(citation)
    return {"page": citation.recognised_page, "notice": told} if told else None


def head_json(head: ArticleHead) -> dict[str, Any]:
    """What an article's page says of it, of a list of many."""
    return asdict(head)


def about_json(article: Article) -> dict[str, Any]:
    """What an article's page says of it, with the length and digest of its text."""
    metadata = {name: value for name, value in asdict(article).items() if name != "text"}
    return {**metadata, "author": article.author, "characters": article.body_end, "sha256": article.sha256}


def article_json(article: Article, outline: Outline) -> dict[str, Any]:
    """An article whole: what its page says of it, its text and its outline, nested."""
    sections = [_section_json(section, article.text) for section in outline.sections]
    return {**about_json(article), "text": article.text, "outline": sections}


def _section_json(section: Section, text: str) -> dict[str, Any]:
    return {
        "kind": section.kind,
        "heading": text[section.heading.start : section.heading.end],
        "start": section.start,
        "end": section.end,
        "children": [_section_json(child, text) for child in section.children],
    }
