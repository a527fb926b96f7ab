from embeddings.outline import headings_at, read_outline
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
