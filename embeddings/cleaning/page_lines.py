"""What a page says of its article in label lines (“来源：… 责任编辑：…”): which of them are kept, and how they read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from embeddings.cleaning.labels import Field, without_counters
from embeddings.cleaning.lines import Line
from embeddings.cleaning.paragraphs import Paragraph
from embeddings.cleaning.titles import same_title
from embeddings.page.characters import tidy

_OF_ARTICLE: frozenset[Field] = frozenset(
    {"author", "credit", "editor", "staff", "uploader", "source", "published", "issued", "updated", "contact", "title",
     "office", "document", "tags"}
)  # fmt: skip
_OF_SITE: frozenset[Field] = frozenset({"footer", "support", "position", "pager"})


def page_lines(lines: Sequence[Line], title: str) -> list[Paragraph]:
    """The label lines that say something of the article, each once, in their order.

    A byline that stays in the text as it is says it there.
    """
    pages: dict[str, int] = {}
    for line in lines:
        if said := page_line(line, title):
            pages.setdefault(said, line.block.page)
    return [Paragraph(said, page) for said, page in pages.items()]


def page_line(line: Line, title: str) -> str:
    """What a line says of the article, without counters and widgets, or nothing."""
    if line.kind != "labels" or line.kept == line.block.text:
        return ""
    fields = {fact.field for fact in line.facts}
    said = [
        fact
        for fact in line.facts
        # A word without a label may be anything; a date says when.
        if fact.field in _OF_ARTICLE and fact.value and (fact.labelled or fact.field == "published")
    ]
    if not said or fields & _OF_SITE or all(fact.field == "title" and same_title(fact.value, title) for fact in said):
        return ""
    # A cell that spans several columns says its value once; such rows are labels and no table with named columns.
    cells = (cell for cell, _ in groupby(without_counters(line.block.text, line.facts).split("\t")))
    return tidy(" ".join(cells))
