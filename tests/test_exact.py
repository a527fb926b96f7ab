"""Exact answers come out whole: what the reader points at, widened to numbers, dates, names and titles."""

import pytest

from embeddings.types import Span
from qa.evidence.exact import whole


def widened(text, said):
    start = text.index(said)
    span = whole(text, Span(start, start + len(said)), Span(0, len(text)))
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "said", "exact"),
    [
        ("全年处罚12.6万元，约谈8家。", "12", "12.6万元"),
        ("全年处罚12.6万元，约谈8家。", "6万", "12.6万元"),
        ("办结率达到98.5%，居全省第一。", "98", "98.5%"),
        ("办结率达到98.5%，居全省第一。", "第", "第一"),
        ("湿地面积2,300.5公顷，比上年多。", "300", "2,300.5公顷"),
        ("站里有27人，三班轮换。", "27", "27人"),
        ("成活率为百分之九十三。", "百分", "百分之九十三"),
        ("增长了3.2个百分点。", "3.2", "3.2个百分点"),
        ("经费捌佰陆拾伍万元，由财政拨付。", "陆拾伍", "捌佰陆拾伍万元"),
        ("大桥于1996年3月18日通车。", "1996年", "1996年3月18日"),
        ("大桥于1996年3月18日通车。", "3月", "1996年3月18日"),
        ("办公时间是8:30到17:00。", "30", "8:30"),
        ("项目从2019年至2021年实施。", "2019", "2019年至2021年"),
        ("他读了《水经注》和县志。", "水经注", "《水经注》"),
        ("他读了《水经注》和县志。", "经注", "《水经注》"),
        ("他读了《水经注》和县志。", "水经注》和县志", "《水经注》和县志"),
        ("制定了“五个一”工作法，推行全市。", "五个一", "“五个一”"),
        ("制定了“五个一”工作法，推行全市。", "一”工作法", "“五个一”工作法"),
        ("接入了ISO14001体系。", "ISO", "ISO14001"),
        ("河长由县委书记（兼任）担任。", "县委书记（兼", "县委书记（兼任）"),
        ("由水利局、林业局负责，", "，", "，"),
        ("由水利局、林业局负责。", "水利局、林业局负责。", "水利局、林业局负责"),
        ("由水利局、林业局负责。", "水利局", "水利局"),
    ],
)
def test_a_span_is_widened_to_what_must_not_be_cut(text, said, exact):
    assert widened(text, said) == exact


def test_a_span_stays_within_its_sentence():
    text = "共12.\n6万元。"
    assert whole(text, Span(1, 3), Span(0, 4)) == Span(1, 3)


def test_what_is_named_inside_a_quotation_is_not_the_whole_quotation():
    text = "老站长说“水位到三米二就要报警，不能等”。"
    assert widened(text, "三米") == "三米"
