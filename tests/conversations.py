"""Conversations written by hand, whose documents can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

from qa.types import TENTATIVE, Answer, AnswerSpan, Citation, Sentence, Timings
from ui.types import Turn


def citation(number: int, quote: str, start: int = 10, **fields: str) -> Citation:
    """A citation of a quote that stands at `start`."""
    known = {
        "article_id": "harbour",
        "title": "港城：数字工作法",
        "author": "溯源编写组",
        "published": "2023-05-06",
        "source": "溯源示例",
        "url": "",
        "text_sha256": "0" * 64,
        "snapshot": "20260101T000000Z",
    }
    return Citation(number=number, start=start, end=start + len(quote), quote=quote, **{**known, **fields})


def answer(question: str, text: str, *citations: Citation, exact: tuple[str, ...] = (), standalone: str = "") -> Answer:
    """An answer with its citations; each of `exact` stands once in the text and in the quote of one citation."""
    spans = tuple(_span(text, words, citations) for words in exact)
    return Answer(question, standalone or question, text, citations, (), False, "", 0.9, "extractive", TIMES, spans)


def refusal(question: str, text: str, *nearest: Citation) -> Answer:
    """A refusal with the nearest passages."""
    return Answer(question, question, text, (), nearest, True, "没有一段说到它。", 0.1, "extractive", TIMES)


def tentative(question: str, *citations: Citation, exact: tuple[str, ...] = ()) -> Answer:
    """An answer that says of itself that it is unsure, and quotes these."""
    text = "\n".join([TENTATIVE, *(f"{cited.quote}[{cited.number}]" for cited in citations)])
    return replace(answer(question, text, *citations, exact=exact), tentative=True, confidence=0.4)


TIMES = Timings(0.1, 0.1, 0.2)


def _span(text: str, words: str, citations: tuple[Citation, ...]) -> AnswerSpan:
    cited = next(c for c in citations if words in c.quote)
    at = cited.start + cited.quote.index(words)
    return AnswerSpan(text.index(words), text.index(words) + len(words), cited.number, at, at + len(words))


FINES = citation(1, "全年查处违规作业35起，罚款12.6万元。", 200)
TEAMS = citation(2, "一是巡查队。", 120)
RESCUE = citation(3, "二是救援队。", 140)
VALLEY = citation(
    1, "护林员共有27人。", 80, article_id="valley", title="《山谷》怎样种树", author="", published="2022", snapshot="s2"
)


WORDED = (
    Sentence("港城一年里查处了35起，共罚12.6万元。", "supported", (1,)),
    Sentence("这比上一年多了一倍。", "unsupported", (), begins_line=False),
    Sentence("一是巡查队。", "verbatim", (2,), level=1),
    Sentence("巡查的和救援的各有一支。", "supported", (2, 3), level=1),
    Sentence("第三支正在组建。", "unsupported", (), level=1),
)
"""What a language model made of FINES, TEAMS and RESCUE; two of the sentences are its own invention."""


def worded(question: str = "罚了多少，谁来查") -> Answer:
    """An answer in a language model's words, with sentences that nothing supports."""
    text = "港城一年里查处了35起，共罚12.6万元。[1]\n- 一是巡查队。[2]\n- 巡查的和救援的各有一支。[2][3]"
    cited = (FINES, TEAMS, RESCUE)
    return Answer(question, question, text, cited, (), False, "", 0.9, "generated", TIMES, sentences=WORDED)


def conversation() -> tuple[Turn, ...]:
    """Two answers that share a citation, a list, a refusal, an error and a question that still waits."""
    listed = "两支队伍是：\n- 一是巡查队。[2]\n  - 二是救援队。[3]\n- 全年查处违规作业35起，罚款12.6万元。[1]"
    return (
        Turn("罚了多少", answer("罚了多少", f"{FINES.quote}[1]", FINES, exact=("12.6万元",))),
        Turn("有哪些队伍", answer("有哪些队伍", listed, FINES, TEAMS, RESCUE, standalone="港城有哪些队伍")),
        Turn("金价呢", refusal("金价呢", "语料中没有找到这个问题的答案：没有文章说到“金价”。", VALLEY)),
        Turn("坏问题", error="没有这篇文章。"),
        Turn("等着的问题"),
    )


IMAGE = "<img src=x onerror=alert(1)>"
LINK = "[x](javascript:alert(1))"
HOSTILE = (
    f"{IMAGE}{LINK}\u0000![i](http://e.example/i.png)<b>&amp;https://e.example www.e.example\ufffe a_b_ **粗** `码` |"
)


def hostile() -> tuple[Turn, ...]:
    """One turn whose question, title and quote try to be markup and hold what XML can't."""
    cited = citation(1, f"{HOSTILE}\n1. 第二行\u0001。", 5, title=HOSTILE, author=LINK, source=IMAGE)
    said = f"{HOSTILE} 1. 第二行\u0001。"
    return (Turn(HOSTILE, answer(HOSTILE, f"{said}[1](javascript:alert(2))\n1. 甲\n# 乙\n---\n=丙", cited)),)
