"""Whether a question names the parts of a list, or what announces them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from embeddings.folding import squeeze
from embeddings.structure.enumerators import without_enumerator
from embeddings.structure.part_groups import PartGroup, part_groups
from embeddings.structure.sentences import sentences
from embeddings.types import Article, Outline, Section, Span
from qa.retrieving.term_weights import TermWeights
from qa.understanding.names import names_in, numbered_name
from qa.understanding.question import Question

_SHORTEST_HEADING = 3
"""Characters of a heading that a question says by no accident."""
_WHICH = re.compile(
    r"(?:哪些|哪?几)[个种类项条件张本支份块]?(?P<noun>[\u4e00-\u9fff]{1,3}?[组单账表站队点线区岗院村镇乡县法])(?:$|[，,。？?、组])"
)
"""What is asked for, and is called by its last character."""
_ONLY_LABEL = re.compile("(?P<called>[\u4e00-\u9fff]{2,8})[：:]")
_WHICH_OF = "(?:哪些|哪?几[个种项条份张件样家位])"
_ARE_WHICH = "(?:清单|名单)?(?:都|分别|具体|一共|共|里面|里)*(?:是|有|包括|为|叫)?(?:哪些|哪?几|什么|啥|谁)"
"""What asks which those are that a label opens, before it and behind it."""
_LONGEST_CALLED = 8
"""Characters of what a part is called; more is a sentence that happens to end so."""
_SHORTEST_COUNTED = 2
"""Characters of what a name counts, that several leads say by no accident."""
_LEAST_SHARE = 0.5
"""Share of the question's terms that its heading says of a section that is meant."""
_SHORT = 200
"""Characters before the parts that all announce them; of more, only the first and the last sentence."""


def groups_of(article: Article, outline: Outline) -> Iterator[PartGroup]:
    """All runs of parts of an article that something announces, and the parts of its names."""
    return (group for group in part_groups(article, outline) if group.before.start < group.before.end)


def groups_for(question: Question, article: Article, outline: Outline) -> Iterator[PartGroup]:
    """The same, and of a longer run the parts that the name counts: 三张清单 of an article's seven sections."""
    for group in groups_of(article, outline):
        yield group
        if counted := _counted_by_name(question, group):
            yield replace(group, parts=counted, whole_article=False)


def _counted_by_name(question: Question, group: PartGroup) -> tuple[Section, ...]:
    """The parts one after the other whose leads say what the name counts, as many as it says; none where all do."""
    name = numbered_name(question.names[0]) if question.names else None
    if name is None or len(name.head) < _SHORTEST_COUNTED or not 1 < name.count < len(group.parts):
        return ()
    saying = [n for n, lead in enumerate(_leads(group)) if name.head in lead]
    in_row = len(saying) == name.count and saying[-1] - saying[0] == name.count - 1
    return group.parts[saying[0] : saying[-1] + 1] if in_row else ()


def is_named(question: Question, group: PartGroup) -> bool | None:
    """Whether the announcement says the question's name, or the parts spell it out; None where it has no name."""
    if not question.names or _counts_others(question):
        return None
    # “定跟核评” is announced as “定、跟、核、评”, too.
    asked, announcing = (squeeze(text).replace("、", "") for text in (question.names[0], announcing_text(group)))
    counts_agree = question.count in (None, len(group.parts))
    if is_spelled(question, group):
        return True
    if asked.isdigit():
        return _numbered_in_order(question, group) and asked in announcing
    if asked in announcing and not _heads_one(asked, group) and not opens_another(asked, group):
        # Of another number of parts too, where the very words announce them: the answer then says so.
        return not group.whole_article or (counts_agree and question.count is not None)
    return counts_agree and _echoes(question, group)


def _counts_others(question: Question) -> bool:
    """Whether it asks for another number of things than its name counts: “搞四联四促总结出哪三条体会”."""
    name = numbered_name(question.names[0])
    return name is not None and question.count is not None and name.count != question.count


def is_headed(question: Question, group: PartGroup, weights: TermWeights) -> bool:
    """Whether the question says the whole heading of the section whose parts they are, and little else.

    Or asks which those are that a label opens: “附件：” of “带了哪几个附件”.
    """
    if _is_labelled(question, group):
        return True
    if group.heading is None:
        return False
    heading = without_enumerator(group.article.text, group.heading)
    said = squeeze(group.article.text[heading.start : heading.end]).strip("【】：:。；;")
    is_said = len(said) >= _SHORTEST_HEADING and said in squeeze(question.text)
    return is_said and weights.share(weights.found(said)) >= _LEAST_SHARE


