"""INDEX/milvus.json: which collections are this index's own, so that no other is ever deleted.

A collection is entered before it is made, and struck off after it is gone: what a killed run leaves is found here.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from embeddings.disk.durable_files import write_durably
from embeddings.errors import SnapshotError

_FILE = "milvus.json"


@dataclass(frozen=True, slots=True)
class Made:
    """A collection of this index."""

    uri: str
    collection: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What this index has in Milvus."""

    name: str
    """The alias of the live collection; those of all snapshots begin with it."""
    made: tuple[Made, ...] = ()

    def with_collection_of(self, snapshot: str, uri: str) -> tuple[Ledger, Made]:
        """The ledger with one more collection, and that."""
        made = Made(uri, f"{self.name}_{_plain(snapshot)}")
        return replace(self, made=(*(one for one in self.made if one != made), made)), made

    def without(self, gone: Made) -> Ledger:
        """The ledger with one collection less."""
        return replace(self, made=tuple(one for one in self.made if one != gone))


_LEDGER: TypeAdapter[Ledger] = TypeAdapter(Ledger)


def read_ledger(index: Path) -> Ledger | None:
    """The ledger of an index; None where it has never had anything in Milvus.

    Raises:
        SnapshotError: it is damaged.
    """
    try:
        return _LEDGER.validate_json((index / _FILE).read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise SnapshotError(
            f"{index / _FILE} 已损坏：里面记着本索引在 Milvus 里的 collection。请删掉它，再到 Milvus 里删掉不用的"
            " collection（名字以 suyuan_ 开头）。\n"
            "This list of the index's collections is damaged: delete it, and the unused collections by hand."
        ) from error


def new_ledger(index: Path) -> Ledger:
    """An empty ledger, under a name that no other index has, whatever its folder is called."""
    return Ledger(f"suyuan_{_plain(index.resolve().name)}_{secrets.token_hex(4)}")


def write_ledger(index: Path, ledger: Ledger) -> None:
    """Write the ledger so that a power cut leaves the old or the new one."""
    aside = index / f"{_FILE}.new"
    write_durably(aside, _LEDGER.dump_json(ledger, indent=1))
    aside.replace(index / _FILE)


def _plain(name: str) -> str:
    """What Milvus allows in a name."""
    return re.sub(r"[^A-Za-z0-9]+", "_", name)[:64]
