"""On which pages of its file something cited stands, in words: the same wherever sources are shown."""

from __future__ import annotations

from qa.types import Citation


def pages_zh(*citations: Citation) -> str:
    """“第3页”, “第3—4页”, “第3、7—8页”; empty where the file has no pages."""
    said = "、".join(f"{first}—{last}" if last > first else f"{first}" for first, last in _runs(citations))
    return f"第{said}页" if said else ""


def pages_en(*citations: Citation) -> str:
    """“p. 3”, “pp. 3–4”, “pp. 3, 7–8”; empty where the file has no pages."""
    runs = _runs(citations)
    said = ", ".join(f"{first}–{last}" if last > first else f"{first}" for first, last in runs)
    several = len(runs) > 1 or any(last > first for first, last in runs)
    return f"{'pp.' if several else 'p.'} {said}" if said else ""


def pages_both(citation: Citation) -> str:
    """“第3页 p. 3”, for lines that are in both languages."""
    return f"{pages_zh(citation)} {pages_en(citation)}".strip()


def _runs(citations: tuple[Citation, ...]) -> list[tuple[int, int]]:
    """The pages of all of them as first and last of those that follow each other."""
    runs: list[tuple[int, int]] = []
    for first, last in sorted({(citation.page, citation.page_end) for citation in citations if citation.page}):
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    return runs
