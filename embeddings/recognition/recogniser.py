"""Pictures of text -> the pieces of lines in them and where these stand, by RapidOCR with the models in its package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings import pulse

LONGEST_SIDE = 2000
"""Pixels that the longer side of a picture is made to have at most; of a page of A4 that is 170 to the inch."""
EXTRA = 'pip install "suyuan[ocr]"'
"""What installs it."""
_PACKAGES = ("rapidocr", "onnxruntime")
_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx", "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx", "Rec": "PP-OCRv6_rec_small.onnx"
}  # fmt: skip
"""Files in the package: named, so that none is ever looked for elsewhere."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that was recognised; lengths in pixels, from the upper left corner of the picture."""

    text: str
    certainty: float
    """0 to 1."""
    corners: tuple[tuple[float, float], ...]
    """Of the box around it: upper left, upper right, lower right, lower left, as one reads it."""


class Recogniser(Protocol):
    """What recognises text."""

    def pieces(self, picture: NDArray[np.uint8]) -> Sequence[Piece]:
        """The text in a picture of the shape (height, width, 3): blue, green, red."""
        ...


def is_installed() -> bool:
    """Whether the extra is."""
    return all(find_spec(package) is not None for package in _PACKAGES)


@cache
def recogniser() -> Recogniser:
    """The recogniser of the extra, one for all files of this process; it loads its models for the first picture."""
    return _Rapid()


class _Rapid:
    def pieces(self, picture: NDArray[np.uint8]) -> list[Piece]:
        """The text in a picture, which may take seconds."""
        found = self._engine(picture)
        pulse.beat()
        if found.boxes is None or found.txts is None or found.scores is None:
            return []
        return [
            Piece(text, float(score), tuple((float(x), float(y)) for x, y in box))
            for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        ]

    @cached_property
    def _engine(self) -> Any:
        import rapidocr

        models = Path(rapidocr.__file__).parent / "models"
        settings: dict[str, object] = {f"{part}.model_path": str(models / name) for part, name in _MODELS.items()}
        # Pages are shared out to processes, one for each core: threads of their own would only take each other's.
        settings["EngineConfig.onnxruntime.intra_op_num_threads"] = 1
        # What is kept of it is decided by who asked.
        settings |= {"Global.text_score": 0.0, "Global.max_side_len": LONGEST_SIDE, "Global.log_level": "critical"}
        return rapidocr.RapidOCR(params=settings)
