"""A corpus of two articles and an answerer that knows its answers by heart, every quote worked out by hand."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace

from embeddings.types import Article, Outline, Section, Span
from qa.types import TENTATIVE, Answer, AnswerSpan, Citation, Considered, Timings, Trace
from tests.over_articles import OverArticles

HOSTILE = (
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>[点我](javascript:window.hacked=1)${1}{{2}}`'
)

DAYS = "312天"
DAYS_QUOTE = f"据统计，柳湖市2021年水质优良天数达到{DAYS}。"

LAKE = Article(
    id="lake",
    title="柳湖市“三步走”治水记",
    text=(
        "柳湖市“三步走”治水记\n"
        "记者 王小二\n"
        "近三年来，柳湖市把治水当成头等大事，探索出“三步走”的做法，湖水由浊变清。\n"
        "第一步，摸清家底。全市普查入湖排口218个，逐一编号建档。\n"
        "第二步，截断污染。沿湖铺设截污管网46公里，关停小作坊31家。\n"
        + "\n".join(f"其间，第{n}个街道也各自开展了清淤、补种水草等工作，并请居民担任护湖员。" for n in range(1, 25))
        + "\n第三步，长久守护。设立湖长制办公室，每月公布一次水质[2]，接受群众监督。\n"
        + DAYS_QUOTE
    ),
    path="lake.md",
    body_start=12,
    authors=("王小二",),
    bylines=(Span(12, 18),),
    source="柳湖日报",
    published="2022-03-05",
    url="https://example.org/lake",
    place="柳湖",
)
POISONED = Article(
    id=f"poisoned{HOSTILE}",
    title=f"标题{HOSTILE}",
    text=f"正文{HOSTILE}结束。",
    path="poisoned.html",
    authors=(HOSTILE,),
    source=HOSTILE,
    url="javascript:window.hacked=1",
)


def cite(article: Article, quote: str, number: int) -> Citation:
    start = article.text.index(quote)
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        author=article.author,
        published=article.published,
        source=article.source,
        url=article.url,
        place=article.place,
        start=start,
        end=start + len(quote),
        quote=quote,
        text_sha256=article.sha256,
        snapshot="written",
    )


def answered(question: str, text: str, citations: Sequence[Citation], standalone: str = "", exact: str = "") -> Answer:
    """An answer; `exact` is what answers exactly in the first line, which is the whole of the first quote."""
    seconds = Timings(0.1, 0.02, 0.12)
    spans: tuple[AnswerSpan, ...] = ()
    if exact:
        start, cited = text.index(exact), citations[0]
        said = cited.start + cited.quote.index(exact)
        spans = (AnswerSpan(start, start + len(exact), cited.number, said, said + len(exact)),)
    understood = standalone or question
    return Answer(question, understood, text, tuple(citations), (), False, "", 1.0, "extractive", seconds, spans)


SUGGESTION = "柳湖市水质优良天数是多少？"


def traced(answer: Answer, terms: Sequence[str]) -> Answer:
    """The answer with two passages considered: the lake's second step, read, and the poisoned article, not read."""
    start = LAKE.text.index("第二步")
    end = start + len("第二步，截断污染。沿湖铺设截污管网46公里，关停小作坊31家。")
    passages = (
        Considered(LAKE.id, LAKE.title, start, end, 1, 2, 0.8125, 7.5, 0.0325, 0.91, cited=not answer.abstained),
        Considered(POISONED.id, POISONED.title, 0, 4, None, 1, None, 9.25, 0.0164, None, cited=False),
    )
    return replace(answer, trace=Trace("list", tuple(terms), passages))


class WrittenAnswers(OverArticles):
    """Answers six kinds of question, one tentatively, abstains from every other; notes the history each came with."""

    snapshot = "written"

    def __init__(self) -> None:
        super().__init__(LAKE, POISONED)
        self.histories: list[tuple[str, ...]] = []
        self.withins: list[tuple[str, ...]] = []

    def ask(self, question: str, history: Sequence[str] = (), within: Sequence[str] = ()) -> Answer:
        self.histories.append(tuple(history))
        self.withins.append(tuple(within))
        answer = self._answer(question)
        return traced(answer, ("柳湖市", HOSTILE) if answer.abstained else ("柳湖市", "三步走"))

    def _answer(self, question: str) -> Answer:
        if "慢" in question:
            time.sleep(1.5)
        if "三步走" in question:
            lead = "近三年来，柳湖市把治水当成头等大事，探索出“三步走”的做法，湖水由浊变清。"
            quotes = [lead, *re.findall(r"第[一二三]步.*", LAKE.text)]
            lines = [f"{'- ' if number > 1 else ''}{quote}[{number}]" for number, quote in enumerate(quotes, 1)]
            cited = [cite(LAKE, quote, n) for n, quote in enumerate(quotes, 1)]
            return replace(answered(question, "\n".join(lines), cited), suggestions=(SUGGESTION,))
        if "优良" in question:
            cited = [cite(LAKE, DAYS_QUOTE, 1)]
            return answered(question, f"{DAYS_QUOTE}[1]", cited, "柳湖市水质优良天数是多少？", DAYS)
        if "街道" in question:
            quotes = re.findall("其间，第[12]个街道.*", LAKE.text)
            lines = [TENTATIVE, *(f"{quote}[{number}]" for number, quote in enumerate(quotes, 1))]
            cited = [cite(LAKE, quote, number) for number, quote in enumerate(quotes, 1)]
            return replace(answered(question, "\n".join(lines), cited), confidence=0.4, tentative=True)
        if "全文" in question:
            body = LAKE.text[LAKE.body_start :]
            return answered(question, f"{' '.join(body.split())}[1]", [cite(LAKE, body, 1)], exact=DAYS)
        if "攻击" in question:
            cited = [cite(POISONED, POISONED.text, 1)]
            return answered(question, f"{POISONED.text}[1]", cited, exact=HOSTILE)
        return Answer(
            question=question,
            standalone=question,
            text="这些文章里没有这个问题的答案。",
            citations=(),
            nearest=(cite(LAKE, "第二步，截断污染。沿湖铺设截污管网46公里，关停小作坊31家。", 1),),
            abstained=True,
            reason="没有一句话同时谈到问题里的人和事。",
            confidence=0.1,
            mode="extractive",
            timings=Timings(0.02, 0.01, 0.03),
        )

    def outline(self, article_id: str) -> Outline:
        text = self.article(article_id).text
        steps = [(found.start(), found.end()) for found in re.finditer(r"第[一二三]步，[^。]*", text)]
        return Outline(
            tuple(Section("lead", text[begin : begin + 3], Span(begin, end), begin, end) for begin, end in steps)
        )

    def examples(self, limit: int = 6) -> tuple[str, ...]:
        questions = ("柳湖市治水的“三步走”是什么？", "柳湖市2021年水质优良天数是多少？", "柳湖市的总人口是多少？")
        return questions[:limit]
