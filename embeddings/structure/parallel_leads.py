"""Runs of paragraphs whose lead sentences are parallel: 坚持在…中…, 第一张叫…, 建好…，练就…."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from embeddings.structure.numerals import CHINESE_NUMERAL
from embeddings.structure.sentences import clauses, is_row, sentences
from embeddings.types import Span

_LONGEST_LEAD = 34
"""Longest lead sentence, in characters."""
_LARGEST_GAP = 2
"""Between two parallel lead sentences up to this many paragraphs may go on with the first."""
_SAME_WORDING = 0.5
"""Share of characters (difflib's ratio) that two leads of one wording have in common, quoted words left out."""
_TELLING = re.compile(r"[也还還却卻又是吗嗎呢吧我你他她它这這那？?]|有(?![力序效机機])|了(?!解)|就(?![业業地近])")
"""Leads of official prose demand or name (抓好…, 深化…); these words tell or ask."""


def lead_sentence(text: str, span: Span) -> Span | None:
    """The first sentence where it announces what the rest of the paragraph says: short, and no figure in it."""
    if is_row(text, span):
        return None
    lead = sentences(text, span)[0]
    length = lead.end - lead.start
    announces = 4 <= length <= _LONGEST_LEAD and span.end - lead.end > length
    return lead if announces and not re.search(r"\d", text[lead.start : lead.end]) else None


def parallel_run(text: str, block: list[Span], first: int) -> list[int]:
    """Indices, from `first` on, of the paragraphs whose leads run parallel to the first one's; empty where none do.

    Two are enough where they share their wording, three where they are only of one shape.
    """
    model = lead_sentence(text, block[first])
    if model is None:
        return []
    run, worded = [first], False
    for index in range(first + 1, len(block)):
        if index - run[-1] > _LARGEST_GAP + 1:
            break
        lead = lead_sentence(text, block[index])
        if lead is None:
            continue
        if _one_wording(text, model, lead):
            worded = True
            run.append(index)
        elif _one_shape(text, model, lead):
            run.append(index)
    return run if len(run) >= (2 if worded else 3) else []


def _one_wording(text: str, one: Span, other: Span) -> bool:
    """Half of all characters the same, or the first two and neither tells a story; what is quoted does not count."""
    bare, others = _bare(text, one), _bare(text, other)
    if SequenceMatcher(None, bare, others, autojunk=False).ratio() > _SAME_WORDING:
        return True
    return bare[:2] == others[:2] and not _tells(text, one, other)


def _bare(text: str, span: Span) -> str:
    unquoted = re.sub(r"[“‘「][^”’」]*[”’」]", "“”", text[span.start : span.end])
    return re.sub(rf"第{CHINESE_NUMERAL}", "第", unquoted)


def _one_shape(text: str, one: Span, other: Span) -> bool:
    """As many clauses, alike in length, and neither tells a story."""
    shorter, longer = sorted((one.end - one.start, other.end - other.start))
    alike = len(clauses(text, one)) == len(clauses(text, other)) and longer <= 2 * shorter
    return alike and not _tells(text, one, other)


def _tells(text: str, one: Span, other: Span) -> bool:
    return any(_TELLING.search(_bare(text, span)) for span in (one, other))
