"""Numbers as their cells show them, by the format codes of ECMA-376, part 1, 18.8.31."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>[Ee][+-]0+)|(?P<sign>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COLOURS = re.compile(r"(?:black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+|红色|颜色\s*\d+)", re.IGNORECASE)
_NEGATIVE = re.compile(r"[-−–－(（▲△负降减]")
_SIGNIFICANT = 15
"""Digits of a double that are sure, and all that a spreadsheet keeps of a number."""
_GENERAL_WIDTH = 10
"""Digits that a cell without a format shows of a number with decimals."""
_LONGEST_FORMAT = 255
_LARGEST_SCALE = 30
"""Powers of ten; formats that show a number larger or smaller by more are nobody's."""
_ROUNDING = Context(prec=600, rounding=ROUND_HALF_UP)
"""Enough digits for the largest double and the longest format."""


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a format, which semicolons separate."""

    pieces: tuple[tuple[str, str], ...]
    """(kind, text): “text” stands as it is, “digit” for a digit, “point”, “percent”, “exponent”, “general”, “at”."""
    condition: tuple[str, Decimal] | None
    coloured: bool
    grouped: bool
    """Its thousands are separated."""
    scale: int
    """By how many powers of ten the number is shown larger: 2 for every per cent sign, 3 less for trailing commas."""

    @property
    def decimals(self) -> int:
        """Digits behind the point."""
        kinds = [kind for kind, _ in self.pieces]
        return kinds[kinds.index("point") :].count("digit") if "point" in kinds else 0


def shown_number(value: float, code: str) -> str:
    """The number as a cell of this format shows it; one that is not understood says the number alone."""
    number = _exact(value)
    if not number.is_finite():
        return str(value)
    if len(code) > _LONGEST_FORMAT:
        return _general(number)
    sections = _sections(code)
    section, signed = _chosen(sections, number)
    kinds = {kind for kind, _ in section.pieces}
    if "fraction" in kinds or not kinds & {"digit", "general", "at", "text"} or abs(section.scale) > _LARGEST_SCALE:
        return _general(number)
    shown = number.scaleb(section.scale) if signed else abs(number).scaleb(section.scale)
    if kinds & {"general", "at"}:
        return "".join(_general(shown) if kind in ("general", "at") else text for kind, text in section.pieces).strip()
    if "exponent" in kinds:
        return _scientific(shown, section)
    return _in_digits(shown, section)


def shown_text(value: str, code: str) -> str:
    """A text as a cell of this format shows it: between what the format sets around texts."""
    sections = _sections(code) if "@" in code and len(code) <= _LONGEST_FORMAT else ()
    section = next((one for one in reversed(sections) if any(kind == "at" for kind, _ in one.pieces)), None)
    if section is None:
        return value
    return "".join(value if kind == "at" else text for kind, text in section.pieces if kind in ("at", "text"))


def _exact(value: float) -> Decimal:
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_SIGNIFICANT}g}")


def _general(number: Decimal) -> str:
    whole = len(str(abs(int(number))))
    rounded = number if number == int(number) else round(number, max(0, _GENERAL_WIDTH - whole))
    if number and not rounded:
        return f"{number:.5E}".replace("E-0", "E-")
    text = f"{rounded:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[re.Match[str]]] = [[]]
    for piece in _PIECE.finditer(code):
        if piece["sign"] == ";":
            parts.append([])
        else:
            parts[-1].append(piece)
    return tuple(map(_section, parts[:4]))


def _section(found: list[re.Match[str]]) -> _Section:
    pieces: list[tuple[str, str]] = []
    condition, coloured, grouped, scale = None, False, False, 0
    for number, piece in enumerate(found):
        literal = next((piece[name] for name in ("quoted", "escaped", "currency") if piece[name] is not None), None)
        sign = piece["sign"]
        if literal is not None:
            pieces.append(("text", literal))
        elif piece["bracket"] is not None:
            said = _CONDITION.fullmatch(piece["bracket"].strip())
            condition = (said[1], Decimal(said[2])) if said else condition
            coloured = coloured or _COLOURS.fullmatch(piece["bracket"].strip()) is not None
        elif piece["general"]:
            pieces.append(("general", ""))
        elif piece["exponent"]:
            pieces.append(("exponent", piece["exponent"]))
        elif sign == "," and any(kind == "digit" for kind, _ in pieces):
            more = any((later["sign"] or " ") in "0#?" for later in found[number + 1 :])
            grouped, scale = grouped or more, scale if more else scale - 3
        elif sign == "%":
            pieces.append(("percent", sign))
            scale += 2
        elif sign is not None:
            pieces.append((_KINDS.get(sign, "text"), sign))
    return _Section(tuple(pieces), condition, coloured, grouped, scale)


_KINDS = {"0": "digit", "#": "digit", "?": "digit", ".": "point", "@": "at", "/": "fraction"}


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section, bool]:
    """The section that a number is shown by, and whether its sign is still to be set."""
    if any(section.condition for section in sections):
        return next((section for section in sections if _holds(section, number)), sections[-1]), True
    numeric = sections[:3]
    if number < 0 and len(numeric) > 1:
        negative = numeric[1]
        # Some formats tell a negative number by its colour alone.
        said = "".join(text for kind, text in negative.pieces if kind == "text")
        return negative, negative.coloured and not _NEGATIVE.search(said)
    return (numeric[2] if number == 0 and len(numeric) > 2 else numeric[0]), True


def _holds(section: _Section, number: Decimal) -> bool:
    if section.condition is None:
        return True
    sign, limit = section.condition
    return {
        "<": number < limit, "<=": number <= limit, ">": number > limit, ">=": number >= limit, "=": number == limit,
        "<>": number != limit,
    }[sign]  # fmt: skip


def _scientific(number: Decimal, section: _Section) -> str:
    said = f"{number:.{section.decimals}E}"
    mantissa, _, power = said.partition("E")
    return f"{mantissa}E{int(power):+03d}"


def _in_digits(number: Decimal, section: _Section) -> str:
    """The digits of the number in the places that the format has for them."""
    rounded = abs(number).quantize(Decimal(1).scaleb(-section.decimals), context=_ROUNDING)
    whole, _, fraction = f"{rounded:f}".partition(".")
    before, behind = _split(section.pieces)
    text = _whole(whole if whole != "0" else "", before, section.grouped) + _fraction(fraction, behind)
    sign = "-" if number < 0 and rounded else ""
    return (sign + ("0" if text.startswith(".") else "") + text).strip()


def _split(
    pieces: tuple[tuple[str, str], ...],
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    at = next((n for n, (kind, _) in enumerate(pieces) if kind == "point"), None)
    if at is not None:
        return list(pieces[:at]), list(pieces[at:])
    last = max((n for n, (kind, _) in enumerate(pieces) if kind == "digit"), default=-1)
    return list(pieces[: last + 1]), list(pieces[last + 1 :])


def _whole(digits: str, pieces: list[tuple[str, str]], grouped: bool) -> str:
    """From right to left a digit for every place; the first place takes all that are left."""
    places = sum(kind == "digit" for kind, _ in pieces)
    parts: list[str] = []
    taken = 0
    for kind, text in reversed(pieces):
        if kind != "digit":
            parts.append(text)
            continue
        places -= 1
        here = digits[-1:] if places else digits[::-1]
        digits = digits[:-1] if places else ""
        for digit in here or ("0" if text == "0" else ""):
            parts.append("," if grouped and taken and taken % 3 == 0 else "")
            parts.append(digit)
            taken += 1
    return "".join(reversed(parts))


def _fraction(digits: str, pieces: list[tuple[str, str]]) -> str:
    """The point and what follows it, without zeros where the format has no place for them."""
    places = [text for kind, text in pieces if kind == "digit"]
    while digits and digits[-1] == "0" and places[len(digits) - 1] != "0":
        digits = digits[:-1]
    left = iter(digits)
    said = [next(left, "") if kind == "digit" else text for kind, text in pieces if digits or kind != "point"]
    return "".join(said)
