"""Sentences in which a language model says that the passages do not answer."""

from __future__ import annotations

import re

_GIVEN = (
    r"(?:(?:所|已)?(?:提供|给出|给定|现有|已有|检索到|上述|以上|这些|该|本|此)的?)*"
    r"(?:资料|材料|文章|文本|原文|段落|上下文|语料|信息|文献|内容|文段|来源|片段)(?:里|中|内|当中)?"
)
_NOT = r"(?:并?没有?|并未|未曾?|未能|不曾|无法|不能|不足以|难以|不包含|不涉及|无)"
_SAYS = (
    r"(?:明确|直接|具体|详细|足够|充分|任何|相关|有关|进一步|可以|能够)*(?:地|的)?"
    r"(?:提到|提及|提供|说明|给出|包含|涉及|记载|介绍|描述|列出|指出|显示|披露|找到|查到|检索到|回答|确定|得知|判断|得出|"
    r"支持|信息|内容|答案|资料|说)"
)
_REFUSALS = (
    rf"{_GIVEN}[^，。,.]{{0,12}}?{_NOT}{_SAYS}",
    rf"{_NOT}(?:在|从|根据|依据|由|基于)?{_GIVEN}[^，。,.]{{0,8}}?{_SAYS}",
    rf"(?:根据|依据|从|由|基于|在|按){_GIVEN}[^。]{{0,20}}?{_NOT}{_SAYS}",
    rf"^(?:很?抱歉|对不起|不好意思|遗憾)[^。]{{0,40}}?{_NOT}",
    rf"^(?:我|暂时?|目前|尚)*{_NOT}(?:{_SAYS}){{1,3}}(?:相关|有关)?(?:的)?(?:信息|内容|答案|资料|问题)?",
    rf"{_GIVEN}(?:不足|不够|有限|缺乏|缺失)",
    r"^(?:我|本人)?不(?:知道|清楚|了解)(?:[，,。]|$)",
    r"^作为(?:一[个名])?(?:AI|人工智能|语言模型|智能助手)",
)
_REFUSALS_EN = (
    r"\b(?:passages?|sources?|documents?|context|articles?|text|materials?|information)\b[^.]{0,40}\b(?:do(?:es)?|did|is|are)"
    r" ?(?:not|n[’']t)\b[^.]{0,30}\b(?:mention|say|state|contain|provide|specify|include|answer|enough|sufficient)",
    r"\b(?:no|not enough|insufficient)\b[^.]{0,20}\b(?:information|mention|passage|evidence)\b",
    r"^(?:sorry|unfortunately|i(?: am|[’']m)? (?:can ?not|can[’']t|do not know|don[’']t know|unable|sorry))\b",
    r"\bnot (?:mentioned|stated|specified) in (?:the )?(?:passages?|sources?|documents?|context|articles?|text)",
)
_REFUSAL = re.compile("|".join((*_REFUSALS, *_REFUSALS_EN)), re.I)
_LONGEST = 160
"""A sentence longer than this, in characters, says something else too."""


def is_refusal(text: str) -> bool:
    """Whether the sentence says that the passages do not answer (“资料中没有提到…”, “未提及”), and nothing else."""
    said = text.strip()
    return len(said) <= _LONGEST and _REFUSAL.search(said) is not None
