"""Counties that no list of divisions has, called by their short names as people do."""

from __future__ import annotations

import pytest

import qa
from qa.understanding.known_localities import named_by, with_known_localities
from qa.understanding.question import understand
from tests.asked_cases import answerer_over
from tests.found import written

_ARTICLES = {
    "one.txt": (
        "岚浦县城市管理局文件\n岚城管〔2024〕7号\n关于报送旧渡口修缮工作小结的报告\n县政府办公室：\n"
        "旧渡口换了石阶十二级，摊位费每天收8元，下半年在码头边再装路灯二十盏。\n岚浦县城市管理局\n2024年10月31日"
    ),
    "two.txt": (
        "青屿县旧渡口修缮情况报告\n旧渡口换了石阶三十级，摊位费每天收15元，路灯已经全部装好，居民满意。\n"
        "青屿县城市管理局\n2024年11月2日"
    ),
}


@pytest.fixture(scope="module")
def answerer(one_model: object, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    return answerer_over(_ARTICLES, tmp_path_factory.mktemp("known"))


def test_an_article_is_of_the_county_whose_office_heads_or_signs_it() -> None:
    # 泰安 is a prefecture, and looked for as one.
    article = written("a", "岚浦县城市管理局文件\n旧渡口换了石阶十二级。\n泰安市城市管理局", title="旧渡口修好了")
    assert named_by(article) == {"岚浦"}


@pytest.mark.parametrize(
    ("asked", "earlier", "localities"),
    [
        ("岚浦那边摊位费怎么收", (), ("岚浦",)),
        ("青屿跟岚浦的石阶各换了几级", (), ("青屿", "岚浦")),
        ("那石阶呢", ("岚浦的摊位费怎么收",), ("岚浦",)),
        ("摊位费怎么收", (), ()),
        # What it names by itself stays alone.
        ("开化县岚浦渡口的摊位费怎么收", (), ("开化",)),
    ],
)
def test_a_question_names_what_an_article_found_is_of(
    answerer: qa.Answerer, asked: str, earlier: tuple[str, ...], localities: tuple[str, ...]
) -> None:
    retriever = answerer.retriever
    hits = retriever.retrieve(asked, 20)
    question = with_known_localities(understand(asked, earlier), hits, retriever.snapshot.corpus)
    assert question.localities == localities


def test_each_county_is_answered_by_its_own_article(answerer: qa.Answerer) -> None:
    for name, article, fee in (("岚浦", "one", "8元"), ("青屿", "two", "15元")):
        answer = answerer.ask(f"{name}那边渡口的摊位费一天多少钱")
        assert (answer.tentative, {citation.article_id for citation in answer.citations}) == (False, {article})
        assert fee in answer.text
