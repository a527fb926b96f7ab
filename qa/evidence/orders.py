"""Sentences of articles that speak to a language model: data, never instructions."""

from __future__ import annotations

import re

_QUOTED = "[“”\"'‘’「」『』]"
_INSTRUCTS = re.compile(
    "|".join(
        (
            r"(?:忽略|无视|忘记|忘掉|抛开|不要?理会|不再?遵守|绕过).{0,8}(?:以上|之前|前面|此前|上面|上述|先前|所有|一切|全部|原有|系统|安全)"
            r".{0,8}(?:指令|指示|提示|命令|规则|设定|限制|对话|内容)",
            r"(?:你|您)(?:现在|从现在起|今后)?(?:是|扮演|充当|变成|叫做?).{0,12}(?:助手|助理|AI|人工智能|模型|机器人|GPT|assistant)",
            r"(?:作为|身为)(?:一[个名])?(?:AI|人工智能|语言模型|大模型|智能助[手理])",
            r"(?:AI|人工智能|语言模型|大模型|智能|问答)(?:助[手理]|系统|模型)?.{0,4}(?:请|须|应当?|务必|注意|听好|阅读).{0,20}"
            r"(?:回答|回复|输出|答复|告诉|声称|写)",
            rf"(?:只|请|直接|务必|必须|一律|统一|均|都|应当?)(?:要|能|可|需)?(?:回答|回复|输出|答复|复述)(?:[:：]|为|道|说)?\s*{_QUOTED}",
            r"(?:任何|所有|一切|无论什么|不管什么|每个)(?:问题|提问|询问).{0,10}(?:回答|回复|答复|输出)\s*[:：“\"'‘「]",
            r"(?:系统)?提示词|(?:系统|开发者)(?:提示|指令|消息|模式)|越狱|(?:请|要)?在(?:你的)?(?:答案|回答|回复)(?:的)?(?:开头|末尾|结尾|最后|里|中)"
            r"(?:加上?|写上?|附上?|注明|包含|插入)",
            r"(?:不要|不得|禁止|无需|不必)(?:再)?(?:引用|标注|注明|给出|提供)(?:来源|出处|编号|引文)",
            r"(?:引用|来源|编号|出处)(?:一律|都|均|统一)?(?:标|写|记|注)(?:为|成|作).{0,4}\d",
            r"\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:instructions?|prompts?|rules?|above|previous|context)\b",
            r"\b(?:system prompt|jailbreak|you are (?:now )?(?:an? )?(?:ai|assistant|chatbot|language model))\b",
            r"\b(?:respond|reply|answer|output|say)\b.{0,12}\b(?:only|exactly|with)\b",
            r"</?\s*(?:资料|提纲)|<\|[a-z_]+\|>|\[/?INST\]|<</?SYS>>|^\s*(?:system|assistant|user|human|助手)\s*[:：]|#{2,}\s*(?:system|instructions?)",
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)


def speaks_to_a_model(text: str) -> bool:
    """Whether a sentence gives orders to a language model, or passes itself off as a part of a prompt."""
    return bool(_INSTRUCTS.search(text))
