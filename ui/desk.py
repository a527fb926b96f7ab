"""The components of the tab where questions are asked, as the page's other tabs see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from embeddings.types import Span
from ui import reading, render_frame
from ui.types import Answerer


@dataclass(frozen=True, slots=True)
class Desk:
    """Components that listeners write to; what each function returns goes with the outputs named like it."""

    answerer: Answerer
    tabs: gr.Tabs
    conversation: gr.HTML
    pane: gr.HTML
    question: gr.Textbox
    chips: gr.HTML
    browser: gr.HTML
    """The drawer, whose value is the last message to the script in the browser."""
    turns: gr.State
    """tuple[Turn, ...]: the conversation."""
    asking: gr.State
    """str: the question under way, or empty."""
    replacing: gr.State
    """int | None: the turn that the next question takes the place of."""
    within: gr.State
    """tuple[str, ...]: ids of the articles to ask alone; empty for all."""

    @property
    def ask_outputs(self) -> list[Any]:
        """Outputs of a listener that returns `ask_within`."""
        return [self.tabs, self.within, self.replacing, self.chips]

    def ask_within(self, article_ids: tuple[str, ...]) -> tuple[Any, ...]:
        """Show the tab where questions are asked, with these articles alone to be asked; none: all."""
        return gr.Tabs(selected="ask"), article_ids, None, self.chips_html(article_ids, None)

    @property
    def read_outputs(self) -> list[Any]:
        """Outputs of a listener that returns `read`."""
        return [self.tabs, self.pane]

    def read(self, article_id: str, start: int | None = None, end: int | None = None) -> tuple[Any, ...]:
        """Show that tab with this article in its reading pane, text[start:end] highlighted where both are given."""
        span = Span(start, end) if start is not None and end is not None else None
        return gr.Tabs(selected="ask"), reading.open_elsewhere(self.answerer, article_id, span)

    def chips_html(self, within: tuple[str, ...], editing: int | None) -> str:
        """What stands over the question box."""
        return render_frame.chips([self._title(article_id) for article_id in within], editing)

    def _title(self, article_id: str) -> str:
        try:
            return self.answerer.article(article_id).title
        except KeyError:
            return article_id
