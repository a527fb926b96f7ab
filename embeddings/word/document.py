"""Word files (.docx) -> lines: headings, lists, tables and notes by mammoth's HTML, automatic numbers written out."""

from __future__ import annotations

from types import ModuleType
from xml.etree import ElementTree

from bs4 import BeautifulSoup, Tag

from embeddings.html.blocks import read_html
from embeddings.packages.parts import Kind, packed, xml_parts
from embeddings.page.blocks import Page
from embeddings.page.unreadable import UnreadableError
from embeddings.word.depths import list_depths, write_depths
from embeddings.word.numbering import Numbering
from embeddings.word.passed_over import write_passed_over
from embeddings.word.properties import Styles
from embeddings.word.superscripts import mark_superscripts

_DOCUMENT, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_LARGEST = 64 * 1024 * 1024
"""Bytes of all XML once unpacked; a novel of a million characters has about 20 MB."""

_STYLE_MAP = "\n".join(
    [
        "p[style-name='Title'] => h1.title:fresh",
        "p[style-name='标题'] => h1.title:fresh",
        # A table of contents repeats the headings with the numbers of their pages.
        *(f"p[style-name='{name} {level}'] => !" for name in ("toc", "TOC", "Contents") for level in range(1, 10)),
    ]
)


def read_word(data: bytes, suffix: str, mammoth: ModuleType) -> Page:
    """Return the lines of a .docx, or of a .docm, whose macros are never looked at.

    Pictures, comments, headers and what was struck in revision are left out. Raises UnreadableError for what is
    encrypted, damaged or unpacks to too much.
    """
    kind = Kind(suffix, "Word 或 WPS", _DOCUMENT, _LARGEST, older=".doc")
    parts = xml_parts(data, kind)
    try:
        html = _converted(parts, mammoth)
    # Whatever stands in a file that only looks like one of Word's: the library raises what it runs into.
    except Exception as error:
        raise UnreadableError(kind.damaged) from error
    return read_html(_tidied(html))


def _converted(parts: dict[str, bytes], mammoth: ModuleType) -> str:
    named = [name for name in (_DOCUMENT, _NUMBERING, _STYLES) if name in parts]
    roots = {name: ElementTree.fromstring(parts[name]) for name in named}  # noqa: S314 (no document types in them)
    _write_out(roots[_DOCUMENT], roots.get(_NUMBERING), Styles(roots.get(_STYLES)))
    html: str = mammoth.convert_to_html(
        packed({**parts, _DOCUMENT: ElementTree.tostring(roots[_DOCUMENT])}),
        style_map=_STYLE_MAP,
        include_embedded_style_map=False,
        convert_image=lambda image: [],
        external_file_access=False,
    ).value
    return html


def _write_out(document: ElementTree.Element, numbering: ElementTree.Element | None, styles: Styles) -> None:
    """Write into the document what is not read as it stands, and what it only refers to.

    That is numbers and depths of its lists, and superscripts of its styles.
    """
    write_passed_over(document)
    mark_superscripts(document, styles)
    if numbering is not None:
        lists = Numbering(numbering, styles)
        depths = list_depths(document, styles, lists.place)
        lists.write_out(document)
        write_depths(depths)


def _tidied(html: str) -> str:
    """The HTML without bookmarks, and with one heading of level 1 where the document has a title."""
    soup = BeautifulSoup(html, "lxml")
    for bookmark in soup.find_all("a", id=True, href=False):
        bookmark.unwrap()
    headings = soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
    for heading in headings:
        _on_one_line(heading)
    titles = [heading for heading in headings if "title" in heading.get_attribute_list("class")]
    if titles:
        _one_title(titles, [heading for heading in headings if heading not in titles])
    return str(soup)


def _on_one_line(heading: Tag) -> None:
    for line_break in heading.find_all("br"):
        before, after = line_break.previous_sibling, line_break.next_sibling
        latin = str(before or "")[-1:].isascii() and str(after or "")[:1].isascii()
        line_break.replace_with(" " if latin and before and after else "")


def _one_title(titles: list[Tag], others: list[Tag]) -> None:
    """Join the lines of the title, and put every other heading below it."""
    first, *rest = titles
    for line in rest:
        # Only lines that follow each other are one title; a later one begins a part.
        if line.find_previous_sibling() is first:
            first.append(line.get_text())
            line.decompose()
        else:
            others.append(line)
    for heading in others:
        heading.name = f"h{min(6, int(heading.name[1]) + 1)}"
