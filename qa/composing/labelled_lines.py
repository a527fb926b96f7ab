"""Lines of a page that say under labels who did what for it: “主编：甲　编辑：乙　校对：丙　投稿邮箱：…”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from embeddings.folding import squeeze
from embeddings.page.characters import HAN
from embeddings.structure.sentences import paragraphs
from embeddings.types import Article, Span
from qa.composing.citations import quote_of
from qa.understanding.page_fields import WITHIN_TITLE

_AT_TOP, _AT_END = 8, 12
"""Lines of an article among which such lines stand."""
_LONGEST = 160
_LABEL = re.compile(
    rf"(?<![{HAN}A-Za-z“‘])(?P<word>[{HAN}]{{2,8}}|[{HAN}](?:[ \u3000]{{1,4}}[{HAN}]){{1,3}})\s*[:：/／]\s*(?=\S)"
)
"""A word, or one whose characters are set apart to fill a line (记　录)."""
_QUOTED = re.compile("“[^”]*”")
_SPOKEN = re.compile("[。？！?!]|.{60}")
"""Behind the label of whoever speaks in an interview."""


def labelled_lines(article: Article, asked: str, said: str) -> Iterator[Span]:
    """The lines at the beginning and end of an article that have a label which is asked for, titles and names aside.

    None where `said`, squeezed, holds already all that stands under these labels.
    """
    words = squeeze(_QUOTED.sub("", WITHIN_TITLE.sub("", asked)))
    lines = [span for span in paragraphs(article.text, article.body_start) if span.end - span.start <= _LONGEST]
    for span in dict.fromkeys([*lines[:_AT_TOP], *lines[-_AT_END:]]):
        pairs = _pairs(quote_of(article, span))
        if any(_core(label) in words and value not in said and not _SPOKEN.search(value) for label, value in pairs):
            yield span


def _core(label: str) -> str:
    """A label without who it is that it names: 主持 of 主持人."""
    return label[:-1] if len(label) > 2 and label[-1] in "人者员" else label


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    """Each label of a line with what stands under it, both squeezed."""
    labels = list(_LABEL.finditer(line))
    ends = [*(label.start() for label in labels[1:]), len(line)]
    for label, end in zip(labels, ends, strict=False):
        yield squeeze(label["word"]), squeeze(line[label.end() : end]).strip("|｜)）】*")
