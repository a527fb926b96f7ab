"""The outline of each of the five real articles, node by node, as an editor reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from embeddings.reading.articles import read_articles
from embeddings.structure.chunking import cut_passages
from embeddings.structure.outline import headings_at, read_outline, section_path
from embeddings.types import Article, Span
from tests.outlines import sketch, walk

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the real articles are not on this machine (../shared/corpus)"
)

OUTLINES = {
    "000": """
heading 强化理论武装，|个维护”>驾护航。
  lead 坚持第一时间学|时间学。>神热潮。
  lead 坚持融入日常学|日常学。>作动力。
  lead 坚持围绕实际学|实际学。>驾护航。
heading 精准绘制“三张|奋进力量>生抓起。
  lead 提高政治站位，|战图”。>厚氛围。
  lead 强化安排统筹，|合图”。>题活动。
  lead 注重取得实效，|践图”。>生抓起。
heading 切实履行“主体|重点工作>”称号。
  lead 扎实推进全面从|严治党。>视工作。
  lead 搭建完成党群“|八柱”。>新活力。
  lead 创新开展政治生|治生活。>心使命。
  lead 推进党建与业务|度融合。>”称号。
heading 严格落实“监督|政治生态>度落实。
  lead 把准政治机关定|督作用。>的成效。
  lead 通过“三抓”，|细监督。>四风”。
    item 一抓 一抓警示教育。|示教育。>案促治。
    item 二抓 二抓日常监督。|常监督。>到哪里。
    item 三抓 三抓作风建设。|风建设。>四风”。
  lead 以“学抓改强”|作水平。>度落实。
""",
    "001": """
heading 全面加强党的各|质量发展>展巡察。
  lead 加强政治建设,|维护”。>实见效。
  lead 聚焦思想建设,|论武装。>对能力。
  lead 夯实组织建设,|标准化。>一战线。
    name “两委” 厅机关党委、纪|“两委”>“两委”
      item 厅机关党委|机关党委>机关党委
      item 纪委|纪委>纪委
  lead 深化作风建设,|习教育。>长效化。
  lead 严格廉政建设,|严治党。>展巡察。
heading 落实新时代党建|量和水平>境基础。
  lead 要着力在落实“|新提升。>机制等。
  lead 要着力在强化科|新提升。>新高潮。
  lead 要着力在推进党|新提升。>落地等。
  lead 要着力在夯实基|新提升。>工作等。
  lead 要着力在深化正|新提升。>创建等。
  lead 要着力在推动党|新提升。>境基础。
""",
    "002": """
lead 坚持“一个中心|总方向。>作格局。
lead 压实“两大责任|主基调。>水秀”。
  item 一是 一是严格落实全|体责任。>严治党。
  item 二是 二是严格落实党|体责任。>水秀”。
lead 抓好“三大活动|硬作风。>党日”。
  item 一是 一是抓好“作风|”活动。>好氛围。
  item 二是 二是抓好“走在|列活动。>争荣誉。
  item 三是 三是抓好生态环|建活动。>党日”。
lead 打造“四大课堂|好氛围。>明素养。
  item 一是 一是打造生态环|大讲堂。>厚氛围。
  item 二是 二是打造警示教|育课堂。>矩意识。
  item 三是 三是打造青年干|部学堂。>的平台。
  item 四是 四是打造生态文|大课堂。>明素养。
lead 突出五个聚焦,|精气神。>碳发展。
  item 一是 一是聚焦污染防|攻坚战。>攻坚战。
  item 二是 二是聚焦黄河重|大战略。>安驿站。
  item 三是 三是聚焦创新示|范工程。>等工作。
  item 四是 四是聚焦防范化|境风险。>底线”。
  item 五是 五是聚焦队伍建|伍建设。>碳发展。
""",
    "003": """
heading 推动党建与业务|显著成效>规范化。
  heading 第一， 第一，在党建责|合发力。>入日常。
  heading 第二， 第二，在党建制|合执行。>常态化。
  heading 第三， 第三，在党建考|合开展。>动作用。
  heading 第四， 第四，在党建队|合锤炼。>规范化。
heading 做到五个坚持，|深度融合>海故事。
  lead 坚持在污染攻坚|合历练。>步改善。
  lead 坚持在督察执法|合锤炼。>的解决。
  lead 坚持在技术应用|合训练。>排头兵。
  lead 坚持在环保改革|合锻炼。>到实处。
    name 两支环保队伍 督察、执法两支|环保队伍>环保队伍
      item 督察|督察>督察
      item 执法|执法>执法
  lead 坚持在宣传教育|合淬炼。>海故事。
""",
    "004": """
