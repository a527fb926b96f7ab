"""What a browser sends of the library's form: anything at all, made into a filter and a page number."""

from __future__ import annotations

from dataclasses import dataclass

from ui.library.catalogue import ORDERS, Filter

_LONGEST = 200
"""Characters of a search that are heeded."""


@dataclass(frozen=True, slots=True)
class Request:
    """Which page of which articles a reader wants."""

    wanted: Filter
    page: int
    serial: int
    """Which of the browser's requests this is: the list says it back, so that no two lists are equal."""


def chosen(value: str) -> str:
    """How the form writes that this value is chosen; that all are let through it writes as an empty string."""
    return f"={value}"


def read_request(
    words: object, place: object, source: object, year: object, order: object, page: object, serial: object
) -> Request:
    """The request that the form's fields make; what is no such field counts as not filled in."""
    return Request(
        Filter(
            words=words[:_LONGEST] if isinstance(words, str) else "",
            place=_choice(place),
            source=_choice(source),
            year=_choice(year),
            order=next((known for known in ORDERS if known == order), Filter().order),
        ),
        _number(page),
        _number(serial),
    )


def _number(field: object) -> int:
    return field if isinstance(field, int) else 0


def _choice(field: object) -> str | None:
    return field[1:] if isinstance(field, str) and field.startswith("=") else None
