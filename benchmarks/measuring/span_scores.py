"""How near a marked answer comes to the gold answers, as CMRC 2018's own evaluation counts it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

_TOKEN = re.compile(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+")


def tokens(text: str) -> list[str]:
    """Chinese characters one by one, runs of letters and digits as a whole, no punctuation; lower case."""
    return _TOKEN.findall(text.lower())


def exact_match(said: str, gold: Sequence[str]) -> bool:
    """Whether the answer is one of the gold answers, but for punctuation."""
    return any(tokens(said) == tokens(one) for one in gold)


def f1(said: str, gold: Sequence[str]) -> float:
    """The best F1 with a gold answer, 0 to 1, from the longest run of tokens that both share.

    Cui et al., A Span-Extraction Dataset for Chinese Machine Reading Comprehension, EMNLP 2019, section 4.1.
    """
    return max((_f1(tokens(said), tokens(one)) for one in gold), default=0.0)


def _f1(said: Sequence[str], gold: Sequence[str]) -> float:
    common = SequenceMatcher(None, said, gold, autojunk=False).find_longest_match().size
    return 2 * common / (len(said) + len(gold)) if common else 0.0
