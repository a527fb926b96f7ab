"""Signs that readers of files set into the text of a line, for what only notes.py decides; none is left in an article.

They are noncharacters (U+FDD0 to U+FDD6), which no text has.
"""

from __future__ import annotations

import re

_RAISED, _REFERENCE, _DEFINITION, _CLOSE, _DEEPER = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
_ITEM, _TURN = "\ufdd5", "\ufdd6"

RAISED = re.compile(f"{_RAISED}([^{_RAISED}-{_DEEPER}]*){_CLOSE}")
"""What is set as a superscript: the mark of a note, a power or a word."""
REFERENCE = re.compile(f"{_REFERENCE}([^{_RAISED}-{_DEEPER}]*){_CLOSE}")
"""Where a note is referred to, by its label."""
DEFINITION = re.compile(f"{_DEFINITION}([^{_RAISED}-{_DEEPER}]*){_CLOSE}")
"""What a line of a note begins with."""
DEEPER = re.compile(f"{_DEEPER}+")
"""What a line of a list within a list begins with, once a level."""
ITEM = re.compile(f"{_DEEPER}*{_ITEM}")
"""What an item of a list without numbers begins with, behind the signs of its level."""
TURN = re.compile(f"{_TURN}(\\d+){_TURN}")
"""Where a paragraph goes on to another page, with the number of that page."""
_ANY = re.compile(f"[{_RAISED}-{_ITEM}]")
_MARKS = re.compile(f"[{_RAISED}{_REFERENCE}{_DEFINITION}][^{_RAISED}-{_DEEPER}]*{_CLOSE}")


def raised(text: str) -> str:
    """A superscript."""
    return f"{_RAISED}{without_signs(text)}{_CLOSE}"


def reference(note: str) -> str:
    """A reference to the note with this label."""
    return f"{_REFERENCE}{without_signs(note)}{_CLOSE}"


def definition(note: str) -> str:
    """What the lines of a note begin with: its label, and where others have the same, a blank and what no other has."""
    return f"{_DEFINITION}{without_signs(note)}{_CLOSE}"


def deeper(levels: int) -> str:
    """What a line of a list begins with that lies in so many others."""
    return _DEEPER * levels


def item(levels: int) -> str:
    """What an item begins with that has no number, of a list that lies in so many others."""
    return deeper(levels) + _ITEM


def page_turn(page: int) -> str:
    """What stands in a line where it goes on to this page of the file, counted from 1."""
    return f"{_TURN}{page}{_TURN}"


def without_turns(text: str) -> str:
    """The text without the signs of its pages."""
    return TURN.sub("", text)


def without_signs(text: str) -> str:
    """The text with what signs enclose, but without them; those of pages stay."""
    return _ANY.sub("", text)


def without_marks(text: str) -> str:
    """The text without superscripts, references and pages: what tells how a line begins and ends."""
    return without_signs(_MARKS.sub("", without_turns(text)))
