"""What an answer is worth to someone who writes from it: more than nothing only where it may be relied on."""

from __future__ import annotations

from typing import Literal

Verdict = Literal[
    "right",
    "right, unsure",
    "silent",
    "wrong, unsure",
    "wrong",
    "none: silent",
    "none: unsure",
    "none: answered",
]
"""What came of a question; those that begin with “none” have no answer."""

WORTH: dict[Verdict, float] = {
    "right": 1.0,
    "right, unsure": 0.6,
    "silent": 0.0,
    "wrong, unsure": -0.2,
    "wrong": -1.0,
    "none: silent": 1.0,
    "none: unsure": 0.4,
    "none: answered": -1.0,
}
"""A wrong answer costs what a right one gains; one that is said to be unsure gains less and costs little."""


def verdict(answerable: bool, abstained: bool, tentative: bool, right: bool) -> Verdict:
    """What came of a question that is answerable or not; `right` is of no account where it was not answered."""
    if not answerable:
        return "none: silent" if abstained else "none: unsure" if tentative else "none: answered"
    if abstained:
        return "silent"
    if tentative:
        return "right, unsure" if right else "wrong, unsure"
    return "right" if right else "wrong"
