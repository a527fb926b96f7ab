"""Answers questions about an article itself: who wrote it, when and where it was published, what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from embeddings.cleaning.labels import DOCUMENT_NUMBER
from embeddings.folding import squeeze
from embeddings.snapshot.snapshot import Snapshot
from embeddings.structure.sentences import paragraphs, sentences
from embeddings.types import Article, CreditRole, Hit, Span
from qa.composing.citations import Statement, quote_of
from qa.composing.finding import Finding
from qa.composing.labelled_lines import labelled_lines
from qa.composing.meant_article import NoSuchTitle, authors_in, meant_articles
from qa.retrieving.retriever import article_ids
from qa.understanding.page_fields import PageField, fields_asked, speaks_of_an_article
from qa.understanding.question import Question, content_terms

_LABELS: dict[PageField, str] = {
    "author": "作者", "post": "作者的职务", "title": "标题", "published": "发布日期", "source": "来源",
    "editor": "编辑", "uploader": "稿件上传者", "url": "网址", "place": "所写的地方",
    "number": "文号", "photographer": "图片来源", "recorder": "记录人", "proofreader": "校对",
    "signatory": "经手的人", "dated": "落款日期",
}  # fmt: skip
_LABELLED = ("作者", "撰稿", "文", "记者", "通讯员", "供稿", "执笔", "署名")
"""A byline that holds one of these words, or brackets, says by itself that it names the author."""
_DATE_LINE = re.compile(
    r"(?:\d{4}|[〇零○一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
)
_HEAD_LINES, _AROUND_NUMBER = 6, 12
"""Lines at the top that may give the document's number, and characters beside it on its line: its label, brackets."""
_FEW_TERMS = 4
"""Terms of a follow-up that names no article of its own (“发表在哪里”)."""
_OF_PAGES = frozenset[PageField](
    {"author", "post", "editor", "uploader", "number", "photographer", "recorder", "proofreader", "signatory", "dated"}
)
"""One of these asks for the page: only articles have them, while much has a date, a source or a name."""


@dataclass(frozen=True, slots=True)
class FieldSaid:
    """What a page says of one field."""

    value: str
    statement: Statement


def answer_metadata(
    question: Question, anchors: Sequence[str], hits: Sequence[Hit], snapshot: Snapshot
) -> Finding | None:
    """What the article meant says of itself, or why there is no answer; None where the question means no article.

    A follow-up that names none (它的作者是谁) means the first of the articles that answered before it, `anchors`.
    """
    fields = fields_asked(question.text)
    followed = bool(anchors) and not question.titles and len(content_terms(question.text)) <= _FEW_TERMS
    of_page = _OF_PAGES.intersection(fields) and _OF_PAGES.union(("published", "source")).issuperset(fields)
    if not followed and not speaks_of_an_article(question.text) and not of_page:
        return None
    if question.years and fields == ("post",):
        return None
    if fields == ("post",) and "作者" not in question.text and not authors_in(question.text, snapshot):
        return None
    try:
        before = (snapshot.corpus.article(anchors[0]),) if followed else ()
        articles = before or meant_articles(question, hits, snapshot)
    except NoSuchTitle as missing:
        return None if _is_written_about(str(missing), hits, snapshot) else Finding((), f"没有题为《{missing}》的文章")
    if not articles:
        return None
    said = {article.id: [one for field in fields for one in field_statements(article, field)] for article in articles}
    if len(articles) == 1 and (found := _with_lines(articles[0], said[articles[0].id], question)):
        return Finding(tuple(dict.fromkeys(found)))
    if any(said.values()):
        return Finding(tuple(line for article in articles for line in _of_several(article, said[article.id])))
    if fields in (("number",), ("dated",)):
        return None  # of a document that the text only speaks of, perhaps
    missing_fields = "、".join(_LABELS[field] for field in fields)
    titles = "、".join(f"《{article.title}》" for article in articles)
    heads = tuple(Statement(article, head_of(article)) for article in articles)
    return Finding((), f"{titles}没有注明{missing_fields}", heads)


def _with_lines(article: Article, said: Sequence[FieldSaid], question: Question) -> list[Statement]:
    """What the page says of the fields; of what stands in a line under a label that is asked for, the line."""
    values = squeeze("".join(one.value for one in said))
    lines = [Statement(article, span) for span in labelled_lines(article, question.text, values)]
    quoted = squeeze("".join(quote_of(article, line.span) for line in lines))
    return [*(one.statement for one in said if squeeze(one.value) not in quoted), *lines]


def _is_written_about(title: str, hits: Sequence[Hit], snapshot: Snapshot) -> bool:
    """Whether 《…》 is no article of the corpus but a book or a decree that its articles write about."""
    return any(squeeze(title) in squeeze(snapshot.corpus.article(i).text) for i in article_ids(hits))


def _of_several(article: Article, said: Sequence[FieldSaid]) -> list[Statement]:
    """A line for each thing that the page says, behind the title; or that it says nothing."""
    lines = [(one.value, one.statement.span) for one in said] or [("没有注明", head_of(article))]
    return [Statement(article, span, 1, f"《{article.title}》：{value}", (value,)) for value, span in lines]


