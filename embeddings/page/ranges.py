"""Numbers of pages as one reads them: “1–3、7”."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby


def ranges(numbers: Iterable[int], glue: str = "、") -> str:
    """Ascending numbers, those that follow each other as a range, separated by `glue`."""
    runs = groupby(enumerate(numbers), key=lambda each: each[1] - each[0])
    return glue.join(_range([number for _, number in run]) for _, run in runs)


def _range(run: list[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"
