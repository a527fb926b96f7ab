"""Endnotes for python-docx, which has none: their part, their styles, their settings, the references to them.

After ECMA-376, part 1: 17.11 (footnotes and endnotes), 11.3.5 (the endnotes part), 17.15.1.78 (order of the settings).
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from ui.takeaway.contents import Mark

_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}
"""Ids and types of the two notes that Word itself draws the rule above the notes from; it won't open a file whose
settings name others than the part holds."""
_REFERENCE = "endnote reference"
_TEXT = "endnote text"


def add_endnotes(document: Document, texts: Sequence[str]) -> None:
    """Give a document its endnotes, note n being texts[n - 1]; call it once, before `refer`."""
    _add_styles(document)
    notes = OxmlElement("w:endnotes")
    for number, kind in _SEPARATORS.items():
        rule = _paragraph(None, _run(OxmlElement(f"w:{kind}")))
        notes.append(_tree("w:endnote", {"w:type": kind, "w:id": str(number)}, rule))
    for number, text in enumerate(texts, 1):
        notes.append(_tree("w:endnote", {"w:id": str(number)}, _note(document, text)))
    package = document.part.package
    part = XmlPart(PackURI("/word/endnotes.xml"), CONTENT_TYPE.WML_ENDNOTES, notes, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
    _add_settings(document)


def refer(document: Document, paragraph: Paragraph, mark: Mark) -> None:
    """Append a reference in square brackets: to the note where it is the first, else a cross-reference to that first.

    Word numbers notes by their references, so that a second one to the same note would count as another note.
    """
    style = _style_id(document, _REFERENCE)
    name = f"_RefNote{mark.number}"
    if mark.first:
        number = str(mark.number)
        reference = _run(_tree("w:endnoteReference", {"w:id": number}), style)
        middle = [
            _tree("w:bookmarkStart", {"w:id": number, "w:name": name}),
            reference,
            _tree("w:bookmarkEnd", {"w:id": number}),
        ]
    else:
        middle = [_run(element, style) for element in _field(f" NOTEREF {name} \\h ", str(mark.number))]
    for element in (_run(_text("["), style), *middle, _run(_text("]"), style)):
        paragraph._p.append(element)


def page_number(paragraph: Paragraph) -> None:
    """Append the number of the page."""
    for element in _field(" PAGE ", "1"):
        paragraph._p.append(_run(element))


def _add_styles(document: Document) -> None:
    reference = document.styles.add_style(_REFERENCE, WD_STYLE_TYPE.CHARACTER, builtin=True)
    reference.font.superscript = True
    text = document.styles.add_style(_TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(3)
    text.paragraph_format.line_spacing = 1.15


def _add_settings(document: Document) -> None:
    separators = [_tree("w:endnote", {"w:id": str(number)}) for number in _SEPARATORS]
    settings = document.settings.element
    behind = settings.find(qn("w:compat"))
    whole = _tree("w:endnotePr", {}, _decimal(), *separators)
    settings.insert(len(settings) if behind is None else settings.index(behind), whole)
    for section in document.sections:
        # Behind the references to headers and footers comes the numbering of notes; the rest of a section follows.
        properties = section._sectPr
        references = (qn("w:headerReference"), qn("w:footerReference"))
        at = sum(element.tag in references for element in properties)
        properties.insert(at, _tree("w:endnotePr", {}, _decimal()))


def _decimal() -> BaseOxmlElement:
    # Word numbers endnotes in Roman numerals unless told otherwise.
    return _tree("w:numFmt", {"w:val": "decimal"})


def _note(document: Document, text: str) -> BaseOxmlElement:
    style = _style_id(document, _REFERENCE)
    number = (_run(_text("["), style), _run(OxmlElement("w:endnoteRef"), style), _run(_text("]"), style))
    return _paragraph(_style_id(document, _TEXT), *number, _run(_text(f" {text}")))


def _style_id(document: Document, name: str) -> str:
    return str(document.styles[name].style_id)


def _paragraph(style: str | None, *runs: BaseOxmlElement) -> BaseOxmlElement:
    if style is None:
        spacing = _tree("w:spacing", {"w:after": "0", "w:line": "240", "w:lineRule": "auto"})
        return _tree("w:p", {}, _tree("w:pPr", {}, spacing), *runs)
    return _tree("w:p", {}, _tree("w:pPr", {}, _tree("w:pStyle", {"w:val": style})), *runs)


def _run(content: BaseOxmlElement, style: str | None = None) -> BaseOxmlElement:
    properties = OxmlElement("w:rPr")
    if style is not None:
        properties.append(_tree("w:rStyle", {"w:val": style}))
    # Quotation marks and dashes, which Chinese and English share, take the Chinese font only where this says so.
    properties.append(_tree("w:rFonts", {"w:hint": "eastAsia"}))
    return _tree("w:r", {}, properties, content)


def _field(instruction: str, shown: str) -> tuple[BaseOxmlElement, ...]:
    """The parts of a field, each the content of a run of its own; `shown` stands until Word computes it."""
    code = _tree("w:instrText", {"xml:space": "preserve"})
    code.text = instruction
    begin, separate, end = (_tree("w:fldChar", {"w:fldCharType": kind}) for kind in ("begin", "separate", "end"))
    return (begin, code, separate, _text(shown), end)


def _text(text: str) -> BaseOxmlElement:
    element = _tree("w:t", {"xml:space": "preserve"})
    element.text = text
    return element


def _tree(tag: str, attributes: dict[str, str], *children: BaseOxmlElement) -> BaseOxmlElement:
    element = OxmlElement(tag, {qn(name): value for name, value in attributes.items()})
    for child in children:
        element.append(child)
    return element
