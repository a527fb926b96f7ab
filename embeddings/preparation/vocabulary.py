"""The numbers of terms, which stay the same from one rebuild to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray


class Vocabulary:
    """Terms numbered from 0 as they come, kept in the table `vocabulary`; loaded when it is first needed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._saved = 0

    @cached_property
    def _number(self) -> dict[str, int]:
        # All new terms of a commit are one row: a row for each of a million terms would take seconds to load.
        rows = self._connection.execute("SELECT terms FROM vocabulary ORDER BY first")
        terms = [term for (joined,) in rows for term in str(joined).split("\n")]
        self._saved = len(terms)
        return {term: number for number, term in enumerate(terms)}

    def numbers(self, terms: Sequence[str]) -> NDArray[np.int32]:
        """The numbers of these terms; a new one gets the next."""
        number = self._number
        return np.fromiter((number.setdefault(term, len(number)) for term in terms), dtype=np.int32, count=len(terms))

    def terms(self) -> tuple[str, ...]:
        """All terms, in the order of their numbers."""
        return tuple(self._number)

    def save(self) -> None:
        """Write the terms that are new since it was last saved; the connection is not committed."""
        if "_number" in self.__dict__ and len(self._number) > self._saved:
            new = islice(self._number, self._saved, None)
            self._connection.execute("INSERT INTO vocabulary VALUES (?, ?)", (self._saved, "\n".join(new)))
            self._saved = len(self._number)
