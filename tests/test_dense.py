"""The dense leg by size: each kind of index finds what an exact search finds, and survives the loss of its file."""

import numpy as np
import pytest

from embeddings.index import dense_kinds
from embeddings.index.dense import DenseIndex
from embeddings.index.dense_recall import make_probes
from embeddings.manifest import MANIFEST, DenseKind, Manifest
from embeddings.snapshot.selection import _SelectedDense

SIZE, DIMENSION = 3000, 64


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def vectors():
    """Sixty clusters, all leaning one way as embeddings do; passages 7, 1500 and 2999 are one text."""
    random = np.random.default_rng(1)
    centres = unit(random.standard_normal((60, DIMENSION))) + 1.5 * unit(random.standard_normal(DIMENSION))
    rows = centres[random.integers(0, 60, SIZE)] + 0.08 * random.standard_normal((SIZE, DIMENSION))
    rows[[1500, 2999]] = rows[7]
    return unit(rows)


@pytest.fixture(scope="module")
def questions(vectors):
    random = np.random.default_rng(2)
    return unit(vectors[random.integers(0, SIZE, 50)] + 0.06 * random.standard_normal((50, DIMENSION)))


@pytest.fixture(scope="module", params=[SIZE, 0], ids=["exact", "one-bit"])
def opened(request, vectors, tmp_path_factory):
    file = tmp_path_factory.mktemp("dense") / "vectors.faiss"
    built = DenseIndex.build(vectors, exact_up_to=request.param)
    built.save(file)
    index = DenseIndex.open(file, built.kind)
    # A rebuild may remove the file of a snapshot that is open.
    file.unlink()
    return index


def test_the_kind_follows_the_number_of_passages(vectors):
    assert DenseIndex.build(vectors, exact_up_to=SIZE).kind.name == "exact-fp16"
    assert DenseIndex.build(vectors, exact_up_to=SIZE - 1).kind.name == "rabitq-fp16"


def test_nearly_all_of_the_ten_nearest_are_found(opened, vectors, questions):
    exact = np.argsort(-(questions @ vectors.T), axis=1, kind="stable")[:, :10]
    found = [[hit.passage for hit in opened.search(question, 10)] for question in questions]
    assert np.mean([len({*a} & {*b}) / 10 for a, b in zip(exact.tolist(), found, strict=True)]) >= 0.98
    assert opened.kind.recall >= 0.98


def test_cosines_are_right_to_a_thousandth(opened, vectors, questions):
    numbers = [2999, 0, 1234]
    for question in questions:
        assert opened.cosines(question, numbers) == pytest.approx(vectors[numbers] @ question, abs=1e-3)
        hits = opened.search(question, 100)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert [hit.score for hit in hits] == list(opened.cosines(question, [hit.passage for hit in hits]))
    assert opened.vector(5) == pytest.approx(vectors[5], abs=1e-3)
    assert opened.vectors(numbers) == pytest.approx(vectors[numbers], abs=1e-3)
    assert opened.spread == pytest.approx(DenseIndex(dense_kinds.exact_fp32(vectors), DenseKind()).spread, rel=1e-3)


def test_equal_passages_come_in_their_order(opened, vectors):
    hits = opened.search(vectors[7], 3)
    assert [hit.passage for hit in hits] == [7, 1500, 2999]
    assert len({hit.score for hit in hits}) == 1
    assert [hit.passage for hit in opened.search(vectors[7], 2)] == [7, 1500]
    assert [hit.passage for hit in opened.search(vectors[7], 1)] == [7]


@pytest.mark.parametrize("exact_up_to", [5000, 0])
def test_of_passages_that_are_all_equal_the_first_are_found(exact_up_to):
    index = DenseIndex.build(np.repeat(unit(np.ones((1, 64))), 2000, axis=0), exact_up_to)
    assert [hit.passage for hit in index.search(unit(np.ones(64)), 5)] == [0, 1, 2, 3, 4]
    assert index.kind.recall == 1.0


def test_a_selection_ranks_only_what_was_chosen(opened, vectors):
    hits = _SelectedDense(opened, [2999, 1500, 3]).search(vectors[7], 10)
    assert [hit.passage for hit in hits] == [1500, 2999, 3]
    assert hits[2].score == pytest.approx(vectors[3] @ vectors[7], abs=1e-3)


@pytest.mark.parametrize("exact_up_to", [SIZE, 0])
def test_the_same_vectors_give_the_same_file(vectors, tmp_path, exact_up_to):
    for name in ("a", "b"):
        DenseIndex.build(vectors, exact_up_to).save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_vectors_may_be_a_map_of_half_floats(vectors, tmp_path):
    np.save(tmp_path / "vectors.npy", vectors.astype(np.float16))
    mapped = np.load(tmp_path / "vectors.npy", mmap_mode="r")
    for exact_up_to in (SIZE, 0):
        index = DenseIndex.build(mapped, exact_up_to)
        assert index.vectors(range(SIZE)) == pytest.approx(mapped.astype(np.float32), abs=1e-7)
        assert [hit.passage for hit in index.search(vectors[7], 3)] == [7, 1500, 2999]


def test_passages_that_half_floats_mix_up_are_kept_in_float32():
    near = unit(np.array([1, 1, 1]) + 1e-2 * np.random.default_rng(3).standard_normal((2000, 3)))
    kind = DenseIndex.build(near).kind
    assert (kind.name, kind.recall) == ("exact-fp32", 1.0)


def test_an_index_of_an_older_version_still_opens(vectors, questions, tmp_path):
    DenseIndex(dense_kinds.exact_fp32(vectors), DenseKind()).save(tmp_path / "old")
    index = DenseIndex.open(tmp_path / "old")
    best = np.argsort(-(vectors @ questions[0]), kind="stable")[:5]
    assert [hit.passage for hit in index.search(questions[0], 5)] == best.tolist()
    fields = {"format": 1, "id": "a", "model": "m", "revision": "", "dimension": 64, "chunker": "c"}
    old = MANIFEST.validate_python({**fields, "articles": 1, "passages": 1, "folder": "f", "files": {}})
    assert old.dense == DenseKind("exact-fp32", 1.0)
    assert isinstance(old, Manifest)


@pytest.mark.parametrize("exact_up_to", [SIZE, 0])
def test_a_truncated_file_is_an_error_that_can_be_caught(vectors, tmp_path, exact_up_to):
    file = tmp_path / "vectors.faiss"
    DenseIndex.build(vectors, exact_up_to).save(file)
    file.write_bytes(file.read_bytes()[:-1000])
    with pytest.raises(RuntimeError):
        DenseIndex.open(file)


def test_recall_counts_what_was_missed(vectors):
    probes = make_probes(vectors)
    best = np.argsort(-(probes.vectors @ vectors.T), axis=1, kind="stable")
    assert probes.recall(best[:, :10].tolist(), vectors) == 1.0
    assert probes.recall(np.c_[best[:, :8], best[:, -2:]].tolist(), vectors) == pytest.approx(0.8, abs=0.02)


def test_nothing_is_found_among_no_passages():
    index = DenseIndex.build(np.empty((0, 8), dtype=np.float32))
    assert (index.search(unit(np.ones(8)), 10), index.size, index.kind.recall) == ([], 0, 1.0)
