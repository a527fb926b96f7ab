"""Follow-ups that turn to another year or place, and parts of a question that have a subject of their own."""

from __future__ import annotations

import pytest

import qa
from qa.understanding.turning import turned
from tests.asked_cases import answerer_over, check_text


@pytest.mark.parametrize(
    ("text", "earlier", "asked"),
    [
        ("绿水县呢？", ["青山县2024年种了多少亩"], "绿水县2024年种了多少亩"),
        ("那2023年呢", ["青山县2024年种了多少亩"], "青山县2023年种了多少亩"),
        ("22年又是多少", ["青山县2024年种了多少亩", "那2023年呢"], "青山县22年种了多少亩"),
        ("换成绿水县2023年的呢", ["青山县2024年种了多少亩"], "绿水县2023年种了多少亩"),
        ("绿水呢", ["青山种了多少亩"], "绿水种了多少亩"),
        ("那去年呢", ["今年种了多少亩"], "去年种了多少亩"),
        ("那上一年呢", ["青山县2024年种了多少亩"], "青山县2023年种了多少亩"),
        ("到下一年涨到多少了", ["青山县2024年种了多少亩"], "青山县2025年种了多少亩"),
        ("隔壁绿水县的也说一下", ["青山县种了多少亩"], "绿水县种了多少亩"),
        ("为什么", ["青山县种了多少亩"], ""),
        ("绿水县是谁种的", ["青山县种了多少亩"], ""),
        ("丙县呢", ["青山县和绿水县各种了多少亩"], ""),
        ("绿水县呢", [], ""),
    ],
)
def test_what_is_asked_of_the_one_that_it_turns_to(text: str, earlier: list[str], asked: str) -> None:
    assert turned(text, earlier, ("青山", "绿水") if "县" not in "".join([text, *earlier]) else ()) == asked


_LAST = """# 云溪市柳河水务分局2022年工作总结

2022年，全局检查泵站86座，换闸门12扇，收水费203万元。

一、防汛。汛期值班131天，排涝泵开机409小时。
"""
_THIS = """# 云溪市柳河水务分局2023年工作总结

2023年，全局检查泵站91座，换闸门7扇，收水费228万元。

一、防汛。汛期值班118天，排涝泵开机350小时。
"""
_OTHER = """# 云溪市桑坪水务分局2023年工作总结

2023年，全局检查泵站40座，换闸门3扇，收水费96万元。
"""
_CASES = """# 关于三起违规用车问题的通报

1. 杏林县水利站私用公车。站里的皮卡接送家属十一次，站长耿直言受到警告处分，退缴油费2300元。

2. 棠梨县文化馆虚报油费。馆里多报油票46张，馆长庄学文被免职，会计被诫勉谈话。

3. 榆次铺镇公车外借。镇里把面包车借给酒席拉客，镇长安守成作检讨。
"""
_LANTERN = """# 谷口镇办起灯会

谷口镇的灯会在河滩上办了三晚，扎灯的匠人来了57位，游人两万。
"""
_CHESS = """# 莲塘乡棋赛落幕

莲塘乡的棋赛下了四天，老棋手梅三先夺冠，奖品是一口铁锅。
"""


@pytest.fixture(scope="module")
def answerer(one_model: object, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    articles = {"a.md": _LAST, "b.md": _THIS, "c.md": _OTHER, "d.md": _CASES, "e.md": _LANTERN, "f.md": _CHESS}
    return answerer_over(articles, tmp_path_factory.mktemp("turning"))


@pytest.mark.parametrize(
    ("history", "question", "said", "others"),
    [
        (["柳河水务分局2022年换了几扇闸门"], "那2023年呢", ["换闸门7扇"], ["换闸门12扇", "换闸门3扇"]),
        (["柳河水务分局2023年收了多少水费"], "换桑坪呢", ["96万元"], ["228万元", "203万元"]),
        (["杏林县水利站站长怎么处理的"], "棠梨县呢，馆长怎么处理的", ["庄学文被免职"], ["耿直言", "安守成"]),
        ([], "柳河跟桑坪2023年收的水费谁多", ["228万元", "96万元"], ["203万元"]),
        ([], "谷口灯会来了多少扎灯的匠人，莲塘棋赛谁得了第一", ["57位", "梅三先"], []),
        ([], "写稿用：谷口灯会扎灯匠人人数；莲塘棋赛的奖品", ["57位", "铁锅"], []),
    ],
)
def test_another_one_that_is_named_is_answered_of(
    answerer: qa.Answerer, history: list[str], question: str, said: list[str], others: list[str]
) -> None:
    check_text(answerer.ask(question, history=history), said, others)
