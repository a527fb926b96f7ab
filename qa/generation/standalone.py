"""A follow-up completed by a language model; it is not believed where it adds or loses anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embeddings.folding import squeeze
from embeddings.places.places import find_places
from qa.generation.prompt import standalone_messages
from qa.llm.model import LanguageModel
from qa.understanding.names import names_in, titles_in
from qa.understanding.question import content_pieces, content_terms

_LONGEST = 200
_HISTORY = 6
"""Earlier questions that are shown to the model, the last ones."""
_NEW = 0.2
"""Share of the words that may be the model's own: it puts in 的 and 是, and its word order joins others."""
_KEPT = 0.6
"""Share of the characters of the question's own words that have to stand in it: 那边 and the like may become a name."""
_POINTING = re.compile("[它他她其此那这][边里儿们个些]?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LABEL = re.compile(r"^\s*(?:改写(?:后)?的?(?:问题)?|最后的问题|完整的?问题|问题|答)?\s*[:：]\s*")


def standalone_by(llm: LanguageModel, question: str, history: Sequence[str]) -> str:
    """The question as the model completes it, or empty where that can't be believed.

    Raises:
        GenerationError: the model gave no reply.
    """
    reply = "".join(llm.stream(standalone_messages(question, history[-_HISTORY:])))
    said = only_line(reply)
    return said if is_faithful(said, question, history) else ""


def only_line(reply: str) -> str:
    """The one question that a reply consists of, without a label or quotation marks; empty where it says more."""
    lines = [line for line in reply.strip().split("\n") if line.strip()]
    said = _LABEL.sub("", lines[0]).strip().strip("“”\"'「」").strip() if len(lines) == 1 else ""
    return said if _is_one_question(said) else ""


def _is_one_question(said: str) -> bool:
    return len(said) <= _LONGEST and "。" not in said


def keeps_claims(said: str, question: str, dialogue: str) -> bool:
    """Whether it has the numbers, places and names of the question, and no others than the squeezed dialogue."""
    own = squeeze(said)
    return all(claim in own for claim in _claims(question)) and all(claim in dialogue for claim in _claims(said))


def is_faithful(standalone: str, question: str, history: Sequence[str]) -> bool:
    """Whether it keeps the numbers, places and names of the question, and takes all others from the dialogue."""
    dialogue = squeeze("\n".join((*history, question)))
    if not standalone or not _is_one_question(standalone) or not keeps_claims(standalone, question, dialogue):
        return False
    own = "".join(content_pieces(_POINTING.sub(" ", question)))
    if sum(character in standalone for character in own) < _KEPT * len(own):
        return False
    terms = content_terms(standalone)
    new = sum(squeeze(term) not in dialogue for term in terms)
    return bool(terms) and new <= _NEW * len(terms)


def _claims(text: str) -> frozenset[str]:
    """Numbers, places, titles and numbered names, as they are compared."""
    said = (*_NUMBER.findall(text), *find_places(text), *titles_in(text), *names_in(text))
    return frozenset(squeeze(claim) for claim in said)
