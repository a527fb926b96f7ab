"""The same snapshot on this machine and in Milvus: what publishing it takes, and whether both find the same.

    python -m benchmarks.speed.in_milvus SHARED [--articles N] [--uri URI]

SHARED holds news/news-20k.txt.xz, the articles, and reading/dev.jsonl.xz, the questions. Without --uri: Milvus Lite.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.measuring.machine import describe_machine
from embeddings.encoding.encoder import Encoder, load_encoder
from embeddings.manifest import Store
from embeddings.milvus.legs import open_legs
from embeddings.milvus.server import Server
from embeddings.rebuilding.milvus_publishing import publish
from embeddings.rebuilding.rebuild import rebuild
from embeddings.snapshot.snapshot import Snapshot, open_live
from material.corpora import news_articles, reading_questions, write_corpus
from qa.retrieving.retriever import Rankings, Retriever

_QUESTIONS = 200
_TOP = 10


def main() -> None:
    """Build, publish, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--uri")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        folder = write_corpus(work / "articles", islice(news_articles(args.shared), args.articles))
        rebuild(folder, work / "index")
        here = open_live(work / "index")
        there = _published(work, here, args.uri or str(work / "milvus.db"))
        encoder = load_encoder()
        asked = [one.question for one in reading_questions(args.shared).asked]
        questions = asked[:: len(asked) // _QUESTIONS][:_QUESTIONS]
        passages = here.manifest.passages
        print(f"{describe_machine()}; {args.articles} articles, {passages} passages, {len(questions)} questions")
        found = [_rankings(name, snapshot, encoder, questions) for name, snapshot in (("here", here), ("there", there))]
        for leg in ("dense", "lexical", "fused"):
            same = sum(_top(a, leg) == _top(b, leg) for a, b in zip(*found, strict=True))
            print(f"{leg}: the same first {_TOP} for {same} of {len(questions)} questions")
        _holding(here, there, questions)
        Server(there.manifest.store.uri).drop(there.manifest.store.collection)


def _published(work: Path, here: Snapshot, uri: str) -> Snapshot:
    building = Path(shutil.copytree(work / "index" / "snapshots" / here.manifest.id, work / "published"))
    before = time.monotonic()
    moved = publish(work, building, replace(here.manifest, store=Store("milvus", uri)))
    seconds = time.monotonic() - before
    print(f"published in {seconds:.1f} s, {moved.passages / seconds:.0f} passages a second, checks included")
    for path in (Path(uri), building, work / "index" / "snapshots" / here.manifest.id):
        if path.exists():
            held = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
            print(f"{path.name}: {held / moved.passages:.0f} bytes a passage")
    dense, lexical = open_legs(building, moved)
    return replace(here, manifest=moved, dense=dense, lexical=lexical)


def _rankings(name: str, snapshot: Snapshot, encoder: Encoder, questions: Sequence[str]) -> list[Rankings]:
    retriever = Retriever(snapshot, encoder)
    found = [retriever.rankings(question) for question in questions[:3]]
    vectors = [encoder.encode_query(question) for question in questions]
    found_by_vector = [[hit.passage for hit in snapshot.dense.search(vector, 100)] for vector in vectors]
    named = list(zip(vectors, found_by_vector, strict=True))
    _say(name, "dense search of 100", [lambda v=v: snapshot.dense.search(v, 100) for v in vectors])
    _say(name, "lexical search of 100", [lambda q=q: snapshot.lexical.search(q, 100) for q in questions])
    _say(name, "100 exact cosines", [lambda v=v, n=n: snapshot.dense.cosines(v, n) for v, n in named])
    _say(name, "all of retrieval", [lambda q=q: found.append(retriever.rankings(q)) for q in questions])
    return found[3:]


def _say(name: str, what: str, calls: Sequence[Callable[[], object]]) -> None:
    seconds: list[float] = []
    for call in calls:
        before = time.monotonic()
        call()
        seconds.append(time.monotonic() - before)
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    print(f"{name}: {what}: p50 {p50:.1f} ms, p95 {p95:.1f} ms")


def _top(found: Rankings, leg: str) -> list[int]:
    return [hit.passage for hit in getattr(found, leg)[:_TOP]]


def _holding(here: Snapshot, there: Snapshot, questions: Sequence[str]) -> None:
    words = [list(question[:2]) for question in questions[:10]]
    _say("here", "passages that hold two characters", [lambda w=w: here.lexical.holding(w) for w in words])
    _say("there", "passages that hold two characters", [lambda w=w: there.lexical.holding(w) for w in words])
    same = sum(here.lexical.holding(w).tolist() == there.lexical.holding(w).tolist() for w in words)
    print(f"holding: the same for {same} of {len(words)}")


if __name__ == "__main__":
    main()
