"""Which of the things that a page says of its article a question asks for: its author, date, source, title ..."""

from __future__ import annotations

import re
from typing import Literal

PageField = Literal[
    "author", "post", "title", "published", "source", "editor", "uploader", "url", "place", "number", "photographer",
    "recorder", "proofreader", "signatory", "dated",
]  # fmt: skip

_PRINTED = "登(?=(?:出|报)?(?:的|了|来|在|于|$|[，,、]))(?!的?(?:陆|记|山|高|录|上|场|月|顶|珠|岛|机|船|台|基|门))"
"""登 of what a newspaper prints, and not of landing, climbing, logging in or appearing on a stage."""
_PUBLISHED = f"发表|发布|刊登|刊发|登载|刊载|见报|发出|{_PRINTED}"
_WHEN = "什么时候|何时|哪天|哪年|哪一年|哪一天|几月|几号|什么时间|哪个月"
_MEDIUM = "(?:哪(?:家|个|份|种)?|什么)(?:报纸|媒体|网站|刊物|报刊|杂志|平台|报社|通讯社|电视台|电台|客户端|公众号|报)"
_WHERE = f"(?:哪里|哪儿|何处|何地|什么地方|{_MEDIUM})"
_DOCUMENT = "(?:通知|通报|公报|公告|通告|简报|纪要|意见|方案|报告|答复|讲话|信息)"
_ARTICLE = (
    "(?:(?:这|那|该|本)?(?:一)?篇?(?:文章|报道|稿件|稿子|采访|访谈|专访|通讯)|"
    f"[该本]文|[这那该][条则](?:新闻|消息|报道)|[这那该本][个份则]{_DOCUMENT})"
)
_OF_THE_PAGE = rf"(?:^|》|{_ARTICLE}|[它其]|其中)(?:的)?"
_IS_WHO = (
    "(?:都|分别|到底|究竟)*"
    "(?:是谁|是什么|是哪|叫|有谁|有哪|有几|呢|是?$|[、和与及，,]|的?(?:名字|姓名)|是什么人|为谁|系谁)"
)
_NOT_LANDING = "登(?!陆|记|山|高|录|上|场)"
_CARRIED = (
    rf"{_MEDIUM}(?:的?记者|上|里)?(?:最先|首先|率先|独家)?"
    r"(?:发|报|登|刊|写|采写|采访|报道|出)(?:出|出来)?的(?!名|行|声)"
)
"""“哪家媒体发的”, “哪个报纸登的”: asked of articles alone."""
_PICTURES = "(?:照片|图片|相片|配图|插图|图)"
_SIGNED = "审核|审稿|审签|[一二三初复终]审|签发|核稿|整理|制表|统稿|监制|录入|主编|主持|摄像|录音"
_FORMS: tuple[tuple[PageField, str], ...] = (
    (
        "post",
        r"(?:什么|哪些|何)(?:职务|职位|头衔|官职)|(?:职务|职位)(?:是|为)?(?:什么|$)|"
        r"作者[^，。？?]{0,6}?(?:职务|职位|头衔|身份|单位|部门|任职|做什么的|干什么的)",
    ),
    (
        "photographer",
        rf"{_PICTURES}(?:都|分别|到底|究竟)?(?:是|由)?(?:谁|哪(?:位|个|些)?(?:人|记者|通讯员)?)(?:来|所)?(?:拍|摄|提供|供|给|配)|"
        rf"谁(?:来)?(?:拍摄?|摄|提供|供)的?{_PICTURES}|{_PICTURES}(?:的)?(?:来源|出处|作者|署名|提供者|拍摄者)|图源(?:$|是)|"
        rf"(?:摄影(?:者|师|记者)?|拍摄者|供图(?:者|方)?)(?={_IS_WHO})|谁(?:供的?图|摄的?影)",
    ),
    (
        "recorder",
        rf"(?:纪要|会议?)(?:都|分别)?是?谁记(?:的|$)|谁(?:来|负责)?(?:做|作|当)?的?(?:会议)?记录(?:$|的|员|人|[，,、])|(?:会议)?记录[人员者]?是谁(?:$|[做记，,、])|记录[人员](?={_IS_WHO})",
    ),
    ("proofreader", rf"谁(?:来)?(?:负责)?(?:做)?的?校对|(?:校对[人员者]?|责校)(?={_IS_WHO}|$)"),
    (
        "author",
        rf"(?<![制创工写合])作者(?={_IS_WHO})|撰稿人?(?={_IS_WHO})|执笔人?|(?<![片图])署名(?={_IS_WHO})|(?<!话)出自谁(?!之?[口嘴])|"
        rf"记者(?={_IS_WHO})|(?:是?谁|何人|哪几?[位个些]?(?:人|记者|通讯员|单位|部门)?)(?:来|去|所|撰)?"
        r"(?:采?写|执笔|撰|作的|采访的|报道的)",
    ),
    (
        "editor",
        r"(?:责任|值班|本期)?编辑(?:是谁|为谁|是哪|叫|有谁|有哪|$|的?名字|[和、与及])|责编|谁(?:是|来)?(?:责任)?编辑",
    ),
    ("uploader", rf"谁(?:来)?(?:上传|录入)|上传(?:者|人)|录入[的者人员]*(?={_IS_WHO})|(?:由|是)谁(?:发到|传到)"),
    (
        "dated",
        rf"(?:落款|成文|印发|签发|下发)的?(?:时间|日期|(?:于|在|的)?(?:是|时间是)?(?:{_WHEN}))|(?:{_WHEN})(?:落款|成文|印发|签发|下发)",
    ),
    ("title", rf"(?<!小)(?:标题|题目)|{_ARTICLE}(?:叫什么|的?名字|的?名称|题为)"),
    (
        "published",
        rf"(?:{_WHEN})(?=[^，。]{{0,8}}(?:{_PUBLISHED}|上传))|{_ARTICLE}是?(?:{_WHEN})(?:写|发|登|报|出)?的|"
        rf"(?:{_PUBLISHED}|上传)(?:时间|日期|(?:于|在|的)?(?:是|时间是)?(?:{_WHEN}))|{_OF_THE_PAGE}(?:时间|日期)(?:是|$)",
    ),
    (
        "source",
        rf"{_CARRIED}|(?:{_PUBLISHED}|{_NOT_LANDING}|刊)(?:于|在|到|的)*{_WHERE}|"
        rf"{_WHERE}(?:上|里)?(?:的)?(?:{_PUBLISHED}|{_NOT_LANDING}|刊)|"
        rf"出自(?:{_WHERE}|哪)|[是由]{_MEDIUM}[的上]|"
        rf"{_OF_THE_PAGE}(?:来源|出处)|(?:文章|稿件|信息)来源|转载自|来源[于自]{_WHERE}",
    ),
    (
        "signatory",
        rf"(?:谁|哪[个位])(?:来|负责)?(?:做|作)?的?(?:{_SIGNED})(?:的|$|[、，,和与])|谁[核审]的稿|(?:{_SIGNED})[人者员]?(?=的?(?:都|又|分别)*(?:是谁|是哪|叫|有谁|名字|姓名))",
    ),
    ("number", r"文号|发文字号|第?几号(?:文|文件|公告|通告|令)"),
    ("url", rf"网址|{_OF_THE_PAGE}(?:原文)?(?:链接|地址)|原文(?:链接|地址|在哪)"),
    (
        "place",
        rf"(?:{_ARTICLE}|》|[它其])(?:主要)?(?:写|说|讲|介绍)的?是?"
        r"(?:哪里|哪儿|哪个?(?:地方|省|市|城市|地区)|什么地方)",
    ),
)
_NOUNS: dict[PageField, str] = {
    "author": "作者|撰稿|撰文|执笔|记者|通讯员|供稿", "photographer": "摄影|供图|图片|照片",
    "editor": "责编|(?:责任)?编辑",
    "recorder": "记录", "proofreader": "校对", "number": "发文字号|文号", "source": "来源", "title": "标题",
    "published": "(?:发布|发表|刊发)?(?:日期|时间)",
    "signatory": _SIGNED,
}  # fmt: skip
"""What stands beside others in “记者和三审是谁”, where it needs no words of asking of its own."""
_HELD = f"{_NOUNS['signatory']}|作者|撰稿|撰文|执笔|通讯员|摄影|供图|责编|编辑|记录|校对|文号|字号"
"""One of these makes a row of them a question about a page."""
_NOUN = re.compile("|".join(f"(?P<{field}>{words})" for field, words in _NOUNS.items()))
_NAMED = f"(?:{'|'.join(_NOUNS.values())})[人者员]?"
_ROW = re.compile(
    rf"{_NAMED}(?:(?:都|分别)?(?:是谁|是哪位|叫什么|的?名字|的)?"
    rf"(?:[、和与及跟，,/ ]|以及|还有|是?谁|哪[个位])*{_NAMED})+"
)
_PATTERNS = tuple((field, re.compile(form)) for field, form in _FORMS)
_DESCRIBED = re.compile(
    r"^(?P<which>.{2,60}?)的?(?:那|这|该)(?:一)?[篇条则](?:文章|报道|稿件|稿子|采访|访谈|专访|通讯|新闻|消息|文)?(?P<asked>.+)$"
    r"|^(?P<which2>.{2,60}?)的(?:文章|报道|稿件|稿子)(?:的|，|,|是|它的)?(?P<asked2>.+)$"
)
"""“作者系某厅长的那篇文章，题目是什么”: in front, which article is meant; behind, what is asked of it."""
_SENT = re.compile(rf"[，,、；;？? ](?:{_WHEN})发的$")
"""Beside another thing that is asked of a page: “文号多少？哪天发的”."""
_TAKEN = re.compile(r"谁(?:来)?拍的(?=$|[、，,？?])")
"""Asks for a photographer beside who wrote; by itself it may be of a film."""
WITHIN_TITLE = re.compile(r"《[^》]*》")


