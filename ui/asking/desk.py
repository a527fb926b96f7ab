"""The components of the tab where questions are asked, as the page's other tabs see them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from embeddings.types import Span
from ui.article import reading
from ui.asking import frame as render_frame
from ui.types import Answerer

_LONGEST_END = 5.0


@dataclass(frozen=True, slots=True)
class Asking:
    """A question under way."""

    question: str
    ended: threading.Event = field(default_factory=threading.Event)
    """Set once nothing more is shown of its answer."""

    def wait(self) -> str:
        """Wait until it has ended, once it was cancelled; returns the question."""
        self.ended.wait(_LONGEST_END)
        return self.question


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
    growing: gr.State
    """tuple[Turn, ...]: the conversation with an answer that is not whole yet; empty while none is under way."""
    asking: gr.State
    """Asking | None: the question under way."""
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
