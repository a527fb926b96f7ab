"""Who made an article and where it is from, as its own sentences say it: datelines, names behind the text, captions."""

from __future__ import annotations

from collections import Counter

import pytest

from embeddings.cleaning.cleaning import CleanArticle, clean_page
from embeddings.text.markup import read_page

FIRST = "柳溪县城关镇上周把三座旧桥的护栏全换成了不锈钢的，居民说夜里走着踏实多了。"
SECOND = "镇里还打算年底前再修两条步道，钱已经从县里批下来了。"
BODY = FIRST + SECOND


def clean(text: str) -> CleanArticle:
    article = clean_page(read_page(text, ".txt"))
    assert article is not None
    return article


def credited(article: CleanArticle, role: str) -> list[str]:
    return [credit.name for credit in article.credits if credit.role == role]


@pytest.mark.parametrize(
    ("lead", "source", "authors"),
    [
        ("新华社北京8月6日电（记者张小山、李四）", "新华社", ("张小山", "李四")),
        ("新华社客户端柳州8月9日电（蒲小山、杨琬）", "新华社客户端", ("蒲小山", "杨琬")),
        ("中新网8月11日电 ", "中新网", ()),
        ("中新网广州8月13日电 (张小山 李四)记者12日获悉，", "中新网", ("张小山", "李四")),
        ("柳溪网娄底8月13日消息（记者张小山 通讯员李四）", "柳溪网", ("张小山", "李四")),
        ("江城晚报讯 记者张小山报道：", "江城晚报", ("张小山",)),
        ("央视网消息：", "央视网", ()),
        ("江城青年报客户端北京8月15日电（江青报·江青网见习记者 张小山）", "江城青年报客户端", ("张小山",)),
        ("江南网8月7日讯（本网记者 张小山 李四）", "江南网", ("张小山", "李四")),
        ("本报讯（记者 张小山）", "", ("张小山",)),
        ("【江城时报特约记者 张小山】", "江城时报", ("张小山",)),
        ("【江城网报道】", "江城网", ()),
        ("（江城者网讯）", "江城者网", ()),
        ("江城网记者张小山7月25日报道：", "江城网", ("张小山",)),
        ("江城新闻网（记者 张小山）8月11日报道 ", "江城新闻网", ("张小山",)),
        ("财联社8月5日讯（编辑 史小丞）", "财联社", ()),
        ("封面之家 8 月 16 日消息，", "封面之家", ()),
        ("江城新闻记者 张小山 通讯员 李四7月31日，", "江城新闻", ("张小山", "李四")),
        ("江城新闻记者 张小山实习生 李四近日，", "江城新闻", ("张小山", "李四")),
        ("新桥通车。受访者供图江南网8月7日讯（本网记者 张小山）", "江南网", ("张小山",)),
        ("本文转自【江城时报新媒体】；", "江城时报新媒体", ()),
        ("本文转自：江城网江城网北京8月16日电 （高小扬）", "江城网", ("高小扬",)),
        # What the text cites is not where it is from, and a name that runs on into a sentence is not cut out of it.
        ("据新华社8月7日报道，", "", ()),
        ("据江城日报消息，", "", ()),
        ("据法新社8月18日报道，", "", ()),
        ("江城新闻记者 曹小政北门外的", "", ()),
        ("记者从江城市水务局获悉，", "", ()),
    ],
)
def test_what_a_report_opens_with(lead: str, source: str, authors: tuple[str, ...]) -> None:
    article = clean(lead + BODY)
    assert (article.source, article.authors) == (source, authors)
    assert article.text == " ".join((lead + BODY).split())


