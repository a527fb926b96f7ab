"""An article's title: the one its file states, the line that looks like one, or one made from the lead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.cleaning.bylines import read_byline, read_lone_names
from embeddings.cleaning.labels import DOCUMENT_NUMBER
from embeddings.credits.names import is_organisation
from embeddings.page.characters import fold
from embeddings.page.dates import DATE

LONGEST = 40
"""Most characters in a title made from the lead."""

_SITE_SEPARATOR = re.compile(r"\s*[_|｜»]\s*|\s+[-–—]+\s+|-{1,2}(?=[^-]{2,16}$)")
_SITE_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:网|网站|论坛|在线|门户|资讯|日报|晚报|晨报|时报)(?:\s*[·•\-—|｜»>]\s*[^\s，。]{2,10})*"
    r"|[^\s，。]{2,14}\s*[·•\-—|｜»>]\s*[^\s，。]{0,8}(?:专栏|频道|栏目|版块)"
)
_ENUMERATOR = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|"
    r"第[一二三四五六七八九十\d]+[,，、:：]|\d{1,2}[.．、)）]|[-*•●■])"
)
_SALUTATION = re.compile(r"^(?:各|尊敬的|亲爱的|同志们|致)\S{0,30}[:：]?$")
_TIME = (
    r"今年以来|近年来|近些年来|年初以来|去年以来|一直以来|长期以来|近期|近日|日前|连日来|"
    r"最近|当前|目前|近段时间以来|自\S{1,12}以来|\d{4}年(?:以来|上半年|下半年)?|今年\d{0,2}月?(?:份)?|"
    r"\d{1,2}月(?:\d{1,2}日)?(?:上午|下午|晚)?(?:至\d{1,2}日)?|今天|昨天|昨日|今日|党的\S{2,6}以来|进入\S{2,6}以来"
)
_OPENING = re.compile(
    rf"^(?:(?:{_TIME})|(?:{_TIME})?(?:[\u4e00-\u9fff]{{0,6}}记者)?(?:从|据)[^,，。]{{2,30}}(?:获悉|"
    rf"了解到?|报道|消息|通报|介绍)"
    r"|\d{4}年\d{1,2}月\d{1,2}日(?:上午|下午|晚)?|[\u4e00-\u9fff]{2,8}记者\s*[\u4e00-\u9fff]{2,4}\s*(?:近"
    r"日|今日|报道)?)\s*[,，:：]\s*"
)
_DATELINE = re.compile(
    r"^(?:【[^】]{1,20}】|[（(][^）)]{2,30}[）)]|原标题\s*[:：]\s*"
    r"|[^，。,]{0,12}?(?:讯|电)(?:\s*[（(][^）)]*[）)])[\s:：,，]*|(?:本报|本网)讯\s*"
    r"|[\w\s·]{2,14}?\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:讯|电|消息|报道)\s*(?:[（(][^）)]*[）)])?[\s:：,，]*)"
)
_CLAUSE_END = re.compile(r"[,，。；;！!？?:：]|——")
_DOCUMENT = re.compile(
    r"[^，。；：:]{4,}(?:通知|通报|通告|公告|公示|公报|报告|工作总结|纪要|答复|讲话|发言|致辞|方案|办法|规定|细则|条例|规则|规程|预案|指南|须知|"
    r"意见|决定|批复|计划|清单|一览表|公示表|时刻表|安排表|问答|解答|手册|章程|制度|白皮书|年报|年度报告|摘要|公约|倡议书|简章|启事)"
    r"(?:[（(][^）)]{1,30}[）)])?"
)
"""What offices call their documents (GB/T 9704: 关于……的通知)."""
_HEAD_LABELS = (
    "办理结果(?:类别)?|是否(?:同意)?公开|证券代码|索引号|更新日期|更新时间|发布日期|发布时间|时间|地点|主持人?|出席人?|参加人员?|列席人?|记录人?|"
    "签发人?|编号|密级|紧急程度|联系人|受文单位|会议时间|会议地点"
)
_MASTHEAD = re.compile(
    rf"(?:{_HEAD_LABELS})(?:[:：\s].*|[A-Z]类?)|(?:[A-Z]类\s*)?(?:同意|不予|主动|依申请)公开"
    r"|第\s*\d+\s*期.{0,20}|(?:总第\s*\d+\s*[期号]|第\s*\d+\s*号).{0,12}"
    r"|[^|｜]{1,16}(?:\s*[|｜]\s*[^|｜]{1,10}){2,}"
)
"""What stands over a document and is not its title: labels, the number of an issue, a menu."""
_RED_HEAD = re.compile(r"(?P<office>.{3,40})(?:文件|专报|简报|督查通报)")
_PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "「": "」", "『": "』", "【": "】"}


def is_title_line(line: str) -> bool:
    """Tell whether a line near the top can be the title: short, a phrase rather than a sentence, and no label."""
    if not 5 <= len(line) <= 80 or line[-1] in "。；;，,、：:" or _ENUMERATOR.match(line) or _SALUTATION.match(line):
        return False
    # 听证会纪要 is no person called 纪要.
    if is_document_name(line):
        return True
    inner = line.strip("()（）")
    if line.count("。") or DATE.fullmatch(inner) or DOCUMENT_NUMBER.fullmatch(inner) or read_byline(line):
        return False
    return read_lone_names(line, bracketed_only=False) is None and not is_organisation(line)


def is_document_name(line: str) -> bool:
    """Tell what an office calls a document: “关于……的通知”, “……办事指南（2024年版）”."""
    return _DOCUMENT.fullmatch(line) is not None and not _MASTHEAD.fullmatch(line) and not _RED_HEAD.fullmatch(line)


def is_masthead(line: str) -> bool:
    """Tell a line that stands over a document's title: who issues it, which issue it is, labels, a menu."""
    if _MASTHEAD.fullmatch(line) or all(map(is_organisation, line.split())):
        return True
    red = _RED_HEAD.fullmatch(line)
    return red is not None and is_organisation(red["office"])


