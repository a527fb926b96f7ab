"""An answer as plain text, as the button “copy with sources” puts it on the clipboard."""

from __future__ import annotations

from qa.page_numbers import pages_zh
from qa.recognised import notice_line
from qa.standing import badge_line
from qa.types import Answer, Citation


def with_sources(answer: Answer) -> str:
    """The answer with its markers, then its sources, numbered; of a refusal the nearest passages, as such.

    Where it is unsure, or none, its first line says so.
    """
    text = f"{badge_line(answer)}{answer.text}"
    cited = answer.nearest if answer.abstained else answer.citations
    if not cited:
        return text
    title = "最接近的段落（不是答案）：" if answer.abstained else "出处："
    return "\n".join([text, "", title, *map(_source, cited)])


def _source(citation: Citation) -> str:
    stated = (citation.author, citation.source, citation.published, pages_zh(citation), citation.url)
    said = "，".join(part for part in stated if part)
    quote = " ".join(citation.quote.split())
    told = notice_line(citation)
    recognised = f"（{told}）" if told else ""
    return f"[{citation.number}] 《{citation.title}》{said}\n    “{quote}”{recognised}"
