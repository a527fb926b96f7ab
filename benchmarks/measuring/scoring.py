"""Whether an answer is right: complete, cited, concise, and silent where the corpus has no answer.

A question of `questions.jsonl` has `id`, `question`, `history` (earlier questions), `kind` (fact, list, followup,
meta, multi, xling for another language, typo, or none where the corpus has no answer), `article` (the id, or ids, that
answer it) and `must`: groups of alternatives, of each of which the answer has to contain one.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

QUESTIONS = Path(__file__).parents[1] / "questions.jsonl"

_MARKER = re.compile(r"\[(\d+)\]")
_NOT_COMPARED = re.compile(r"[\s“”\"'‘’《》〈〉「」、，,。.；;：:（）()【】\[\]·—\-－–]")
_LONGEST = {"fact": 300, "meta": 300, "followup": 900, "list": 1500, "multi": 1500, "xling": 1500, "typo": 1500}
"""Characters without markers: more is no longer an answer but a page to search."""
_LEAST_ON_TARGET = 0.75
"""Share of the citations that have to be of the articles that answer the question."""
_NOT_IN_QUOTES = ("meta", "multi", "xling")
"""Kinds whose answers say words that need not stand in what is quoted: titles, places, another language."""


def read_questions(file: Path = QUESTIONS) -> list[dict[str, Any]]:
    """The questions of a file, one JSON object a line."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def check(question: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """What is wrong with an answer (as `suyuan ask --json` prints it) to a question; nothing: it is right."""
    if question["kind"] == "none":
        return [] if answer["abstained"] else ["answers what the corpus does not say"]
    if answer["abstained"]:
        return [f"abstains: {answer['reason']}"]
    used = {int(number) for number in _MARKER.findall(answer["answer"])}
    cited = [citation for citation in answer["citations"] if citation["number"] in used]
    return [
        *_missing("the answer", _MARKER.sub("", answer["answer"]), question["must"]),
        *_too_long(answer["answer"], question["kind"]),
        *_marked_wrongly(used, answer["citations"]),
        *_off_target([citation["article_id"] for citation in cited], question["article"]),
        *(
            []
            if question["kind"] in _NOT_IN_QUOTES
            else _missing("what is cited", "".join(citation["quote"] for citation in cited), question["must"])
        ),
    ]


def _missing(where: str, text: str, groups: list[list[str]]) -> list[str]:
    said = _folded(text)
    return [
        f"{where} lacks {' or '.join(group)}" for group in groups if not any(_folded(words) in said for words in group)
    ]


def _folded(text: str) -> str:
    return _NOT_COMPARED.sub("", text).lower()


def _too_long(answer: str, kind: str) -> list[str]:
    length = len(_MARKER.sub("", answer))
    return [f"{length} characters long"] if length > _LONGEST[kind] else []


def _marked_wrongly(used: set[int], citations: list[dict[str, Any]]) -> list[str]:
    numbers = {citation["number"] for citation in citations}
    return [] if used and used <= numbers else [f"markers {sorted(used)} but citations {sorted(numbers)}"]


def _off_target(cited: list[str], wanted: str | list[str]) -> list[str]:
    on_target = sum(article in ([wanted] if isinstance(wanted, str) else wanted) for article in cited)
    return [f"cites {', '.join(sorted(set(cited)))}"] if cited and on_target / len(cited) < _LEAST_ON_TARGET else []
