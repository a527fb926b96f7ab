import pytest

from embeddings.structure.chunking import cut_passages
from embeddings.structure.outline import headings_at, read_outline
from embeddings.structure.part_groups import part_groups
from embeddings.types import Span
from tests.outlines import article, tree


def test_numbered_headings_nest_by_their_form():
    text = (
        "一、夯实基础\n（一）摸清家底\n组织了全面调查，形成了一本账，分到了每个镇和每个村。\n"
        "（二）补齐短板\n1.修路\n修了三条路，通到了每一个村，群众出门不再踩泥。\n2.架桥\n架了两座桥，河两岸的孩子上学近了一半。\n"
        "二、抓好落实\n每月调度一次，每季通报一次，年底考核一次。"
    )
    assert tree(article(text)) == [
        (
            "heading",
            "一、夯实基础",
            [
                ("heading", "（一）摸清家底", []),
                ("heading", "（二）补齐短板", [("heading", "1.修路", []), ("heading", "2.架桥", [])]),
            ],
        ),
        ("heading", "二、抓好落实", []),
    ]


def test_unnumbered_titles_hold_the_numbered_parts_below_them():
    text = (
        "去年以来，全县抓了两件事。\n强化学习\n第一，领导带头学。\n每周一次集中学习，全年学了四十八次，人人写了心得。\n"
        "第二，支部跟进学。\n支部书记每月讲一课，党员轮流领读，效果很好。\n"
        "改进作风\n走村入户听意见，一年办成了一百件实事，群众都说好。"
    )
    assert tree(article(text)) == [
        ("heading", "强化学习", [("heading", "第一，领导带头学。", []), ("heading", "第二，支部跟进学。", [])]),
        ("heading", "改进作风", []),
    ]


def test_parallel_lead_sentences_are_parts_and_their_enumerations_are_parts_of_them():
    text = (
        "今年以来，某局探索了新的方法，取得了较好的成效，得到了各方的肯定和群众的好评。\n"
        "建好“两支队伍”,练就“强”的真本领。一是建好执法队伍。练兵一百次，考核全部过关。二是建好监测队伍。添置了新的仪器。\n"
        "用好“三个平台”,织密“准”的一张网。一是用好热线平台。有问必答。二是用好网格平台。有事必巡。三是用好在线平台。有警必查。"
    )
    assert tree(article(text)) == [
        (
            "lead",
            "建好“两支队伍”,练就“强”的真本领。",
            [("item", "一是建好执法队伍。", []), ("item", "二是建好监测队伍。", [])],
        ),
        (
            "lead",
            "用好“三个平台”,织密“准”的一张网。",
            [
                ("item", "一是用好热线平台。", []),
                ("item", "二是用好网格平台。", []),
                ("item", "三是用好在线平台。", []),
            ],
        ),
    ]


def test_leads_of_the_form_persist_in_are_found_without_numbers():
    text = (
        "做到三个坚持\n今后要做到三个坚持，把各项工作抓实抓好，抓出成效来。\n"
        "坚持在一线中锻炼。把干部派到现场去，把问题解决在现场，把经验带回来。\n"
        "坚持在急难中考验。遇到急事难事，看谁冲在前面，看谁顶得住。\n"
        "坚持在长期中检验。不看一时一事，看三年五年，看群众口碑。"
    )
    assert tree(article(text)) == [
        (
            "heading",
            "做到三个坚持",
            [
                ("lead", "坚持在一线中锻炼。", []),
                ("lead", "坚持在急难中考验。", []),
                ("lead", "坚持在长期中检验。", []),
            ],
        )
    ]


def test_enumerations_with_other_verbs_ordinals_and_brackets():
    text = "突出“三抓”，做实监督。一抓教育。办班十期。二抓日常。每月检查。三抓作风。从严从实。"
    assert [node[1] for node in tree(article(text))] == ["一抓教育。", "二抓日常。", "三抓作风。"]
    text = "办事分三步：首先，网上申请；其次，窗口核验；最后，邮寄送达。办结后回访。"
    assert [node[1] for node in tree(article(text))] == ["首先，网上申请；", "其次，窗口核验；", "最后，邮寄送达。"]
    text = "分工如下：（1）甲镇负责巡查；（2）乙镇负责宣传；（3）丙镇负责保障。"
    assert [node[1] for node in tree(article(text))] == [
        "（1）甲镇负责巡查；",
        "（2）乙镇负责宣传；",
        "（3）丙镇负责保障。",
    ]
    text = "要求：①先报告，②再处置，③后总结。"
    assert [node[1] for node in tree(article(text))] == ["①先报告，", "②再处置，", "③后总结。"]