def _is_labelled(question: Question, group: PartGroup) -> bool:
    last = sentences(group.article.text, group.before)[-1]
    label = _ONLY_LABEL.fullmatch(squeeze(group.article.text[last.start : group.parts[0].start]))
    if label is None:
        return False
    called, asked = label["called"], squeeze(question.text)
    return re.search(f"{_WHICH_OF}{called}|{called}{_ARE_WHICH}", asked) is not None


def announcing_text(group: PartGroup) -> str:
    """All before the parts of an article or where it is short; else its first sentence and its last."""
    text = group.article.text
    if group.whole_article:
        return text[group.before.start : group.before.end]
    return "".join(text[span.start : span.end] for span in announcing_spans(group))


def announcing_spans(group: PartGroup) -> tuple[Span, ...]:
    """What announces the parts: all before them where it is short, else its first sentence and its last."""
    if group.before.end - group.before.start <= _SHORT:
        return (group.before,)
    spans = sentences(group.article.text, group.before)
    return (spans[0], spans[-1])


def _leads(group: PartGroup) -> list[str]:
    return [squeeze(group.article.text[p.heading.start : p.heading.end]) for p in group.parts]


def _heads_one(asked: str, group: PartGroup) -> bool:
    """Whether the name is what one of the parts is called: then it is that part's own list."""
    said = [asked in lead for lead in _leads(group)]
    return any(said) and not all(said)


def opens_another(asked: str, group: PartGroup) -> bool:
    """Whether the name is announced before a sentence that counts the parts by another (最后说三个盼头)."""
    text = group.article.text
    spans = sentences(text, group.before)
    last = text[spans[-1].start : spans[-1].end] if len(spans) > 1 else ""
    counted = numbered_name(asked) is not None and any(map(numbered_name, names_in(last)))
    named = squeeze(asked)
    return counted and named not in squeeze(last) and named in squeeze(announcing_text(group))


def is_called_alike(question: Question, group: PartGroup) -> bool:
    """Whether all parts are called what the question asks which of there are: 疏导组, 医疗组 … of “几个小组”."""
    asked = _WHICH.search(question.text)
    leads = [lead.strip("：:“”‘’《》【】") for lead in _leads(group)]
    short = all(len(lead) <= _LONGEST_CALLED for lead in leads)
    return asked is not None and short and all(lead.endswith(asked["noun"][-1]) for lead in leads)


def is_spelled(question: Question, group: PartGroup) -> bool:
    """Whether each character of the name is what one part after the other is called: 定, 跟, 核, 评 of “定跟核评”."""
    asked = squeeze(question.names[0]).replace("、", "") if question.names else ""
    leads = (group.article.text[part.heading.start : part.heading.end] for part in group.parts)
    quoted = (re.search(r"[“‘「](.)[”’」]", lead) for lead in leads)
    return len(asked) > 1 and list(asked) == [said[1] if said else "" for said in quoted]


def says_how_many(group: PartGroup) -> bool:
    """Whether the sentence before the parts opens them with a colon and says how many they are: “主要来自三处：”."""
    last = sentences(group.article.text, group.before)[-1]
    said = group.article.text[last.start : group.parts[0].start].rstrip()
    numerals = "〇一二三四五六七八九十"
    count = len(group.parts)
    spelled = f"[{count}{numerals[count]}{'两' if count == 2 else ''}]" if count < len(numerals) else str(count)
    return re.search(rf"(?<![\d{numerals}第]){spelled}[^，,。；;\d]{{0,8}}[:：]$", said) is not None


def _numbered_in_order(question: Question, group: PartGroup) -> bool:
    """Whether a name such as 12345 is spelled out by the parts: “1”是…, or 一个…, 两大…, 三大…, 四大…, 五个…."""
    numerals = ("1一", "2二两", "3三", "4四", "5五", "6六", "7七", "8八", "9九")
    spelled = zip(numerals, _leads(group), strict=False)
    return question.count == len(group.parts) and all(any(n in lead for n in numeral) for numeral, lead in spelled)


def _echoes(question: Question, group: PartGroup) -> bool:
    """Whether every part repeats the thing counted: 四个融合 where each of the leads says 融合."""
    name = numbered_name(question.names[0]) if question.names else None
    return name is not None and all(name.head in lead for lead in _leads(group))


def announcement_of(question: Question, group: PartGroup) -> Span:
    """The sentence with the name asked for; else a section's first, an article's last before the parts."""
    text = group.article.text
    spans = sentences(text, group.before)
    for name in question.names[:1]:
        said = [(span, text[span.start : span.end]) for span in spans]
        named = [(span, words) for span, words in said if squeeze(name) in squeeze(words)]
        # “四小” is announced where it stands by itself, and not in “一池带四小”.
        alone = (span for span, words in named if not re.search(rf"[“‘「][^”’」]+{re.escape(name)}", words))
        if named:
            return next(alone, named[0][0])
    return spans[-1] if group.whole_article or _is_labelled(question, group) else spans[0]
