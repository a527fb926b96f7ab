"""Label lines of a page (“来源:… 时间:… 编辑:…”, mastheads, footers, document tables) -> what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from embeddings.credits.names import is_medium, is_organisation, is_person, only_names
from embeddings.page.characters import tidy
from embeddings.page.dates import DATE, iso_date

Field = Literal[
    "author", "credit", "editor", "staff", "uploader", "source", "published", "issued", "updated", "count",
    "widget", "contact", "footer", "support", "position", "pager", "title", "tags", "office", "url", "document",
]  # fmt: skip

_WORDS: dict[Field, str] = {
    "author": "作者|文|撰稿|撰稿人|撰文|供稿人|供稿|通讯员|记者|本报记者|本网记者|文字|本文作者|"
    "署名|采写|采访|执笔|执笔人|投稿人|文图|图文|供稿单位|来稿单位|报送单位|投稿单位",
    "credit": "摄影|图|图片|摄|视频|插图|漫画|图片提供",
    "editor": "编辑|责编|责任编辑|本期编辑|值班编辑|网络编辑|网页编辑|网站编辑|实习编辑|执行编辑|"
    "新媒体编辑|微信编辑|文字编辑|本版编辑|特约编辑",
    "staff": "审核|签发|签发审核|审核签发|审签|审批|校对|校审|校核|审稿|审校|编审|初审|复审|终审|"
    "一审|二审|三审|一校|二校|三校|监制|总监制|出品|出品人|策划|统筹|总值班|值班主任|"
    "值班编委|值班主编|制作|排版|美编|设计|责校|主编|副主编|总编辑|审核人|签发人|校对人|编校|流程编辑|初审编辑|记录|记录人|"
    "整理|整理人|审阅|信息审核|复核|核稿|拟稿",
    "uploader": "稿件上传|上传|上传者|上传人|发布人|发布者|录入|录入者|录入人|信息录入|发稿人|信息员",
    "source": "来源|文章来源|信息来源|稿件来源|新闻来源|稿源|转自|转载自|原载|出处|内容来源|消息来源|"
    "文章出处|本文来源|转载来源|来源网站|发布来源",
    "published": "发布时间|发布日期|发表时间|发表日期|发文时间|公布日期|公开日期|公开时间|刊发日期|"
    "网站发布|刊发时间|发稿时间|上传时间|录入时间|添加时间|日期|时间|发布于|发表于|发布",
    "issued": "成文日期|成文时间|印发日期|生成日期|签发日期|制发日期|发文日期",
    "updated": "更新时间|更新日期|最后更新|修改时间|更新于",
    "count": "浏览次数|浏览量|浏览数|浏览|点击|点击数|点击量|点击率|点击次数|阅读|阅读次数|阅读量|"
    "阅读数|访问量|访问次数|点赞|点赞数|评论|评论数|转发|稿件字数",
    "widget": "字体|字号|字体大小|文字大小|分享|分享到|分享至|打印|收藏|保护视力色|视力保护色|"
    "扫一扫|背景色|朗读|语音播报|【字体|关注我们|责任声明|微信扫一扫",
    "contact": "地址|通讯地址|联系地址|单位地址|办公地址|电话|联系电话|办公电话|传真|邮编|邮政编码|"
    "e-?mail|邮箱|电子邮箱|电子邮件|联系邮箱|联系人|投稿邮箱|投稿热线|投稿电话|联系方式|"
    "新闻热线|服务热线|值班电话|qq|客服电话|tel|fax|总机|违法和不良信息举报电话|举报邮箱|监督电话|微信号",
    "footer": "主办|主办单位|承办|承办单位|协办|协办单位|版权所有|网站标识码|备案号|icp备案|icp备案号|"
    "网站管理|网站维护|"
    "网站主办|网站承办|指导单位|建设单位|版权|版权归属|公安备案|建议使用",
    "support": "技术支持|技术支持单位|技术保障|运行维护|维护单位|运维单位|制作单位|开发维护|网站建设",
    "position": "当前位置|您的位置|您现在的位置|你的位置|您当前的位置|您所在的位置|所在位置|现在位置|"
    "当前所在位置|位置|你现在的位置|当前栏目|所属栏目|栏目|首页位置",
    "pager": "上一篇|下一篇|上一条|下一条|上一页|下一页|前一篇|后一篇|上篇|下篇|上一篇文章|下一篇文章",
    "title": "标题|名称|信息名称|文件名称|文章标题|公文名称",
    "tags": "标签|关键词|关键字|主题词|tags?|keywords",
    "office": "发文机关|发文机构|发布机构|发布机关|发布单位|制发机关|公开责任部门|信息公开机构|"
    "发文单位|信息提供|公开单位|责任部门|公开主体|制定机关",
    "url": "原文链接|链接|本文链接|原文地址|源链接|文章链接|本文地址|原文网址|来源链接|网址|本文网址|转载链接",
    "document": "索引号|信息索引|索引|发文字号|文号|公文种类|文种|有效性|时效性|有效期|效力状态|主题分类|"
    "信息分类|体裁分类|组配分类|分类|公开方式|公开形式|公开范围|公开程序|公开时限|废止日期|"
    "失效日期|生效日期|实施日期|"
    "内容概述|公开类别|信息类别|统一登记号|统一编号|是否有效|服务对象|原标题|文件编号|施行日期|载体类型",
}  # fmt: skip
_KIND: dict[str, Field] = {
    word.replace("?", "").replace("(", ""): kind for kind, words in _WORDS.items() for word in words.split("|")
}
_KIND.update({"email": "contact", "e-mail": "contact", "tag": "tags", "tags": "tags"})


def _spaced(word: str) -> str:
    return r"\s{0,4}".join(word) if re.fullmatch(r"[\u4e00-\u9fff]+", word) else word


_ALTERNATIVES = "|".join(
    _spaced(word) for word in sorted({w for words in _WORDS.values() for w in words.split("|")}, key=len, reverse=True)
)
_LABEL = re.compile(
    rf"(?<![\w“‘《])(?P<word>{_ALTERNATIVES})\s*[】\]]?\s*[:：]\s*|(?P<bare>版权所有|版\s权\s所\s有)\s*", re.IGNORECASE
)
_SLASHED = re.compile(r"^[■●□◆▲○\s]*(?P<word>图文|文图|文|图|撰文|撰稿|摄影|编辑|责编)\s*[/|｜丨／]\s*")
_COUNT = re.compile(
    r"(?:浏览|阅读|点击|访问|评论|点赞|转发)(?:次数|量|数)?\s*[:：(（]?\s*\d[\d,.]*\s*万?\+?[)）]?\s*次?|"
    r"[(（]?\s*\d[\d,.]*\s*万?[)）]?\s*(?:人|次)?(?:阅读|浏览|评论|点击|访问)(?!\w)|"
    r"(?<!\w)(?:赞|在看|留言|收藏|分享)\s*\d+(?!\w)"
)
_SIZES = re.compile(
    r"[\[【(（]?\s*(?:特大|超大|大|中|小|默认)(?:\s+|[|/｜]|\s*)(?:特大|大|中|小)(?:[\s|/｜]*(?:大|小))?\s*[\]】)）]?"
)
_WIDGETS = re.compile(
    r"打印(?:本页|本文)?|关闭(?:窗口|本页)?|收藏(?:本页)?|分享(?:到)?|微信|微博|朋友圈|"
    r"QQ空间|复制链接|举报|纠错|A[+-]|字号|字体|原创|我要评论|听新闻|发表于\s*\S{2,4}$"
)
DOCUMENT_NUMBER = re.compile(r"[^\s（(〔\[，。：:]{1,12}[〔\[（(](?:19|20)\d{2}[〕\]）)]第?\d+号")
"""What an office numbers its documents with: 某政办发〔2024〕5号 (GB/T 9704-2012, 7.2.5)."""
_ASKING = ("记者", "通讯员", "文", "文字", "供稿")
_FREE_TEXT: frozenset[Field] = frozenset(
    {"contact", "footer", "support", "position", "pager", "title", "tags", "url", "document", "widget", "office"}
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What one label says: the field, its value, and where author labels stand in the line."""

    field: Field
    value: str
    start: int
    end: int
    """The label with its value is line[start:end]."""
    labelled: bool = True
    """False for what is told by its form alone, such as a date that stands by itself."""


