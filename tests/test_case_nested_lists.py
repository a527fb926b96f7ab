"""Lists within lists: an item is found with what it lies under, and one item's detail is not another's."""

from __future__ import annotations

import docx
import pytest

import qa
from embeddings.encoding.encoder import Encoder
from tests.asked_cases import answerer_over, check
from tests.office_files import define_list, number, saved

PARKS = """# 青溪市公园城市建设任务清单

青溪市园林局 2025年2月18日

2025年，青溪市从四个方面推进公园城市建设：

- 增绿提质
  - 新建口袋公园24处
    - 责任单位：市园林局
    - 完成时间：10月底
  - 改造老旧游园9处
    - 责任单位：市城管局
    - 完成时间：8月底
- 绿道贯通
  - 建成滨河绿道31公里
    - 责任单位：市水务局
  - 打通断头绿道5处
    - 责任单位：市交通局
    - 完成时间：11月15日
- 古树保护
  - 为186株古树挂牌建档
  - 开展古树体检
    - 责任单位：市林科所
- 服务提升
  - 增设直饮水点60个
    - 责任单位：市供水公司
"""

FIRE = """<html><body><article><h1>石桥街道夏季消防行动方案</h1><p>石桥街道办事处　2025-06-03</p>
<p>为做好夏季消防工作，石桥街道开展三项行动，每项行动的内容和要求如下。</p>
<ol><li>敲门行动<ul><li>对象：独居老人<ul><li>人数：412户</li><li>频次：每两周一次</li></ul></li>
<li>对象：群租房<ul><li>人数：95间</li><li>频次：每周一次</li></ul></li></ul></li>
<li>清道行动<ul><li>清理楼道杂物<ul><li>包干人：各楼栋长</li></ul></li>
<li>拆除违规雨棚<ul><li>包干人：街道城管中队</li><li>期限：7月20日前</li></ul></li></ul></li>
<li>充电行动<ul><li>新增充电桩位340个</li><li>整治飞线充电<ul><li>包干人：各社区网格员</li></ul></li></ul></li></ol>
<p>行动结束后由街道应急办逐项验收。</p></article></body></html>"""

SENIORS = [
    (0, "助餐服务"),
    (1, "建设长者食堂14家"),
    (2, "资金：每家补助18万元"),
    (2, "牵头：区民政局"),
    (1, "开通送餐上门"),
    (2, "牵头：区商务局"),
    (0, "助医服务"),
    (1, "组建家庭医生团队52个"),
    (2, "牵头：区卫健局"),
    (1, "配送常用药"),
    (0, "助浴服务"),
    (1, "设置助浴点8个"),
    (2, "资金：每个补助5.5万元"),
]


def seniors() -> bytes:
    """A Word file of a list of three levels."""
    document = docx.Document()
    document.add_paragraph("榆林坡区养老服务三助清单", style="Title")
    document.add_paragraph("榆林坡区把养老服务分成三类，今年要办的事情和牵头部门如下：")
    levels = define_list(document, *[("bullet", "•")] * 3)
    for depth, text in SENIORS:
        number(document.add_paragraph(text), levels, depth)
    document.add_paragraph("以上事项每半年向区人大报告一次。")
    return saved(document)


ARTICLES = {"parks.md": PARKS, "fire.html": FIRE, "seniors.docx": seniors()}


@pytest.fixture(scope="module")
def asked(one_model: Encoder, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    return answerer_over(ARTICLES, tmp_path_factory.mktemp("nested"))


@pytest.mark.parametrize(
    ("question", "values", "others"),
    [
        ("青溪市从哪四个方面推进公园城市建设", "增绿提质 绿道贯通 古树保护 服务提升", ""),
        ("口袋公园由哪个单位负责", "市园林局", "市城管局 市水务局"),
        ("改造老旧游园什么时候完成", "8月底", "10月底 11月15日"),
        ("打通断头绿道由谁负责", "市交通局", "市水务局 市园林局"),
        ("绿道贯通有哪些任务", "建成滨河绿道31公里 打通断头绿道5处", "直饮水点"),
        ("古树体检由哪个单位负责", "市林科所", "市交通局 市供水公司"),
        ("给多少株古树挂牌", "186株", ""),
        ("石桥街道多久上门一次独居老人", "每两周一次", "每周一次"),
        ("群租房多久敲一次门", "每周一次", "每两周一次"),
        ("违规雨棚由谁拆除", "街道城管中队", "楼栋长 网格员"),
        ("违规雨棚什么时候拆完", "7月20日前", ""),
        ("整治飞线充电由谁包干", "各社区网格员", "楼栋长 城管中队"),
        ("榆林坡区长者食堂每家补助多少", "18万元", "5.5万元"),
        ("助浴点每个补助多少钱", "5.5万元", "18万元"),
        ("送餐上门由谁牵头", "区商务局", "区民政局 区卫健局"),
        ("家庭医生团队由哪个部门牵头", "区卫健局", "区商务局"),
        ("助餐服务有哪些事情要办", "建设长者食堂14家 开通送餐上门", "助浴点"),
    ],
)
def test_an_item_answers_with_what_it_lies_under(asked: qa.Answerer, question: str, values: str, others: str) -> None:
    check(asked.ask(question), values, others)
