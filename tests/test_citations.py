"""Statements to numbered text: every marker, number and offset worked out by hand."""

import pytest

from embeddings.structure.tables import rows_within
from embeddings.types import Article, Span
from qa.composing.citations import CitationError, Composed, Statement, check, cite, compose, quote_of
from qa.composing.page_fields import field_statements
from qa.reading.worded import row_text
from qa.types import AnswerSpan

LAKE = Article(
    id="lake",
    title="湖",
    text="湖\n水清了。岸绿了，\n鸟也来了[3]。鱼𩷶多了。",
    path="lake.md",
    body_start=2,
    authors=("甲", "乙"),
    source="示例报",
    published="2024-01-02",
    url="https://example.org/lake",
)
HILL = Article(id="hill", title="山", text="水清了。山高。", path="hill.md")
CLEAR, GREEN, BIRDS, FISH = Span(2, 6), Span(6, 10), Span(11, 19), Span(19, 24)


def test_spans_are_half_open_and_count_characters():
    assert [quote_of(LAKE, span) for span in (CLEAR, GREEN, BIRDS, FISH)] == [
        "水清了。",
        "岸绿了，",
        "鸟也来了[3]。",
        "鱼𩷶多了。",
    ]


def test_a_citation_says_all_that_is_known_of_its_article():
    citation = cite(LAKE, FISH, 4, "snapshot-1")
    assert (citation.number, citation.article_id, citation.title, citation.author) == (4, "lake", "湖", "甲、乙")
    assert (citation.published, citation.source, citation.url) == ("2024-01-02", "示例报", "https://example.org/lake")
    assert (citation.start, citation.end, citation.quote) == (19, 24, "鱼𩷶多了。")
    assert (citation.text_sha256, citation.snapshot) == (LAKE.sha256, "snapshot-1")


def test_numbers_follow_the_order_of_appearance_and_indents_make_lists():
    statements = [Statement(LAKE, FISH), Statement(LAKE, CLEAR, 1), Statement(HILL, Span(4, 7), 2)]
    composed = compose(statements, "s")
    assert composed.text == "鱼𩷶多了。[1]\n- 水清了。[2]\n  - 山高。[3]"
    assert [(c.number, c.article_id, c.start) for c in composed.citations] == [
        (1, "lake", 19),
        (2, "lake", 2),
        (3, "hill", 4),
    ]


def test_one_span_has_one_number_and_equal_words_elsewhere_another():
    composed = compose([Statement(LAKE, CLEAR), Statement(HILL, Span(0, 4)), Statement(LAKE, CLEAR, 1)], "s")
    assert composed.text == "水清了。[1]\n水清了。[2]\n- 水清了。[1]"
    assert [citation.article_id for citation in composed.citations] == ["lake", "hill"]


def test_a_line_stays_one_line_and_its_quote_verbatim():
    composed = compose([Statement(LAKE, Span(6, 16))], "s")
    assert composed.text == "岸绿了， 鸟也来了[[1]"
    assert composed.citations[0].quote == "岸绿了，\n鸟也来了["


def test_a_marker_of_the_article_itself_is_not_taken_for_ours():
    composed = compose([Statement(LAKE, Span(11, 18)), Statement(LAKE, CLEAR)], "s")
    assert composed.text == "鸟也来了[3][1]\n水清了。[2]"
    assert [citation.number for citation in composed.citations] == [1, 2]


def test_wording_stands_in_for_words_that_cant_stand_alone():
    composed = compose([Statement(LAKE, Span(0, 1), wording="标题：湖")], "s")
    assert (composed.text, composed.citations[0].quote) == ("标题：湖[1]", "湖")


@pytest.mark.parametrize("span", [Span(5, 5), Span(90, 95), Span(6, 2)])
def test_an_empty_quote_is_never_given_out(span):
    with pytest.raises(CitationError, match=r"\[1\].*lake"):
        compose([Statement(LAKE, span, wording="说了什么")], "s")


def test_a_span_beyond_the_end_is_never_given_out():
    with pytest.raises(CitationError):
        compose([Statement(HILL, Span(4, 99))], "s")


