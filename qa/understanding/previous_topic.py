"""What a question was about, in the pieces that a follow-up may take over: whom, what, when, which article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from embeddings.reading.places import find_places
from qa.understanding.comparison_questions import read_comparison
from qa.understanding.corpus_questions import CorpusQuestion, read_corpus_question
from qa.understanding.names import titles_in
from qa.understanding.page_fields import description, fields_asked
from qa.understanding.question import topic
from qa.understanding.wording import ASKING

_TIME = r"(?:(?:19|20)\d\d年?(?:\d{1,2}月)?|去年|今年|前年|上半年|下半年|全年|本月|上个?月|当年|年初以来|近年来?)"
_UNIT = (
    r"局|厅|委员会|办公室|研究院|监测站|林业站|中心|图书馆|博物馆|医院|大学|学院|学校|公司|集团|法院|检察院|政府|党组|党委|"
    r"党支部|支部|支队|街道|社区|协会|合作社|馆|站|院|镇|乡|村|县|市|省|区"
)
_OWNER = re.compile(rf"^(?P<owner>[^的，,]{{1,24}}(?:{_UNIT}))(?!长)")
_FIRST_OWNER = re.compile(rf"^(?P<owner>[^的，,]{{1,24}}?(?:{_UNIT})(?:党组|党委|党支部|机关党委|机关党支部)?)(?!长)")
_OF = re.compile(rf"^(?P<owner>[^的，,：“《]{{2,20}}?)(?P<time>{_TIME})?的(?P<thing>.+)$")
_STEM = re.compile(rf"^(?P<owner>[^的，,]{{2,20}}?)(?P<time>{_TIME})")
_ORDINAL_ASKED = re.compile(
    r"(?:里|中|其中)?的?第[一二三四五六七八九十\d]{1,3}(?:个方面|[个项条点种类步招]|方面|部分)(?:具体)?$"
)
_OF_THE_PAGE = re.compile(r"的?(?:作者|撰稿|编辑|标题|题目|来源|发表|发布|刊登|上传|谁写|是谁|什么时候|何时|哪)")
_AMOUNT = re.compile(r"多少|几|多大|多高|多长")


@dataclass(frozen=True, slots=True)
class Topic:
    """The last question that stood by itself, and what it was about."""

    question: str
    thing: str
    """Without the words of asking: 泰安的12345工作法; of a question on an article, 《…》."""
    owner: str
    """Whom it was about: 泰安, 港务局; where no one can be told from the rest, the whole thing."""
    owner_then: str
    """The same with its time: 咸宁2018年; with a comma behind it where it is the whole thing."""

    @property
    def article(self) -> str:
        """The article it was about, as one would call it."""
        titles = titles_in(self.question)
        if titles:
            return f"《{titles[0]}》"
        if re.search(r"(?:文章|报道|稿件)$", self.thing):
            return self.thing
        return f"讲{self.whole_list}的文章"

    @property
    def whole_list(self) -> str:
        """The thing, and not the one part of it that was asked for last."""
        return _ORDINAL_ASKED.sub("", self.thing)

    @property
    def why(self) -> str:
        """The question why it is so."""
        if read_comparison(self.question):
            return f"{self.thing}为什么不同"
        if _AMOUNT.search(self.question) and self.thing.endswith("了"):
            return f"{self.owner_then}为什么{self.thing.removeprefix(self.owner_then)}这么多"
        if _AMOUNT.search(self.question):
            return f"{self.thing}为什么是这样"
        if self.owner == self.thing or self.thing.startswith(f"{self.owner}的"):
            return f"{self.thing}为什么这样做"
        return f"{self.owner}为什么{self.thing.removeprefix(self.owner)}"

    def against(self, other: str) -> str:
        """The question in what the owner and another differ, or empty where the last one has no owner to compare."""
        places = find_places(self.thing)
        mine = places[0] if places else self.owner
        if mine == self.thing or mine not in self.thing or read_comparison(self.question):
            return ""
        return f"{self.thing.replace(mine, f'{mine}和{other}', 1)}有什么不同"


def topic_of(question: str) -> Topic:
    """What a question that stands by itself is about."""
    titles = titles_in(question)
    plain = question.strip().strip("？?。！! ")
    if titles and (fields_asked(plain) or plain.startswith("《")):
        named = f"《{titles[0]}》"
        return Topic(plain, named, named, named)
    compared, corpus = read_comparison(plain), read_corpus_question(plain)
    if compared:
        named = "和".join(side.name for side in compared.sides) + (f"的{compared.asked}" if compared.asked else "")
        return Topic(plain, named, named, named)
    if corpus and corpus.listed == "article" and not corpus.negated and (named := _articles(corpus)):
        return Topic(plain, named, named, named)
    described = description(plain)
    if described:
        named = f"{described[0]}的文章"
        return Topic(plain, named, named, named)
    thing = topic(_without_fields(plain)) or plain
    owner, then = _owner_of(thing, plain)
    return Topic(plain, thing, owner or thing, then or f"{thing}，")


def _articles(corpus: CorpusQuestion) -> str:
    """The articles that a question on the corpus means, or empty where it means all."""
    by, source = corpus.publication.author, corpus.publication.source
    said = [f"提到{'和'.join(corpus.about)}"] if corpus.about else []
    said += [f"{by}写"] if by else [f"{source}发表"] if source else []
    return f"{'、'.join(said)}的文章" if said else ""


def _without_fields(question: str) -> str:
    """“泰安的12345工作法的作者是谁” was about 泰安的12345工作法."""
    if not fields_asked(question):
        return question
    before = _OF_THE_PAGE.split(question)[0]
    return before if len(before) >= 2 else question


def _owner_of(thing: str, question: str) -> tuple[str, str]:
    """Whom the question is about and the same with its time: in front of the first 的, by a place, by an office."""
    of, stem, unit = _OF.match(thing), _STEM.match(thing), _FIRST_OWNER.match(thing)
    if stem:
        return stem.group("owner"), f"{stem.group('owner')}{stem.group('time')}"
    if of:
        # “山谷县种树的成活率” is of 山谷县; “港城的…” of 港城, which no suffix marks.
        office = _OWNER.match(of.group("owner"))
        owner = office.group("owner") if office else of.group("owner")
        return owner, f"{owner}{of.group('time') or ''}"
    if unit and not ASKING.search(unit.group("owner")):
        return unit.group("owner"), unit.group("owner")
    places = find_places(question)
    if places:
        match = re.search(rf"{places[0]}[省市县州]?", question)
        name = match.group() if match else places[0]
        return name, name
    return "", ""
