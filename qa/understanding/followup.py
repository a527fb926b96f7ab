"""Follow-up -> standalone question, by rule: what the last questions were about fills what is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.understanding.comparison_questions import read_comparison
from qa.understanding.corpus_questions import read_corpus_question
from qa.understanding.page_fields import fields_asked
from qa.understanding.previous_topic import Topic, topic_of
from qa.understanding.question import content_terms, understand
from qa.understanding.substitution import in_its_place
from qa.understanding.wording import ASKING

_CHATTER = re.compile(
    r"(?:你好|您好|谢谢你?|多谢|好的?|嗯+|哦+|知道了|明白了?|不错|很好|可以|行|再见|ok|hi|hello|thanks?)[!！。，,~\s]*",
    re.IGNORECASE,
)
_ARTICLE = "(?:文章|报道|稿件|文)"
_MORE = re.compile(
    rf"^(?:那么?|请问)?(?:(?:[这那该]篇|它|这){_ARTICLE}?)?(?:里|中)?(?:还|另外)(?:有|说了?|讲了?|提到了?|写了?|介绍了?|谈了?)"
    r"(?:别的|其他的?|哪些|些?什么|什么)?(?:内容)?(?:呢|吗|么)?$|^(?:其他的?|别的|另外的?)呢$"
)
_WHY = re.compile(
    r"^(?:那么?|这|它|又|到底|究竟|会)*(?:是)?(?:为什么|为何|为啥|什么原因|原因(?:呢|是什么))(?:会|要|能)?(?:这样|这么)?(?:做|样)?(?:呢|的)?$"
)
_WHEN = re.compile(r"^(?:那么?|这)?(?:是)?(?:什么时候|何时|哪一?年|哪一?天|几月)(?P<rest>[^，,]{0,6}?)(?:呢)?$")
_WHO = re.compile(r"^(?:那么?|这)?是?(?:由)?谁(?P<rest>[^，,]{1,6}?)(?:呢)?$")
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:个方面|[个项条点种类步招]|方面|部分)")
_ONLY_ORDINAL = re.compile(
    rf"^(?:那么?|请|再|能|可以|其中|具体|详细|仔细|说说|讲讲|介绍|说一下|讲一下|解释|展开|一下|看看|的|里面?|中)*{_ORDINAL.pattern}"
    r"(?:呢|是什么|是啥|是哪个|指什么|说的是什么|具体是什么|是怎么做的|怎么做|内容|的|具体|说说|讲讲|详细|一下)*$"
)
_OF_THE_TEXT = re.compile(rf"^(?:那么?)?(?:这|那|该|上述)(?:一)?篇?{_ARTICLE}的?|^(?:这|那|该)篇的?")
_OF_THE_PLACE = re.compile(
    r"(?:该|这个|那个)(?:局|厅|市|省|县|单位|部门|地方|地区|机构|公司|馆|站|院)|当地|那里|这里|那边|(?<![其吉])他们?(?!人)|她们?"
)
_OF_THE_THING = re.compile(
    r"(?<!其)它们?|上述(?:内容|做法|工作)?|(?:这|那)(?:一)?(?:个|种|项|些|套)"
    r"(?:方法|办法|做法|工作法|工作方法|制度|活动|品牌|工作|措施|机制|模式|行动|名字|说法|法)?(?![一二三四五六七八九十])|"
    r"(?<![尤极何])其(?!他|它|余|实|中|次|间)(?=的?[\u4e00-\u9fff])"
)
_AMONG = re.compile(r"^(?:那么?)?(?:其中|这里面|里面|当中)的?")
_LEADS_ON = re.compile(r"^(?:那么?|还有|另外|以及|并且|而且)(?=.)")
_BARE = re.compile(r"^(?:那么?|还有)?[，,]?(?P<thing>[^，。？?]{1,60}?)呢$")
_AGAINST = re.compile(
    r"^(?:那么?|它)?(?:和|与|跟|同|比起?)(?P<other>[^的]{2,20}?)的?(?:相比|比较|对比|比起来|比|(?:有|存在)?(?:什么|哪些|何)?(?:不同|区别|差别|差异|异同))"
)
_NOUN_OF_THE_PAGE = re.compile(
    r"作者|撰稿|标题|题目|来源|出处|(?:责任)?编辑|(?:发表|发布|刊登|上传)(?:时间|日期|者|人)|网址|链接"
)
_DATED = re.compile(r"(?:19|20)\d\d年?|去年|今年|前年")
_SHORT = 4
"""A question whose words are no more characters than this (罚款多少) leaves out whom it is about."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A question as one may understand it."""

    standalone: str
    """Standing by itself, as one would ask it who asked nothing before."""
    asked: str
    """The words in which it asks: they tell its kind and what is counted."""


def standalone(question: str, history: Sequence[str]) -> str:
    """The question with its topic filled in from the earlier ones (oldest first), or as it is.

    A question that names its own place, title or numbered name and does not point back is a new topic.
    """
    return interpretations(question, history)[0].standalone


