"""The reader that is shipped, on texts that it has never seen."""

import pytest

from embeddings.errors import ModelError
from qa.cross_encoder.files import FILE, TOKENIZER
from qa.reader import WEIGHTS, Excerpt, load_reader

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


def exact(reader, question, text):
    (reading,) = reader.read(question, [Excerpt("", text)])
    span = reading.answers[0].span
    return text[span.start : span.end]


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
    said = exact(reader, question, text)
    assert answer in said or (said in answer and len(said) * 2 >= len(answer))


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
    answers, says_nothing = reader.read(question, [Excerpt("", answering), Excerpt("", silent)])
    assert answers.score > says_nothing.score


def test_readings_come_in_the_order_of_the_excerpts_whatever_is_read_beside(reader):
    texts = [Excerpt("灯塔", LIGHTHOUSE), Excerpt("", MARKET), Excerpt("", "停航。"), Excerpt("巡查", INSPECTION)] * 2
    together = reader.read("去年成交鲜鱼多少吨", texts)
    alone = [load_reader().read("去年成交鲜鱼多少吨", [text])[0] for text in texts[:4]]
    assert together[:4] == together[4:]
    assert [r.score for r in together[:4]] == pytest.approx([r.score for r in alone], abs=0.3)
    assert max(range(4), key=lambda i: together[i].score) == 1


def test_each_sentence_has_its_likeliest_answer_within_itself(reader):
    (reading,) = reader.read("灯塔有多高", [Excerpt("北岬灯塔", LIGHTHOUSE)])
    assert len(reading.answers) == 5
    assert all("。" not in LIGHTHOUSE[a.span.start : a.span.end].rstrip("。") for a in reading.answers)
    assert [a.score for a in reading.answers] == sorted((a.score for a in reading.answers), reverse=True)


def test_a_long_text_is_read_to_its_end(reader):
    filler = "".join(f"第{n}号浮标漆成红白两色，每隔一个季度由工程船拖回码头清洗一次。" for n in range(60))
    text = f"{filler}{LIGHTHOUSE}{filler}"
    assert len(text) > 3000
    assert "周海生" in exact(reader, "灯塔的站长是谁", text)
    (long,) = reader.read("灯塔的站长是谁", [Excerpt("", text)])
    (without,) = reader.read("灯塔的站长是谁", [Excerpt("", filler)])
    assert long.score > without.score
    sentences = [text.rfind("。", 0, answer.span.start) for answer in long.answers]
    assert len(sentences) == len(set(sentences)) == text.count("。")


def test_traditional_characters_are_read_like_simplified_ones(reader):
    simplified = "门票由县财政补贴，学生凭学生证免费，团体票每人十五元。"
    traditional = "門票由縣財政補貼，學生憑學生證免費，團體票每人十五元。"
    ours, theirs = (reader.read("团体票多少钱", [Excerpt("", text)])[0] for text in (simplified, traditional))
    assert ours == theirs


def test_nothing_to_read_gives_nothing(reader):
    assert reader.read("灯塔有多高", []) == ()
    assert reader.read("灯塔有多高", [Excerpt("灯塔", "")])[0].answers == ()


def test_without_its_files_there_is_no_reader(tmp_path):
    assert load_reader(tmp_path) is None


@pytest.mark.parametrize("damaged", [FILE, TOKENIZER])
def test_a_damaged_file_is_named(tmp_path, damaged):
    for name in (FILE, TOKENIZER):
        content = (WEIGHTS / name).read_bytes()
        (tmp_path / name).write_bytes(content[:1000] if name == damaged else content)
    with pytest.raises(ModelError, match=damaged):
        load_reader(tmp_path)


def test_the_files_are_small_enough_to_be_shipped():
    assert sum(file.stat().st_size for file in WEIGHTS.iterdir()) <= 48_000_000
