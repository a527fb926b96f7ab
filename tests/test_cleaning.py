"""What of a page is the article, and what its page says of it."""

from __future__ import annotations

import pytest

from embeddings.cleaning.cleaning import CleanArticle, clean_page
from embeddings.text.markup import read_page
from tests.article_pages import GOVERNMENT, NEWSPAPER, PORTAL, WECHAT


def clean(text: str, suffix: str = ".txt") -> CleanArticle:
    article = clean_page(read_page(text, suffix))
    assert article is not None
    return article


def bylines(article: CleanArticle) -> list[str]:
    return [article.text[span.start : span.end] for span in article.bylines]


def page_lines(article: CleanArticle) -> list[str]:
    return [article.text[span.start : span.end] for span in article.page_lines]


def test_portal_page() -> None:
    article = clean(PORTAL, ".html")
    assert article.text.split("\n") == [
        "柳溪县推行河道“一长三员”",
        "作者：张三",
        "五月的柳溪河，水面上见不到一片漂浮物。",
        "“每天早晚各巡一次，看见垃圾就捞。”巡河员老郑说，他的电话就写在河边的牌子上，电话：全天都有人接。",
        "县里今年投入320万元，配齐了河长、巡河员、监督员和保洁员。未经许可在河道采砂的，一律依法处理。",
        "河段\t巡河员",
        "上游\t12人",
        "编者注意到，版权意识也写进了村规民约。",
        "这是后话。",
        "2023年05月06日 09:12 来源：江城日报 作者：张三 责任编辑：李四",
        "[责任编辑：李四]",
    ]
    assert article.body.endswith("这是后话。")
    assert article.text[article.body_start :].startswith("作者：张三")
    assert (article.authors, article.editors, article.source) == (("张三",), ("李四",), "江城日报")
    assert (article.published, article.tags, bylines(article)) == ("2023-05-06", ("河长制", "柳溪县"), ["作者：张三"])


def test_public_account_page() -> None:
    article = clean(WECHAT, ".html")
    assert article.text.split("\n") == [
        "山里来了“环保管家”",
        "王某某",
        "清晨六点，护林员已经走完了第一段山路。",
        "01",
        "一部手机管一片林",
        "全村1.2万亩山林分成36个网格，每个网格都有一名管家。",
        "“以前靠两条腿，现在靠一张图。”村支书说。",
        "文字：王某某",
        "原创 王某某 清溪发布 2022-06-05 07:30 发表于福建",
        "编辑：李四 校对：赵六 监制：孙七",
    ]
    assert (article.authors, article.editors, article.source, article.published) == (
        ("王某某",),
        ("李四",),
        "清溪发布",
        "2022-06-05",
    )


def test_newspaper_page_keeps_every_line() -> None:
    article = clean(NEWSPAPER)
    assert article.removed == ()
    assert article.text.split("\n")[:3] == [
        "老矿坑变身“城市客厅”",
        "——石岭区生态修复见闻",
        "■本报记者 张某某 本报通讯员 李 四",
    ]
    assert "1. 先治水\n* 星号开头的一行也是正文" in article.text
    assert article.authors == ("张某某", "李四")


def test_government_page() -> None:
    article = clean(GOVERNMENT, ".html")
    assert article.text.startswith("关于加强秸秆综合利用工作的通知\n各乡镇人民政府，市直各单位：\n")
    assert "监督电话设在市农业农村局。\n梅川市人民政府办公室\n2021年9月15日" in article.text
    assert "索" not in article.body and "浏览" not in article.text and "主办" not in article.text
    assert page_lines(article) == [
        "索 引 号： 0101-2021-00032 主题分类： 农业、环保",
        "发文机关： 梅川市人民政府办公室 成文日期： 2021年9月15日",
        "发布日期：2021-09-18 来源：市政府办公室",
    ]
    assert (article.source, article.published) == ("市政府办公室", "2021-09-18")


@pytest.mark.parametrize(
    "sentence",
    [
        "王律师提醒，转载请注明来源只是起码的要求，版权归作者所有并不因为注明而改变。",
        "未经许可转载他人作品的，应当承担民事责任。",
        "他把电话：12345写在墙上，地址：江边路1号也写得清清楚楚。",
        "上一篇报道写的是治水，下一篇要写治气。",
        "编辑部的责任是把好每一关，审核也一样。",
    ],
)
def test_sentences_that_speak_of_such_things_stay(sentence: str) -> None:
    article = clean(
        f"谈谈规矩\n办事要讲规矩，这是大家都懂的道理。\n{sentence}\n话说完了，事还要接着做下去。\n{sentence}"
    )
    assert article.text.count(sentence) == 2


