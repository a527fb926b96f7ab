"""What is asked: the kind of question, the names, numbers and units it turns on, the terms that carry it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from embeddings.folding import fold
from embeddings.lexical import tokenize
from embeddings.reading.places import find_places

Kind = Literal["fact", "list", "definition", "explanation", "metadata", "corpus"]

_METADATA = re.compile(
    r"作者|撰稿|谁写|何人所写|(?:责任)?编辑(?:是谁|叫|有谁)|责编|"
    r"(?:发表|发布|刊登|刊发|登载|上传)(?:时间|日期|于|在|的|$)|(?:什么时候|何时|哪天|哪年|哪一天)(?:发表|发布|刊登|刊发|上传)|"
    r"来源(?:是|于|为|$)|出自哪|哪(?:家|个|份)(?:报纸|媒体|网站|刊物)|(?:标题|题目)(?:是|叫)|文章叫什么|谁上传"
)
_CORPUS = re.compile(
    r"[哪几多少]{1,2}篇|哪(?:些|几个)(?:文章|单位|地方|省市?|城市|部门|报道).*(?:提到|提出|谈到|讲到|说到|写到|提过|涉及|出现)"
)
_EXPLANATION = re.compile(r"(?:如何|怎么|怎样)(?!样?[？?]?$)|为什么|为何|什么原因|做法")
_LIST = re.compile(r"哪些|哪几|哪[一二两三四五六七八九十\d]+|分别|包括|包含|列举|有什么")
_DEFINITION = re.compile(r"是什么|是啥|什么是|指什么|指的是|什么意思|内容|含义|介绍")
_NUMERALS = "一二两三四五六七八九十"
_NUMBERED = re.compile(
    rf"(?<![下上进第唯统同每逐])[{_NUMERALS}]{{1,3}}[个大项张块档种条级类联抓件支份步招][^\W\d_a-z是的在呢吗哪]{{0,2}}|(?:[{_NUMERALS}][^\W\d{_NUMERALS}]){{2}}"
)
"""Two characters behind the measure word tell one name from another (五个聚焦, 五个坚持); more may be no name."""
_ONLY_COUNTED = re.compile(rf"^[{_NUMERALS}]+[个大项种条类](?:方面|问题|部分|内容|项目|单位|地方|文章|月|年|人|村|$)")
_QUOTED = re.compile(r"[“‘「『\"]([^”’」』\"]{1,30})[”’」』\"]")
_TITLE = re.compile(r"《([^》]{2,60})》")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[^\d]|$)")
_ASKING = re.compile(
    r"请问|请|(?:在|去|到)?(?:哪些|什么)(?:地方|方面|单位|部门|时间|名字|节目|内容)|是什么时候|什么时候|是什么|什么是|指什么|指的是什么|什么|是哪[一二两三四五六七八九十几\d]+[个项种类篇张条]?|"
    r"哪[一二两三四五六七八九十\d]+[个项种类篇张条]?|哪些|哪几[个项种类篇张条]?|哪里|哪|是?多少(?:[次个年座起家名篇类项条天月件岁元吨亩户批处钱]+|万元|亿元)?|多长时间|多久|多大|多高|几[次个年座起家名篇类项条天月]|"
    r"是谁|谁|怎么样|怎么|怎样|如何|为什么|为何|何时|分别|具体|包括|包含|有没有|吗|呢|叫|名字|啊|吧|？|\?"
)
_FILLERS = re.compile(r"的|了|在|和|与|是|有|对|把|被|那|这|一下|告诉我|介绍|简述|说明|要|都|、")
_COUNTED = re.compile(r"(?:多少|几)([^\W\d_a-zA-Z，。？])")
_NOT_UNITS = frozenset("了的呢吗是")
_KEY_LENGTH = 4
"""Most head nouns of a question are of two or four characters."""
_TIME = re.compile(r"什么时候|何时|多久|哪年|哪一年|哪天|几月|几号|时间")
_AMOUNT = re.compile(r"多少|几|多大|多高|多长|比例|占比|浓度|数量")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_CHINESE_DIGIT = {n: i for i, n in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood."""

    text: str
    """Standing by itself: what a follow-up left out is filled in."""
    kind: Kind
    names: tuple[str, ...]
    """Quoted or numbered names it turns on (“四大课堂”, 五个坚持, 12345), those just asked first."""
    titles: tuple[str, ...]
    """Titles in 《》."""
    places: tuple[str, ...]
    years: tuple[str, ...]
    count: int | None
    """How many parts the question says there are (五个坚持: 5; 12345: 5)."""
    unit: str
    """The measure word of what is counted (多少起: 起), or empty."""
    wants: Literal["amount", "time", ""]
    terms: tuple[str, ...]
    """Folded terms that carry the question, without the words of asking."""
    focus: tuple[str, ...]
    """Terms of the thing asked for (“青海省生态环境厅的办公电话是多少”: those of 办公电话)."""
    key: tuple[str, ...]
    """Those of the focus that stand nearest to the words of asking (“港务局全年罚款多少”: 罚款)."""
    chinese: bool
    """Whether it is written in Chinese, so that its terms can be looked for in the articles."""
    parts: tuple[str, ...]
    """The single questions asked (“查处多少起，罚款多少”: two)."""


