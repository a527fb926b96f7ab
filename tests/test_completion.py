"""Completion along the outline: a sentence found on a list brings the whole of it, or none is meant."""

import pytest

from embeddings.structure.outline import read_outline
from qa.composing.answer_lines import answer_lines
from qa.composing.list_lines import count_note, list_lines
from qa.evidence.completion import ListFound, complete_lists, named_list
from qa.understanding.question import understand
from tests.found import evidence, index_of, place_of, written

RIVER = written(
    "river",
    "绍兴市水务局推行“三张表”，一年下来城里的河水变清了。\n"
    "填好“三张表”，把问题写清楚。一是问题表。巡河时看到的问题当天填写。二是责任表。写明由谁负责。三是销号表。整改完一个划掉一个。\n"
    "全年编印简报26期。夏天水位高。",
    title="绍兴的河",
)
METHOD = written(
    "method",
    "一、走实“五步法”\n“五步法”，即：巡河、登记、派单、整改、复核。巡河每周两次。\n二、全力办实事\n办好三件事：修步道；装路灯；设座椅。",
    title="洛阳的办法",
)
WORK = written(
    "work",
    "洛阳市监察队把工地分片包干，投诉少了一半，下面的办法各县都在学。\n"
    "在源头管理上下功夫。工地开工前先交防尘方案。\n"
    "在日常巡查上下功夫。队员每天早晚各查一遍。\n"
    "在惩戒问责上下功夫。全年罚款58.2万元。",
    title="怎样管住扬尘",
)
STALLS = written(
    "stalls",
    "第三条 下列食品不得在摊点制售：\n（一）拌菜；\n（二）奶油蛋糕；\n（三）散酒；\n（四）婴儿米粉。\n"
    "第四条 收费按下列标准：\n（一）办证免费；\n（二）补卡10元；\n（三）换卡5元。",
    title="嵊州市摊点管理办法",
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return index_of(tmp_path_factory.mktemp("lists"), RIVER, METHOD, WORK, STALLS).snapshot


def listed(snapshot, question, *found):
    """The announcement and the parts, as lines; None where no list is meant."""
    asked = understand(question)
    lists = complete_lists(asked, found, snapshot)
    if not lists:
        return None
    (complete,) = lists
    text = complete.article.text
    return [text[s.span.start : s.span.end] for s in list_lines(asked, complete) if s.indent < 2]


THREE_TABLES = ["问题表。", "责任表。", "销号表。"]
WHOLE_TABLES = [
    "填好“三张表”，把问题写清楚。",
    "问题表。",
    "责任表。",
    "销号表。",
]
NAMED_FIRST = "绍兴市水务局推行“三张表”，一年下来城里的河水变清了。"
FORBIDDEN = "第三条 下列食品不得在摊点制售："
FIVE_STEPS = ["巡河", "登记", "派单", "整改", "复核"]


def test_a_name_brings_the_list_that_it_announces(snapshot):
    likely = evidence(RIVER, "填好“三张表”，把问题写清楚。", 2.0)
    assert listed(snapshot, "绍兴的“三张表”是什么", likely) == [NAMED_FIRST, *THREE_TABLES]


def test_the_name_is_found_from_one_of_its_parts_or_from_elsewhere_in_the_article(snapshot):
    for said in ("写明由谁负责。", "全年编印简报26期。"):
        assert listed(snapshot, "绍兴的“三张表”是什么", evidence(RIVER, said, 2.0)) == [NAMED_FIRST, *THREE_TABLES]


def test_a_list_within_one_sentence_is_complete(snapshot):
    found = evidence(METHOD, "“五步法”，即：巡河、登记、派单、整改、复核。", 2.0)
    assert listed(snapshot, "五步法是什么", found)[1:] == FIVE_STEPS


def test_of_a_part_asked_for_by_its_number_that_part_comes_alone(snapshot):
    found = evidence(METHOD, "“五步法”，即：巡河、登记、派单、整改、复核。", 2.0)
    assert listed(snapshot, "五步法的第三步是什么", found)[1:] == ["派单"]


def test_as_many_things_as_are_asked_for_are_the_list_that_the_sentence_stands_in(snapshot):
    found = evidence(RIVER, "写明由谁负责。", 2.0)
    assert listed(snapshot, "要填哪三张表", found) == WHOLE_TABLES


def test_an_announcement_brings_what_it_announces(snapshot):
    found = evidence(RIVER, "填好“三张表”，把问题写清楚。", 2.0)
    assert listed(snapshot, "绍兴要填哪些表", found) == WHOLE_TABLES


def test_a_sentence_further_from_the_parts_announces_nothing(snapshot):
    assert listed(snapshot, "绍兴推行哪些办法", evidence(RIVER, NAMED_FIRST, 2.0)) is None


def test_most_parts_touched_bring_the_others(snapshot):
    first = evidence(WORK, "在源头管理上下功夫。", 2.0)
    third = evidence(WORK, "在惩戒问责上下功夫。", 1.0)
    assert listed(snapshot, "监察队在哪些方面下功夫", first, third)[1:] == [
        "在源头管理上下功夫。",
        "在日常巡查上下功夫。",
        "在惩戒问责上下功夫。",
    ]


def test_a_single_part_brings_no_others_where_no_number_says_so(snapshot):
    first = evidence(WORK, "在源头管理上下功夫。", 2.0)
    unlikely = evidence(WORK, "在惩戒问责上下功夫。", -1.0)
    assert listed(snapshot, "监察队在哪些方面下功夫", first, unlikely) is None


@pytest.mark.parametrize(
    ("question", "article", "said"),
    [
        ("绍兴的“四张表”是什么", RIVER, "填好“三张表”，把问题写清楚。"),
        ("要填哪五张表", RIVER, "写明由谁负责。"),
        ("六步法是什么", METHOD, "“五步法”，即：巡河、登记、派单、整改、复核。"),
    ],
)
def test_another_number_of_parts_is_not_what_is_asked_for(snapshot, question, article, said):
    assert listed(snapshot, question, evidence(article, said, 3.0)) is None


@pytest.mark.parametrize("question", ["谁负责", "什么时候填写问题", "罚款多少"])
def test_a_fact_is_no_list(snapshot, question):
    assert understand(question).kind == "fact"
    assert listed(snapshot, question, evidence(RIVER, "写明由谁负责。", 3.0)) is None


def test_nothing_found_completes_nothing(snapshot):
    assert listed(snapshot, "绍兴的“三张表”是什么") is None


def test_a_sentence_on_no_list_brings_none(snapshot):
    assert listed(snapshot, "绍兴编印了哪些简报", evidence(RIVER, "夏天水位高。", 3.0)) is None


def test_of_a_definition_each_part_is_explained(snapshot):
    asked = understand("绍兴的“三张表”是什么")
    assert asked.kind == "definition"
    (complete,) = complete_lists(asked, [evidence(RIVER, "填好“三张表”，把问题写清楚。", 2.0)], snapshot)
    lines = [(s.indent, RIVER.text[s.span.start : s.span.end]) for s in list_lines(asked, complete)]
    assert lines == [
        (0, NAMED_FIRST),
        (1, "问题表。"),
        (2, "巡河时看到的问题当天填写。"),
        (1, "责任表。"),
        (2, "写明由谁负责。"),
        (1, "销号表。"),
        (2, "整改完一个划掉一个。"),
    ]
    assert count_note(asked, complete) == ""


@pytest.mark.parametrize(("length", "whole"), [(120, True), (121, False)])
def test_an_item_is_given_whole_up_to_120_characters_and_of_a_longer_one_its_heading(length, whole):
    head = "一是问题表，"
    item = f"{head}{'长' * (length - len(head) - 1)}。"
    text = f"填好“两张表”，把问题写清楚。{item}二是责任表。写明由谁负责。"
    long = written(f"long{length}", text, title="河")
    found = ListFound(
        long,
        place_of(long, "填好“两张表”，把问题写清楚。"),
        read_outline(long).sections,
        meant=True,
        announced=False,
        named=True,
    )
    assert found.parts[0].end - found.parts[0].start == length
    said = [long.text[s.span.start : s.span.end] for s in list_lines(understand("要填哪些表"), found)]
    first = item.removeprefix("一是") if whole else "问题表"
    assert said == ["填好“两张表”，把问题写清楚。", first, "责任表。"]


def test_lists_asked_for_side_by_side_all_come(snapshot):
    found = [evidence(RIVER, "写明由谁负责。", 2.0), evidence(METHOD, "巡河每周两次。", 1.0)]
    lists = complete_lists(understand("“三张表”和“五步法”分别是什么"), found, snapshot)
    assert [(one.article.id, len(one.parts)) for one in lists] == [("river", 3), ("method", 5)]


def test_a_named_list_is_found_in_the_articles_given_alone(snapshot):
    asked = understand("绍兴的“三张表”是什么")
    named = named_list(asked, [METHOD, RIVER], snapshot)
    assert named is not None
    assert (named.article, named.announcement, named.meant) == (RIVER, place_of(RIVER, NAMED_FIRST), True)
    assert named_list(asked, [METHOD, WORK], snapshot) is None


def test_a_list_of_another_number_than_the_question_says_is_told():
    found = ListFound(
        RIVER, place_of(RIVER, NAMED_FIRST), read_outline(RIVER).sections, meant=True, announced=False, named=True
    )
    assert count_note(understand("“四张表”有哪些"), found) == "问的是 4 项，文章列出的是 3 项。"
    assert count_note(understand("有哪些表"), found) == ""


def test_a_short_item_brings_those_beside_it_where_what_announces_them_says_what_is_asked(snapshot):
    one = evidence(STALLS, "奶油蛋糕", 2.0)
    assert listed(snapshot, "嵊州摊点哪些吃的不让卖", one) == [
        "下列食品不得在摊点制售",
        "拌菜",
        "奶油蛋糕",
        "散酒",
        "婴儿米粉。",
    ]


def test_an_item_that_itself_says_what_is_asked_is_one_of_several(snapshot):
    assert listed(snapshot, "嵊州摊点哪些免费", evidence(STALLS, "办证免费", 2.0)) is None


LOOP = written(
    "loop",
    "青田社区以“三步闭环”为路径，一年办结小事四百件，主要做法报告如下。\n"
    "一、划好网格，配强力量\n每三百户一格，每格一名网格员，姓名电话贴在楼道里。\n"
    "二、三步闭环，件件落地\n（一）收单。居民的事当天登记。\n（二）派单。两小时派到人。\n（三）回单。办结后上门回访。\n"
    "三、暖心服务，共建共享\n老年食堂每天供应两顿，独居老人送到家。",
    title="青田社区的网格",
)


def test_a_name_that_heads_one_part_is_that_parts_own_list(tmp_path_factory):
    snapshot = index_of(tmp_path_factory.mktemp("loop"), LOOP).snapshot
    best = evidence(LOOP, "青田社区以“三步闭环”为路径，一年办结小事四百件，主要做法报告如下。", 2.0)
    assert listed(snapshot, "青田社区的三步闭环是哪三步", best)[-3:] == ["收单。", "派单。", "回单。"]


def test_a_sentence_that_only_announces_brings_what_it_announces_even_where_reading_is_unsure(snapshot):
    asked = understand("绍兴的巡河员平时要填写哪些东西")
    found = (evidence(RIVER, "填好“三张表”，把问题写清楚。", 0.5),)
    lists = complete_lists(asked, found, snapshot)
    lines = answer_lines(asked, found, lists, True, snapshot)
    assert [RIVER.text[line.span.start : line.span.end] for line in lines.statements][-3:] == THREE_TABLES
    assert not lines.meant


CHECKS = written(
    "checks",
    "执法队推行“两查两看”执法法。\n一查影像，看地表有没有变化。每15天比对一次。\n二查水账，看取水有没有超量。核对了46家合作社。\n"
    "二查二看之外，还注重为民。全年回访329个。",
    title="河边的“两查两看”",
)
CONTROLS = written(
    "controls",
    "治河先治田。\n控肥，靠的是测和换。全县采集土样1.8万个，有机肥每吨补120元。\n控药，靠的是统和飞。组建统防统治服务队29支，配无人机142架。\n"
    "控水，靠的是改和价。衬砌渠道618公里，推广浅埋滴灌42万亩。\n三年下来，水质好了一类。",
    title="湖畔的“三控”账本",
)


@pytest.mark.parametrize(
    ("question", "article", "parts"),
    [
        ("湖畔三控控的啥", CONTROLS, ["控肥", "控药", "控水"]),
        ("三控是哪三控", CONTROLS, ["控肥", "控药", "控水"]),
        ("两查两看分别查什么", CHECKS, ["一查影像", "二查水账"]),
    ],
)
def test_a_name_that_the_article_writes_brings_its_parts(question, article, parts, tmp_path_factory):
    snapshot = index_of(tmp_path_factory.mktemp("names"), article).snapshot
    (found,) = complete_lists(understand(question), [evidence(article, article.title[:4], 1.0)], snapshot)
    assert [
        article.text[part.start : part.start + len(name)] for part, name in zip(found.parts, parts, strict=True)
    ] == parts


STREAM = written(
    "stream",
    "督察组到沙溪看了三天。\n沙溪治污还有三个大问题：一是废渣没运走，二是管网没接上，三是农田没人管。\n"
    "县里打算做两件事：修坝；清淤。\n村民说，水比去年清。",
    title="沙溪治污欠账多",
)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("沙溪治污有哪三个短板", 3),
        ("沙溪治污的三个主要毛病", 3),
        ("沙溪治污要做的四件事", None),
        ("开化县治污有哪三个短板", None),
        ("沙溪治污的“三个不放过”", None),
    ],
    ids=["which three", "three of something", "no list of four", "another county", "a name of its own"],
)
def test_the_only_list_of_as_many_parts_is_probably_meant_wherever_reading_looks(tmp_path, question, parts):
    snapshot = index_of(tmp_path, STREAM).snapshot
    found = complete_lists(understand(question), [evidence(STREAM, "村民说，水比去年清。", -3.0)], snapshot)
    assert [(len(one.parts), one.meant, one.named) for one in found] == ([(parts, False, True)] if parts else [])


