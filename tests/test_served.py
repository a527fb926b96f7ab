"""Passages embedded by a server: what it is asked, what is made of its replies, and what is said when it fails."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import qa
from embeddings.bundled_model import bundled
from embeddings.encoding.encoder import Encoder, encoder_apart, load_encoder
from embeddings.encoding.loading import load_sentence_transformer
from embeddings.encoding.revisions import PROBES, probed_revision, same_revision
from embeddings.encoding.served import ADDRESS, KEY, ServedEncoder, served_name
from embeddings.errors import ModelError
from embeddings.rebuilding.rebuild import rebuild
from embeddings.rebuilding.vector_cache import VectorCache
from tests.embeddings_server import Embed, EmbeddingsServer
from tests.fakes import CountingEncoder
from tests.written_articles import write_articles

SECRET = "sk-own-key-of-this-test-42"  # noqa: S105


def counts(texts: Sequence[str]) -> list[list[float]]:
    """Waters, fires and a third number that is never zero; not of length one, as some servers answer."""
    return [[text.count("水"), text.count("火"), 0.5 if "水" in text or "火" in text else 2.0] for text in texts]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddingsServer]:
    monkeypatch.delenv(KEY, raising=False)
    monkeypatch.delenv(ADDRESS, raising=False)
    with EmbeddingsServer(counts) as started:
        yield started


def test_vectors_of_length_one_in_the_order_of_the_texts(server: EmbeddingsServer) -> None:
    encoder = load_encoder(served_name(f"{server.url}/", "some/model"))
    assert (encoder.name, encoder.dimension) == (f"{server.url}#some/model", 3)
    rows = encoder.encode_passages(["水水", "火", ""])
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows, [[0.970143, 0, 0.242536], [0, 0.894427, 0.447214], [0, 0, 1]], atol=1e-5)
    np.testing.assert_allclose(encoder.encode_query("火"), rows[1], atol=1e-6)
    assert encoder.encode_passages([]).shape == (0, 3)
    assert {(asked.path, asked.model) for asked in server.asked} == {("/v1/embeddings", "some/model")}
    assert server.asked[1].texts == ["水水", "火", " "]


def test_many_texts_are_asked_several_requests_at_once(server: EmbeddingsServer) -> None:
    encoder = load_encoder(served_name(server.url, "m"))
    server.asked.clear()
    server.embed = lambda texts: (time.sleep(0.1), counts(texts))[1]
    texts = ["水" * (i % 5) + "火" * (i % 7) for i in range(700)]
    rows = encoder.encode_passages(texts)
    expected = np.array(counts(texts), np.float32)
    np.testing.assert_allclose(rows, expected / np.linalg.norm(expected, axis=1, keepdims=True), atol=1e-6)
    assert max(len(asked.texts) for asked in server.asked) == 32
    assert 2 <= server.most_at_once <= 8


def test_an_e5_model_gets_the_prefixes_of_e5(server: EmbeddingsServer) -> None:
    encoder = load_encoder(served_name(server.url, "intfloat/multilingual-e5-large"))
    server.asked.clear()
    encoder.encode_passages(["水"])
    encoder.encode_query("水")
    assert [asked.texts for asked in server.asked] == [["passage: 水"], ["query: 水"]]


def test_a_server_that_is_busy_or_breaks_down_for_a_moment_is_asked_again(server: EmbeddingsServer) -> None:
    server.plan = [429, 503]
    encoder = load_encoder(served_name(server.url, "m"))
    assert encoder.dimension == 3
    assert len(server.asked) == 3


def test_a_text_that_is_too_long_for_the_server_is_cut_and_the_others_are_not(server: EmbeddingsServer) -> None:
    encoder = load_encoder(served_name(server.url, "m"))
    server.limit = 400
    rows = encoder.encode_passages(["火火", "水" * 390 + "火" * 390, "水"])
    expected = np.array([[0, 2, 0.5], [1, 0, 0], [1, 0, 0.5]])
    np.testing.assert_allclose(rows, expected / np.linalg.norm(expected, axis=1, keepdims=True), atol=0.1)


def test_the_key_comes_from_the_environment_and_is_never_said(
    server: EmbeddingsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, SECRET)
    encoder = load_encoder(served_name(server.url, "m"))
    assert server.asked[0].authorization == f"Bearer {SECRET}"
    assert SECRET not in encoder.name + encoder.revision
    server.plan = [401]
    with pytest.raises(ModelError) as caught:
        encoder.encode_query("水")
    assert "***" in str(caught.value)
    assert SECRET not in str(caught.value)


def body(*vectors: list[float], numbers: Sequence[int] | None = None) -> str:
    numbered = zip(numbers or range(len(vectors)), vectors, strict=True)
    return json.dumps({"data": [{"index": number, "embedding": vector} for number, vector in numbered]})


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (body([1.0, 0, 0]), "对 2 段文字给了 1 个向量"),
        (body([1.0, 0, 0], [1.0, 0, 0], numbers=[1, 1]), "对 2 段文字给了 2 个向量"),
        (body([1.0, 0], [0.0, 1]), "不是 3 维"),
        (body([1.0, 0, 0], [1.0, 0]), "不是向量"),
        (body([float("nan"), 0, 0], [1.0, 0, 0]), "NaN"),
        (body([0.0, 0, 0], [1.0, 0, 0]), "全零"),
        ('{"data": [{"index": 0, "embedding": "water"}, {"index": 1, "embedding": "fire"}]}', "不是向量"),
        ('{"status": "ok"}', "不是向量"),
        ("<html>hello</html>", "向量服务"),
    ],
)
def test_a_reply_that_is_no_vectors_of_these_texts_is_refused(server: EmbeddingsServer, reply: str, said: str) -> None:
    encoder = load_encoder(served_name(server.url, "m"))
    server.plan = [reply]
    with pytest.raises(ModelError, match=said) as caught:
        encoder.encode_passages(["水", "火"])
    assert " / " in str(caught.value)


def test_a_server_that_is_not_there_is_named(server: EmbeddingsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embeddings.encoding.served._RETRIES", 0)
    with pytest.raises(ModelError, match=r"127\.0\.0\.1:9/v1 没有给出.*--embed-url.*gave no vectors"):
        load_encoder("http://127.0.0.1:9/v1#m")


@pytest.mark.parametrize(
    ("url", "model", "said"),
    [
        ("127.0.0.1:8080", "m", "不是服务地址"),
        ("http://127.0.0.1:8080/v1?key=1", "m", "不是服务地址"),
        ("http://me:secret@127.0.0.1:8080", "m", KEY),
        ("http://127.0.0.1:8080/v1", None, "--model"),
        ("http://127.0.0.1:8080/v1", " ", "--model"),
    ],
)
def test_what_is_no_address_or_no_model_is_refused(url: str, model: str | None, said: str) -> None:
    with pytest.raises(ModelError, match=said) as caught:
        served_name(url, model)
    assert "secret" not in str(caught.value)


def test_devices_are_the_servers_own_business(server: EmbeddingsServer) -> None:
    with pytest.raises(ModelError, match=r"--embed-url.*--devices"):
        load_encoder(served_name(server.url, "m"), devices=["cpu"])


def test_a_server_that_has_moved_is_asked_where_it_is_now(
    server: EmbeddingsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS, server.url)
    encoder = load_encoder("http://gone.example/v1#m")
    assert encoder.name == "http://gone.example/v1#m"
    assert server.asked[0].texts == list(PROBES)


def test_another_model_is_noticed_and_noise_is_not(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(PROBES)
    own = probed_revision(vectors)
    noise = np.random.default_rng(1).normal(0, 0.0005, vectors.shape).astype(np.float32)
    other = probed_revision(np.stack([encoder.encode_query(text) for text in PROBES]))
    assert own != probed_revision(vectors + noise)
    assert same_revision(own, probed_revision(vectors + noise))
    assert not same_revision(own, other)
    assert not same_revision(own, probed_revision(vectors[:, 64:]))
    assert not same_revision(own, "a1b2")
    assert not same_revision(own, "probe:?")
    assert same_revision("a1b2", "a1b2")


def test_vectors_of_the_same_model_are_found_under_its_other_sketch(encoder: Encoder, tmp_path: Path) -> None:
    vectors = encoder.encode_passages(PROBES)
    first, second = probed_revision(vectors), probed_revision(vectors + np.float32(0.0004) * np.sign(vectors[::-1]))
    assert first != second
    cache = VectorCache(tmp_path / "embeddings.sqlite")
    asking = CountingEncoder("水", name="http://one/v1#m")
    asking.revision = first
    cache.add(asking, [b"a"], np.ones((1, 1), np.float32))
    asking.revision = second
    assert missing(cache, asking, [b"a", b"b"]) == [[1]]
    asking.revision = "1"
    assert missing(cache, asking, [b"a", b"b"]) == [[0], [1]]
    other = CountingEncoder("水", name="http://one/v1#m2")
    other.revision = second
    assert missing(cache, other, [b"a", b"b"]) == [[0], [1]]


def missing(cache: VectorCache, encoder: CountingEncoder, digests: list[bytes]) -> list[list[int]]:
    return cache.fill(encoder, digests, np.zeros((len(digests), encoder.dimension), np.float32))


@cache
def as_served() -> Embed:
    """The bundled model as a server has it: without prompts, which are the client's business."""
    model = load_sentence_transformer(str(bundled.unpack()), local_only=True)

    def embed(asked: Sequence[str]) -> list[list[float]]:
        vectors = model.encode(list(asked), prompt="", show_progress_bar=False)
        return [[float(number) for number in vector] for vector in vectors]

    return embed