def test_the_last_item_of_a_sentence_ends_with_the_sentence():
    text = "要做到：一是早部署；二是早检查；三是早整改。下一步，将继续努力，把工作做得更好。"
    sections = read_outline(article(text)).sections
    assert text[sections[-1].start : sections[-1].end] == "三是早整改。"


def test_counting_and_single_numbers_are_no_enumeration():
    assert tree(article("一年种树，二年护林，三年成荫。")) == []
    assert tree(article("这一是大家都知道的事。没有第二。")) == []
    assert tree(article("他出生在海边。\n后来到了城里，读书，工作，成家，一住就是三十年，再也没有回去过。")) == []


def test_bylines_and_the_title_line_are_no_headings():
    text = "总标题\n某某某\n正文从这里开始，说的是一件很平常的事情，但是很要紧。\n作者系某局局长"
    built = article(text, body_start=4, bylines=(Span(4, 7), Span(34, 41)))
    assert text[4:7] == "某某某"
    assert tree(built) == []


def test_headings_above_a_span_are_given_outermost_first():
    text = "一、总体\n（一）目标\n到年底全部完成任务，一个也不能少，一天也不能拖。"
    built = article(text)
    start = text.index("到年底")
    assert headings_at(built, read_outline(built), Span(start, len(text))) == ("一、总体", "（一）目标")
    assert headings_at(built, read_outline(built), Span(0, len(text))) == ()


def test_a_paragraph_that_opens_with_its_own_enumeration_is_no_heading():
    assert tree(article("一是调查。全面调查，不留死角。二是修复。逐块修复，限期完成。")) == [
        ("item", "一是调查。", []),
        ("item", "二是修复。", []),
    ]


def test_paragraphs_numbered_with_one_verb_are_parts_and_the_next_paragraph_is_none():
    text = (
        "监督靠的是三抓，样样抓到底，件件有着落，年年有起色。\n"
        "一抓警示教育。办了三期班，看了三部片，写了三百篇心得。\n"
        "二抓日常监督。每月一查，每季一报，每年一评。\n"
        "三抓作风建设。从小事抓起，从身边抓起。\n"
        "队伍也在这一年配齐。新来了八个人，都有专长。"
    )
    built = article(text)
    sections = read_outline(built).sections
    assert [text[s.heading.start : s.heading.end] for s in sections] == [
        "一抓警示教育。",
        "二抓日常监督。",
        "三抓作风建设。",
    ]
    assert {s.label for s in sections} == {"一抓", "二抓", "三抓"}


def announced(text):
    """The outline's announcements, each list of parts behind what announces it."""

    def plain(nodes):
        return [node[1] if not node[2] else [node[1], *plain(node[2])] for node in nodes]

    return plain(tree(article(text)))


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("要做到：一要早；二要准；三要稳。之后再看。", ["一要早；", "二要准；", "三要稳。"]),
        ("一抓课堂。天天听课。二抓作业。篇篇都改。", ["一抓课堂。", "二抓作业。"]),
        ("理由有三。其一，路近。其二，价低。其三，人熟。", ["其一，路近。", "其二，价低。", "其三，人熟。"]),
        (
            "首先，登记；其次，核验；再次，缴费；最后，发证。",
            ["首先，登记；", "其次，核验；", "再次，缴费；", "最后，发证。"],
        ),
        ("安排如下：一、先修渠；二、再修路；三、后种树。", ["一、先修渠；", "二、再修路；", "三、后种树。"]),
        ("分三班：（一）早班；（二）中班；（三）晚班。", ["（一）早班；", "（二）中班；", "（三）晚班。"]),
        ("步骤：(1)开门；(2)点灯；(3)读书。", ["(1)开门；", "(2)点灯；", "(3)读书。"]),
        ("步骤：1)开门；2)点灯；3)读书。", ["1)开门；", "2)点灯；", "3)读书。"]),
        ("步骤：⑴开门；⑵点灯；⑶读书。", ["⑴开门；", "⑵点灯；", "⑶读书。"]),
        ("步骤：１．开门；２．点灯；３．读书。", ["１．开门；", "２．点灯；", "３．读书。"]),
        ("步驟：（１）開門；（２）點燈；（３）讀書。", ["（１）開門；", "（２）點燈；", "（３）讀書。"]),
        ("第一条路近。第一，省时。第二，省力。", ["第一，省时。", "第二，省力。"]),
    ],
)
def test_every_form_of_enumeration_inside_a_paragraph(text, items):
    assert announced(text) == items


