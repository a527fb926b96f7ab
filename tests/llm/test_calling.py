"""A language model asked through a real server: in time, again where that helps, given up at once, and never a key."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from qa.llm.model import GenerationError, Limits
from qa.providers.providers import language_model
from tests.llm.conftest import KEY
from tests.llm.faults import (
    cut,
    garbage,
    no_upstream_faults,
    passing,
    refused_url,
    refusing,
    reply,
    silent,
    status,
    too_long,
    too_many,
    unauthorized,
)

ASKED = [SystemMessage("只根据资料回答。"), HumanMessage("馆藏多少册？")]
SAID = "馆藏三千册。[1]"


def why(model, cancelled=None):
    """The error that asking ends with, after what was said before it: (pieces, message, seconds)."""
    said, began = [], time.monotonic()
    with pytest.raises(GenerationError) as raised:
        for piece in model.stream(ASKED, cancelled):
            said.append(piece)
    return "".join(said), str(raised.value), time.monotonic() - began


def test_pieces_come_as_they_are_said(proxy, model_at):
    proxy.plan(reply("甲乙丙丁", piece=1, pause=0.15))
    came = [(piece, time.monotonic()) for piece in model_at(proxy.base_url).stream(ASKED)]
    assert [piece for piece, _ in came] == ["甲", "乙", "丙", "丁"]
    assert came[-1][1] - came[0][1] > 0.3
    (exchange,) = proxy.exchanges
    assert exchange.path == "/v1/chat/completions"
    assert exchange.headers["Authorization"] == f"Bearer {KEY}"
    assert exchange.asked == {
        "model": "tests",
        "messages": [
            {"role": "system", "content": "只根据资料回答。"},
            {"role": "user", "content": "馆藏多少册？"},
        ],
        "stream": True,
        "temperature": 0.0,
    }


@pytest.mark.parametrize(
    ("fault", "said", "message"),
    [
        (unauthorized(), "", "不认这个密钥（401）：请检查密钥 / The language model openai:tests refused the key (401)"),
        (status(402), "", "没有余额"),
        (status(404, "no such model"), "", "请检查模型名和地址"),
        (status(422, "temperature is not accepted"), "", "不接受这个请求（422：temperature is not accepted）"),
        (too_long(), "", "装不下这么长的材料"),
        (status(400, "the request exceeds the available context size (4096 tokens)"), "", "装不下"),
        (cut("馆藏三千"), "馆藏三千", "说到一半断了 / The language model openai:tests broke off half way"),
        (reply("馆藏三千", finish=None), "馆藏三千", "说到一半断了"),
        (reply("馆藏三千", finish="length"), "馆藏三千", "没能说完"),
        (reply(""), "", "什么也没有说"),
        (reply(" \n "), " \n ", "什么也没有说"),
        (refusing(), "", "拒绝回答"),
        (garbage(), "", "看不懂"),
    ],
)
def test_what_went_wrong_is_said_in_one_line_and_asked_once(proxy, model_at, fault, said, message):
    proxy.plan(fault, reply(SAID))
    got, line, seconds = why(model_at(proxy.base_url))
    assert got == said
    assert message in line
    assert line.startswith("语言模型 openai:tests ")
    assert "\n" not in line
    assert seconds < 3
    assert len(proxy.exchanges) == 1


@pytest.mark.parametrize("fault", [status(500), status(503), too_many(), too_many(retry_after=1), cut("")])
def test_what_passes_is_asked_again(proxy, model_at, fault):
    proxy.plan(fault, reply(SAID))
    assert "".join(model_at(proxy.base_url).stream(ASKED)) == SAID
    assert len(proxy.exchanges) == 2


def test_the_back_off_grows_and_ends(proxy, model_at):
    proxy.plan(status(500))
    _, line, _ = why(model_at(proxy.base_url, retries=2))
    assert "服务出错（500）" in line
    first, second, third = (exchange.began for exchange in proxy.exchanges)
    assert 0.35 < second - first < 2
    assert 0.75 < third - second < 4


def test_a_server_says_when_to_come_back(proxy, model_at):
    model = model_at(proxy.base_url, silence=1)
    date = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=3), usegmt=True)
    for retry_after, least in ((date, 1.0), ("2", 1.9)):
        proxy.exchanges.clear()
        proxy.plan(too_many(retry_after), reply(SAID))
        # Waiting as told is no silence.
        assert "".join(model.stream(ASKED)) == SAID
        first, second = (exchange.began for exchange in proxy.exchanges)
        assert least < second - first < 5


def test_nobody_waits_for_a_time_beyond_the_limit(proxy, model_at):
    proxy.plan(too_many(retry_after=30), reply(SAID))
    _, line, seconds = why(model_at(proxy.base_url, seconds=5))
    assert "请求太多（429）" in line
    assert seconds < 2


def test_a_refused_connection_is_tried_again_and_said(model_at):
    _, line, seconds = why(model_at(refused_url(), retries=1))
    assert "连不上：请检查它的服务是否启动" in line
    assert 0.3 < seconds < 5


@pytest.mark.parametrize("after", ["", "馆藏"])
def test_silence_has_an_end(proxy, model_at, after):
    proxy.plan(silent(after))
    said, line, seconds = why(model_at(proxy.base_url, silence=1))
    assert said == after
    assert "没有回音" in line
    assert 0.9 < seconds < 2.5
    assert proxy.exchanges[0].closed.wait(2)


def test_a_whole_reply_has_a_time_limit(proxy, model_at):
    proxy.plan(reply("馆" * 1000, piece=1, pause=0.05))
    said, line, seconds = why(model_at(proxy.base_url, seconds=1.5))
    assert "没有在时限内说完" in line
    assert set(said) == {"馆"}
    assert 1.4 < seconds < 3
    assert proxy.exchanges[0].closed.wait(2)


def test_who_reads_slowly_loses_nothing_that_came_in_time(proxy, model_at):
    proxy.plan(reply("甲乙丙丁", piece=1))
    said = []
    for piece in model_at(proxy.base_url, seconds=2, silence=1).stream(ASKED):
        said.append(piece)
        time.sleep(0.8)
    assert said == ["甲", "乙", "丙", "丁"]


def test_a_reply_without_end_is_ended(proxy, model_at):
    proxy.plan(reply("馆" * 300_000, piece=20_000))
    said, line, _ = why(model_at(proxy.base_url))
    assert "没能说完" in line
    assert len(said) <= 120_000


def test_closing_the_iterator_closes_the_request(proxy, model_at):
    proxy.plan(reply("馆" * 1000, piece=1, pause=0.05))
    with closing(model_at(proxy.base_url).stream(ASKED)) as pieces:
        assert next(pieces) == "馆"
    assert proxy.exchanges[0].closed.wait(2)


def test_cancelling_closes_a_request_that_has_said_nothing(proxy, model_at):
    proxy.plan(silent())
    cancelled = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(why, model_at(proxy.base_url), cancelled)
        while not proxy.exchanges:
            time.sleep(0.02)
        cancelled.set()
        began = time.monotonic()
        said, line, _ = asking.result()
        assert time.monotonic() - began < 1
    assert said == ""
    assert "已被叫停" in line
    assert proxy.exchanges[0].closed.wait(2)


def test_so_many_at_once_and_no_more(proxy, model_at):
    proxy.plan(reply("甲乙", piece=1, pause=0.2))
    model = model_at(proxy.base_url, at_once=2)
    with ThreadPoolExecutor(6) as pool:
        said = list(pool.map(lambda _: "".join(model.stream(ASKED)), range(6)))
    assert said == ["甲乙"] * 6
    assert proxy.most_at_once == 2


def test_who_gets_no_turn_is_told_within_the_limit(proxy, model_at):
    proxy.plan(silent())
    model = model_at(proxy.base_url, at_once=1, seconds=1.5)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(why, model)
        while not proxy.exchanges:
            time.sleep(0.02)
        cancelled = threading.Event()
        cancelled.set()
        assert "已被叫停" in why(model, cancelled)[1]
        _, line, seconds = why(model)
        assert ("正忙" in line or "时限" in line, seconds < 3) == (True, True)
        assert "时限" in first.result()[1]
    # Every place is free again.
    proxy.plan(reply(SAID))
    assert "".join(model.stream(ASKED)) == SAID


def test_places_are_free_again_after_every_fault(proxy, model_at):
    model = model_at(proxy.base_url, at_once=1, seconds=2, silence=0.5, retries=0)
    for _, faults in no_upstream_faults():
        proxy.plan(*faults)
        why(model)
    proxy.plan(reply(SAID))
    assert "".join(model.stream(ASKED)) == SAID


def test_the_key_is_in_no_error_and_no_log(proxy, model_at, caplog):
    caplog.set_level(logging.DEBUG)
    model = model_at(proxy.base_url, retries=1)
    assert KEY not in repr(model)
    assert KEY not in str(vars(model))
    for code in (400, 401, 403, 404, 422, 429, 500):
        proxy.plan(status(code, f"You sent Authorization: Bearer {KEY}\nand more"))
        _, line, _ = why(model)
        assert KEY not in line
        assert "\n" not in line
    proxy.plan(status(422, f"You sent Bearer {KEY}, and temperature 0"))
    with pytest.raises(GenerationError, match=r"You sent Bearer \*\*\*, and temperature 0") as raised:
        list(model.stream(ASKED))
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)
    assert proxy.exchanges[0].headers["Authorization"].endswith(KEY)
    assert KEY not in caplog.text


@pytest.mark.llm
def test_a_real_model_answers_from_what_it_is_given(local_llm):
    material = "资料[1]：云溪图书馆建于1987年，馆藏三千册。\n资料[2]：海星图书馆建于2003年。"
    began, came = time.monotonic(), []
    for piece in local_llm.stream([HumanMessage(f"{material}\n云溪图书馆建于哪一年？只回答年份。")]):
        came.append((piece, time.monotonic() - began))
    assert "1987" in "".join(piece for piece, _ in came)
    assert len(came) > 1


@pytest.mark.llm
def test_a_real_server_stops_when_nobody_listens(proxy_before_llm, local_llm):
    model = language_model(
        "llamacpp:test", Limits(seconds=240, silence=120), {"SUYUAN_LLM_BASE_URL": proxy_before_llm.base_url}
    )
    with closing(model.stream([HumanMessage("从一写到一千，用逗号隔开。")])) as pieces:
        assert next(pieces)
    assert proxy_before_llm.exchanges[0].closed.wait(5)
    # It has one place only, so that it answers the next question at once shows that it has given up the first.
    began = time.monotonic()
    assert "".join(local_llm.stream([HumanMessage("只回答一个字：好")])).strip()
    assert time.monotonic() - began < 60


@pytest.mark.llm
def test_a_real_server_cut_off_half_way_and_a_prompt_too_long(proxy_before_llm, model_at):
    model = model_at(proxy_before_llm.base_url, seconds=240, silence=120)
    proxy_before_llm.plan(passing(cut_after=6), passing())
    with pytest.raises(GenerationError, match="说到一半断了"):
        list(model.stream([HumanMessage("从一写到一百，用逗号隔开。")]))
    with pytest.raises(GenerationError, match="装不下这么长的材料"):
        list(model.stream([HumanMessage("图书馆" * 6000)]))
