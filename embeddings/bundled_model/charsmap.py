"""Writes SentencePiece's precompiled character map, the form in which `tokenizers` takes a table of replacements.

The blob is a little-endian uint32 with the trie's size in bytes, the trie, then the replacements as UTF-8, each
ended by a zero byte. The trie is a double array of uint32 units as darts-clone defines them
(github.com/s-yata/darts-clone, include/darts.h):

- a node's unit holds its label in bits 0-7, "has a leaf" in bit 8, and from bit 10 on an offset;
- node XOR offset is the base of its children: child with label b stands at base XOR b, the leaf at the base itself;
- a leaf's unit has bit 31 set and holds the value: here the byte position of the replacement.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

_HAS_LEAF = 1 << 8
_OFFSET_SHIFT = 10
_MAX_OFFSET = 1 << 21
"""Larger offsets need darts-clone's second encoding; a table of some thousand characters stays far below."""
_LEAF_MARK = 1 << 31


class _Node:
    """A node while the trie is built: children by byte, and the value of the key that ends here."""

    __slots__ = ("children", "value")

    def __init__(self) -> None:
        self.children: dict[int, _Node] = {}
        self.value: int | None = None


def compile_charsmap(replacements: Mapping[str, str]) -> bytes:
    """Compile a table from single characters to their replacements (the empty string deletes the character).

    Raises ValueError for an empty table, an empty key, or a NUL in a key or replacement (NUL ends strings here).
    """
    if not replacements:
        raise ValueError("a precompiled character map holds at least one character")
    root = _Node()
    texts = bytearray()
    for key, replacement in replacements.items():
        if not key or "\0" in key or "\0" in replacement:
            raise ValueError(f"a precompiled character map can't hold {key!r} -> {replacement!r}")
        node = root
        for byte in key.encode("utf-8"):
            node = node.children.setdefault(byte, _Node())
        node.value = len(texts)
        texts += replacement.encode("utf-8") + b"\0"
    trie = _double_array(root)
    return struct.pack("<I", len(trie)) + trie + bytes(texts)


def _double_array(root: _Node) -> bytes:
    """Lay the nodes out, first fit: every node gets a base of its own at which all its children's places are free."""
    units = [0] * 256
    taken = {0}
    bases: set[int] = set()
    queue = [(root, 0)]
    # Places only fill up: where a set of labels did not fit once, it never will, so its next search starts after.
    starts: dict[tuple[int, ...], int] = {}
    for node, position in queue:
        labels = tuple(sorted(node.children) if node.value is None else [0, *sorted(node.children)])
        base = _free_base(labels, taken, bases, starts.get(labels, 1))
        starts[labels] = base ^ labels[0]
        if (base ^ position) >= _MAX_OFFSET:
            raise ValueError("too many characters for one precompiled character map")
        bases.add(base)
        # A lookup may touch any unit of the base's block of 256 before it finds the label wrong.
        units.extend([0] * max(0, (base | 0xFF) + 1 - len(units)))
        units[position] |= (base ^ position) << _OFFSET_SHIFT
        if node.value is not None:
            units[position] |= _HAS_LEAF
            units[base] = _LEAF_MARK | node.value
        for label, child in node.children.items():
            units[base ^ label] = label
            queue.append((child, base ^ label))
        taken.update(base ^ label for label in labels)
    return struct.pack(f"<{len(units)}I", *units)


def _free_base(labels: tuple[int, ...], taken: set[int], bases: set[int], start: int) -> int:
    """The base that puts the first label on the first free place from `start` on where the others fit too."""
    place = start
    while True:
        base = place ^ labels[0]
        if base not in bases and not any(base ^ label in taken for label in labels):
            return base
        place += 1
