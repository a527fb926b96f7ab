"""What a question says beside its conditions: words of asking, and what the items are, which must stand by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from embeddings.folding import fold, squeeze
from embeddings.records.records import RecordSet
from embeddings.structure.outline import section_path
from embeddings.structure.sentences import sentences
from embeddings.types import Article, Outline, Span
from qa.claims.quantities import quantities
from qa.claims.years import in_digits
from qa.items.asked import MEASURES

_LEAD = 160
"""Characters of the article's beginning that say what it is about."""
_FILLERS = re.compile(
    r"列了|[列找挑筛]出来?|列入|列有|共列|请问|请|帮我|给我|发我|列给|有啥|麻烦|告诉我|我想知道|想知道|列举|罗列|列一下|查一下|看一下|看看|一下|目前|现在|截至|当前|眼下|至今|到底|"
    r"这批|那批|这些|那些|其中|里面|里头|所有|全部|各个|名单|清单|台账|一览表?|表格|表里|表中|材料|文件|文章|通报|情况|状态|进展|"
    r"一共|总共|总计|合计|共计|累计|加起来|加在一起|加总|之和|总和|总数|总量|总额|数量|数目|个数|"
    r"分别|具体|都有|有没有|是什么|有什么|名称|名字|叫什么|多少|哪一?|有谁|是谁|已经|已|还|都|也|共|"
    r"负责|承担|牵头|实施|属于|位于|处于|显示|列为|写明|标明|被|由|单位|地方|事项|"
    r"最[多少大小高低好差贵长短快慢重轻强远近]|排名?第一|第一名|前[一二三四五六七八九十两\d]+|倒数|排名?|名次|"
    r"超过|以上|以下|之间|今年|本年度?|年度|全年|全[省市县区镇乡]|本[省市县区镇]"
)
_AMOUNTS = frozenset("元%‰吨亩米天岁倍户人件") | {"人次", "公里", "平方米", "千克", "小时"}
"""Units of what a question names as an amount."""
_SINGLE = frozenset(MEASURES) | frozenset(
    "的了在和与是有对把那这哪几多少些个家户名位人条项种类座所处起批次场门份件篇辆艘台套支间栋幢月天年季周笔组块段里中内之其及或为给呢吗啊呀吧么请么额值量数率办且又并类每各总第"
)
_LATIN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands by a set of records and says what they are, squeezed."""

    near: str
    """Title, date, place and headings, the sentence that announces them, and what they are called together."""
    all: str
    """The same with all that leads to them, and the opening of the article."""
    announced: str
    """The sentence that announces them, and what they are called together."""


def surroundings_of(article: Article, outline: Outline, records: RecordSet) -> Surroundings:
    """The surroundings of a set of records, without the records themselves."""
    text = article.text
    first = records.records[0]
    begins = first.heading.start if first.heading else first.span.start
    # A line that an item begins with, or a heading that only some stand under, says nothing of all of them.
    begins = text.rfind("\n", 0, begins) + 1
    above = (section.heading for section in section_path(outline, first.span))
    headings = (text[heading.start : heading.end] for heading in above if heading.end <= begins)
    about = (article.title, article.place, article.source, article.published, *article.authors)
    before = sentences(text, records.before)
    announced = f"{text[before[-1].start : before[-1].end] if before else ''}\n{records.head}"
    near = "\n".join((*about, *headings, announced))
    opening = text[article.body_start : min(article.body_start + _LEAD, begins)]
    whole = "\n".join((near, opening, text[records.before.start : records.before.end]))
    return Surroundings(_explaining(near), _explaining(whole), squeeze(announced))


def _explaining(text: str) -> str:
    said = squeeze(in_digits(text))
    return f"{said}\n项目工程" if re.search("项目|工程", said) else said


def with_keys(context: str, keys: Iterable[str]) -> str:
    """The context with names of fields."""
    return "\n".join((context, *map(squeeze, keys)))


def unexplained(asked: str, covered: Iterable[Span], context: str) -> str:
    """The characters of the folded question that nothing explains.

    Explained are `covered` stretches, words of asking, and pairs of characters that the context has.
    """
    open_ = [not character.isspace() for character in asked]
    spans = [*covered, *(Span(*match.span()) for match in _FILLERS.finditer(asked)), *shared(asked, context)]
    for span in spans:
        open_[span.start : span.end] = [False] * (span.end - span.start)
    left = [character for character, is_open in zip(asked, open_, strict=True) if is_open]
    return "".join(character for character in left if character not in _SINGLE)


def unread_amounts(asked: str, covered: Iterable[Span]) -> bool:
    """Whether the question names an amount that is no part of what was read of it (过百万元)."""
    spans = tuple(covered)
    amounts = (one for one in quantities(asked) if one.unit in _AMOUNTS)
    return any(not any(span.start <= one.start < span.end for span in spans) for one in amounts)


def shared(asked: str, context: str) -> list[Span]:
    """The longest stretches of the question, of two characters and more, that the context has."""
    found: list[Span] = []
    start = 0
    while start < len(asked):
        end = start
        while end < len(asked) and not asked[end].isspace() and asked[start : end + 1] in context:
            end += 1
        further = not found or end > found[-1].end
        if further and end - start >= 2 and _is_whole(asked, start, end, context):
            found.append(Span(start, end))
        start += 1
    return found


def _is_whole(asked: str, start: int, end: int, context: str) -> bool:
    """Whether numbers at its edges are those of the context, and not parts of longer ones (202 of 2024)."""
    inside = asked[start:end]
    if not re.search(r"\d", inside[0] + inside[-1]):
        return True
    cut_before = start > 0 and asked[start - 1].isdigit() and inside[0].isdigit()
    cut_behind = end < len(asked) and asked[end].isdigit() and inside[-1].isdigit()
    return not (cut_before or cut_behind) and re.search(rf"(?<!\d){re.escape(inside)}(?!\d)", context) is not None


def topic_of(asked: str, covered: Sequence[Span]) -> str:
    """What the question says beside its condition and words of asking."""
    return unexplained(asked, covered, "")


def folded(text: str) -> str:
    """A value as conditions are looked for in it."""
    return squeeze(fold(text))
