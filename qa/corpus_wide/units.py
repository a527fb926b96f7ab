"""The unit an article speaks for: an office that signs it, its author's, or the one its title or lead begins with."""

from __future__ import annotations

import re

from embeddings.credits.names import is_organisation
from embeddings.places.gazetteer import SUFFIXES
from embeddings.places.places import find_places
from embeddings.types import Article

_POST = re.compile(
    r"(?:党组|党委|党总支|党支部|分党组|机关党委)?(?:(?:常务)?副?(?:书记|局长|厅长|主任|部长|院长|站长|馆长|主席|会长|处长|科长|"
    r"市长|县长|区长|省长|镇长|校长|所长|队长|委员|成员|研究员|教授|巡视员|工程师)|干部|工作人员)(?:[、，,兼].*)?$"
)
_OPENER = re.compile(
    r"^(?:近年来?|今年以?来?|年初以来|去年以?来?|近日|日前|近期|一直以来|长期以来|多年来|\d{4}年(?:以来)?)"
)
_SUFFIX = (
    "局|厅|委员会|办公室|管委会|研究院|环科院|监测站|林业站|水文站|服务站|中心|图书馆|博物馆|文化馆|医院|大学|学院|学校|"
    "中学|小学|公司|集团|法院|检察院|政府|支队|总队|大队|街道|协会|合作社|水务所|环保所|系统|部"
)
_ORGAN = "机关党委|机关党支部|机关纪委|分党组|党组|党委|党支部|党总支|机关"
_NAME = re.compile(rf"^(?P<name>[\u4e00-\u9fff]{{0,20}}?(?:{_SUFFIX})(?:分局)?(?:{_ORGAN})?)")
_VERB = re.compile(
    r"^(?:加强|推动|落实|开展|组织|围绕|坚持|聚焦|按照|根据|通过|结合|随着|深入|全面|在|对|由|把|为|从|以|与|和|一个|这|那|该|各)"
)
_LOCAL = re.compile(r"^[省市县区州厅局部]|[市县区州镇乡村岛城港]")
_OPENING = 120
"""Characters of the lead in which an office that the article is about is named."""


def unit_of(article: Article) -> str:
    """The name of the unit, with its province or city before 省… or 市…, or empty where the article names none."""
    signed = [author for author in article.authors if is_organisation(author)]
    post = _POST.sub("", article.author_post)
    for name in (*signed, post if is_organisation(post) else "", *_named_in(article.title), *_named_in(_lead(article))):
        if name:
            return _with_place(name, article.place)
    return ""


def _lead(article: Article) -> str:
    bylines = [article.text[span.start : span.end] for span in article.bylines]
    lines = (
        line
        for line in article.text[article.body_start : article.body_end].split("\n")
        if line.strip() and line not in bylines
    )
    return next(lines, "")[:_OPENING]


def _named_in(text: str) -> list[str]:
    found = []
    for clause in re.split(r"[\s，,。、；：:！!—（）()“”《》]+", text):
        match = _NAME.match(_OPENER.sub("", clause))
        if match and len(match.group("name")) >= 4 and not _VERB.match(match.group("name")):
            name = match.group("name")
            if find_places(name) or _LOCAL.search(name):
                found.append(name)
    return found


def _with_place(name: str, place: str) -> str:
    suffix = SUFFIXES.get(place, "")
    return f"{place}{name}" if suffix and name[0] == suffix[0] and place not in name else name
