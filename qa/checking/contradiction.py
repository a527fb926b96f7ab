"""Whether a clause of a reply says the opposite of the clauses of a source that it takes up, or more than they do."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.folding import fold
from qa.checking.material import Stated, StatedClause
from qa.checking.part import Clause, Part
from qa.claims.polarity import flips, opposed
from qa.claims.posts import POST
from qa.claims.quantities import Quantity, agrees

_ALIGNED, _AS_ALIGNED = 0.5, 0.1
"""Share of a clause's terms with which a source's clause is taken to say the same thing, and by how much less another
may hold to be meant as well."""
_STRONG = (
    (("全部", "全都", "所有", "全体", "一律"), ("每", "各", "都", "均", "100%", "百分之百", "凡", "任何", "全")),
    (("首次", "首个", "首家", "首批", "率先"), ("第一", "最早", "最先", "开创", "首")),
    (("唯一", "仅有"), ("只有", "独一")),
)
"""Words that claim more than a sentence without them, and what else may stand in the source for them."""


def contradicted(part: Part, clause: Clause, chosen: Sequence[Stated]) -> bool:
    """Whether all clauses of the source that say its words, or give one of its numbers, say the opposite or less."""
    stated = [each for one in chosen for each in one.clauses]
    alike = [(part.share(clause.terms, each.held), each) for each in stated if clause.terms]
    nearest = max((likeness for likeness, _ in alike), default=0.0)
    meant = [each for likeness, each in alike if likeness >= max(_ALIGNED, nearest - _AS_ALIGNED)]
    giving = [[each for each in stated if _gives(each, said)] for said in clause.quantities]
    return any(
        group and all(_denies(clause, each) or _overstates(clause, each) or _misranks(clause, each) for each in group)
        for group in (meant, *giving)
    )


def _gives(stated: StatedClause, said: Quantity) -> bool:
    return any(agrees(said, other) for other in stated.quantities)


def _denies(clause: Clause, stated: StatedClause) -> bool:
    return opposed(clause.text, stated.text) or flips(clause.text, stated.text)


def _misranks(clause: Clause, stated: StatedClause) -> bool:
    """Whether a deputy of the source is called the head, or the reverse."""
    said, own = _posts(clause.text), _posts(stated.text)
    return any((not deputy, post) in own and (deputy, post) not in own for deputy, post in said)


def _posts(text: str) -> set[tuple[bool, str]]:
    """The posts that a text names, with whether it is the deputy's."""
    return {(bool(post["deputy"]), post["post"]) for post in POST.finditer(fold(text))}


def _overstates(clause: Clause, stated: StatedClause) -> bool:
    said, own = fold(clause.text), fold(stated.text)
    return any(
        any(word in said for word in words) and not any(word in own for word in (*words, *others))
        for words, others in _STRONG
    )
