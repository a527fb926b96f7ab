"""What an index keeps to save time, thrown away where it is damaged: that costs nothing but the time."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def throw_away_if_damaged(file: Path, error: sqlite3.DatabaseError) -> None:
    """Remove an SQLite file where `error` says that it is damaged; any other error is raised again."""
    # SQLite says a damaged file by the base class; a full disk, a lock and the like have classes of their own.
    if type(error) is not sqlite3.DatabaseError:
        raise error
    for each in (file, file.with_name(f"{file.name}-journal")):
        each.unlink(missing_ok=True)
