"""An article's paragraphs -> everyone whom its sentences name as having made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from embeddings.credits.datelines import read_opening
from embeddings.credits.endings import read_ending
from embeddings.credits.photographs import read_photographs
from embeddings.types import Credit, Span


def read_credits(text: str, running: Sequence[Span], labelled: Sequence[Span]) -> tuple[Credit, ...]:
    """Who reported, edited, photographed and the like, in the order of the text, each name once in a role.

    Args:
        text: the article's.
        running: its paragraphs of sentences; the first may open with a dateline, the last end with names.
        labelled: lines before and behind these, which may consist of labels.
    """
    found = [
        credit for span in (*running, *labelled) for credit in _within(text, span, read_photographs(_of(text, span)))
    ]
    if running:
        found += _within(text, running[0], read_opening(_of(text, running[0])))
    for span in (*running[-1:], *labelled):
        found += _within(text, span, read_ending(_of(text, span)))
    return tuple(_each_once(sorted(found, key=lambda credit: (credit.start, credit.end))))


def _of(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _within(text: str, span: Span, credits: Iterable[Credit]) -> list[Credit]:
    return [replace(credit, start=credit.start + span.start, end=credit.end + span.start) for credit in credits]


def _each_once(credits: Iterable[Credit]) -> Iterable[Credit]:
    said: set[tuple[str, str]] = set()
    for credit in credits:
        if (credit.role, credit.name) not in said:
            said.add((credit.role, credit.name))
            yield credit
