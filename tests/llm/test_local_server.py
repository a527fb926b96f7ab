"""llama.cpp in a process of ours, with a tiny real model: it answers whoever started it, and ends with them."""

import os
import signal
import subprocess
import sys
import time

import httpx
import pytest
from langchain_core.messages import HumanMessage

from qa.llm.model import GenerationError, Limits
from qa.local_llm import machine, needs, server
from qa.local_llm.needs import LONGEST_REPLY, needs_of
from qa.local_llm.speed import speed_of
from qa.providers.providers import language_model
from tests.conftest import REPOSITORY
from tests.llm.tiny_gguf import CONTEXT, write_tiny_model

pytest.importorskip("xllamacpp", reason="the extra local is not installed")
ASKED = [HumanMessage("在吗？")]
LIMITS = Limits(seconds=120, silence=60, retries=0, at_once=1)
_PARENT = """
import sys, time
from qa.providers.providers import language_model
model = language_model(sys.argv[1])
print(model.server._process.pid, flush=True)
sys.stdin.readline()
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return write_tiny_model(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


@pytest.fixture(scope="module")
def model(tiny):
    started = language_model(f"local:{tiny}", LIMITS, {})
    yield started
    started.server.stop()


def refused(name, environment=None):
    with pytest.raises(GenerationError) as raised:
        language_model(name, environment=environment or {})
    message = str(raised.value)
    assert "\n" not in message
    assert " / " in message
    return message


def first_piece(model):
    pieces = model.stream(ASKED)
    try:
        return next(pieces)
    finally:
        pieces.close()


def wait_for_end(pid):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        # It may have ended with nobody there to take its exit code.
        if "\nState:\tZ" in open(f"/proc/{pid}/status").read():  # noqa: SIM115, PTH123
            return
        time.sleep(0.1)
    raise AssertionError("the server lives on")


def test_it_answers(model, tiny):
    assert first_piece(model)
    assert model.name == f"local:{tiny}"
    assert model.limits == LIMITS


def test_the_usual_limits_leave_a_slow_machine_time():
    usual = language_model_limits({})
    assert (usual.seconds, usual.silence, usual.prompt_tokens, usual.at_once) == (240, 120, 1500, 1)
    chosen = language_model_limits({"SUYUAN_LLM_SECONDS": "900", "SUYUAN_LLM_TOKENS": "5000"})
    assert (chosen.seconds, chosen.prompt_tokens) == (900, 5000)


def language_model_limits(environment):
    from qa.providers.limits import limits_of

    return limits_of(environment, "local")


def test_nobody_else_on_the_machine_can_ask_it(model):
    asked = {"messages": [{"role": "user", "content": "在吗？"}], "max_tokens": 2}
    address = f"{model.server.base_url}/chat/completions"
    assert httpx.post(address, json=asked, trust_env=False, timeout=60).status_code == 401
    with_key = {"Authorization": f"Bearer {model.server.key}"}
    assert httpx.post(address, json=asked, headers=with_key, trust_env=False, timeout=60).status_code == 200
    assert model.server.key not in repr(model)


def test_a_reply_that_never_ends_is_ended(model):
    asked = {"messages": [{"role": "user", "content": "在吗？"}], "ignore_eos": True}
    with_key = {"Authorization": f"Bearer {model.server.key}"}
    answered = httpx.post(
        f"{model.server.base_url}/chat/completions", json=asked, headers=with_key, trust_env=False, timeout=120
    ).json()
    assert answered["usage"]["completion_tokens"] <= LONGEST_REPLY
    assert answered["choices"][0]["finish_reason"] == "length"


def test_the_same_file_is_started_once(model, tiny):
    assert language_model(f"local:{tiny}", LIMITS, {}).server is model.server


def test_addresses_and_keys_of_other_servers_are_not_meant_for_it(model, tiny):
    others = {"SUYUAN_LLM_BASE_URL": "http://127.0.0.1:9", "SUYUAN_LLM_API_KEY": "sk-of-another-server"}
    assert first_piece(language_model(f"local:{tiny}", LIMITS, others))


def test_a_server_that_died_is_started_again_where_it_was(model):
    address, process = model.server.base_url, model.server._process
    process.kill()
    process.wait(30)
    assert first_piece(model)
    assert model.server.base_url == address
    assert model.server._process.pid != process.pid


def test_its_speed_is_measured(model):
    speed = speed_of(model.server, 120)
    assert speed.reading > 0
    assert speed.writing > 0
    with pytest.raises(GenerationError, match="SUYUAN_LLM_SECONDS"):
        speed_of(model.server, 1e-6)


@pytest.mark.parametrize("end", ["killed", "over"])
def test_it_ends_with_whoever_started_it(tiny, end):
    command = [sys.executable, "-c", _PARENT, f"local:{tiny}"]
    parent = subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with parent:
        pid = int(parent.stdout.readline())
        os.kill(pid, 0)
        # A terminal's Ctrl-C goes to all of a session's foreground: it is for the parent alone.
        assert os.getsid(pid) != os.getsid(parent.pid)
        if end == "killed":
            parent.send_signal(signal.SIGKILL)
        else:
            parent.stdin.close()
        assert parent.wait(60) == (-signal.SIGKILL if end == "killed" else 0)
        wait_for_end(pid)


def test_a_file_that_is_no_model_is_named(tmp_path, tiny):
    text = tmp_path / "text.gguf"
    text.write_text("这不是模型", encoding="utf-8")
    assert "不是 GGUF 语言模型" in refused(f"local:{text}")
    half = tmp_path / "half.gguf"
    half.write_bytes(tiny.read_bytes()[:200_000])
    assert "half.gguf 没能启动" in refused(f"local:{half}")
    assert "没有模型文件" in refused(f"local:{tmp_path / 'none.gguf'}")


def test_too_little_memory_is_said_before_it_starts(tmp_path, monkeypatch):
    file = write_tiny_model(tmp_path / "other.gguf")
    for module in (needs, server):
        monkeypatch.setattr(module, "free_memory", lambda: 150_000_000)
    message = refused(f"local:{file}")
    assert "内存不够：other.gguf 约需 0.25 GB，可用 0.15 GB" in message


def test_what_it_takes_is_said(tiny, monkeypatch):
    taken = needs_of(tiny, Limits(prompt_tokens=100_000))
    assert taken.context == CONTEXT
    assert taken.cores == machine.physical_cores()
    assert "约需内存 0.25 GB，可用 " in taken.said
    monkeypatch.setattr(needs, "physical_cores", lambda: 1)
    monkeypatch.setattr(needs, "free_memory", lambda: None)
    said = needs_of(tiny, LIMITS).said
    assert "只有一个核，会很慢" in said
    assert "可用" not in said


@pytest.mark.parametrize("package", ["xllamacpp", "langchain_openai"])
def test_the_extra_is_named(tiny, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    assert 'pip install "suyuan[local]"' in refused(f"local:{tiny}")
