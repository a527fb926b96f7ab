"""Questions on the whole corpus: which articles, units and places, how many, the earliest; by date, source, author."""

import re
from datetime import date

import pytest

from qa.evidence.mentions import says
from qa.understanding.corpus_questions import read_corpus_question
from tests.bureau_articles import FOREST_TITLE, LAKE_TITLE, RIVER_TITLE, bureaus
from tests.fakes import CountingEncoder

PORT_TITLE = "港城市港务局今年以来把码头上的灯全换了"
FOREST = f"《{FOREST_TITLE}》（丽水·溯源日报·2023-03-01）"
LAKE = f"《{LAKE_TITLE}》（湖湾发布·2021-08-15）"
RIVER = f"《{RIVER_TITLE}》（鹤壁·溯源日报·2022-05-06）"


@pytest.fixture(scope="module")
def answerer(one_model):
    return bureaus()


def lines(answer):
    return [re.sub(r"\[\d+\]$", "", line).removeprefix("- ") for line in answer.text.split("\n")]


def articles(answer):
    return [citation.article_id for citation in answer.citations]


@pytest.mark.parametrize(
    "question",
    [
        "哪几篇文章提到了“渎职”？",
        "哪些文章提到渎职",
        "有哪几篇报道里写到了渎职",
        "提到“渎职”的文章有哪些",
        "有没有文章提到渎职",
    ],
)
def test_articles_that_mention_it_are_each_quoted(answerer, question):
    assert lines(answerer.ask(question)) == [
        f"{FOREST}：“谁的山头谁看护，不作为就是“渎职”。”",
        f"{LAKE}：“不抓数据质量就是渎职，这句话写在站里的墙上。”",
    ]


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("哪些单位开展了警示教育", ["鹤壁市生态环境局", "丽水市生态环境局机关党支部"]),
        ("哪些单位打造了“环保管家”？", ["丽水市生态环境局机关党支部", "湖湾县环境监测站"]),
        ("哪几个单位获得了红旗党支部", ["丽水市生态环境局机关党支部"]),
        ("哪些部门建立了“一河一档”", ["鹤壁市生态环境局"]),
        ("哪些单位组织了安全培训", ["港城市港务局"]),
        ("哪些地方提到了罚款", ["丽水", "鹤壁"]),
    ],
)
def test_units_and_places_lead_their_lines(answerer, question, units):
    answer = answerer.ask(question)
    assert [re.split("（|：", line)[0] for line in lines(answer)] == units


def test_a_unit_that_only_mentions_it_is_listed_behind_those_that_do_it(answerer):
    done, mentioned = lines(answerer.ask("哪些单位开展了警示教育"))
    assert "全年开展警示教育6次" in done
    assert "只是提到" not in done
    assert "（只是提到）：“警示教育的材料人手一份" in mentioned


@pytest.mark.parametrize(
    ("question", "first", "ids"),
    [
        ("有多少篇文章", "共有 4 篇文章。", ["forest", "lake", "port", "river"]),
        ("一共有几篇文章？", "共有 4 篇文章。", ["forest", "lake", "port", "river"]),
        ("有多少篇文章提到“警示教育”", "提到“警示教育”的文章有 2 篇（共 4 篇）。", ["forest", "river"]),
        ("2022年以后发表了几篇文章", "2022年及以后发布的文章有 2 篇（共 4 篇）。", ["forest", "river"]),
        ("2021年到2022年发表了多少篇", "2021年至2022年发布的文章有 2 篇（共 4 篇）。", ["lake", "river"]),
        ("《湖湾发布》登了几篇文章", "来源是“湖湾发布”的文章有 1 篇（共 4 篇）。", ["lake"]),
    ],
)
def test_a_count_is_exact_and_every_article_counted_is_cited(answerer, question, first, ids):
    answer = answerer.ask(question)
    assert lines(answer)[0] == first
    assert articles(answer) == ids


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("有哪些文章", ["forest", "lake", "port", "river"]),
        ("2022年有哪些文章", ["river"]),
        ("2021年8月发表的文章有哪些", ["lake"]),
        ("2022年之前有哪些文章", ["lake"]),
        ("溯源日报登的文章有哪些", ["forest", "river"]),
        ("登在《溯源日报》上的文章有哪些", ["forest", "river"]),
        ("溯源日报2023年发表了哪些文章", ["forest"]),
        ("林一舟写了哪些文章", ["river"]),
        ("作者是林一舟的文章有哪些", ["river"]),
        ("苗小雨上传的文章有哪些", ["lake"]),
        ("鹤壁的文章有哪些", ["river"]),
        ("关于丽水的文章有哪些", ["forest"]),
        ("哪些文章没有提到罚款", ["lake", "port"]),
    ],
)
def test_articles_are_told_by_what_their_pages_say(answerer, question, ids):
    assert articles(answerer.ask(question)) == ids


