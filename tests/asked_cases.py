"""Small corpora of one kind of difficulty each, and whether answers say the values they must, and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import qa
from embeddings.rebuilding.rebuild import rebuild
from qa.evaluation.gold import says


def answerer_over(articles: Mapping[str, str | bytes], folder: Path) -> qa.Answerer:
    """An answerer over articles written into a new folder, by their file names."""
    for name, content in articles.items():
        path = folder / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    rebuild(folder / "articles", folder / "index")
    return qa.load(folder / "index", log_unanswered=False)


def check(answer: qa.Answer, values: str, others: str = "") -> None:
    """Fail unless the answer says all the values, which blanks separate, and none of the others; no value: silence."""
    assert answer.abstained == (not values), answer.text
    said = [value for value in values.split() if not says(answer.text, value)]
    assert not said, f"lacks {said}: {answer.text}"
    wrong = [value for value in others.split() if says(answer.text, value)]
    assert not wrong, f"says {wrong}: {answer.text}"


def check_text(answer: qa.Answer, said: Sequence[str], others: Sequence[str] = ()) -> None:
    """Fail unless it answers with all of these very words, and with none of the others."""
    assert not answer.abstained, answer.reason
    assert [one for one in said if one not in answer.text] == [], answer.text
    assert [one for one in others if one in answer.text] == [], answer.text