REPORT = written(
    "report",
    "河口县残联把轮椅送到家。\n一、完成情况\n送了86台，修了12台。镇里的登记从年头做到年尾，一户也没有落下，村医和邻居都来帮忙抬上楼。\n"
    "二、主要做法\n上门量尺寸，一户一张卡。卡上写着哪天送的、谁送的、坏了打哪个电话，家里人照着做就行。\n"
    "三、存在问题\n电池坏了没处修，助听器有人不用。山里路远，师傅一个月才来一回，来了也带不齐零件。\n"
    "四、下一步\n办一个修理点，教会家属怎么用。明年春天先在两个镇试，试好了再到别的镇去办。",
    title="河口县残联工作总结",
)
FEES = written(
    "fees",
    "河口县渡口收费。\n一、收费\n（一）行人：每次1元；\n（二）自行车：每次2元；\n（三）摩托车：每次5元；\n（四）小车：每次10元。\n"
    "二、其他\n学生上学不收钱，老人过渡也不收钱。",
    title="河口县渡口收费办法",
)


@pytest.mark.parametrize(
    ("article", "said", "parts"),
    [
        (FEES, ("（一）行人：每次1元；", "（三）摩托车：每次5元；"), 4),
        (REPORT, ("送了86台，修了12台。", "电池坏了没处修，助听器有人不用。"), None),
    ],
    ids=["two of four items", "sentences of two sections of an article"],
)
def test_half_of_the_parts_bring_a_list_that_is_asked_for_and_no_sections_of_an_article(tmp_path, article, said, parts):
    snapshot = index_of(tmp_path, article).snapshot
    found = [evidence(article, one, 1.0) for one in said]
    lists = complete_lists(understand("河口县有哪些要记住的"), found, snapshot)
    assert [len(one.parts) for one in lists] == ([parts] if parts else [])


