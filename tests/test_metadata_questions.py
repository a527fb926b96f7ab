"""Questions on an article itself, and which article they mean."""

import re

import pytest

from embeddings.reading.articles import parse_article
from qa.composing.labelled_lines import labelled_lines
from qa.understanding.page_fields import description, fields_asked
from tests.asked_cases import answerer_over
from tests.bureau_articles import FOREST_TITLE, LAKE_TITLE, RIVER_TITLE, bureaus
from tests.found import written


@pytest.fixture(scope="module")
def answerer(one_model):
    return bureaus()


def plain(answer):
    return re.sub(r"\[\d+\]", "", answer.text)


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("《山谷》的作者是谁", ("author",)),
        ("谁写的《山谷》", ("author",)),
        ("它是谁执笔的", ("author",)),
        ("水库那篇采访是哪个记者写的", ("author",)),
        ("那篇报道的记者是谁", ("author",)),
        ("排污口通报的文号是多少", ("number",)),
        ("禁火令是第几号令", ("number",)),
        ("《山谷》的作者是谁，什么时候发表的", ("author", "published")),
        ("《山谷》的标题和作者是什么", ("title", "author")),
        ("这篇文章什么时候在哪里发表的", ("published", "source")),
        ("它登在哪家报纸上", ("source",)),
        ("《山谷》的来源是什么", ("source",)),
        ("作者担任什么职务", ("post",)),
        ("责任编辑是谁", ("editor",)),
        ("谁上传的这篇稿件", ("uploader",)),
        ("稿件什么时候上传的", ("published",)),
        ("原文链接是什么", ("url",)),
        ("这篇文章写的是哪个地方", ("place",)),
        ("旧桥那条新闻是什么时候登的", ("published",)),
        ("这篇报道什么时候登的，责编是谁", ("published", "editor")),
        ("旧桥那条新闻是哪家媒体发的", ("source",)),
        ("旧桥换栏杆是哪家媒体报的", ("source",)),
        ("旧桥换栏杆哪家媒体写的稿", ("source",)),
        ("旧桥换栏杆哪个报纸登的", ("source",)),
        ("旧桥换栏杆哪个网站登的", ("source",)),
        ("旧桥换栏杆谁写的稿", ("author",)),
        ("旧桥换栏杆这稿子谁执笔", ("author",)),
        ("旧桥那篇的编辑是谁", ("editor",)),
        ("旧桥那篇责编叫什么", ("editor",)),
        ("旧桥那篇谁校对的", ("proofreader",)),
        ("旧桥那篇照片谁拍的", ("photographer",)),
        ("旧桥那篇图是谁提供的", ("photographer",)),
        ("会上谁做的记录", ("recorder",)),
        # Several beside each other, of which one at least is of a page.
        ("谁编辑谁审核的旧桥那篇", ("editor", "signatory")),
        ("旧桥那稿子撰稿摄影责编分别谁", ("author", "photographer", "editor")),
        ("写旧桥那篇的记者和三审是谁", ("author", "signatory")),
        ("简报主编叫什么", ("signatory",)),
        ("那公告的文号，还有谁核的稿", ("number", "signatory")),
        ("旧桥那篇谁写的、谁拍的", ("author", "photographer")),
        ("访谈主持的是哪位", ("signatory",)),
        ("简报编辑和审核是谁", ("editor", "signatory")),
        ("那个通知哪天发布的，录入的人是谁", ("published", "uploader")),
        ("这份通告是什么时候发的", ("published",)),
        ("那份通报谁写的", ("author",)),
        ("那个方案主要说的什么", ()),
        ("禁烧通报的落款日期", ("dated",)),
        ("旧桥那个通知几月几号印发的", ("dated",)),
        ("禁烧通报文号多少？哪天发的", ("number", "published")),
        ("旧桥那张图片署名", ("photographer",)),
        ("旧桥那次会的纪要是谁记的", ("recorder",)),
        # What only tells which article is meant asks for nothing.
        ("作者系某厅厅长的那篇文章题目是什么", ("title",)),
        ("2022年发表的那篇文章作者是谁", ("author",)),
        # Asked of what the article says, and not of its page.
        ("作者认为党建的关键是什么", ()),
        ("“桥是村里人的脸”，这话出自谁口", ()),
        ("今年的补贴哪天发的", ()),
        ("资金来源是什么", ()),
        ("污染的来源有哪些", ()),
        ("五个聚焦的小标题是什么", ()),
        ("发布了多少条信息", ()),
        ("四大课堂什么时候开始的", ()),
        ("节目的制作者是谁", ()),
        ("作者用化名的原因是什么", ()),
        ("台风可能在哪儿登陆", ()),
        ("台风什么时候登的陆", ()),
        ("他什么时候登的山", ()),
        ("户口什么时候登记的", ()),
        ("账号什么时候登录的", ()),
        ("她什么时候登场的", ()),
        ("世界记录是谁保持的", ()),
        ("地图是谁画的", ()),
        ("品牌的中文名称是什么", ()),
        ("证书的编号是多少", ()),
        ("记者采访的老人叫什么", ()),
        ("审核和公示分别多少天", ()),
        ("谁负责审核申请材料", ()),
        ("联系人和电话", ()),
        ("那部电影谁拍的", ()),
    ],
)
def test_what_is_asked_of_the_page(question, fields):
    assert fields_asked(question) == fields