def is_site_name(line: str) -> bool:
    """Tell a line that says on which site, or in which column of it, a page stands: “某环境网·整改专栏”."""
    return _SITE_NAME.fullmatch(line) is not None


def same_title(line: str, title: str) -> bool:
    """Tell whether a line repeats the title, whatever its spaces and punctuation."""
    return bool(fold(line)) and fold(line) == fold(title)


def without_site(window_title: str, candidates: Sequence[str]) -> str:
    """Return a <title> without the name of the site: the part that a line of the page repeats, else the longest."""
    repeated = (line for line in candidates if len(fold(line)) >= 5 and fold(line) in fold(window_title))
    if (line := max(repeated, key=len, default="")) and is_title_line(line):
        return line
    parts = [part.strip() for part in _SITE_SEPARATOR.split(window_title) if part and part.strip()]
    return max(parts, key=len, default="")


def derive_title(lead: str) -> str:
    """Return a title made of the lead's first clauses, at most 40 characters, with its quotes balanced."""
    rest = lead
    for pattern in (_DATELINE, _DATELINE, _OPENING, _OPENING):
        stripped = pattern.sub("", rest, count=1).strip()
        rest = stripped if len(stripped) >= 8 else rest
    end = 0
    for match in _CLAUSE_END.finditer(rest):
        if match.start() > LONGEST:
            break
        if _is_balanced(rest[: match.start()]) and not _inside_number(rest, match.start()):
            end = match.start()
            if end >= 10:
                break
    if end < 8 and len(rest) > LONGEST:
        return _cut(rest)
    return (rest[:end] if end else rest).strip(" 、—")


def _cut(text: str) -> str:
    """Cut at the last pause, else before an open quotation, word or number."""
    pauses = [match.start() for match in re.finditer(r"[、 ]", text[:LONGEST]) if _is_balanced(text[: match.start()])]
    if pauses and pauses[-1] >= 16:
        return text[: pauses[-1]] + "…"
    end = LONGEST - 1
    while end > 12 and (
        not _is_balanced(text[:end]) or (text[end - 1 : end + 1].isascii() and text[end - 1 : end + 1].isalnum())
    ):
        end -= 1
    return text[:end] + "…"


def _is_balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS.items())


def _inside_number(text: str, at: int) -> bool:
    return text[at] in ",:" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