@pytest.mark.parametrize(
    "text",
    [
        "2018年开工，2019年封顶，2020年交付。",
        "一年种树，二年护林，三年成荫。",
        "一季度持平，二季度回升，三季度增长。",
        "第一季度持平，第二季度回升，第三季度增长。",
        "“十四五”期间，一个目标不变，一张图纸到底。",
        "三场的比分是3：1、2：2、0：1，主队胜出。",
        "这一是大家的心愿，也是多年的期盼。",
        "做法有二：一是靠大家。说完他就走了。",
        "一审判他败诉，二审改判胜诉。",
        "一线城市持平，二线城市回落，三线城市微升。",
        "他首先吃饭，最后睡觉，中间看了一会儿书。",
        "第一党支部得了红旗，第二党支部得了奖状。",
        "图书馆在一楼，二楼是餐厅，三楼是影院。",
    ],
)
def test_what_counts_tells_or_scores_is_no_enumeration(text):
    assert announced(text) == []


def test_headings_and_enumerations_nest_three_levels_and_more():
    text = (
        "一、办学\n（一）建校舍\n1.选址\n选址有两步：一是看地；二是问民。问民又分三问：①问远近；②问宽窄；③问安危。\n"
        "2.施工\n工期半年，质量终身负责，一块砖也不能马虎。\n（二）请老师\n第一，出得起。第二，留得住。\n"
        "二、办医\n首先，建站；其次，配药；最后，出诊。"
    )
    assert announced(text) == [
        [
            "一、办学",
            [
                "（一）建校舍",
                ["1.选址", "一是看地；", "二是问民。", "①问远近；", "②问宽窄；", "③问安危。"],
                "2.施工",
            ],
            ["（二）请老师", "第一，出得起。", "第二，留得住。"],
        ],
        ["二、办医", "首先，建站；", "其次，配药；", "最后，出诊。"],
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("首先，要把底数摸清。", "其次，要把办法想好。"),
        ("其一，要把底数摸清。", "其二，要把办法想好。"),
        ("（1）要把底数摸清。", "（2）要把办法想好。"),
        ("１、要把底数摸清。", "２、要把办法想好。"),
        ("①要把底数摸清。", "②要把办法想好。"),
        ("1）要把底数摸清。", "2）要把办法想好。"),
        ("壹、要把底数摸清。", "贰、要把办法想好。"),
        ("第一章 要把底数摸清", "第二章 要把办法想好"),
        ("第一步，要把底数摸清。", "第二步，要把办法想好。"),
        ("第一招：要把底数摸清。", "第二招：要把办法想好。"),
        ("“1”本账要摸清。", "“2”张表要填好。"),
    ],
)
def test_paragraphs_are_parts_in_every_form(first, second):
    text = (
        f"近来抓了几件要紧的事，有的已经见效。\n{first}一户一户去问。\n{second}一条一条去写。\n各地都说好，群众满意。"
    )
    assert [node[1] for node in tree(article(text))][:2] == (
        [first, second] if first.endswith("。") else [f"{first}一户一户去问。", f"{second}一条一条去写。"]
    )


def test_a_paragraph_between_two_parts_goes_on_with_the_first():
    text = "一是修路。修了三条，都通了车。\n其中最长的一条有八里，翻过一座山。\n二是架桥。架了两座，都通了人。"
    built = article(text)
    sections = read_outline(built).sections
    assert [text[s.start : s.end][-5:] for s in sections] == ["翻过一座山。"[-5:], "都通了人。"]