def read_labels(line: str) -> tuple[Fact, ...]:
    """Return what a label line says, or nothing where `line` isn't made of labels, dates, counts and names alone.

    Running text that happens to have a colon in it is no label line: each value must have the form of its field.
    """
    if len(line) > 220:
        return ()
    if "\t" in line and (cells := _table_facts(line)):
        return cells
    marks = [*_LABEL.finditer(line)]
    slashed = _SLASHED.match(line)
    if slashed and not marks:
        marks = [slashed]
    starts = [mark.start() for mark in marks]
    facts = list(_unlabelled(line[: starts[0]] if starts else line))
    told = {fact.field for fact in facts}
    if not all(_is_value(fact.field, fact.value) for fact in facts) or len(facts) > 4:
        return ()
    if not starts and not told & {"published", "count"}:
        return ()
    for mark, end in zip(marks, [*starts[1:], len(line)][: len(marks)], strict=True):
        groups = mark.groupdict()
        field = _KIND["".join((groups.get("word") or groups.get("bare") or "").split()).lower()]
        value = line[mark.end() : end]
        found = _value_facts(field, value, mark.start(), end)
        # “记者:您怎么看” opens a question, “作者:南山客” names an author.
        if not found or ((groups.get("word") or "").endswith(_ASKING) and not only_names(found[0].value)):
            return ()
        facts.extend(found)
    return tuple(facts)


