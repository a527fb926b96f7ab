"""OFD files -> lines, made of the characters on their pages as those of PDF files are."""

from __future__ import annotations

from collections.abc import Iterator

from embeddings.ofd.glyphs import glyphs_of
from embeddings.ofd.package import MAIN, Package
from embeddings.packages.parts import Kind, xml_parts
from embeddings.page.blocks import Page
from embeddings.page.unreadable import UnreadableError
from embeddings.pdf.lines import PdfLine, page_lines
from embeddings.pdf.pages import page_of

_LARGEST = 128 * 1024 * 1024
"""Bytes of all XML once unpacked: where every character's place is said, a page has about 50 kB."""
_KIND = Kind(".ofd", "WPS 或 OFD 阅读器", MAIN, _LARGEST)
_MOST_PAGES = 5000
_MOST_CHARACTERS = 10_000_000
_POINTS = 72 / 25.4
"""Points in a millimetre."""


def read_ofd(data: bytes) -> Page:
    """Return the paragraphs of an OFD file; pictures, seals, page numbers and what pages repeat are left out.

    Raises UnreadableError for what is encrypted, damaged, too long, or says what its fonts can't tell.
    """
    parts = xml_parts(data, _KIND)
    try:
        lines = list(_lines(Package(parts)))
    except UnreadableError:
        raise
    # Whatever stands in a file that only looks like one: parts that are missing, damaged, or no numbers.
    except Exception as error:
        raise UnreadableError(_KIND.damaged) from error
    return page_of(lines)


def _lines(package: Package) -> Iterator[PdfLine]:
    characters = 0
    for number, page in enumerate(package.pages()):
        if number >= _MOST_PAGES:
            raise UnreadableError(f"文件太长（超过 {_MOST_PAGES} 页），不像一篇文章。")
        glyphs = list(glyphs_of(page))
        characters += len(glyphs)
        if characters > _MOST_CHARACTERS:
            raise UnreadableError("文件太长（超过一千万字），不像一篇文章。")
        yield from page_lines(iter(glyphs), number, page.height * _POINTS)
