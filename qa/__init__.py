"""Questions -> answers. `from qa import ask` answers one; `load(path)` opens an index for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from embeddings.snapshot import default_index
from qa.answerer import Answerer
from qa.reader import Reader, load_reader
from qa.types import Answer, Citation

__all__ = ["Answer", "Answerer", "Citation", "Reader", "ask", "load"]


def load(
    index: str | Path | None = None,
    log_unanswered: bool = True,
    reader: Callable[[], Reader | None] = load_reader,
) -> Answerer:
    """Open an index (default: SUYUAN_INDEX, else ./index) for any number of questions.

    Questions that are refused are logged beside the index (`suyuan unanswered`), unless told not to. `reader` gives
    what reads the passages found: by default the reader that is shipped; `lambda: None` does without.

    Raises:
        SnapshotError: there is no index, or it is damaged.
        ModelError: the model it was made with can't be loaded.
    """
    return Answerer(Path(index) if index is not None else default_index(), log_unanswered, reader)


def ask(
    question: str,
    index: str | Path | None = None,
    history: Sequence[str] = (),
    log_unanswered: bool = True,
    within: Sequence[str] = (),
) -> Answer:
    """Answer one question; `history` holds the user's earlier questions, oldest first.

    `within` names the articles, by their ids, that alone are asked; none: all of the corpus.

    Raises:
        SnapshotError: there is no index, or it is damaged.
        ModelError: the model it was made with can't be loaded.
        UnknownArticleError: the corpus has no article of one of the ids in `within`.
    """
    return load(index, log_unanswered).ask(question, history, within)