@pytest.mark.parametrize(
    "line",
    [
        "当前位置：首页 >> 新闻中心 >> 正文",
        "返回首页",
        "https://example.org/a?id=1",
        "凡本网注明“来源：江城网”的作品，版权均属于江城网，未经授权不得转载。",
        "本文仅代表作者观点，不代表本站立场。",
        "主办：江城报社 地址：江边路1号 邮编：430000 电话：027-12345678",
        "阅读 4216 赞 87 在看 41",
        "【打印本页】 【关闭窗口】",
        "上一篇：江城的春天",
        "扫一扫在手机打开当前页",
        "上一篇 | 下一篇 | 返回列表",
    ],
)
def test_lines_of_the_page_go(line: str) -> None:
    text = "江城治水记\n这几年，江城的水清了，岸绿了，人也多了起来。\n还要接着干下去，这是大家的心愿。"
    assert clean(f"{text}\n{line}").text == text


@pytest.mark.parametrize(
    "head",
    [
        "您好，欢迎访问江城生态网！  [登录] [注册]   今天是星期四",
        "江城绿色观察\nMENU 首页 产业 海洋 社区 荣誉 关于我们",
        "江城日报客户端 首页 要闻 区县 部门 登录 注册",
        "江城环境网·整改专栏\n上一篇 | 下一篇 | 返回列表",
    ],
)
def test_a_sites_name_and_menu_above_the_title_are_no_title(head: str) -> None:
    text = "江城治水：一本账管一条河\n这几年，江城的水清了，岸绿了，人也多了起来。\n还要接着干下去，这是大家的心愿。"
    assert clean(f"{head}\n{text}").title == "江城治水：一本账管一条河"


def test_what_only_looks_like_a_sites_name_is_the_title_where_it_stands_alone() -> None:
    assert clean("江城环境网\n这几年，江城的水清了，岸绿了，人也多了起来。").title == "江城环境网"


def test_teasers_of_other_pages_go_with_their_cut_headline() -> None:
    text = "这几年，江城的水清了，岸绿了，人也多了起来。\n还要接着干下去，这是大家的心愿。"
    teasers = "东岭：推动生态修复走深走\n5月3日，东岭县召开大会，会上表彰了先...(312)人阅读时间:2022-05-04西山的"
    article = clean(f"{text}\n{teasers}")
    assert (article.text, article.published) == (text, "")


def test_masthead_becomes_metadata_and_its_author_stays() -> None:
    article = clean(
        "江城治水记\n2020-01-02 10:20  来源：江城日报  作者：张三  点击：33\n这几年，江城的水清了，岸绿了。"
    )
    assert article.text == (
        "江城治水记\n作者：张三\n这几年，江城的水清了，岸绿了。\n2020-01-02 10:20 来源：江城日报 作者：张三"
    )
    assert (article.source, article.published, article.authors) == ("江城日报", "2020-01-02", ("张三",))


def test_dates_in_running_text_are_no_date_of_publication() -> None:
    assert clean("2020年3月4日，江城开工建设新的水厂，日供水5万吨。").published == ""


@pytest.mark.parametrize(
    ("lead", "title"),
    [
        ("今年以来,江城市把“三级联动”作为载体,取得成效。", "江城市把“三级联动”作为载体"),
        ("近年来，江城区建起“一河，一长，一员”制度，治好了12条河。", "江城区建起“一河，一长，一员”制度"),
        ("江城全年投入1,200万元治水护河，水质达标。", "江城全年投入1,200万元治水护河"),
    ],
)
def test_a_missing_title_is_made_of_the_lead(lead: str, title: str) -> None:
    article = clean(lead)
    assert (article.title, article.body_start, article.text) == (title, 0, lead)


def test_a_document_number_below_the_title_is_none_and_a_bulletin_is_no_newspaper() -> None:
    article = clean("关于江城县入河排污口整治情况的通报\n（江环办〔2023〕41号）\n今年3月起，我县排查了江城河的排污口。")
    assert (article.title, article.authors) == ("关于江城县入河排污口整治情况的通报", ())
    assert "（江环办〔2023〕41号）" in article.text


def test_what_somebody_is_stands_before_a_name_and_is_none() -> None:
    front = "---\ntitle: 江城治水记\nauthor: 记者 张三 通讯员 白海军\n---\n"
    assert clean(f"{front}这几年，江城的水清了，岸绿了。", ".md").authors == ("张三", "白海军")


