"""Whether a sentence speaks of the year, the place and the names asked for, and what an article is about."""

import pytest

from embeddings.places.places import find_places
from qa.claims.years import in_digits
from qa.evidence.fit import Fit, fit_of, other_places, other_years
from qa.evidence.spoken_years import spoken_years
from qa.evidence.subject import is_of_place, lead_of, subject_of
from qa.understanding.question import understand
from tests.found import written

TAIAN = written(
    "taian",
    "作者：李四\n泰安市生态环境局二〇二一年起推行“12345”工作法，全市12个分局都照此办理，一年下来投诉少了三成，群众满意。\n"
    "2022年罚款35万元。二〇二四年罚款四十万元。",
    title="泰安的“四大课堂”",
    place="泰安",
    authors=("李四",),
    source="示例报",
)


@pytest.mark.parametrize(
    ("question", "near", "fit"),
    [
        ("罚款多少", "2022年罚款35万元。", Fit(0, 0, 0, 0)),
        ("2022年罚款多少", "2022年罚款35万元。", Fit(1, 0, 0, 0)),
        ("2024年罚款多少", "二〇二四年罚款四十万元。", Fit(1, 0, 0, 0)),
        ("2021年罚款多少", "2022年罚款35万元。", Fit(0.3, 0, 0, 0)),
        ("2018年罚款多少", "2022年罚款35万元。", Fit(-1, 0, 0, 0)),
        ("2022年和2018年罚款多少", "2022年罚款35万元。", Fit(0, 0, 0, 0)),
        ("2022年和2024年罚款多少", "2022年罚款35万元。", Fit(0.65, 0, 0, 0)),
        ("泰安罚款多少", "2022年罚款35万元。", Fit(0, 1, 0, 0)),
        ("咸宁罚款多少", "2022年罚款35万元。", Fit(0, -1, 0, 0)),
        ("“12345”工作法是什么", "推行“12345”工作法", Fit(0, 0, 0, 1)),
        ("“四大课堂”是什么", "2022年罚款35万元。", Fit(0, 0, 0, 0.3)),
        ("“五大课堂”是什么", "2022年罚款35万元。", Fit(0, 0, 0, -1)),
    ],
)
def test_names_are_said_here_or_elsewhere_in_the_article_or_nowhere(question, near, fit):
    assert fit_of(understand(question), TAIAN, near, near, spoken_years(TAIAN, (), near)) == fit


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("2024年罚款多少", "2022年罚款35万元。", True),
        ("2024年罚款多少", "二〇二二年罚款35万元。", True),
        ("2024年罚款多少", "二〇二四年罚款四十万元。", False),
        ("2024年罚款多少", "2022年罚款35万元，2024年40万元。", False),
        ("2024年罚款多少", "罚款35万元。", False),
        ("罚款多少", "2022年罚款35万元。", False),
        ("2024年罚款多少", "共12022年次。", False),
    ],
)
def test_a_sentence_of_other_years_alone_is_told(question, sentence, other):
    assert other_years(understand(question), sentence) is other


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        ("泰安罚款多少", "咸宁罚款35万元。", True),
        ("泰安罚款多少", "泰安和咸宁罚款35万元。", False),
        ("泰安罚款多少", "罚款35万元。", False),
        ("罚款多少", "咸宁罚款35万元。", False),
    ],
)
def test_a_sentence_of_other_places_alone_is_told(question, sentence, other):
    assert other_places(understand(question), sentence) is other


@pytest.mark.parametrize(
    ("written_out", "digits"),
    [
        ("二〇二四年", "2024年"),
        ("二○一九年", "2019年"),
        ("一九九八年", "1998年"),
        ("二零二一年", "2021年"),
        ("一九年", "一九年"),
        ("二〇二四个", "二〇二四个"),
        ("三〇二四年", "三〇二四年"),
    ],
)
def test_years_in_chinese_numerals_are_written_in_digits_of_the_same_length(written_out, digits):
    assert in_digits(f"在{written_out}里") == f"在{digits}里"
    assert len(in_digits(written_out)) == len(written_out)


def test_the_lead_is_the_first_paragraph_behind_the_byline():
    assert lead_of(TAIAN).endswith("一年下来投诉少了三成，群众满意。")
    assert "罚款" not in lead_of(TAIAN)
    short = written("short", "只有一行。", title="题")
    assert lead_of(short) == "只有一行。"


def test_an_article_is_about_its_place_title_author_source_and_the_opening_of_its_lead():
    subject = subject_of(TAIAN)
    assert subject.startswith("泰安 泰安的“四大课堂” 李四 示例报 作者：李四\n泰安市生态环境局")
    assert "满意" not in subject


