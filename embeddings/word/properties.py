"""What paragraphs and runs of a Word document are set to, by themselves or by the styles above them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Styles:
    """The styles of a document, from the root of word/styles.xml."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {} if root is None else {attribute(style, "styleId"): style for style in root.iter(f"{W}style")}

    def get(self, style: str) -> Element | None:
        """The style with this id."""
        return self._styles.get(style)

    def above(self, style: str) -> Iterator[Element]:
        """The style with this id, and those that it is based on."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style], "basedOn")


def value(element: Element, path: str) -> str:
    """The w:val of what lies below an element, by names without their prefix; empty where there is none."""
    found = find(element, path)
    return "" if found is None else attribute(found, "val")


def find(element: Element, path: str) -> Element | None:
    """What lies below an element, by names without their prefix."""
    return element.find("/".join(f"{W}{name}" for name in path.split("/")))


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without the prefix; empty where it is missing."""
    return element.get(f"{W}{name}") or ""


def whole(text: str) -> int:
    """A whole number of a document; 0 for what is none."""
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else 0
