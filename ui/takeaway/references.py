"""How a source is named in a report, and the characters that any document can hold: one place for every form."""

from __future__ import annotations

import re

from qa.page_numbers import pages_zh
from qa.recognised import notice
from qa.types import Citation

_BREAK = re.compile(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no form for or discourages, and what shows as nothing anywhere."""
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NESTED = str.maketrans("《》", "〈〉")
"""GB/T 15834: a title within a title takes the single marks."""


def plain(text: str) -> str:
    """The text on one line, without characters that a document can't hold; nothing else is changed."""
    return _FORBIDDEN.sub("", _BREAK.sub(" ", text)).replace("\t", " ").strip()


def reference(citation: Citation) -> str:
    """Where a citation comes from, as Chinese reports put it.

    That is 作者：《标题》，来源，日期，第3页。 What the article does not say is left out.
    """
    author, source = plain(citation.author), plain(citation.source)
    title = (plain(citation.title) or plain(citation.article_id)).translate(_NESTED)
    stated = (f"《{title}》", source, chinese_date(plain(citation.published)), pages_zh(citation))
    about = "，".join(part for part in stated if part)
    return f"{author}：{about}。" if author else f"{about}。"


def note(citation: Citation) -> str:
    """The text of a footnote: the reference and the article's own words, verbatim; whether they were recognised."""
    told = notice(citation)
    recognised = f"（{told.zh}）" if told else ""
    return f"{reference(citation)}原文：{plain(citation.quote)}{recognised}"


def chinese_date(published: str) -> str:
    """“2023-05-06” -> “2023年5月6日”; what is no ISO 8601 date stays as it is."""
    match = _DATE.fullmatch(published)
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else published
