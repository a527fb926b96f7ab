"""A folder of articles -> a new live snapshot, where anything has changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from embeddings.bundled_model import bundled
from embeddings.disk.writer_lock import writer_of
from embeddings.encoding.encoder import Encoder, encoder_apart
from embeddings.errors import SnapshotError
from embeddings.manifest import Manifest, Store
from embeddings.preparation.limits import Limits
from embeddings.progress import Tell, silent
from embeddings.reading.files import find_files
from embeddings.rebuilding.inputs import inputs_digest, program_digest
from embeddings.rebuilding.store_choice import same_store, store_of
from embeddings.snapshot.snapshot import live_id, open_snapshot, read_manifest
from embeddings.types import SetAside


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild did."""

    snapshot: str
    articles: int
    passages: int
    parsed: int
    """Documents whose content had to be read out; that of the others was known."""
    embedded: int
    """Passages that had to be embedded; the vectors of the others were kept."""
    reprints: int
    """Files that hold an article which another file holds too."""
    set_aside: tuple[SetAside, ...]
    seconds: float
    changed: bool = True
    """Whether there was anything to do: else the live snapshot, which this report is of, was left as it is."""


def rebuild(
    folder: Path,
    index: Path,
    model: str | None = None,
    tell: Tell = silent,
    force: bool = False,
    devices: Sequence[str] = (),
    store: Store | None = None,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> RebuildReport:
    """Read the articles under `folder` and make them the live snapshot of `index`.

    `model` and `devices` are what `load_encoder` takes; None is the bundled model. `tell` is told how far it
    is. Only what has changed since the last rebuild of this index is read and embedded, and one that was interrupted
    goes on. The live snapshot stays as it is until the new one is complete and verified. With `force` the new one may
    have less than half its articles, and is built though nothing has changed. `store` says where what is searched goes;
    None: where that of the live snapshot is. `limits` is what reading one document may take; one that takes more is set
    aside.

    Files are read by several processes where there are many; a script that calls this has to keep its top level under
    `if __name__ == "__main__"`, as for multiprocessing.

    Raises:
        CorpusError: the folder is missing or holds no readable article.
        ModelError: the model can't be loaded.
        LockedError: another rebuild of this index is running.
        SnapshotError: the index can't be written, lost more than half its articles, or failed its self-check; or the
            Milvus server can't be reached.
    """
    started = time.monotonic()
    # Before anything is read, so that what changes meanwhile is noticed next time.
    found = find_files(folder)
    program = program_digest()
    inputs = inputs_digest(program, folder, found)
    store = store_of(index, store)
    if not force and (live := _made_of(index, inputs, model, store)):
        return _report(live, started)
    with writer_of(index):
        encoder = _loading(model, devices)
        # Only now, for it imports all that reads files and writes snapshots, while the model is being loaded.
        from embeddings.rebuilding.building import Asked, build

        built = build(Asked(folder, index, tell, force, store, found, program, inputs, limits), encoder)
    return _report(built.manifest, started, built.parsed, built.embedded, changed=True)


def _loading(model: str | None, devices: Sequence[str]) -> Callable[[], Encoder]:
    """Load the model while the rest goes on; gives it, or raises why not."""
    loaded: Future[Encoder] = Future()

    def load() -> None:
        try:
            loaded.set_result(encoder_apart(model, devices) if devices else encoder_apart(model))
        except BaseException as error:  # noqa: BLE001 (raised again where the model is needed)
            loaded.set_exception(error)

    threading.Thread(target=load, daemon=True).start()
    return loaded.result


def _made_of(index: Path, inputs: str, model: str | None, store: Store) -> Manifest | None:
    """What the live snapshot says of itself, if it was made of the same by the bundled model and is whole.

    Any other model may have changed under the same name, which only loading it shows.
    """
    if model not in (None, bundled.MODEL_NAME):
        return None
    made = (inputs, bundled.MODEL_NAME, bundled.REVISION)
    try:
        manifest = read_manifest(index, live_id(index))
        same = (manifest.origin.inputs, manifest.model, manifest.revision) == made and same_store(manifest.store, store)
        return open_snapshot(index, manifest.id).manifest if same else None
    except SnapshotError:
        return None


def _report(
    manifest: Manifest, started: float, parsed: int = 0, embedded: int = 0, changed: bool = False
) -> RebuildReport:
    return RebuildReport(
        snapshot=manifest.id,
        articles=manifest.articles,
        passages=manifest.passages,
        parsed=parsed,
        embedded=embedded,
        reprints=manifest.origin.reprints,
        set_aside=manifest.origin.set_aside,
        seconds=round(time.monotonic() - started, 2),
        changed=changed,
    )


def roll_back_index(index: Path) -> str:
    """Make the previous snapshot of the index live again; returns its id.

    Raises:
        SnapshotError: there is no index or no previous snapshot.
        LockedError: a rebuild is running.
    """
    from embeddings.rebuilding.snapshot_writer import roll_back

    if not index.is_dir():
        return roll_back(index)
    with writer_of(index):
        return roll_back(index)
