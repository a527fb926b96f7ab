"""Which lines can be 小标题 by themselves, by what they say, and which are called by a label."""

from __future__ import annotations

import re

_LONGEST_TITLE_LINE = 40
"""Longest unnumbered 小标题, in characters."""
SENTENCE_MARKS = ("。", "！", "？", "；", "，", "、", "：", "!", "?", ";", ",", ":", "…", "。”", "！”")
_NO_TITLE = re.compile(
    r"[^\w《“]*目\s*[录錄次][^\w]*$"
    r"|(?:核心|内容)提[示要]$|编者按$|导读$"
    r"|[\W\d年月日时分秒時点點]*$"
    r"|[(（【\[].*[)）】\]]$"
    r"|(?:本报|本報|新华社|新華社).{0,6}(?:记者|記者|讯|訊|电|電)"
    r"|(?:记者|記者|通讯员|通訊員|编辑|責任編輯|责任编辑|来源|來源|图|圖|文|摄影|作者|时间|時間|地点|日期)\s*[/／：:|｜\s]"
    r"|.*(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$"
    r"|\S{1,12}[〔\[［（(](?:19|20)\d\d[〕\]］）)]第?\d+号$"
    r"|.*(?<!\d)\d{1,3}\s*[:：比-]\s*\d{1,3}(?!\d)"
)
"""A contents line, what stands above a whole article, a date or figures alone, a remark in brackets, who reported, a
dated line, a score."""

LABEL = re.compile(r"(?P<word>[“‘\"《]?[\u4e00-\u9fffA-Za-z0-9·]{2,10}[”’\"》]?)[：:](?=\S)")
"""What is called by its name at the head of a paragraph: “疏导组：142人……”."""
OF_PAGES = re.compile(
    r"第.+|.*(?:时间|日期|地点|地址|主持|出席|列席|参加|参会|请假|缺席|记录|电话|传真|邮编|邮箱|网址|联系|来源|作者|编辑|审核|记者|摄影"
    r"|[报抄主]送|签发|校对|单位|姓名|性别|文号|附件?|备?注|问|答|答复|诉求|标题|关键词|发布|更新|浏览|点击|投稿|热线|公众号|事项名称"
    r"|机关|时限|窗口|[人号者员]|[QA]\d*)$"
)
"""Labels of a page, of minutes and of whoever speaks head no part of a list."""


def can_be_title(line: str) -> bool:
    """Whether a line is as short as an unnumbered 小标题 and says no sentence, date, label or score."""
    labelled = LABEL.match(line)
    if labelled and OF_PAGES.match(labelled["word"]):
        return False
    return len(line) <= _LONGEST_TITLE_LINE and not line.endswith(SENTENCE_MARKS) and not _NO_TITLE.match(line)
