"""The language model that tests ask, and the proxy that gets in its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from qa.llm.model import LanguageModel, Limits
from qa.providers.providers import API_KEY, BASE_URL, language_model
from tests.llm.fault_proxy import FaultProxy
from tests.llm.local_model import NoModelError, served

KEY = "sk-the-key-of-the-tests-0123456789"
"""Sent with every request of `model_at`; no error or log may hold it."""
PATIENT = Limits(seconds=240, silence=120)
"""For a model on a small, busy machine."""

ModelAt = Callable[..., LanguageModel]


@pytest.fixture(scope="session")
def llm_server() -> Iterator[str]:
    """The base URL of a real OpenAI-compatible server with a small real model; for tests marked `llm`."""
    try:
        with served() as base_url:
            yield base_url
    except NoModelError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def model_at() -> ModelAt:
    """A LanguageModel for a base URL: model_at(url), model_at(url, seconds=3, silence=1, retries=0, at_once=2)."""

    def at(base_url: str, **limits: Any) -> LanguageModel:
        return language_model("openai:tests", Limits(**limits), {BASE_URL: base_url, API_KEY: KEY})

    return at


@pytest.fixture(scope="session")
def local_llm(llm_server: str) -> LanguageModel:
    """The small real model, asked as users ask theirs."""
    return language_model("llamacpp:test", PATIENT, {BASE_URL: llm_server})


@pytest.fixture
def proxy() -> Iterator[FaultProxy]:
    """A server that answers by itself, with what its `plan` says."""
    with FaultProxy() as started:
        yield started


@pytest.fixture
def proxy_before_llm(llm_server: str) -> Iterator[FaultProxy]:
    """The same in front of the real model."""
    with FaultProxy(llm_server) as started:
        yield started
