"""Answers questions about the corpus: which articles say something, how many, the earliest, who wrote each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.places.places import find_places, province_of
from embeddings.snapshot.corpus_store import ArticleHead
from embeddings.snapshot.snapshot import Snapshot
from embeddings.types import Article
from qa.composing.citations import Statement, quote_of
from qa.composing.finding import Finding
from qa.composing.page_fields import field_statements, head_of
from qa.corpus_wide.units import unit_of
from qa.evidence.mentions import Found, Mention, find_mentions, mention_in, ranks
from qa.retrieving.retriever import Retriever
from qa.understanding.corpus_questions import CorpusQuestion, read_corpus_question
from qa.understanding.question import Question

MOST = 20
"""Articles listed; of more, how many there are is said."""
_RANKED = 300
"""Passages by whose order those listed are chosen where there are more."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """The articles a question means, in the order of the corpus."""

    heads: tuple[ArticleHead, ...]
    found: Found | None
    """How they were found by what they say; None where nothing has to be said."""
    total: int
    """Articles in the corpus."""


def answer_corpus_wide(question: Question, retriever: Retriever) -> Finding:
    """What is listed or counted, each article quoted and cited; or why there is none."""
    asked = read_corpus_question(question.text)
    if asked is None:
        return Finding((), "没有看懂所问的是哪些文章")
    snapshot = retriever.snapshot
    meant = _meant(asked, snapshot)
    if not meant.heads:
        return Finding((), _none(asked, meant))
    if asked.extent in ("earliest", "latest"):
        return _by_date(asked, meant, snapshot)
    if asked.negated or meant.found is None:
        return Finding(tuple(_listed(asked, meant, snapshot)))
    return Finding(tuple(_mentioned(asked, meant, meant.found, snapshot)))


def _meant(asked: CorpusQuestion, snapshot: Snapshot) -> _Meant:
    total = snapshot.corpus.count()[0]
    found = find_mentions(asked.about, snapshot) if asked.about else None
    heads = snapshot.corpus.heads()
    if found and asked.negated:
        saying = frozenset(found.article_ids) if found.exact else frozenset()
        heads = tuple(head for head in heads if head.id not in saying)
    elif found:
        saying = frozenset(found.article_ids)
        heads = tuple(head for head in heads if head.id in saying)
    heads = tuple(head for head in heads if asked.publication.admits(head))
    for place in asked.places:
        heads = _of_place(place, heads, snapshot)
    return _Meant(heads, found, total)


def _of_place(place: str, heads: tuple[ArticleHead, ...], snapshot: Snapshot) -> tuple[ArticleHead, ...]:
    """The articles about the place or one in it; where there are none, those that mention it."""
    about = tuple(h for h in heads if place in (h.place, province_of(h.place)) or place in find_places(h.title))
    if about or not heads:
        return about
    naming = frozenset(find_mentions((place,), snapshot).article_ids)
    return tuple(head for head in heads if head.id in naming)


def _none(asked: CorpusQuestion, meant: _Meant) -> str:
    names = "、".join(f"“{words}”" for words in asked.about)
    if meant.found and not meant.found.article_ids:
        return f"没有文章{'同时' if len(asked.about) > 1 else ''}提到{names}"
    which = "、".join(part for part in (str(asked.publication), "、".join(asked.places)) if part)
    if asked.negated:
        return f"每一篇文章都提到了{names}"
    return f"没有{which}的文章{f'提到{names}' if names else ''}"


def _described(head: ArticleHead | Article) -> str:
    about = "·".join(part for part in (head.place, head.source, head.published) if part)
    return f"《{head.title}》{f'（{about}）' if about else ''}"


def _which(asked: CorpusQuestion) -> str:
    """“2024年发布的、青海的”, as a count puts it before “文章”; empty where all are meant."""
    parts = [part for part in (str(asked.publication), *asked.places) if part]
    return "、".join(parts) + "的" if parts else ""


def _listed(asked: CorpusQuestion, meant: _Meant, snapshot: Snapshot) -> list[Statement]:
    """Titles, or what is asked of each article; how many where that is asked or there are more than are listed."""
    statements: list[Statement] = []
    for head in meant.heads[:MOST]:
        article = snapshot.corpus.article(head.id)
        if asked.fields:
            statements.extend(_fields_of(asked, article))
        else:
            statements.append(Statement(article, head_of(article), indent=1, wording=_described(article)))
    count = len(meant.heads)
    if asked.extent != "count" and count <= MOST:
        return statements
    names = "、".join(f"“{words}”" for words in asked.about)
    what = f"没有提到{names}的文章" if asked.negated else f"{_which(asked)}文章"
    of_all = f"（共 {meant.total} 篇）" if count < meant.total else ""
    wording = f"{what}有 {count} 篇{of_all}" if _which(asked) or asked.negated else f"共有 {count} 篇文章"
    return [_first(statements, f"{wording}{_shown(count)}。", asked), *statements]


def _fields_of(asked: CorpusQuestion, article: Article) -> list[Statement]:
    """“《…》：作者 某某”, or that the page does not say."""
    said: list[Statement] = []
    for field in asked.fields:
        found = field_statements(article, field)
        value = found[0].value if found else "没有注明"
        span = found[0].statement.span if found else head_of(article)
        said.append(Statement(article, span, indent=1, wording=f"《{article.title}》：{value}", computed=(value,)))
    return said


def _shown(count: int) -> str:
    return f"，列出其中 {MOST} 篇" if count > MOST else ""


def _first(statements: Sequence[Statement], wording: str, asked: CorpusQuestion) -> Statement:
    """A line that speaks of all that follow, cited to the first of them; each of the others has its own citation."""
    counted = tuple(re.findall(r"\d+", wording))
    return Statement(statements[0].article, statements[0].span, 0, wording, (*counted, *_asked_names(asked)))


def _asked_names(asked: CorpusQuestion) -> tuple[str, ...]:
    return (*asked.about, str(asked.publication).replace("“", "").replace("”", ""), *asked.places)


def _mentioned(asked: CorpusQuestion, meant: _Meant, found: Found, snapshot: Snapshot) -> list[Statement]:
    count = len(meant.heads)
    mentions = _mentions(asked, meant, found, snapshot)
    if asked.listed == "article":
        lines = [line for mention in mentions for line in _article_lines(mention)]
    else:
        lines = _unit_lines(asked, mentions)
    names = "、".join(f"“{words}”" for words in found.about)
    at_least = "" if found.complete else "至少"
    if not found.exact:
        wording = f"没有文章原样写{names}；同一句里说到其中各词的文章{at_least}有 {count} 篇{_shown(count)}。"
    elif asked.extent == "count" or count > MOST:
        wording = f"{_which(asked)}提到{names}的文章{at_least}有 {count} 篇（共 {meant.total} 篇）{_shown(count)}。"
    else:
        return lines
    return [_first(lines, wording, asked), *lines]


def _mentions(asked: CorpusQuestion, meant: _Meant, found: Found, snapshot: Snapshot) -> list[Mention]:
    """Those to be listed: where there are too many the best by their words, and first those that do it."""
    ids = [head.id for head in meant.heads]
    if len(ids) > MOST:
        best = ranks((*found.about, asked.verb), snapshot, _RANKED)
        ids = sorted(ids, key=lambda i: best.get(i, _RANKED))[: MOST if not asked.verb else 2 * MOST]
    read = (mention_in(snapshot.corpus.article(i), found.about, asked.verb) for i in ids)
    return sorted((mention for mention in read if mention), key=lambda m: not m.done)[:MOST]


def _article_lines(mention: Mention) -> list[Statement]:
    article, (first, *others) = mention.article, mention.spans
    said = f"{_described(article)}：“{quote_of(article, first)}”"
    return [
        Statement(article, first, indent=1, wording=said),
        *(Statement(article, span, indent=2) for span in others if span != first),
    ]


def _unit_lines(asked: CorpusQuestion, mentions: Sequence[Mention]) -> list[Statement]:
    """Led by the unit or place, articles of one together; what is only mentioned is said to be."""
    led: dict[str, list[Statement]] = {}
    for mention in mentions:
        article, span = mention.article, mention.spans[0]
        name = (unit_of(article) if asked.listed == "unit" else article.place) or article.place
        only = "" if mention.done else "（只是提到）"
        published = f"，{article.published}" if article.published else ""
        whose = f"{name}（《{article.title}》{published}）" if name else f"《{article.title}》"
        wording = f"{whose}{only}：“{quote_of(article, span)}”"
        led.setdefault(name or article.id, []).append(Statement(article, span, indent=1, wording=wording))
    return [line for lines in led.values() for line in lines]


def _by_date(asked: CorpusQuestion, meant: _Meant, snapshot: Snapshot) -> Finding:
    """The earliest or latest, all of one day together; with how many articles bear no date."""
    dated = sorted((h for h in meant.heads if h.published), key=lambda h: h.published)
    if not dated:
        return Finding((), "这些文章都没有注明日期")
    ordered = dated if asked.extent == "earliest" else dated[::-1]
    last = ordered[: asked.most][-1].published
    chosen = [head for n, head in enumerate(ordered) if n < asked.most or head.published == last][:MOST]
    end = "最早" if asked.extent == "earliest" else "最新"
    lines: list[Statement] = []
    for head in chosen:
        article = snapshot.corpus.article(head.id)
        mention = mention_in(article, meant.found.about, "") if meant.found and not asked.negated else None
        if asked.fields:
            lines.extend(_fields_of(asked, article))
        elif mention:
            lines.extend(_article_lines(mention))
        else:
            lines.append(Statement(article, head_of(article), indent=1, wording=_described(article)))
    undated = len(meant.heads) - len(dated)
    if undated:
        return Finding(tuple(lines), note=f"这是注明了日期的 {len(dated)} 篇里{end}的；另有 {undated} 篇没有注明日期。")
    return Finding(tuple(lines))
