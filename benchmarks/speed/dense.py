"""Ways to keep and search vectors, by size: seconds to build, bytes, milliseconds a question, recall@10.

    python -m benchmarks.speed.dense INDEX [--sizes 80000,300000] [--questions FILE] [--clustered]

INDEX is an index of real articles. Where a size asks for more vectors than it has, more are made of them: each blends,
about the mean of all, what is special to a passage and to one of its 63 nearest (0.75 and 0.66 of it), and a little
noise, so that cosines are spread as among the real ones. Recall is against an exact search in float32, of the stand-ins
for questions that an index is measured with when it is built; with --questions (JSON lines with "question") also of
these, embedded by the model of the index. Times are of a question at a time for 100 passages: by one thread, with the
median of its processor time, which a busy machine sways less, and by as many threads as FAISS takes by itself.
--clustered also measures IVF and HNSW, which take minutes to build.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring.machine import describe_machine
from embeddings.encoding.encoder import load_encoder
from embeddings.errors import SuyuanError
from embeddings.index import dense_kinds
from embeddings.index.dense_recall import DEPTH, Probes, exact_nearest, make_probes
from embeddings.snapshot.snapshot import Snapshot, open_live

Vectors = NDArray[np.float32]
_LIMIT, _TIMED = 100, 100
_NEIGHBOURS = 64
_IVF_PARTS, _HNSW_EFFORTS = (32, 16, 8, 4), (100, 200, 400)
_HEAD = (
    "passages",
    "kind",
    "build s",
    "MB",
    "CPU ms",
    "1 thread p50",
    "p95 ms",
    "default p50",
    "p95 ms",
    "recall",
    "questions",
)


def main() -> int:
    """Print a row for each kind at each size; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument(
        "--sizes", default="80000,300000", help="numbers of passages, with commas between (%(default)s)"
    )
    parser.add_argument("--questions", type=Path, help="JSON lines with questions to measure recall on too")
    parser.add_argument("--clustered", action="store_true", help="measure IVF and HNSW too")
    args = parser.parse_args()
    try:
        snapshot = open_live(args.index)
        questions = _embedded(snapshot, args.questions) if args.questions else None
    except (SuyuanError, OSError) as error:
        print(f"benchmarks.speed.dense: {error}")
        return 2
    real = snapshot.dense.vectors(range(snapshot.dense.size))
    print(f"machine {describe_machine()}; FAISS {faiss.__version__}; {len(real)} real vectors")
    print("| " + " | ".join(_HEAD) + " |\n|" + "---|" * len(_HEAD))
    for size in map(int, args.sizes.split(",")):
        _measure_all(_grown(real, size), questions, args.clustered)
    return 0


def _measure_all(vectors: Vectors, questions: Vectors | None, clustered: bool) -> None:
    asked = [make_probes(vectors)]
    if questions is not None:
        asked.append(Probes(questions, exact_nearest(questions, vectors)))
    _measure("exact-fp32", dense_kinds.exact_fp32, vectors, asked)
    _measure("exact-fp16", dense_kinds.exact_fp16, vectors, asked)
    _measure("exact-sq8", _sq8, vectors, asked)
    _measure("rabitq-fp16", dense_kinds.one_bit, vectors, asked, (200, 400, 800), dense_kinds.set_candidates)
    if clustered:
        lists = int(4 * math.sqrt(len(vectors)))
        probes = [lists // part for part in _IVF_PARTS]
        _measure("ivf-fp16", _ivf, vectors, asked, probes, lambda index, n: setattr(index, "nprobe", n))
        _measure("hnsw-fp16", _hnsw, vectors, asked, _HNSW_EFFORTS, _set_effort)


def _measure(
    name: str,
    build: Callable[[Vectors], faiss.Index],
    vectors: Vectors,
    asked: Sequence[Probes],
    settings: Sequence[int] = (0,),
    apply: Callable[[faiss.Index, int], None] = lambda index, setting: None,
) -> None:
    began = time.perf_counter()
    index = build(vectors)
    seconds = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "index"
        faiss.write_index(index, str(file))
        size = file.stat().st_size / 1e6
        opened = faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)
        for setting in settings:
            apply(opened, setting)
            one = _milliseconds(lambda v: dense_kinds.nearest(opened, v, _LIMIT), asked[-1].vectors)
            own = _milliseconds(lambda v: dense_kinds.nearest(opened, v, _LIMIT), asked[-1].vectors, time.thread_time)[
                0
            ]
            many = _milliseconds(lambda v: opened.search(v[None, :], _LIMIT), asked[-1].vectors)
            recalls = [f"{_recall(opened, one_asked, vectors):.3f}" for one_asked in asked]
            said = f"{name} {setting or ''}".strip()
            figures = [f"{seconds:.1f}", f"{size:.0f}", own, *one, *many, *recalls]
            print(f"| {len(vectors)} | {said} | " + " | ".join(figures) + " |", flush=True)


