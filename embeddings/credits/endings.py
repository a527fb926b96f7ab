"""What a report ends with: “（来源：某网）”, “记者：甲 校对：乙 编辑：丙”, “（通讯员甲 乙）”, “本文由甲执笔”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from embeddings.credits.names import is_medium, split_names
from embeddings.credits.outlets import LETTER, outlet_in
from embeddings.credits.people import ROLE, only_people
from embeddings.page.characters import HAN
from embeddings.types import Credit, CreditRole

_WITHIN = 320
"""Characters at the end of the text within which they stand."""
_COLON = r"\s*[:：]\s*"
_SIGN = r"\s*[:：/／|｜丨]\s*"
_LABELS: tuple[tuple[CreditRole | None, str], ...] = (
    ("photographer", rf"(?:图片|照片|供图|配图|摄影)(?:来源|作者|提供)?{_SIGN}|图源?{_SIGN}|(?:航拍|拍摄|摄){_SIGN}"),
    ("source", rf"(?:(?:本文|文章|稿件|信息|新闻|内容|消息|素材|综合)?来源|来自|转自|转载自?|稿源|原载){_COLON}"),
    ("author", rf"(?:本文)?(?:作者|撰稿人?|撰文|采写|采访|文字|图文|文图|编译|整理|执笔人?){_SIGN}|"
               rf"(?:执笔|参与|采写)记者{_SIGN}|文\s*[/、／+]\s*图(?:{_SIGN}|\s+)|文{_SIGN}"),
    ("author", rf"(?P<outlet>{LETTER}{{0,14}}?){ROLE}(?:{_COLON}|\s+)|(?<=\s){ROLE}"),
    ("editor", rf"(?:责任|流程|值班|实习|执行|网络|新媒体|本期|文字|特约|微信)?编辑(?:{_SIGN}|\s+)|"
               rf"责编(?:{_SIGN}|\s+)"),
    ("proofreader", rf"(?:责任)?(?:校对|责校|校审|校核)(?:人|员)?(?:{_SIGN}|\s+)"),
    ("recorder", rf"(?:会议)?记[ \u3000]*录[ \u3000]*(?:人|员)?{_COLON}"),
    (None, rf"(?:(?:执行|副)?主编|总编辑?|监制|出品|设计|审核|审校|签发|策划|统筹|终审|初审|复审|[一二三]审|"
           rf"视觉|剪辑|导演|摄像|航拍|朗读|"
           rf"值班\w{{2}}|本文链接|原标题|版权声明|声明|点击量?|阅读){_SIGN}"),
)  # fmt: skip
_LABEL = re.compile("|".join(f"(?P<f{n}>{form})" for n, (_, form) in enumerate(_LABELS)).replace("?P<outlet>", ""))
_STOP = re.compile(
    r"[。！？!?；;】\])）\[【（(▼△@]|如遇|本文链接|版权声明|声明[:：]|爆料|欢迎|下载|返回|更多精彩|https?:"
)
_BEFORE = re.compile(rf"(?:^|[^{HAN}A-Za-z：:]|\d日)$")
_PEOPLE = re.compile(
    r"(?<=[。！？!?”…】)）；])\s*[（(](?P<inner>[^（()）]{2,60})[）)](?=\s*(?:$|[【（(]|责任|责编|编辑|来源|返回|更多))"
)
_SIGNED = re.compile(rf"(?<=[。！？!?”…])\s*(?P<who>[{HAN}·、 ]{{2,12}})[（(](?P<outlet>{LETTER}{{2,12}})[）)]\s*$")
"""“……。甲 乙（某报）”."""
_PENNED = re.compile(
    rf"(?:本文|本稿|本报道|全文|稿件)?由(?P<author>[{HAN}·、和]{{2,20}}?)(?:执笔|撰写|撰稿|采写)(?=[，,。；;、\s）)]|$)|"
    rf"由(?P<recorder>[{HAN}·、和]{{2,20}}?)(?:负责)?(?:做|担任)?记录(?=[，,。；;、\s）)]|$)"
)
_PRINTED = re.compile(rf"《\s*(?P<outlet>{LETTER}{{2,12}}[报刊])\s*》\s*[（(]\s*\d{{4}}\s*年[^）)]{{4,30}}[）)]")
_CODE = re.compile(r"\s*[A-Za-z]{1,4}\d{2,6}$")
_WITH_OTHERS = re.compile(r"\s*[|｜丨]?\s*(?:作者|编译|编辑|文)[\s/：:|].*$")


def read_ending(text: str) -> list[Credit]:
    """Who and what the end of a text names, with where: labels with their values, names in brackets, sentences."""
    since = max(0, len(text) - _WITHIN)
    bracketed = [credit for match in _PEOPLE.finditer(text, since) for credit in _in_brackets(match)]
    labelled = [credit for credit in _labelled(text, since) if not any(_overlap(credit, other) for other in bracketed)]
    found = [*bracketed, *labelled, *_signed(text, since), *_penned(text, since)]
    if match := next(_PRINTED.finditer(text, since), None):
        found.append(Credit("source", match["outlet"], *match.span()))
    return sorted(found, key=lambda credit: credit.start)


def _signed(text: str, since: int) -> Iterator[Credit]:
    signed = _SIGNED.search(text, since)
    people = only_people(signed["who"].strip(), labelled=False) if signed else ()
    if signed and people and (outlet := outlet_in(signed["outlet"])):
        yield Credit("source", outlet, *signed.span())
        yield from (Credit("author", name, *signed.span()) for name in people)


def _labelled(text: str, since: int) -> Iterator[Credit]:
    labels = list(_LABEL.finditer(text, since))
    told_until = -1
    for at, match in enumerate(labels):
        role = _LABELS[int(str(match.lastgroup)[1:])][0]
        following = labels[at + 1].start() if at + 1 < len(labels) else len(text)
        stop = _STOP.search(text, match.end(), following)
        end = stop.start() if stop else following
        value = text[match.end() : end].strip(" 　，,、|｜")
        # A value that ends where no other label, bracket or furniture does would have run on into a sentence.
        begins = match.start()
        opens = begins == told_until or _BEFORE.search(text[max(0, begins - 2) : begins]) is not None
        if not opens or role is None or not value:
            told_until = (following if value else match.end()) if opens and (role is None or not value) else -1
            continue
        names = _names(role, value, match.group())
        if names:
            told_until = end
            last = match.end() + len(text[match.end() : end].rstrip(" 　，,、|｜"))
            yield from (Credit(role, name, begins, last) for name in names)
            if role == "author" and (outlet := _outlet_of(match.group()) or _outlet_of(value)):
                yield Credit("source", outlet, begins, last)


def _names(role: CreditRole, value: str, label: str) -> tuple[str, ...]:
    if role == "source":
        value = _WITH_OTHERS.sub("", value)
        return (value,) if len(value) <= 30 and not re.search(r"[，,：:]", value) and _is_source(value) else ()
    bare = _CODE.sub("", value)
    if role == "photographer" and not re.search(r"[，,：:]", bare) and len(bare) <= 16:
        return only_people(bare, labelled=True) or (bare,)
    # “记者：您怎么看” opens a question.
    labelled = re.search(r"(?:记者|采访|整理)\s*[:：]\s*$|[^\s:：/／|｜丨]$", label) is None
    if people := only_people(bare, labelled):
        return people
    words = bare.split()
    few = role != "author" and len(words) <= 4 and all(len(word) <= 8 for word in words)
    return tuple(split_names(bare)[0]) if few else ()


def _is_source(value: str) -> bool:
    return is_medium(value.split()[-1]) or (len(value) <= 16 and not re.search(r"[的了是]", value))


def _overlap(credit: Credit, other: Credit) -> bool:
    return credit.start < other.end and other.start < credit.end


def _outlet_of(label: str) -> str:
    """The outlet before what somebody is called (“某报记者”)."""
    before = re.split(ROLE, label)[0] if re.search(ROLE, label) else ""
    return outlet_in(before) if before else ""


def _in_brackets(match: re.Match[str]) -> list[Credit]:
    inner, span = match["inner"].strip(), (match.start("inner") - 1, match.end("inner") + 1)
    if re.search(r"[；;]|执笔|参与", inner):
        return []  # labels, each with its own names
    if people := only_people(inner, labelled=False):
        outlet = _outlet_of(inner)
        sources = [Credit("source", outlet, *span)] if outlet else []
        return [*sources, *(Credit("author", name, *span) for name in people)]
    return [Credit("source", outlet, *span)] if (outlet := outlet_in(inner)) else []


def _penned(text: str, since: int) -> Iterator[Credit]:
    for match in _PENNED.finditer(text, since):
        for role in ("author", "recorder"):
            if told := match[role]:
                yield from (Credit(role, name, *match.span()) for name in only_people(told, labelled=True))
