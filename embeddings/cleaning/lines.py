"""Each line of a page judged: the article's text, its byline, or what belongs to the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from embeddings.cleaning.boilerplate import furniture, is_cut_off, is_notice, is_notice_heading, is_summary, site_ending
from embeddings.cleaning.bylines import Byline, named, read_byline
from embeddings.cleaning.glued import without_site_ending
from embeddings.cleaning.grouped_rows import filled_down
from embeddings.cleaning.labels import Fact, read_labels
from embeddings.credits.names import is_organisation
from embeddings.page.blocks import Block
from embeddings.page.characters import is_sentence
from embeddings.page.dates import DATE

Kind = Literal["text", "byline", "labels", "notice", "furniture"]
Zone = Literal["head", "body", "tail"]

_ENDING_LABEL = re.compile(
    r"[（(【\[]\s*(?:文章|信息|稿件|内容)?(?:来源|责任编辑|责编|编辑|原标题)\s*[:：][^（）()【】\[\]]{1,4"
    r"0}[）)】\]]\s*$|(?<=[。！？”])\s*(?:责任编辑|责编)\s*[:：]\s*\S{2,6}\s*$"
)
_ANYWHERE = frozenset({"editor", "staff", "uploader", "count", "widget", "pager"})
_ATTACHMENT = re.compile(r"^(?:附件?|附录|注释?|参考文献)\s*\d*\s*[:：]|^[（(]?\d{1,2}[.、)）]")
_END_FIELDS = frozenset({"editor", "staff", "footer", "support", "pager"})
_IMPRINT = re.compile(r"^(?:主送|抄送|抄报|分送|发送)\s*[:：]|印发\s*[。.]?$|^共印\s*\d+\s*份")
"""What stands below a document's signature (GB/T 9704: 版记)."""
_CREDIT = re.compile(r"(?:策划|编辑|责编|主编|校对|审核|监制|统筹|设计|记者|摄影|文字|出品)\s*[:：/|｜]|\w@\w")
"""Who made the article, and where to write to."""
LINKED = 0.6
"""The share of a line's characters that are links, from which on it is one link."""
_MOST = 0.7
"""The share of the page's running text that must stand before a line for that line to end the article."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its judgement; `kept` is what of it stays in the text."""

    block: Block
    kind: Kind
    zone: Zone = "body"
    facts: tuple[Fact, ...] = ()
    byline: Byline | None = None
    kept: str = ""


def as_text(line: Line) -> Line:
    """The line as one of the text, just as it stands."""
    return replace(line, kind="text", byline=None, kept=line.block.text)


def judge(blocks: Sequence[Block], furnished: bool = True) -> list[Line]:
    """Judge every line: first by what it says, then by where it stands relative to the running text.

    What the file itself sets apart in parts, its sheets or slides, is all text, and so is a page that is not furnished.
    """
    first = next((number for number, block in enumerate(blocks) if block.part or not furnished), len(blocks))
    in_parts = [Line(block, "text", kept=block.text) for block in blocks[first:]]
    return [*_judge(blocks[:first]), *in_parts]


def _judge(blocks: Sequence[Block]) -> list[Line]:
    ended = [part for block in blocks for part in without_site_ending(block)]
    split = [part for block in ended for part in _without_ending_labels(block)]
    linked_page = _is_linked_page(split)
    lines = _with_lists(_with_tables([_by_itself(block, linked_page) for block in split]))
    zones = _zones(lines)
    lines = [_in_zone(replace(line, zone=zone)) for line, zone in zip(lines, zones, strict=True)]
    return _without_following(lines)


def _without_ending_labels(block: Block) -> list[Block]:
    match = _ENDING_LABEL.search(block.text)
    if match is None or match.start() == 0:
        return [block]
    return [block.piece(0, match.start()), replace(block.piece(match.start(), match.end()), level=0)]


def _is_linked_page(blocks: Sequence[Block]) -> bool:
    """Tell pages whose text is all in links, where link density says nothing."""
    sentences = [block for block in blocks if is_sentence(block.text)]
    return bool(sentences) and sum(block.link_density >= LINKED for block in sentences) * 2 > len(sentences)


def _by_itself(block: Block, linked_page: bool) -> Line:
    text = block.text
    # A note may say nothing but a source or an address.
    if block.note and not block.chrome:
        return Line(block, "text", kept=text)
    if site_ending(text) == 0:
        return Line(block, "furniture")
    kind = furniture(text)
    if kind is not None and not (block.level == 1 and kind == "widget"):
        return Line(block, "furniture", facts=read_labels(text))
    if block.chrome:
        return Line(block, "furniture", facts=_label_facts(text))
    linked = block.link_density >= LINKED and not block.level and not linked_page
    if linked and not _ATTACHMENT.match(text[:8] if text.startswith("附") else ""):
        return Line(block, "furniture")
    byline = read_byline(text)
    if byline is not None:
        return Line(block, "byline", byline=byline, kept=text)
    facts = _label_facts(text)
    if facts:
        return _with_author(Line(block, "labels", facts=facts))
    return Line(block, "text", kept=text)


