"""A list that is given whole though none was asked for: what the best sentences are of, or lie under."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.snapshot.snapshot import Snapshot
from embeddings.structure.part_groups import PartGroup
from embeddings.structure.sentences import sentences
from embeddings.structure.title_lines import LABEL
from qa.evidence.gathering import Evidence
from qa.evidence.part_groups import announcing_text, groups_of, is_headed
from qa.evidence.touched_parts import LIKELY, has_its_own, touch
from qa.retrieving.term_weights import TermWeights
from qa.understanding.question import Question

_SEVERAL = 2
"""Parts at least that show that more than one of them is asked for."""
_MOST_OF = 3
"""Parts at least that are most of a list by themselves, being three fifths of it too; of items two."""
_LONGEST_OPENED = 900
"""Characters of a list that is given where none was asked for."""
_LONGEST_UNDER = 200
"""Characters of one that is given for the sake of one of its items."""


def opened_group(question: Question, found: Sequence[Evidence], snapshot: Snapshot) -> PartGroup | None:
    """The list that the best sentences are of, whatever is asked: most of its parts, or half where one opens it.

    It opens it with a colon, or the question says its heading; where it is the best no part need be likely. Of one
    likely part alone, or of one that the question names, the others are none of its business; but of an item of a list
    that says no more of the question than what it lies under all are meant.
    """
    weights = TermWeights.of(question.terms, snapshot.lexical)
    article = found[0].article
    likely = [e for e in found if e.article.id == article.id and (e.score >= LIKELY or e is found[0])]
    for group in filter(_is_short, groups_of(article, snapshot.corpus.outline(article.id))):
        opening = sentences(article.text, group.before)[-1]
        touched = touch(group, found)
        own = sum(has_its_own(part, group, likely) for part in group.parts)
        half = own >= _SEVERAL and own * 2 >= len(group.parts)
        wanted = half or (not touched.parts and found[0].span.overlaps(opening))
        colon = article.text[opening.start : group.parts[0].start].rstrip().endswith((":", "："))
        said = colon and any(e.span.overlaps(opening) for e in likely)
        opened = wanted and (said or is_headed(question, group, weights))
        items = all(part.kind == "item" and not part.children for part in group.parts)
        most = own >= (_SEVERAL if items else _MOST_OF) and own * 5 >= len(group.parts) * 3
        under = items and is_inside(group, found[0]) and _lies_under(group, weights)
        if touched.best and (opened or most or under) and not _is_asked_for(group, found[0], weights):
            return group
    return None


def _is_short(group: PartGroup) -> bool:
    return not group.whole_article and group.parts[-1].end - group.parts[0].start <= _LONGEST_OPENED


def _lies_under(group: PartGroup, weights: TermWeights) -> bool:
    """Whether the parts are short lines under an item or heading that the question speaks of, and none has a label.

    Of those with labels (牵头单位：县水利局) one alone may be asked for.
    """
    text, first, last = group.article.text, group.parts[0], group.parts[-1]
    if group.heading is None or last.end - first.start > _LONGEST_UNDER:
        return False
    own_lines = text.count("\n", first.start, last.end) >= len(group.parts) - 1
    labelled = any(LABEL.search(text, part.start, part.end) for part in group.parts)
    return own_lines and not labelled and bool(weights.found(text[group.heading.start : group.heading.end]))


def _is_asked_for(group: PartGroup, best: Evidence, weights: TermWeights) -> bool:
    """Whether the best sentence is a part that says more of the question than what announces all."""
    return is_inside(group, best) and not says_no_more(group, best, weights)


def is_inside(group: PartGroup, best: Evidence) -> bool:
    """Whether the best sentence is in one of the parts."""
    return any(part.start <= best.span.start < part.end for part in group.parts)


def says_no_more(group: PartGroup, best: Evidence, weights: TermWeights) -> bool:
    """Whether the best sentence says nothing of the question that what announces all does not say."""
    announcing = weights.found(f"{group.article.title} {announcing_text(group)}")
    return weights.found(group.article.text[best.span.start : best.span.end]) <= announcing
