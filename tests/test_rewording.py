"""A question that reading is unsure of is read once more in the words of documents, which a language model gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import qa
from qa.generation.rewording import believable
from qa.generation.writer import Writer
from qa.llm.model import GenerationError
from qa.types import Answer
from tests.asked_cases import answerer_over
from tests.scripted_model import ScriptedModel

ARTICLES = {
    "stall.md": (
        "# 柳溪县城区占道经营管理办法\n\n柳溪县城市管理局2024年3月印发本办法。\n\n"
        "流动摊贩占用道路经营的，责令改正；拒不改正的，处五十元以上二百元以下罚款。\n\n"
        "夜市摊位每个每月收取清洁费三十元，残疾人经营的免收。\n"
    ),
    "tree.md": (
        "# 后山林场采伐公示\n\n后山林场今年采伐杉木320立方米，所得用于补植。\n\n采伐由三个村的村民承包，日工资180元。\n"
    ),
}
FEE = "夜市摊位每个每月收取清洁费三十元，残疾人经营的免收。"
PLANTING = "后山林场今年采伐杉木320立方米，所得用于补植。"
TYPED, WRITTEN = "摆夜摊的卫生钱咋收", "夜市摊位清洁费收取标准是多少"
REFUSED = "资料中没有提到。"

Ask = Callable[[ScriptedModel, str], Answer]


@pytest.fixture(scope="module")
def answerer(one_model: object, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    return answerer_over(ARTICLES, tmp_path_factory.mktemp("reworded"))


@pytest.fixture
def ask(answerer: qa.Answerer, monkeypatch: pytest.MonkeyPatch) -> Ask:
    def asked(model: ScriptedModel, question: str) -> Answer:
        monkeypatch.setattr(answerer, "_writer", Writer(model))
        return answerer.ask(question)

    return asked


def test_what_both_wordings_find_is_certain(answerer: qa.Answerer, ask: Ask) -> None:
    keyless = answerer.ask(TYPED)
    assert (keyless.tentative, [one.quote for one in keyless.citations]) == (True, [FEE])
    model = ScriptedModel(f"改写后的问题：{WRITTEN}", f"{FEE}[1]")
    answer = ask(model, TYPED)
    assert (answer.tentative, answer.question, answer.standalone) == (False, TYPED, WRITTEN)
    assert [one.quote for one in answer.citations] == [FEE]
    assert TYPED in model.sent[0]
    assert TYPED in model.sent[1]


def test_what_the_other_wording_alone_finds_is_unsure(answerer: qa.Answerer, ask: Ask) -> None:
    typed = "砍树的钱拿去干嘛了"
    assert answerer.ask(typed).abstained
    answer = ask(ScriptedModel("采伐所得用于什么", REFUSED), typed)
    assert (answer.abstained, answer.tentative) == (False, True)
    assert [one.quote for one in answer.citations] == [PLANTING]


def test_another_sentence_than_the_first_gave_makes_nothing_certain(answerer: qa.Answerer, ask: Ask) -> None:
    typed = "路边乱摆摊要掏多少钱"
    keyless = answerer.ask(typed)
    answer = ask(ScriptedModel("流动摊贩占用道路经营的，处多少罚款", REFUSED), typed)
    assert keyless.tentative
    assert (answer.tentative, answer.text) == (True, keyless.text)


def test_whoever_waits_sees_that_a_model_is_asked_before_it_is(
    answerer: qa.Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = ScriptedModel(WRITTEN, f"{FEE}[1]")
    monkeypatch.setattr(answerer, "_writer", Writer(model))
    answers = answerer.stream(TYPED)
    assert (next(answers).text, model.sent) == ("", [])
    answers.close()
    assert model.sent == []


def test_what_is_certain_is_not_read_again(ask: Ask) -> None:
    model = ScriptedModel("收取清洁费三十元。[1]")
    assert not ask(model, "夜市摊位每月收取多少清洁费").tentative
    assert len(model.sent) == 1


def test_a_model_that_fails_is_not_asked_again(answerer: qa.Answerer, ask: Ask) -> None:
    model = ScriptedModel(GenerationError("没有连上"))
    answer = ask(model, TYPED)
    assert (answer.text, answer.note, len(model.sent)) == (answerer.without_llm().ask(TYPED).text, "没有连上", 1)


@pytest.mark.parametrize(
    ("reply", "believed"),
    [
        ("问题：柳溪夜市2024年收费多少", "柳溪夜市2024年收费多少"),
        ("“柳溪夜市2024年收费多少”", "柳溪夜市2024年收费多少"),
        ("柳溪夜市收费多少", ""),
        ("柳溪夜市2023年收费多少", ""),
        ("柳溪夜市2024年收费30元", ""),
        ("浏阳柳溪夜市2024年收费多少", ""),
        ("柳溪24年夜市咋收钱", ""),
        (REFUSED, ""),
        ("改写如下\n柳溪夜市2024年收费多少", ""),
        ("", ""),
    ],
)
def test_a_rewording_has_the_same_figures_and_names(reply: str, believed: str) -> None:
    assert believable(reply, "柳溪夜市2024年咋收钱") == believed
