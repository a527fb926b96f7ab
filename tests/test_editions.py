"""Rules of several years: which are the same rule, which is in force, what the others say in the same place."""

from datetime import date

import pytest

from embeddings.reading.articles import read_articles
from embeddings.types import Article
from qa.composing.answer_lines import AnswerLines
from qa.composing.citations import quote_of
from qa.composing.edition_lines import answer_difference, with_editions
from qa.composing.sentence_lines import statement_of
from qa.editions.alignment import counterpart
from qa.editions.editions import editions_of
from qa.editions.meant import compared_editions, edition_meant
from qa.editions.repeals import begins
from qa.editions.titles import base_of, year_of
from qa.understanding.question import understand
from tests.counted_articles import write_counted_articles
from tests.found import evidence, index_of, place_of, written

TODAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = write_counted_articles(tmp_path_factory.mktemp("editions"))
    articles = [one for one in read_articles(folder) if isinstance(one, Article)]
    notices = [
        written(
            f"holiday-{year}", f"国庆放假{days}天。", title=f"关于{year}年国庆放假安排的通知", published=f"{year}-09-20"
        )
        for year, days in (("2023", "8"), ("2024", "7"))
    ]
    return index_of(tmp_path_factory.mktemp("index"), *articles, *notices).snapshot


@pytest.mark.parametrize(
    ("title", "base", "year"),
    [
        ("宁桥市差旅费管理办法（2024年修订）", "宁桥市差旅费管理办法", "2024"),
        ("宁桥市差旅费管理办法（2021年）", "宁桥市差旅费管理办法", "2021"),
        ("关于印发《宁桥市差旅费管理办法（2023年版）》的通知", "宁桥市差旅费管理办法", "2023"),
        ("2024年度宁桥市最低工资标准", "宁桥市最低工资标准", "2024"),
        ("宁桥市最低工资标准（试行）", "宁桥市最低工资标准", ""),
        ("宁桥市图书馆2023年工作总结", "", "2023"),
        ("宁桥市2024年重点项目清单", "", "2024"),
    ],
)
def test_what_a_title_says_of_its_rule(title, base, year):
    assert (base_of(title), year_of(title)) == (base, year)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("本办法自2025年1月1日起施行。", "2025-01-01"),
        ("本办法自二〇二五年三月一日起施行。", "2025-03-01"),
        ("本办法自二〇二五年3月1日起施行。", "2025-03-01"),
        ("本办法自印发之日起施行。", "2024-10-15"),
        ("本办法由市财政局解释。", ""),
    ],
)
def test_the_day_from_which_a_rule_applies(text, day):
    assert begins(written("rule", text, title="办法", published="2024-10-15")) == day


@pytest.mark.parametrize(
    ("article", "editions"),
    [
        ("grant-2019", [("grant-2023", "in force"), ("grant-2019", "ended")]),
        ("grant-2023", [("grant-2023", "in force"), ("grant-2019", "ended")]),
        ("parking-old", [("parking-new", "in force"), ("parking-old", "ended")]),
        ("parking-new", [("parking-new", "in force"), ("parking-old", "ended")]),
        ("heat-now", [("heat-next", "to come"), ("heat-now", "in force")]),
    ],
)
def test_the_editions_of_a_rule_newest_first(article, editions, snapshot):
    found = editions_of(snapshot.corpus.article(article), snapshot, TODAY)
    assert [(one.article.id, one.standing) for one in found.all] == editions


def test_a_rule_to_come_is_in_force_from_its_day(snapshot):
    found = editions_of(snapshot.corpus.article("heat-now"), snapshot, date(2098, 11, 1))
    assert [(one.article.id, one.standing) for one in found.all] == [("heat-next", "in force"), ("heat-now", "ended")]


@pytest.mark.parametrize("article", ["library-2023", "holiday-2024", "plan"])
def test_what_comes_every_year_is_no_edition(article, snapshot):
    assert editions_of(snapshot.corpus.article(article), snapshot, TODAY) is None


