"""What tokenizers want: texts that they can read, and the pieces that are no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def well_formed(text: str) -> str:
    """Lone surrogates, which JSON can smuggle in, become U+FFFD: the tokenizer takes only what UTF-8 can say."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def special_id(tokenizer: Tokenizer, piece: str) -> int:
    """The id of a special piece. Raises ValueError where the tokenizer lacks it."""
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"the tokenizer has no {piece}")
    return number
