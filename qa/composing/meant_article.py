"""Which article a question about an article means: by its title, by what is said of it, by its place or subject."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.folding import squeeze
from embeddings.snapshot.corpus_store import ArticleHead
from embeddings.snapshot.snapshot import Snapshot
from embeddings.types import Article, Hit
from qa.evidence.fit import whole_article
from qa.evidence.mentions import find_mentions
from qa.evidence.subject import is_of_place
from qa.retrieving.retriever import article_ids
from qa.retrieving.term_weights import TermWeights
from qa.understanding.corpus_questions import CorpusQuestion, read_corpus_question
from qa.understanding.page_fields import description
from qa.understanding.question import Question, content_terms

_MOST = 5
"""Articles answered for where several fit what the question says of the one it means."""
_LEAST_SHARE = 0.5
_SHORTEST_TITLE = 4
_PAGE_WORDS = re.compile(
    r"文号|发文字号|是?(?:谁|哪[位个些]?(?:人|记者|通讯员|单位|部门)?)(?:采?写|采访|报道)|记者|"
    r"作者|撰稿人?|责任编辑|编辑|责编|发表|发布|刊登|刊发|登载|上传|时间|日期|来源|出处|标题|题目|职务|职位|网址|链接|"
    r"[这那该]个|哪[天年]|什么时候|何时|几月几号|的?人(?=是谁|叫)|"
    r"照片|图片|相片|配图|插图|谁?拍的?(?=$|[，,、？?])|供图|摄影|审核|审签|校对|录入|落款|成文|网上|"
    r"报纸|网站|媒体|关于|有关|介绍|(?<!谱)写(?!入|实)|讲(?!话|堂|座)|(?:[这那该]?篇)?(?:文章|报道|稿件|稿子)|[这那该]篇|[是为]?多少"
)
"""What is said of a page, and not of what its article is about."""


class NoSuchTitle(LookupError):  # noqa: N818 - it is no failure but an answer: there is none of this title
    """The question names a title that no article has."""


def meant_articles(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> tuple[Article, ...]:
    """The articles that fit what the question says of the one it means, best first, or none.

    Raises:
        NoSuchTitle: it names one by a title in 《》 that there is none of.
    """
    if question.titles:
        return _titled(question.titles[0], snapshot)
    for name in question.names:
        exact = [head for head in snapshot.corpus.heads() if squeeze(head.title) == squeeze(name)]
        if exact:
            return _read(exact, snapshot)
    described = description(question.text)
    if described and (fitting := _described(described[0], snapshot)):
        return fitting
    if authors := authors_in(question.text, snapshot):
        return _read(authors, snapshot)
    best = _by_subject(question, hits, snapshot)
    return (best,) if best else ()


def authors_in(text: str, snapshot: Snapshot) -> list[ArticleHead]:
    """The articles whose author the text names."""
    return [head for head in snapshot.corpus.heads() if any(len(a) >= 2 and a in text for a in head.authors)]


def _titled(title: str, snapshot: Snapshot) -> tuple[Article, ...]:
    wanted = squeeze(title)
    heads = snapshot.corpus.heads()
    exact = [head for head in heads if squeeze(head.title) == wanted]
    partial = [head for head in heads if _within(wanted, squeeze(head.title))] if not exact else []
    if not exact and not partial:
        raise NoSuchTitle(title)
    return _read(exact or partial, snapshot)


def _within(wanted: str, title: str) -> bool:
    """A title cut short, or given with its subtitle."""
    shorter, longer = sorted((wanted, title), key=len)
    return len(shorter) >= _SHORTEST_TITLE and shorter in longer


def _read(heads: Sequence[ArticleHead], snapshot: Snapshot) -> tuple[Article, ...]:
    return tuple(snapshot.corpus.article(head.id) for head in heads[:_MOST])


def _described(words: str, snapshot: Snapshot) -> tuple[Article, ...]:
    """“提到警示教育的”, “汤某某写的”, “作者系某厅厅长的”, “2022年1月发表的”."""
    asked = read_corpus_question(f"{words}的文章有哪些")
    if asked is None:
        return ()
    heads = [head for head in snapshot.corpus.heads() if asked.publication.admits(head)]
    if asked.about:
        saying = frozenset(find_mentions(asked.about, snapshot).article_ids)
        heads = [head for head in heads if head.id in saying]
    heads = [head for head in heads if not asked.places or _is_of(head, asked)]
    return _read(heads, snapshot) if len(heads) <= _MOST else ()


def _is_of(head: ArticleHead, asked: CorpusQuestion) -> bool:
    return head.place in asked.places or any(place in head.title for place in asked.places)


def _by_subject(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Article | None:
    """The retrieved article of the question's place that holds most of its terms."""
    candidates = [snapshot.corpus.article(i) for i in article_ids(hits)]
    fitting = [article for article in candidates if is_of_place(article, question)]
    if not fitting:
        return None
    weights = TermWeights.of(content_terms(_PAGE_WORDS.sub(" ", question.text)), snapshot.lexical)
    share = {a.id: weights.share(weights.found(whole_article(a))) for a in fitting}
    best = max(fitting, key=lambda article: share[article.id])
    return best if share[best.id] >= _LEAST_SHARE else None