@pytest.mark.parametrize(
    ("question", "found", "parts"),
    [
        ("嵊州摊上啥不让卖", [(FORBIDDEN, 1.0)], 4),
        ("嵊州摆摊不能卖的，逐样说", [("（三）散酒；", 1.0), ("（一）拌菜；", 0.5), (FORBIDDEN, 0.2)], 4),
        ("嵊州摊上能不能卖散酒", [("（三）散酒；", 1.0), (FORBIDDEN, 0.2)], None),
        ("嵊州摊上啥不让卖", [("（三）散酒；", 1.0), ("（一）拌菜；", 0.5), ("（二）奶油蛋糕；", 0.4)], 4),
        ("嵊州摊上啥不让卖", [("（三）散酒；", 1.0), ("（一）拌菜；", 0.5)], None),
    ],
)  # fmt: skip
def test_a_sentence_that_opens_a_list_brings_it_whole_whatever_the_words_of_asking(snapshot, question, found, parts):
    lists = complete_lists(understand(question), [evidence(STALLS, *one) for one in found], snapshot)
    assert [len(one.parts) for one in lists] == ([parts] if parts else [])


def test_of_several_names_announced_together_the_parts_are_those_of_the_last(tmp_path):
    speech = written(
        "speech",
        "我讲三件难事、三个盼头。\n先说三件难事。\n头一件是人少。村里没有学生了。\n第二件是项目慢。\n第三件是表格多。\n"
        "再说三个盼头。\n一盼路通。六月通车。\n二盼茶香。\n三盼人回来。",
        title="在奉化大会上的讲话",
    )
    answerer = index_of(tmp_path, speech)
    found = [evidence(speech, "第三件是表格多。", 1.0), evidence(speech, "第二件是项目慢。", 0.5)]
    assert complete_lists(understand("奉化讲的三件难事是哪三件"), found, answerer.snapshot) == ()
    (hopes,) = complete_lists(
        understand("奉化讲的三个盼头是什么"), [evidence(speech, "再说三个盼头。", 1.0)], answerer.snapshot
    )
    assert [part.label for part in hopes.parts] == ["一盼", "二盼", "三盼"]


