"""Which items reached what was set for them: a column of targets beside one of what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embeddings.folding import squeeze
from embeddings.records.records import RecordSet
from embeddings.types import Span
from qa.items.asked import ItemsAsked
from qa.items.figures import FigureColumn, figure_columns
from qa.items.judged import Judged, Meets

_SET = re.compile(r"目标|计划|任务|应[配到有交缴完]|核定|编制|指标|预算")
_DONE = re.compile(r"完成|实际|实[配到有交缴]|在岗|决算|达到")
_MISSED = re.compile(
    r"(?:没有?|未|还没有?|尚未)(?:能)?(?:完成|达到|达成|实现)(?:年度|全年)?(?:目标|计划|任务|指标)"
    r"|(?:没有?|未)(?:达标|配[齐足满]|招满|到位)|缺[编额员]|欠[缴交]|(?:低于|不到|少于)(?:目标|计划|应配|核定)"
)
_REACHED = re.compile(
    r"(?:超额?|提前)?(?:完成|达到|达成|实现)了?(?:年度|全年)?(?:目标|计划|任务|指标)|超额完成|配[齐足满]了?|(?:高于|超过)(?:目标|计划)"
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """What was set and what was done, of one year or other part."""

    of: str
    """What both are of (2024年); empty where there is nothing more than the two."""
    set: FigureColumn
    done: FigureColumn


def targets_met(asked: ItemsAsked, text: str, records: RecordSet) -> list[Judged]:
    """What “没完成目标” and the like make of the records; nothing where it isn't clear which columns are meant."""
    missed = _MISSED.search(asked.text)
    said = missed or _REACHED.search(asked.text)
    pairs = list(_pairs(figure_columns(text, records))) if said else []
    meant = [pair for pair in pairs if pair.of and pair.of in squeeze(asked.text)] or pairs
    if not said or len(meant) != 1:
        return []
    pair = meant[0]
    wanted = {record.name: figure for record, figure in pair.set.figures}
    done = {record.name: figure for record, figure in pair.done.figures}
    meets: list[Meets] = []
    for record in records.records:
        goal, figure = wanted.get(record.name), done.get(record.name)
        reached = None if goal is None or figure is None else figure.value >= goal.value
        meets.append("unknown" if reached is None else "yes" if reached != bool(missed) else "no")
    values = tuple(done[record.name].span if record.name in done else None for record in records.records)
    rule = f"{pair.done.spoken}{'小于' if missed else '不小于'}{pair.set.spoken}"
    covered = [Span(*said.span())]
    if pair.of and (place := re.search(re.escape(pair.of), asked.text)):
        covered.append(Span(*place.span()))
    return [Judged(tuple(meets), rule, tuple(covered), values, True, pair.done.name)]


def _pairs(columns: Sequence[FigureColumn]) -> Iterator[_Pair]:
    """Columns of a target and of what was done that are of the same."""
    done = {_of(column.name, _DONE): column for column in columns if _DONE.search(column.name)}
    for column in columns:
        if _SET.search(column.name) and (of := _of(column.name, _SET)) in done and done[of] is not column:
            yield _Pair(of, column, done[of])


def _of(name: str, word: re.Pattern[str]) -> str:
    return squeeze(re.sub(r"[（(].*?[）)]", "", word.sub("", name)))
