"""Tables, charts and diagrams of a slide, as lines and as rows of cells that tabs separate."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from embeddings.packages.number_formats import shown_number
from embeddings.page.cells import joined, joined_name, lines_of_cell
from embeddings.page.characters import tidy
from embeddings.slides.texts import SlideLine

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_PLACE = re.compile(r"\d{1,6}", re.ASCII)
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def table_lines(table: Any) -> Iterator[SlideLine]:
    """The rows of a table of python-pptx, merged cells in all places that they cover; a single column is no table."""
    rows = [list(row.cells) for row in table.rows]
    texts = [[_cell(cell, not number) for cell in row] for number, row in enumerate(rows)]
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell.is_merge_origin:
                for below in texts[number : number + cell.span_height]:
                    below[place : place + cell.span_width] = [texts[number][place]] * len(
                        below[place : place + cell.span_width]
                    )
    for said in texts:
        if any(said):
            yield SlideLine("\t".join(said), 0)


def _cell(cell: Any, names: bool) -> str:
    lines = lines_of_cell(cell.text_frame.text.replace("\v", "\n"))
    return joined_name(lines) if names else joined(lines)


def chart_lines(chart: Any) -> Iterator[SlideLine]:
    """A chart's title, and the figures that it is drawn from: a row for every category, a column for every series."""
    title = chart.chart_title.text_frame.text if chart.has_title and chart.chart_title.has_text_frame else ""
    if title.strip():
        yield SlideLine(" ".join(title.split()), 0)
    series = list(chart._chartSpace.iter(f"{_C}ser"))
    columns = [_points(one, "val", "yVal") for one in series]
    categories = _points(series[0], "cat", "xVal") if series else {}
    places = sorted({place for column in columns for place in column})
    if places:
        yield SlideLine("\t".join(["类别", *(_name(one) or "数值" for one in series)]), 0)
    for place in places:
        said = [categories.get(place) or str(place + 1), *(column.get(place, "") for column in columns)]
        yield SlideLine("\t".join(tidy(cell) for cell in said), 0)


def _name(series: Any) -> str:
    return tidy(series.findtext(f"{_C}tx//{_C}v") or "")


def _points(series: Any, *names: str) -> dict[int, str]:
    """What a series has at each place, figures as its format shows them; of nested categories the innermost."""
    found = next((one for name in names if (one := series.find(f"{_C}{name}")) is not None), None)
    if found is None:
        return {}
    level = found.find(f".//{_C}lvl")
    code = found.findtext(f".//{_C}formatCode") or "General"
    figures = found.find(f".//{_C}numCache") is not None or found.find(f"{_C}numLit") is not None
    points = (found if level is None else level).iter(f"{_C}pt")
    said = ((point.get("idx") or "", point.findtext(f"{_C}v") or "") for point in points)
    return {int(place): _figure(text, code) if figures else text for place, text in said if _PLACE.fullmatch(place)}


def _figure(text: str, code: str) -> str:
    try:
        return shown_number(float(text), code)
    except ValueError:
        return text


def diagram_lines(frame: Any) -> Iterator[SlideLine]:
    """The texts of a diagram (SmartArt) in their order, each as deep as it hangs below others."""
    reference = frame._element.find(f".//{_DGM}relIds")
    if reference is None:
        return
    data = frame.part.related_part(reference.get(f"{_R}dm")).blob
    root = ElementTree.fromstring(data)  # noqa: S314 (no document types in the package)
    texts = {point.get("modelId"): _texts(point) for point in root.iter(f"{_DGM}pt")}
    below: dict[str | None, list[tuple[int, str | None]]] = defaultdict(list)
    for link in root.iter(f"{_DGM}cxn"):
        if link.get("type", "parOf") == "parOf":
            below[link.get("srcId")].append((int(link.get("srcOrd") or 0), link.get("destId")))
    tops = [point.get("modelId") for point in root.iter(f"{_DGM}pt") if point.get("type") == "doc"]
    waiting = [(top, -1) for top in tops]
    seen: set[str | None] = set()
    while waiting:
        point, depth = waiting.pop()
        if point in seen:
            continue
        seen.add(point)
        yield from (SlideLine(text, max(depth, 0)) for text in texts.get(point, ()))
        waiting += [(under, depth + 1) for _, under in sorted(below[point], key=lambda one: -one[0])]


def _texts(point: ElementTree.Element) -> list[str]:
    paragraphs = point.iterfind(f"{_DGM}t/{_A}p")
    said = ("".join(part.text or "" for part in paragraph.iter(f"{_A}t")) for paragraph in paragraphs)
    return [text for text in said if text.strip()]
