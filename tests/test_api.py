"""The page's functions without the page: a real server, gradio's own client and an MCP client."""

from __future__ import annotations

import ast
import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

import qa
from benchmarks.page.serving import served
from qa.json_form import answer_json
from tests.conversations import WORDED, worded
from tests.fakes import WordedAnswers

QUESTION = "泰安的12345工作法是什么"
_UNTIMED = ("seconds",)


@pytest.fixture(scope="module")
def address(sample: qa.Answerer) -> Iterator[str]:
    """A server with the API and the MCP endpoint."""
    with served(sample, mcp=True) as url:
        yield url


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(address, verbose=False)


def _without_time(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key not in _UNTIMED}


def test_ask_gives_the_answer_as_the_command_does(client: Client, sample: qa.Answerer) -> None:
    expected = json.loads(json.dumps(answer_json(sample.ask(QUESTION))))
    assert _without_time(client.predict(question=QUESTION, api_name="/ask")) == _without_time(expected)


def test_ask_knows_the_dialogue(client: Client, sample: qa.Answerer) -> None:
    history = [QUESTION]
    answer = client.predict(question="四大课堂具体是哪四个？", history=history, api_name="/ask")
    assert answer["answer"] == sample.ask("四大课堂具体是哪四个？", history).text


def test_ask_within_articles(client: Client, sample: qa.Answerer) -> None:
    other = next(article.id for article in sample.articles() if "12345" not in article.text)
    answer = client.predict(question=QUESTION, articles=[other], api_name="/ask")
    assert answer["abstained"] is True
    assert {citation["article_id"] for citation in answer["nearest"]} <= {other}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"question": "  "}, "没有问题"),
        ({"question": "问" * 2001}, "2000"),
        ({"question": QUESTION, "articles": ["没有的"]}, "没有的"),
        ({"question": QUESTION, "history": [1]}, "history"),
    ],
)
def test_what_can_t_be_asked_is_said(client: Client, sent: dict[str, Any], said: str) -> None:
    with pytest.raises(AppError, match=said):
        client.predict(**sent, api_name="/ask")


def test_articles_are_listed_in_pages(client: Client, sample: qa.Answerer) -> None:
    ids = [article.id for article in sample.articles()]
    page = client.predict(offset=2, limit=3, api_name="/articles")
    assert page["total"] == len(ids)
    assert [article["id"] for article in page["articles"]] == ids[2:5]
    assert page["articles"][0]["title"] == sample.article(ids[2]).title


def test_an_article_comes_whole(client: Client, sample: qa.Answerer) -> None:
    answer = sample.ask(QUESTION)
    cited = answer.citations[0]
    article = client.predict(article_id=cited.article_id, api_name="/article")
    assert article["text"][cited.start : cited.end] == cited.quote
    assert article["sha256"] == cited.text_sha256
    assert article["file"] == sample.article(cited.article_id).path
    headings = [section["heading"] for section in article["outline"]]
    outline = sample.outline(cited.article_id)
    text = sample.article(cited.article_id).text
    assert headings == [text[s.heading.start : s.heading.end] for s in outline.sections]
    with pytest.raises(AppError, match="没有这篇文章"):
        client.predict(article_id="../x", api_name="/article")


def test_of_an_answer_that_a_model_words_the_whole_comes_alone() -> None:
    answerer = WordedAnswers([replace(worded(), text="", citations=(), sentences=WORDED[1:2]), worded("问")])
    answerer.go_on(2)
    with served(answerer) as url:
        answer = Client(url, verbose=False).predict(question="问", api_name="/ask")
    assert _without_time(answer) == _without_time(json.loads(json.dumps(answer_json(worded("问")))))


def test_a_call_that_is_cancelled_gives_the_answer_up() -> None:
    answerer = WordedAnswers([worded()])
    with served(answerer) as url:
        call = {"data": ["问", None, None], "session_hash": "who"}
        event = httpx.post(f"{url}/gradio_api/call/ask", json=call).json()["event_id"]
        names = [one["api_name"] for one in httpx.get(f"{url}/config").json()["dependencies"]]
        cancel = {"session_hash": "who", "fn_index": names.index("ask"), "event_id": event}
        assert answerer.asked.wait(10)
        assert httpx.post(f"{url}/gradio_api/cancel", json=cancel).json() == {"success": True}
        assert answerer.given_up.wait(10)


def test_an_mcp_client_lists_and_calls_the_tools(address: str, sample: qa.Answerer) -> None:
    mcp = pytest.importorskip("mcp", reason="needs the extra mcp")
    from mcp.client.streamable_http import streamablehttp_client

    async def call() -> tuple[list[str], dict[str, Any]]:
        async with (
            streamablehttp_client(f"{address}/gradio_api/mcp/") as (reading, writing, _),
            mcp.ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = await session.list_tools()
            called = await session.call_tool("ask", {"question": QUESTION})
            return [tool.name for tool in tools.tools], ast.literal_eval(called.content[0].text)

    # In a thread of its own: a browser test before this one leaves its event loop running in the main thread.
    with ThreadPoolExecutor() as pool:
        names, answer = pool.submit(lambda: asyncio.run(call())).result()
    assert sorted(names) == ["article", "articles", "ask"]
    assert answer["answer"] == sample.ask(QUESTION).text
    assert answer["citations"][0]["quote"] == sample.ask(QUESTION).citations[0].quote
