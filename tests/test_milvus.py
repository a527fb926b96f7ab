"""What is searched in Milvus: the same is found, and whatever goes wrong, the old index goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import qa
from benchmarks.measuring.scoring import read_questions
from embeddings.errors import SnapshotError
from embeddings.index.lexical import Scored
from embeddings.manifest import Store
from embeddings.milvus.server import Server
from embeddings.progress import Progress
from embeddings.rebuild_command import main
from embeddings.rebuilding.rebuild import rebuild, roll_back_index
from embeddings.snapshot.snapshot import live_id, open_live
from tests.conftest import REPOSITORY, skip_without_milvus
from tests.fakes import CountingEncoder
from tests.milvus_lite_server import free_port, milvus_lite_server
from ui.cli import main as suyuan

WATCHED = "水气土声"


@pytest.fixture(autouse=True)
def installed() -> None:
    skip_without_milvus()


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that is loaded at once."""
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model=None: CountingEncoder(WATCHED))


@pytest.fixture
def lite(tmp_path: Path) -> Store:
    return Store("milvus", str(tmp_path / "milvus.db"))


def articles(folder: Path, *names: str) -> Path:
    """A folder of one short article for each name."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(f"{name}的水要治理，{name}的河长负责。", encoding="utf-8")
    return folder


def collections(store: Store) -> list[str]:
    return sorted(Server(store.uri)._client.list_collections())


def standing_for(index: Path, store: Store) -> str:
    """The collection that the alias of an index stands for."""
    alias = json.loads((index / "milvus.json").read_text(encoding="utf-8"))["name"]
    return str(Server(store.uri)._client.describe_alias(alias)["collection_name"])


def best(index: Path, words: str) -> str:
    """Id of the article whose words fit best."""
    snapshot = open_live(index)
    return snapshot.corpus.passage(snapshot.lexical.search(words, 1)[0].passage).article_id


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What `rebuild-index` says when it exits with 2."""
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == 2
    err = capsys.readouterr().err
    assert err.startswith("rebuild-index: ")
    assert "Traceback" not in err
    return err


def same_order(here: Sequence[Scored], there: Sequence[Scored]) -> bool:
    """Whether both found the same with the same scores, in one order but for ties: sums are rounded differently."""
    mine, theirs = ({hit.passage: hit.score for hit in leg} for leg in (here, there))
    return (
        mine.keys() == theirs.keys()
        and mine == pytest.approx(theirs, rel=1e-5, abs=1e-6)
        and [hit.score for hit in here] == pytest.approx([hit.score for hit in there], rel=1e-5, abs=1e-6)
    )


def test_every_question_finds_the_same_passages_in_the_same_order(
    sample: qa.Answerer, sample_in_milvus: qa.Answerer
) -> None:
    for question in read_questions():
        here, there = (one.retriever.rankings(question["question"]) for one in (sample, sample_in_milvus))
        assert same_order(here.dense, there.dense)
        assert same_order(here.lexical, there.lexical)
        assert same_order(here.fused, there.fused)
        assert [hit.passage for hit in here.fused[:10]] == [hit.passage for hit in there.fused[:10]]
        assert [hit.score for hit in here.fused] == pytest.approx([hit.score for hit in there.fused], abs=1e-4)


def test_the_vocabulary_is_the_same(sample: qa.Answerer, sample_in_milvus: qa.Answerer) -> None:
    here, there = (one.retriever.snapshot.lexical for one in (sample, sample_in_milvus))
    for terms in (["生态"], ["生", "态", "环"], ["12345"], ["水", "水"], ["没有的词"], ["水", "没有的词"], []):
        assert here.holding(terms).tolist() == there.holding(terms).tolist()
        assert here.idf(terms) == pytest.approx(there.idf(terms))
    assert here.idf([""]) == pytest.approx(there.idf([""]))


