"""What a document is called, where who issues it, labels and menus stand above its name."""

import pytest

from embeddings.cleaning.cleaning import clean_page
from embeddings.cleaning.titles import is_document_name, is_masthead
from embeddings.text.markup import read_page

BODY = (
    "县城管局上月查看了旧渡口的石阶和栏杆，石阶换了十二级，栏杆刷了两遍漆，船工改在下游的新码头上客。\n"
    "县交通局补了经费8.6万元，工期四十天，六月底前完工。\n"
)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("柳溪县人民政府办公室文件\n柳政办发〔2024〕9号\n柳溪县人民政府办公室关于修缮旧渡口的通知", 2),
        ("柳溪县委督查室\n督查通报\n第19期（总第143期）\n关于旧渡口修缮情况的通报", 3),
        ("                办理结果：A\n                是否公开：是\n        对县人大第86号建议的答复", 2),
        ("柳溪县城管局 柳溪县交通局\n关于印发《旧渡口修缮办法》的通知\n柳城发〔2024〕31号", 1),
        ("当前位置：首页 > 信息公开\n发布日期：2024-09-04  浏览量：731  【打印】【关闭】\n\n关于旧渡口修缮的公告", 3),
        (
            "首页 > 信息公开\n索引号 0114/2024-00812   发文日期 2024-01-19   有效性 有效\n柳溪县城管局2023年工作总结",
            2,
        ),
        ("渡口新闻 | 办事大厅 | 警民互动 | 常见问题\n旧渡口乘船常见问题解答", 1),
        ("柳溪县旧渡口票价调整听证会纪要\n\n时间：2024年8月29日上午9:00\n地点：县城管局二楼多功能厅", 0),
        ("证券代码：839417　　证券简称：柳溪航运　　主办券商：某证券\n柳溪航运股份有限公司2023年年度报告摘要", 1),
        ("柳溪生态资讯\n柳溪县修好旧渡口 石阶换了十二级\n2024-01-18 17:22 字号：[大] [中] [小] 打印", 1),
        # What is no document's name but stands first is the title all the same.
        ("渡口的石阶\n柳溪县城管局修缮旧渡口的公告", 0),
    ],
)
def test_a_document_is_called_by_its_name_and_not_by_what_stands_over_it(head, title):
    article = clean_page(read_page(f"{head}\n\n{BODY}", ".txt"))
    assert article.title == head.split("\n")[title].strip()
    assert article.body.endswith("六月底前完工。")


def test_an_office_that_heads_a_page_is_no_title():
    page = f"# 柳溪县防火办公室\n## 关于旧渡口消防检查情况的通报\n\n{BODY}"
    assert clean_page(read_page(page, ".md")).title == "关于旧渡口消防检查情况的通报"
    shell = "<html><head><title>县城管局</title></head><body><div>您的位置：首页 &gt; 县城管局</div>"
    named = clean_page(read_page(f"{shell}<p>{BODY}</p></body></html>", ".html"))
    assert named.title.startswith("县城管局上月查看了旧渡口的石阶和栏杆")


@pytest.mark.parametrize(
    ("line", "document", "masthead"),
    [
        ("租房提取住房公积金办事指南（仙桥管理部）", True, False),
        ("在全县环境保护大会上的讲话", True, False),
        ("柳溪县人民政府办公室文件", False, True),
        ("2025年第6期（总第102期）", False, False),
        ("第6期（总第102期）", False, True),
        ("柳溪：“一河一档”管住一条江", False, False),
        ("时间都去哪儿了——记渡口守夜人", False, False),
    ],
)
def test_documents_names_and_what_stands_over_them(line, document, masthead):
    assert (is_document_name(line), is_masthead(line)) == (document, masthead)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("2024-08-29 上午9:00 县城管局", "县城管局"),
        ("2024-08-29 制表：镇财政所", ""),
        ("2024-08-29 红山时讯", "红山时讯"),
        ("2024-08-29 来源：红山观察", "红山观察"),
    ],
)
def test_a_word_beside_the_date_is_a_source_only_where_it_can_be_one(line, source):
    assert clean_page(read_page(f"旧渡口修好了，石阶换了十二级\n{line}\n{BODY}", ".txt")).source == source