def interpretations(question: str, history: Sequence[str]) -> tuple[Interpretation, ...]:
    """How the question may be meant, likeliest first.

    There are two where nothing points back and the question is too short to tell: it belongs to what was asked
    before or, if that has no answer, stands by itself.
    """
    previous = ""
    for earlier in history:
        if earlier.strip() and not _CHATTER.fullmatch(earlier.strip()):
            previous = _interpretations(earlier, previous)[0].standalone
    return _interpretations(question, previous)


def _interpretations(question: str, previous: str) -> tuple[Interpretation, ...]:
    own = Interpretation(question, question)
    plain = question.strip().strip("？?。！!，, ")
    if not previous or not plain or _CHATTER.fullmatch(plain):
        return (own,)
    topic = topic_of(previous)
    filled = _elliptical(plain, topic) or _pointing_back(plain, topic)
    if filled:
        return (filled,)
    rest = _LEADS_ON.sub("", plain)
    led_on = rest != plain
    if _is_new_topic(rest, led_on):
        # Of the articles just listed: “最早的是哪篇”.
        within = read_corpus_question(rest) and not re.search(_ARTICLE, rest) and topic.thing.endswith("的文章")
        return (_whole(f"{topic.thing}里{rest}"),) if within else (_whole(rest) if led_on else own,)
    continued = _continued(rest, topic)
    return (continued,) if led_on or fields_asked(rest) or not content_terms(rest) else (continued, own)


def _elliptical(plain: str, topic: Topic) -> Interpretation | None:
    """Questions that are nothing without the one before: 还有呢, 为什么, 那青海呢, 详细说说第二点."""
    if _MORE.match(plain):
        return _whole(f"{topic.article}还说了什么")
    if _WHY.match(plain):
        return _whole(topic.why)
    if (when := _WHEN.match(plain)) and not fields_asked(plain):
        return _whole(f"{topic.thing}是什么时候{when.group('rest') or '的事'}")
    if (who := _WHO.match(plain)) and not fields_asked(plain):
        return _whole(f"{topic.thing}是谁{who.group('rest')}")
    ordinal = _ORDINAL.search(plain)
    if ordinal and _ONLY_ORDINAL.match(plain):
        more = "具体" if re.search(r"详细|具体|展开|仔细|解释|怎么", plain) else ""
        return _whole(f"{topic.whole_list}中的{ordinal.group()}{more}是什么")
    against = _AGAINST.match(plain)
    if against and (compared := topic.against(against.group("other"))):
        return _whole(compared)
    bare = _BARE.match(plain)
    if bare and not _OF_THE_TEXT.match(bare.group("thing")) and not _pronoun(bare.group("thing")):
        return _whole(in_its_place(bare.group("thing"), topic))
    return None


def _pronoun(text: str) -> bool:
    return bool(_OF_THE_THING.search(text) or _OF_THE_PLACE.search(text) or _AMONG.match(text))


def _whole(text: str) -> Interpretation:
    return Interpretation(text, text)


def _pointing_back(plain: str, topic: Topic) -> Interpretation | None:
    """它, 其中, 该局, 这篇文章 replaced by what they point at."""
    rest = _asking(_LEADS_ON.sub("", plain))
    among = _AMONG.match(rest)
    if among:
        return Interpretation(f"{topic.whole_list}中的{rest[among.end() :]}", rest[among.end() :])
    text = _OF_THE_TEXT.match(rest)
    if text:
        behind = rest[text.end() :]
        joint = "的" if text.group().endswith("的") else ""
        return Interpretation(f"{topic.article}{joint}{behind}", rest)
    thing = topic.article if fields_asked(rest) else topic.thing
    for pattern, named in ((_OF_THE_PLACE, topic.owner), (_OF_THE_THING, thing)):
        match = pattern.search(rest)
        if match:
            whole = f"{rest[: match.start()]}{named}{rest[match.end() :]}"
            if match.group() == "其":
                whole = f"{rest[: match.start()]}{named}的{rest[match.end() :].removeprefix('的')}"
            return Interpretation(whole, whole if read_comparison(whole) else rest)
    return None


def _asking(text: str) -> str:
    """“它的作者呢” asks who the author is."""
    if not text.endswith("呢") or ASKING.search(text[:-1]):
        return text
    thing = text[:-1]
    return f"{thing}是谁" if re.search(r"作者|编辑|局长|厅长|书记|主任|负责人|撰稿人", thing) else f"{thing}是什么"


def _is_new_topic(plain: str, led_on: bool) -> bool:
    """Whether it says itself what it is about; what 那 leads on to may name a part of what was asked about before."""
    asked = understand(plain)
    if asked.places or asked.titles or read_corpus_question(plain) or read_comparison(plain):
        return True
    if led_on or fields_asked(plain):
        return False
    said = re.sub(r"[的了在是有]", "", ASKING.sub("", plain))
    return bool(asked.names) or len(said) > _SHORT


def _continued(rest: str, topic: Topic) -> Interpretation:
    """The question asked of what the last one was about: of its article, its owner, its owner at that time."""
    if fields_asked(rest):
        joint = "的" if _NOUN_OF_THE_PAGE.match(rest) else ""
        return Interpretation(f"{topic.article}{joint}{rest}", rest)
    if understand(rest).names:
        return Interpretation(f"{topic.owner}的{rest}", rest)
    return Interpretation(f"{topic.owner if _DATED.match(rest) else topic.owner_then}{rest}", rest)