def test_what_is_not_verbatim_or_not_marked_does_not_pass():
    good = cite(LAKE, CLEAR, 1, "s")
    moved = cite(Article(**{**{f: getattr(LAKE, f) for f in LAKE.__slots__}, "text": f"　{LAKE.text}"}), CLEAR, 1, "s")
    articles = {"lake": LAKE}
    check(Composed("水清了。[1]", (good,)), articles)
    for composed in (
        Composed("湖水。[1]", (moved,)),
        Composed("水清了。[2]", (good,)),
        Composed("水清了。", (good,)),
        Composed("水清了。[1]\n岸绿了。[2]", (good,)),
        Composed("水清了。[1]\n岸绿了。", (good,)),
        Composed("水[1]清了。", (good,)),
    ):
        with pytest.raises(CitationError):
            check(composed, articles)
    with pytest.raises(CitationError):
        check(Composed("水清了。[1]", (good,)), {})


@pytest.mark.parametrize(
    "wording",
    [
        "《湖》的作者：甲、乙。",
        "《湖》的来源：示例报。",
        "《湖》的发布日期：2024-01-02。",
        "《湖》（示例报·2024-01-02）：“水清了。”",
    ],
)
def test_a_composed_line_may_say_what_the_article_or_its_page_says(wording):
    assert compose([Statement(LAKE, CLEAR, wording=wording)], "s").text == f"{wording}[1]"


@pytest.mark.parametrize(
    ("wording", "claim"),
    [
        ("《湖》的作者：丙。", "丙"),
        ("《山》的作者：甲、乙。", "山"),
        ("《湖》的发布日期：2024-01-03。", "2024-01-03"),
        ("共有 3 篇文章。", "3"),
        ("《湖》（示例报·2024-01-02）：“水浑了。”", "水浑了"),
    ],
)
def test_a_composed_line_never_says_another_number_date_or_name(wording, claim):
    with pytest.raises(CitationError, match=claim):
        compose([Statement(LAKE, CLEAR, wording=wording)], "s")


def test_a_number_that_was_counted_is_declared_as_such():
    counted = Statement(LAKE, CLEAR, wording="提到“水清了”的文章有 2 篇。", computed=("2",))
    assert compose([counted], "s").text == "提到“水清了”的文章有 2 篇。[1]"


def test_a_note_about_the_answer_comes_last_without_a_marker():
    composed = compose([Statement(LAKE, CLEAR)], "s", note="问的是 3 项，文章列出的是 1 项。")
    assert composed.text == "水清了。[1]\n（问的是 3 项，文章列出的是 1 项。）"
    assert [citation.number for citation in composed.citations] == [1]


def test_a_quote_in_a_composed_line_may_hold_titles_and_quotation_marks_itself():
    text = "老站长说“好水养人”，又读《水经注》和县志。"
    river = Article(id="river", title="河：一年", text=text, path="river.md", source="示例报")
    whole = Span(0, len(text))
    for wording in (f"《河：一年》（示例报）：“{text}”", f"水站（《河：一年》）：“{text}”"):
        assert compose([Statement(river, whole, wording=wording, computed=("水站",))], "s").text == f"{wording}[1]"
    with pytest.raises(CitationError, match="山经"):
        compose([Statement(river, whole, wording=f"《山经》：“{text}”")], "s")


PIER = Article(id="pier", title="码头", text="码头\n栈桥长\n 96米，由王建国\n看护。", path="pier.md", body_start=3)


def test_exact_words_are_marked_where_they_stand_in_the_answer_and_in_the_article():
    clear = Statement(LAKE, CLEAR)
    length = Statement(PIER, Span(3, 20), indent=1, answers=(Span(8, 11),))
    composed = compose([clear, length], "s", note="只说到一处。")
    assert composed.text == "水清了。[1]\n- 栈桥长 96米，由王建国 看护。[2]\n（只说到一处。）"
    assert composed.answer_spans == (AnswerSpan(14, 17, 2, 8, 11),)
    assert composed.text[14:17] == PIER.text[8:11] == "96米"


def test_exact_words_may_go_over_a_line_break_which_is_closed_up():
    over = PIER.text.index("王建国")
    composed = compose([Statement(PIER, Span(3, 20), answers=(Span(over, over + 6),))], "s")
    (span,) = composed.answer_spans
    assert composed.text[span.start : span.end] == "王建国 看护"


