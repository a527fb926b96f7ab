"""Markers told from text that only looks like one."""

from __future__ import annotations

from qa.types import Citation
from ui.answer.markers import Line, Piece, parse


def citation(number: int, quote: str) -> Citation:
    return Citation(number, "a", "题", "", "", "", "", 0, len(quote), quote, "", "")


def test_lines_levels_and_pieces() -> None:
    citations = [
        citation(1, "办法有两条。"),
        citation(2, "一是巡查。"),
        citation(3, "每周一次。"),
        citation(4, "二是公开。"),
    ]
    text = "办法有两条。[1]\n\n- 一是巡查。[2]\n  - 每周一次。[3]\n- 二是公开。[4]（完）"
    assert parse(text, citations) == (
        Line(0, (Piece("办法有两条。", 1, 0),)),
        Line(1, (Piece("一是巡查。", 2, 13),)),
        Line(2, (Piece("每周一次。", 3, 26),)),
        Line(1, (Piece("二是公开。", 4, 37), Piece("（完）", None, 45))),
    )


def test_brackets_inside_a_quote_stay_text() -> None:
    citations = [citation(1, "见[1]和[2]所述。"), citation(2, "详见文献[1]。")]
    assert parse("见[1]和[2]所述。[1]详见文献[1]。[2]", citations) == (
        Line(0, (Piece("见[1]和[2]所述。", 1, 0), Piece("详见文献[1]。", 2, 14))),
    )


def test_brackets_inside_a_quote_of_several_lines_stay_text() -> None:
    assert parse("见[1] 所述。[1]", [citation(1, "见[1]\n所述。")]) == (Line(0, (Piece("见[1] 所述。", 1, 0),)),)


def test_a_number_without_citation_stays_text() -> None:
    assert parse("水质[7]良好。[1]", [citation(1, "水质[7]良好。")]) == (Line(0, (Piece("水质[7]良好。", 1, 0),)),)


def test_wording_that_is_in_no_quote_still_gets_its_marker() -> None:
    citations = [citation(1, "甲。"), citation(2, "乙。")]
    assert parse("改写过的甲[1]改写过的乙[2]", citations) == (
        Line(0, (Piece("改写过的甲", 1, 0), Piece("改写过的乙", 2, 8))),
    )


def test_two_markers_after_one_sentence() -> None:
    citations = [citation(1, "同一句话。"), citation(2, "同一句话。")]
    assert parse("同一句话。[1][2]", citations) == (Line(0, (Piece("同一句话。", 1, 0), Piece("", 2, 8))),)


def test_a_level_too_deep_and_blank_lines() -> None:
    assert parse("\n    - 深。[1]\n   \n", [citation(1, "深。")]) == (Line(3, (Piece("深。", 1, 7),)),)
