"""What stands in angle brackets in a reply: thoughts are left out whole, of formatting the text stays."""

from __future__ import annotations

from collections.abc import Iterator

_THOUGHTS = ("think", "thinking", "thought", "reasoning")
_FORMATS = ("b", "i", "u", "p", "em", "strong", "span", "mark", "div", "ul", "ol", "li", "sup", "sub")
_BREAKS = frozenset({"<br>", "<br/>", "<br />", "</p>", "</li>", "</div>"})
_OPENS = frozenset(f"<{name}>" for name in _THOUGHTS)
_CLOSES = frozenset(f"</{name}>" for name in _THOUGHTS)
_TAGS = frozenset({*_OPENS, *_CLOSES, *_BREAKS, *(f"<{s}{name}>" for name in _FORMATS for s in ("", "/"))})
_BEGINNINGS = frozenset(tag[:n] for tag in _TAGS for n in range(1, len(tag)))


class TagFilter:
    """Passes on the characters of a reply that are no part of a tag or a thought; the pieces may cut a tag anywhere."""

    def __init__(self) -> None:
        self._held = ""
        self._in_thought = False

    def feed(self, piece: str) -> Iterator[str]:
        """The characters that are settled, in order; what may become a tag waits for the next piece."""
        for character in piece:
            yield from self._take(character)

    def end(self) -> str:
        """What was held back and turned out to be text."""
        held, self._held = self._held, ""
        return "" if self._in_thought else held

    def _take(self, character: str) -> Iterator[str]:
        tag = (self._held + character).lower()
        if tag in _TAGS:
            self._held = ""
            self._in_thought = tag in _OPENS or (self._in_thought and tag not in _CLOSES)
            if tag in _BREAKS and not self._in_thought:
                yield "\n"
        elif tag in _BEGINNINGS:
            self._held += character
        elif self._held:
            if not self._in_thought:
                yield from self._held
            self._held = ""
            yield from self._take(character)
        elif not self._in_thought:
            yield character
