"""Questions -> answers. `from qa import ask` answers one; `load(path)` opens an index for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.index_folder import default_index
from qa.types import Answer, Citation

if TYPE_CHECKING:
    from qa.answerer import Answerer
    from qa.llm.model import LanguageModel
    from qa.reading.reader import Reader

__all__ = ["Answer", "Answerer", "Citation", "LanguageModel", "Reader", "ask", "load"]

_LATER = {"Answerer": "qa.answerer", "LanguageModel": "qa.llm.model", "Reader": "qa.reading.reader"}
"""What takes a second to import, which a command's help and its errors need not wait for."""


def __getattr__(name: str) -> object:
    """The classes that are imported when they are asked for."""
    if name not in _LATER:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)


def load(
    index: str | Path | None = None,
    log_unanswered: bool = True,
    reader: Callable[[], Reader] | None = None,
    llm: LanguageModel | str | None = None,
    keep_replies: bool = False,
) -> Answerer:
    """Open an index (default: SUYUAN_INDEX, else ./index) for any number of questions.

    Questions that are refused are logged beside the index (`suyuan unanswered`), unless told not to. `reader` gives
    what reads the passages found: by default the reader that is shipped. `llm` words the answers, held to the
    corpus: a name as `provider:model`, with address and key from the environment, or a model.
    `keep_replies` keeps what it said beside the index, for questions that are asked again.

    Raises:
        SnapshotError: there is no index, or it is damaged.
        ModelError: the model it was made with can't be loaded.
        GenerationError: there is no language model of this name, or its package or key is missing.
    """
    # What is imported here takes a second and more, which whoever only imports this package need not wait for.
    if isinstance(llm, str):
        from qa.providers.providers import language_model

        llm = language_model(llm)
    from qa.answerer import Answerer
    from qa.reading.cross_encoder import load_reader

    folder = Path(index) if index is not None else default_index()
    return Answerer(folder, log_unanswered, reader or load_reader, llm, keep_replies)


def ask(
    question: str,
    index: str | Path | None = None,
    history: Sequence[str] = (),
    log_unanswered: bool = True,
    within: Sequence[str] = (),
    llm: LanguageModel | str | None = None,
) -> Answer:
    """Answer one question; `history` holds the user's earlier questions, oldest first.

    `within` names the articles, by their ids, that alone are asked; none: all of the corpus. `llm` is as in `load`.

    Raises:
        SnapshotError: there is no index, or it is damaged.
        ModelError: the model it was made with can't be loaded.
        UnknownArticleError: the corpus has no article of one of the ids in `within`.
        GenerationError: there is no language model of this name, or its package or key is missing.
    """
    return load(index, log_unanswered, llm=llm).ask(question, history, within)