def test_what_tells_the_article_is_told_from_what_is_asked_of_it():
    assert description("提到警示教育的那篇文章是谁写的") == ("提到警示教育", "是谁写的")
    assert description("泰安那篇文章什么时候发表的") == ("泰安", "什么时候发表的")
    assert description("港务局罚款多少") is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (f"《{FOREST_TITLE}》的作者是谁", f"《{FOREST_TITLE}》的作者是丽水市生态环境局机关党支部。"),
        (f"《{RIVER_TITLE}》什么时候发表的", f"《{RIVER_TITLE}》的发布日期：2022-05-06。"),
        (
            f"《{RIVER_TITLE}》是什么时候、在哪里发表的",
            f"《{RIVER_TITLE}》的发布日期：2022-05-06。\n《{RIVER_TITLE}》的来源：溯源日报。",
        ),
        (f"《{RIVER_TITLE}》的作者是什么职务", f"《{RIVER_TITLE}》的作者的职务：鹤壁市生态环境局党组书记、局长。"),
        ("林一舟是什么职务", f"《{RIVER_TITLE}》的作者的职务：鹤壁市生态环境局党组书记、局长。"),
        ("作者系鹤壁市生态环境局局长的那篇文章题目是什么", f"文章的标题是《{RIVER_TITLE}》。"),
        ("林一舟写的那篇文章题目是什么", f"文章的标题是《{RIVER_TITLE}》。"),
        ("丽水那篇文章登在哪家报纸上", f"《{FOREST_TITLE}》的来源：溯源日报。"),
        ("湖湾县那篇文章是谁上传的", f"《{LAKE_TITLE}》的稿件上传者：苗小雨。"),
        (f"{LAKE_TITLE}的编辑是谁", f"《{LAKE_TITLE}》的编辑：向晚晴。"),
        ("2021年发表的那篇文章编辑是谁", f"《{LAKE_TITLE}》的编辑：向晚晴。"),
        ("提到“一河一档”的那篇文章标题是什么", f"文章的标题是《{RIVER_TITLE}》。"),
        (f"《{FOREST_TITLE}》写的是哪个地方", f"《{FOREST_TITLE}》的所写的地方：丽水。"),
        ("港务局那篇文章的标题是什么", "页面没有注明标题；文章开头是：“港城市港务局今年以来把码头上的灯全换了”。"),
    ],
)
def test_the_page_is_quoted_on_the_article_meant(answerer, question, said):
    assert plain(answerer.ask(question)) == said


def test_author_and_post_are_cited_to_the_bylines(answerer):
    answer = answerer.ask(f"《{RIVER_TITLE}》的作者是谁")
    assert plain(answer).split("\n") == [
        f"《{RIVER_TITLE}》的作者是林一舟。",
        "（作者系鹤壁市生态环境局党组书记、局长）",
    ]
    assert [citation.quote for citation in answer.citations] == ["林一舟", "（作者系鹤壁市生态环境局党组书记、局长）"]


def test_where_several_articles_fit_each_is_answered_for(answerer):
    assert plain(answerer.ask("提到渎职的文章是什么时候发表的")).split("\n") == [
        f"- 《{FOREST_TITLE}》：2023-03-01",
        f"- 《{LAKE_TITLE}》：2021-08-15",
    ]
    assert plain(answerer.ask("提到渎职的文章的作者是谁")).split("\n")[1] == f"- 《{LAKE_TITLE}》：没有注明"


