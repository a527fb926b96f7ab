"""An answer in a language model's words over the lake's article, state by state, every sentence worked out by hand."""

from __future__ import annotations

from dataclasses import replace

from written import LAKE, answered, cite

from qa.types import Answer, Sentence
from tests.fakes import WordedAnswers

LEAD = "近三年来，柳湖市把治水当成头等大事，探索出“三步走”的做法，湖水由浊变清。"
SURVEY = "第一步，摸清家底。全市普查入湖排口218个，逐一编号建档。"
SEWERS = "第二步，截断污染。沿湖铺设截污管网46公里，关停小作坊31家。"
INVENTED = "为此投入了3亿元。"
NOTE = "语言模型中途断开，以下是文章原文。\nThe language model broke off; these are the articles’ own words."

SENTENCES = (
    Sentence("柳湖市用三年多把湖水由浊变清。", "supported", (1,)),
    Sentence(INVENTED, "unsupported", (), begins_line=False),
    Sentence("先普查了218个入湖排口", "supported", (2,), level=1),
    Sentence("再铺46公里管网，关掉31家小作坊；前后两步相接", "supported", (2, 3), level=1),
)
TEXT = (
    "柳湖市用三年多把湖水由浊变清。[1]\n- 先普查了218个入湖排口[2]\n"
    "- 再铺46公里管网，关掉31家小作坊；前后两步相接[2][3]"
)
CITED = tuple(cite(LAKE, quote, number) for number, quote in enumerate((LEAD, SURVEY, SEWERS), 1))


def state(sentences: int, pending: str = "") -> Answer:
    """The answer with the first sentences."""
    lines = TEXT.split("\n")
    founded = sum(bool(sentence.numbers) for sentence in SENTENCES[:sentences])
    answer = answered("", "\n".join(lines[:founded]), CITED[:founded])
    return replace(answer, mode="generated", sentences=SENTENCES[:sentences], pending=pending)


def keyless() -> Answer:
    """What comes where the model fails."""
    return replace(answered("", f"{LEAD}[1]\n- {SURVEY}[2]", CITED[:2]), note=NOTE)


def wording() -> WordedAnswers:
    """An answerer whose model words the answer in five states."""
    states = (state(1, "为此投入了3"), state(2), state(3, "再铺46公里"), state(4), state(4))
    return WordedAnswers(states, LAKE)


def failing() -> WordedAnswers:
    """An answerer whose model breaks off after two sentences."""
    return WordedAnswers((state(1, "为此投入了3"), state(2), keyless()), LAKE)
