"""The tab where questions are asked: its components, and what each click on them does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import gradio as gr

from embeddings.errors import SuyuanError
from ui import scripts
from ui.answer import conversation as render
from ui.article import reading
from ui.asking import actions, chat, messages
from ui.asking.desk import Asking, Desk
from ui.asking.stored import turns_from_json
from ui.types import Answerer, Hooks, Screen, Turn, is_turn
from ui.wording import label

Turns = tuple[Turn, ...]
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_ASKING: dict[str, Any] = {"concurrency_id": "ask", "concurrency_limit": 8, **_QUIET}
_READING: dict[str, Any] = {"trigger_mode": "multiple", "concurrency_limit": 16, **_QUIET}


def build_ask(answerer: Answerer, hooks: Hooks, tabs: gr.Tabs, browser: gr.HTML, start_over: gr.Button) -> Desk:
    """The conversation at the left, the cited article at the right; `browser`, `start_over` stand outside the tab."""
    turns, growing, within = gr.State(()), gr.State(()), gr.State(())
    asking, replacing = gr.State(None), gr.State(None)
    with gr.Row(elem_id="columns"):
        with gr.Column(elem_id="chat"):
            conversation = gr.HTML(
                render.conversation(()),
                elem_id="conversation",
                js_on_load=scripts.conversation(),
                apply_default_css=False,
            )
            with gr.Column(elem_id="examples"):
                examples = [gr.Button(text, elem_classes="example") for text in answerer.examples()]
            chips = gr.HTML("", elem_id="chips", js_on_load=scripts.chips(), apply_default_css=False)
            with gr.Row(elem_id="ask"):
                question = gr.Textbox(
                    label=label("问题"),
                    placeholder=label("输入问题"),
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=5,
                    max_length=2000,
                    autofocus=True,
                    elem_id="question",
                    scale=1,
                )
                send = gr.Button(label("提问"), variant="primary", elem_id="send", scale=0, min_width=88)
                stop = gr.Button(label("停止"), elem_id="stop", scale=0, min_width=88)
        pane = gr.HTML(
            reading.open_library(answerer),
            elem_id="pane",
            elem_classes="reader",
            js_on_load=scripts.reader(),
            apply_default_css=False,
        )
    desk = Desk(answerer, tabs, conversation, pane, question, chips, browser, turns, growing, asking, replacing, within)
    listeners = _Listeners(desk, hooks)
    under_way = listeners.ask(send, examples)
    listeners.interrupt(stop, start_over, under_way)
    listeners.read()
    listeners.act()
    return desk


class _Listeners:
    """Wires the desk's components; every listener takes what the browser sends as anything at all."""

    def __init__(self, desk: Desk, hooks: Hooks) -> None:
        self._desk = desk
        self._hooks = hooks
        self._outputs = [
            desk.conversation,
            desk.pane,
            desk.question,
            desk.turns,
            desk.growing,
            desk.asking,
            desk.replacing,
            desk.chips,
            desk.browser,
        ]

    def ask(self, send: gr.Button, examples: list[gr.Button]) -> list[Any]:
        """Whatever asks a question; returns what a stop cancels."""
        desk = self._desk

        def ask(text: str, asked: Turns, within: tuple[str, ...], replacing: int | None) -> Iterator[tuple[Any, ...]]:
            yield from self._asked(text, asked, within, replacing)

        def retry(asked: Turns, within: tuple[str, ...], event: gr.EventData) -> Iterator[tuple[Any, ...]]:
            if asked and getattr(event, "turn", None) == len(asked) - 1:
                yield from self._asked(asked[-1].question, asked, within, len(asked) - 1)

        def follow(asked: Turns, within: tuple[str, ...], event: gr.EventData) -> Iterator[tuple[Any, ...]]:
            chosen = _suggestion(asked, getattr(event, "turn", None), getattr(event, "suggestion", None))
            if chosen:
                yield from self._asked(chosen, asked, within, None)

        state = [desk.turns, desk.within]
        typed = [desk.question, *state, desk.replacing]
        return [
            gr.on([desk.question.submit, send.click], ask, typed, self._outputs, **_ASKING),
            *(example.click(ask, [example, *state, desk.replacing], self._outputs, **_ASKING) for example in examples),
            desk.conversation.retry(retry, state, self._outputs, **_ASKING),
            desk.conversation.submit(follow, state, self._outputs, **_ASKING),
        ]

    def _asked(
        self, text: str, asked: Turns, within: tuple[str, ...], replacing: int | None
    ) -> Iterator[tuple[Any, ...]]:
        earlier = asked if replacing is None else asked[:replacing]
        asking = Asking(text.strip())
        try:
            with closing(chat.ask(self._desk.answerer, text, earlier, within, self._hooks)) as screens:
                for screen in screens:
                    if screen.turns is not None:
                        message = messages.keep(screen.turns, len(earlier), replaced=replacing is not None)
                        yield (*_shown(screen), (), None, None, self._desk.chips_html(within, None), message)
                    elif screen.growing is not None:
                        yield (*_shown(screen), screen.growing, asking, gr.skip(), gr.skip(), gr.skip())
                    else:
                        yield (*_shown(screen), *(gr.skip() for _ in range(5)))
        finally:
            asking.ended.set()

    def interrupt(self, stop: gr.Button, start_over: gr.Button, under_way: list[Any]) -> None:
        """Stop an answer, begin a new conversation, or open one that the browser kept."""
        desk = self._desk

        def stopped(asked: Turns, asking: Asking | None) -> tuple[Any, ...]:
            screen = chat.stop(asked, asking.wait() if asking else "", self._hooks)
            return (*_shown(screen), (), None, gr.skip(), gr.skip(), gr.skip())

        def emptied(asking: Asking | None) -> tuple[Any, ...]:
            if asking:
                asking.wait()
            screen = chat.start_over(desk.answerer)
            return (*_shown(screen), (), None, None, "", messages.keep(()), (), gr.Tabs(selected="ask"))

        def restored(asking: Asking | None, event: gr.EventData) -> tuple[Any, ...]:
            try:
                turns = turns_from_json(getattr(event, "turns", None))
            except ValueError as error:
                gr.Warning(f"这段对话读不出来。This conversation can't be read. {error}")
                return emptied(asking)
            if asking:
                asking.wait()
            screen = chat.restore(desk.answerer, turns, self._hooks)
            return (*_shown(screen), (), None, None, "", gr.skip(), (), gr.Tabs(selected="ask"))

        outputs = [*self._outputs, desk.within, desk.tabs]
        # Listeners run in the order they are added in, and `cancels` is one of its own: it goes first, so that what is
        # cancelled has shown its last when the listener behind it goes on (see Asking.wait).
        for event in (stop.click, start_over.click, desk.browser.clear, desk.browser.input):
            event(None, cancels=under_way, **_QUIET)
        stop.click(stopped, [desk.turns, desk.asking], self._outputs, **_QUIET)
        start_over.click(emptied, [desk.asking], outputs, **_QUIET)
        desk.browser.clear(emptied, [desk.asking], outputs, **_QUIET)
        desk.browser.input(restored, [desk.asking], outputs, **_QUIET)

    def read(self) -> None:
        """Open citations, passages, sources and articles in the reading pane, or choose an article to ask alone."""
        desk = self._desk

        def opened(asked: Turns, growing: Turns, event: gr.EventData) -> str:
            return _opened(desk.answerer, growing or asked, event)

        def clicked(asked: Turns, growing: Turns, event: gr.EventData) -> tuple[Any, ...]:
            article = getattr(event, "within", None)
            if article is None:
                return (opened(asked, growing, event), *(gr.skip() for _ in desk.ask_outputs))
            return (gr.skip(), *desk.ask_within((str(article),)))

        on_screen = [desk.turns, desk.growing]
        desk.conversation.click(opened, on_screen, [desk.pane], **_READING)
        desk.pane.click(clicked, on_screen, [desk.pane, *desk.ask_outputs], **_READING)

    def act(self) -> None:
        """Edit a question, clear a chip, export, judge, record."""
        desk, hooks = self._desk, self._hooks

        def edit(asked: Turns, within: tuple[str, ...], event: gr.EventData) -> tuple[Any, ...]:
            turn = getattr(event, "turn", None)
            if not is_turn(turn, asked):
                return gr.skip(), gr.skip(), gr.skip()
            return asked[turn].question, turn, desk.chips_html(within, turn)

        def clear(within: tuple[str, ...], replacing: int | None, event: gr.EventData) -> tuple[Any, ...]:
            which = getattr(event, "clear", None)
            kept = () if which == "within" else within
            editing = None if which == "edit" else replacing
            return kept, editing, desk.chips_html(kept, editing)

        def take_away(asked: Turns, event: gr.EventData) -> Any:
            made = actions.taken_away(asked, getattr(event, "turn", None), getattr(event, "form", None))
            return made or gr.skip()

        def judge(asked: Turns, event: gr.EventData) -> Any:
            turn, verdict, reason = (getattr(event, name, None) for name in ("turn", "verdict", "reason"))
            try:
                return actions.judged(hooks, asked, turn, verdict, reason) or gr.skip()
            except SuyuanError as error:
                gr.Warning(str(error))
                return gr.skip()

        def record(asked: Turns, event: gr.EventData) -> Any:
            return actions.recorded(hooks, asked, getattr(event, "turn", None)) or gr.skip()

        conversation = desk.conversation
        editing = [desk.question, desk.replacing, desk.chips]
        conversation.edit(edit, [desk.turns, desk.within], editing, **_QUIET)
        desk.chips.click(clear, [desk.within, desk.replacing], [desk.within, desk.replacing, desk.chips], **_QUIET)
        conversation.download(take_away, [desk.turns], [desk.browser], **_QUIET)
        conversation.like(judge, [desk.turns], [desk.browser], **_QUIET)
        conversation.record(record, [desk.turns], [desk.browser], **_QUIET)


def _shown(screen: Screen) -> tuple[Any, ...]:
    parts = (screen.conversation, screen.pane, screen.question, screen.turns)
    return tuple(gr.skip() if part is None else part for part in parts)


def _suggestion(asked: Turns, turn: object, place: object) -> str:
    if not is_turn(turn, asked) or not isinstance(place, int):
        return ""
    answer = asked[turn].answer
    offered = answer.suggestions if answer else ()
    return offered[place] if 0 <= place < len(offered) else ""


def _opened(answerer: Answerer, turns: Turns, event: gr.EventData) -> str:
    article, sources, turn = (getattr(event, name, None) for name in ("article", "sources", "turn"))
    if article is not None:
        return reading.open_article(answerer, article)
    if sources is not None:
        return reading.open_sources(turns, sources)
    if getattr(event, "passage", None) is not None:
        return reading.open_passage(answerer, turns, turn, event.passage)
    if getattr(event, "library", None):
        return reading.open_library(answerer)
    return reading.open_citation(answerer, turns, turn, getattr(event, "number", None))
