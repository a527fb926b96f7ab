"""What a reader is told of words that were recognised in a picture: the same wherever they are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from embeddings.page.ranges import ranges
from qa.types import Citation


@dataclass(frozen=True, slots=True)
class Notice:
    """That words were recognised, with the pages they stand on."""

    zh: str
    en: str

    @property
    def line(self) -> str:
        """Both languages on one line."""
        return f"{self.zh} / {self.en}"


def notice_of(pages: Iterable[int]) -> Notice | None:
    """What is told of words on these pages, from 1; 0 stands for words that were not recognised. None: nothing."""
    known = sorted(set(pages) - {0})
    if not known:
        return None
    pages_said = f"page{'s' if len(known) > 1 else ''} {ranges(known, ', ')}"
    return Notice(
        f"第 {ranges(known)} 页，文字由图片识别，请核对原件",
        f"{pages_said}, recognised from a picture; check the original",
    )


def notice(citation: Citation) -> Notice | None:
    """What is told of a citation's words; None where they are text in the file."""
    return notice_of([citation.recognised_page])


def notice_line(citation: Citation) -> str:
    """The same on one line, in both languages; empty where nothing is told."""
    told = notice(citation)
    return told.line if told else ""