def test_earliest_and_latest_say_how_many_bear_no_date(answerer):
    assert lines(answerer.ask("最早的一篇是哪篇")) == [
        LAKE,
        "（这是注明了日期的 3 篇里最早的；另有 1 篇没有注明日期。）",
    ]
    assert lines(answerer.ask("最新的两篇文章"))[:2] == [FOREST, RIVER]
    assert lines(answerer.ask("最新的一篇提到渎职的文章")) == [f"{FOREST}：“谁的山头谁看护，不作为就是“渎职”。”"]
    assert articles(answerer.ask("哪篇文章最早提到“渎职”")) == ["lake"]


def test_what_is_asked_of_every_article_is_said_of_every_one(answerer):
    assert lines(answerer.ask("这几篇文章分别是谁写的")) == [
        f"《{FOREST_TITLE}》：丽水市生态环境局机关党支部",
        f"《{LAKE_TITLE}》：没有注明",
        f"《{PORT_TITLE}》：没有注明",
        f"《{RIVER_TITLE}》：林一舟",
    ]
    assert lines(answerer.ask("每篇文章是什么时候发表的"))[3] == f"《{RIVER_TITLE}》：2022-05-06"


def test_two_words_must_both_stand_in_the_article_and_both_are_quoted(answerer):
    answer = answerer.ask("哪几篇文章同时提到了“渎职”和“环保管家”")
    assert articles(answer) == ["forest", "forest", "lake", "lake"]
    assert all(word in c.quote for word, c in zip(["渎职", "环保管家"] * 2, answer.citations, strict=True))
    assert answerer.ask("哪几篇文章提到渎职和环保管家").citations == answer.citations
    assert answerer.ask("哪几篇文章同时提到了“渎职”和“一河一档”").reason == "没有文章同时提到“渎职”、“一河一档”"


def test_words_that_stand_apart_in_one_sentence_are_said_to(answerer):
    first, found = lines(answerer.ask("哪几篇文章提到了青年干部的培训"))
    assert first == "没有文章原样写“青年干部的培训”；同一句里说到其中各词的文章有 1 篇。"
    assert found == f"{RIVER}：“青年干部要参加业务培训，每人每年不少于40个小时。”"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("哪几篇文章提到了“火箭”", "没有文章提到“火箭”"),
        ("哪些单位建立了无人机基地", "没有文章提到“无人机基地”"),
        ("2019年发表了几篇文章", "没有2019年发布的文章"),
        ("鲁十一写了哪些文章", "没有作者是“鲁十一”的文章"),
        ("2021年有哪些文章提到罚款", "没有2021年发布的文章提到“罚款”"),
    ],
)
def test_a_refusal_names_what_was_not_found(answerer, question, reason):
    answer = answerer.ask(question)
    assert answer.abstained
    assert answer.reason == reason


def test_every_quote_is_short_and_holds_the_word(answerer):
    for citation in answerer.ask("哪几篇文章提到了市直机关工委").citations:
        assert "市直机关工委" in citation.quote
        assert len(citation.quote) <= 60


def test_where_there_are_too_many_twenty_are_listed_and_all_counted(one_model, tmp_path, monkeypatch):
    import qa
    from embeddings.rebuilding.rebuild import rebuild

    encoder = CountingEncoder("灯")
    monkeypatch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model=None: encoder)
    monkeypatch.setattr("qa.answerer.load_encoder", lambda model=None: encoder)
    (tmp_path / "articles").mkdir()
    towns = [f"{a}{b}镇" for a in "东西南北中上下" for b in "山河湖海"]
    for number, town in enumerate(towns):
        lamps = f"{town}今年换了{number + 31}盏路灯，{town}的老人说亮堂多了。"
        text = f"{lamps}{town}明年还要修{number + 7}条路，先修{town}小学门前的。"
        (tmp_path / "articles" / f"{number:02}.txt").write_text(text, encoding="utf-8")
    rebuild(tmp_path / "articles", tmp_path / "index")
    answer = qa.load(tmp_path / "index").ask("有多少篇文章提到“路灯”")
    assert lines(answer)[0] == "提到“路灯”的文章有 28 篇（共 28 篇），列出其中 20 篇。"
    assert len(set(articles(answer))) == 20


@pytest.mark.parametrize(
    "question",
    [
        "五联活动哪些单位参加了",
        "监测站和哪些单位联合采样",
        "哪些地方需要改进",
        "这篇文章提到了哪些制度",
        "文章提到了哪些活动",
        "第一篇文章是谁写的",
        "开展了几次学习",
        "最近的会议是什么时候",
        "党群“四梁八柱”包括哪些组织",
    ],
)
def test_a_question_on_what_one_article_says_is_not_one_on_the_corpus(question):
    assert read_corpus_question(question) is None


def test_relative_years_are_counted_from_today():
    asked = read_corpus_question("去年发表了多少篇", today=date(2024, 3, 1))
    assert asked is not None
    assert (asked.extent, asked.publication.first, asked.publication.last) == ("count", "2023", "2023")


def test_words_are_said_where_each_of_them_has_its_neighbour():
    assert says("对青年干部的业务培训抓得紧", "青年干部培训")
    assert says("五个“聚焦”", "五个聚焦")
    assert not says("青年的培训", "青年干部培训")
    assert not says("共有1234人", "12345")
