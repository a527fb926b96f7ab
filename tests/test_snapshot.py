import hashlib

import numpy as np
import pytest

from embeddings.errors import SnapshotError
from embeddings.rebuilding.embedding import embed
from embeddings.rebuilding.snapshot_writer import roll_back
from embeddings.rebuilding.vector_cache import VectorCache
from embeddings.snapshot.snapshot import live_id, open_live, open_snapshot
from embeddings.structure.chunking import cut_passages
from embeddings.structure.outline import read_outline
from embeddings.types import Article, Reprint, Span
from tests.fakes import CountingEncoder
from tests.snapshots import write_articles

WATCHED = "水气土声"


def article(name, text, **fields):
    return Article(id=name, title=name, text=text, path=f"{name}.txt", **fields)


def write(index, articles, encoder=None):
    return write_articles(index, articles, encoder or CountingEncoder(WATCHED))


@pytest.fixture
def articles():
    return [
        article("one", "水水水要治理，河长负责。"),
        article("two", "气气要改善，水清岸绿，车辆限行。"),
        article(
            "three",
            "土土土要修复，农田休耕。\n一是调查。全面调查。二是修复。逐块修复。",
            authors=("某人",),
            bylines=(Span(0, 3),),
            reprints=(Reprint("copy.txt", "同名", "某报", "2024-01-01", ""),),
        ),
    ]


def test_a_snapshot_gives_back_what_was_written(tmp_path, articles):
    manifest = write(tmp_path, articles)
    snapshot = open_live(tmp_path)
    assert snapshot.manifest == manifest
    assert (manifest.articles, manifest.passages, manifest.model) == (3, 3, "counting")
    assert snapshot.corpus.articles() == tuple(articles)
    assert snapshot.corpus.article("three") == articles[2]
    assert snapshot.corpus.outline("three") == read_outline(articles[2])
    assert snapshot.corpus.passages("two") == cut_passages(articles[1], read_outline(articles[1]))
    assert snapshot.corpus.passage(2) == snapshot.corpus.passages("three")[0]
    with pytest.raises(KeyError):
        snapshot.corpus.article("four")


def test_the_previous_snapshot_is_kept_and_can_be_brought_back(tmp_path, articles):
    first, second, third = (write(tmp_path, articles[:n]).id for n in (1, 2, 3))
    assert sorted(p.name for p in (tmp_path / "snapshots").iterdir()) == sorted([second, third])
    assert roll_back(tmp_path) == second
    assert len(open_live(tmp_path).corpus.articles()) == 2
    assert roll_back(tmp_path) == third
    assert first != second


def test_nothing_to_roll_back_to_is_said(tmp_path, articles):
    write(tmp_path, articles)
    with pytest.raises(SnapshotError, match="没有上一份"):
        roll_back(tmp_path)


def test_a_missing_index_names_the_command_that_makes_one(tmp_path):
    with pytest.raises(SnapshotError, match="rebuild-index"):
        open_live(tmp_path / "nowhere")


@pytest.mark.parametrize("damaged", ["manifest.json", "corpus.sqlite", "vectors.faiss", "lexical/terms.sqlite"])
def test_a_damaged_snapshot_is_refused_with_the_command_that_mends_it(tmp_path, articles, damaged):
    name = write(tmp_path, articles).id
    file = tmp_path / "snapshots" / name / damaged
    file.write_bytes(file.read_bytes()[:20])
    with pytest.raises(SnapshotError, match="rebuild-index"):
        open_live(tmp_path)