def understand(text: str, asked: str | None = None) -> Question:
    """Read a question that stands by itself; `asked` is the user's own wording where it was a follow-up."""
    own = asked or text
    names = _unique([*_names(own), *_names(text)])
    return Question(
        text=text,
        kind=_kind(own, bool(names)),
        names=names,
        titles=tuple(_TITLE.findall(text)),
        places=find_places(text),
        years=tuple(_YEAR.findall(text)),
        count=_count(own, names),
        unit=_unit(own),
        wants="time" if _TIME.search(own) else "amount" if _AMOUNT.search(own) else "",
        terms=content_terms(text),
        focus=_focus(own).terms,
        key=_focus(own).key,
        chinese=bool(re.search(r"[\u4e00-\u9fff]", text)),
        parts=tuple(part for part in re.split(r"[，,；;？?]|以及", own) if _ASKING.search(part)) or (own,),
    )


def content_terms(text: str) -> tuple[str, ...]:
    """Terms of the folded text without the words of asking and the commonest function words.

    A Chinese character stands by itself only where it has no neighbour to pair with.
    """
    stretches = re.split(r"[\s，,。；;：:“”‘’「」『』《》（）()\"！!]", _ASKING.sub(" ", text))
    found: list[str] = []
    for stretch in stretches:
        for piece in _FILLERS.sub(" ", stretch).split():
            terms = tokenize(piece)
            found.extend(t for t in terms if len(t) > 1 or len(terms) == 1 or t.isdigit())
    return _unique(found)


@dataclass(frozen=True, slots=True)
class _Focus:
    terms: tuple[str, ...]
    key: tuple[str, ...]


def _focus(text: str) -> _Focus:
    """The thing asked for: right behind a word of counting (多少座尾矿库), else right before the words of asking."""
    first = re.split(r"[，,；;？?]", text)[0]
    asking = list(_ASKING.finditer(first))
    if not asking:
        return _Focus(content_terms(text), ())
    behind = re.split(r"[的了在中里“”]", first[asking[-1].end() :])[0]
    pieces = re.split(r"[的了在中里“”]", first[: asking[0].start()])
    before = next((piece for piece in reversed(pieces) if content_terms(piece)), "")
    counted = re.match(r"多少|几|哪", asking[-1].group())
    if content_terms(behind) and (counted or not before):
        return _Focus(content_terms(behind), content_terms(behind[:_KEY_LENGTH]))
    return _Focus(content_terms(before), content_terms(before[-_KEY_LENGTH:]))


def topic(text: str) -> str:
    """What a question is about: the question without its words of asking."""
    stripped = _ASKING.sub("", text).strip(" ，,。；;：:！!")
    return re.sub(r"^(?:那么?|请|关于)|(?:是|有|的)$", "", stripped)


def _kind(text: str, named: bool) -> Kind:
    if _CORPUS.search(text):
        return "corpus"
    if _METADATA.search(text):
        return "metadata"
    if _LIST.search(text):
        return "list"
    if named and (_DEFINITION.search(text) or "叫什么" in text):
        return "definition"
    if _EXPLANATION.search(text):
        return "explanation"
    return "fact"


def _unit(text: str) -> str:
    units = (unit for unit in _COUNTED.findall(text) if unit not in _NOT_UNITS)
    return next(("元" if unit == "钱" else unit for unit in units), "")


def _names(text: str) -> list[str]:
    quoted = _QUOTED.findall(text)
    rest = _TITLE.sub(" ", _QUOTED.sub(" ", text))
    numbered = [re.split(r"[是的在]", m.group())[0] for m in _NUMBERED.finditer(_ASKING.sub(" ", rest))]
    digits = [m.group() for m in _DIGITS.finditer(rest) if len(m.group()) >= 3 and not _YEAR.fullmatch(m.group())]
    return [fold(name) for name in [*quoted, *(n for n in numbered if not _ONLY_COUNTED.match(n)), *digits]]


def _count(text: str, names: tuple[str, ...]) -> int | None:
    """The number of parts: of the words of asking (哪六个), else of the first name."""
    asked = re.search(rf"哪([{_NUMERALS}]|\d)", text)
    if asked:
        numeral = asked.group(1)
        return int(numeral) if numeral.isdigit() else _CHINESE_DIGIT[numeral]
    for name in names:
        if name.isdigit() and name == "123456789"[: len(name)]:
            return len(name)
        if name[0] in _CHINESE_DIGIT:
            return _CHINESE_DIGIT[name[0]]
    return None


def _unique(items: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
