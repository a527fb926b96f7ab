"""The parts of an OFD file: its pages in order, each with the templates that lie behind it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from embeddings.packages.compound import ENCRYPTED
from embeddings.page.unreadable import UnreadableError

MAIN = "OFD.xml"
_ENCRYPTIONS = "encryptions.xml"
"""What lists the parts of a file that are encrypted, GB/T 33190-2016, 20."""
_A4 = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class OfdPage:
    """A page."""

    height: float
    """In millimetres."""
    contents: tuple[etree._Element, ...]
    """The roots of what is drawn on it, from behind to before."""


class Package:
    """The parts of a file, found by the locations that others give."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = {name.replace("\\", "/").lstrip("/"): part for name, part in parts.items()}
        # The format has no document types, and nothing outside the file is ever asked for.
        self._parser = etree.XMLParser(resolve_entities=False, no_network=True)

    def pages(self) -> Iterator[OfdPage]:
        """The pages of all documents in the file.

        Raises:
            UnreadableError: they are encrypted.
            KeyError: a part is missing.
            etree.XMLSyntaxError: a part is damaged.
        """
        for root in self._root(MAIN).iterfind("{*}DocBody/{*}DocRoot"):
            yield from self._document(_located(MAIN, root.text))

    def _document(self, name: str) -> Iterator[OfdPage]:
        if name not in self._parts and any(part.lower().endswith(_ENCRYPTIONS) for part in self._parts):
            raise UnreadableError(ENCRYPTED)
        document = self._root(name)
        templates = {one.get("ID"): one.get("BaseLoc") for one in document.iterfind("{*}CommonData/{*}TemplatePage")}
        usual = _height(document.find("{*}CommonData/{*}PageArea/{*}PhysicalBox"), _A4[1])
        for page in document.iterfind("{*}Pages/{*}Page"):
            content = self._root(_located(name, page.get("BaseLoc")))
            behind = [templates.get(used.get("TemplateID")) for used in content.iterfind("{*}Template")]
            drawn = [self._root(_located(name, template)) for template in behind if template]
            yield OfdPage(_height(content.find("{*}Area/{*}PhysicalBox"), usual), (*drawn, content))

    def _root(self, name: str) -> etree._Element:
        return etree.fromstring(self._parts[name], self._parser)


def _located(beside: str, location: str | None) -> str:
    """The name of the part that another one gives the location of."""
    said = (location or "").strip().replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(beside), said)).lstrip("/")


def _height(box: etree._Element | None, usual: float) -> float:
    measured = numbers("" if box is None else box.text)
    return measured[3] if len(measured) == 4 and measured[3] > 0 else usual


def numbers(text: str | None) -> list[float]:
    """The numbers that an attribute lists; none where it lists anything else."""
    try:
        found = [float(number) for number in (text or "").split()]
    except ValueError:
        return []
    return found if all(abs(number) < 1e6 for number in found) else []