def field_statements(article: Article, field: PageField) -> list[FieldSaid]:
    """What the page says of the field, cited to where it stands in the text, else to the head; empty if nothing."""
    if field == "author":
        return _authors(article)
    if field == "post":
        span = _byline_with(article, article.author_post) if article.author_post else None
        return _said(article, field, article.author_post, span)
    if field == "title":
        return _title(article)
    if field == "number":
        return _number(article)
    if field == "dated":
        return _dated(article)
    if field == "signatory":
        return []  # what stands under such labels is quoted line by line
    if field in ("photographer", "recorder", "proofreader"):
        return _credited(article, field, article.credited(field))
    if field == "editor" and set(article.editors) <= set(article.credited("editor")):
        return _credited(article, field, article.editors)
    if field == "source" and article.source in article.credited("source"):
        return _credited(article, field, (article.source,))
    value = {
        "published": article.published,
        "source": article.source,
        "editor": "、".join(article.editors),
        "uploader": article.uploader,
        "url": article.url,
        "place": article.place,
    }[field]
    stands_in_text = field in ("editor", "uploader", "place")
    return _said(article, field, value, _line_with(article, value) if stands_in_text and value else None)


def _authors(article: Article) -> list[FieldSaid]:
    """The bylines as they stand where they say what they are, else in a sentence; then whom sentences name as authors.

    An office that heads an article in which a person is said to have written it is not its author.
    """
    said = []
    named = ""
    for span in article.bylines:
        line = quote_of(article, span)
        labelled = any(word in line for word in _LABELLED) or line[0] in "(（"
        if not labelled and not any(squeeze(author) in squeeze(line) for author in article.authors):
            continue
        named += squeeze(line)
        if labelled:
            said.append(FieldSaid(line, Statement(article, span)))
        else:
            said.append(FieldSaid(line, Statement(article, span, wording=f"《{article.title}》的作者是{line}。")))
    said += _credited(article, "author", (author for author in article.authors if squeeze(author) not in named))
    return said or _said(article, "author", article.author, None)


def _credited(article: Article, role: CreditRole, names: Iterable[str]) -> list[FieldSaid]:
    """A line for each place of the text that names some of them in this role, cited to it."""
    wanted = set(names)
    places: dict[Span, list[str]] = {}
    for credit in article.credits:
        if credit.role == role and credit.name in wanted:
            places.setdefault(Span(credit.start, credit.end), []).append(credit.name)
    return [
        FieldSaid(value, Statement(article, span, 0, f"《{article.title}》的{_LABELS[role]}：{value}。", (value,)))
        for span, value in ((span, "、".join(found)) for span, found in places.items())
    ]


def _title(article: Article) -> list[FieldSaid]:
    """An article whose page states no title is called by the opening of its lead, and the answer says so."""
    head = head_of(article)
    if article.body_start:
        return [FieldSaid(article.title, Statement(article, head, wording=f"文章的标题是《{article.title}》。"))]
    wording = f"页面没有注明标题；文章开头是：“{article.title}”。"
    return [FieldSaid(f"没有注明标题，开头是“{article.title}”", Statement(article, head, wording=wording))]


def _number(article: Article) -> list[FieldSaid]:
    """What stands as a line of its own, or behind its label on one, above the text or below it."""
    for span in (*islice(paragraphs(article.text), _HEAD_LINES), *paragraphs(article.text, article.body_end)):
        line = quote_of(article, span)
        if (found := DOCUMENT_NUMBER.search(line)) and len(line) - len(found.group()) <= _AROUND_NUMBER:
            own = Span(span.start + found.start(), span.start + found.end())
            return _said(article, "number", found.group(), own)
    return []


def _dated(article: Article) -> list[FieldSaid]:
    """The last line that is a date and no more: a document's own, which its page may publish on another day."""
    dates = [span for span in paragraphs(article.text) if _DATE_LINE.fullmatch(quote_of(article, span))]
    if not dates:
        return []
    return _said(article, "dated", quote_of(article, dates[-1]), dates[-1])


def _said(article: Article, field: PageField, value: str, span: Span | None) -> list[FieldSaid]:
    """One line that names the article, the field and what the page says of it."""
    if not value:
        return []
    wording = f"《{article.title}》的{_LABELS[field]}：{value}。"
    return [FieldSaid(value, Statement(article, span or head_of(article), 0, wording, _joined(article, value)))]


def _joined(article: Article, value: str) -> tuple[str, ...]:
    """Several names joined into one string, which the page states one by one."""
    return (value,) if value in (article.author, "、".join(article.editors)) else ()


def _byline_with(article: Article, words: str) -> Span | None:
    holding = (span for span in article.bylines if squeeze(words) in squeeze(quote_of(article, span)))
    return next(holding, None)


def _line_with(article: Article, words: str) -> Span | None:
    """The first sentence that holds the words."""
    for line in paragraphs(article.text):
        for span in sentences(article.text, line):
            if words in quote_of(article, span):
                return span
    return None


def head_of(article: Article) -> Span:
    """The title line where the text has one, else the first sentence."""
    if article.body_start:
        return Span(0, len(article.text[: article.body_start].rstrip()))
    return sentences(article.text, Span(0, len(article.text)))[0]
