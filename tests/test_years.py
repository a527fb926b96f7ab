"""Years however they are written, and which of them a sentence speaks of."""

import pytest

from qa.claims.years import relative_years_said, with_plain_years, years_in
from qa.evidence.spoken_years import spoken_years
from qa.understanding.question import understand
from tests.found import written


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("二〇二四年", ["2024"]),
        ("二○二三年度", ["2023"]),
        ("二零二一年", ["2021"]),
        ("一九九八年", ["1998"]),
        ("２０２４年", ["2024"]),
        ("2024年度", ["2024"]),
        ("2023，2024年", ["2023", "2024"]),
        ("2024-01-12", ["2024"]),
        ("2024.03.05", ["2024"]),
        ("〔2021〕5号", ["2021"]),
        ("23年3月动工", ["2023"]),
        ("'24的预算", ["2024"]),
        ("判了20年", []),
        ("有20年工龄", []),
        ("5年内", []),
        ("2000元", []),
        ("投资超过2000的", []),
        ("2024.5万元", []),
        ("共12022年次", []),
        ("二〇二四个", []),
    ],
)
def test_years_in_every_script_and_nothing_else(text, years):
    assert list(years_in(text)) == years


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("24年转移多少人", ["2024"]),
        ("23和24年分别转移多少人", ["2023", "2024"]),
        ("22、23、24年各种了多少亩", ["2022", "2023", "2024"]),
        ("信访22年多还是23年多", ["2022", "2023"]),
        ("23年高还是24年高？", ["2023", "2024"]),
        ("干了22年多还是没转正", []),
        ("房子用了22年多吗", []),
        ("23和24岁的有多少", []),
        ("21到23号放不放假", []),
    ],
)
def test_years_as_they_are_typed(typed, years):
    assert list(years_in(typed, typed=True)) == years


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("24年新增多少学位", ("2024",)),
        ("２４年新增多少", ("2024",)),
        ("08年的标准", ("2008",)),
        ("19版的规定", ("2019",)),
        ("二〇二四年新增多少", ("2024",)),
        ("20年工龄能拿多少", ()),
        ("干了20年的护林员", ()),
        ("连续工作15年有什么待遇", ()),
        ("近20年的变化", ()),
        ("5年内能退吗", ()),
        ("进度，22年10月中旬跟23年10月上旬各多少", ("2022", "2023")),
    ],
)
def test_a_question_names_years_and_not_spans_of_years(question, years):
    assert understand(question).years == years


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("投资超过5000万的有哪些", ()),
        ("低于300的有哪些", ()),
        ("12345热线受理多少件", ("12345",)),
        ("110接警多少起", ("110",)),
        ("凤凰和来凤两个县公租房打哪个号码", ()),
        ("那两个球谁进的", ()),
        ("什么是两个维护", ("两个维护",)),
    ],
)
def test_amounts_are_no_names(question, names):
    assert understand(question).names == names


def test_years_are_put_into_plain_digits_in_their_place():
    assert with_plain_years("二〇二四年和２０２３年，24年与20年工龄") == "2024年和2023年，24年与20年工龄"


def test_last_year_is_known_by_the_year_that_a_text_speaks_from():
    assert [said.year for said in relative_years_said("去年多于前年，今年持平，以前年年如此", 2024)] == [
        "2023",
        "2022",
        "2024",
    ]


REVISED = written(
    "revised",
    "对2021年标准作如下修订：每餐90元。\n2021年印发的标准同时废止。",
    title="用餐标准（2024年修订）",
    published="2024-10-15",
)
NEWS = written("news", "去年办了9场。比上年多3场。全年办了12场。", title="图书馆的讲座", published="2024-02-01")
JANUARY = written(
    "january", "2021年，该局受理信访1184件。\n全年罚款612万元。", title="四步工作法化解难题", published="2022-01-06"
)
SUMMARY = written("summary", "全年办了45场，比上年多9场。", title="图书馆2023年工作总结", published="2024-01-09")


@pytest.mark.parametrize(
    ("article", "headings", "sentence", "years"),
    [
        (REVISED, (), "对2021年标准作如下修订：每餐90元。", {"2024"}),
        (REVISED, (), "2021年印发的标准同时废止。", {"2024"}),
        (REVISED, (), "本标准自2025年1月1日起执行。", {"2025"}),
        (REVISED, (), "《用餐标准（2021年）》停止执行。", {"2024"}),
        (REVISED, (), "2021年每餐80元。", {"2021"}),
        (REVISED, (), "机关事务管理局 2024年10月15日", {"2024"}),
        (NEWS, (), "去年办了9场。", {"2023"}),
        (NEWS, (), "比去年多3场。", {"2024"}),
        (NEWS, (), "全年办了12场。", {"2024"}),
        (NEWS, ("一、2022年的工作",), "全年办了12场。", {"2022"}),
        (NEWS, (), "比2022年增加3场。", {"2024"}),
        (JANUARY, (), "全年罚款612万元。", {"2021"}),
        (SUMMARY, (), "全年办了45场，比上年多9场。", {"2023"}),
        (SUMMARY, (), "二〇二二年办了36场。", {"2022"}),
    ],
)
def test_the_years_that_a_sentence_speaks_of(article, headings, sentence, years):
    assert spoken_years(article, headings, sentence) == years
