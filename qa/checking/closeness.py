"""How near in meaning two texts are, by the snapshot's embedding model; each text is embedded once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoding.encoder import Encoder

_MOST = 8
"""Texts, at most, that one sentence is compared with."""


class Closeness:
    """Compares texts as passages, so that neither is taken for a question."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def cosines(self, text: str, others: Sequence[str]) -> list[float]:
        """Cosine of the text with each of the others, of which the first eight count."""
        wanted = list(dict.fromkeys([text, *others[:_MOST]]))
        new = [one for one in wanted if one not in self._vectors]
        self._vectors.update(zip(new, self._encoder.encode_passages(new), strict=True))
        own = self._vectors[text]
        return [float(own @ self._vectors[other]) for other in others[:_MOST]]
