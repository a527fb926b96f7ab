"""Names of language models and what the environment says of them: the right address, key and words, or what to do."""

import sys

import pytest
from langchain_core.messages import HumanMessage

from qa.llm.model import GenerationError
from qa.providers.providers import language_model
from tests.llm.fault_proxy import FaultProxy
from tests.llm.faults import reply, status

KEY = "sk-own-key-of-this-test-42"
ASKED = [HumanMessage("在吗？")]


@pytest.fixture
def server():
    with FaultProxy() as started:
        started.plan(reply("在。"))
        yield started


def asked(server, name, **environment):
    """Ask the model of that name, set up by this environment alone; returns the one request that the server saw."""
    server.exchanges.clear()
    model = language_model(name, environment=environment)
    assert "".join(model.stream(ASKED)) == "在。"
    (exchange,) = server.exchanges
    return exchange


def refused(name, **environment):
    with pytest.raises(GenerationError) as raised:
        language_model(name, environment=environment)
    message = str(raised.value)
    assert "\n" not in message
    assert " / " in message
    return message


def test_the_environment_sets_how_long_a_model_is_waited_for_and_how_much_it_is_given():
    usual = language_model("ollama:m", environment={}).limits
    assert (usual.seconds, usual.silence, usual.prompt_tokens) == (60, 30, 3000)
    slow = language_model("ollama:m", environment={"SUYUAN_LLM_SECONDS": "240", "SUYUAN_LLM_TOKENS": "1100"}).limits
    assert (slow.seconds, slow.silence, slow.prompt_tokens) == (240, 120, 1100)


@pytest.mark.parametrize("variable", ["SUYUAN_LLM_SECONDS", "SUYUAN_LLM_TOKENS"])
@pytest.mark.parametrize("value", ["0", "-5", "many", "1.5", "99999999", "６０"])
def test_a_limit_that_is_none_is_refused(variable, value):
    assert variable in refused("ollama:m", **{variable: value})


@pytest.mark.parametrize("provider", ["openai", "deepseek", "dashscope", "qwen", "ollama", "vllm", "llamacpp"])
def test_every_preset_speaks_chat_completions_with_the_key_and_address_it_is_given(server, provider):
    exchange = asked(server, f"{provider}:some-model", SUYUAN_LLM_BASE_URL=server.base_url, SUYUAN_LLM_API_KEY=KEY)
    assert exchange.path == "/v1/chat/completions"
    assert exchange.headers["Authorization"] == f"Bearer {KEY}"
    assert sorted(exchange.asked) == ["messages", "model", "stream", "temperature"]


def test_a_tag_is_part_of_the_models_name(server):
    model = language_model("Ollama:qwen3:8b", environment={"SUYUAN_LLM_BASE_URL": server.base_url})
    assert model.name == "Ollama:qwen3:8b"
    assert "".join(model.stream(ASKED)) == "在。"
    assert server.exchanges[0].asked["model"] == "qwen3:8b"


@pytest.mark.parametrize(
    ("provider", "address"),
    [
        ("openai", "https://api.openai.com/v1"),
        ("deepseek", "https://api.deepseek.com/v1"),
        ("dashscope", "https://dashscope.aliyuncs.com/compatible-mode/v1"),
        ("qwen", "https://dashscope.aliyuncs.com/compatible-mode/v1"),
        ("ollama", "http://127.0.0.1:11434/v1"),
        ("vllm", "http://127.0.0.1:8000/v1"),
        ("llamacpp", "http://127.0.0.1:8080/v1"),
    ],
)
def test_every_preset_has_its_address(monkeypatch, provider, address):
    made = {}
    monkeypatch.setattr("langchain_openai.ChatOpenAI", lambda **options: made.update(options))
    language_model(f"{provider}:m", environment={"SUYUAN_LLM_API_KEY": KEY})
    assert made["base_url"] == address
    assert (made["max_retries"], made["stream_usage"], made["use_responses_api"]) == (0, False, False)