def flip_a_bit(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("damaged", ["corpus.sqlite", "vectors.faiss", "lexical/data.csc.index.npy"])
def test_one_flipped_bit_is_noticed_and_the_snapshot_before_stands_in(tmp_path, articles, damaged):
    earlier, live = (write(tmp_path, articles[:n]).id for n in (2, 3))
    flip_a_bit(tmp_path / "snapshots" / live / damaged)
    snapshot = open_live(tmp_path)
    assert snapshot.manifest.id == earlier
    assert len(snapshot.corpus.articles()) == 2
    assert live in snapshot.notice
    assert f"rebuild-index folder --index {tmp_path}" in snapshot.notice
    with pytest.raises(SnapshotError, match=damaged):
        open_snapshot(tmp_path, live)


@pytest.mark.parametrize("damage", ["truncated", "gone", "CURRENT"])
def test_the_snapshot_before_stands_in_whatever_is_lost(tmp_path, articles, damage):
    earlier, live = (write(tmp_path, articles[:n]).id for n in (2, 3))
    vectors = tmp_path / "snapshots" / live / "vectors.faiss"
    if damage == "truncated":
        vectors.write_bytes(vectors.read_bytes()[:-1])
    elif damage == "gone":
        vectors.unlink()
    else:
        (tmp_path / "CURRENT").write_text(f"{live[:6]}\n")
    snapshot = open_live(tmp_path)
    # What CURRENT should have named can't be known; the newest that is whole can.
    assert snapshot.manifest.id == (live if damage == "CURRENT" else earlier)
    assert snapshot.notice


def test_a_whole_snapshot_has_no_notice(tmp_path, articles):
    write(tmp_path, articles)
    assert open_live(tmp_path).notice == ""


def test_a_rebuild_over_a_damaged_snapshot_keeps_the_good_one_before_it(tmp_path, articles):
    good, live = (write(tmp_path, articles[:n]).id for n in (1, 2))
    flip_a_bit(tmp_path / "snapshots" / live / "corpus.sqlite")
    new = write(tmp_path, articles).id
    assert open_live(tmp_path).manifest.id == new
    assert roll_back(tmp_path) == good


def test_a_snapshot_that_does_not_find_its_passages_never_goes_live(tmp_path, articles):
    live = write(tmp_path, articles).id

    class Broken(CountingEncoder):
        def _vector(self, text):
            return np.zeros(len(self.watched), dtype=np.float32)

    with pytest.raises(SnapshotError, match="自检未通过"):
        write(tmp_path, articles, Broken(WATCHED, name="broken"))
    assert live_id(tmp_path) == live
    assert [p.name for p in (tmp_path / "snapshots").iterdir()] == [live]


def test_leftovers_of_a_killed_run_are_cleared_away(tmp_path, articles):
    (tmp_path / "snapshots" / ".building-dead").mkdir(parents=True)
    name = write(tmp_path, articles).id
    assert [p.name for p in (tmp_path / "snapshots").iterdir()] == [name]


def embedded(cache, encoder, texts):
    """The vectors, how many of them were computed, and how far it was said to be."""
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    told = []
    digests = [hashlib.sha256(text.encode()).digest() for text in texts]
    computed = embed(encoder, cache, digests, lambda numbers: (texts[n] for n in numbers), vectors, told.append)
    return vectors, computed, [(progress.done, progress.total) for progress in told]


def test_only_new_text_is_embedded(tmp_path):
    cache = VectorCache(tmp_path / "embeddings.sqlite")
    encoder = CountingEncoder(WATCHED)
    first, computed, told = embedded(cache, encoder, ["水", "气", "水"])
    assert (computed, sorted(encoder.encoded)) == (2, ["气", "水"])
    assert told == [(1, 3), (3, 3)]
    np.testing.assert_array_equal(first, encoder.encode_passages(["水", "气", "水"]))
    again, computed, told = embedded(VectorCache(tmp_path / "embeddings.sqlite"), encoder, ["土", "水"])
    assert (computed, encoder.encoded[-1], told) == (1, "土", [(1, 2), (2, 2)])
    np.testing.assert_array_equal(again[1], first[0])
    assert embedded(cache, CountingEncoder("水气", name="other"), ["水"])[1] == 1


def test_vectors_of_texts_long_gone_are_thrown_away_and_those_in_use_stay(tmp_path):
    cache = VectorCache(tmp_path / "embeddings.sqlite")
    encoder = CountingEncoder(WATCHED)
    texts = [f"水{number}" for number in range(7)]
    digests = [hashlib.sha256(text.encode()).digest() for text in texts]
    embedded(cache, encoder, texts)
    cache.keep_only(digests[:3])
    vectors = np.zeros((7, encoder.dimension), dtype=np.float32)
    assert cache.fill(encoder, digests, vectors) == []
    np.testing.assert_array_equal(vectors, encoder.encode_passages(texts))
    cache.keep_only(digests[:2])
    assert cache.fill(encoder, digests, vectors) == [[2], [3], [4], [5], [6]]


def test_many_equal_passages_are_no_fault(tmp_path):
    same = [Article(id=f"{n}", title="通知", text="水要治理，河长负责。", path=f"{n}.txt") for n in range(30)]
    manifest = write(tmp_path, same)
    assert manifest.passages == 30
    assert [hit.passage for hit in open_live(tmp_path).lexical.search("河长负责", 5)] == [0, 1, 2, 3, 4]
