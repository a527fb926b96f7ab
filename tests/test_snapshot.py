import numpy as np
import pytest

from embeddings.chunking import cut_passages, embedded_text
from embeddings.corpus_store import Document
from embeddings.errors import SnapshotError
from embeddings.outline import read_outline
from embeddings.snapshot import live_id, open_live, open_snapshot
from embeddings.snapshot_writer import roll_back, write_snapshot
from embeddings.types import Article, Reprint, Span
from embeddings.vector_cache import VectorCache
from tests.fakes import CountingEncoder

WATCHED = "水气土声"


def document(name, text, **fields):
    article = Article(id=name, title=name, text=text, path=f"{name}.txt", **fields)
    outline = read_outline(article)
    return Document(article, outline, cut_passages(article, outline))


def write(index, documents, encoder=None):
    encoder = encoder or CountingEncoder(WATCHED)
    vectors = encoder.encode_passages([embedded_text(d.article, p) for d in documents for p in d.passages])
    return write_snapshot(index, "folder", documents, vectors, encoder)


@pytest.fixture
def documents():
    return [
        document("one", "水水水要治理，河长负责。"),
        document("two", "气气要改善，水清岸绿，车辆限行。"),
        document(
            "three",
            "土土土要修复，农田休耕。\n一是调查。全面调查。二是修复。逐块修复。",
            authors=("某人",),
            bylines=(Span(0, 3),),
            reprints=(Reprint("copy.txt", "同名", "某报", "2024-01-01", ""),),
        ),
    ]


def test_a_snapshot_gives_back_what_was_written(tmp_path, documents):
    manifest = write(tmp_path, documents)
    snapshot = open_live(tmp_path)
    assert snapshot.manifest == manifest
    assert (manifest.articles, manifest.passages, manifest.model) == (3, 3, "counting")
    assert snapshot.corpus.articles() == tuple(d.article for d in documents)
    assert snapshot.corpus.article("three") == documents[2].article
    assert snapshot.corpus.outline("three") == documents[2].outline
    assert snapshot.corpus.passages("two") == documents[1].passages
    assert snapshot.corpus.passage(2) == documents[2].passages[0]
    with pytest.raises(KeyError):
        snapshot.corpus.article("four")


def test_the_previous_snapshot_is_kept_and_can_be_brought_back(tmp_path, documents):
    first, second, third = (write(tmp_path, documents[:n]).id for n in (1, 2, 3))
    assert sorted(p.name for p in (tmp_path / "snapshots").iterdir()) == sorted([second, third])
    assert roll_back(tmp_path) == second
    assert len(open_live(tmp_path).corpus.articles()) == 2
    assert roll_back(tmp_path) == third
    assert first != second


def test_nothing_to_roll_back_to_is_said(tmp_path, documents):
    write(tmp_path, documents)
    with pytest.raises(SnapshotError, match="没有上一份"):
        roll_back(tmp_path)


def test_a_missing_index_names_the_command_that_makes_one(tmp_path):
    with pytest.raises(SnapshotError, match="rebuild-index"):
        open_live(tmp_path / "nowhere")


@pytest.mark.parametrize("damaged", ["manifest.json", "corpus.sqlite", "vectors.faiss", "lexical/vocab.index.json"])
def test_a_damaged_snapshot_is_refused_with_the_command_that_mends_it(tmp_path, documents, damaged):
    name = write(tmp_path, documents).id
    file = tmp_path / "snapshots" / name / damaged
    file.write_bytes(file.read_bytes()[:20])
    with pytest.raises(SnapshotError, match="rebuild-index"):
        open_live(tmp_path)


def flip_a_bit(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("damaged", ["corpus.sqlite", "vectors.faiss", "lexical/data.csc.index.npy"])
def test_one_flipped_bit_is_noticed_and_the_snapshot_before_stands_in(tmp_path, documents, damaged):
    earlier, live = (write(tmp_path, documents[:n]).id for n in (2, 3))
    flip_a_bit(tmp_path / "snapshots" / live / damaged)
    snapshot = open_live(tmp_path)
    assert snapshot.manifest.id == earlier
    assert len(snapshot.corpus.articles()) == 2
    assert live in snapshot.notice
    assert f"rebuild-index folder --index {tmp_path}" in snapshot.notice
    with pytest.raises(SnapshotError, match=damaged):
        open_snapshot(tmp_path, live)


@pytest.mark.parametrize("damage", ["truncated", "gone", "CURRENT"])
def test_the_snapshot_before_stands_in_whatever_is_lost(tmp_path, documents, damage):
    earlier, live = (write(tmp_path, documents[:n]).id for n in (2, 3))
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


def test_a_whole_snapshot_has_no_notice(tmp_path, documents):
    write(tmp_path, documents)
    assert open_live(tmp_path).notice == ""


def test_a_rebuild_over_a_damaged_snapshot_keeps_the_good_one_before_it(tmp_path, documents):
    good, live = (write(tmp_path, documents[:n]).id for n in (1, 2))
    flip_a_bit(tmp_path / "snapshots" / live / "corpus.sqlite")
    new = write(tmp_path, documents).id
    assert open_live(tmp_path).manifest.id == new
    assert roll_back(tmp_path) == good


def test_a_snapshot_that_does_not_find_its_passages_never_goes_live(tmp_path, documents):
    live = write(tmp_path, documents).id
    broken = np.zeros((3, len(WATCHED)), dtype=np.float32)
    with pytest.raises(SnapshotError, match="自检未通过"):
        write_snapshot(tmp_path, "folder", documents, broken, CountingEncoder(WATCHED))
    assert live_id(tmp_path) == live
    assert [p.name for p in (tmp_path / "snapshots").iterdir()] == [live]


def test_leftovers_of_a_killed_run_are_cleared_away(tmp_path, documents):
    (tmp_path / "snapshots" / ".building-dead").mkdir(parents=True)
    name = write(tmp_path, documents).id
    assert [p.name for p in (tmp_path / "snapshots").iterdir()] == [name]


def test_only_new_text_is_embedded(tmp_path):
    cache = VectorCache(tmp_path / "embeddings.sqlite")
    encoder = CountingEncoder(WATCHED)
    told: list[int] = []
    first = cache.embed(encoder, ["水", "气", "水"], told.append)
    assert (first.computed, sorted(encoder.encoded)) == (2, ["气", "水"])
    assert sum(told) == 3
    again = VectorCache(tmp_path / "embeddings.sqlite").embed(encoder, ["土", "水"], told.append)
    assert (again.computed, encoder.encoded[-1]) == (1, "土")
    np.testing.assert_array_equal(again.vectors[1], first.vectors[0])
    other = CountingEncoder("水气", name="other")
    assert cache.embed(other, ["水"], told.append).computed == 1