@pytest.mark.parametrize(
    ("question", "article", "beside"),
    [
        ("沙河市见义勇为负伤奖励多少", "grant-2023", ["grant-2019"]),
        ("沙河市2019年的办法里见义勇为负伤奖励多少", "grant-2019", []),
        ("沙河市2023年修订的办法里见义勇为负伤奖励多少", "grant-2023", []),
        ("沙河市现行办法里见义勇为负伤奖励多少", "grant-2023", []),
        ("沙河市旧办法里见义勇为负伤奖励多少", "grant-2019", []),
    ],
)
def test_the_edition_that_a_question_means(question, article, beside, snapshot):
    best = evidence(snapshot.corpus.article("grant-2019"), "见义勇为人员一次性奖励5,000元；", 1.0)
    meant = edition_meant(understand(question), [best], snapshot, TODAY)
    assert (meant.edition.article.id, [one.article.id for one in meant.beside]) == (article, beside)


def test_no_edition_is_meant_of_a_year_that_none_has(snapshot):
    best = evidence(snapshot.corpus.article("grant-2019"), "见义勇为人员一次性奖励5,000元；", 1.0)
    assert edition_meant(understand("沙河市2015年见义勇为奖励多少"), [best], snapshot, TODAY) is None


def test_what_reading_makes_of_one_edition_holds_for_the_same_sentence_of_another(snapshot):
    old = snapshot.corpus.article("grant-2019")
    best = evidence(old, "申请应当在行为发生之日起三个月内提出。", 2.0, read=3.0, belongs=2.0)
    meant = edition_meant(understand("沙河市见义勇为奖励多久内申请"), [best], snapshot, TODAY)
    (carried,) = meant.only([best])
    assert carried.article.id == "grant-2023"
    assert quote_of(carried.article, carried.span) == "申请应当在行为发生之日起六个月内提出。"
    assert (carried.features.read, carried.score) == (3.0, 2.0)


def test_a_clause_corresponds_to_the_clause_that_says_the_same_with_other_figures(snapshot):
    old, new = (snapshot.corpus.article(f"parking-{which}") for which in ("old", "new"))
    other = counterpart(new, place_of(new, "全天最高30元"), old)
    assert quote_of(old, other) == "全天最高20元。"
    assert counterpart(new, place_of(new, "临泉市发展和改革委员会"), snapshot.corpus.article("drills")) is None


def test_the_other_edition_is_named_with_its_year_and_cited(snapshot):
    question = understand("沙河市见义勇为负伤的奖励多少")
    new = snapshot.corpus.article("grant-2023")
    best = evidence(new, "见义勇为人员一次性奖励8,000元；负伤的，奖励3万元；牺牲的，奖励30万元。", 1.0)
    meant = edition_meant(question, [best], snapshot, TODAY)
    lines = with_editions(question, AnswerLines((statement_of(best, False),)), meant, [best], unsure=False)
    assert [(line.article.id, line.wording) for line in lines.statements[1:]] == [
        ("grant-2019", "另有已废止的2019年办法：负伤的，奖励2万元")
    ]
    assert lines.note == "现行的是《沙河市见义勇为人员奖励办法（2023年修订）》，自2023年10月1日起施行"
    unsure = with_editions(question, AnswerLines((statement_of(best, False),)), meant, [best], unsure=True)
    assert len(unsure.statements) == 1


def test_the_difference_is_shown_sentence_by_sentence(snapshot):
    question = understand("沙河市见义勇为奖励办法2019年和2023年修订的有什么不同")
    best = evidence(snapshot.corpus.article("grant-2023"), "见义勇为人员一次性奖励8,000元；", 1.0)
    older, newer = compared_editions(question, [best], snapshot, TODAY)
    finding = answer_difference(question, older, newer)
    assert [line.wording for line in finding.statements] == [
        "2019年：见义勇为人员一次性奖励5,000元；负伤的，奖励2万元；牺牲的，奖励20万元。",
        "2023年：见义勇为人员一次性奖励8,000元；负伤的，奖励3万元；牺牲的，奖励30万元。",
        "2019年：申请应当在行为发生之日起三个月内提出。",
        "2023年：申请应当在行为发生之日起六个月内提出。",
        "2019年：本办法自2019年5月1日起施行。",
        "2023年：本办法自2023年10月1日起施行，2019年印发的办法同时废止。",
    ]


def test_of_a_difference_in_one_matter_only_that_is_shown(snapshot):
    question = understand("沙河市见义勇为奖励办法修订后申请时限有什么变化")
    best = evidence(snapshot.corpus.article("grant-2023"), "申请应当在", 1.0)
    finding = answer_difference(question, *compared_editions(question, [best], snapshot, TODAY))
    assert [line.wording for line in finding.statements] == [
        "2019年：申请应当在行为发生之日起三个月内提出。",
        "2023年：申请应当在行为发生之日起六个月内提出。",
    ]