def test_what_an_articles_sections_say_brings_none_of_their_headings(tmp_path):
    report = written(
        "report",
        "六月查了高层住宅。\n一、检查情况\n查了46个小区。拆了两个网吧的锁。\n二、处理情况\n罚了御景物业三万元。约谈万邻物业。\n三、下步要求\n逐一过堂。",
        title="奉化消防通报",
    )  # fmt: skip
    answerer = index_of(tmp_path, report)
    found = [evidence(report, "罚了御景物业三万元。", 1.0), evidence(report, "查了46个小区。", 0.5)]
    assert complete_lists(understand("奉化通报处理了哪些物业"), found, answerer.snapshot) == ()


def test_one_of_two_under_a_heading_that_the_question_says_brings_no_other(tmp_path):
    tickets = written(
        "tickets",
        "门票\n一、大别山主峰\n1. 成人票：80元\n2. 学生票：40元\n二、铜锣寨\n1. 成人票：65元\n2. 学生票：32元",
        title="门票",
    )
    answerer = index_of(tmp_path, tickets)
    found = [evidence(tickets, "2. 学生票：40元", 2.0), evidence(tickets, "1. 成人票：80元", 1.0)]
    assert complete_lists(understand("大别山主峰学生票多少钱"), found, answerer.snapshot) == ()


