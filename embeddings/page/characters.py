"""Characters and lines: whitespace tidied without rewriting what the author wrote, and folding for comparison."""

from __future__ import annotations

import re
import unicodedata

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
SENTENCE_END = "。！？!?；;…"

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff\ufff9-\ufffb]")
# A zero-width joiner inside an emoji sequence is part of the character that the reader sees.
_STRAY_JOINER = re.compile(
    r"(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
_BLANK = re.compile(r"\s+")
_NEWLINE_IN_HAN = re.compile(rf"(?<=[{HAN}，。、；：！？”’）》」』])[ \t]*[\r\n]\s*(?=[{HAN}，。、；：！？“‘（《「『])")
_NOT_WORD = re.compile(r"[\W_]+")


def tidy(line: str) -> str:
    """Return `line` with every run of whitespace made one space, invisible characters dropped, ends stripped.

    All other characters stay exactly as written (no NFKC).
    """
    return _BLANK.sub(" ", _STRAY_JOINER.sub("", _CONTROL.sub("", line))).strip()


def tidy_cells(line: str) -> str:
    """Return `line` with every cell of it tidied, the tabs between them kept: an empty cell keeps its place."""
    tidied = "\t".join(map(tidy, line.split("\t")))
    return tidied if tidied.strip() else ""


def join_wrapped_source(text: str) -> str:
    """Drop line breaks between Chinese characters: in HTML source they wrap a line, they separate no words."""
    return _NEWLINE_IN_HAN.sub("", text)


def fold(text: str) -> str:
    """Return what two spellings of one text have in common: NFKC, lower case, without spaces and punctuation."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def is_sentence(line: str) -> bool:
    """Tell running text from labels and headings: it is long, or it ends a sentence and isn't tiny."""
    if len(line) >= 80:
        return True
    return len(line) >= 12 and line.rstrip("”’\"')）】」』 ")[-1:] in tuple(SENTENCE_END.replace("…", ""))
