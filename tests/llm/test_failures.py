"""Whatever goes wrong with the language model, the articles' own words arrive in time, with one line saying why."""

import time

import pytest

from qa.generation.writer import Writer
from tests.llm.faults import cut, no_upstream_faults, refused_url, reply, silent, status, too_many

QUESTION = "港务局查处违规作业罚款多少"
SAID = "全年查处违规作业35起，罚款12.6万元，约谈企业8家。[1]"
WORDED = "港务局全年罚款12.6万元[1]。"
SECONDS = 3.0


@pytest.fixture
def asking(written, monkeypatch):
    """Asks the written articles through a model."""

    def ask(model, question=QUESTION, history=()):
        monkeypatch.setattr(written, "_writer", Writer(model))
        monkeypatch.setattr(written, "_log_unanswered", False)
        return list(written.stream(question, history))

    return ask


@pytest.mark.parametrize("faults", [pytest.param(faults, id=name) for name, faults in no_upstream_faults()])
def test_the_extractive_answer_arrives_within_the_limit(asking, model_at, proxy, faults):
    proxy.plan(*faults)
    began = time.monotonic()
    *_, answer = asking(model_at(proxy.base_url, seconds=SECONDS, silence=1, retries=0))
    assert time.monotonic() - began < SECONDS + 2
    assert (answer.text, answer.mode) == (SAID, "extractive")
    assert answer.note.startswith("语言模型 openai:tests ")
    assert "\n" not in answer.note


def test_where_nothing_listens_it_arrives_at_once(asking, model_at):
    *_, answer = asking(model_at(refused_url(), seconds=SECONDS, silence=1, retries=0))
    assert answer.text == SAID
    assert answer.note.startswith("语言模型 openai:tests 连不上")


def test_what_passes_is_asked_again(asking, model_at, proxy):
    proxy.plan(too_many(retry_after=0.2), status(503, "starting"), reply(WORDED))
    *_, answer = asking(model_at(proxy.base_url, seconds=10, silence=3, retries=2))
    assert (answer.text, answer.note) == ("港务局全年罚款12.6万元。[1][2]", "")
    assert len(proxy.exchanges) == 3


def test_a_stream_that_dies_half_way_takes_back_what_it_had_begun(asking, model_at, proxy):
    proxy.plan(cut("港务局全年罚款12.6万元[1]。约谈了", pause=0.005))
    *growing, answer = asking(model_at(proxy.base_url, seconds=SECONDS, silence=1, retries=0))
    assert any("罚款12.6万元" in state.text for state in growing)
    assert (answer.text, answer.mode) == (SAID, "extractive")


def test_a_failing_follow_up_is_read_with_the_question_before_it_and_costs_one_request(
    asking, written, model_at, proxy
):
    question = "约谈了几家企业"
    proxy.plan(silent())
    began = time.monotonic()
    *_, answer = asking(model_at(proxy.base_url, seconds=SECONDS, silence=1, retries=0), question, [QUESTION])
    assert time.monotonic() - began < SECONDS + 2
    expected = written.without_llm().ask(question, [QUESTION])
    assert "约谈企业8家" in expected.text
    assert (answer.text, answer.standalone, len(proxy.exchanges)) == (expected.text, question, 1)
    assert answer.note


def test_whoever_leaves_hangs_up(written, model_at, proxy, monkeypatch):
    proxy.plan(reply("港务局全年罚款12.6万元[1]。" * 50, piece=1, pause=0.05))
    monkeypatch.setattr(written, "_writer", Writer(model_at(proxy.base_url, seconds=30, silence=5)))
    stream = written.stream(QUESTION)
    next(stream)
    next(stream)
    stream.close()
    assert proxy.exchanges[0].closed.wait(10)
