"""What the page itself says, in Chinese and in English: both are in the HTML, and the style sheet shows one."""

from __future__ import annotations

from html import escape

from gradio.i18n import I18nData

WORDS = {
    "问答": "Ask",
    "文库": "Library",
    "图景": "Overview",
    "新对话": "New chat",
    "问题": "Question",
    "输入问题": "Ask a question",
    "提问": "Ask",
    "停止": "Stop",
}
"""English for the words on gradio's own components, which `label` shows."""


def said(zh: str, en: str) -> str:
    """Both wordings as HTML; which of the two is seen depends on the language chosen. Escapes them."""
    return f'<span class="zh" lang="zh-CN">{escape(zh)}</span><span class="en" lang="en">{escape(en)}</span>'


def labelled(zh: str, en: str) -> str:
    """Attributes that name an element for who can't see it; the page's script puts the English name in place."""
    return f'aria-label="{escape(zh)}" data-label-en="{escape(en)}"'


def label(zh: str) -> I18nData:
    """The words on a component of gradio; their English stands in the WORDS of whoever builds the component."""
    return I18nData(zh)
