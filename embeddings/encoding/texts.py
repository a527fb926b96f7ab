"""What is done to texts before a tokenizer reads them."""

from __future__ import annotations


def well_formed(text: str) -> str:
    """Lone surrogates, which JSON can smuggle in, become U+FFFD: the tokenizer takes only what UTF-8 can say."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
