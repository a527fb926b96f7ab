"""What Python hands to the script in the browser: a conversation to keep, a file to download, a note taken."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Sequence
from typing import Any

from ui.asking.stored import turns_to_json
from ui.types import Turn


def keep(turns: Sequence[Turn], earlier: int = 0, replaced: bool = True) -> str:
    """The conversation as it now is, for the browser to keep; without turns it is left as it was and closed.

    `earlier` is how many of the turns were there before; `replaced` says that any behind them were meant to go.
    """
    return _message("keep", turns=turns_to_json(turns), earlier=earlier, replaced=replaced)


def file(name: str, media_type: str, data: bytes) -> str:
    """A file for the visitor to download."""
    return _message("file", name=name, type=media_type, data=base64.b64encode(data).decode("ascii"))


def noted(turn: int, verdict: str = "") -> str:
    """What the visitor said of turn `turn` was recorded: the verdict or, where it is empty, the refused question."""
    return _message("noted", turn=turn, verdict=verdict)


def _message(kind: str, **content: Any) -> str:
    # The browser looks at a message only where it differs from the one before: the same file may be asked for twice.
    told = json.dumps({"kind": kind, **content, "moment": time.monotonic_ns()}, ensure_ascii=False)
    # Gradio warns of a value that holds a script tag, as an article's text may.
    return told.replace("<", "\\u003c")