def _with_tables(lines: list[Line]) -> list[Line]:
    """Keep every row of a table that is not made of labels or of the page's furniture altogether, whatever it says."""
    judged: list[Line] = []
    for tabular, run in groupby(lines, key=lambda line: "\t" in line.block.text and not line.block.chrome):
        rows = list(run)
        said = {row.kind for row in rows}
        # Dates and names without a label are what rows hold, too.
        labels = all(any(fact.labelled for fact in row.facts) for row in rows)
        if tabular and len(rows) > 1 and said != {"furniture"} and not (said <= {"labels", "furniture"} and labels):
            kept = filled_down([row.block.text for row in rows])
            rows = [Line(row.block, "text", kept=text) for row, text in zip(rows, kept, strict=True)]
        judged.extend(rows)
    return judged


def _with_lists(lines: Sequence[Line]) -> list[Line]:
    """A bullet with a name behind it is an item, and no byline, where the line before or after is an item of text."""
    said = [False, *(line.block.item and line.kind == "text" for line in lines), False]
    beside = [said[number] or said[number + 2] for number in range(len(lines))]
    return [
        as_text(line) if near and line.block.item and line.kind == "byline" else line
        for line, near in zip(lines, beside, strict=True)
    ]


def _label_facts(text: str) -> tuple[Fact, ...]:
    inner = text.strip("（）()【】[] ") if text[0] in "（(【[" else text
    shift = text.find(inner)
    return tuple(replace(fact, start=fact.start + shift, end=fact.end + shift) for fact in read_labels(inner))


def _with_author(line: Line) -> Line:
    """Keep the author's label of a line that says other things as well: it is the article's byline."""
    authors = [fact for fact in line.facts if fact.field == "author" and fact.value and fact.end > fact.start]
    if not authors:
        return line
    kept = " ".join(line.block.text[fact.start : fact.end].strip(" |｜\t,，;；") for fact in authors)
    return replace(line, byline=named(" ".join(fact.value for fact in authors)), kept=kept)


def _zones(lines: Sequence[Line]) -> list[Zone]:
    """Say of each line whether it stands before, amid or behind the running text."""
    running = [
        index
        for index, line in enumerate(lines)
        if line.kind == "text" and is_sentence(line.kept) and not is_notice(line.kept) and not line.block.outside
    ]
    if not running:
        running = [index for index, line in enumerate(lines) if line.kind == "text" and not is_notice(line.kept)]
    if not running:
        return ["head"] * len(lines)
    first, last = running[0], running[-1]
    return ["head" if index < first else "tail" if index > last else "body" for index in range(len(lines))]


def _in_zone(line: Line) -> Line:
    """Judge again by place: labels amid the text are text, notices before or behind it are not."""
    block = line.block
    amid = line.kind == "labels" and (line.zone == "body" or (block.depth > 0 and not block.chrome))
    # An item of a list within a list says who does what, and not who made the page.
    if amid and (block.depth or "\t" in block.text or not any(fact.field in _ANYWHERE for fact in line.facts)):
        return replace(line, kind="text", facts=(), byline=None, kept=block.text)
    if line.kind == "labels" and _is_signature(line):
        return replace(line, kind="text", facts=(), byline=None, kept=block.text)
    if line.kind == "text" and line.zone != "body" and (is_notice_heading(block.text) or is_notice(block.text)):
        return replace(line, kind="notice", kept="")
    stray = block.outside and line.zone != "head" and not is_sentence(block.text)
    if line.kind == "text" and stray and not _ATTACHMENT.match(block.text):
        return replace(line, kind="furniture", kept="")
    return line


def _is_signature(line: Line) -> bool:
    """Tell the office and date that a document ends with, and the date in brackets under a speech's title."""
    bare = not any(fact.labelled or fact.field == "count" for fact in line.facts)
    return bare and (line.zone == "tail" or line.block.text[0] in "（(") and len(line.block.text) <= 60


def _without_following(lines: list[Line]) -> list[Line]:
    """Drop short lines and cut-off summaries behind the line that ends the article, and a teaser's own headline."""
    total = sum(len(line.kept) for line in lines if line.kind == "text" and is_sentence(line.kept))
    seen, ended = 0, False
    judged: list[Line] = []
    for line in lines:
        if line.kind == "text" and line.zone == "tail" and ended and _is_page_matter(line.kept):
            judged.append(replace(line, kind="furniture", kept=""))
            continue
        judged.append(line)
        if line.kind == "text" and is_sentence(line.kept):
            seen += len(line.kept)
        ended = ended or (total > 0 and seen >= total * _MOST and _ends_article(line))
    for index, line in enumerate(judged[1:], start=1):
        before = judged[index - 1]
        if (
            line.zone == "tail"
            and line.kind == "furniture"
            and is_summary(line.block.text)
            and before.kind == "text"
            and _is_page_matter(before.kept)
        ):
            judged[index - 1] = replace(before, kind="furniture", kept="")
    return judged


def _ends_article(line: Line) -> bool:
    if line.kind == "notice":
        return True
    if (
        line.kind == "furniture"
        and not line.block.chrome
        and furniture(line.block.text) in ("pager", "teaser", "related")
    ):
        return True
    return line.kind == "labels" and any(fact.field in _END_FIELDS for fact in line.facts)


def _is_page_matter(text: str) -> bool:
    signs = is_organisation(text) or DATE.fullmatch(text) is not None or _CREDIT.search(text) is not None
    if signs or _ATTACHMENT.match(text) or _IMPRINT.search(text) or "\t" in text or "。" in text[:-1]:
        return False
    return is_cut_off(text) or is_notice(text) or not is_sentence(text)
