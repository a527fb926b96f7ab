"""Superscripts in Word documents that are set by a style or by raising the text, marked as superscripts themselves."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from embeddings.word.properties import Styles, W, find, value, whole

_RAISED = 4
"""By how many half points raised text is a superscript."""
_LONGEST = 8
"""Characters of a superscript; what is longer only stands a little higher."""


def mark_superscripts(document: Element, styles: Styles) -> None:
    """Give every run of a document's root that is set as a superscript the property that says so."""
    for run in document.iter(f"{W}r"):
        properties = find(run, "rPr")
        text = "".join(part.text or "" for part in run.iter(f"{W}t"))
        if properties is None or not text or len(text) > _LONGEST or find(properties, "vertAlign") is not None:
            continue
        if whole(value(properties, "position")) >= _RAISED or _by_style(value(properties, "rStyle"), styles):
            SubElement(properties, f"{W}vertAlign").set(f"{W}val", "superscript")


def _by_style(style: str, styles: Styles) -> bool:
    said = (value(above, "rPr/vertAlign") for above in styles.above(style))
    return next(filter(None, said), "") == "superscript"
