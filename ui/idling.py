"""What a page does while nobody is at it: nothing, instead of looking a thousand times a second for requests."""

from __future__ import annotations

import gradio as gr

_SECONDS = 0.04
"""Between two looks for new requests: 25 looks cost a five-hundredth of a core, and nobody feels so short a wait.

Gradio's own is 0.001 s, which keeps a core busy for 3 to 6% of the time.
"""

_PROGRESS_SECONDS = 1.0
"""Between two looks for what Gradio's progress bars have to say, of which the page has none; its own is 0.01 s."""


def queue_quietly(page: gr.Blocks, waiting: int) -> None:
    """Queue the page's requests, at most so many waiting, and let the queue sleep while there are none."""
    page.queue(max_size=waiting)
    # Gradio has no option for either; a test holds that the process rests.
    page._queue.sleep_when_free = _SECONDS
    page._queue.progress_update_sleep_when_free = _PROGRESS_SECONDS
