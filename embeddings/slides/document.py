"""Presentations (.pptx) -> lines, by python-pptx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from types import ModuleType
from typing import Any

from embeddings.packages.parts import Kind, without_pictures
from embeddings.page.blocks import Block, Page
from embeddings.page.cells import joined_name
from embeddings.page.characters import tidy, tidy_cells
from embeddings.page.front_matter import Stated
from embeddings.page.notes import place_notes
from embeddings.page.signs import without_marks
from embeddings.page.unreadable import UnreadableError
from embeddings.slides.figures import chart_lines, diagram_lines, table_lines
from embeddings.slides.order import Box, in_reading_order
from embeddings.slides.texts import SlideLine, lines_of

_MAIN = "ppt/presentation.xml"
_LARGEST = 128 * 1024 * 1024
"""Bytes of all XML once unpacked; a hundred slides have about 5 MB."""
_SHOW, _PRESENTATION = b"slideshow.main+xml", b"presentation.main+xml"
"""What tells a presentation that begins when it is opened (.ppsx) from others, which is all that it differs in."""
_HIDDEN = ("0", "false")
_FURNITURE = ("DATE", "FOOTER", "HEADER", "SLIDE_NUMBER")
_LONGEST_TITLE = 40
_NOTE = "备注："


def read_slides(data: bytes, suffix: str, pptx: ModuleType) -> Page:
    """The lines of all slides that are shown; pictures, page numbers, headers and footers are left out.

    Raises UnreadableError for what is encrypted, damaged or unpacks to too much.
    """
    kind = Kind(suffix, "PowerPoint 或 WPS", _MAIN, _LARGEST, older=".ppt")
    package = without_pictures(data, kind, lambda part: part.replace(_SHOW, _PRESENTATION))
    try:
        blocks = tuple(_blocks(pptx.Presentation(package).slides))
    # Whatever stands in a file that only looks like a presentation: the library raises what it runs into.
    except Exception as error:
        raise UnreadableError(kind.damaged) from error
    return place_notes(Page(blocks=blocks, stated=Stated()))


def _blocks(slides: Iterable[Any]) -> Iterator[Block]:
    last: str | None = None
    """The title of the slide before."""
    for number, slide in enumerate(slides, 1):
        if slide.element.get("show") in _HIDDEN:
            continue
        title, lines = _slide(slide)
        notes = [f"{_NOTE}{line.text}" for line in _notes(slide)]
        if not (title or lines or notes):
            continue
        if last is None and title:
            # The first title is that of the file.
            yield Block(title, level=1, page=number)
        elif last is not None and (not title or title != last):
            yield Block(title or f"第{number}页", level=2, part=True, page=number)
        last = title
        for line in lines:
            yield Block(tidy_cells(line.text), depth=0 if "\t" in line.text else line.depth, page=number)
        yield from (Block(tidy(note), page=number) for note in notes)


def _slide(slide: Any) -> tuple[str, list[SlideLine]]:
    """The title of a slide, empty where it has none, and its lines."""
    titled = slide.shapes.title
    groups = [group for group in _groups(slide.shapes, titled) if group]
    if titled is not None and titled.has_text_frame and titled.text_frame.text.strip():
        title = _on_one_line(lines_of(titled.text_frame))
    elif groups and len(groups) > 1 and _can_be_title(groups[0]):
        title, groups = _on_one_line(groups[0]), groups[1:]
    else:
        title = ""
    return title, list(_one_after_the_other(groups))


def _one_after_the_other(groups: Iterable[Sequence[SlideLine]]) -> Iterator[SlideLine]:
    """The lines of all shapes, something between two tables: rows that follow each other are one."""
    tables = 0
    last = ""
    for lines in groups:
        tabular = "\t" in lines[-1].text
        tables += tabular
        if tabular and "\t" in last and "\t" in lines[0].text:
            yield SlideLine(f"第{tables}个表", 0)
        yield from lines
        last = lines[-1].text


def _on_one_line(lines: Sequence[SlideLine]) -> str:
    return joined_name([tidy(without_marks(line.text)) for line in lines])


def _can_be_title(lines: Sequence[SlideLine]) -> bool:
    """Whether the first text of a slide is its title: few people use the place that programs have for it."""
    text = lines[0].text
    return (
        len(lines) == 1 and len(text) <= _LONGEST_TITLE and "\t" not in text and text.rstrip()[-1] not in "。；，、：:"
    )


def _notes(slide: Any) -> list[SlideLine]:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return [] if frame is None else lines_of(frame)


def _groups(shapes: Any, titled: Any) -> Iterator[list[SlideLine]]:
    """The lines of each shape but the title, as they are read; those of shapes grouped together follow each other."""
    placed: dict[Box, Any] = {}
    for shape in shapes:
        is_title = titled is not None and shape.shape_id == titled.shape_id
        if not is_title and not _is_furniture(shape):
            placed[_box(shape, characters=_length(shape))] = shape
    for box in in_reading_order(list(placed)):
        shape = placed[box]
        if hasattr(shape, "shapes"):
            yield list(chain.from_iterable(_groups(shape.shapes, None)))
        else:
            yield list(_lines(shape))


def _lines(shape: Any) -> Iterator[SlideLine]:
    if shape.has_text_frame:
        yield from lines_of(shape.text_frame)
    elif getattr(shape, "has_table", False):
        yield from table_lines(shape.table)
    elif getattr(shape, "has_chart", False):
        yield from chart_lines(shape.chart)
    elif hasattr(shape, "has_chart"):
        yield from diagram_lines(shape)


def _is_furniture(shape: Any) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type.name in _FURNITURE


def _length(shape: Any) -> int:
    return len(shape.text_frame.text) if shape.has_text_frame else 0


def _box(shape: Any, characters: int) -> Box:
    left, top = shape.left or 0, shape.top or 0
    return Box(left, top, left + (shape.width or 0), top + (shape.height or 0), characters)
