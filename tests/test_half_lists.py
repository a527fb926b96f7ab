"""No half lists: the items of the list that is meant, whichever of two lists that lie in each other that is."""

from __future__ import annotations

import pytest

import qa
from tests.asked_cases import answerer_over, check_text

_BOATS = """# 柳湾渡口船只管理办法

第一章 用船

第三条 渡口办公室管三条木船、一条铁船，钥匙挂在值班室。

第四条 白天用船由值班员点头就行；过夜用船要老队长批。

第五条 有下列情形之一的，值班员不得放船：

（一）风力在五级以上的；

（二）救生衣少于乘船人数的；

（三）水面结冰或者起大雾的；

（四）船主欠着上月停泊费的。

第六条 天黑以后放船，回来要在本子上补签。

第二章 停船

第七条 船一律停在东码头，缆绳系双扣。

第八条 外来船停一夜收15元。
"""
_KILNS = """# 关于砖瓦窑安全检查情况的通报

一、总体情况

9月份查了全镇11座窑，2座评为好，6座一般，3座差。

二、主要问题

（一）设备类

- 马家窑：烟囱裂了两道缝，没有加箍；
- 北坡窑：传送带没有护罩，工人用木板挡着；
- 石桥窑：配电箱门掉了，雨天直接淋；
- 河口窑：温度表坏了半年。

（二）人员类

- 8座窑夜里只留一个人看火；
- 5座窑的灭火器没人会用；
- 新来的工人没有培训就上窑顶。

三、整改要求

1. 马家窑停火，修好烟囱再报验；
2. 其余各窑10月底以前改完；
3. 镇里11月上旬再查一遍。
"""
_BUILDING = """# 关于借用老粮库的复函

文化站：

来函收到，答复如下。

一、同意把老粮库一楼借给你们办戏台，二楼存放账册，不借。

二、借期两年，从5月1日算起。

三、有关要求

（一）不得拆改承重墙；

（二）灯线另拉，装独立电表；

（三）汛期接到通知后三小时内把道具搬走；

（四）不得转给别人使用；

（五）散场后锁好东门。

四、你们提出在屋顶装霓虹灯一事，因屋面承重不够，不同意。
"""
_WATCH = """# 2024年守夜排班

| 日期 | 带班 | 前半夜 | 后半夜 |
|---|---|---|---|
| 1月3日 | 老谭 | 小石、大岳 | 阿春、小满 |
| 1月4日 | 老谭 | 阿春、小满 | 大岳、小石 |
| 1月5日 | 老齐 | 小满、大岳 | 小石、阿春 |

1. 电话铃响四声以内要接，接了先报名字。

2. 带班的不准离开院子。

3. 风大了先收旗杆，再锁西边的小门。

4. 每天早上七点把人数报到镇上。

5. 换班要写条子，不写条子的算缺勤。
"""
_DEBTS = """# 公布一批拖欠工钱的案子

案例一 宏利砖厂拖欠工钱案

2024年3月，砖厂欠了21个人两个月的工钱，合计9.6万元。

案例二 包工头辛某拖欠采茶钱案

辛某欠了采茶人33天的钱，后来全部还清。

案例三 悦来饭铺不付加班费案

饭铺让人每晚干到十点，没有付加班费。

案例四 大成鞋坊克扣押金案

鞋坊扣了新来的人每人300元押金。

举报电话：5512333。
"""
_CHAINS = """# 陶坝村“三联三带”工作法

陶坝村从2022年起推行“三联三带”工作法。

一、支部联支部，带产业。两个村的支部合开一个会。

二、干部联农户，带技术。每名干部联五户。

三、党员联邻里，带和气。每名党员管左右三家。

我们有两点体会：一是书记要跑在前头，二是账目要贴在墙上。
"""


@pytest.fixture(scope="module")
def answerer(one_model: object, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    articles = {"船.md": _BOATS, "窑.md": _KILNS, "粮库.md": _BUILDING, "守夜.md": _WATCH, "欠薪.md": _DEBTS}
    articles["三联.md"] = _CHAINS
    return answerer_over(articles, tmp_path_factory.mktemp("half_lists"))


@pytest.mark.parametrize(
    ("question", "items", "others"),
    [
        ("柳湾渡口碰到什么样的情形不放船", ["风力", "救生衣", "大雾", "停泊费"], ["过夜用船", "补签"]),
        ("砖瓦窑检查里设备方面出了哪些毛病", ["烟囱", "传送带", "配电箱", "温度表"], ["马家窑停火"]),
        ("窑上人员方面有什么不到位的", ["看火", "灭火器", "窑顶"], ["马家窑停火"]),
        ("老粮库借出去附带了什么要求", ["承重墙", "电表", "三小时", "转给别人", "东门"], []),
        ("拖欠工钱的案子都涉及谁", ["宏利砖厂", "辛某", "悦来饭铺", "大成鞋坊"], []),
        ("陶坝搞三联三带总结了哪两点体会", ["跑在前头", "贴在墙上"], ["干部联农户"]),
        ("守夜排班立了哪些规矩，全说一遍", ["四声", "院子", "旗杆", "七点", "条子"], []),
    ],
)
def test_all_items_of_the_list_that_is_meant_are_given(
    answerer: qa.Answerer, question: str, items: list[str], others: list[str]
) -> None:
    check_text(answerer.ask(question), items, others)


def test_the_sections_of_a_document_with_a_second_title_are_no_list_that_its_sentences_bring(
    answerer: qa.Answerer,
) -> None:
    answer = answerer.ask("砖瓦窑查了多少座")
    assert [sentence.text for sentence in answer.sentences] == ["9月份查了全镇11座窑，2座评为好，6座一般，3座差。"]
