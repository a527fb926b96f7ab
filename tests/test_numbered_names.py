"""Names that number their parts (“四会”，即：…) as nodes of the outline: whole, or not at all."""

import pytest

from embeddings.structure.chunking import cut_passages
from embeddings.structure.outline import headings_at, read_outline, section_path
from embeddings.types import Span
from tests.outlines import article, names, tree


@pytest.mark.parametrize(
    ("text", "name", "parts"),
    [
        ("办好“四大课堂”：田间、车间、网上、家里，人人来听。", "“四大课堂”", ["田间", "车间", "网上", "家里"]),
        (
            "倡导“三必谈”，即：婚嫁必谈、生病必谈、升学必谈，邻里和睦。",
            "“三必谈”",
            ["婚嫁必谈", "生病必谈", "升学必谈"],
        ),
        ("牢记“三不”法则，即“不轻信”“不透露”“不转账”。", "“三不”", ["“不轻信”", "“不透露”", "“不转账”"]),
        ("实施“两大责任”（包村责任、包户责任），件件有人管。", "“两大责任”", ["包村责任", "包户责任"]),
        ("开展读书月、环境日、开放周“三大活动”，两千人来。", "“三大活动”", ["读书月", "环境日", "开放周"]),
        ("安全宣传“五进”：进村，进校，进厂，进店，进家。", "“五进”", ["进村", "进校", "进厂", "进店", "进家"]),
        (
            "比“四看”。看亮灯、看开门、看台账、看口碑，都过才行。",
            "“四看”",
            ["看亮灯", "看开门", "看台账", "看口碑"],
        ),
        ("实现三个“转变”：慢变快、粗变细、散变聚。", "三个“转变”", ["慢变快", "粗变细", "散变聚"]),
        ("推行“123”工作法：一个码头、两支队伍、三件实事。", "“123”", ["一个码头", "两支队伍", "三件实事"]),
        ("落实“三会一课”，即支部大会、支委会、小组会和党课。", "“三会一课”", ["支部大会", "支委会", "小组会", "党课"]),
        ("做好「三大工程」：安居工程、暢通工程、綠化工程。", "「三大工程」", ["安居工程", "暢通工程", "綠化工程"]),
        ("定了四项任务：查隐患；补短板；建机制；强队伍。", "四项任务", ["查隐患", "补短板", "建机制", "强队伍"]),
        ("方案讲四个方面，主要包括：教育、医疗、养老、托育等。", "四个方面", ["教育", "医疗", "养老", "托育"]),
        ("按照备课、试讲、评议三个环节推进。", "三个环节", ["备课", "试讲", "评议"]),
        ("统筹推进大气、水、土壤三大保卫战。", "三大保卫战", ["大气", "水", "土壤"]),
        (
            "坚持“三个坚持”：坚持早学，坚持常学，坚持深学，不断提高。",
            "“三个坚持”",
            ["坚持早学", "坚持常学", "坚持深学"],
        ),
        ("让督察和执法两支队伍都成为尖兵。", "两支队伍", ["督察", "执法"]),
        ("到三个点：一（旧）村（三户、五户）、二村、三村。", "三个点", ["一（旧）村（三户、五户）", "二村", "三村"]),
    ],
)
def test_a_name_and_its_parts_before_or_behind_it(text, name, parts):
    assert names(text) == [(name, parts)]


@pytest.mark.parametrize(
    "text",
    [
        "推行“四会”，即：会调查、会计划、会备课。",
        "要增强“四个意识”、坚定“四个自信”、做到“两个维护”，当好“三个表率”。",
        "压实责任、落实“两大行动”，把事办好。",
        "打造“三张图”：明确方向，细化任务，真抓实干见成效。",
        "共建“一带一路”：开放、合作。",
        "“十四五”期间，建成三个园区，来了两家企业。",
        "这是第三个阶段：播种、收割、入库。",
        "开了两个小时：报告、讨论。",
        "三场的比分是3：1、2：2、0：1。",
        "来了一家人：爸爸、妈妈。",
        "守住“一排底线”：安全、环境。",
    ],
)
def test_nothing_is_made_up_where_the_numbers_disagree_or_no_list_is_announced(text):
    assert names(text) == []


def test_two_names_of_one_sentence_and_two_of_one_wording():
    text = "支书要做到“两会”，即：会讲、会写；组长要做到“两会”，即：会问、会记。"
    assert names(text) == [("“两会”", ["会讲", "会写"]), ("“两会”", ["会问", "会记"])]
    headings = [node[1] for node in tree(article(text))]
    assert headings == ["支书要做到“两会”", "组长要做到“两会”"]


def test_a_name_stands_in_the_innermost_part_that_says_it():
    text = "一、学习\n做法有二：一是领学。支书做到“两会”，即：会讲、会写。二是自学。每天一小时。"
    assert tree(article(text)) == [
        (
            "heading",
            "一、学习",
            [
                ("item", "一是领学。", [("name", "支书做到“两会”", [("item", "会讲", []), ("item", "会写", [])])]),
                ("item", "二是自学。", []),
            ],
        )
    ]


def test_parts_with_enumerators_are_parts_already():
    text = "做到“三核查”：一是核查学校；二是核查志愿；三是核查录取。"
    assert [node[0] for node in tree(article(text))] == ["item", "item", "item"]


def test_a_name_is_no_heading_of_what_stands_in_it_and_cuts_no_passage():
    text = (
        "一、学习\n"
        + "大家轮流读书，读完就议，议完就办。" * 8
        + "支书做到“两会”，即：会讲、会写。"
        + "读了又读，议了又议。" * 4
    )
    built = article(text)
    outline = read_outline(built)
    start = text.index("会写")
    assert [section.label for section in section_path(outline, Span(start, start + 2))] == ["一、"]
    assert headings_at(built, outline, Span(start, start + 2)) == ("一、学习",)
    assert outline.sections[0].children[0].kind == "name"
    assert any("支书做到“两会”，即：会讲、会写。" in text[p.start : p.end] for p in cut_passages(built, outline))