def test_interviews_have_no_authors() -> None:
    assert clean("对话局长\n记者：您好\n局长：重点有三项，一是治水，二是治气。\n记者：今年呢？").authors == ()


def test_author_with_post() -> None:
    article = clean("文/张三\n江城区把“河长制”落到实处，治好了12条河。\n（作者单位：江城区水务局）")
    assert (article.authors, article.author_post) == (("张三",), "江城区水务局")
    assert bylines(article) == ["文/张三", "（作者单位：江城区水务局）"]


TEXT = "江城治水记\n这几年，江城的水清了，岸绿了，人也多了起来。\n还要接着干下去，这是大家的心愿。"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("责任编辑：王五 审核：张三", "责任编辑：王五 审核：张三"),
        ("地址：江边路1号 邮编：430000 电话：027-12345678", "地址：江边路1号 邮编：430000 电话：027-12345678"),
        ("（联系人：水务局 张三　电话：027-12345678）", "（联系人：水务局 张三 电话：027-12345678）"),
        ("记录：院办 王五　　整理：院办 张三　　签发：李四", "记录：院办 王五 整理：院办 张三 签发：李四"),
        ("文号：江水〔2025〕63号　　有效性：有效　浏览次数：12", "文号：江水〔2025〕63号 有效性：有效"),
        ("来源：江城日报　点击：873　录入：罗小倩　审校：祁凯", "来源：江城日报 录入：罗小倩 审校：祁凯"),
        ("来源：江城日报　点击：87　录入：罗小倩", "来源：江城日报 录入：罗小倩"),
        (
            "（网站发布：2025年6月3日　信息审核：王五　录入：张三）",
            "（网站发布：2025年6月3日 信息审核：王五 录入：张三）",
        ),
    ],
)
def test_what_a_page_says_of_its_article_stands_behind_the_body(line: str, kept: str) -> None:
    article = clean(f"{TEXT}\n{line}")
    assert (article.text, page_lines(article)) == (f"{TEXT}\n{kept}", [kept])
    assert "\n".join(("江城治水记", article.body)) == TEXT
    assert article.removed == ()


def test_a_masthead_goes_behind_the_body_and_is_no_part_of_it() -> None:
    first, rest = TEXT.split("\n", 1)
    article = clean(f"{first}\n索引号：0082-4/2025　　成文日期：2025年4月14日\n{rest}")
    assert article.text == f"{TEXT}\n索引号：0082-4/2025 成文日期：2025年4月14日"
    assert article.published == "2025-04-14"


def test_what_only_begins_like_a_label_stays_in_its_place() -> None:
    demands = "镇纪委要求：（一）5月底前完成“回头看”；（二）设举报电话：6230119，对实名举报查实的，奖励500元。"
    slip = "校对：王五　　　共印12份\n——————收文处理签——————\n批示：同意，学校先开工。（张三　4月22日）"
    article = clean(f"{TEXT}\n{demands}\n2025年4月16日\n{slip}")
    tidied = slip.replace("　　　", " ").replace("　", " ")
    assert article.text == f"{TEXT}\n{demands}\n2025年4月16日\n{tidied}"
    assert page_lines(article) == []


def test_rows_of_a_table_stay_whatever_they_say_and_keep_their_columns() -> None:
    rows = "名称\t来源\t日期\n张三\t\t2024-03-05\n\t江城日报\t2024-03-06\n1\t2\t3"
    assert clean(f"{TEXT}\n{rows}").text == f"{TEXT}\n{rows}"


def test_pages_without_article() -> None:
    assert clean_page(read_page("浏览次数：33\n返回首页", ".txt")) is None


def test_whitespace_is_tidied_and_characters_are_kept() -> None:
    assert (
        clean("第１段　有\u200b全角　空格，  ①②③也在，ＡＢＣ不变。").text
        == "第１段 有全角 空格， ①②③也在，ＡＢＣ不变。"
    )


def test_a_notice_that_names_itself_goes_whatever_it_says() -> None:
    page = "山谷修路记\n山谷里修了三条路，村村都通了车，出门不再踩泥。\n免责声明:本文为示例文章,所载内容仅供演示。\n"
    assert "免责声明" not in clean(page).text
    kept = (
        "山谷修路记\n免责声明不是挡箭牌，出了事还是要负责，这是村里人都懂的道理。\n路修好了，车也通了，大家都高兴。\n"
    )
    assert "免责声明不是挡箭牌" in clean(kept).text
