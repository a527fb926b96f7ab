"""Where paragraphs run over pages: the signs that a reader of files set into their text, as offsets."""

from __future__ import annotations

from dataclasses import replace

from embeddings.page.blocks import Block
from embeddings.page.characters import tidy_cells
from embeddings.page.signs import TURN, without_turns
from embeddings.types import PageStart


def with_turns(block: Block) -> Block:
    """The block without signs of pages; where it says on which page it begins, they are its `turns`."""
    first, *rest = TURN.split(block.text)
    if not rest:
        return block
    text = tidy_cells(without_turns(block.text))
    page, turns, before = block.page, list[PageStart](), first
    # What splits are the pages' numbers, each with the text that stands on the page.
    for number, on_page in zip(map(int, rest[::2]), rest[1::2], strict=True):
        at = len(tidy_cells(before))
        at += len(text[at:]) - len(text[at:].lstrip())
        before += on_page
        if at == 0:
            page = number
        elif at < len(text):
            turns = [*(turn for turn in turns if turn.start < at), PageStart(at, number)]
    return replace(block, text=text, page=page, turns=tuple(turns)) if block.page else replace(block, text=text)
