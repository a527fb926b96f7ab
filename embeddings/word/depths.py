"""How deep each paragraph of a Word document's lists lies in other lists, told by its level or by its indent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from embeddings.page.signs import deeper
from embeddings.word.properties import Styles, W, attribute, find, value, whole

_FARTHER = 100
"""Twentieths of a point by which the items of a list within a list are indented farther, at least."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a paragraph stands in the lists of a document."""

    number: str
    """The id of its list."""
    level: int
    form: str
    """How its level is numbered, such as “decimal %.”."""
    indent: Element | None
    """What the definition of the level says about indents."""


def list_depths(document: Element, styles: Styles, place: Callable[[Element], ListPlace | None]) -> dict[Element, int]:
    """The paragraphs of lists within lists with how many they lie in; numbers that tell it themselves count for none.

    “一、” and “（一）” below it are told apart by their forms, as are headings; “1.” below “1.” is not.
    """
    depths: dict[Element, int] = {}
    open_: list[tuple[ListPlace, int]] = []
    for paragraph in document.iter(f"{W}p"):
        placed = place(paragraph)
        if placed is None:
            if any((text.text or "").strip() for text in paragraph.iter(f"{W}t")):
                open_ = []
            continue
        indent = _indent(paragraph, placed, styles)
        while open_ and not _is_within(placed, indent, *open_[-1]):
            open_.pop()
        outer = [item.form for item, _ in open_]
        open_.append((placed, indent))
        told = placed.form not in outer and not any(form.startswith("bullet") for form in (placed.form, *outer))
        if outer and not told:
            depths[paragraph] = len(outer)
    return depths


def write_depths(depths: dict[Element, int]) -> None:
    """Put the sign of its depth before the text of every paragraph."""
    for paragraph, depth in depths.items():
        run = Element(f"{W}r")
        SubElement(run, f"{W}t").text = deeper(depth)
        properties = find(paragraph, "pPr")
        paragraph.insert(0 if properties is None else list(paragraph).index(properties) + 1, run)


def _is_within(placed: ListPlace, indent: int, outer: ListPlace, outer_indent: int) -> bool:
    if placed.number == outer.number and placed.level != outer.level:
        return placed.level > outer.level
    return indent > outer_indent + _FARTHER


def _indent(paragraph: Element, placed: ListPlace, styles: Styles) -> int:
    """Where the paragraph begins, in twentieths of a point: as it says itself, else its list, else its styles."""
    above = styles.above(value(paragraph, "pPr/pStyle"))
    said = [find(paragraph, "pPr/ind"), placed.indent, *(find(style, "pPr/ind") for style in above)]
    lefts = (attribute(ind, "left") or attribute(ind, "start") for ind in said if ind is not None)
    return whole(next(filter(None, lefts), ""))
