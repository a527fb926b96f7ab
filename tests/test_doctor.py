"""`suyuan doctor`: one line for each part, and what mends it; nothing that a key could be read from."""

import shutil

import pytest

from embeddings.rebuilding.rebuild import rebuild
from qa.reading.cross_encoder import load_reader
from tests.llm.fault_proxy import FaultProxy
from tests.llm.faults import refused_url, reply, unauthorized
from tests.written_articles import write_articles
from ui.cli import main

KEY = "sk-own-key-of-the-doctor-42"


@pytest.fixture(scope="module")
def built(one_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("doctor")
    rebuild(write_articles(folder / "articles"), folder / "index")
    return folder / "index"


@pytest.fixture(scope="module")
def reader():
    """The real reader, loaded once."""
    return load_reader()


@pytest.fixture
def index(built, tmp_path, monkeypatch, encoder, reader):
    """A copy of a sound index, to spoil."""
    monkeypatch.delenv("SUYUAN_LLM", raising=False)
    monkeypatch.setattr("embeddings.encoding.encoder.load_encoder", lambda model=None: encoder)
    monkeypatch.setattr("qa.reading.cross_encoder.load_reader", lambda: reader)
    shutil.copytree(built, tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def lines(index, capsys):
    """Run the doctor: its exit code, and its lines."""

    def ran(*arguments):
        capsys.readouterr()
        code = main(["doctor", "--index", str(index), *arguments])
        out, err = capsys.readouterr()
        assert err == ""
        return code, out.splitlines()

    return ran


def test_all_is_well_without_a_language_model(lines, encoder):
    code, printed = lines()
    assert code == 0
    assert [line.split("：")[0] for line in printed] == [
        "正常 ok    索引 index",
        "正常 ok    向量模型 embedding model",
        "正常 ok    阅读器 reader",
        "正常 ok    语言模型 language model",
    ]
    assert " 篇 articles，" in printed[0]
    assert f"{encoder.name}，384 维" in printed[1]
    assert "没有指定，不用它也能答" in printed[3]


def test_no_index_yet(lines, index):
    (index / "CURRENT").unlink()
    code, (first, second, *_) = lines()
    assert code == 2
    assert first.startswith("要修 mend  索引 index：")
    assert "rebuild-index 文章文件夹" in first
    assert second.startswith("正常 ok  ")


def test_a_file_of_the_index_that_changed_is_named(lines, index):
    (vectors,) = index.glob("snapshots/*/vectors.faiss")
    spoilt = bytearray(vectors.read_bytes())
    spoilt[-1] ^= 1
    vectors.write_bytes(spoilt)
    code, (first, *_) = lines()
    assert code == 2
    assert "vectors.faiss 与建立时不同。请重建：rebuild-index" in first


def test_an_index_made_with_another_model_is_named(lines, index):
    (manifest,) = index.glob("snapshots/*/manifest.json")
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"revision": "', '"revision": "0'), encoding="utf-8")
    code, (_, second, *_) = lines()
    assert code == 2
    assert "已不是建立索引时的那一个，请重建" in second


def test_the_language_model_is_asked(lines, monkeypatch):
    with FaultProxy() as server:
        monkeypatch.setenv("SUYUAN_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("SUYUAN_LLM_API_KEY", KEY)
        server.plan(reply("好"))
        code, (*_, last) = lines("--llm", "openai:m")
        assert code == 0
        assert last.startswith("正常 ok    语言模型 language model：openai:m 能用，")
        monkeypatch.setenv("SUYUAN_LLM", "openai:m")
        server.plan(unauthorized())
        code, (*_, last) = lines()
        assert code == 2
        assert last.startswith("要修 mend  语言模型 language model：语言模型 openai:m 不认这个密钥（401）")
        assert KEY not in last
        assert lines("--no-llm")[0] == 0
    monkeypatch.setenv("SUYUAN_LLM_BASE_URL", refused_url())
    code, (*_, last) = lines()
    assert (code, "连不上" in last) == (2, True)
    code, (*_, last) = lines("--llm", "gpt")
    assert (code, "提供者:模型" in last) == (2, True)
