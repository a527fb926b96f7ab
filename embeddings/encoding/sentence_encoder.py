"""An encoder over a sentence-transformers model in this process."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embeddings.encoding.prompts import e5_prompts
from embeddings.errors import ModelError
from embeddings.network.batches import batches_by_length, tokens_at_once
from embeddings.network.texts import well_formed
from embeddings.network.vectors import unit_rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


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
        self._tokens = tokens_at_once(model.device.type)
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
        """Embed passages, in their order: (n, dimension), rows of length one."""
        passages = [well_formed(text) for text in texts]
        vectors = np.zeros((len(passages), self._dimension), np.float32)
        with self._lock:
            for rows in batches_by_length(self._token_counts(passages), self._tokens):
                vectors[rows] = self._model.encode_document(
                    [passages[row] for row in rows],
                    prompt=self._passage_prompt,
                    batch_size=len(rows),
                    show_progress_bar=False,
                )
        return unit_rows(vectors)

    def _token_counts(self, texts: Sequence[str]) -> list[int]:
        """How many tokens the model reads of each text; characters where it does not say.

        Characters are a poor measure, one token being one to four of them: much of a batch would be padding.
        """
        if not texts:
            return []
        mask = self._model.preprocess(list(texts), prompt=self._passage_prompt).get("attention_mask")
        counts: list[int] = [len(text) for text in texts] if mask is None else mask.sum(dim=1).tolist()
        return counts

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed one question: (dimension,), of length one."""
        with self._lock:
            vectors = self._model.encode_query([well_formed(text)], prompt=self._query_prompt, show_progress_bar=False)
        row: NDArray[np.float32] = unit_rows(np.asarray(vectors, np.float32))[0]
        return row


def _prompts(model: SentenceTransformer, name: str) -> dict[str, str]:
    """The model's prompts; e5's where an e5 model has none in its configuration, which most on the hub have not."""
    prompts = {key: prompt or "" for key, prompt in model.prompts.items()}
    e5 = e5_prompts(name)
    return {"query": e5.query, "document": e5.passage} if e5 and not any(prompts.values()) else prompts


def _first_prompt(prompts: Mapping[str, str], names: tuple[str, ...], default: str | None) -> str:
    # sentence-transformers adds an empty "document" prompt, which its own choice takes before a real "passage".
    for name in names:
        if prompts.get(name):
            return prompts[name]
    return prompts.get(default, "") if default else ""
