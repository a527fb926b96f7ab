"""Makes a language model of its name, provider:model, and of what the environment says of addresses and keys.

A key is taken from the environment and handed to the provider's package; it is never written, logged or shown.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr, ValidationError

from embeddings.addresses import is_server_address, is_this_machine
from qa.llm.calling import ChatModel
from qa.llm.failures import Secrets
from qa.llm.model import GenerationError, LanguageModel, Limits
from qa.local_llm.model_file import is_local
from qa.providers.limits import limits_of

BASE_URL = "SUYUAN_LLM_BASE_URL"
"""Environment variable: the server's address, before the provider's own variable and default."""
API_KEY = "SUYUAN_LLM_API_KEY"
"""Environment variable: the key, before the provider's own variable."""
TEMPERATURE = "SUYUAN_LLM_TEMPERATURE"
"""Environment variable: 0 unless it says otherwise; `none` for models that accept no temperature."""
_NO_KEY = "no-key"
"""What servers that need no key are sent, because the client insists on one."""
_CONNECT = 10.0
"""Seconds for a connection to be made, after which it is tried again."""
_SHORTEST_SECRET = 8
"""Characters: to take shorter values for keys would blot out ordinary words."""
_SECRET_NAME = re.compile(r"KEY|TOKEN|SECRET|PASSW", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Preset:
    """A server that speaks OpenAI's chat completions."""

    base_url: str
    key_variable: str
    base_variable: str = ""
    needs_key: bool = False


_DASHSCOPE = _Preset("https://dashscope.aliyuncs.com/compatible-mode/v1", "DASHSCOPE_API_KEY", needs_key=True)
_PRESETS = {
    "openai": _Preset("https://api.openai.com/v1", "OPENAI_API_KEY", "OPENAI_BASE_URL", needs_key=True),
    "deepseek": _Preset("https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", "DEEPSEEK_API_BASE", needs_key=True),
    "dashscope": _DASHSCOPE,
    "qwen": _DASHSCOPE,
    "ollama": _Preset("http://127.0.0.1:11434/v1", "OLLAMA_API_KEY"),
    "vllm": _Preset("http://127.0.0.1:8000/v1", "VLLM_API_KEY"),
    "llamacpp": _Preset("http://127.0.0.1:8080/v1", "LLAMA_API_KEY"),
}


def language_model(
    name: str, limits: Limits | None = None, environment: Mapping[str, str] = os.environ
) -> LanguageModel:
    """The language model that `name` means, such as ollama:qwen3:8b or deepseek:deepseek-chat; nothing is sent yet.

    `local` and local:/path/to/model.gguf are started in a process of ours, or used where that runs already.
    openai, deepseek, dashscope (qwen), ollama, vllm and llamacpp are asked by OpenAI's chat completions protocol; any
    other provider is one of LangChain's `init_chat_model`, whose package finds its key in the process's environment.
    Without `limits` they are what the environment says.

    Raises:
        GenerationError: the name is not of that form, the provider's package or key is missing, or the address, the
            temperature or a limit that the environment gives is none; of a local model, its file or the memory for it
            is missing. Says what to do, and no key.
    """
    limits = limits or limits_of(environment, name)
    if is_local(name):
        return _local(name.strip(), limits, environment)
    provider, _, model = (part.strip() for part in name.strip().partition(":"))
    if not provider or not model:
        raise GenerationError(
            f"看不懂语言模型 {name!r}：请写成 提供者:模型，如 ollama:qwen3:8b、deepseek:deepseek-chat；"
            "或 local，在本机运行 / Name a language model as provider:model, as in the examples, or local"
        )
    preset = _PRESETS.get(provider.lower())
    key = _key(environment, preset)
    secrets = _secrets(environment, key)
    called = f"{provider}:{model}"
    try:
        if preset is not None:
            chat = _compatible(called, model, preset, key, limits, environment)
        else:
            chat = _any_other(called, provider, model, key, environment)
    except GenerationError:
        raise
    except Exception as error:  # noqa: BLE001 (each provider's package has errors of its own)
        why = secrets.blot(_said(error))
        # Without its cause: pydantic's errors quote what they were given, and that may be the key.
        raise GenerationError(f"语言模型 {called} 设置不对：{why} / {called} can't be set up, as said above") from None
    return ChatModel(called, chat, limits, tells_end=preset is not None, secrets=secrets)


def _local(name: str, limits: Limits, environment: Mapping[str, str]) -> LanguageModel:
    # What starts processes is not needed for models that others serve.
    from qa.local_llm.chat_model import LocalChatModel
    from qa.local_llm.model_file import model_file
    from qa.local_llm.needs import needs_of
    from qa.local_llm.server import server_of

    server = server_of(needs_of(model_file(name), limits))
    # Addresses and keys of other servers are not meant for it.
    own = {TEMPERATURE: environment.get(TEMPERATURE, "")}
    chat = _compatible(name, server.needs.path.stem, _Preset(server.base_url, ""), server.key, limits, own)
    return LocalChatModel(name, chat, server, limits)


def _compatible(
    called: str, model: str, preset: _Preset, key: str, limits: Limits, environment: Mapping[str, str]
) -> BaseChatModel:
    given = _base_url(environment, BASE_URL) or _base_url(environment, preset.base_variable)
    if preset.needs_key and not key and not given:
        raise GenerationError(
            f"语言模型 {called} 需要密钥：请设置环境变量 {preset.key_variable} 或 {API_KEY}"
            f" / {called} needs a key: set {preset.key_variable} or {API_KEY} in the environment"
        )
    if importlib.util.find_spec("langchain_openai") is None:
        raise GenerationError(
            f'语言模型 {called} 需要另装：pip install "suyuan[llm]" / {called} needs the extra llm, as above'
        )
    import openai
    from langchain_openai import ChatOpenAI

    # The /v1 that all of them have is easily forgotten.
    base_url = (given if urlsplit(given).path else f"{given}/v1") if given else preset.base_url
    # A proxy that the environment names, which many have for the web, can't reach this machine's own servers.
    through_proxy = not is_this_machine(base_url)
    return ChatOpenAI(
        model=model,
        base_url=base_url,
        api_key=SecretStr(key or _NO_KEY),
        timeout=openai.Timeout(limits.seconds, connect=min(_CONNECT, limits.silence)),
        temperature=_temperature(environment),
        max_retries=0,
        stream_usage=False,
        use_responses_api=False,
        http_client=openai.DefaultHttpxClient(trust_env=through_proxy),
        http_async_client=openai.DefaultAsyncHttpxClient(trust_env=through_proxy),
    )


def _any_other(called: str, provider: str, model: str, key: str, environment: Mapping[str, str]) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"max_retries": 0}
    for option, value in (
        ("temperature", _temperature(environment)),
        ("base_url", _base_url(environment, BASE_URL)),
        ("api_key", key),
    ):
        if value not in (None, ""):
            options[option] = value
    try:
        chat: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        package = re.search(r"langchain-[a-z-]+", str(error))
        install = f"：pip install {package.group()}" if package else ""
        raise GenerationError(f"语言模型 {called} 需要另装它的包{install} / {called} needs its package") from error
    return chat


