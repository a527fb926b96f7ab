"""A question put into the words of documents by a language model, and read once more where reading is unsure."""

from __future__ import annotations

from dataclasses import replace

from embeddings.folding import squeeze
from embeddings.places.localities import localities_in
from qa.generation.standalone import keeps_claims, only_line
from qa.grounds import Grounds, unsure_answer
from qa.replies.refusals import is_refusal


def believable(reply: str, question: str) -> str:
    """The question as a model words it, or empty where that can't be the same: other numbers, names or places."""
    said = only_line(reply)
    same = keeps_claims(said, question, squeeze(question)) and localities_in(said) == localities_in(question)
    return said if same and said not in ("", question) and not is_refusal(said) else ""


def read_twice(first: Grounds, second: Grounds) -> Grounds:
    """What comes of an unsure or silent reading and of that of the question in other words.

    Where the second is certain of a sentence that the first gave too, it stands. What it alone found, where the first
    found nothing, is unsure, however sure it is of it. Else the first stands.
    """
    if second.answer.abstained:
        return first
    if first.answer.abstained:
        finding = replace(second.finding, tentative=True)
        return replace(second, answer=unsure_answer(second), question=first.question, finding=finding)
    quoted = {(one.article_id, one.start, one.end) for one in first.answer.citations}
    same = any((one.article_id, one.start, one.end) in quoted for one in second.answer.citations)
    return replace(second, question=first.question) if second.is_sure and same else first
