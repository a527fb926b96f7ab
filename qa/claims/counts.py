"""Counts that no sentence states: a reply counts parts (“包括以下五个方面”) that an article only lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from embeddings.types import Article, Outline, Section, Span
from qa.claims.quantities import Quantity

_BROAD = re.compile(r"的?(?:方面|部分|内容|要点|环节|层面|层次|步骤|措施|做法|举措|办法|领域|角度|维度|阶段|板块|类别)")
_PARTS = frozenset("个项条点类种步招")
_NOUN = 2


def counted(said: Quantity, text: str, article: Article, outline: Outline, spans: Sequence[Span]) -> bool:
    """Whether a list near these spans of the article has as many parts as the reply says.

    What is counted is either nothing in particular (方面, 措施), or named by the announcements of most parts (制度).
    """
    if said.unit not in _PARTS or said.bound:
        return False
    behind = text[said.end :].lstrip()
    for section_parts in _lists(outline.sections, spans):
        if len(section_parts) != said.value:
            continue
        noun = re.sub(r"^[“‘「]", "", behind)[:_NOUN]
        announced = [article.text[part.heading.start : part.heading.end] for part in section_parts]
        if _broad(said, behind, text) or (
            len(noun) == _NOUN and 2 * sum(noun in one for one in announced) > len(announced)
        ):
            return True
    return False


def _broad(said: Quantity, behind: str, text: str) -> bool:
    alone = not behind or behind[0] in "，。：:；、"
    return (
        _BROAD.match(behind) is not None
        or text[said.start : said.end].endswith("方面")
        or (alone and said.unit != "个")
    )


def _lists(sections: Sequence[Section], spans: Sequence[Span]) -> Iterator[Sequence[Section]]:
    """The lists of sections, at any depth, that one of the spans stands in or that stand in it."""
    touched = [s for s in sections if any(s.start < span.end and span.start < s.end for span in spans)]
    if touched:
        yield [section for section in sections if section.kind == touched[0].kind]
    for section in touched:
        yield from _lists(section.children, spans)
