"""Cuts the bundled encoder's vocabulary of 250,000 pieces down to those that Chinese text is made of.

A piece that is left out is not lost: the unigram model splits it into the pieces that stay. Characters that the
encoder never knew (蕲, 荥, 浠: place names) get vectors of their own, so that question and passage can agree.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tqdm import tqdm

_SPECIAL = 4
"""<s>, <pad>, </s>, <unk> stand first."""
_BATCH = 512
_HAN = re.compile(r"[㐀-鿿]")
_FUNCTION = "的在了是和与为于被由也但到有"
_STRADDLING = re.compile(rf"\d[^\d.]|[^\d.▁]\d|[^\w▁].|.[^\w▁]|^[{_FUNCTION}]|[{_FUNCTION}年月日元]$")
"""Pieces of several characters in which an answer may begin or end: “年1”, “),”, “的经济”, “日在”. Without them 98.9%
of the answers in the reading data begin and end with a piece, with them 95.4%."""


@dataclass(frozen=True, slots=True)
class CutVocabulary:
    """A tokenizer of fewer pieces; its pieces are those of `rows` in the full one, then `added` new characters."""

    tokenizer: Tokenizer
    rows: tuple[int, ...]
    added: int


def cut_vocabulary(full: Tokenizer, texts: Sequence[str], least: int) -> CutVocabulary:
    """Keep the special pieces, single characters, and pieces that stand at least `least` times in the texts.

    New are the Chinese characters of the texts and of GB 2312 that the full vocabulary does not have.
    """
    seen = _count(full, texts)
    definition = json.loads(full.to_str())
    pieces: list[tuple[str, float]] = [tuple(piece) for piece in definition["model"]["vocab"]]
    kept = [row for row, (piece, _) in enumerate(pieces) if row < _SPECIAL or _is_kept(piece, seen[row], least)]
    known = {piece for piece, _ in pieces}
    han = {character for text in texts for character in text if _HAN.match(character)}
    new = sorted((han | _gb2312()) - known)
    rarest = min(pieces[row][1] for row in kept)
    definition["model"]["vocab"] = [pieces[row] for row in kept] + [(character, rarest) for character in new]
    definition["added_tokens"] = [token for token in definition["added_tokens"] if token["id"] < _SPECIAL]
    return CutVocabulary(Tokenizer.from_str(json.dumps(definition)), tuple(kept), len(new))


def _is_kept(piece: str, seen: int, least: int) -> bool:
    if len(piece) == 1:
        return seen >= least or piece.isascii() or _HAN.match(piece) is not None
    return seen >= least and not _STRADDLING.search(piece)


def _gb2312() -> set[str]:
    """The 6,763 characters of everyday simplified writing and of names."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return set("".join(code.decode("gb2312", "replace") for code in codes)) - {"\N{REPLACEMENT CHARACTER}"}


def cut_embeddings(table: NDArray[np.float32], cut: CutVocabulary, seed: int) -> NDArray[np.float32]:
    """The rows that are kept, and for new characters vectors drawn like those of the Chinese characters kept."""
    definition = json.loads(cut.tokenizer.to_str())
    kept = table[list(cut.rows)]
    pieces = [piece for piece, _ in definition["model"]["vocab"]][: len(cut.rows)]
    han = kept[[len(piece) == 1 and _HAN.match(piece) is not None for piece in pieces]]
    drawn = np.random.default_rng(seed).normal(han.mean(axis=0), han.std(axis=0), (cut.added, table.shape[1]))
    return np.concatenate([kept, drawn.astype(np.float32)])


def _count(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    seen: Counter[int] = Counter()
    for batch in _batches(tqdm(texts, desc="tokens", unit=" texts")):
        for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
            seen.update(encoding.ids)
    return seen


def _batches(texts: Iterable[str]) -> Iterator[Sequence[str]]:
    iterator = iter(texts)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
