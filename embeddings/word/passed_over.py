"""What mammoth passes over in a Word document and a reader sees: written so that it is read."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from embeddings.word.formulas import M, formula_runs
from embeddings.word.properties import W, find

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WRAPPERS = frozenset(f"{W}{name}" for name in ("fldSimple", "dir", "bdo"))
"""Around runs: fields, and the direction of writing."""


def write_passed_over(document: Element) -> None:
    """Write out fields, formulas, readings of characters, text boxes and ticked boxes below a document's root."""
    waiting = [document]
    while waiting:
        parent = waiting.pop()
        at = 0
        while at < len(parent):
            child = parent[at]
            instead = _instead(child)
            if instead is None:
                waiting.append(child)
                at += 1
            else:
                parent[at : at + 1] = instead


def _instead(element: Element) -> list[Element] | None:
    """What stands for an element; None: it is read as it is."""
    if element.tag in _WRAPPERS:
        return list(element)
    if element.tag in (f"{M}oMath", f"{M}oMathPara"):
        return formula_runs(element)
    if element.tag == f"{W}ruby":
        return _with_reading(element)
    if element.tag == f"{_MC}AlternateContent":
        older = element.find(f"{_MC}Fallback")
        return None if older is not None and _says(older) else _text_boxes(element)
    if element.tag == f"{W}drawing":
        return _text_boxes(element)
    if element.tag == f"{W}sdt":
        _keep_sign(element)
    return None


def _with_reading(ruby: Element) -> list[Element]:
    said = {name: _text(find(ruby, name)) for name in ("rubyBase", "rt")}
    base, reading = Element(f"{W}t"), Element(f"{W}t")
    base.text, reading.text = said["rubyBase"], f"（{said['rt']}）" if said["rt"].strip() else ""
    return [base, reading]


def _text_boxes(element: Element) -> list[Element] | None:
    """The text boxes in a drawing as the older form has them; None where there are none."""
    boxes = []
    for content in element.iter(f"{W}txbxContent"):
        box = Element(f"{W}pict")
        SubElement(SubElement(box, f"{_VML}shape"), f"{_VML}textbox").append(content)
        boxes.append(box)
    return boxes or None


def _keep_sign(control: Element) -> None:
    """A box to tick is read as its sign (☒, ☐), and not as an element of a form, which no text has."""
    properties = find(control, "sdtPr")
    if properties is None:
        return
    for box in properties.findall(f"{_W14}checkbox"):
        properties.remove(box)


def _says(element: Element) -> bool:
    return any((text.text or "").strip() for text in element.iter(f"{W}t"))


def _text(element: Element | None) -> str:
    return "" if element is None else "".join(text.text or "" for text in element.iter(f"{W}t"))
