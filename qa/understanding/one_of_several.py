"""What a question asks of several names side by side, asked of one of them alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.understanding.wording import COMPARING

_DIVISION = "[年省市县区州乡镇]?"
_BETWEEN = "(?:[、和与及跟，,]|以及| *[vV][sS] *)"
_THING = "(?:的?[^、和与及跟，,。？?]{1,15}?)?"
"""What of a name is asked about, where each of several has its own."""
_SHARED = "[，,]|分别|各|都|每|哪|谁|多|几|怎|什么|一样|相[比同]"
"""Begins what is asked of all of them."""
_HOW = f"[{COMPARING}贵]"
_HOW_MUCH = {"早": "是什么时候", "晚": "是什么时候", "长": "有多长", "短": "有多长", "好": "怎么样"}
"""What “甲县早还是乙县早” asks of one of them; of the others how much."""
_ASKS_ONLY = re.compile(r"[？?。，, ]|是|有|为|多少|几[^\W\d_]?|什么|啥|谁|怎么样|如何")
_COUNTED = re.compile(
    r"^(?:[这那]?[两二三四几][个]?(?:年度?|季度?|届|期|版|地|边|家|[县市区镇乡村州](?![一-鿿]{0,2}[委局府])))+的?"
)
"""Says no more than how many names stood before it: “甲、乙两县”, “2022和2023两年的”."""
_WHICHEVER = rf"(?:谁|哪一?[个家边项种位处件]?)(?:[^，,。？?]{{0,3}}得?)?(?:更|最|比较)?{_HOW}[一些点]*"
COMPARED = rf"(?:[，,]?(?:比一比|对比一?下?|比较一?下?|各?说一[下说]|相比|{_WHICHEVER}))+[？?。]?$"
"""Asks how two things compare, at the end of a question."""
_WHOSE_IS_MORE = re.compile(rf"^谁的?(?P<thing>[^，,。？?]{{2,6}}?)(?:更|最|比较)?{_HOW}[一些点]*(?=[，,])")
"""“谁罚款多，各多少” asks how much each one's is."""
_OF_BOTH = re.compile("^[这那]?[两二][县市区镇乡村州地家]的?")
_DIFFER = re.compile("相?差(?=多少|几)")


def asked_of_one(text: str, name: str, names: Sequence[str]) -> str:
    """What a question asks of several names side by side, asked of one alone; empty where they do not stand so.

    Of “信访22年多还是23年多” 2022's is “信访2022年多少”.
    Each may stand before a thing of its own: of “甲县的护林员和乙县的河长，各补多少” 甲县's is “甲县的护林员，补多少”.
    """
    either = re.search(rf"{_any_of(names)}{_HOW}?还是{_any_of(names)}(?P<how>{_HOW})?[?？]?$", text)
    if either:
        year = "年" if name.isdigit() else ""
        return f"{text[: either.start()]}{name}{year}{_HOW_MUCH.get(either['how'] or '', '多少')}"
    said = rf"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))}){_DIVISION}"
    # “甲县河水对乙县污水”, and not what one county did for the other.
    text = re.sub(rf"({said}[^，,。；;]{{1,12}})对({said}[^的，,。；;？?]{{1,15}})$", r"\1和\2", text)
    together = re.search(rf"{said}(?:{_BETWEEN}{said})+", text) or re.search(
        rf"{said}{_THING}(?:{_BETWEEN}{said}{_THING})+?(?={_SHARED}|$)", text
    )
    own = together and re.search(rf"{re.escape(name)}{_DIVISION}{_THING}(?={_BETWEEN}{said}|$)", together.group())
    if not together or not own:
        return ""
    rest = re.sub("分别|各自|各(?!说)", "", _COUNTED.sub("", text[together.end() :]))
    rest = re.sub(COMPARED, lambda compared: _how_much(compared.group()), rest)
    rest = _WHOSE_IS_MORE.sub(r"\g<thing>", rest)
    # “甲的护林员、乙的河长的岁数”, “甲厂和乙案的赔偿多少”: what is asked of both stands behind the last.
    _, of, shared = together.group().rpartition("的")
    if of and not _ASKS_ONLY.sub("", rest) and "的" not in own.group() and not re.search(said, shared):
        rest = of + shared + rest
    # “两县的单价差多少，甲和乙” asks what each one's is.
    before = _DIFFER.sub("", _OF_BOTH.sub("", text[: together.start()]))
    return before + own.group() + rest


def _how_much(compared: str) -> str:
    """What “谁罚得多” asks of one alone; nothing where it is no more than compared."""
    how = re.search(_WHICHEVER, compared)
    if not how:
        return ""
    thing = re.search(rf"谁的?(?P<thing>[^，,。？?更最]{{1,3}}?)得?(?:更|最|比较)?{_HOW}", how.group())
    return (thing["thing"] if thing else "") + _HOW_MUCH.get(how.group().rstrip("一些点")[-1], "多少")


def _any_of(names: Sequence[str]) -> str:
    """Any of the names, years with two digits too."""
    forms = (rf"(?:{n[:2]})?{n[2:]}年?" if n.isdigit() else re.escape(n) + _DIVISION for n in names)
    return f"(?:{'|'.join(forms)})"
