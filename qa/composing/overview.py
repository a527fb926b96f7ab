"""What an article says in the main: its own sections, as an answer to “主要做法有哪些”, “这篇文章讲了什么”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.folding import squeeze
from embeddings.snapshot.snapshot import Snapshot
from embeddings.structure.sentences import paragraphs, sentences
from embeddings.types import Article, Hit, Outline, Section, Span
from qa.composing.citations import Statement
from qa.composing.list_lines import bare_heading
from qa.composing.page_fields import head_of
from qa.evidence.fit import whole_article
from qa.evidence.subject import is_of_place, subject_of
from qa.retrieving.retriever import article_ids
from qa.retrieving.term_weights import TermWeights
from qa.understanding.page_fields import speaks_of_an_article
from qa.understanding.question import Question, content_terms

_LEAST_SECTIONS = 2
_SENTENCES = 3
_ASKS = re.compile(
    r"(?:主要|都|大致|具体|总体)?(?:讲述?|说|写|谈|介绍)了?(?:哪些|些?什么|啥)(?:内容|事情?)?|"
    r"(?:主要|基本)(?:内容|观点|精神|意思|举措|工作)|"
    r"(?:做法|经验|措施|举措|亮点|成效|工作)(?:主要)?(?:有哪些|是什么|有什么|包括什么|怎么样|如何)|"
    r"(?:有|采取了?)(?:哪些|什么|些什么)(?:好的?)?(?:主要)?(?:做法|经验|措施|举措|亮点)"
)
_AN_ARTICLE = re.compile(r"^讲|[这那该]?篇?(?:文章|报道)还?")
_LEAST_SHARE = 0.5
"""Of the terms that are left of the question, in the titles, headings and lead of the article meant."""


def answer_overview(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> list[Statement]:
    """The sections of the article meant, where no more is asked for than what it says in the main; else nothing."""
    asks = _ASKS.search(question.text)
    of_an_article = speaks_of_an_article(question.text)
    if asks is None or (question.names and not of_an_article):
        return []
    terms = [term for term in question.terms if term not in squeeze(asks.group())]
    if of_an_article:
        terms = list(content_terms(_AN_ARTICLE.sub(" ", question.text.replace(asks.group(), " "))))
    weights = TermWeights.of(terms, snapshot.lexical)
    for article_id in article_ids(hits):
        article = snapshot.corpus.article(article_id)
        named = any(squeeze(title) in squeeze(article.title) for title in question.titles)
        if not named and not ((question.places or terms) and is_of_place(article, question)):
            continue
        outline = snapshot.corpus.outline(article_id)
        # An article is meant by anything in it: “讲12345工作法的文章”.
        about = f"{subject_of(article)} {' '.join(_headings(article, outline))}"
        said = whole_article(article) if of_an_article else about
        if named or weights.share(weights.found(said)) >= _LEAST_SHARE:
            section = None if named or of_an_article else _section_meant(article, outline.sections, weights)
            return _section_overview(article, section) if section else overview(article, outline)
    return []


def _headings(article: Article, outline: Outline) -> list[str]:
    return [article.text[s.heading.start : s.heading.end] for s in _announced(outline.sections)]


def _section_meant(article: Article, sections: Sequence[Section], weights: TermWeights) -> Section | None:
    """The section, however deep, whose announcement says more of what is asked than all that says what the article is.

    None where the article itself is meant.
    """
    pending, best = list(sections), None
    most = max(weights.share(weights.found(subject_of(article))), _LEAST_SHARE)
    while pending:
        section = pending.pop(0)
        share = weights.share(weights.found(article.text[section.heading.start : section.heading.end]))
        if section.kind != "name" and share > most:
            best, most = section, share
        pending.extend(section.children)
    return best


def _section_overview(article: Article, section: Section) -> list[Statement]:
    """Its announcement and its parts; nothing where it has none, and its text has to be read."""
    parts = [child for child in section.children if child.kind != "name"]
    if len(parts) < _LEAST_SECTIONS:
        return []
    return [_headed(article, section, 0), *(_headed(article, part, 1) for part in parts)]


def overview(article: Article, outline: Outline) -> list[Statement]:
    """Its title, its sections on the first level and theirs on the second, by their headings.

    Of an article without sections: the sentences that begin its first paragraphs, up to three.
    """
    sections = _announced(outline.sections)
    if len(sections) < _LEAST_SECTIONS:
        return [Statement(article, span) for span in _openings(article)]
    statements = [Statement(article, head_of(article), wording=f"《{article.title}》的主要内容：")]
    for section in sections:
        statements.append(_headed(article, section, 1))
        statements.extend(_headed(article, child, 2) for child in _announced(section.children))
    return statements


def _headed(article: Article, section: Section, indent: int) -> Statement:
    return Statement(article, bare_heading(article, section.heading), indent)


def _announced(children: Sequence[Section]) -> list[Section]:
    """Headings and leads; what is enumerated inside a paragraph is its detail."""
    return [child for child in children if child.kind in ("heading", "lead")]


def _openings(article: Article) -> list[Span]:
    bylines = set(article.bylines)
    body = article.text[: article.body_end]
    spans = [span for span in paragraphs(body, article.body_start) if span not in bylines]
    return [sentences(article.text, span)[0] for span in spans[:_SENTENCES]]