def test_a_list_that_begins_inside_a_paragraph_and_goes_on_in_others_is_whole():
    text = (
        "村里办了三件事，老人都看在眼里。一是修路。修了三条，都通了车。\n"
        "二是架桥。架了两座，都通了人。\n三是打井。打了一口，水是甜的。"
    )
    built = article(text)
    assert announced(text) == ["一是修路。", "二是架桥。", "三是打井。"]
    assert [text[p.start : p.end][:4] for p in cut_passages(built, read_outline(built))] == [
        "村里办了", "一是修路", "二是架桥", "三是打井"
    ]  # fmt: skip


def test_numbers_that_begin_again_are_another_list():
    text = "一、上半年\n开了三次会，定了三件事。\n二、下半年\n跑了三个县，看了三个点。\n" * 2
    assert announced(text.rstrip()) == ["一、上半年", "二、下半年", "一、上半年", "二、下半年"]
    text = (
        "甲镇\n一、修路\n修了三条，都通了车。\n二、架桥\n架了两座，都通了人。\n"
        "乙镇\n一、种树\n种了百亩，都成了活。\n二、养鱼\n养了千尾，都上了市。"
    )
    assert announced(text) == [["甲镇", "一、修路", "二、架桥"], ["乙镇", "一、种树", "二、养鱼"]]
    assert announced(text.removeprefix("甲镇\n")) == ["一、修路", "二、架桥", ["乙镇", "一、种树", "二、养鱼"]]
    text = "甲公司：1.漏报；2.迟报；3.错报。乙公司：1.漏报；2.瞒报；3.虚报；4.不报。"
    assert announced(text) == ["1.漏报；", "2.迟报；", "3.错报。", "1.漏报；", "2.瞒报；", "3.虚报；", "4.不报。"]
    built = article(text)
    third = read_outline(built).sections[2]
    assert text[third.start : third.end] == "3.错报。"


def test_a_list_inside_a_part_of_the_same_form_is_nested():
    text = "1、对象：全体村民。2、内容：1、识字；2、算账。"
    assert announced(text) == ["1、对象：全体村民。", ["2、内容：1、识字；2、算账。", "1、识字；", "2、算账。"]]


def test_a_list_of_lower_rank_before_the_first_heading_does_not_swallow_the_headings():
    text = "1.本文由三个村供稿。\n2.数字截至年底。\n一、修路\n修了三条，都通了车。\n二、架桥\n架了两座，都通了人。"
    assert announced(text) == ["1.本文由三个村供稿。", "2.数字截至年底。", "一、修路", "二、架桥"]


def test_the_paragraph_that_closes_the_article_belongs_to_no_part():
    parts = "一是修路。修了三条，都通了车。\n二是架桥。架了两座，都通了人。\n三是打井。打了一口，水是甜的。\n"
    text = parts + "三件事放在一起，村里一年变了样，人人都看得见。"
    last = read_outline(article(text)).sections[-1]
    assert text[last.start : last.end].endswith("水是甜的。")
    text = (
        "强化学习\n坚持早学。早读一小时，雷打不动。\n坚持晚学。晚读一小时，风雨无阻。\n"
        "改进作风\n坚持下访。每周去一个村，问一件事。\n坚持回访。每月看一遍，问一声好。\n"
        "建好队伍\n坚持培训。一年办两期，人人过关。\n坚持考核。一季评一次，个个上榜。\n"
        "全站将继续努力，把各项工作做得更细更实，让群众更满意。"
    )
    last = read_outline(article(text)).sections[-1]
    assert text[last.start : last.end].startswith("建好队伍")
    assert text[last.start : last.end].endswith("个个上榜。")


@pytest.mark.parametrize(
    "line",
    [
        "2024年3月5日",
        "2018年",
        "目录",
        "（记者 某某）",
        "本报记者 某某",
        "来源：某某日报",
        "甲队 3:2 乙队",
        "12.5",
        "核心提示",
    ],
)
def test_dates_figures_reporters_and_scores_are_no_headings(line):
    text = f"开头说了一件事，很长很长，说了很久。\n{line}\n后面又说了一件事，也很长很长，说了很久才说完。"
    assert tree(article(text)) == []


