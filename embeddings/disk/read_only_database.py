"""An SQLite file of a snapshot, which nothing changes any more, read from several threads."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path


class ReadOnlyDatabase:
    """Each thread has a connection of its own, opened when it first asks."""

    def __init__(self, file: Path) -> None:
        self._uri = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        self._local = threading.local()

    def execute(self, query: str, *values: str | int) -> sqlite3.Cursor:
        """The rows of a query.

        Raises:
            sqlite3.Error: the file is missing or damaged.
        """
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = sqlite3.connect(self._uri, uri=True)
        return connection.execute(query, values)
