"""The content of one file -> all that an index needs of it, whatever the file is called and whatever lies beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings.index.bm25_matrix import TermBlock, count_terms
from embeddings.index.lexical import tokenize
from embeddings.page.unreadable import UnreadableError
from embeddings.reading.articles import cannot_be_read, parse_article
from embeddings.reading.files import read_bytes
from embeddings.reading.reprints import Fingerprint, fingerprint
from embeddings.structure.chunking import cut_passages, embedded_text
from embeddings.structure.outline import read_outline
from embeddings.types import Article, Outline, Passage


@dataclass(frozen=True, slots=True)
class IndexedTexts:
    """What both legs index of an article's passages."""

    digests: bytes
    """The sha256 of each passage's text, one behind the other: what its vector is kept by."""
    vocabulary: tuple[str, ...]
    """The terms that `block` numbers."""
    block: TermBlock


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with all that was made of it; ids and paths are still to be given."""

    article: Article
    outline: Outline
    passages: tuple[Passage, ...]
    fingerprint: Fingerprint
    indexed: IndexedTexts


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What came of reading a file."""

    stamp: str
    """Of the file as it was read."""
    digest: bytes
    """The sha256 of its content; empty where it could not be read at all, which may be otherwise the next time."""
    prepared: Prepared | None = None
    reason: str = ""
    """Where there is no article: why, a sentence for the user."""


def read_file(file: Path) -> ReadFile:
    """Read one file and prepare what it holds; whatever is wrong with it, the reason is in what is returned."""
    try:
        data, stamp = read_bytes(file)
    except OSError as error:
        return ReadFile("", b"", reason=cannot_be_read(error))
    except UnreadableError as error:
        return ReadFile("", b"", reason=str(error))
    digest = hashlib.sha256(data).digest()
    try:
        return ReadFile(stamp, digest, prepare(parse_article(data, file.suffix.lower())))
    except UnreadableError as error:
        return ReadFile(stamp, digest, reason=str(error))


def prepare(article: Article) -> Prepared:
    """Cut an article into passages and count their terms."""
    outline = read_outline(article)
    passages = cut_passages(article, outline)
    return Prepared(article, outline, passages, fingerprint(article), index_texts(article, passages))


def index_texts(article: Article, passages: Sequence[Passage]) -> IndexedTexts:
    """What both legs index of these passages of the article."""
    texts = [embedded_text(article, passage) for passage in passages]
    vocabulary, block = count_terms(map(tokenize, texts))
    return IndexedTexts(b"".join(map(text_digest, texts)), vocabulary, block)


def text_digest(text: str) -> bytes:
    """What the vector of a text is kept by."""
    return hashlib.sha256(text.encode("utf-8")).digest()
