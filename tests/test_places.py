"""Places named in a text, and the one that it is about."""

from __future__ import annotations

import pytest

from embeddings.places.places import find_places, infer_place, province_of


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("山东省泰安市生态环境局", ("山东", "泰安")),
        ("泰安的12345工作法是什么", ("泰安",)),
        ("海河流域北海海域", ()),
        ("广西北海市和海南藏族自治州", ("广西", "北海", "海南州")),
        ("黄河北岸、入海口、推广东西部协作经验", ()),
        ("先到海口再到三亚，最后回南宁", ("海口", "三亚", "南宁")),
        ("在朝阳区中山公园说传承德行", ()),
        ("新疆维吾尔自治区伊犁哈萨克自治州", ("新疆", "伊犁")),
        ("吉林省吉林市", ("吉林",)),
    ],
)
def test_places_in_order_of_mention(text: str, places: tuple[str, ...]) -> None:
    assert find_places(text) == places


def test_provinces() -> None:
    assert [province_of(place) for place in ("泰安", "青海", "海南州", "江城")] == ["山东", "青海", "青海", ""]


def about(
    title: str = "", post: str = "", authors: tuple[str, ...] = (), body: str = "", source: str = "", footer: str = ""
) -> str:
    return infer_place(title=title, author_post=post, authors=authors, body=body, source=source, footer=footer)


def test_a_city_before_its_province() -> None:
    assert about(body="山东省泰安市启动了新的行动。全省都在看。") == "泰安"


def test_the_footer_speaks_where_the_text_says_only_our_city() -> None:
    footer = "湖北省咸宁市双鹤路18号"
    assert about(body="我市建成绿色社区20个。", footer=footer) == "咸宁"
    assert about(body="猫的寿命大约是十五年。", footer=footer) == ""


def test_no_place_rather_than_a_guess() -> None:
    assert about(authors=("生态环境部某监管局",), body="全局上下一心。曾赴天津学习，也到过河北承德。") == ""
