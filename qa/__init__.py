"""Questions -> answers. `from qa import ask` answers one; `load(path)` opens an index for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from embeddings.snapshot import default_index
from qa.answerer import Answerer
from qa.llm.model import LanguageModel
from qa.reading.cross_encoder import load_reader
from qa.reading.reader import Reader
from qa.types import Answer, Citation

__all__ = ["Answer", "Answerer", "Citation", "LanguageModel", "Reader", "ask", "load"]


def load(
    index: str | Path | None = None,
    log_unanswered: bool = True,
    reader: Callable[[], Reader] = load_reader,
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
    if isinstance(llm, str):
        # What reaches a language model takes a second to import, which everything else need not wait for.
        from qa.llm.providers import language_model

        llm = language_model(llm)
    return Answerer(Path(index) if index is not None else default_index(), log_unanswered, reader, llm, keep_replies)


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
