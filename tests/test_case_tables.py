"""Figures out of tables: lists inside cells, merged cells, captions and units, rows that others contain."""

from __future__ import annotations

from collections.abc import Sequence

import docx
import pytest

import qa
from embeddings.encoding.encoder import Encoder
from tests.asked_cases import answerer_over, check
from tests.office_files import saved

CLINICS = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>东湖镇便民门诊安排</title></head><body>
<article><h1>东湖镇便民门诊安排</h1><p>来源：东湖镇卫生院　2025-03-11</p>
<p>为方便群众就近看病，东湖镇卫生院对各门诊的时间和要带的东西作如下说明。</p>
<table><caption>门诊安排一览</caption>
<tr><th>门诊</th><th>出诊时间</th><th>要带的东西</th><th>挂号费（元）</th></tr>
<tr><td>儿童保健</td><td><ul><li>周一、周三 08:00至11:30</li><li>周日 09:00至11:00</li></ul></td>
<td><ol><li>接种证</li><li>出生医学证明</li></ol></td><td>4</td></tr>
<tr><td>慢病随访</td><td><p>周二、周四 08:30至12:00</p><p>每月首个周六 14:00至16:30</p></td>
<td><ul><li>社保卡</li><li>上次的化验单</li><li>服药记录本</li></ul></td><td>6</td></tr>
<tr><td>口腔</td><td>周五 13:30至17:00<br>节假日停诊</td><td>身份证</td><td>9</td></tr>
</table><p>各门诊都可以电话预约。</p></article></body></html>"""

SCHOOLS = """<html><body><article><h1>云岭县2024年秋季学校招生情况</h1><p>云岭县教育局 2024年9月20日</p>
<p>2024年秋季学期，全县各学校招生工作已经结束，现将情况公布如下。</p>
<table><tr><th rowspan="2">片区</th><th rowspan="2">学校</th>
<th colspan="2">招生人数（人）</th><th rowspan="2">班额（个）</th></tr>
<tr><th>计划</th><th>实际</th></tr>
<tr><td rowspan="2">城北片</td><td>第一小学</td><td>240</td><td>251</td><td>6</td></tr>
<tr><td>第一小学分校</td><td>120</td><td>97</td><td>3</td></tr>
<tr><td rowspan="3">城南片</td><td>第二小学</td><td>200</td><td>188</td><td>5</td></tr>
<tr><td>实验小学</td><td>280</td><td>303</td><td>7</td></tr>
<tr><td>特殊教育学校</td><td colspan="2">全年接收</td><td>1</td></tr></table>
<p>未被录取的学生由县教育局统筹安排到邻近学校。</p></article></body></html>"""

GRAIN = """# 白沙县2023年粮食收购情况

白沙县粮食和物资储备局 2024年1月9日

2023年，白沙县收购秩序平稳。下表按品种列出，目标是全年收购12万吨。

表1　分品种收购情况（单位：吨）

| 品种 | 上半年 | 下半年 | 平均价格（元/公斤） |
| :-- | --: | --: | --: |
| 小麦 | 41,370 | 2,215 | 2.86 |
| 早稻 | 0 | 18,904 | 2.73 |
| 晚稻 | 1,180 | 30,562 | 2.91 |
| 玉米 | 5,046 | 16,733 | 2.64 |

表2　库点情况（单位：万吨）

| 库点 | 仓容 | 空仓 |
| --- | ---: | ---: |
| 城关库 | 6.4 | 1.9 |
| 河口库 | 3.2 | 0.7 |
| 河口北库 | 2.5 | 1.1 |

下一步要把河口库的空仓用起来。
"""


HOMES = """方山县敬老院收住情况

方山县民政局 2024年8月2日

截至2024年7月底，方山县四所敬老院收住情况如下：

敬老院　　床位（张）　　入住（人）　　护工（名）
峪口　　　　60　　　　　　47　　　　　　9
圪洞　　　　85　　　　　　80　　　　　　14
马坊　　　　40　　　　　　22　　　　　　5
大武　　　　72　　　　　　68　　　　　　11

