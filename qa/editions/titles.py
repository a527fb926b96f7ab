"""What a rule's title says: what the rule is, whatever its year and edition, and of which year it is."""

from __future__ import annotations

import re
from functools import lru_cache

from embeddings.folding import squeeze
from qa.claims.years import in_digits, years_in

_EDITION = re.compile(
    r"[（(〔\[](?:(?:19|20)\d\d年?(?:度)?)?(?:第?[一二三四五六七八九十\d]*(?:次)?)?(?:修订|修正|修改|新版|版|试行|暂行|本|稿|征求意见稿)*[）)〕\]]"
    r"|[（(](?:修订|修正|试行|暂行|新|旧|废止|已废止|现行)(?:版|稿|本)?[）)]"
    r"|(?:19|20)\d\d(?:年度?|版)?(?:修订|修正)?版?|第[一二三四五六七八九十]+版|新版|旧版|修订版?|(?<=.)(?:试行|暂行)"
)
_RULE = re.compile(
    r"(?P<noun>标准|办法|规定|细则|条例|制度|规则|规范|章程|守则|准则|规程|须知|公约|价格|收费|价目|定额|限额|费率"
    r"|(?P<seldom>通知|通告|公告|意见|方案|预案|目录|指南|手册|政策))表?$"
)
_WRAPPED = re.compile(
    r"^.*?(?:关于)?(?:印发|公布|发布|颁布|实施|执行|重新印发|修订|修改)[^《]*《(?P<inner>[^》]+)》(?:的)?(?:通知|公告|决定|通告)?$"
)
_NO_EDITIONS = re.compile(r"(?:总结|要点|公报|报告|简报|纪要|清单|名单|统计|情况|通报|计划|预算|决算|台账|新闻)")
_LEAST_BASE = 6
"""Characters of a title that tell one rule from another."""


@lru_cache(maxsize=100_000)
def base_of(title: str) -> str:
    """The title of a rule without year and edition, squeezed; empty where it is no rule's.

    Of “关于印发《某办法（2023年修订）》的通知” it is that of the rule.
    """
    wrapped = _WRAPPED.match(title)
    plain = squeeze(_EDITION.sub("", in_digits(wrapped["inner"] if wrapped else title)))
    plain = re.sub(r"[（(]\W*[）)]", "", plain)
    is_rule = _RULE.search(plain) and not _NO_EDITIONS.search(plain) and len(plain) >= _LEAST_BASE
    return plain if is_rule else ""


def noun_of(title: str) -> str:
    """What kind of rule it is (标准, 办法)."""
    match = _RULE.search(base_of(title))
    return match["noun"] if match else "文件"


def is_seldom_revised(title: str) -> bool:
    """Whether it is of a kind that comes every year on another matter (通知, 方案) and seldom takes another's place."""
    match = _RULE.search(base_of(title))
    return bool(match and match["seldom"])


def year_of(title: str) -> str:
    """The year that a title gives its rule, or empty."""
    years = years_in(title)
    return years[-1] if years else ""
