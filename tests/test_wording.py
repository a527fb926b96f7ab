"""The page's words in two languages."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from ui import scripts
from ui.web.page import translations
from ui.wording import WORDS, labelled, said


def test_both_wordings_are_there_and_escaped() -> None:
    soup = BeautifulSoup(said("甲<b>", "A & <i>"), "html.parser")
    assert [(part["class"], part["lang"], part.text) for part in soup.find_all("span")] == [
        (["zh"], "zh-CN", "甲<b>"),
        (["en"], "en", "A & <i>"),
    ]
    named = labelled('甲"<', "B>")
    button = BeautifulSoup(f"<button {named}></button>", "html.parser").button
    assert button is not None
    assert (button["aria-label"], button["data-label-en"]) == ('甲"<', "B>")


def test_every_word_on_a_component_has_its_english() -> None:
    source = scripts.packaged("asking/ask_tab.py") + scripts.packaged("web/page.py")
    assert set(re.findall(r'\blabel\("(.+?)"\)', source)) == set(WORDS)
    told = translations().translations
    assert told["zh-CN"] == {word: word for word in WORDS}
    assert told["en"] == WORDS
