"""A page -> the article on it: its text, without what belongs to the page, and its metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from embeddings.cleaning.boilerplate import page_url
from embeddings.cleaning.bylines import read_lone_names
from embeddings.cleaning.glued import headline_apart
from embeddings.cleaning.lines import Line, as_text, judge
from embeddings.cleaning.metadata import (
    Evidence,
    authors_of,
    editors_of,
    footer_of,
    published_of,
    source_of,
    tags_of,
    uploader_of,
    url_of,
)
from embeddings.cleaning.own_lines import with_own
from embeddings.cleaning.page_lines import page_line, page_lines
from embeddings.cleaning.paragraphs import Paragraph, page_starts, starts_of, written
from embeddings.cleaning.recognised import recognised_spans
from embeddings.cleaning.titles import (
    derive_title,
    is_document_name,
    is_masthead,
    is_site_name,
    is_title_line,
    same_title,
    without_site,
)
from embeddings.credits.reading import read_credits
from embeddings.page.blocks import Page
from embeddings.page.characters import is_sentence, tidy, tidy_cells
from embeddings.page.dates import DATE, iso_date
from embeddings.types import Credit, PageStart, RecognisedSpan, Span


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article without its page; see embeddings.types.Article for the fields."""

    title: str
    text: str
    body_start: int
    authors: tuple[str, ...]
    author_post: str
    bylines: tuple[Span, ...]
    credits: tuple[Credit, ...]
    parts: tuple[Span, ...]
    headings: tuple[Span, ...]
    items: tuple[Span, ...]
    page_lines: tuple[Span, ...]
    pages: tuple[PageStart, ...]
    recognised: tuple[RecognisedSpan, ...]
    editors: tuple[str, ...]
    uploader: str
    source: str
    published: str
    url: str
    tags: tuple[str, ...]
    body: str
    """The text without its title, bylines and the page's lines."""
    footer: str
    """What the page's footer and notices say, one thing a line."""
    removed: tuple[str, ...]
    """The lines of the page that are not in the text."""


def clean_page(page: Page) -> CleanArticle | None:
    """Return the article on `page`, or None where nothing is left of it but labels and furniture."""
    lines = with_own(judge(page.blocks, page.furnished))
    title = _stated_title(page, lines)
    if not title and page.web and (original := headline_apart(page.blocks))[0]:
        title, page = tidy(original[0]), replace(page, blocks=tuple(original[1]))
        lines = with_own(judge(page.blocks, page.furnished))
    title = title or _title_line(lines)
    titled_at = next((at for at, line in enumerate(lines) if title and same_title(line.block.text, title)), 0)
    lines = [_placed(line, index, lines, title, titled_at) for index, line in enumerate(lines)]
    if not page.web:
        lines = [line if _is_whole(line, title) else as_text(line) for line in lines]
    kept = [line for line in lines if line.kept and not _repeats_title(line, title)]
    if not any(line.kind == "text" for line in kept):
        return None
    of_page = [*page_lines(lines, title), *map(Paragraph, page.stated.others)]
    paragraphs = [*([_titled(title, lines[titled_at])] if title else []), *map(written, kept), *of_page]
    starts = starts_of(paragraphs)
    first = 1 if title else 0
    last = len(paragraphs) - len(of_page)
    spans = [Span(start, start + len(paragraph.text)) for start, paragraph in zip(starts, paragraphs, strict=True)]
    own = list(zip(spans[first:last], kept, strict=True))
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    credits = _credits(text, spans[first:last], kept, spans[last:]) if page.furnished else ()
    evidence = _evidence(page, lines, kept, credits)
    authors, post = authors_of(evidence)
    return CleanArticle(
        title=title or derive_title(next(tidy(line.kept) for line in kept if line.kind == "text")),
        text=text,
        body_start=starts[first],
        authors=authors,
        author_post=post,
        bylines=tuple(span for span, line in own if line.byline is not None),
        credits=credits,
        parts=tuple(span for span, line in own if line.block.part),
        headings=tuple(span for span, line in own if line.block.level),
        items=tuple(span for span, line in own if line.block.item),
        page_lines=tuple(spans[last:]),
        pages=page_starts(paragraphs),
        recognised=recognised_spans(spans, _pages(page, lines, kept, title, of_page)),
        editors=editors_of(evidence),
        uploader=uploader_of(evidence),
        source=source_of(evidence),
        published=published_of(evidence),
        url=url_of(evidence),
        tags=tags_of(evidence),
        body="\n".join(tidy_cells(line.kept) for line in kept if line.kind == "text"),
        footer=footer_of(evidence),
        removed=tuple(line.block.text for line in lines if not line.kept and not page_line(line, title)),
    )


def _is_whole(line: Line, title: str) -> bool:
    """Whether all that a line says stands in the text or in the page's lines."""
    said = line.kept if line.kept == line.block.text else page_line(line, title)
    return "".join(said.split()) == "".join(line.block.text.split())


