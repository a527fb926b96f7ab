"""The file of a model that runs in a process of ours: named by its path, or the pinned one in the user's cache."""

from __future__ import annotations

from pathlib import Path

from embeddings.bundled_model.bundled import default_cache
from qa.llm.model import GenerationError
from qa.local_llm import pinned
from qa.local_llm.pinned import PinnedModel

PROVIDER = "local"


class MissingModelError(GenerationError):
    """The pinned model was not fetched yet; the text names the command that does."""


def is_local(name: str) -> bool:
    """Whether a language model's name means one in a process of ours: `local` or `local:/path/to/model.gguf`."""
    return name.partition(":")[0].strip().lower() == PROVIDER


def model_file(name: str) -> Path:
    """The file that a name means: the one at its path, or without a path the pinned one, which has to be there.

    Raises:
        MissingModelError: the pinned one is not there.
        GenerationError: there is no file at the path.
    """
    named = name.partition(":")[2].strip()
    if not named:
        return _fetched(pinned.DEFAULT)
    path = Path(named).expanduser()
    if not path.is_file():
        raise GenerationError(
            f"没有模型文件 {path}：请写成 --llm local:/path/to/model.gguf，或不写路径，用默认的"
            " / There is no such model file: give its path as shown, or none for the default one"
        )
    return path.resolve()


def place_of(model: PinnedModel) -> Path:
    """Where the pinned model lies in the user's cache, once it is fetched; its name says which bytes it has."""
    return default_cache() / f"{Path(model.file).stem}-{model.sha256[:16]}.gguf"


def is_fetched(model: PinnedModel) -> bool:
    """Whether it is there. It gets its name only when its hash was found right; the size tells of a damaged disk."""
    place = place_of(model)
    return place.is_file() and place.stat().st_size == model.size


def _fetched(model: PinnedModel) -> Path:
    if not is_fetched(model):
        raise MissingModelError(
            f"本机还没有语言模型 {model.name}：请运行 suyuan fetch-model 下载（{gigabytes(model.size)}），"
            "或用 --llm local:/path/to/model.gguf 指定一个"
            f" / {model.name} is not on this machine yet: run `suyuan fetch-model`, or name a file as shown"
        )
    return place_of(model)


def gigabytes(size: int) -> str:
    """A size as users are told it."""
    return f"{size / 1e9:.2f} GB"
