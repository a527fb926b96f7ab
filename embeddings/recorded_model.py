"""Under which model a vector is kept, where one model may have more than one fingerprint."""

from __future__ import annotations

import sqlite3

from embeddings.encoding.encoder import Encoder
from embeddings.encoding.revisions import same_revision


def recorded_model(connection: sqlite3.Connection, encoder: Encoder) -> str:
    """The `model` of the table `vectors` (whose primary key begins with it) that is this encoder's.

    It is the encoder's own name and revision, unless the table has the same model under another sketch of it.
    """
    prefix = f"{encoder.name}@"
    own = prefix + encoder.revision
    found: str = prefix
    # From one model to the next by the index: DISTINCT would read every vector.
    while row := connection.execute(
        "SELECT model FROM vectors WHERE model > ? ORDER BY model LIMIT 1", [found]
    ).fetchone():
        found = row[0]
        if not found.startswith(prefix):
            break
        if same_revision(found.removeprefix(prefix), encoder.revision):
            return found
    return own