def test_exact_words_outside_their_quote_are_not_given_out():
    with pytest.raises(CitationError, match="96米"):
        compose([Statement(PIER, Span(12, 20), answers=(Span(8, 11),))], "s")


def test_a_wording_of_our_own_has_no_exact_words():
    composed = compose([Statement(PIER, Span(0, 2), wording="《码头》的标题：码头。", answers=(Span(0, 2),))], "s")
    assert composed.answer_spans == ()


FINES = Article(
    id="fines", title="统计", text="单位\t处罚起数\t罚款\n甲县\t12\t3.5万元\n乙县\t\t8万元", path="fines.md"
)
FIRST = "甲县\t12\t3.5万元"


def row(said=FIRST, alter=lambda wording: wording, **more):
    """The row of the table as a line of an answer, its wording altered by hand."""
    start = FINES.text.index(said)
    (found,) = rows_within(FINES.text, Span(start, start + len(said)))
    wording, pieces = row_text(FINES.text, found)
    return Statement(FINES, found.span, wording=alter(wording), pieces=pieces, **more)


def test_a_row_is_said_with_the_names_of_its_columns_and_cited_as_it_stands():
    composed = compose([row(), row("乙县\t\t8万元", indent=1)], "s")
    assert composed.text == "单位：甲县；处罚起数：12；罚款：3.5万元[1]\n- 单位：乙县；罚款：8万元[2]"
    assert [citation.quote for citation in composed.citations] == [FIRST, "乙县\t\t8万元"]
    assert [sentence.support for sentence in composed.sentences] == ["supported", "supported"]


@pytest.mark.parametrize(("cell", "other"), [("12", "13"), ("甲县", "丙县"), ("3.5万元", "4.5万元")])
def test_a_cell_of_a_row_altered_by_hand_is_never_given_out(cell, other):
    with pytest.raises(CitationError, match=other):
        compose([row(alter=lambda wording: wording.replace(cell, other))], "s")


def test_a_name_of_a_column_that_the_article_does_not_have_is_never_given_out():
    with pytest.raises(CitationError, match="奖励"):
        compose([row(alter=lambda wording: wording.replace("罚款", "奖励"))], "s")


@pytest.mark.parametrize("more", ["；另罚99万元", "和9起"])
def test_words_behind_the_last_cell_are_never_given_out(more):
    with pytest.raises(CitationError, match="9"):
        compose([row(alter=lambda wording: wording + more)], "s")


def test_marks_lie_on_the_cells_wherever_the_line_stands():
    start = FINES.text.index("12\t")
    both = row(answers=(Span(start, start + len("12\t3.5万元")),), indent=1)
    composed = compose([Statement(LAKE, CLEAR), both], "s", note="只说到一处。", lead="最接近的是：")
    assert composed.text == "最接近的是：\n水清了。[1]\n- 单位：甲县；处罚起数：12；罚款：3.5万元[2]\n（只说到一处。）"
    assert [composed.text[s.start : s.end] for s in composed.answer_spans] == ["12", "3.5万元"]
    assert [FINES.text[s.article_start : s.article_end] for s in composed.answer_spans] == ["12", "3.5万元"]
    assert {s.number for s in composed.answer_spans} == {2}


def test_a_lead_shifts_the_marks_and_a_note_does_not():
    length = Statement(PIER, Span(3, 20), answers=(Span(8, 11),))
    bare, led = compose([length], "s"), compose([length], "s", note="另有一处。", lead="最接近的原话是：")
    assert [span.start for span in bare.answer_spans] == [4]
    assert [span.start for span in led.answer_spans] == [4 + len("最接近的原话是：") + 1]
    assert led.text[led.answer_spans[0].start : led.answer_spans[0].end] == "96米"


@pytest.mark.parametrize("title", ["一条溪的账本", "问答：怎么治水", "读《河长制》有感：三问"])
@pytest.mark.parametrize("source", ["省办《工作动态》第11期", "《渔业：周刊》", "市报（第3版）"])
def test_what_a_page_says_of_itself_may_hold_titles_and_colons(title, source):
    article = Article("creek", title, f"{title}\n溪水清了。", path="creek.md", source=source, body_start=len(title) + 1)
    (said,) = field_statements(article, "source")
    assert compose([said.statement], "s").text == f"《{title}》的来源：{source}。[1]"
