"""Lines of one form as records: “甲店：合格”, and blocks of “企业名称：…” lines that begin with one key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from embeddings.records.fields import fields_of, keyed
from embeddings.records.parts import name_of, without_label
from embeddings.records.records import Record, RecordSet
from embeddings.structure.sentences import is_row, paragraphs, sentences, trim_clause_end
from embeddings.types import Article, Span

_LONGEST_LINE = 100
_LONGEST_TITLE = 40
_LEAST_LINES, _LEAST_ANNOUNCED = 3, 2
"""Lines of one form that are items, and where a colon ends the line before them."""
_FORMS = (
    ("colon", re.compile(r"[^：:，,。；;（(]{1,30}[：:]\s*\S")),
    ("bracket", re.compile(r"[^：:，,。；;（(]{1,30}[（(]")),
    ("dash", re.compile(r"[^：:，,。；;（(—-]{1,30}\s*(?:——?|－|-)\s*\S")),
    ("comma", re.compile(r"[^：:，,。；;（(]{1,30}[，,]\s*\S")),
    ("blank", re.compile(r"[^：:，,。；;（(\s]{1,30}[ \u3000]+\S")),
    ("bare", re.compile(r"[^：:，,。；;（(\s]{2,30}$")),
)
_SHORT = {"comma": 60, "blank": 50, "bare": 30}
_PAGE_KEY = re.compile(
    r"(?:时间|地点|地址|主持|出席|参加|列席|缺席|记录|联系人|联系电话|电话|传真|邮箱|邮编|来源|作者|编辑|责编|日期|发布|单位|主题|内容|"
    r"附件|注|备注|说明|网址)\w{0,2}$"
)
_NUMBERED = re.compile(r"[①-⑳]|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．](?!\d)")
_BULLET = re.compile(r"[-*•·●■◆▪–—]\s+|[①-⑳]\s*|[（(]?\d{1,2}[）)、.．]\s*")


def line_sets(article: Article) -> Iterator[RecordSet]:
    """The blocks and the runs of lines of an article's body."""
    text = article.text
    bylines = {span.start for span in article.bylines}
    body = paragraphs(text[: article.body_end], article.body_start)
    lines = [line for line in body if line.start not in bylines]
    # Of a page that states no title the first line is one.
    lines = lines if article.body_start else lines[1:]
    blocks = list(_blocks(text, lines))
    yield from blocks
    taken = [found.span for found in blocks]
    free = [line for line in lines if not any(span.start <= line.start < span.end for span in taken)]
    yield from _runs(text, free)


def _blocks(text: str, lines: Sequence[Span]) -> Iterator[RecordSet]:
    """Records that each begin with a line of one key, or with a title above such a line."""
    keys = [_key(text, line) for line in lines]
    counted = Counter(key for key in keys if key)
    first = next((key for key in keys if key and counted[key] >= _LEAST_ANNOUNCED), "")
    starts = [n for n, key in enumerate(keys) if key and key == first]
    titled = bool(starts) and all(n and _is_title(text, lines[n - 1], keys[n - 1]) for n in starts)
    begins = [n - titled for n in starts]
    ends = [_block_end(keys, counted, n, following) for n, following in pairwise([*starts, len(lines) + titled])]
    if len(begins) < _LEAST_ANNOUNCED:
        return
    records = [
        _block(text, lines[begin : min(end, len(lines))], titled) for begin, end in zip(begins, ends, strict=True)
    ]
    shared = Counter(name for record in records for name in {field.name for field in record.fields} if name)
    if any(count >= _LEAST_ANNOUNCED for name, count in shared.items() if titled or name != first):
        yield RecordSet("blocks", _before(text, lines, begins[0]), tuple(records), "" if titled else first)


def _block_end(keys: Sequence[str], counted: Counter[str], start: int, following: int) -> int:
    """The block goes on over lines with a key that comes in more than one block."""
    end = start + 1
    while end < min(following, len(keys)) and counted[keys[end]] >= _LEAST_ANNOUNCED and keys[end]:
        end += 1
    return end


def _block(text: str, lines: Sequence[Span], titled: bool) -> Record:
    span = Span(without_label(text, "", lines[0]).start, lines[-1].end)
    if titled:
        name = trim_clause_end(text, Span(span.start, lines[0].end))
        return Record(span, name, fields_of(text, Span(lines[0].end, span.end)))
    fields = fields_of(text, span)
    return Record(span, fields[0].value, fields[1:])


def _key(text: str, line: Span) -> str:
    if is_row(text, line):
        return ""
    match = keyed(text, without_label(text, "", line))
    return match["key"] if match else ""


def _is_title(text: str, line: Span, key: str) -> bool:
    said = text[line.start : line.end]
    return not key and len(said) <= _LONGEST_TITLE and not is_row(text, line) and not said.endswith(tuple("。：:；，"))


def _before(text: str, lines: Sequence[Span], first: int) -> Span:
    start = lines[first].start
    return Span(lines[max(0, first - 2)].start, start) if first else Span(start, start)


def _runs(text: str, lines: Sequence[Span]) -> Iterator[RecordSet]:
    position = 0
    while position < len(lines):
        form = _form(text, lines[position])
        end = position + 1
        while form and end < len(lines) and (_form(text, lines[end]) == form or _continues(text, lines[end])):
            end += 1
        run = _joined(text, lines[position:end]) if form else []
        announced = position > 0 and text[lines[position - 1].start : lines[position - 1].end].endswith(("：", ":"))
        if len(run) >= (_LEAST_ANNOUNCED if announced else _LEAST_LINES) and not _is_page(text, run):
            yield RecordSet("lines", _before(text, lines, position), tuple(_line_record(text, span) for span in run))
        position = end


def _form(text: str, line: Span) -> str:
    """How a short line of one sentence sets off what it is about; empty where it does not."""
    content = _bare(text, line)
    if _NUMBERED.match(text, line.start, line.end):
        # The outline has the parts that are numbered.
        return ""
    said = text[content.start : content.end]
    if is_row(text, line) or len(said) > _LONGEST_LINE or _continues(text, line) or len(sentences(text, content)) != 1:
        return ""
    form = next((name for name, pattern in _FORMS if pattern.match(said)), "")
    if said.endswith(("：", ":")) or len(said) > _SHORT.get(form, _LONGEST_LINE):
        return ""
    return form


def _continues(text: str, line: Span) -> bool:
    """Whether a line is set in below the one before it."""
    return line.start > 0 and text[line.start - 1] in " \u3000\t" and "\t" not in text[line.start : line.end]


def _joined(text: str, lines: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for line in lines:
        if joined and _continues(text, line):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _is_page(text: str, run: Sequence[Span]) -> bool:
    """Whether the lines say several things of one matter (时间：…, 地点：…)."""
    keys = [_key(text, span) for span in run]
    return 2 * sum(bool(_PAGE_KEY.match(key)) for key in keys if key) >= len(run)


def _bare(text: str, line: Span) -> Span:
    match = _BULLET.match(text, line.start, line.end)
    return Span(match.end(), line.end) if match and match.end() < line.end else line


def _line_record(text: str, span: Span) -> Record:
    content = _bare(text, span)
    name, behind = name_of(text, content)
    return Record(content, name, fields_of(text, Span(behind, content.end)))