护工月工资平均3,150元，由县财政发放。
"""

INCOMES = """<html><body><article><h1>沁源县主要指标完成情况</h1><p>沁源县统计局 2025年2月6日</p>
<p>近三年沁源县主要经济指标如下，2025年的目标另行下达。</p>
<table><thead><tr><th>指标</th><th>单位</th><th>2022年</th><th>2023年</th><th>2024年</th></tr></thead><tbody>
<tr><td>地区生产总值</td><td>亿元</td><td>186.3</td><td>198.7</td><td>211.5</td></tr>
<tr><td>粮食产量</td><td>万吨</td><td>9.42</td><td>9.18</td><td>9.77</td></tr>
<tr><td>城镇居民人均可支配收入</td><td>元</td><td>31,046</td><td>32,910</td><td>34,528</td></tr>
<tr><td>农村居民人均可支配收入</td><td>元</td><td>14,390</td><td>15,572</td><td>16,801</td></tr></tbody></table>
<p>注：2024年为快报数。</p></article></body></html>"""

TICKETS = """<html><body><article><h1>霍山县旅游景点票价</h1><p>霍山县文旅局　2025-05-01</p>
<p>五一期间，霍山县各景点票价如下。</p>
<dl><dt>铜锣寨</dt><dd>成人票：65元</dd><dd>学生票：32元</dd><dt>大别山主峰</dt><dd>成人票：80元</dd><dd>学生票：40元</dd>
<dt>佛子岭水库</dt><dd>成人票：免费</dd><dd>游船：50元</dd></dl><p>六十五岁以上老人凭证免票。</p></article></body></html>"""


def deliveries() -> bytes:
    """A Word file with a table of merged cells, and one with an empty cell."""
    document = docx.Document()
    document.add_paragraph("岚县村卫生室药品配送安排", style="Title")
    document.add_paragraph("为保证村卫生室用药，岚县对药品配送作如下安排。")
    rows = [
        ["片区", "村卫生室", "配送", ""],
        ["", "", "时间", "车次"],
        ["东片", "大王村", "周一上午", "2"],
        ["", "小王村", "周二下午", "1"],
        ["西片", "槐树村", "周三上午\n周六上午", "3"],
        ["", "柳沟村", "周四下午", "1"],
    ]
    merged = [((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((2, 0), (3, 0)), ((4, 0), (5, 0))]
    _add_table(document, rows, merged)
    document.add_paragraph("配送费由县医保局承担，每车次180元。")
    stored = [["药品", "储存条件", "备注"], ["胰岛素", "2至8摄氏度", "开封后28天内用完"], ["青霉素", "阴凉干燥", ""]]
    _add_table(document, stored, [])
    return saved(document)


def _add_table(
    document: docx.document.Document,
    rows: Sequence[Sequence[str]],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for place, said in enumerate(row):
            table.cell(number, place).text = said
    for first, last in merged:
        table.cell(*first).merge(table.cell(*last))


GREENHOUSES = """# 乐亭县设施农业情况

乐亭县农业农村局 2025年1月20日

近两年乐亭县设施农业发展较快，两年情况分列如下。

表1　2023年各镇设施农业（单位：亩、万元）

| 乡镇 | 大棚面积 | 投资 | 产值 |
|---|---|---|---|
| 汤家河镇 | 3,420 | 860 | 5,130 |
| 胡家坨镇 | 2,105 | 540 | 3,344 |
| 闫各庄镇 | 1,870 | 412 | 2,690 |
| 马头营镇 | 960 | 188 | 1,204 |

表2　2024年各镇设施农业（单位：亩、万元）

| 乡镇 | 大棚面积 | 投资 | 产值 |
|---|---|---|---|
| 汤家河镇 | 3,910 | 925 | 6,048 |
| 胡家坨镇 | 2,388 | 611 | 3,872 |
| 闫各庄镇 | 1,902 | 430 | 2,815 |
| 马头营镇 | 1,350 | 276 | 1,733 |

