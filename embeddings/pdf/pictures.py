"""Pictures of text -> the paragraphs in them, as in a PDF that is all pictures."""

from __future__ import annotations

from dataclasses import replace

from embeddings.page.blocks import Page
from embeddings.page.unreadable import UnreadableError
from embeddings.pdf.lines import PdfLine
from embeddings.pdf.pages import page_of
from embeddings.pdf.scans import left_out, placed, visible
from embeddings.recognition.lines import recognised_lines
from embeddings.recognition.pictures import picture_pages
from embeddings.recognition.recogniser import Recogniser

_FEWEST = 20
"""Characters of a picture that is a page of text, and no photograph with a sign in it."""


def read_picture(data: bytes, recogniser: Recogniser) -> Page:
    """Return the paragraphs in a picture, or in all pages of a .tif.

    Raises UnreadableError for what is damaged, too large, or has hardly any text.
    """
    lines: list[PdfLine] = []
    uncertain: list[tuple[int, int]] = []
    for number, picture in enumerate(picture_pages(data)):
        found, count = recognised_lines(recogniser.pieces(picture))
        lines += [placed(line, number, 1.0, picture.shape[0]) for line in found]
        uncertain += [(number + 1, count)] if count else []
    characters = len(visible(lines))
    if characters < _FEWEST:
        raise UnreadableError(f"图片里几乎没有文字（认出 {characters} 个字），不像文章。")
    return replace(page_of(lines), unread=left_out(uncertain))
