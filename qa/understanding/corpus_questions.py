"""Reads a question about the corpus: what is listed or counted, of which articles, and what they have to say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from embeddings.places.places import find_places
from qa.understanding.page_fields import PageField, fields_asked
from qa.understanding.publication import Publication, publication_in

Listed = Literal["article", "unit", "place"]
Extent = Literal["list", "count", "earliest", "latest"]

_NUMERALS = "一二三四五六七八九十"
_TEXT = "(?:文章|报道|稿件|稿子)"
_UNIT = "单位|部门|机构|机关|委办局|局|厅|党支部|支部|党组织|党组|党委"
_PLACE = "地方|地区|省份|省区市|省市|城市|市县|县市|区县|县区|地市|省|市|县"
_ABOUT = ("关于", "有关", "介绍", "写的是", "讲的是", "说的是")
"""Of these verbs a place is what the article is about, and not merely a word in it."""
_MENTIONS = (
    "提到|提出|提及|谈到|谈及|讲到|讲述|说到|写到|写过|提过|讲过|涉及|出现|论述|关于|有关|讨论|包含|含有|"
    "说明|写的是|讲的是|说的是|介绍"
)
_WHOSE = re.compile(
    rf"^(?P<before>[^，,。？?和与跟同由向对给把被为以从]{{0,12}}?)(?:都|还|又|一共|总共)?有?(?:哪(?:些|几[个家]))"
    rf"(?:(?P<unit>{_UNIT})|(?P<place>{_PLACE}))(?!的)(?P<predicate>.{{2,}})$"
)
_JUDGED = re.compile(r"^(?:做得|需要|还?存在|不足|值得|不同|体现|可以|应该)")
"""“哪些地方需要改进” asks for shortcomings, not for places."""
_SURROUNDING = re.compile(
    rf"^(?:请问|目前|现在|这些|所有|全部|全[省市县国]|{_TEXT}|语料库?|库|里面?|中|其中|在|的|\d{{4}}年|(?:省|市|县|州)?(?:的|内|境内)?)*$"
)
_ALL = re.compile(
    rf"(?:[这那](?:些|几篇|[{_NUMERALS}两\d]+篇)|所有的?|全部的?|每一?篇|各篇)(?:的)?{_TEXT}?(?:的|都|分别|各自?)*|{_TEXT}分别"
)
_END = re.compile(
    rf"最(?P<which>早|先|旧|新|近|晚)(?:一次)?(?:发表|发布|刊登|刊发|写|出)?(?P<of>的)?"
    rf"(?:(?P<number>[{_NUMERALS}两几\d]+)篇)?(?=(?P<rest>.*))"
)
_ASKS = re.compile(
    rf"(?:(?:一共|总共|共计?|都)?有?(?P<count>(?<![第这那])(?:多少|几)篇(?={_TEXT}|$|[提谈讲说写涉是关论介])|多少(?={_TEXT}))|"
    rf"(?:都|各)?[有是]?哪(?:[些几一两{_NUMERALS}\d]*)篇|(?:都)?有?(?:哪些|哪个|哪几个)(?={_TEXT})|"
    r"(?:(?<=文章)|(?<=报道))(?:[里中]面?)?(?:都|分别|一共|总共|共)*有?(?:哪些|哪几篇)|"
    rf"有没有(?:(?:哪|一)?篇?(?={_TEXT})|(?=.*{_TEXT}))|(?:列出|列举|罗列|找出|查找|查一下|给我|列一下)(?=.*{_TEXT}))(?:{_TEXT})?(?:[里中]面?)?"
)
_MENTION = re.compile(
    rf"(?P<not>没有?|未曾?|不)?(?P<how>{_MENTIONS})(?:了|过|的)?(?P<what>.+?)"
    rf"(?=的?[那这]?{_TEXT}|的?(?:一共|总共|共|都)?有(?:哪|多少|几)|的?是哪|的?有没有|的?最[早新近晚]|的?[有是]?[多几哪]少?篇|$)"
)
_DID = re.compile(r"^(?P<verb>[\u4e00-\u9fff]{1,4}?)(?:了|过|着)(?P<what>.{2,})$")
_VERBS = (
    "开展|组织|举办|进行|建立|制定|完善|健全|成立|打造|创建|建设|获得|荣获|获评|入选|被评为|推行|实施|推进|"
    "探索|设立|出台|印发|召开|完成|参加|参与|实行|采用|使用|绘制|编制|获"
)
_ADVERBS = re.compile(r"^(?:都|均|也|还|曾经?|已经?|先后|率先|共同|联合|同时|分别|积极|在)+")
_STRUCTURE = re.compile(
    rf"请问|请|告诉我|帮我|一下|语料库?|文章库|库里|库|{_TEXT}|[这那][些篇]|所有|全部|一共|总共|共计?|同时|既|又|都|分别|各自|"
    r"发表|发布|刊登|刊发|登载|上传|什么|有没有|的|了|过|里面?|中|有|是|在|和|吗|呢|篇|关于|我|想|看|找|那|这|哪|几|些|最|一"
)
_EDGES = re.compile(r"^(?:的|了|过|[写讲谈说](?=..))+|(?:的|了|这个?词|一词|等)$")
_QUOTED = re.compile(r"[“‘「『\"]([^”’」』\"]{1,40})[”’」』\"]")


@dataclass(frozen=True, slots=True)
class CorpusQuestion:
    """A question about the corpus as understood."""

    listed: Listed
    """What is listed or counted: articles, or the units or places that they are about."""
    extent: Extent
    most: int
    """Of the earliest or latest, how many are asked for."""
    about: tuple[str, ...]
    """What an article has to say, as the question puts it; all of them."""
    verb: str
    """What is done with it (开展, 打造), or empty where it only has to be mentioned."""
    negated: bool
    """Whether the articles that do not say it are asked for."""
    publication: Publication
    places: tuple[str, ...]
    fields: tuple[PageField, ...]
    """What is asked of every article (who wrote each), or nothing."""


def read_corpus_question(text: str, today: date | None = None) -> CorpusQuestion | None:
    """The question about the corpus that a text asks, or None where it asks of what articles say.

    `today` tells what 今年 and 去年 mean; None is the day of the call.
    """
    plain = re.sub(r"\s+", "", text).strip("？?。！!，,")
    plain = re.sub(r"(?:吗|呢|啊|呀)$", "", plain)
    return _of_units(plain) or _of_articles(plain, today or date.today())


def _of_units(text: str) -> CorpusQuestion | None:
    """“哪些单位开展了警示教育”: the unit is what does it, and stands first."""
    match = _WHOSE.match(text)
    if match is None or _JUDGED.match(match.group("predicate")):
        return None
    before = match.group("before")
    places = find_places(before)
    for place in places:
        before = before.replace(place, "", 1)
    if not _SURROUNDING.match(before):
        return None
    predicate = _ADVERBS.sub("", match.group("predicate"))
    mention = re.match(rf"(?P<not>没有?|未)?(?:{_MENTIONS})(?:了|过)?(?P<what>.+)$", predicate)
    did = _DID.match(predicate) or re.match(rf"^(?P<verb>{_VERBS})(?P<what>.{{2,}})$", predicate)
    asked = mention or did
    about = _named(asked.group("what")) if asked else ()
    if not about:
        return None
    return CorpusQuestion(
        listed="unit" if match.group("unit") else "place",
        extent="list",
        most=1,
        about=about,
        verb=did.group("verb") if did and not mention else "",
        negated=bool(mention and mention.group("not")),
        publication=Publication(),
        places=places,
        fields=(),
    )


def _of_articles(text: str, today: date) -> CorpusQuestion | None:
    everything = _ALL.search(text)
    asks, end = _ASKS.search(text), _end(text)
    fields = fields_asked(text) if everything or end else ()
    if not asks and not end and not fields:
        return None
    extent: Extent = "list"
    if end:
        extent = "earliest" if end.group("which") in "早先旧" else "latest"
    elif asks and asks.group("count"):
        extent = "count"
    asked = CorpusQuestion("article", extent, _number(end), (), "", False, Publication(), (), fields)
    return _narrowed(asked, text, asks, end, everything, today)


def _end(text: str) -> re.Match[str] | None:
    """“最新的一篇文章”, “哪篇文章最早提到”: about articles, and 最近 not merely “lately”."""
    match = _END.search(text)
    if match is None or not re.search(rf"篇|{_TEXT}", text):
        return None
    lately = match.group("which") == "近" and not match.group("of") and not match.group("number")
    of_an_article = (
        match.group("number")
        or re.match(rf"[^，,]*?(?:篇|{_TEXT})", match.group("rest"))
        or re.search(rf"哪一?篇{_TEXT}?$", text[: match.start()])
        or re.match(r"(?:的?是|$)", match.group("rest"))
    )
    return match if of_an_article and not lately else None


def _number(end: re.Match[str] | None) -> int:
    said = end.group("number") if end else None
    if not said:
        return 1
    if said.isdigit():
        return int(said)
    return 5 if said == "几" else _NUMERALS.find(said.replace("两", "二")) + 1 or 1


def _narrowed(
    asked: CorpusQuestion,
    text: str,
    asks: re.Match[str] | None,
    end: re.Match[str] | None,
    everything: re.Match[str] | None,
    today: date,
) -> CorpusQuestion:
    """With what the question says of the articles meant: what they mention, who published them, when, of where."""
    mention = None if asked.fields and not end else _MENTION.search(text)
    what = mention.group("what") if mention else ""
    # What is mentioned is no word of asking, date or name of the question itself.
    rest = text.replace(mention.group(), "的", 1) if mention else text
    if mention and _ASKS.search(what):
        what, rest = "", text
    for match in (asks, end, everything):
        rest = rest.replace(match.group(), "", 1) if match else rest
    publication, rest = publication_in(rest, today)
    if asked.fields:
        about = _named(what)
        return replace(asked, about=about, publication=publication)
    places = find_places(rest)
    if mention and mention.group("how") in _ABOUT and _only_place(what):
        places, what = find_places(what), ""
    for place in find_places(rest):
        rest = re.sub(rf"{place}[省市县州]?", "", rest, count=1)
    about = (*_named(what), *_named(_STRUCTURE.sub(" ", rest)))
    return replace(
        asked,
        about=tuple(dict.fromkeys(about)),
        negated=bool(mention and mention.group("not")),
        publication=publication,
        places=places,
    )


def _named(what: str) -> tuple[str, ...]:
    """Quoted names each by itself; else the words as they stand, in pieces where blanks separate them."""
    quoted = tuple(_QUOTED.findall(what))
    pieces = quoted or tuple(_EDGES.sub("", piece) for piece in what.split())
    return tuple(piece for piece in pieces if len(piece) >= 2 or piece in quoted)


def _only_place(words: str) -> bool:
    places = find_places(words)
    return bool(places) and re.fullmatch(rf"(?:{'|'.join(places)}|[省市县州和与、])+", words) is not None
