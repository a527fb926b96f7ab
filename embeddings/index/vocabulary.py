"""terms.sqlite of a snapshot: the number of each term and how many passages hold it, looked up on the disk."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from embeddings.disk.read_only_database import ReadOnlyDatabase

TERMS = "terms.sqlite"
_SCHEMA = "CREATE TABLE terms (term TEXT PRIMARY KEY, number INTEGER NOT NULL, holding INTEGER NOT NULL) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the corpus."""

    text: str
    number: int
    holding: int
    """How many passages hold it."""


def write_vocabulary(file: Path, terms: Iterable[Term]) -> None:
    """Write a new file.

    Raises:
        sqlite3.Error: the disk is full or the folder can't be written.
    """
    with closing(sqlite3.connect(file)) as connection, connection:
        # Nobody reads the file before it is flushed as a whole, and nobody the half of one.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(_SCHEMA)
        # In the order of the tree: anywhere in it, each would be looked up first.
        rows = sorted((term.text, term.number, term.holding) for term in terms)
        connection.executemany("INSERT INTO terms VALUES (?, ?, ?)", rows)


class Vocabulary:
    """Reads terms.sqlite; may be used from several threads.

    Raises sqlite3.Error where the file is missing or damaged.
    """

    def __init__(self, file: Path) -> None:
        self._database = ReadOnlyDatabase(file)

    def known(self, terms: Iterable[str]) -> dict[str, Term]:
        """Those of the terms that the corpus has."""
        rows = self._database.execute(
            "SELECT term, number, holding FROM terms WHERE term IN (SELECT value FROM json_each(?))",
            json.dumps(list(terms)),
        )
        return {str(row[0]): Term(str(row[0]), int(row[1]), int(row[2])) for row in rows}

    def __iter__(self) -> Iterator[Term]:
        for text, number, holding in self._database.execute("SELECT term, number, holding FROM terms"):
            yield Term(str(text), int(number), int(holding))


def inverse_frequencies(vocabulary: Vocabulary, passages: int, terms: Iterable[str]) -> dict[str, float]:
    """Inverse document frequency of each term, ln(1 + (N - n + 0.5) / (n + 0.5)), for n of N passages that hold it.

    The formula of Lucene's BM25Similarity.
    """
    asked = list(terms)
    known = vocabulary.known(asked)
    holding = {term: known[term].holding if term in known else 0 for term in asked}
    return {term: math.log(1 + (passages - n + 0.5) / (n + 0.5)) for term, n in holding.items()}
