"""A conversation as a Word document (.docx), its sources as endnotes, set as Chinese offices set theirs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, timezone

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from ui.takeaway.contents import Contents, Entry, Row, Words, contents_of
from ui.takeaway.references import plain
from ui.takeaway.word_notes import add_endnotes, page_number, refer
from ui.types import Turn

_BODY, _HEADING, _LATIN = "宋体", "黑体", "Times New Roman"
_UNTITLED = "问答记录"
_BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
_BODY_SIZE = 12.0
"""Points; 小四."""


def conversation_docx(turns: Sequence[Turn], title: str = "") -> bytes:
    """The bytes of a .docx: a title, each question as a heading, its answer with endnotes, and when it was made.

    Exact words are bold, and so is the line which says that an answer is unsure, or none. A citation that is cited
    again refers to the same note.
    """
    contents = contents_of(turns, date.today())
    document = docx.Document()
    heading = plain(title) or _UNTITLED
    _set_page(document)
    _set_styles(document)
    _set_properties(document, heading)
    add_endnotes(document, contents.notes)
    _write(document, contents, heading)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _write(document: Document, contents: Contents, title: str) -> None:
    _add(_paragraph(document, "Title"), title)
    for entry in contents.entries:
        _write_entry(document, entry)
    closing = _paragraph(document, "Body Text")
    closing.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    closing.paragraph_format.space_before = Pt(18)
    _add(closing, contents.closing)


def _write_entry(document: Document, entry: Entry) -> None:
    _add(_paragraph(document, "Heading 1"), entry.question)
    for row in entry.rows:
        _write_row(document, row)


def _write_row(document: Document, row: Row) -> None:
    prose = "Quote" if row.kind == "quote" else "Body Text"
    style = _BULLETS[min(row.level, len(_BULLETS)) - 1] if row.level else prose
    paragraph = _paragraph(document, style)
    for part in row.parts:
        if isinstance(part, Words):
            _add(paragraph, part.text, bold=part.exact or row.kind == "badge")
        else:
            refer(document, paragraph, part)


def _paragraph(document: Document, style: str) -> Paragraph:
    return document.add_paragraph(style=style)


def _add(paragraph: Paragraph, text: str, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    # Unset where it is not bold: a heading's runs are as bold as its style.
    run.bold = bold or None
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2.54)
    section.left_margin = section.right_margin = Cm(3.17)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add(footer, "— ")
    page_number(footer)
    _add(footer, " —")


def _set_styles(document: Document) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _set_fonts(defaults, _BODY)
    defaults.find(qn("w:lang")).set(qn("w:eastAsia"), "zh-CN")
    _style(document, "Normal", _BODY, _BODY_SIZE).paragraph_format.line_spacing = 1.5
    title = _style(document, "Title", _HEADING, 22)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    properties = title.element.get_or_add_pPr()
    for rule in properties.findall(qn("w:pBdr")):
        properties.remove(rule)
    heading = _style(document, "Heading 1", _HEADING, 15)
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(18), Pt(6)
    body = _style(document, "Body Text", _BODY, _BODY_SIZE)
    body.paragraph_format.first_line_indent = Pt(2 * _BODY_SIZE)
    # Counted in characters, the indent holds where someone changes the size.
    body.element.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), "200")
    quote = _style(document, "Quote", _BODY, _BODY_SIZE)
    # Chinese has no italics: what a program slants is hard to read.
    quote.font.italic = False
    quote.paragraph_format.left_indent = Pt(2 * _BODY_SIZE)
    for name in _BULLETS:
        _style(document, name, _BODY, _BODY_SIZE)


def _style(document: Document, name: str, font: str, points: float) -> ParagraphStyle:
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is no paragraph style")
    style.font.size = Pt(points)
    style.font.color.rgb = RGBColor(0, 0, 0)
    _set_fonts(style.element.get_or_add_rPr(), font)
    return style


def _set_fonts(properties: BaseOxmlElement, font: str) -> None:
    """Name the fonts; the theme's, which come first where both are given, are taken out."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script, name in (("ascii", _LATIN), ("hAnsi", _LATIN), ("eastAsia", font), ("cs", _LATIN)):
        fonts.set(qn(f"w:{script}"), name)


def _set_properties(document: Document, title: str) -> None:
    properties = document.core_properties
    # Longer ones are refused by the format: 255 characters.
    properties.title = title[:255]
    properties.author = properties.last_modified_by = "溯源 Suyuan"
    properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.now(timezone.utc).replace(tzinfo=None)
