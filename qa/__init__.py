"""Questions -> answers. `from qa import ask` answers one; `load(path)` opens an index for many."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from embeddings.snapshot import default_index
from qa.answerer import Answerer
from qa.types import Answer, Citation

__all__ = ["Answer", "Answerer", "Citation", "ask", "load"]


def load(index: str | Path | None = None) -> Answerer:
    """Open an index (default: SUYUAN_INDEX, else ./index) for any number of questions.

    Raises:
        SnapshotError: there is no index, or it is damaged.
        ModelError: the model it was made with can't be loaded.
    """
    return Answerer(Path(index) if index is not None else default_index())


def ask(question: str, index: str | Path | None = None, history: Sequence[str] = ()) -> Answer:
    """Answer one question; `history` holds the user's earlier questions, oldest first.

    Raises:
        SnapshotError: there is no index, or it is damaged.
        ModelError: the model it was made with can't be loaded.
    """
    return load(index).ask(question, history)