def _pages(
    page: Page, lines: Sequence[Line], kept: Sequence[Line], title: str, of_page: Sequence[Paragraph]
) -> list[int]:
    """For each paragraph of the text the page that it was recognised on, 0 where it was not."""
    pages = [line.block.recognised_page for line in kept]
    if title:
        same = (line.block.recognised_page for line in lines if same_title(line.block.text, title))
        pages.insert(0, 0 if page.stated.title else next(same, 0))
    said = {page_line(line, title): line.block.recognised_page for line in reversed(lines)}
    return [*pages, *(said.get(line.text, 0) for line in of_page)]


def _titled(title: str, line: Line) -> Paragraph:
    """The title as the text's first line, on the page of the line that says it."""
    return Paragraph(title, line.block.page if same_title(line.block.text, title) else 0)


def _stated_title(page: Page, lines: Sequence[Line]) -> str:
    if page.stated.title:
        return page.stated.title
    labelled = (fact.value for line in lines if line.zone == "head" for fact in line.facts if fact.field == "title")
    if found := next(filter(None, labelled), ""):
        return tidy(found)
    headings = [line.block for line in lines if line.block.level == 1 and not line.block.chrome and line.kind == "text"]
    if len(headings) == 1 and len(headings[0].text) >= 4 and not is_masthead(headings[0].text):
        return tidy(headings[0].text)
    head = [line.block.text for line in lines if line.kind == "text" and line.zone == "head"]
    named = without_site(page.window_title, head)
    if is_masthead(named):
        return ""
    repeated = any(same_title(text, named) for text in head)
    return named if repeated or (named and not any(map(is_title_line, head))) else ""


def _title_line(lines: Sequence[Line]) -> str:
    """Return the first line before the running text that looks like a title, one that names a site only if alone.

    A site's name stands above its menu, and who issues a document over what it is called, which may look like a byline.
    """
    head = [
        line
        for line in lines
        if line.zone == "head" and (line.kind in ("text", "furniture") or is_document_name(line.block.text))
    ]
    found: list[str] = []
    for line, below in zip_longest(head, head[1:]):
        text = line.block.text
        if line.kind != "furniture" and "\t" not in line.kept and is_title_line(text) and not is_masthead(text):
            if not is_site_name(text) and (below is None or below.kind == "text"):
                return tidy(text)
            found.append(tidy(text))
    return found[0] if found else ""


def _repeats_title(line: Line, title: str) -> bool:
    return line.zone != "tail" and line.kind == "text" and not is_sentence(line.kept) and same_title(line.kept, title)


def _placed(line: Line, index: int, lines: Sequence[Line], title: str, titled_at: int) -> Line:
    """Judge what only its place tells: names alone between title and text or under the text, dates under the title."""
    text = line.block.text
    if line.kind != "text" or line.block.item or "\t" in text or (line.zone == "head" and same_title(text, title)):
        return line
    # What the page sets as a heading is none of the names.
    before_text = line.zone == "head" and bool(title) and not line.block.level
    # An office alone under the text signs a document there: that line is text.
    under_text = line.zone == "tail" and (index > 0 and lines[index - 1].zone != "head")
    if before_text and (byline := read_lone_names(text, bracketed_only=False)):
        return replace(line, kind="byline", byline=byline)
    if under_text and (byline := read_lone_names(text, bracketed_only=False)) and byline.people:
        return replace(line, kind="byline", byline=byline)
    if index < titled_at and line.zone == "head" and line.block.outside:
        return replace(line, kind="furniture", kept="")
    return line


def _credits(text: str, spans: Sequence[Span], kept: Sequence[Line], of_page: Sequence[Span]) -> tuple[Credit, ...]:
    """Whom the running text names at its ends and in captions, and the lines around it by their labels."""
    said = list(zip(spans, kept, strict=True))
    running = [span for span, line in said if line.kind == "text" and is_sentence(line.kept)]
    around = [span for span, line in said if line.kind == "byline" or (line.zone != "body" and span not in running)]
    return read_credits(text, running or list(spans[:1]), [*around, *of_page])


def _evidence(page: Page, lines: Sequence[Line], kept: Sequence[Line], credits: tuple[Credit, ...]) -> Evidence:
    return Evidence(
        stated=page.stated,
        masthead=tuple(fact for line in lines if line.zone == "head" and not line.block.chrome for fact in line.facts),
        tail=tuple(fact for line in lines if line.zone != "head" and not line.block.chrome for fact in line.facts),
        chrome=tuple(fact for line in lines if line.block.chrome for fact in line.facts),
        bylines=tuple(line.byline for line in kept if line.zone != "body" and line.byline),
        credits=credits,
        notices=tuple(
            line.block.text for line in lines if line.kind == "notice" or (line.block.chrome and not line.facts)
        ),
        urls=tuple(filter(None, (page_url(line.block.text) for line in lines if line.kind != "notice"))),
        signature_date=_signature_date(lines),
    )


def _signature_date(lines: Sequence[Line]) -> str:
    """Return the date that stands alone under the text, or in brackets under the title."""
    short = (
        line.block.text for line in lines if line.kind == "text" and line.zone != "body" and len(line.block.text) <= 45
    )
    alone = (
        text for text in short if (match := DATE.search(text)) and text.strip("（）() ").endswith(match.group().strip())
    )
    return next(filter(None, map(iso_date, alone)), "")