def without_counters(line: str, facts: Sequence[Fact]) -> str:
    """The line without its counts and widgets, where what is left of it is still whole."""
    spans = [(fact.start, fact.end) for fact in facts if fact.field in ("count", "widget")]
    spans += [match.span() for match in _COUNT.finditer(line)]
    kept, behind = [], 0
    # A count may be found both by its label and by its form.
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        kept.append(line[behind:start])
        behind = max(behind, end)
    rest = " ".join((*kept, line[behind:])).strip(" |｜,，;；·/")
    return rest if rest.count("（") == rest.count("）") and rest.count("[") == rest.count("]") else line


def _table_facts(line: str) -> tuple[Fact, ...]:
    cells = [tidy(cell) for cell, _ in groupby(line.split("\t"))]
    keys = [_KIND.get("".join(cell.split()).rstrip(":：]】").lstrip("[【").lower()) for cell in cells]
    if keys[0] is None:
        return ()
    # The row of names over a table of such things holds no value.
    if None not in keys and len(keys) > 1:
        return ()
    facts: list[Fact] = []
    for key, nxt, cell in zip(keys, [*keys[1:], None], [*cells[1:], ""], strict=True):
        if key is not None:
            value = "" if nxt is not None else cell
            facts.append(Fact(key, iso_date(value) if key in ("published", "issued", "updated") else value, 0, 0))
    unpaired = sum(key is None for key in keys) > sum(key is not None for key in keys)
    return () if unpaired else tuple(facts)


def _value_facts(field: Field, raw: str, start: int, end: int) -> list[Fact]:
    """Return the label's own fact, and those of a date, count or source that stands in its value without a label."""
    if field in _FREE_TEXT:
        value = raw.strip(" |｜,，;；】])）")
        return [Fact(field, value, start, end)] if len(value) <= 90 and not re.search(r"[。！？!?]", value) else []
    if field in ("published", "issued", "updated"):
        day = iso_date(raw)
        rest = _stripped(DATE.sub(" ", raw) if DATE.search(raw) else re.sub(r"\d{8}", " ", raw))
        rest = re.sub(r"^\d{1,2}[:：]\d{2}(?:[:：]\d{2})?", "", rest).strip()
        facts = [Fact(field, day, start, end)] if day or not raw.strip(" |[]【】") else []
        extra = list(_unlabelled(rest)) if facts and rest else []
        return facts + extra if all(_is_value(f.field, f.value) for f in extra) else []
    if field == "count":
        value = raw.strip(" |｜[]【】()（）")
        return (
            [Fact(field, value, start, end)]
            if re.fullmatch(r"(?:\d[\d,.]*万?\+?\s*[次人字]?|加载中\W*|)", value)
            else []
        )
    day = iso_date(raw) if DATE.search(raw) else ""
    cut = DATE.search(raw)
    value = _stripped(raw[: cut.start()] if cut and _stripped(raw[: cut.start()]) else DATE.sub(" ", raw))
    if not _is_value(field, value):
        return []
    facts = [Fact(field, value, start, end if cut is None else start + (end - start) - len(raw) + cut.start())]
    return [*facts, Fact("published", day, start, end)] if day else facts


def _unlabelled(text: str) -> list[Fact]:
    """Read what stands without a label: “2020-03-04 10:30 中国环境报 浏览 322次”."""
    facts: list[Fact] = []
    if day := (DATE.search(text) and iso_date(text)):
        facts.append(Fact("published", day, 0, 0, labelled=False))
    counts = _COUNT.findall(text)
    facts += [Fact("count", count, 0, 0, labelled=False) for count in counts]
    rest = _stripped(_COUNT.sub(" ", DATE.sub(" ", text)))
    for word in filter(None, (part.strip("[]【】()（）·-—") for part in re.split(r"[\s|｜]+", rest))):
        field: Field = "document" if DOCUMENT_NUMBER.fullmatch(word) else "author" if is_person(word) else "source"
        start = text.find(word)
        facts.append(Fact(field, word, start, start + len(word), labelled=False))
    return facts


def _stripped(text: str) -> str:
    return _WIDGETS.sub(" ", _SIZES.sub(" ", text)).strip(" \t|｜,，;；/-—[]【】()（）·")


def _is_value(field: Field, value: str) -> bool:
    if field == "author":
        return not value or only_names(value) or (len(value) <= 12 and not re.search(r"[\s，。,！？!?、：:]", value))
    if field in ("editor", "staff", "uploader", "credit"):
        return len(value) <= 40 and not re.search(r"[。！？!?，：:]|\d\s*份$", value)
    if field == "source":
        return len(value) <= 40 and not re.search(r"[。！？!?；;]", value) and (not value or is_plausible_source(value))
    return True


def is_plausible_source(value: str) -> bool:
    """Tell a source's name from a sentence: “中国环境报”, “《求是》2020年第3期”, “市生态环境局 张三”."""
    words = value.split()
    return any(is_medium(word) or is_organisation(word) or is_person(word) for word in words) or len(value) <= 16