def test_the_lines_of_a_table_of_contents_are_no_headings():
    text = (
        "目录\n一、修路 …… 1\n二、架桥 …… 3\n一、修路\n2024年1月5日修了三条，都通了车。\n二、架桥\n架了两座，都通了人。"
    )
    built = article(text)
    sections = read_outline(built).sections
    assert [text[s.start : s.end] for s in sections] == [
        "一、修路\n2024年1月5日修了三条，都通了车。",
        "二、架桥\n架了两座，都通了人。",
    ]


def test_a_single_numbered_paragraph_is_running_text():
    assert tree(article("一是大家都想修路，这件事说了很多年。\n后来真的修了，修得又宽又平，老人孩子都说好。")) == []
    assert (
        tree(article("一、某某公司成立于去年，主要做三件事，都做得不错。\n后来又做了别的事，做得也很好，人人都夸。"))
        == []
    )


def test_leads_of_one_shape_are_parts_where_there_are_three_and_none_tells_a_story():
    official = (
        "深化改革。办事窗口从十个并成一个，材料从八份减到两份。\n"
        "优化服务。老人来了有座位，孩子来了有图书。\n"
        "强化监督。每月公开一次账目，每季请人来查一遍。"
    )
    assert announced(official) == ["深化改革。", "优化服务。", "强化监督。"]
    assert announced("\n".join(official.split("\n")[:2])) == []
    story = (
        "那年下了大雪。山路封了半个月，村里人出不去，外面的人也进不来。\n"
        "他还是上了山。背着药箱，一步一步往上走，走了整整一天。\n"
        "老人终于得救了。后来每年冬天，老人都要提起这件事。"
    )
    assert announced(story) == []


def test_the_paragraph_behind_parallel_leads_is_none_of_them():
    text = (
        "第一间叫“书房”，管的是读。每周开门六天，藏书三千册，老少都来。\n"
        "第二间叫“茶房”，管的是谈。每周说事一次，谁有难处谁先说。\n"
        "同一年，村里的路灯也亮了起来。一共装了四十盏，夜里走路不用手电。"
    )
    assert [node[1] for node in tree(article(text))] == ["第一间叫“书房”，管的是读。", "第二间叫“茶房”，管的是谈。"]


def test_an_item_that_begins_with_a_figure_is_numbered_as_those_beside_it():
    text = (
        "一、原因\n1.两个班组没有交接，夜里没有人看守。\n2.灯坏了一个月，报修单压在抽屉里。\n3.3名工人没有培训，也没有证。\n4.12台水泵只检修了一半。\n"
        "二、教训\n1.5个班组都要交接，人人要签字。\n2.灯要天天查，坏了当天报。"
    )
    (_, _, causes), (_, _, lessons) = tree(article(text))
    assert [heading for _, heading, _ in causes] == [
        "1.两个班组没有交接，夜里没有人看守。",
        "2.灯坏了一个月，报修单压在抽屉里。",
        "3.3名工人没有培训，也没有证。",
        "4.12台水泵只检修了一半。",
    ]
    assert [heading for _, heading, _ in lessons] == ["1.5个班组都要交接，人人要签字。", "2.灯要天天查，坏了当天报。"]


def test_numbers_of_two_levels_are_none_of_the_level_above():
    text = (
        "1.总则\n1.1本办法适用于全镇，今年施行。\n1.2镇政府负责解释，各村照办。\n2.附则\n2.1本办法试行一年，到期再议。"
    )
    assert [heading for _, heading, _ in tree(article(text))] == ["1.总则", "2.附则"]


def test_numbers_in_quotation_marks_announce_parts_and_other_numbers_none_of_them():
    river = article(
        "镇里推行“123”护河法，人人记得住。\n“1”是一本河账。每条河一本，封面写明长短。\n"
        "“2”是两支队伍。一支巡河，一支保洁。\n“3”是三道关口。源头、过程、末端各守一关。\n"
        "办法也碰过壁：一是买船拖了三个月，二是培训走了过场。"
    )
    assert [announced for _, announced, _ in tree(river)[:3]] == [
        "“1”是一本河账。",
        "“2”是两支队伍。",
        "“3”是三道关口。",
    ]
    assert [len(group.parts) for group in part_groups(river, read_outline(river))] == [3, 2]


def test_numbers_in_quotation_marks_enumerate_within_a_paragraph():
    assert tree(article("办法叫“12”：“1”是一本账，天天记；“2”是两支队伍，轮着巡。")) == [
        ("item", "“1”是一本账，天天记；", []),
        ("item", "“2”是两支队伍，轮着巡。", []),
    ]


