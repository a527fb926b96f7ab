"""Words of a question that stand in what records say, and may be a condition: a state, an office, a place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embeddings.folding import squeeze
from embeddings.records.records import RecordSet
from embeddings.types import Span
from qa.items.context import shared
from qa.items.states import DENIAL, answers_yes_or_no, bare_state, words_for

SHORT_VALUE = 14
"""Characters of values that are the states of a field, and no text of their own."""
_AFFIRMS = re.compile(r"(?:已经?|均已|都已|完成了?)$")
_KIND = re.compile(
    r"的?(?:项目|工程|单位|企业|乡镇|街道|村|镇|县|区|部门|人员|学校|商户|店铺|名单|清单|情况|部分|事项|问题|任务)?$"
)
"""What a value or heading adds to the state that it says: 未开工项目, 已上报的."""


@dataclass(frozen=True, slots=True)
class TextColumn:
    """The words of all records under one name."""

    name: str
    values: tuple[tuple[Span, ...], ...]
    short: bool
    of_names: bool = False
    answers_key: bool = False
    """Whether all values only say yes or no to its name (是否通过验收)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of the question that may be a condition."""

    span: Span
    column: TextColumn
    state: str
    denied: bool
    whole: bool
    """Whether it is all that a value says."""


def text_columns(text: str, records: RecordSet) -> Iterator[TextColumn]:
    """What all records say under each name, and what they are called."""
    names = dict.fromkeys(field.name for record in records.records for field in record.fields)
    for name in names:
        values = tuple(
            tuple(field.value for field in record.fields if field.name == name) for record in records.records
        )
        lengths = [span.end - span.start for spans in values for span in spans]
        short = max(lengths) <= SHORT_VALUE and (bool(name) or _single(values))
        answers = bool(name) and all(answers_yes_or_no(text[span.start : span.end]) for v in values for span in v)
        yield TextColumn(name, values, short, answers_key=answers)
    called = tuple((record.name,) for record in records.records)
    yield TextColumn(records.head, called, short=False, of_names=True)


def _single(values: Sequence[Sequence[Span]]) -> bool:
    return all(len(spans) <= 1 for spans in values)


def candidates(asked: str, text: str, columns: Sequence[TextColumn]) -> Iterator[Candidate]:
    """The stretches of the question that values have, in these words or others that say the same."""
    for column in columns:
        said = {squeeze(text[span.start : span.end]) for spans in column.values for span in spans}
        said = {re.sub("是否|情况$", "", squeeze(column.name))} if column.answers_key else said
        together = "\n".join(said)
        spans = [span for span in shared(asked, together) if _is_words(asked[span.start : span.end])]
        if not column.of_names:
            spans += list(_other_words(asked, together))
        for span in spans:
            state, denied = bare_state(asked[span.start : span.end])
            before = asked[: span.end - len(state)]
            if not denied and (match := DENIAL.search(before)):
                denied, span = True, Span(match.start(), span.end)
            elif match := _AFFIRMS.search(before):
                span = Span(match.start(), span.end)
            whole = column.answers_key or any(_core(value) in words_for(state) for value in said)
            yield Candidate(span, column, state, denied, whole)


def said_keys(asked: str, keys: Sequence[str]) -> list[Span]:
    """Where the question says the whole name of a field, which is then no condition (不合格批次)."""
    plain = (squeeze(re.sub(r"[（(].*[）)]", "", key)) for key in keys)
    return [Span(m.start(), m.end()) for key in plain if len(key) >= 2 for m in re.finditer(re.escape(key), asked)]


def _is_words(said: str) -> bool:
    """Whether it says something: no mere numbers and function words."""
    telling = re.sub(r"[\d.%年月日号\s]", "", said)
    named = re.fullmatch(r"\d+月|.+[村镇乡区]", said)
    return bool(named) or (len(telling) >= 2 and telling.strip("的了在和与是有") != "")


def _other_words(asked: str, together: str) -> Iterator[Span]:
    """Where the question says a state by another word than the values: 完工 for 竣工."""
    for size in range(6, 1, -1):
        for start in range(len(asked) - size + 1):
            others = words_for(asked[start : start + size])[1:]
            if any(word in together for word in others):
                yield Span(start, start + size)


def _core(value: str) -> str:
    """The state that a value says, without what denies it and, of a known state, what it is the state of."""
    stripped = _KIND.sub("", value)
    state, denied = bare_state(stripped)
    known = denied or state != stripped or len(words_for(state)) > 1
    return state if stripped and known else bare_state(value)[0]