@pytest.mark.parametrize(
    ("question", "of_it"),
    [("泰安罚款多少", True), ("山东罚款多少", True), ("咸宁罚款多少", False), ("罚款多少", True)],
)
def test_an_article_is_of_its_place_and_of_the_province_around_it(question, of_it):
    assert is_of_place(TAIAN, understand(question)) is of_it


def test_an_article_without_a_place_of_its_own_is_of_those_that_its_title_and_lead_name():
    visit = written("visit", "青海的同志来咸宁学习，看了三个村，谈了两天，回去以后写了一份很长的总结。", title="学习")
    assert find_places(visit.text) == ("青海", "咸宁")
    assert is_of_place(visit, understand("咸宁学了什么"))
    assert not is_of_place(visit, understand("泰安学了什么"))


@pytest.mark.parametrize(
    ("question", "said", "locality"),
    [
        ("枫坪镇油茶产值多少", "2024年，东皋县油茶综合产值5.5亿元。", -1.0),
        ("枫坪镇油茶产值多少", "全县新栽油茶631万株。", -1.0),
        ("枫坪镇油茶产值多少", "枫坪镇种植1.83万亩，占全县的七分之一。", 1.0),
        ("东皋县油茶产值多少", "2024年，东皋县油茶综合产值5.5亿元。", 1.0),
        ("麻石村入社多少户", "全县有油茶合作社21家。", -1.0),
    ],
)
def test_what_is_said_of_a_whole_county_is_not_said_of_a_town_in_it(question, said, locality):
    article = written(
        "oil",
        "2024年，东皋县油茶综合产值5.5亿元。全县新栽油茶631万株，有油茶合作社21家。\n"
        "枫坪镇种植1.83万亩，占全县的七分之一。\n麻石村入社630户。",
        title="东皋县油茶产业发展情况",
    )
    assert fit_of(understand(question), article, said, said, frozenset()).locality == locality


OFFICES = written(
    "offices",
    "第9号\n各线里程（公里）\t16\n206路\t18\n柳林县住房和城乡建设局8月用电12万度，县公安局用电20万度。206路延伸到西坑。\n护桥会会长是老闫，县第二中学捐了款。"
    "充电柜报E07是漏电。副县长何田说，要省着用。",
    title="柳林县2024年8月用电公示",
)


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("县公安局用了多少电", False),
        ("柳林县住建局用了多少电", False),
        ("柳林县教育局用了多少电", True),
        ("哪个局用电最多", False),
        ("第二中学捐了多少", False),
        ("实验小学捐了多少", False),
        ("师范大学捐了多少", False),
        ("柳林中学捐了多少", True),
        ("206路改到哪了", False),
        ("205路改到哪了", True),
        ("护桥会会长是谁", False),
        ("护桥会副会长是谁", True),
        ("206路和205路改到哪了", False),
        ("E07是什么毛病", False),
        ("E06是什么毛病", True),
        ("第9号通报说了什么", False),
        ("第8号通报说了什么", True),
        ("第八号和第九号通报说了什么", False),
        ("柳林8月份用了多少电", False),
        ("柳林九月份用了多少电", True),
    ],
)
def test_another_office_post_line_or_month_is_asked_for(question, other):
    fit = fit_of(understand(question), OFFICES, "用电20万度。", OFFICES.title, frozenset())
    assert (fit.locality == -1) is other


@pytest.mark.parametrize(("question", "other"), [("柳林县县长是谁", True), ("柳林县副县长是谁", False)])
def test_a_sentence_on_the_deputy_is_not_on_the_head(question, other):
    fit = fit_of(understand(question), OFFICES, "副县长何田说，要省着用。", OFFICES.title, frozenset())
    assert (fit.locality == -1) is other


ROSTER = written("roster", "初一由罗局长带班。\n五一期间另行安排。", title="云岭县林业局2025年春节值班安排")
QUARTER = written("quarter", "检查了46个小区，比一季度多9个。", title="清浦区二季度消防检查通报")
HALF = written("half", "上半年收入12亿元。", title="清浦区上半年财政收入")


@pytest.mark.parametrize(
    ("question", "article", "other"),
    [
        ("林业局春节谁带班", ROSTER, False),
        ("林业局过年是谁值班", ROSTER, False),
        ("林业局国庆是谁带班", ROSTER, True),
        ("林业局劳动节怎么安排", ROSTER, False),
        ("第二季度查了几个小区", QUARTER, False),
        ("一季度查了几个小区", QUARTER, False),
        ("三季度查了几个小区", QUARTER, True),
        ("上半年收入多少", HALF, False),
        ("下半年收入多少", HALF, True),
        ("大半年收入多少", HALF, False),
    ],
)
def test_another_quarter_half_or_feast_is_asked_for(question, article, other):
    fit = fit_of(understand(question), article, article.text, article.title, frozenset())
    assert (fit.year == -1) is other