def test_names_in_quotation_marks_that_are_said_to_be_something_enumerate():
    shown = tree(
        article(
            "来信分三类办：“绿单”为即办单，7日办完；“黄单”为会办单，30日办完；“红单”为包案单，由领导包案。办完还要回访。"
        )
    )
    assert [announced for _, announced, _ in shown] == [
        "“绿单”为即办单，7日办完；",
        "“黄单”为会办单，30日办完；",
        "“红单”为包案单，由领导包案。",
    ]
    assert tree(article("“绿单”为即办单，“黄单”也有。老李说“好”。")) == []


def test_a_document_number_above_the_sections_heads_none_of_them():
    text = (
        "嘉分类办〔2025〕14号\n现将评估结果通报如下，请认真整改，按时报送。\n"
        "一、得分情况\n全市平均92分，提高了一分。\n二、存在问题\n有的小区混投，有的车辆混装。"
    )
    assert tree(article(text)) == [("heading", "一、得分情况", []), ("heading", "二、存在问题", [])]


def test_headings_in_brackets_hold_what_stands_below_them_and_head_what_stands_behind_them():
    text = (
        "全县的渡口今年都修了一遍，群众出门不再踩泥。\n"
        "【总体情况】换了石阶三十级，栏杆刷了两遍漆，路灯全部装好。\n"
        "【特色做法】\n1.“码头长”制。每个码头明确一名负责人。\n2.三色牌。修好的挂绿牌，在修的挂黄牌。\n"
        "【不足之处】（1）路灯的电费还没有着落；（2）夜里还有人往水里倒垃圾。"
    )
    assert tree(article(text)) == [
        ("lead", "【总体情况】", []),
        ("heading", "【特色做法】", [("lead", "1.“码头长”制。", []), ("lead", "2.三色牌。", [])]),
        (
            "lead",
            "【不足之处】",
            [("item", "（1）路灯的电费还没有着落；", []), ("item", "（2）夜里还有人往水里倒垃圾。", [])],
        ),
    ]
    # One alone, or what is no heading, divides nothing.
    assert tree(article("【本报讯】渡口修好了，群众都说好。\n【打印】【关闭】\n路灯全部装好，栏杆刷了两遍漆。")) == []


def test_paragraphs_called_by_names_of_their_own_are_parts_and_labels_of_a_page_or_a_talk_are_not():
    groups = (
        "一、人员分工\n疏导组：142人，每五十米一人，佩戴荧光黄马甲；\n医疗组：救护车2台、医护8人，驻南天门广场；\n"
        "后勤组：储备饮水3000箱、保温毯500条。\n二、事后\n三天内写出小结，报县里备案。"
    )
    assert tree(article(groups)) == [
        ("heading", "一、人员分工", [("lead", "疏导组：", []), ("lead", "医疗组：", []), ("lead", "后勤组：", [])]),
        ("heading", "二、事后", []),
    ]
    talk = (
        "记者：渡口修好了吗？\n老船工：修好了，石阶换了十二级。\n镇干部：路灯也装上了。\n老船工：就是电费还没有着落。"
    )
    labels = (
        "会议时间：3月2日上午。\n会议地点：县政府三楼。\n主持人：县长滕海峰。\n渡口的石阶换了十二级，路灯全部装好。"
    )
    assert (tree(article(talk)), tree(article(labels))) == ([], [])


def test_numbered_labels_head_with_what_they_say():
    text = (
        "澜谷镇的人居环境考核从全县第十一名升到了第二名。\n第一本：责任账，解决“谁来扫”。全镇道路划成472个责任片，按户认领。\n"
        "第二本：积分账，解决“为啥扫”。评议组每月入户打分，积分能兑换用品。\n第三本：垃圾账，解决“扫了去哪”。卖掉的钱归村里。\n"
        "第四本：红黑账，解决“扫得好不好”。每季度评选一次，挂牌上村里的广播。"
    )
    headings = [heading for _, heading, _ in tree(article(text))]
    assert headings[:2] == ["第一本：责任账，解决“谁来扫”。", "第二本：积分账，解决“为啥扫”。"]
