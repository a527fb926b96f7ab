"""terms.sqlite of a snapshot whose passages are in Milvus: the number of each term and how many passages hold it."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_SCHEMA = "CREATE TABLE terms (term TEXT PRIMARY KEY, number INTEGER NOT NULL, holding INTEGER NOT NULL) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the corpus."""

    text: str
    number: int
    holding: int
    """How many passages hold it."""


def write_vocabulary(file: Path, terms: Iterable[Term]) -> None:
    """Write a new file."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(_SCHEMA)
        connection.executemany(
            "INSERT INTO terms VALUES (?, ?, ?)", ((term.text, term.number, term.holding) for term in terms)
        )


class Vocabulary:
    """Reads terms.sqlite, read-only; may be used from several threads."""

    def __init__(self, file: Path) -> None:
        self._uri = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        self._local = threading.local()

    def known(self, terms: Iterable[str]) -> dict[str, Term]:
        """Those of the terms that the corpus has."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = sqlite3.connect(self._uri, uri=True)
        rows = connection.execute(
            "SELECT term, number, holding FROM terms WHERE term IN (SELECT value FROM json_each(?))",
            [json.dumps(list(terms))],
        )
        return {str(row[0]): Term(str(row[0]), int(row[1]), int(row[2])) for row in rows}
