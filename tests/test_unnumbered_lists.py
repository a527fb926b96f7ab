"""Lists whose items have no numbers: they lie under what opens them, and come whole, whatever they were written in."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from embeddings.reading.articles import parse_article
from tests.asked_cases import answerer_over
from tests.office_files import saved
from tests.outlines import tree

TITLE = "临河县公租房申请办事指南"
LEAD = "公租房由县住房保障中心受理，自受理之日起20个工作日内答复。"
OPENING = "申请人应当提交下列材料："
PAPERS = ["家庭成员的身份证和户口簿复印件", "婚姻状况证明", "社区出具的收入证明", "现住房情况证明", "近六个月银行流水"]
STEPS = ["向社区提出申请，领取表格", "社区入户核查并张榜公示", "街道复核后报中心", "轮候摇号并签订合同"]
LAST = "咨询电话0536-8812345，工作日8:30—17:30有人接听。"


def written(heading: str, item: str, around: str = "{}", paragraph: str = "{}\n\n") -> str:
    papers, steps = (around.format("".join(item.format(said) for said in each)) for each in (PAPERS, STEPS))
    opening, lead, last = (paragraph.format(said) for said in (OPENING, LEAD, LAST))
    first, second, third = (heading.format(said) for said in ("申请材料", "办理流程", "咨询电话"))
    return f"{lead}{first}{opening}{papers}{second}{steps}{third}{last}"


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(LEAD)
    for heading, opening, items in (("申请材料", OPENING, PAPERS), ("办理流程", "", STEPS)):
        document.add_heading(heading, 1)
        if opening:
            document.add_paragraph(opening)
        for said in items:
            document.add_paragraph(said, style="List Bullet")
    document.add_heading("咨询电话", 1)
    document.add_paragraph(LAST)
    return saved(document)


MARKDOWN = f"# {TITLE}\n\n" + written("\n## {}\n\n", "- {}\n", "{}\n")
HTML = written("<h2>{}</h2>", "<li>{}</li>", "<ul>{}</ul>", "<p>{}</p>")
FILES = {
    "md": (".md", MARKDOWN.encode()),
    "html": (".html", f"<html><body><article><h1>{TITLE}</h1>{HTML}</article></body></html>".encode()),
    "ordered": (
        ".html",
        f"<html><body><article><h1>{TITLE}</h1>{HTML.replace('ul>', 'ol>')}</article></body></html>".encode(),
    ),
    "plain": (".txt", (f"{TITLE}\n\n" + written("{}\n", "● {}\n")).encode()),
    "word": (".docx", word()),
}


@pytest.mark.parametrize("form", FILES)
def test_items_without_numbers_lie_under_what_opens_them(form: str) -> None:
    suffix, data = FILES[form]
    bullet = "● " if form == "plain" else ""
    papers, steps = ([("item", f"{bullet}{said}", []) for said in each] for each in (PAPERS, STEPS))
    assert tree(parse_article(data, suffix)) == [
        ("heading", "申请材料", [("item", OPENING, papers)]),
        ("heading", "办理流程", steps),
        ("heading", "咨询电话", []),
    ]


@pytest.mark.parametrize("numbered", [False, True])
def test_a_list_behind_a_heading_and_the_line_that_opens_it_comes_whole(numbered: bool, tmp_path: Path) -> None:
    source = MARKDOWN
    if numbered:
        for items in (PAPERS, STEPS):
            for number, said in enumerate(items, 1):
                source = source.replace(f"- {said}", f"{number}. {said}")
    answer = answerer_over({"公租房.md": source}, tmp_path).ask("申请公租房要交哪些材料")
    assert [line.lstrip("- ").split("[")[0] for line in answer.text.splitlines()][-len(PAPERS) :] == PAPERS
    assert not answer.tentative


def test_one_bullet_is_no_list_and_running_text_ends_one() -> None:
    source = f"# {TITLE}\n\n{LEAD}\n\n说明：\n\n- 只此一条。\n\n提交下列材料：\n\n- 身份证\n- 户口簿\n\n{LAST}\n"
    assert tree(parse_article(source.encode(), ".md")) == [
        ("item", "提交下列材料：", [("item", "身份证", []), ("item", "户口簿", [])])
    ]


def test_bullets_of_plain_text_lie_in_each_other_as_they_are_indented() -> None:
    source = f"{TITLE}\n\n{LEAD}\n◆ 都要交的\n  - 身份证\n  - 户口簿\n◆ 单身的再加\n  - 声明\n◆ 不用交的\n{LAST}\n"
    article = parse_article(source.encode(), ".txt")
    assert tree(article) == [
        ("item", "◆ 都要交的", [("item", "- 身份证", []), ("item", "- 户口簿", [])]),
        ("item", "◆ 单身的再加", [("item", "- 声明", [])]),
    ]
    assert "\n  - 户口簿\n◆ 单身的再加\n" in article.text


def test_bullets_that_a_page_writes_as_characters_are_items() -> None:
    body = f"<h1>{TITLE}</h1><p>{LEAD}</p>分三种人：<br>◆老人<br>◆孩子<br>◆病人<p>{LAST}</p>"
    source = f"<html><body><article>{body}</article></body></html>"
    assert tree(parse_article(source.encode(), ".html")) == [
        ("item", "分三种人：", [("item", "◆老人", []), ("item", "◆孩子", []), ("item", "◆病人", [])])
    ]


def test_what_minutes_say_above_the_text_is_no_heading() -> None:
    head = "护桥会第二次会议纪要\n主持人：会长 老闫\n参加：老刘、老周，还有六户人家\n"
    source = f"{head}一、修桥\n先修东头，后修西头，月底修完。\n二、看桥\n一人一天，轮着看，谁也不落。\n"
    assert [node[1] for node in tree(parse_article(source.encode(), ".txt"))] == ["一、修桥", "二、看桥"]


def test_what_a_label_opens_is_what_is_asked_which_there_are_of_it(tmp_path: Path) -> None:
    notice = (
        "# 关于做好食堂自查的通知\n\n各学校：\n\n一、查什么。看附件1，软管用满18个月的换。\n\n二、怎么报。附件2盖章后"
        "送来，逾期扣分。\n\n联系人：老谭。\n\n附件：\n\n1. 食堂自查表\n2. 隐患清单\n3. 换管示意图\n4. 禁用电器目录\n"
    )
    answer = answerer_over({"notice.md": notice}, tmp_path).ask("食堂自查通知带了哪几个附件")
    said = [line.split("[")[0] for line in answer.text.splitlines()]
    assert said[:5] == ["附件", "- 食堂自查表", "- 隐患清单", "- 换管示意图", "- 禁用电器目录"]


STAIRS = """# 楼道里的颜色

