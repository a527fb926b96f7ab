"""Why a file gives no article."""

from __future__ import annotations


class UnreadableError(ValueError):
    """The file holds no text that can be read; the message is a Chinese sentence for the user."""
