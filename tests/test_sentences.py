import pytest

from embeddings.structure.sentences import clauses, paragraphs, sentences
from embeddings.types import Span


def cut(text, into):
    return [text[span.start : span.end] for span in into(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先开会。再办事！然后呢？完了", ["先开会。", "再办事！", "然后呢？", "完了"]),
        ("他说：“先开会。再办事。”大家都去了。", ["他说：“先开会。再办事。”", "大家都去了。"]),
        ("印发《办法（试行。第二版）》的通知已到。请办理。", ["印发《办法（试行。第二版）》的通知已到。", "请办理。"]),
        ("水温24.1度。罚款1,723.7万元。", ["水温24.1度。", "罚款1,723.7万元。"]),
        ("真的吗？！是的……好吧。", ["真的吗？！", "是的……", "好吧。"]),
        ("Air is clean. Water is too.", ["Air is clean.", "Water is too."]),
        ("版本v2.0已发布。", ["版本v2.0已发布。"]),
        ("第一行\n第二行。第三句", ["第一行", "第二行。", "第三句"]),
        ("缺了右引号“先开会。再办事。", ["缺了右引号“先开会。", "再办事。"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_say(text, expected):
    assert cut(text, sentences) == expected


def test_a_quotation_longer_than_a_paragraph_is_cut_at_its_sentences():
    inner = "这是很长的一句话，说了许多事情，一直说下去。" * 12
    parts = cut(f"他说：“{inner}”", sentences)
    assert len(parts) > 10
    assert "".join(parts) == f"他说：“{inner}”"


def test_clauses_keep_numbers_times_and_quotations_whole():
    assert cut("10:30开会，共1,200人；会上说“先学，后干”，散会。", clauses) == [
        "10:30开会，",
        "共1,200人；",
        "会上说“先学，后干”，",
        "散会。",
    ]


def test_paragraphs_leave_outer_blanks_out():
    text = "标题\n\n　　正文一。 \n正文二。"
    assert [text[s.start : s.end] for s in paragraphs(text)] == ["标题", "正文一。", "正文二。"]
    assert [text[s.start : s.end] for s in paragraphs(text, 3)] == ["正文一。", "正文二。"]


def test_a_row_of_a_table_is_one_sentence_and_one_clause_with_its_empty_cells():
    text = "\t每户300元。不重复，发完为止！\t\n好。"
    row = "\t每户300元。不重复，发完为止！\t"
    assert cut(text, sentences) == [row, "好。"]
    assert cut(text, clauses) == [row, "好。"]
    assert cut(" \t \n甲", paragraphs_of) == ["甲"]
    assert cut("甲\t\n", paragraphs_of) == ["甲\t"]


def paragraphs_of(text, _):
    return paragraphs(text)
