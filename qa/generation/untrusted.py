"""Article text is data: what in it speaks to a language model is neither shown to one nor counts as evidence.

A model that obeys such a sentence still gets nothing past the check of its own sentences; keeping it from the prompt
means that it is not even distracted.
"""

from __future__ import annotations

import re

from embeddings.structure.sentences import sentences
from embeddings.types import Article, Span
from qa.evidence.orders import speaks_to_a_model

_ANGLES = str.maketrans("<>", "＜＞")
_MARKER = re.compile(r"[\[［【]\s*(?:\^|来源|资料|passage\s*)?(\d[\d\s,，、\-–~]*)[\]］】]", re.IGNORECASE)


def trusted_spans(article: Article, span: Span) -> tuple[Span, ...]:
    """The span without the sentences that speak to a model: the runs of sentences between them."""
    runs: list[Span] = []
    joined = False
    for sentence in sentences(article.text, span):
        if speaks_to_a_model(article.text[sentence.start : sentence.end]):
            joined = False
        elif joined:
            runs[-1] = Span(runs[-1].start, sentence.end)
        else:
            runs.append(sentence)
            joined = True
    return tuple(runs)


def fenced(text: str) -> str:
    """The text as it may stand between tags: it opens and closes none, and holds nothing that looks like a marker."""
    return _MARKER.sub(r"（\1）", text.translate(_ANGLES))
