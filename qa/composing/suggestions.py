"""Questions to ask next: the numbered names that stand nearest to what was cited, and what its article says in all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from embeddings.folding import fold, squeeze
from embeddings.snapshot.corpus_store import CorpusStore
from embeddings.types import Article, Section
from qa.types import Citation
from qa.understanding.names import quoted_numbered_names

_PARTS = 2
"""A name is worth a question where the outline holds at least so many parts of it."""
_SECTIONS = 2
"""What an article says in the main is worth a question where it has at least so many sections."""


def suggested_questions(
    question: str, citations: Sequence[Citation], corpus: CorpusStore, limit: int = 3
) -> tuple[str, ...]:
    """Up to `limit` questions on the article cited first, that its outline answers and `question` did not ask.

    Names that the outline lists the parts of come first, nearest to what was cited foremost.
    """
    if not citations:
        return ()
    article = corpus.article(citations[0].article_id)
    sections = corpus.outline(article.id).sections
    cited = [citation for citation in citations if citation.article_id == article.id]
    named = sorted(_named(article, sections), key=lambda one: min(_distance(one[1], c) for c in cited))
    place = f"{article.place}的" if article.place else ""
    asked = squeeze(question)
    questions = [f"{place}“{name}”是什么？" for name, _ in named if squeeze(name) not in asked]
    if len(sections) >= _SECTIONS and squeeze(article.title) not in asked:
        questions.append(f"《{article.title}》主要讲了什么？")
    return tuple(dict.fromkeys(questions))[:limit]


def _named(article: Article, sections: Sequence[Section]) -> Iterator[tuple[str, Section]]:
    """Every section with parts whose announcement names them, with that name as it is written."""
    for section in sections:
        if len(section.children) >= _PARTS:
            heading = article.text[section.heading.start : section.heading.end]
            for name in quoted_numbered_names(heading)[:1]:
                yield _as_written(name, heading), section
        yield from _named(article, section.children)


def _as_written(name: str, heading: str) -> str:
    """Names are folded; what is shown to a reader is the article's own form."""
    quoted = re.findall(r"[“‘「『]([^”’」』]+)[”’」』]", heading)
    return next((one for one in quoted if fold(one) == name), name)


def _distance(section: Section, citation: Citation) -> int:
    """Characters between a section's announcement and what was cited; 0 where they overlap."""
    return max(section.heading.start - citation.end, citation.start - section.heading.end, 0)