def test_a_sentence_with_several_parts_in_it_brings_no_list_where_a_fact_is_asked(tmp_path):
    faults = written(
        "faults",
        "平和县治柚污。\n六、存在的问题\n一是化肥还多；二是退园补偿每亩1200元，农民嫌低；三是拦截池淤积快。",
        title="平和柚乡",
    )
    answerer = index_of(tmp_path, faults)
    said = "一是化肥还多；二是退园补偿每亩1200元，农民嫌低；三是拦截池淤积快。"
    assert (
        complete_lists(understand("平和退园补偿一亩给多少钱"), [evidence(faults, said, 2.0)], answerer.snapshot) == ()
    )


SECTIONS = written(
    "sections",
    "绍兴市水务局以“三张清单”为抓手，一年下来城里的河水变清了。\n"
    "一、列好“底数清单”，摸清家底\n全市的排口都编了号，一共十七个，每个都有人管。\n"
    "二、列好“减量清单”，管住源头\n工地的泥浆水先沉淀再排放，一年少排了三成。\n"
    "三、列好“增收清单”，鼓起钱袋\n河边开了茶馆和书店，镇上的人多了一份收入。\n"
    "四、存在的问题\n有两处排口还在协商，明年春天再动工。",
    title="绍兴的河水怎样变清",
)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("绍兴的“三张清单”是哪三张", ["“底数清单”", "“减量清单”", "“增收清单”"]),
        ("绍兴河水的三张清单分别是什么", ["“底数清单”", "“减量清单”", "“增收清单”"]),
        # Not as many as it has.
        ("绍兴河水的四张清单分别是什么", None),
    ],
)
def test_the_sections_that_a_name_counts_are_its_parts_and_the_others_are_not(tmp_path, question, parts):
    snapshot = index_of(tmp_path, SECTIONS).snapshot
    lines = listed(snapshot, question, evidence(SECTIONS, "全市的排口都编了号，一共十七个，每个都有人管。", -1.0))
    assert (lines and [line[2:8] for line in lines[1:]]) == parts


