"""What Markdown writes by indents and brackets, set into its source: nested lists, footnotes, captions of figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from embeddings.page.signs import deeper, definition, item, reference

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_BULLET = r"[-*+•](?=[ \t]+\S)"
_ITEM = re.compile(rf"(?P<indent>[ \t]*)(?P<mark>{_BULLET}|\d{{1,9}}[.)](?=[ \t]+\S))[ \t]+")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*$")
_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*(.*)")
_REFERENCE = re.compile(r"(?<!\\)\[\^([^\]\s]{1,60})\]")
_BLOCKS = ("#", ">", "|", "<", "```", "~~~")
_CODE = re.compile(r"(`+)(?:.*?)(?<!`)\1(?!`)")

_FIGURE = re.compile(r"\s*!\[([^\[\]]{2,200})\]\([^()\s]+(?:\s+\"[^\"]*\")?\)\s*")
_NO_CAPTION = re.compile(
    r"[\x00-\xff]*|.*(?:图片描述|图片说明|插入图片|微信图片|屏幕截图).*|图片?\d*|(?:image|img|截图).*", re.IGNORECASE
)


def with_captions(text: str) -> str:
    """The source with what stands for a figure that is a line of its own as that line, where no other line says it."""
    lines = text.splitlines()
    said = {line.strip().strip("*_> ") for line in lines}
    return "\n".join(line if code else _with_caption(line, said) for line, code in _with_code(lines))


def _with_caption(line: str, said: Set[str]) -> str:
    figure = _FIGURE.fullmatch(line)
    caption = figure[1].strip() if figure else ""
    return caption if caption and not _NO_CAPTION.fullmatch(caption) and caption not in said else line


def with_footnotes(text: str) -> str:
    """The source with its footnotes' marks as signs, and their texts, as signed lines, at its end.

    What has no text is a mark where it is a number, and else stays as written.
    """
    lines, notes = _split(text.splitlines())
    called = _labels([*lines, *(line for note in notes.values() for line in note)], notes)
    marked = _marked(lines, called)
    texts = [
        f"\n{definition(called[name])}{line}"
        for name, note in notes.items()
        for line in _marked(note, called)
        if line.strip()
    ]
    return "\n".join([*marked, *texts])


def with_depths(text: str) -> str:
    """The source with the bullets of lists taken away, and signs that say which lines were items, and of what depth."""
    return "\n".join(_with_depths(text.splitlines()))


def _split(lines: Sequence[str]) -> tuple[list[str], dict[str, list[str]]]:
    """The lines of the text, and those of every note."""
    rest: list[str] = []
    notes: dict[str, list[str]] = {}
    current: list[str] | None = None
    blank = False
    for line, code in _with_code(lines):
        found = None if code else _DEFINITION.match(line)
        if found:
            current = notes.setdefault(found[1], [])
            current.append(found[2])
        elif current is not None and line.strip() and (line.startswith(("    ", "\t")) or not blank):
            current.append(line.strip())
        elif current is None or line.strip():
            current = None
            rest.append(line)
        blank = not line.strip()
    return rest, notes


def _labels(lines: Sequence[str], notes: dict[str, list[str]]) -> dict[str, str]:
    """How each note is called: by its number, else by one in the order of the marks that no other has."""
    names = [*dict.fromkeys([*(name for line in lines for name in _REFERENCE.findall(line)), *notes])]
    called = {name: name for name in names if name.isdecimal()}
    free = (str(number) for number in range(1, len(names) + len(called) + 1) if str(number) not in called)
    return {**called, **{name: next(free) for name in names if name in notes and name not in called}}


def _marked(lines: Sequence[str], called: dict[str, str]) -> list[str]:
    def mark(found: re.Match[str]) -> str:
        return reference(called[found[1]]) if found[1] in called else found.group()

    marked = []
    for line, code in _with_code(lines):
        at, text = 0, ""
        for span in [] if code else _CODE.finditer(line):
            text += _REFERENCE.sub(mark, line[at : span.start()]) + span.group()
            at = span.end()
        marked.append(line if code else text + _REFERENCE.sub(mark, line[at:]))
    return marked


def _with_depths(lines: Sequence[str]) -> Iterator[str]:
    indents: list[int] = []
    """Those of the lists that are open, outermost first."""
    for line, code in _with_code(lines):
        listed = None if code or _RULE.match(line) else _ITEM.match(line)
        indent = _width(line)
        if listed:
            while indents and indent < indents[-1]:
                indents.pop()
            if not indents or indent > indents[-1] + 1:
                indents.append(indent)
            rest, levels = line[listed.end() :], len(indents) - 1
            if listed["mark"][0].isdecimal():
                yield f"{deeper(levels)}{listed['mark']} {rest}"
            else:
                # What is more than text has to begin its line to be seen.
                yield f"{deeper(levels) if rest.startswith(_BLOCKS) else item(levels)}{rest}"
        elif line.strip() and not code and indents:
            if indent <= indents[0]:
                indents = []
                yield line
            else:
                # A paragraph of an item.
                depth = max(0, sum(outer < indent for outer in indents) - 1)
                yield f"{deeper(depth)}{line.lstrip()}"
        else:
            yield line


def _with_code(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The lines, and whether each is one of a fenced block of code."""
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        if fence:
            yield line, True
            if found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        else:
            fence = found[1] if found else ""
            yield line, bool(found)


def _width(line: str) -> int:
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return len(indent.expandtabs(4))
