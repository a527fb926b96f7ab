"""The reader that is shipped, on texts that it has never seen."""

import pytest

from qa.reading.cross_encoder import WEIGHTS, load_reader
from qa.reading.excerpts import plain_excerpt

LIGHTHOUSE = (
    "北岬灯塔建于1907年，用红砖砌成。灯塔高21米，由三名守塔人看护。"
    "1954年，灯塔改用电灯，射程增加到18海里。站长是周海生，在塔上住了三十年。"
    "如今每年有四万名游客登塔，旺季要提前一天在港务局的窗口预约。"
)
MARKET = "鱼市街每逢周三、周六开市，早上六点敲钟。去年成交鲜鱼3200吨，罚没短斤缺两的秤46杆，退还顾客12.6万元。"
INSPECTION = (
    "监测站坚持“一日两查”，上午查排口，下午查台账。全年出动执法人员1860人次，检查企业312家，发现问题87个，"
    "已整改85个，另外两个正在办理。举报由值班室接听，两小时内转到科室。"
)


@pytest.fixture(scope="module")
def reader():
    return load_reader()


def best(reading, by):
    return max(reading.units, key=lambda unit: getattr(unit, by))


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("灯塔建于哪一年", LIGHTHOUSE, "1907年"),
        ("灯塔有多高", LIGHTHOUSE, "21米"),
        ("灯塔的站长是谁", LIGHTHOUSE, "周海生"),
        ("射程增加到多少", LIGHTHOUSE, "18海里"),
        ("每年多少游客登塔", LIGHTHOUSE, "四万名"),
        ("去年罚没了多少杆秤", MARKET, "46杆"),
        ("退还顾客多少钱", MARKET, "12.6万元"),
        ("检查了多少家企业", INSPECTION, "312家"),
        ("整改了多少个问题", INSPECTION, "85个"),
        ("举报由谁接听", INSPECTION, "值班室"),
    ],
)
def test_it_points_at_what_answers(reader, question, text, answer):
    (reading,) = reader.read(question, (), [plain_excerpt("", text)])
    exact = best(reading, "certain").exact
    said = text[exact.start : exact.end]
    assert answer in said or (said in answer and len(said) * 2 >= len(answer))


def test_the_sentence_that_answers_belongs_rather_than_its_neighbours(reader):
    excerpt = plain_excerpt("北岬灯塔", LIGHTHOUSE)
    for question, said in (("灯塔有多高", "高21米"), ("射程增加到多少", "18海里"), ("什么时候建的灯塔", "1907年")):
        (reading,) = reader.read(question, (), [excerpt])
        first = max(range(len(reading.units)), key=lambda n: reading.units[n].belongs)
        span = excerpt.units[first].read
        assert said in LIGHTHOUSE[span.start : span.end]


def test_a_follow_up_is_read_with_the_question_before_it(reader):
    texts = [plain_excerpt("", LIGHTHOUSE), plain_excerpt("", MARKET)]
    of_the_market = reader.read("退还顾客多少钱", ("鱼市街每周几开市",), texts)
    assert of_the_market[1].score > of_the_market[0].score


@pytest.mark.parametrize(
    ("question", "answering", "silent"),
    [
        ("灯塔有多高", LIGHTHOUSE, LIGHTHOUSE.replace("灯塔高21米，", "")),
        ("退还顾客多少钱", MARKET, MARKET.replace("，退还顾客12.6万元", "")),
        ("检查了多少家企业", INSPECTION, INSPECTION.replace("检查企业312家，", "")),
        ("灯塔的站长是谁", LIGHTHOUSE, MARKET),
    ],
)
def test_it_is_surer_of_a_text_that_answers_than_of_one_on_the_same_that_does_not(reader, question, answering, silent):
    texts = [plain_excerpt("", text) for text in (answering, silent)]
    answers, says_nothing = reader.read(question, (), texts)
    assert answers.score > says_nothing.score


def test_traditional_characters_are_read_like_simplified_ones(reader):
    simplified = "门票由县财政补贴，学生凭学生证免费，团体票每人十五元。"
    traditional = "門票由縣財政補貼，學生憑學生證免費，團體票每人十五元。"
    ours, theirs = (reader.read("团体票多少钱", (), [plain_excerpt("", text)])[0] for text in (simplified, traditional))
    assert ours == theirs


def test_the_files_are_small_enough_to_be_shipped():
    assert sum(file.stat().st_size for file in WEIGHTS.iterdir()) <= 48_000_000
