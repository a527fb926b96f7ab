"""What e5 models want before a text, where nothing but their name says that they are e5."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from embeddings.bundled_model.e5_folder import PASSAGE_PROMPT, QUERY_PROMPT


@dataclass(frozen=True, slots=True)
class Prompts:
    """Put before a question, and before a text that is searched."""

    query: str = ""
    passage: str = ""


def e5_prompts(name: str) -> Prompts | None:
    """The prompts of an e5 model (Wang et al. 2022, arXiv:2212.03533), known by its name; None for any other.

    Its instructed kind ("e5-mistral-7b-instruct") wants an instruction instead, which only its user can word.
    """
    words = re.split("[-_:.]", Path(name).name.lower())
    return Prompts(QUERY_PROMPT, PASSAGE_PROMPT) if "e5" in words and "instruct" not in words else None
