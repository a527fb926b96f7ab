"""The numbers that Word puts before paragraphs by itself (一、, （二）, 第三条), written into the text.

They are read from the lists' definitions as in ECMA-376, part 1, 17.9: nowhere in a paragraph do they stand as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from embeddings.reading.word_numerals import written

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    format: str
    text: str
    """Such as “%1.%2、”; %n stands for the number of level n."""
    start: int
    style: str
    """Id of the paragraph style that stands for this level, or empty."""
    decimal: bool
    """All its numbers are Arabic, whatever their levels say."""


@dataclass(slots=True)
class _List:
    """One definition of a list and how far it has counted."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)

    def next_label(self, depth: int) -> str:
        """Count one paragraph of level `depth`, from 0, and return what stands before it; empty for bullets."""
        level = self.levels.get(depth)
        if level is None:
            return ""
        self.counts[depth] = self.counts.get(depth, level.start - 1) + 1
        for deeper in [known for known in self.counts if known > depth]:
            del self.counts[deeper]
        return "" if level.format == "bullet" else _PLACE.sub(lambda place: self._number(place, level), level.text)

    def _number(self, place: re.Match[str], level: _Level) -> str:
        depth = int(place[1]) - 1
        shown = self.levels.get(depth)
        if shown is None:
            return ""
        number = self.counts.get(depth, shown.start)
        return written(number, "decimal" if level.decimal else shown.format)


def write_out_numbers(document: Element, numbering: Element | None, styles: Element | None) -> None:
    """Put its number before the text of every numbered paragraph of a document, which then is no list item any more.

    The arguments are the roots of word/document.xml, numbering.xml and styles.xml. Bulleted paragraphs stay as they
    are.
    """
    if numbering is None:
        return
    lists = _Lists(numbering, styles)
    for paragraph in document.iter(f"{_W}p"):
        label = lists.label_of(paragraph)
        if label and any((text.text or "").strip() for text in paragraph.iter(f"{_W}t")):
            _write(paragraph, label)


class _Lists:
    """All lists of a document; asked for its paragraphs in their order, for it counts."""

    def __init__(self, numbering: Element, styles: Element | None) -> None:
        self._styles = {} if styles is None else {_get(style, "styleId"): style for style in styles.iter(f"{_W}style")}
        self._abstract = {
            _get(abstract, "abstractNumId"): abstract for abstract in numbering.findall(f"{_W}abstractNum")
        }
        self._numbers = {_get(number, "numId"): number for number in numbering.findall(f"{_W}num")}
        self._lists: dict[str, _List] = {}
        self._begun: set[str] = set()

    def label_of(self, paragraph: Element) -> str:
        """What Word shows before the paragraph; empty for none."""
        style = _value(paragraph, "pPr/pStyle")
        number, depth = self._placed(paragraph, style)
        found = self._list(number)
        if found is None:
            return ""
        if depth is None:
            depth = next((at for at, level in found.levels.items() if style and level.style == style), 0)
        if number not in self._begun:
            self._begun.add(number)
            for override in self._numbers[number].findall(f"{_W}lvlOverride"):
                start = _value(override, "startOverride")
                if start:
                    found.counts[_whole(_get(override, "ilvl"))] = _whole(start) - 1
        return found.next_label(min(depth, _DEEPEST))

    def _placed(self, paragraph: Element, style: str) -> tuple[str, int | None]:
        """The id of the paragraph's list, and its level where it is given: by itself or by the styles above it."""
        number, depth = _value(paragraph, "pPr/numPr/numId"), _value(paragraph, "pPr/numPr/ilvl")
        seen: set[str] = set()
        while not (number and depth) and style in self._styles and style not in seen:
            seen.add(style)
            number = number or _value(self._styles[style], "pPr/numPr/numId")
            depth = depth or _value(self._styles[style], "pPr/numPr/ilvl")
            style = _value(self._styles[style], "basedOn")
        return number, _whole(depth) if depth else None

    def _list(self, number: str) -> _List | None:
        abstract = self._abstract_of(number)
        if abstract is None:
            return None
        key = _get(abstract, "abstractNumId")
        if key not in self._lists:
            self._lists[key] = _List({_whole(_get(lvl, "ilvl")): _level(lvl) for lvl in abstract.iter(f"{_W}lvl")})
        return self._lists[key]

    def _abstract_of(self, number: str) -> Element | None:
        """The definition behind a list's id; one that only names a style of lists is found through that."""
        for _ in range(2):
            if number not in self._numbers:
                return None
            abstract = self._abstract.get(_value(self._numbers[number], "abstractNumId"))
            linked = "" if abstract is None else _value(abstract, "numStyleLink")
            if not linked:
                return abstract
            number = _value(self._styles[linked], "pPr/numPr/numId") if linked in self._styles else ""
        return None


def _level(element: Element) -> _Level:
    return _Level(
        format=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText"),
        start=_whole(_value(element, "start") or "0"),
        style=_value(element, "pStyle"),
        decimal=element.find(f"{_W}isLgl") is not None,
    )


def _write(paragraph: Element, label: str) -> None:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = Element(f"{_W}pPr")
        paragraph.insert(0, properties)
    for placed in properties.findall(f"{_W}numPr"):
        properties.remove(placed)
    # A list of the id 0 is none: it takes back what the paragraph's style says.
    none = SubElement(properties, f"{_W}numPr")
    SubElement(none, f"{_W}ilvl").set(f"{_W}val", "0")
    SubElement(none, f"{_W}numId").set(f"{_W}val", "0")
    run = Element(f"{_W}r")
    text = SubElement(run, f"{_W}t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = label if label[-1] in "、）】．。：" else f"{label} "
    paragraph.insert(list(paragraph).index(properties) + 1, run)


def _value(element: Element, path: str) -> str:
    found = element.find("/".join(f"{_W}{name}" for name in path.split("/")))
    return "" if found is None else _get(found, "val")


def _get(element: Element, name: str) -> str:
    return element.get(f"{_W}{name}") or ""


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else 0