@pytest.mark.parametrize(
    ("ending", "source", "authors", "editors"),
    [
        ("（来源：江城新闻）", "江城新闻", (), ()),
        ("来源：江联社返回搜狐，查看更多责任编辑：", "江联社", (), ()),
        (" 【编辑:张小山】 更多精彩内容请进入财经频道", "", (), ("张小山",)),
        ("记者：杜小林 校对：高小新 编辑：刘玉", "", ("杜小林",), ("刘玉",)),
        ("编辑:刘玉 签发审核:高小新", "", (), ("刘玉",)),
        ("（记者张小山 实习生李四 通讯员王五一 赵六）", "", ("张小山", "李四", "王五一", "赵六"), ()),
        ("（执笔记者：张小山；参与记者：李四、王五一）", "", ("张小山", "李四", "王五一"), ()),
        ("（通讯员张小山 李四）返回搜狐，查看更多 责任编辑：", "", ("张小山", "李四"), ()),
        ("（张小山）", "", ("张小山",), ()),
        ("（张旌）返回搜狐，查看更多责任编辑：", "", ("张旌",), ()),
        ("（总台央视记者 张小山 李四）", "", ("张小山", "李四"), ()),
        ("（江城日报）", "江城日报", (), ()),
        ("（来源：江城晚报/江城新闻 记者王小航）【编辑：符小樱】", "江城晚报/江城新闻", ("王小航",), ("符小樱",)),
        ("来源：江城网作者：张小山 编辑：岳小然 本文链接：https://a.example/b", "江城网", ("张小山",), ("岳小然",)),
        ("江城新闻记者 李小勇 通讯员 卫小恒", "江城新闻", ("李小勇", "卫小恒"), ()),
        ("采写：南都记者 梁小菲返回搜狐，查看更多责任编辑：", "", ("梁小菲",), ()),
        ("编辑 彭小冲 校对 杨小丽返回搜狐，查看更多责任编辑：", "", (), ("彭小冲",)),
        ("文/江城青年报记者周小帅编辑/王小帆", "江城青年报", ("周小帅",), ("王小帆",)),
        ("（编译/聂小涛龙君）", "", ("聂小涛", "龙君"), ()),
        ("作者：张小山责编：樱桃", "", ("张小山",), ("樱桃",)),
        ("责任编辑：于小健 SF069", "", (), ("于小健",)),
        ("来源：江城大使馆、江城新闻网流程编辑：TF060 如遇作品版权问题，请联系。", "江城大使馆、江城新闻网", (), ()),
        ("本文由张小山执笔，李四供图。", "", ("张小山",), ()),
        ("张小山(江城晚报)", "江城晚报", ("张小山",), ()),
        ("张小山摄（江城晚报）", "", (), ()),
        # Nobody is named.
        ("（完）", "", (), ()),
        ("（待续）", "", (), ()),
        ("（图片由通讯员提供）", "", (), ()),
        ("蛋白质的主要来源：豆制品、鱼和蛋。", "", (), ()),
        ("返回搜狐，查看更多责任编辑：", "", (), ()),
    ],
)
def test_what_a_report_ends_with(ending: str, source: str, authors: tuple[str, ...], editors: tuple[str, ...]) -> None:
    article = clean(BODY + ending)
    assert (article.source, article.authors, article.editors) == (source, authors, editors)
    assert article.text.startswith(BODY)


@pytest.mark.parametrize(
    ("caption", "named"),
    [
        ("现场（刘某 摄）。", ["刘某"]),
        ("桥上的行人。江新社记者 张小山 摄 ", ["张小山"]),
        ("受访者供图", ["受访者"]),
        ("江城水务局供图 ", ["江城水务局"]),
        ("图/视觉江城 ", ["视觉江城"]),
        ("图片来源：江新社 ", ["江新社"]),
        ("张小山/摄", ["张小山"]),
        ("视觉江城 图", ["视觉江城"]),
        ("（本文图片由江城TV提供）", ["江城TV"]),
        ("张小山 摄。李四供图。", ["张小山", "李四"]),
        ("摄影家协会和摄影大展的人都来了，摄氏三十度。", []),
        ("（资料图）", []),
        ("地图 资料图", []),
    ],
)
def test_who_took_the_photographs(caption: str, named: list[str]) -> None:
    article = clean(f"{FIRST}{caption}{SECOND}")
    assert credited(article, "photographer") == named
    assert article.authors == ()