@pytest.mark.parametrize(
    ("question", "reason", "nearest"),
    [
        (f"《{FOREST_TITLE}》的网址是什么", f"《{FOREST_TITLE}》没有注明网址", "forest"),
        (f"《{LAKE_TITLE}》的作者是谁", f"《{LAKE_TITLE}》没有注明作者", "lake"),
        ("港务局那篇文章什么时候发表的", "《港城市港务局今年以来把码头上的灯全换了》没有注明发布日期", "port"),
    ],
)
def test_what_the_page_does_not_say_is_refused_naming_the_article(answerer, question, reason, nearest):
    answer = answerer.ask(question)
    assert answer.abstained
    assert answer.reason == reason
    assert answer.nearest[0].article_id == nearest


def test_a_title_that_no_article_has_is_refused(answerer):
    assert answerer.ask("《海上的风车》的作者是谁").reason == "没有题为《海上的风车》的文章"


def test_the_number_of_a_document_is_quoted_from_the_line_that_gives_it(one_model, tmp_path):
    notice = (
        "关于滦州市滦河沿线排口整治情况的通报\n（滦环委办〔2023〕41号）\n\n今年3月起，我市排查了沿线的排口，共398个。"
    )
    answer = answerer_over({"notice.txt": notice}, tmp_path).ask("滦州排口整治通报文号多少")
    assert [citation.quote for citation in answer.citations] == ["滦环委办〔2023〕41号"]
    assert plain(answer) == "《关于滦州市滦河沿线排口整治情况的通报》的文号：滦环委办〔2023〕41号。"


def test_what_no_field_of_the_page_says_is_read_in_its_sentences(one_model, tmp_path):
    page = (
        "原标题：滦州一水果店少收零头 滦州晚报记者叶文通讯员 汉消近日，滦州市民反映，城关镇一家水果店结账时抹去零头。"
        "市场监管所查了三天账，说这样不违规，只是价签没有写清楚，已经责令改正。编辑：柳永返回首页，查看更多"
    )
    answer = answerer_over({"news.txt": page}, tmp_path).ask("水果店少收零头那篇报道是哪个记者写的")
    assert "叶文" in answer.text


NEWS = (
    "原标题：柳溪县三座旧桥换新栏杆 居民说踏实 江新网柳州7月31日电 (浦小帆)"
    "柳溪县城关镇上周把三座旧桥的护栏全换成了不锈钢的。"
    "工人在装护栏。（刘某 摄）换下来的旧护栏送到了县里的回收站。江城水务局供图。镇里还打算年底前再修两条步道。"
    "【编辑:李小四】更多精彩内容请进入社会频道"
)
MINUTES = (
    "柳溪县人民法院调解周记\n柳溪县人民法院 研究室\n柳溪县人民法院上周调解了十二起邻里纠纷，都是为了院墙和排水沟。\n"
    "法官把双方叫到沟边，当面量了尺寸，三天后就写好了协议。\n本文由宗小庆执笔，李四供图。\n记录：王小五　校对：高小新"
)


@pytest.mark.parametrize(
    ("question", "said", "quotes"),
    [
        ("旧桥换新栏杆那条新闻是哪家媒体发的", ["来源：江新网。"], ["江新网柳州7月31日电 (浦小帆)"]),
        ("旧桥换新栏杆那篇报道谁写的稿", ["作者：浦小帆。"], ["江新网柳州7月31日电 (浦小帆)"]),
        ("旧桥换新栏杆那篇报道的编辑是谁", ["编辑：李小四。"], ["编辑:李小四"]),
        (
            "旧桥换新栏杆那篇报道照片谁拍的",
            ["图片来源：刘某。", "图片来源：江城水务局。"],
            ["刘某 摄", "江城水务局供图"],
        ),
        ("法院调解周记那篇文章谁执笔的", ["作者：宗小庆。"], ["本文由宗小庆执笔"]),
        ("法院调解周记那篇文章图是谁提供的", ["图片来源：李四。"], ["李四供图"]),
        ("法院调解周记那篇文章谁做的记录", ["记录人：王小五。"], ["记录：王小五"]),
        (
            "法院调解周记那篇文章谁校对，谁执笔",
            ["校对：高小新。", "作者：宗小庆。"],
            ["校对：高小新", "本文由宗小庆执笔"],
        ),
    ],
)
def test_what_sentences_say_of_their_article_is_cited_where_they_do(one_model, tmp_path, question, said, quotes):
    answer = answerer_over({"bridge.txt": NEWS, "court.txt": MINUTES}, tmp_path).ask(question)
    assert [line.partition("》的")[2] for line in plain(answer).split("\n")] == said
    assert [citation.quote for citation in answer.citations] == quotes


