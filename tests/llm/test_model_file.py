"""The pinned model is fetched from a real server: gone on with where it was cut off, kept only where it is right."""

import hashlib
import random
import socket
from dataclasses import replace

import pytest
from filelock import FileLock

from qa.llm.model import GenerationError
from qa.local_llm import fetching, pinned
from qa.local_llm.fetching import fetch
from qa.local_llm.hubs import source_of
from qa.local_llm.model_file import MissingModelError, is_fetched, is_local, model_file, place_of
from qa.local_llm.pinned import PinnedModel
from tests.llm.hub_server import HubServer, Served

BODY = random.Random(3).randbytes(3_000_000)
SHA256 = hashlib.sha256(BODY).hexdigest()
MODEL = PinnedModel("小模型", "MIT", "Tests/Small-GGUF", "c0ffee", "small-q4.gguf", len(BODY), SHA256)
PATH = "/Tests/Small-GGUF/resolve/c0ffee/small-q4.gguf"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """A cache of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(pinned, "DEFAULT", MODEL)
    for variable in ("SUYUAN_MODEL_HUB", "HF_ENDPOINT"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path


@pytest.fixture
def hub():
    with HubServer(BODY) as started:
        yield started


def fetched(hub, model=MODEL):
    """Fetch from the server: the path, and what was told on the way."""
    told = []
    path = fetch(model, source_of(model, hub.address), lambda done, total: told.append((done, total)), pause=0.01)
    return path, told


def refused(hub, model=MODEL):
    with pytest.raises(GenerationError) as raised:
        fetched(hub, model)
    message = str(raised.value)
    assert "\n" not in message
    assert " / " in message
    assert not is_fetched(model)
    return message


def part():
    place = place_of(MODEL)
    return place.with_name(f"{place.name}.part")


def test_it_is_fetched_once_and_then_there(hub):
    with pytest.raises(MissingModelError, match="suyuan fetch-model"):
        model_file("local")
    path, told = fetched(hub)
    assert path.read_bytes() == BODY
    assert path == model_file("local") == place_of(MODEL)
    assert told[0] == (0, len(BODY))
    assert told[-1] == (len(BODY), len(BODY))
    assert hub.asked == [(PATH, ""), (f"/cdn{PATH}", "")]
    assert fetched(hub) == (path, [])
    assert len(hub.asked) == 2
    assert not part().exists()


def test_cut_off_again_and_again_it_goes_on_where_it_was(hub):
    hub.plan(Served(cut_after=1_000_000), Served(status=503), Served(cut_after=500_000), Served())
    path, told = fetched(hub)
    assert path.read_bytes() == BODY
    assert [asked for path, asked in hub.asked if path.startswith("/cdn")] == [
        "",
        "bytes=1000000-",
        "bytes=1000000-",
        "bytes=1500000-",
    ]
    assert (1_500_000, len(BODY)) in told


def test_a_later_run_goes_on_from_another_hub(hub):
    hub.plan(Served(cut_after=1_200_000), Served(status=503))
    assert "再运行 suyuan fetch-model 接着下载" in refused(hub)
    assert part().stat().st_size == 1_200_000
    with HubServer(BODY) as other:
        path, told = fetched(other)
        assert other.asked[-1][1] == "bytes=1200000-"
    assert path.read_bytes() == BODY
    assert told[0] == (1_200_000, len(BODY))


def test_a_server_without_ranges_sends_the_whole_again(hub):
    hub.plan(Served(cut_after=1_200_000), Served(ranges=False))
    assert fetched(hub)[0].read_bytes() == BODY


def test_a_server_that_sends_another_range_is_not_believed(hub):
    hub.plan(Served(cut_after=1_200_000), Served(shift=-5), Served())
    assert fetched(hub)[0].read_bytes() == BODY


def test_an_unstated_length_is_no_matter(hub):
    hub.plan(Served(chunked=True, cut_after=1_000_000), Served(chunked=True))
    assert fetched(hub)[0].read_bytes() == BODY


def test_another_file_of_the_same_length_is_not_kept(hub):
    hub.plan(Served(body=bytes(len(BODY))))
    assert "sha256" in refused(hub)
    assert not part().exists()
    hub.plan(Served())
    assert fetched(hub)[0].read_bytes() == BODY


@pytest.mark.parametrize("body", [b"<html>please log in</html>", BODY + b"more", BODY[:-1]])
def test_another_length_is_refused_before_it_is_fetched(hub, body):
    part().parent.mkdir(parents=True)
    part().write_bytes(BODY[:100])
    hub.plan(Served(body=body))
    assert "sha256" in refused(hub)
    assert part().read_bytes() == BODY[:100]


def test_a_longer_file_of_unstated_length_is_held_to_the_hash(hub):
    hub.plan(Served(chunked=True, body=b"x" + BODY))
    assert "sha256" in refused(hub)


def test_a_file_that_is_too_long_already_is_begun_anew(hub):
    part().parent.mkdir(parents=True)
    part().write_bytes(BODY + b"more")
    assert fetched(hub)[0].read_bytes() == BODY


def test_a_damaged_file_is_fetched_anew(hub):
    path, _ = fetched(hub)
    path.write_bytes(BODY[:5])
    assert fetched(hub)[0].read_bytes() == BODY


@pytest.mark.parametrize("status", [401, 403, 404])
def test_what_the_hub_does_not_have_is_not_asked_for_again(hub, status):
    hub.plan(Served(status=status))
    message = refused(hub)
    assert f"（{status}）" in message
    assert "--hub modelscope|huggingface" in message
    assert len(hub.asked) == 2


def test_a_server_that_is_not_there_is_given_up():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(GenerationError, match="请检查网络"):
        fetch(MODEL, source_of(MODEL, nobody), lambda done, total: None, pause=0.01)


def test_a_full_disk_is_said_before_anything_is_fetched(hub):
    message = refused(hub, replace(MODEL, size=10**16))
    assert "磁盘空间不够" in message
    assert hub.asked == []


def test_a_folder_that_cant_be_written_is_named(hub, cache):
    (cache / "suyuan").write_text("a file in its way")
    assert "XDG_CACHE_HOME" in refused(hub)


def test_two_do_not_fetch_at_the_same_time(hub):
    place = place_of(MODEL)
    place.parent.mkdir(parents=True)
    with FileLock(f"{place}.lock"):
        assert "另一个进程" in refused(hub)


def test_a_proxy_for_the_web_is_not_asked_for_this_machine(hub, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert fetched(hub)[0].read_bytes() == BODY


@pytest.mark.parametrize(
    ("hub", "environment", "url", "shown"),
    [
        ("", {}, f"https://modelscope.cn/models/{MODEL.repository}/resolve/master/{MODEL.file}", "modelscope.cn"),
        ("huggingface", {}, f"https://huggingface.co{PATH}", "huggingface.co"),
        ("", {"SUYUAN_MODEL_HUB": "HuggingFace"}, f"https://huggingface.co{PATH}", "huggingface.co"),
        ("", {"HF_ENDPOINT": "https://hf-mirror.com/"}, f"https://hf-mirror.com{PATH}", "hf-mirror.com"),
        ("modelscope", {"HF_ENDPOINT": "https://hf-mirror.com"}, "https://modelscope.cn/", "modelscope.cn"),
        ("", {"SUYUAN_MODEL_HUB": "http://u:pass@mirror/hub/"}, f"http://u:pass@mirror/hub{PATH}", "mirror"),
    ],
)
def test_the_hub_is_chosen_by_option_or_by_the_environment(hub, environment, url, shown):
    source = source_of(MODEL, hub, environment)
    assert source.url.startswith(url)
    assert shown in source.hub
    assert "pass" not in source.hub


@pytest.mark.parametrize("hub", ["modelhub", "ftp://mirror", "http://"])
def test_a_hub_that_is_none_is_refused(hub):
    with pytest.raises(GenerationError, match="modelscope、huggingface"):
        source_of(MODEL, hub, {})


def test_a_model_is_named_by_its_path(tmp_path):
    file = tmp_path / "own:model.gguf"
    file.write_bytes(b"GGUF")
    assert model_file(f"local:{file}") == model_file(f" Local: {file} ") == file
    with pytest.raises(GenerationError, match="没有模型文件"):
        model_file(f"local:{tmp_path}")
    assert all(is_local(name) for name in ("local", "LOCAL:x.gguf", " local : x.gguf"))
    assert not any(is_local(name) for name in ("localai:m", "ollama:local", ""))


def test_the_pinned_model_is_whole(monkeypatch):
    monkeypatch.undo()
    model = pinned.DEFAULT
    assert len(bytes.fromhex(model.sha256)) == 32
    assert model.file.endswith(".gguf")
    assert model.size > 1e9
    assert fetching._TRIES > 1