def _milliseconds(
    search: Callable[[Vectors], object], questions: Vectors, clock: Callable[[], float] = time.perf_counter
) -> list[str]:
    """The median and the 95th percentile, after a first question that brings the file into memory."""
    search(questions[0])
    took = []
    for question in questions[:_TIMED]:
        began = clock()
        search(question)
        took.append(1000 * (clock() - began))
    return [f"{value:.1f}" for value in np.percentile(took, [50, 95])]


def _recall(index: faiss.Index, asked: Probes, vectors: Vectors) -> float:
    return asked.recall(dense_kinds.nearest_of_each(index, asked.vectors, DEPTH), vectors)


def _sq8(vectors: Vectors) -> faiss.Index:
    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors)
    index.add(vectors)
    return index


def _ivf(vectors: Vectors) -> faiss.Index:
    dimension, lists = vectors.shape[1], int(4 * math.sqrt(len(vectors)))
    metric = faiss.METRIC_INNER_PRODUCT
    centres = faiss.IndexFlatIP(dimension)
    index = faiss.IndexIVFScalarQuantizer(centres, dimension, lists, faiss.ScalarQuantizer.QT_fp16, metric, False)
    index.cp.spherical, index.cp.max_points_per_centroid = True, 64
    index.train(vectors)
    index.add(vectors)
    return index


def _hnsw(vectors: Vectors) -> faiss.Index:
    metric = faiss.METRIC_INNER_PRODUCT
    index = faiss.IndexHNSWSQ(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, 32, metric)
    index.hnsw.efConstruction = 80
    index.train(vectors)
    index.add(vectors)
    return index


def _set_effort(index: faiss.Index, effort: int) -> None:
    index.hnsw.efSearch = effort


def _grown(real: Vectors, size: int) -> Vectors:
    if size <= len(real):
        return real[:size]
    random, mean = np.random.default_rng(0), real.mean(axis=0)
    chosen = random.integers(0, len(real), size - len(real))
    others = _neighbours(real)[chosen, random.integers(1, _NEIGHBOURS, len(chosen))]
    grown = np.empty((size, real.shape[1]), dtype=np.float32)
    grown[: len(real)] = real
    for first in range(0, len(chosen), 50_000):
        one, other = (real[numbers[first : first + 50_000]] - mean for numbers in (chosen, others))
        lengths = np.linalg.norm(one, axis=1, keepdims=True)
        noise = random.standard_normal(one.shape, dtype=np.float32) * 0.2 * lengths / math.sqrt(real.shape[1])
        special = 0.75 * one + 0.66 * other + noise
        rows = mean + special * lengths / np.linalg.norm(special, axis=1, keepdims=True)
        start = len(real) + first
        grown[start : start + len(rows)] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return grown


def _neighbours(real: Vectors) -> NDArray[np.int64]:
    """The nearest passages of each, itself first, by a rough search: shape (passages, 64)."""
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(real.shape[1]), real.shape[1], 256, faiss.METRIC_INNER_PRODUCT)
    index.cp.spherical, index.nprobe = True, 8
    index.train(real[::4].copy())
    index.add(real)
    return np.asarray(index.search(real, _NEIGHBOURS)[1])


def _embedded(snapshot: Snapshot, file: Path) -> Vectors:
    encoder = load_encoder(snapshot.manifest.model)
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return np.stack([encoder.encode_query(json.loads(line)["question"]) for line in lines])


if __name__ == "__main__":
    raise SystemExit(main())
