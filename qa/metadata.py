"""Questions about an article itself: who wrote it, when and where it was published, what it is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.sentences import sentences
from embeddings.snapshot import Snapshot
from embeddings.types import Article, Hit, Span
from qa.citations import Statement
from qa.coverage import TermWeights, is_about, squeeze, whole_article
from qa.question import Question

_AUTHOR = re.compile(r"作者|撰稿|谁写|何人所写")
_EDITOR = re.compile(r"编辑|责编")
_UPLOADER = re.compile(r"上传")
_TITLE = re.compile(r"标题|题目|文章叫什么")
_DATE = re.compile(r"时间|日期|何时|什么时候|哪天|哪年|哪一天")
_METADATA_TERMS = re.compile(
    r"的?(?:作者|撰稿人?|责任编辑|编辑|责编|发表|发布|刊登|刊发|上传|时间|日期|来源|标题|题目|文章|谁写)的?"
)


def answer_metadata(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> list[Statement]:
    """What the article meant says of itself, or nothing where no article is meant or it does not say."""
    article = _meant(question, hits, snapshot)
    return _statements(question, article) if article else []


def _meant(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Article | None:
    """The article of the title named, else the first retrieved one that holds the question's names and places."""
    candidates = [snapshot.corpus.article(i) for i in dict.fromkeys(hit.passage.article_id for hit in hits)]
    if question.titles:
        wanted = squeeze(question.titles[0])
        return next((a for a in candidates if wanted in squeeze(a.title) or squeeze(a.title) in wanted), None)
    fitting = [article for article in candidates if is_about(article, question)]
    if not fitting:
        return None
    weights = TermWeights.of(_subject_terms(question), snapshot.lexical)
    share = {a.id: weights.share(weights.found(whole_article(a))) for a in fitting}
    best = max(fitting, key=lambda article: share[article.id])
    return best if share[best.id] >= 0.5 else None


def _subject_terms(question: Question) -> list[str]:
    asked = squeeze("".join(_METADATA_TERMS.findall(question.text)))
    return [term for term in question.terms if term not in asked]


def _statements(question: Question, article: Article) -> list[Statement]:
    asked = question.text
    if _EDITOR.search(asked):
        return _said(article, "编辑", "、".join(article.editors))
    if _UPLOADER.search(asked) and not _DATE.search(asked):
        return _said(article, "稿件上传", article.uploader)
    if _AUTHOR.search(asked):
        bylines = [Statement(article, span) for span in article.bylines]
        return bylines or _said(article, "作者", article.author)
    if _TITLE.search(asked):
        return [Statement(article, head_of(article), wording=f"文章的标题是《{article.title}》。")]
    if _DATE.search(asked):
        return _said(article, "发布日期", article.published)
    parts = (("来源", article.source), ("发布日期", article.published))
    return [statement for label, value in parts for statement in _said(article, label, value)]


def _said(article: Article, label: str, value: str) -> list[Statement]:
    """“《title》的label：value。”, cited to the article's head, since the page says it beside the text."""
    if not value:
        return []
    return [Statement(article, head_of(article), wording=f"《{article.title}》的{label}：{value}。")]


def head_of(article: Article) -> Span:
    """The title line where the text has one, else the first sentence."""
    if article.body_start:
        return Span(0, len(article.text[: article.body_start].rstrip()))
    return sentences(article.text, Span(0, len(article.text)))[0]