2025年计划新建大棚2,000亩。
"""

CANTEENS = """<html><body><article><h1>泊头市学校食堂抽检结果</h1>
<p>泊头市市场监管局　2024-11-08</p>
<p>今年秋季，泊头市对学校食堂进行了抽检，小学和中学分别列表。</p>
<table><caption>小学食堂</caption>
<tr><th>学校</th><th>批次</th><th>合格</th></tr>
<tr><td>光明学校</td><td>12</td><td>11</td></tr>
<tr><td>永安学校</td><td>9</td><td>9</td></tr>
<tr><td>四营学校</td><td>7</td><td>6</td></tr></table>
<table><caption>中学食堂</caption>
<tr><th>学校</th><th>批次</th><th>合格</th></tr>
<tr><td>光明学校</td><td>15</td><td>15</td></tr>
<tr><td>永安学校</td><td>11</td><td>10</td></tr>
<tr><td>四营学校</td><td>8</td><td>8</td></tr></table>
<p>不合格的由学校限期整改。</p></article></body></html>"""

ARTICLES = {
    "clinics.html": CLINICS,
    "schools.html": SCHOOLS,
    "grain.md": GRAIN,
    "homes.txt": HOMES,
    "incomes.html": INCOMES,
    "tickets.html": TICKETS,
    "deliveries.docx": deliveries(),
    "greenhouses.md": GREENHOUSES,
    "canteens.html": CANTEENS,
}


@pytest.fixture(scope="module")
def asked(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    return answerer_over(ARTICLES, tmp_path_factory.mktemp("tables"))


@pytest.mark.parametrize(
    ("question", "values", "others"),
    [
        ("东湖镇儿童保健门诊周日几点看", "09:00至11:00", "16:30 17:00"),
        ("慢病随访要带什么东西", "社保卡 化验单 服药记录本", "接种证"),
        ("儿童保健要带哪些东西", "接种证 出生医学证明", "社保卡 身份证"),
        ("口腔门诊的挂号费是多少", "9", "接种证 化验单"),
        ("哪个门诊节假日停诊", "口腔", "儿童保健 慢病随访"),
        ("慢病随访每月首个周六几点开", "14:00至16:30", "11:30"),
        ("云岭县第一小学分校实际招了多少人", "97", "251 188"),
        ("云岭县第一小学计划招生多少人", "240", "97 188"),
        ("实验小学实际招生多少人", "303", "188 251"),
        ("第二小学有几个班", "5", "251 303"),
        ("第二小学在哪个片区", "城南片", "城北片"),
        ("云岭县哪所学校实际招生最多", "实验小学 303", "188"),
        ("白沙县2023年上半年收购小麦多少吨", "41,370", "5,046"),
        ("晚稻下半年收了多少", "30,562", "18,904 16,733"),
        ("玉米的平均价格是多少", "2.64", "2.86 2.91"),
        ("哪个品种下半年收购得最多", "晚稻 30,562", "18,904"),
        ("河口库的仓容是多少万吨", "3.2", "2.5 6.4"),
        ("河口北库空仓多少", "1.1", "0.7 1.9"),
        ("方山县圪洞敬老院住了多少人", "80", "47 68"),
        ("大武敬老院有几名护工", "11", "14 9"),
        ("马坊敬老院有多少张床位", "40", "60 85"),
        ("沁源县2023年粮食产量是多少", "9.18", "198.7"),
        ("沁源县2024年农村居民人均可支配收入", "16,801", "34,528"),
        ("岚县小王村的药什么时候送", "周二下午", "周一 周三"),
        ("岚县槐树村一周配送几车次", "3", "周四"),
        ("大王村属于哪个片区", "东片", "西片"),
        ("大别山主峰学生票多少钱", "40元", "32元 65元"),
        ("铜锣寨成人票多少钱", "65元", "80元"),
        ("乐亭县2024年汤家河镇大棚面积是多少", "3,910", "3,420"),
        ("2023年胡家坨镇产值多少万元", "3,344", "3,872"),
        ("2024年马头营镇投资多少", "276", "188"),
        ("2023年哪个镇产值最高", "汤家河镇 5,130", "6,048"),
        ("汤家河镇2023年和2024年的产值分别是多少", "5,130 6,048", "3,344 3,872"),
        ("泊头市永安学校小学食堂抽检了几批次", "9", "11"),
        ("光明学校中学食堂合格多少", "15", "12"),
        ("2022年汤家河镇大棚面积是多少", "", ""),
        ("2022年上半年小麦收购了多少吨", "", ""),
        ("大豆下半年收购了多少吨", "", ""),
    ],
)
def test_a_table_answers_with_the_row_and_column_asked_for(
    asked: qa.Answerer, question: str, values: str, others: str
) -> None:
    check(asked.ask(question), values, others)


@pytest.mark.parametrize("question", ["青霉素开封后多久用完", "沁源县2025年粮食产量是多少"])
def test_the_cell_of_another_row_or_year_is_never_certain(asked: qa.Answerer, question: str) -> None:
    answer = asked.ask(question)
    assert answer.abstained or answer.tentative, answer.text
