"""Whether what was found answers the question, or the corpus does not say.

Fixed bounds on how much of the question the evidence says; they were set by looking at questions with and
without an answer and are not calibrated.
"""

from __future__ import annotations

from embeddings.snapshot import Snapshot
from qa.citations import quote_of
from qa.coverage import TermWeights
from qa.facts import Evidence, type_bonus
from qa.question import Question

_LEAST_SHARE = 0.5
"""Of the question's terms, by weight, in the sentence with its headings, neighbours, title and place."""
_LEAST_OWN_SHARE = 0.2
"""Of those that are not the article's subject, in the sentence itself."""
_LEAST_OWN_SHARE_OF_KIND = 0.12
"""The same where the sentence holds the kind of thing asked for: that unit, a time, a place."""
_LEAST_FOCUS = 0.25
"""Of the terms of the very thing asked for, in the sentence and its context."""


def why_not(question: Question, best: Evidence | None, snapshot: Snapshot) -> str:
    """Why the best evidence does not answer the question, in Chinese, or nothing where it does."""
    if best is None:
        missing = [f"“{word}”" for word in dict.fromkeys([*question.places, *question.names, *question.years])]
        together = "同时" if len(missing) > 1 else ""
        return f"没有文章{together}说到{'、'.join(missing)}" if missing else "没有文章说到所问的事"
    says_kind = type_bonus(question, quote_of(best.article, best.span)) > 0
    if best.share < _LEAST_SHARE or best.own_share < (_LEAST_OWN_SHARE_OF_KIND if says_kind else _LEAST_OWN_SHARE):
        return "没有句子说到所问的事"
    if question.wants == "place" and not type_bonus(question, quote_of(best.article, best.span)):
        return "文章说到了相关的事，没有说地点"
    focus = TermWeights.of(question.focus, snapshot.lexical)
    if focus.share(focus.found(_context(best))) < _LEAST_FOCUS:
        return "文章说到了相关的事，没有说所问的这一点"
    return ""


def _context(evidence: Evidence) -> str:
    """The paragraph of the evidence with the article's title."""
    article, span = evidence.article, evidence.span
    start = article.text.rfind("\n", 0, span.start) + 1
    end = article.text.find("\n", span.end)
    return f"{article.title} {article.text[start : end if end >= 0 else None]}"