def test_our_own_variables_go_before_the_providers(server):
    theirs = {"OPENAI_BASE_URL": server.base_url, "OPENAI_API_KEY": "sk-theirs-0123456789"}
    assert asked(server, "openai:m", **theirs).headers["Authorization"] == "Bearer sk-theirs-0123456789"
    ours = {"SUYUAN_LLM_BASE_URL": server.base_url, "SUYUAN_LLM_API_KEY": KEY}
    wrong = {**theirs, "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    assert asked(server, "openai:m", **wrong, **ours).headers["Authorization"] == f"Bearer {KEY}"


def test_no_servers_key_is_sent_to_another(server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai-0123456789")
    for name in ("ollama:m", "vllm:m", "llamacpp:m"):
        sent = asked(server, name, SUYUAN_LLM_BASE_URL=server.base_url, OPENAI_API_KEY="sk-of-openai-0123456789")
        assert "openai" not in str(sent.headers["Authorization"])


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/"])
def test_the_v1_of_an_address_may_be_left_out(server, end):
    address = server.base_url.removesuffix("/v1") + end
    assert asked(server, "vllm:m", SUYUAN_LLM_BASE_URL=address).path == "/v1/chat/completions"


def test_a_proxy_for_the_web_is_not_asked_for_this_machine(server, monkeypatch):
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert asked(server, "llamacpp:m", SUYUAN_LLM_BASE_URL=server.base_url).path == "/v1/chat/completions"


@pytest.mark.parametrize(("given", "sent"), [("", 0.0), ("0.7", 0.7), ("none", None)])
def test_the_temperature_is_zero_unless_told_otherwise(server, given, sent):
    exchange = asked(server, "vllm:m", SUYUAN_LLM_BASE_URL=server.base_url, SUYUAN_LLM_TEMPERATURE=given)
    assert exchange.asked.get("temperature") == sent


@pytest.mark.parametrize("name", ["", "gpt-4o", ":m", "openai:", " : "])
def test_a_name_has_a_provider_and_a_model(name):
    assert "提供者:模型" in refused(name)


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("openai:m", "OPENAI_API_KEY"),
        ("deepseek:m", "DEEPSEEK_API_KEY"),
        ("dashscope:m", "DASHSCOPE_API_KEY"),
        ("qwen:m", "DASHSCOPE_API_KEY"),
    ],
)
def test_a_missing_key_is_named(name, variable):
    assert f"请设置环境变量 {variable} 或 SUYUAN_LLM_API_KEY" in refused(name)


def test_what_is_missing_is_named_with_what_installs_it(monkeypatch):
    assert "pip install langchain-mistralai" in refused("mistralai:small", SUYUAN_LLM_API_KEY=KEY)
    assert "nobody" in refused("nobody:m")
    monkeypatch.setitem(sys.modules, "langchain_openai", None)
    assert 'pip install "suyuan[llm]"' in refused("ollama:m")


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8000", "ftp://127.0.0.1/v1", "http://", "http://[::1", "http://h:99999"]
)
def test_an_address_is_one(address):
    assert "SUYUAN_LLM_BASE_URL 不是地址" in refused("vllm:m", SUYUAN_LLM_BASE_URL=address)


def test_keys_are_neither_in_addresses_nor_in_messages():
    message = refused("vllm:m", SUYUAN_LLM_BASE_URL=f"http://me:{KEY}@127.0.0.1/v1")
    assert "不要写密钥" in message
    assert KEY not in message
    message = refused("vllm:m", SUYUAN_LLM_API_KEY=f"{KEY}\n{KEY}")
    assert "请重新复制" in message
    assert KEY not in message
    assert "0 到 2" in refused("vllm:m", SUYUAN_LLM_TEMPERATURE="warm")


def test_any_other_provider_gets_the_address_as_it_is_and_the_key(monkeypatch):
    made = {}
    monkeypatch.setattr(
        "langchain.chat_models.init_chat_model", lambda model, **options: made.update(options, of=model)
    )
    model = language_model(
        "anthropic:m", environment={"SUYUAN_LLM_BASE_URL": "http://127.0.0.1:1", "SUYUAN_LLM_API_KEY": KEY}
    )
    assert made == {
        "of": "m",
        "model_provider": "anthropic",
        "base_url": "http://127.0.0.1:1",
        "api_key": KEY,
        "temperature": 0.0,
        "max_retries": 0,
    }
    assert model.name == "anthropic:m"


def test_any_other_provider_of_langchain_is_asked_and_its_words_hold_no_key(server, monkeypatch):
    """One whose package comes with the extra, and which has its own variables for key and address."""
    environment = {
        "AZURE_OPENAI_API_KEY": KEY,
        "AZURE_OPENAI_ENDPOINT": server.base_url.removesuffix("/v1"),
        "OPENAI_API_VERSION": "2024-10-21",
    }
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    model = language_model("azure_openai:m", environment=environment)
    assert "".join(model.stream(ASKED)) == "在。"
    assert server.exchanges[0].headers["api-key"] == KEY
    server.plan(status(422, f"not with {KEY}"))
    with pytest.raises(GenerationError, match=r"not with \*\*\*"):
        list(model.stream(ASKED))
    assert KEY not in repr(model)
    monkeypatch.delenv("AZURE_OPENAI_API_KEY")
    assert KEY not in refused("azure_openai:m", AZURE_OPENAI_API_KEY=KEY)
