"""The bundled model as an encoder, run by the project's own network: nothing is imported but PyTorch and tokenizers.

Its vectors are those that sentence-transformers makes of the same folder (cosine 0.9999 and more), which takes seconds
to import.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embeddings.bundled_model import bundled
from embeddings.bundled_model.e5_folder import PASSAGE_PROMPT, QUERY_PROMPT
from embeddings.errors import ModelError
from embeddings.network.batches import batches_by_length, tokens_at_once
from embeddings.network.texts import special_id, well_formed
from embeddings.network.vectors import unit_rows

if TYPE_CHECKING:
    import torch
    from tokenizers import Encoding, Tokenizer

    from embeddings.network.bert import Bert

_LONGEST = 512
"""Tokens that are read of a text."""
_TABLE = "embeddings.word_embeddings.weight"


class BundledEncoder:
    """An Encoder over multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672); for several threads."""

    def __init__(self, network: Bert, tokenizer: Tokenizer, device: str) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._tokenizer.enable_truncation(_LONGEST)
        self._padding, self._unknown = special_id(tokenizer, "<pad>"), special_id(tokenizer, "<unk>")
        self._device = device
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The bundled model's fixed name."""
        return bundled.MODEL_NAME

    @property
    def revision(self) -> str:
        """The bundled file's hash."""
        return bundled.REVISION

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return bundled.DIMENSION

    def has_word(self, word: str) -> bool:
        """Whether the word stands in the model's vocabulary as one piece, by itself or at the start of a word."""
        numbers = (self._tokenizer.token_to_id(piece) for piece in (word, f"▁{word}"))
        return any(number not in (None, self._unknown) for number in numbers)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed passages, in their order: (n, dimension), rows of length one."""
        coded = self._tokenizer.encode_batch([PASSAGE_PROMPT + well_formed(text) for text in texts])
        vectors = np.zeros((len(coded), self.dimension), np.float32)
        with self._lock:
            for rows in batches_by_length([len(one.ids) for one in coded], tokens_at_once(self._device)):
                vectors[rows] = self._vectors([coded[row] for row in rows])
        return unit_rows(vectors)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed one question: (dimension,), of length one."""
        coded = self._tokenizer.encode(QUERY_PROMPT + well_formed(text))
        with self._lock:
            row: NDArray[np.float32] = unit_rows(self._vectors([coded]))[0]
        return row

    def _vectors(self, coded: Sequence[Encoding]) -> NDArray[np.float32]:
        """The means of the states of each text's tokens."""
        import torch

        longest = max(len(one.ids) for one in coded)
        ids = torch.full((len(coded), longest), self._padding)
        mask = torch.zeros((len(coded), longest), dtype=torch.bool)
        for row, one in enumerate(coded):
            ids[row, : len(one.ids)] = torch.tensor(one.ids)
            mask[row, : len(one.ids)] = True
        with torch.inference_mode():
            states = self._network(ids.to(self._device), mask.to(self._device)).float()
            seen = mask.to(self._device).unsqueeze(-1)
            means: torch.Tensor = (states * seen).sum(dim=1) / seen.sum(dim=1)
        vectors: NDArray[np.float32] = means.cpu().numpy()
        return vectors


def load_bundled(cache: Path | None = None, device: str | None = None) -> BundledEncoder:
    """The bundled model on a device, by default the best there is; in bfloat16 where the CPU is fast at it.

    Raises ModelError where it can't be unpacked or is damaged.
    """
    folder = bundled.unpack(cache)
    try:
        return _load(folder, device)
    except Exception as error:
        raise ModelError(
            f"内置模型无法加载（{error}）：删除文件夹 {folder} 后重新运行。"
            f" / The bundled model can't be loaded ({error}): delete {folder} and run again."
        ) from error


def _load(folder: Path, device: str | None) -> BundledEncoder:
    import torch
    from safetensors.torch import load_file
    from tokenizers import Tokenizer

    from embeddings.network.bert import Bert, BertSize
    from embeddings.network.number_format import bfloat16_is_fast

    where = device or best_device()
    dtype = torch.bfloat16 if where == "cpu" and bfloat16_is_fast() else torch.float32
    network = Bert(BertSize.from_json((folder / "config.json").read_text("utf-8")))
    weights = load_file(folder / "model.safetensors")
    as_read = {_TABLE} if where == "cpu" else set()
    # The file's pages of the table are read as its rows are needed, and never copied.
    kept = {name: weights[name] if name in as_read else weights[name].to(dtype) for name in network.state_dict()}
    network.load_state_dict(kept, assign=True)
    return BundledEncoder(network.to(where).eval(), Tokenizer.from_file(str(folder / "tokenizer.json")), where)


def best_device() -> str:
    """PyTorch's name of the best device there is."""
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