def _key(environment: Mapping[str, str], preset: _Preset | None) -> str:
    """The key that the environment holds, or nothing."""
    for variable in (API_KEY, preset.key_variable if preset is not None else API_KEY):
        key = environment.get(variable, "").strip()
        if key and not (key.isascii() and key.isprintable() and " " not in key):
            raise GenerationError(
                f"环境变量 {variable} 里的密钥有空格、汉字或换行：请重新复制"
                f" / The key in {variable} has characters that no key has: copy it again"
            )
        if key:
            return key
    return ""


def _secrets(environment: Mapping[str, str], key: str) -> Secrets:
    values = (value.strip() for name, value in environment.items() if _SECRET_NAME.search(name))
    return Secrets((key, *(value for value in values if len(value) >= _SHORTEST_SECRET)))


def _base_url(environment: Mapping[str, str], variable: str) -> str:
    """The address in a variable; nothing where there is none."""
    given = environment.get(variable, "").strip().rstrip("/") if variable else ""
    if not given:
        return ""
    if not is_server_address(given):
        raise GenerationError(
            f"环境变量 {variable} 不是地址：应像 http://127.0.0.1:8000/v1 / {variable} is not an address like that one"
        )
    if urlsplit(given).username is not None:
        raise GenerationError(
            f"环境变量 {variable} 的地址里不要写密钥：请放在 {API_KEY} / Put the key into {API_KEY} instead"
        )
    return given


def _temperature(environment: Mapping[str, str]) -> float | None:
    """The temperature to ask with; None: say nothing of it."""
    given = environment.get(TEMPERATURE, "").strip() or "0"
    if given.lower() == "none":
        return None
    try:
        temperature = float(given)
    except ValueError:
        temperature = -1.0
    if not 0 <= temperature <= 2:
        raise GenerationError(f"环境变量 {TEMPERATURE} 应是 0 到 2，或 none / {TEMPERATURE} must be 0 to 2, or none")
    return temperature


def _said(error: Exception) -> str:
    """An error's own words; of pydantic's without the values, one of which may be the key."""
    if isinstance(error, ValidationError):
        return "; ".join(problem["msg"] for problem in error.errors(include_input=False, include_url=False))
    return str(error) or type(error).__name__
