"""Formulas of Word documents (ECMA-376, part 1, 22.1), written in a line of text."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from embeddings.word.properties import W

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OPERATORS = frozenset("+-−±×·/=<>")


def formula_runs(formula: Element) -> list[Element]:
    """The runs that say what a formula says: fractions with a slash, powers as superscripts."""
    runs: list[Element] = []
    for text, raised in _pieces(formula):
        run = Element(f"{W}r")
        if raised:
            SubElement(SubElement(run, f"{W}rPr"), f"{W}vertAlign").set(f"{W}val", "superscript")
        SubElement(run, f"{W}t").text = text
        runs.append(run)
    return runs


def _pieces(element: Element) -> Iterator[tuple[str, bool]]:
    """The text of a formula or part of one, and whether it is raised."""
    match element.tag.removeprefix(M):
        case "t":
            yield element.text or "", False
        case "f":
            yield from _grouped(element.find(f"{M}num"))
            yield "/", False
            yield from _grouped(element.find(f"{M}den"))
        case "rad":
            yield "√", False
            yield from _grouped(element.find(f"{M}e"))
        case "d":
            yield _sign(element, "dPr/begChr", "("), False
            yield from _inner(element)
            yield _sign(element, "dPr/endChr", ")"), False
        case "nary":
            yield _sign(element, "naryPr/chr", "∫"), False
            yield from _inner(element)
        case "sup":
            said = "".join(text for text, _ in _inner(element))
            if said:
                yield said, True
        case _:
            yield from _inner(element)


def _inner(element: Element) -> Iterator[tuple[str, bool]]:
    for part in element:
        yield from _pieces(part)


def _grouped(part: Element | None) -> Iterator[tuple[str, bool]]:
    """A part that stands for one value: in brackets where it is put together of several."""
    pieces = list(_inner(part)) if part is not None else []
    several = any(_OPERATORS & set(text) for text, _ in pieces)
    yield from [("(", False), *pieces, (")", False)] if several else pieces


def _sign(element: Element, path: str, usual: str) -> str:
    found = element.find("/".join(f"{M}{name}" for name in path.split("/")))
    said = None if found is None else found.get(f"{M}val")
    return usual if said is None else said
