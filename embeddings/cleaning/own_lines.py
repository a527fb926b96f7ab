"""Lines that read like what belongs to a page, and are the article's by where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.cleaning.boilerplate import furniture, is_chain, is_other_url, is_part_heading, is_registration
from embeddings.cleaning.lines import LINKED, Line, as_text
from embeddings.page.characters import is_sentence

_HOST = re.compile(r"^(?:联合)?(?:主办|承办|协办|指导|支持)(?:单位)?\s*[:：]")
_LEADS_AWAY = re.compile(r"相关|推荐|更多|延伸|往期|点击|下载")
_OF_SITE = frozenset({"support", "position", "pager", "count", "widget"})
_WORD = re.compile(
    r"登录|注册|搜索|评论|关注|订阅|举报|分享|收藏|转发|点赞|打印|返回|首页|客户端|使用帮助|意见反馈|(?:联系|关于)我们"
    r"|(?:法律|免责|网站)声明|隐私(?:政策|保护)"
)
"""Words on buttons that head sections of a manual, too."""


def with_own(lines: Sequence[Line]) -> list[Line]:
    """The lines with those as text that were taken for the page's and are the article's."""
    of_site = any(map(_says_site, lines))
    judged: list[Line] = []
    for number, line in enumerate(lines):
        before = judged[-1] if judged else None
        after = lines[number + 1] if number + 1 < len(lines) else None
        dropped = not line.kept and not line.block.chrome and not line.block.outside
        own = dropped and (_by_itself(line, of_site) or _by_place(line, before, after))
        judged.append(as_text(line) if own else line)
    return judged


def _says_site(line: Line) -> bool:
    """Whether a line tells that the page is of a site: its way there, its counters, its notices."""
    kind = furniture(line.block.text)
    if line.block.chrome or line.kind == "notice" or is_registration(line.block.text):
        return True
    ways = kind in ("pager", "teaser", "related") or (kind == "navigation" and not is_chain(line.block.text))
    return ways or (line.kind == "labels" and any(fact.field in _OF_SITE for fact in line.facts))


def _by_itself(line: Line, of_site: bool) -> bool:
    text = line.block.text
    kind = furniture(text)
    if kind == "url":
        return line.zone == "body" or is_other_url(text)
    if kind == "navigation":
        return line.zone == "body" and is_chain(text)
    if kind == "pager":
        return line.zone != "tail" and is_part_heading(text)
    hosts = line.kind == "labels" and all(fact.field == "footer" for fact in line.facts)
    return hosts and not of_site and _HOST.match(text) is not None


def _by_place(line: Line, before: Line | None, after: Line | None) -> bool:
    text = line.block.text
    kind = furniture(text)
    if line.block.link_density >= LINKED and not line.block.level:
        return line.kind == "furniture" and kind is None and before is not None and _announces(before)
    goes_on = after is not None and after.kind == "text" and bool(after.kept)
    heads = goes_on and after is not None and is_sentence(after.kept)
    if line.block.level:
        return heads or (kind == "widget" and goes_on)
    amid = line.zone == "body" and before is not None and before.kind == "text" and is_sentence(before.kept)
    return amid and heads and _WORD.fullmatch(text) is not None


def _announces(line: Line) -> bool:
    """Whether a line of the text says that what follows is its own; of a list of links each does."""
    if line.kind != "text" or not line.kept:
        return False
    return line.block.link_density >= LINKED or (line.kept[-1] in "：:" and not _LEADS_AWAY.search(line.kept))