def test_a_name_whose_characters_its_parts_are_called_by_is_spelled_out_by_them(tmp_path):
    method = written(
        "method",
        "绍兴以“定、跟、核、评”为路径管河，一年下来河水变清了。\n一、三张单子管全程\n交办单、进度单、销号单，一单一事，划掉才算。\n"
        "二、四步路径走到底\n第一步“定”——定准事项。每季度从来信里筛选一次，印成台账，分给各镇。\n"
        "第二步“跟”——跟踪推进。超期五天亮蓝灯、十天亮橙灯、二十天亮红灯，一个一个盯。\n"
        "第三步“核”——核实结果。随机抽查三成，不打招呼，到河边看一看、问一问。\n"
        "第四步“评”——评价运用。排在末位的由市里约谈，连着两次的不得评优。\n"
        "三、河水变清了\n群众都说好，河边的茶馆又开了张。\n四、下一步考虑\n明年把办法写进章程，推到各县去。",
        title="绍兴的河",
    )
    found = evidence(method, "第二步“跟”——跟踪推进。", 1.0)
    assert listed(index_of(tmp_path, method).snapshot, "“定跟核评”四步各自是干什么的", found)[1:] == [
        "第一步“定”——定准事项。",
        "第二步“跟”——跟踪推进。",
        "第三步“核”——核实结果。",
        "第四步“评”——评价运用。",
    ]


def test_of_two_lists_of_as_many_parts_the_one_that_says_so_is_probably_meant(tmp_path):
    reply = written(
        "reply",
        "您的来信收到了，感谢您的关心。\n垃圾场的异味收到投诉428件，主要来自三处：一是封场膜破损，二是卸料大厅负压不足，三是垃圾车滴漏。\n"
        "关于整体搬迁。场地还没有落实，先修后搬。\n关于生态补偿。区里正在研究办法。\n关于开放日。每季度办一次。",
        title="关于垃圾场异味的答复",
    )
    found = evidence(reply, "您的来信收到了，感谢您的关心。", -4.0)
    lines = listed(index_of(tmp_path, reply).snapshot, "垃圾场异味的来源有哪三个", found)
    assert lines[1:] == ["封场膜破损", "卸料大厅负压不足", "垃圾车滴漏。"]


def test_parts_called_what_is_asked_for_come_all_of_them(tmp_path):
    plan = written(
        "plan",
        "一、人员分工\n疏导组：142人，每五十米一人，佩戴荧光黄马甲；\n医疗组：救护车2台、医护8人，驻南天门广场；\n"
        "宣传组：每两小时发布一次客流；\n后勤组：储备饮水3000箱、保温毯500条。\n二、事后\n三天内写出小结，报县里备案。",
        title="山门大客流应急预案",
    )
    snapshot = index_of(tmp_path, plan).snapshot
    one = evidence(plan, "疏导组：142人，每五十米一人，佩戴荧光黄马甲；", 1.0)
    for asked in ("山门大客流应急的几个小组", "山门大客流应急有哪几个组"):
        assert listed(snapshot, asked, one)[1:] == ["疏导组", "医疗组", "宣传组", "后勤组"]
    assert listed(snapshot, "疏导组有多少人", one) is None