def fields_asked(text: str) -> tuple[PageField, ...]:
    """The fields asked for, in the order of the question; none where it asks of something else.

    Words that only tell which article is meant (“作者系某厅长的那篇文章”) ask for nothing.
    """
    plain = WITHIN_TITLE.sub("《》", text.strip("？?。！! "))
    described = description(plain)
    asked = _fields(described[1]) if described else ()
    return asked or _fields(plain)


def speaks_of_an_article(text: str) -> bool:
    """Whether the question says that it asks of an article, and not of something else that has an author or a date."""
    return re.search(rf"{_ARTICLE}|[这那该]篇|《|{_CARRIED}", text) is not None


def description(text: str) -> tuple[str, str] | None:
    """(which article is meant, what is asked of it) of “提到警示教育的那篇文章是谁写的”, or None."""
    match = _DESCRIBED.match(text)
    if match is None:
        return None
    which, asked = match.group("which") or match.group("which2"), match.group("asked") or match.group("asked2")
    return (which, asked) if _fields(asked) or _fields(f"文章{asked}") else None


def _fields(text: str) -> tuple[PageField, ...]:
    found: list[tuple[int, int, PageField]] = []
    for field, pattern in _PATTERNS:
        match = pattern.search(text)
        if match and not any(start <= match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), field))
    if found and (taken := _TAKEN.search(text)):
        found.append((*taken.span(), "photographer"))
    if found and (sent := _SENT.search(text)):
        found.append((*sent.span(), "published"))
    for row in _ROW.finditer(text):
        if re.search(_HELD, row.group()):
            found += [(noun.start(), noun.end(), _field_of(noun)) for noun in _NOUN.finditer(text, *row.span())]
    return tuple(dict.fromkeys(field for _, _, field in sorted(found)))


def _field_of(noun: re.Match[str]) -> PageField:
    return next(field for field in _NOUNS if noun.lastgroup == field)