SHEET = """旧渡口修桥简报
县交通局今年修桥三座，投入340万元，十月底全部通车。
主持人：桥面有多宽？
工程师：七米，两边各留一米走人。
记　录：何文静
发：各乡镇。
主编：秦向东　编辑：罗小满｜三审：邹立新
投稿邮箱：qiao@example.com　电话：0700-1234567
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("旧渡口修桥简报是谁做的记录", "《旧渡口修桥简报》的记录人：何文静。"),
        ("旧渡口修桥简报主编和三审是谁", "主编：秦向东 编辑：罗小满｜三审：邹立新"),
        (
            "旧渡口修桥简报谁编辑谁三审，投稿邮箱呢",
            "主编：秦向东 编辑：罗小满｜三审：邹立新\n投稿邮箱：qiao@example.com 电话：0700-1234567",
        ),
    ],
)
def test_several_labels_of_a_page_are_asked_at_once(one_model, tmp_path, question, said):
    asked = answerer_over({"sheet.txt": SHEET}, tmp_path).ask(question)
    assert plain(asked) == said


NOTICE = """关于修缮柳溪县旧渡口的通知
柳政办发〔2024〕9号　发布时间：2024-04-02　来源：柳溪县政府办公室　点击：87　录入：乔敏之
各乡镇人民政府：
旧渡口定于五月封闭，六月前修好石阶和栏杆，船工改在下游的新码头上客。
柳溪县人民政府办公室
2024年3月29日
（编辑：罗小宁 审核：蒋国梁）
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("旧渡口通知的编辑和审核是谁", "（编辑：罗小宁 审核：蒋国梁）"),
        (
            "修旧渡口那个通知是哪天发布的，录入的人是谁",
            "《关于修缮柳溪县旧渡口的通知》的发布日期：2024-04-02。\n《关于修缮柳溪县旧渡口的通知》的稿件上传者：乔敏之。",
        ),
        # Not the day on which its page published it.
        ("旧渡口通知的落款日期", "《关于修缮柳溪县旧渡口的通知》的落款日期：2024年3月29日。"),
    ],
)
def test_who_handled_a_document_and_its_own_date(one_model, tmp_path, question, said):
    assert plain(answerer_over({"notice.txt": NOTICE, "bridge.txt": NEWS}, tmp_path).ask(question)) == said


def test_a_photograph_that_no_title_is_named_of(one_model, tmp_path):
    page = (
        "油烟扰邻两年\n柳溪县\n旧楼外墙装上公共烟道，施工十天，居民不再关窗。\n"
        "（图为工人在外墙安装公共烟道。 县融媒体中心 卓越 摄）"
    )
    answer = answerer_over({"smoke.txt": page, "bridge.txt": NEWS}, tmp_path).ask("烟道施工照片谁拍的")
    assert plain(answer) == "《油烟扰邻两年》的图片来源：卓越。"


def test_a_label_within_a_quoted_name_is_not_what_is_asked_for():
    nose = written(
        "nose", "1 鼻子：人鼻与电子鼻互相印证\n2 轮子：走航车把脉\n村民高兴。\n文/图：分局 王立国", title="治异味"
    )
    assert list(labelled_lines(nose, "“鼻子+轮子”一文作者", "")) == []
    asked_for = [nose.text[s.start : s.end] for s in labelled_lines(nose, "鼻子指什么", "")]
    assert asked_for == ["1 鼻子：人鼻与电子鼻互相印证"]


def test_a_title_is_no_line_with_a_label():
    title, body = "柳溪：一张单子，熔掉多余的表", "柳溪县去年印发了《报表熔断办法》，填的表少了一半。"
    page = f"# {title}\n\n{body}\n\n文号：柳办发〔2023〕19号\n"
    article = parse_article(page.encode(), ".md")
    said = [article.text[s.start : s.end] for s in labelled_lines(article, "柳溪熔断办法的文号给一下", "")]
    assert said == ["文号：柳办发〔2023〕19号"]