def test_an_index_is_built_and_asked_by_way_of_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", encoder_apart)
    monkeypatch.setattr("qa.answerer.load_encoder", load_encoder)
    folder, index = write_articles(tmp_path / "articles"), tmp_path / "index"
    with EmbeddingsServer(as_served()) as server:
        model = served_name(server.url, "multilingual-e5-small")
        first = rebuild(folder, index, model)
        assert first.embedded > 0
        assert rebuild(folder, index, model, force=True).embedded == 0
        answerer = qa.load(index)
        assert answerer.retriever.snapshot.manifest.model == model
        assert answerer.ask("青海湖的水位怎样变化？").question == "青海湖的水位怎样变化？"
        assert any(text.startswith("query: ") for asked in server.asked for text in asked.texts)
        server.embed = lambda texts: [[-number for number in vector[::-1]] for vector in as_served()(texts)]
        with pytest.raises(ModelError, match="已不是建立索引时的那一个"):
            qa.load(index)


def test_a_server_of_the_bundled_model_finds_what_it_finds_here(encoder: Encoder) -> None:
    from tests.test_encoder import SENTENCES

    texts = [*SENTENCES, *(f"第{i}条：{'排放标准' * i}" for i in range(1, 40))]

    with EmbeddingsServer(as_served()) as server:
        served = ServedEncoder(served_name(server.url, "multilingual-e5-small"), {})
        here, there = encoder.encode_passages(texts), served.encode_passages(texts)
        assert np.sum(here * there, axis=1).min() > 0.999
        for question in ("泰安怎样做环境执法？", "新手机多少钱", "Are there more birds at Qinghai Lake?"):
            one, other = encoder.encode_query(question), served.encode_query(question)
            assert float(one @ other) > 0.999
            assert int(np.argmax(here @ one)) == int(np.argmax(there @ other))
        assert same_revision(served.revision, load_encoder(served.name).revision)
