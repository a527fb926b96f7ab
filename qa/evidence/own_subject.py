"""Whether a further thing that is asked has a subject of its own, which the articles that answered the first lack."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.folding import squeeze
from embeddings.snapshot.snapshot import Snapshot
from embeddings.types import Article
from qa.evidence.fit import whole_article
from qa.evidence.subject import subject_of
from qa.understanding.question import Question

_AT_HEAD = 6
"""Characters of a question within which its subject begins."""
_FEW = 2
"""Articles at most that speak of it among those found."""
_SHORTEST = 2
"""Characters of a term that names something."""


def has_its_own_subject(
    part: Question, before: Sequence[Article], found: Sequence[Article], snapshot: Snapshot
) -> bool:
    """Whether it begins with what one of the articles `found` for it is about and none of those before speaks of.

    “舒兰派了多少兵” has one behind what another county's article answered; “总共发了多少万” has none.
    """
    weights = snapshot.lexical.idf(part.terms)
    unseen = max(snapshot.lexical.idf([""]).values())
    known = [term for term in part.terms if len(term) >= _SHORTEST and weights[term] < unseen]
    if not known or not 0 <= squeeze(part.text).find(known[0]) <= _AT_HEAD:
        return False
    subject = known[0]
    says_more = any(term[0] not in subject for term in part.terms)
    speaking = [article for article in found if subject in whole_article(article)]
    about = any(subject in squeeze(subject_of(article)) for article in speaking if article not in before)
    of_few = len(speaking) <= _FEW and not any(subject in whole_article(article) for article in before)
    return says_more and about and of_few
