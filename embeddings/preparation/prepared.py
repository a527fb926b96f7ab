"""The content of one document -> all that an index needs of it, whatever it is called and whatever lies beside it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings.containers.member import Member
from embeddings.containers.opening import CONTAINERS
from embeddings.index.bm25_matrix import TermBlock, count_terms
from embeddings.index.lexical import tokenize
from embeddings.page.unreadable import UnreadableError
from embeddings.reading.articles import cannot_be_read, parse_article
from embeddings.reading.files import read_bytes
from embeddings.reading.members import Listing, list_container, read_member
from embeddings.reading.reprints import Fingerprint, fingerprint
from embeddings.structure.chunking import cut_passages, embedded_text
from embeddings.structure.outline import read_outline
from embeddings.types import Article, Outline, Passage

TOO_MUCH_MEMORY = "读取时占用内存太多，没有读；文件可能有问题，请拆成几个文件再试。"
"""Why a file is set aside whose reading takes more memory than it may."""


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
class Source:
    """What is read at a time: a file, or a document in the container that it is."""

    file: Path
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What came of reading a document."""

    stamp: str
    """Of the file as it was read; of a member empty."""
    digest: bytes
    """The sha256 of its content; empty where it could not be read at all, which may be otherwise the next time."""
    prepared: Prepared | None = None
    reason: str = ""
    """Why there is no article, or not all of it: a sentence for the user."""


def read_source(source: Source) -> ReadFile | Listing:
    """Read a document and prepare what it holds, or list what a container holds.

    Whatever is wrong with it, the reason is in what is returned.
    """
    try:
        if source.member is not None:
            return _prepared(read_member(source.file, source.member), source.member.suffix, "")
        suffix = source.file.suffix.lower()
        if suffix in CONTAINERS:
            return list_container(source.file)
        data, stamp = read_bytes(source.file)
        return _prepared(data, suffix, stamp)
    except OSError as error:
        return ReadFile("", b"", reason=cannot_be_read(error))
    except UnreadableError as error:
        return ReadFile("", b"", reason=str(error))
    except MemoryError:
        return ReadFile("", b"", reason=TOO_MUCH_MEMORY)
    # Whatever stands in a file: that a library, or we, did not think of it must not end the reading of all others.
    except Exception as error:
        logging.getLogger(__name__).debug("%s was not read", source.file, exc_info=True)
        return ReadFile("", b"", reason=f"读取时出错（{type(error).__name__}），没有读；文件多半已损坏。")


def _prepared(data: bytes, suffix: str, stamp: str) -> ReadFile:
    digest = hashlib.sha256(data).digest()
    try:
        article = parse_article(data, suffix)
        return ReadFile(stamp, digest, prepare(article), article.unread)
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