柳溪社区2019年9月推行“五色楼道”工作法，一栋楼一种说法。

红色楼道聚人心。党员每月亮灯夜谈一次，门上挂着牌子，谁家有事都来敲。

绿色楼道讲整洁。每周六清一次楼，两年清出杂物四百吨，卖的钱归楼里。

蓝色楼道保平安。装了烟感，楼长每晚走一遍，两年没有着过火。

橙色楼道送温暖。独居老人装了门铃，按一下楼长就到。

紫色楼道重文明。每季评一次，评上的免费检修一次水电。

社区统计，红色楼道最多，有九十七个。
"""


def test_the_parts_of_a_name_in_quotation_marks_come_whole_however_they_are_asked(tmp_path: Path) -> None:
    answerer = answerer_over({"stairs.md": STAIRS}, tmp_path)
    answer = answerer.ask("五色楼道，每种颜色管什么")
    colours = ["红色楼道聚人心", "绿色楼道讲整洁", "蓝色楼道保平安", "橙色楼道送温暖", "紫色楼道重文明"]
    assert [line.lstrip("- ").split("[")[0].rstrip("。") for line in answer.text.splitlines()][1:] == colours
    assert "2019年9月" in answerer.ask("五色楼道是哪年搞起来的").text
    assert "紫色" not in answerer.ask("五色楼道是哪年搞起来的").text


def test_of_items_under_one_that_is_asked_for_none_is_left_out(tmp_path: Path) -> None:
    sheet = (
        "小作坊登记告知单\n\n做豆腐、酿酒、榨油的都用这一张，三天办结。\n\n◆ 都要交的\n  - 登记申请书\n  - 营业执照\n"
        "◆ 酿酒的再加\n  - 蒸馏设备照片两张\n  - 甲醇检验报告\n◆ 榨油的再加\n  - 黄曲霉毒素检验报告\n\n"
        "现场由监管所两人来看，不收费。\n"
    )
    answer = answerer_over({"sheet.txt": sheet}, tmp_path).ask("小作坊酿酒的再加什么材料")
    said = [line.split("[")[0] for line in answer.text.splitlines()]
    assert said[:3] == ["酿酒的再加", "- 蒸馏设备照片两张", "- 甲醇检验报告"]
