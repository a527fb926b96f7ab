"""The numbers that Word puts before paragraphs by itself (一、, （二）, 第三条), written into the text.

They are read from the lists' definitions as in ECMA-376, part 1, 17.9: nowhere in a paragraph do they stand as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from embeddings.packages.numerals import written
from embeddings.word.depths import ListPlace
from embeddings.word.properties import Styles, W, attribute, find, value, whole

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
    indent: Element | None
    """Its w:ind."""


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


class Numbering:
    """All lists of a document, from the root of word/numbering.xml."""

    def __init__(self, numbering: Element, styles: Styles) -> None:
        self._styles = styles
        self._abstract = {
            attribute(abstract, "abstractNumId"): abstract for abstract in numbering.findall(f"{W}abstractNum")
        }
        self._numbers = {attribute(number, "numId"): number for number in numbering.findall(f"{W}num")}
        self._lists: dict[str, _List] = {}
        self._begun: set[str] = set()

    def place(self, paragraph: Element) -> ListPlace | None:
        """Where the paragraph stands in its list; None where it is in none."""
        number, depth, found = self._placed(paragraph)
        if found is None:
            return None
        level = found.levels.get(depth)
        form = f"{level.format} {_PLACE.sub('%', level.text)}" if level else ""
        return ListPlace(number, depth, form, level.indent if level else None)

    def write_out(self, document: Element) -> None:
        """Put its number before the text of every numbered paragraph, which then is no list item any more.

        Bulleted paragraphs stay as they are.
        """
        for paragraph in document.iter(f"{W}p"):
            label = self._label_of(paragraph)
            if label and any((text.text or "").strip() for text in paragraph.iter(f"{W}t")):
                _write(paragraph, label)

    def _label_of(self, paragraph: Element) -> str:
        """What Word shows before the paragraph, empty for none; asked for them in their order, for it counts."""
        number, depth, found = self._placed(paragraph)
        if found is None:
            return ""
        if number not in self._begun:
            self._begun.add(number)
            for override in self._numbers[number].findall(f"{W}lvlOverride"):
                start = value(override, "startOverride")
                if start:
                    found.counts[whole(attribute(override, "ilvl"))] = whole(start) - 1
        return found.next_label(depth)

    def _placed(self, paragraph: Element) -> tuple[str, int, _List | None]:
        """The id of the paragraph's list, its level and the list: given by itself or by the styles above it."""
        style = value(paragraph, "pPr/pStyle")
        number, depth = value(paragraph, "pPr/numPr/numId"), value(paragraph, "pPr/numPr/ilvl")
        for above in self._styles.above(style):
            number = number or value(above, "pPr/numPr/numId")
            depth = depth or value(above, "pPr/numPr/ilvl")
        found = self._list(number)
        if found is None:
            return number, 0, None
        of_style = next((at for at, level in found.levels.items() if style and level.style == style), 0)
        return number, min(whole(depth) if depth else of_style, _DEEPEST), found

    def _list(self, number: str) -> _List | None:
        abstract = self._abstract_of(number)
        if abstract is None:
            return None
        key = attribute(abstract, "abstractNumId")
        if key not in self._lists:
            self._lists[key] = _List({whole(attribute(lvl, "ilvl")): _level(lvl) for lvl in abstract.iter(f"{W}lvl")})
        return self._lists[key]

    def _abstract_of(self, number: str) -> Element | None:
        """The definition behind a list's id; one that only names a style of lists is found through that."""
        for _ in range(2):
            if number not in self._numbers:
                return None
            abstract = self._abstract.get(value(self._numbers[number], "abstractNumId"))
            linked = "" if abstract is None else value(abstract, "numStyleLink")
            if not linked:
                return abstract
            style = self._styles.get(linked)
            number = "" if style is None else value(style, "pPr/numPr/numId")
        return None


def _level(element: Element) -> _Level:
    return _Level(
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText"),
        start=whole(value(element, "start") or "0"),
        style=value(element, "pStyle"),
        decimal=element.find(f"{W}isLgl") is not None,
        indent=find(element, "pPr/ind"),
    )


def _write(paragraph: Element, label: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = Element(f"{W}pPr")
        paragraph.insert(0, properties)
    for placed in properties.findall(f"{W}numPr"):
        properties.remove(placed)
    # A list of the id 0 is none: it takes back what the paragraph's style says.
    none = SubElement(properties, f"{W}numPr")
    SubElement(none, f"{W}ilvl").set(f"{W}val", "0")
    SubElement(none, f"{W}numId").set(f"{W}val", "0")
    run = Element(f"{W}r")
    text = SubElement(run, f"{W}t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = label if label[-1] in "、）】．。：" else f"{label} "
    paragraph.insert(list(paragraph).index(properties) + 1, run)