def test_who_took_minutes_and_who_proofread() -> None:
    article = clean(f"桥梁会会议纪要\n{FIRST}\n{SECOND}\n记录：王小五\n校对：高小新")
    assert (credited(article, "recorder"), credited(article, "proofreader")) == (["王小五"], ["高小新"])


def test_an_office_is_no_author_where_a_person_is_said_to_have_written_it() -> None:
    article = clean(f"三座旧桥换了新栏杆\n柳溪县人民法院 研究室\n{FIRST}\n{SECOND}\n本文由宗小庆执笔，李四供图。")
    assert (article.authors, credited(article, "photographer")) == (("宗小庆",), ["李四"])


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("三座旧桥换新栏杆 居民说踏实", " 中新网上海7月31日电 (浦小帆)"),
        ("连修三座桥的县里人的大传奇", "央广网娄底8月13日消息 "),
        ("油价“四连涨” 92号重返“8元时代”", "江城晚报讯 记者董小程报道："),
        ("三座旧桥为何同时换新栏杆", "8月11日，"),
        ("三座旧桥为何同时换新栏杆！来看最新消息", "近日，"),
        ("三座旧桥为何同时换新栏杆", "三座旧桥为何同时换新栏杆 江城日报客户端记者 李小勇8月3日上午，"),
    ],
)
def test_an_original_title_that_ends_where_the_report_begins_is_the_title(title: str, rest: str) -> None:
    article = clean(f"原标题：{title}{rest}{BODY}返回搜狐，查看更多责任编辑：")
    assert (article.title, article.text[: article.body_start]) == (title, f"{title}\n")
    assert article.text[article.body_start :].startswith(rest.strip())


def test_where_an_original_title_ends_nowhere_nothing_is_cut() -> None:
    page = f"原标题：三座旧桥换了新栏杆县里人都说好{BODY}"
    assert clean(page).text == page


ARTICLES = (
    f"原标题：三座旧桥换新栏杆 居民说踏实 中新网上海7月31日电 (浦小帆){BODY}(完)返回搜狐，查看更多 责任编辑：",
    f"江南网8月7日讯（本网记者 张小山）{FIRST}现场（刘某 摄）{SECOND}（来源：江城新闻）返回搜狐，查看更多责任编辑：",
    f"中新网8月11日电 {FIRST}\n{SECOND}（张小山）【编辑:李四】更多精彩内容请进入国际频道",
    f"{FIRST}他说：“返回搜狐，查看更多新闻，这句话我看腻了。”{SECOND}记者：杜小林 校对：高小新 编辑：刘玉",
    f"{FIRST}责任编辑：这四个字印在每一页底下，他一直记得。{SECOND}本文由张小山执笔，李四供图。",
    f"【江城时报特约记者 张小山】{FIRST}（记者甲）这三个字不是署名。{SECOND}分享让更多人看到",
)
FURNITURE = ("返回搜狐，查看更多", "责任编辑：", "更多精彩内容请进入国际频道", "分享让更多人看到", "原标题：")


@pytest.mark.parametrize("page", ARTICLES)
def test_no_character_is_lost_but_the_site_s_own(page: str) -> None:
    article = clean(page)
    lost = Counter("".join(page.split())) - Counter("".join(article.text.split()))
    for words in FURNITURE:
        if all(lost[character] >= count for character, count in Counter(words).items()):
            lost -= Counter(words)
    assert lost == Counter()
    assert FIRST in article.text and SECOND in article.text
    assert all(words.strip() in FURNITURE or "查看更多" in words or "频道" in words or words in article.title
               for words in article.removed)  # fmt: skip


@pytest.mark.parametrize("page", ARTICLES)
def test_every_credit_stands_where_it_says(page: str) -> None:
    article = clean(page)
    assert article.credits
    for credit in article.credits:
        assert credit.name in article.text[credit.start : credit.end]


def test_the_site_s_own_ending_is_named_as_left_out() -> None:
    article = clean(f"{BODY}返回搜狐，查看更多责任编辑：")
    assert (article.text, article.removed) == (BODY, ("返回搜狐，查看更多责任编辑：",))