def test_more_than_fits_into_one_reply_is_asked_for_in_parts(
    sample: qa.Answerer, sample_in_milvus: qa.Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embeddings.milvus.server.MOST", 10)
    monkeypatch.setattr("embeddings.milvus.legs.MOST", 10)
    here, there = (one.retriever.snapshot for one in (sample, sample_in_milvus))
    numbers = list(range(here.dense.size - 1, -1, -2))
    assert len(numbers) > 30
    assert there.dense.vectors(numbers) == pytest.approx(here.dense.vectors(numbers))
    words = "生态环境的网格管理"
    assert there.lexical.match(words).of(numbers) == pytest.approx(here.lexical.match(words).of(numbers), rel=1e-4)
    assert len(here.lexical.holding(["的"])) > 30
    assert there.lexical.holding(["的"]).tolist() == here.lexical.holding(["的"]).tolist()


@pytest.mark.usefixtures("counting")
def test_what_is_searched_is_not_in_the_folder_nor_the_token_in_the_manifest(
    tmp_path: Path, lite: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUYUAN_MILVUS_TOKEN", "root:secret")
    made = rebuild(articles(tmp_path / "articles", "柳湖"), tmp_path / "index", store=lite)
    folder = tmp_path / "index" / "snapshots" / made.snapshot
    assert sorted(path.name for path in folder.iterdir()) == ["corpus.sqlite", "manifest.json", "terms.sqlite"]
    assert not any(b"secret" in path.read_bytes() for path in tmp_path.rglob("*.json"))


@pytest.mark.usefixtures("counting")
def test_the_alias_follows_and_the_collections_of_snapshots_that_are_gone_go_too(tmp_path: Path, lite: Store) -> None:
    folder, index = tmp_path / "articles", tmp_path / "索引"
    for names in (["柳湖"], ["柳湖", "桃山"], ["柳湖", "桃山", "杏村"]):
        rebuild(articles(folder, *names), index, store=lite)
    kept = collections(lite)
    assert len(kept) == 2
    assert standing_for(index, lite) == kept[1] == open_live(index).manifest.store.collection
    assert best(index, "杏村") == "杏村"
    roll_back_index(index)
    assert standing_for(index, lite) == kept[0] == open_live(index).manifest.store.collection
    assert open_live(index).lexical.search("杏", 1) == []
    assert collections(lite) == kept


@pytest.mark.usefixtures("counting")
def test_how_many_passages_have_been_sent_is_told(tmp_path: Path, lite: Store) -> None:
    told: list[Progress] = []
    report = rebuild(articles(tmp_path / "articles", "柳湖", "桃山"), tmp_path / "index", store=lite, tell=told.append)
    sent = [(each.done, each.total) for each in told if each.stage == "publishing"]
    assert sent == [(0, report.passages), (report.passages, report.passages)]


@pytest.mark.usefixtures("counting")
def test_indexes_that_share_a_server_leave_each_other_alone(tmp_path: Path, lite: Store) -> None:
    folders = [articles(tmp_path / name, name) for name in ("柳湖", "桃山")]
    indexes = [folder / "index" for folder in folders]
    for _ in range(3):
        for folder, index in zip(folders, indexes, strict=True):
            rebuild(folder, index, store=lite, force=True)
    assert len(collections(lite)) == 4
    assert [best(index, "河长") for index in indexes] == ["柳湖", "桃山"]


@pytest.mark.usefixtures("counting")
def test_a_rebuild_stays_in_the_store_until_it_is_told_another(tmp_path: Path, lite: Store) -> None:
    folder, index = tmp_path / "articles", tmp_path / "index"
    rebuild(articles(folder, "柳湖"), index, store=lite)
    rebuild(articles(folder, "柳湖", "桃山"), index)
    assert open_live(index).manifest.store.uri == lite.uri
    for name in ("杏村", "枫桥"):
        rebuild(articles(folder, name), index, store=Store())
        assert open_live(index).manifest.store == Store()
        assert best(index, name) == name
    assert collections(lite) == []


# Imported once; each line then names what a rebuild in a process of its own dies at.
_DIES = """
import importlib, os, signal, sys
from pathlib import Path
import pymilvus
import embeddings.rebuilding.milvus_publishing, embeddings.rebuilding.rebuild
from embeddings.manifest import Store
from tests.fakes import CountingEncoder

embeddings.rebuilding.rebuild.encoder_apart = lambda model: CountingEncoder("水气土声")
for line in sys.stdin:
    module, *path, name = line.split()
    process = os.fork()
    if process == 0:
        owner = importlib.import_module(module)
        for step in path:
            owner = getattr(owner, step)
        assert hasattr(owner, name), line
        setattr(owner, name, lambda *arguments: os.kill(os.getpid(), signal.SIGKILL))
        embeddings.rebuilding.rebuild.rebuild(Path(sys.argv[1]), Path(sys.argv[2]), store=Store("milvus", sys.argv[3]))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="rebuilds are forked, so that several take seconds")
@pytest.mark.usefixtures("counting")
def test_a_rebuild_killed_while_it_publishes_leaves_the_old_index_and_nothing_for_long(tmp_path: Path) -> None:
    folder, index = tmp_path / "articles", tmp_path / "index"
    with milvus_lite_server(tmp_path / "data") as uri:
        store = Store("milvus", uri)
        first = rebuild(articles(folder, "柳湖"), index, store=store).snapshot
        articles(folder, "桃山")
        command = [sys.executable, "-c", _DIES, str(folder), str(index), uri]
        with subprocess.Popen(
            command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        ) as dying:
            assert dying.stdin
            assert dying.stdout
            for where in (
                "milvus.server Server insert",
                "milvus.server Server index",
                "rebuilding.milvus_publishing flushed_sha256",
                "rebuilding.milvus_publishing open_legs",
            ):
                dying.stdin.write(f"embeddings.{where}\n")
                assert dying.stdout.readline() == "-9\n"
                assert live_id(index) == first
                assert best(index, "桃山的河长") == "柳湖"
                # What the one before it has left is gone already.
                assert len(collections(store)) == 2
            dying.stdin.write("embeddings.rebuilding.snapshot_writer settle\n")
            assert dying.stdout.readline() == "-9\n"
            assert best(index, "桃山的河长") == "桃山"
            dying.stdin.close()
        rebuild(articles(folder, "杏村"), index, store=store)
        assert best(index, "杏村的河长") == "杏村"
        assert standing_for(index, store) == open_live(index).manifest.store.collection
        assert len(collections(store)) == 2


@pytest.mark.usefixtures("counting")
def test_a_server_that_does_not_answer_is_told_before_anything_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, index = articles(tmp_path / "articles", "柳湖"), tmp_path / "index"
    rebuild(folder, index)
    uri = f"http://127.0.0.1:{free_port()}"
    err = told(capsys, articles(folder, "桃山"), "--index", index, "--store", "milvus", "--milvus-uri", uri)
    assert f"Milvus（{uri}）出错" in err
    assert "--store local" in err
    assert best(index, "桃山的河长") == "柳湖"


@pytest.mark.usefixtures("counting")
def test_without_the_extra_the_command_that_installs_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lite: Store
) -> None:
    monkeypatch.setattr("embeddings.milvus.server.missing_package", lambda uri: True)
    folder, index = articles(tmp_path / "articles", "柳湖"), tmp_path / "index"
    err = told(capsys, folder, "--index", index, "--store", "milvus", "--milvus-uri", lite.uri)
    assert "pip install 'suyuan[milvus]'" in err


def test_a_password_is_not_taken_into_the_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, uri = articles(tmp_path / "articles", "柳湖"), "http://root:secret@127.0.0.1:19530"
    err = told(capsys, folder, "--index", tmp_path / "index", "--store", "milvus", "--milvus-uri", uri)
    assert "SUYUAN_MILVUS_TOKEN" in err
    assert "secret" not in err
    assert not (tmp_path / "index").exists()


def test_a_store_needs_its_address_and_an_address_its_store(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--store", "milvus"], ["--milvus-uri", "a.db"], ["--store", "local", "--milvus-uri", "a.db"]):
        with pytest.raises(SystemExit) as stopped:
            main(["articles", *arguments])
        assert stopped.value.code == 2
        assert "--milvus-uri" in capsys.readouterr().err


@pytest.mark.usefixtures("counting")
def test_where_the_collection_is_gone_the_index_before_it_answers_and_says_so(tmp_path: Path, lite: Store) -> None:
    folder, index = tmp_path / "articles", tmp_path / "index"
    rebuild(articles(folder, "柳湖"), index, store=lite)
    rebuild(articles(folder, "桃山"), index)
    gone = open_live(index).manifest.store.collection
    Server(lite.uri).drop(gone)
    snapshot = open_live(index)
    assert gone in snapshot.notice
    assert "应有 2 段" in snapshot.notice
    assert "rebuild-index" in snapshot.notice
    assert [hit.passage for hit in snapshot.lexical.search("桃山的河长", 5)] == [0]


@pytest.mark.usefixtures("counting")
def test_a_server_that_goes_away_is_told_to_whoever_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embeddings.milvus.server._SECONDS", 3)
    index = tmp_path / "index"
    with milvus_lite_server(tmp_path / "data") as uri:
        rebuild(articles(tmp_path / "articles", "柳湖"), index, store=Store("milvus", uri))
        snapshot = open_live(index)
        assert len(snapshot.lexical.search("柳湖", 5)) == 1
    for ask in (
        lambda: snapshot.lexical.search("柳湖", 5),
        lambda: snapshot.dense.search(np.ones(4, dtype=np.float32), 5),
    ):
        with pytest.raises(SnapshotError, match=f"Milvus（{uri}）出错"):
            ask()


@pytest.mark.usefixtures("counting")
def test_a_file_that_another_process_has_open_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lite: Store
) -> None:
    folder, index = articles(tmp_path / "articles", "柳湖"), tmp_path / "index"
    with milvus_lite_server(Path(lite.uri)):
        err = told(capsys, folder, "--index", index, "--store", "milvus", "--milvus-uri", lite.uri)
    assert "只能由一个进程打开" in err


def test_the_doctor_says_where_the_index_is(sample_in_milvus: qa.Answerer, capsys: pytest.CaptureFixture[str]) -> None:
    suyuan(["doctor", "--index", str(sample_in_milvus._index)])
    store = sample_in_milvus.retriever.snapshot.manifest.store
    assert f"存储 store Milvus {store.uri} {store.collection}" in capsys.readouterr().out