heading 一、 一、坚持“五档|理论武装>先奖优。
  item 一是 一是支部委员领|员领学。>5分钟。
  item 二是 二是指示精神传|传达学。>0分钟。
  item 三是 三是一事一议研|议研学。>效明显。
  item 四是 四是发动党员自|员自学。>95人。
  item 五是 五是拟定题库考|库考学。>先奖优。
heading 二、 二、坚持“五个|教育实效>庭8户。
  name 三个环节 教育准备会、备|三个环节>三个环节
    item 教育准备会|育准备会>育准备会
    item 备课授课|备课授课>备课授课
    item 党小组讨论|小组讨论>小组讨论
  name “四会” 要求支部书记做|“四会”>组织教学
    item 会做思想调查|思想调查>思想调查
    item 会计划安排教育|安排教育>安排教育
    item 会备课授课|备课授课>备课授课
    item 会运用现代传媒|组织教学>组织教学
  name “四会” 要求每一个党小|“四会”>总结报告
    item 会示范发言|示范发言>示范发言
    item 会启发引导|启发引导>启发引导
    item 会归纳小结|归纳小结>归纳小结
    item 会总结报告|总结报告>总结报告
  item 一是 一是以“弘扬生|为主题。>上党课。
  item 二是 二是以“构筑团|为主题。>保铁军。
  item 三是 三是以“奋斗新|为主题。>自豪感。
  item 四是 四是以“学法知|为主题。>良反映。
  item 五是 五是以“立德立|为主题。>庭8户。
heading 三、 三、坚持“五块|”的文章>高能力。
  item 一是 一是坚守文明创|建阵地。>生整治。
  item 二是 二是坚守脱贫攻|坚阵地。>00斤。
  item 三是 三是坚守突出环|治阵地。>部办结。
  item 四是 四是坚守绿色创|建阵地。>02人。
  item 五是 五是坚守生态文|训阵地。>高能力。
heading 四、 四、坚持“五项|规范有序>谐氛围。
  item 一是 一是支部议事决|策制度。>时动议。
  item 二是 二是党员联系群|众制度。>得益彰。
    name “五联” 组织开展“五联|调研活动>社会活动
      item 一个党员干部联|一个企业>一个企业
      item 一个党员干部联|一个项目>一个项目
      item 一个党员干部联|室(站)>室(站)
      item 一个党员干部联|个农村点>个农村点
      item 一个党员干部联|社会活动>社会活动
  item 三是 三是教育准备会|会制度。>题5个。
  item 四是 四是爱心帮扶制|扶制度。>0多元。
  item 五是 五是谈心谈话制|话制度。>谐氛围。
    name “五个必谈” 倡导“五个必谈|个必谈”>处分必谈
      item 干部职工婚丧嫁|嫁娶必谈>嫁娶必谈
      item 家庭出现重大变|变故必谈>变故必谈
      item 生病住院必谈|住院必谈>住院必谈
      item 受到评优表彰必|表彰必谈>表彰必谈
      item 受到批评处分必|处分必谈>处分必谈
""",
}


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {item.id[:3]: item for item in read_articles(CORPUS) if isinstance(item, Article)}


@pytest.mark.parametrize("name", OUTLINES)
def test_every_node(articles: dict[str, Article], name: str) -> None:
    assert sketch(articles[name]).split("\n") == OUTLINES[name].strip().split("\n")


@pytest.mark.parametrize("name", OUTLINES)
def test_a_node_lies_in_its_parent_behind_its_older_siblings(articles: dict[str, Article], name: str) -> None:
    sections = read_outline(articles[name]).sections
    for parent in [*walk(sections)]:
        for one, other in zip(parent.children, parent.children[1:], strict=False):
            assert one.end <= other.start
        assert all(parent.start <= child.start < child.end <= parent.end for child in parent.children)
        assert parent.kind == "name" or parent.heading.start == parent.start


def test_names_are_no_headings_and_cut_no_passage(articles: dict[str, Article]) -> None:
    built = articles["004"]
    text, outline = built.text, read_outline(built)
    start = text.index("会启发引导")
    span = Span(start, start + 5)
    assert [section.label for section in section_path(outline, span)] == ["二、"]
    assert [heading[:3] for heading in headings_at(built, outline, span)] == ["二、坚"]
    labels = {section.label for section in walk(outline.sections) if section.kind == "name"}
    assert labels == {"“四会”", "三个环节", "“五联”", "“五个必谈”"}
    said = [text[p.start : p.end] for p in cut_passages(built, outline)]
    assert sum("会做思想" in p and "会总结" in p for p in said) == 1


def test_the_closing_paragraph_belongs_to_no_section(articles: dict[str, Article]) -> None:
    built = articles["000"]
    last, of_page = cut_passages(built, read_outline(built))[-2:]
    assert built.text[last.start :].startswith("海河北海局分党组将")
    assert built.text[of_page.start : of_page.end] == "（文章来源：中国环境报）"
    assert (last.headings, of_page.headings) == ((), ())
