"""The structure of Chinese official prose: headings, runs of parallel lead sentences, enumerated parts, numbered names.

Paragraphs that are headings (一、 （一） 1. 第一， or an unnumbered 小标题) open nested sections; within a section,
paragraphs whose first sentences run parallel become parts of it, and so do the items of lists within lists; inside a
paragraph, enumerations (一是…二是…) become its parts; names that number their parts and spell them out in one sentence
(“四会”，即：…) stand where they are said.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from embeddings.structure.enumerations import read_items
from embeddings.structure.enumerators import announcement
from embeddings.structure.heading_lines import Paragraph, outermost, read_paragraphs
from embeddings.structure.nested_lines import label_of
from embeddings.structure.numbered_names import read_names
from embeddings.structure.parallel_leads import lead_sentence, parallel_run
from embeddings.types import Article, Outline, Section, SectionKind, Span

_LONGEST_ITEM = 60
"""Characters of an item without a list of its own among those that have one."""


def read_outline(article: Article) -> Outline:
    """The sections of the article's body; bylines belong to none."""
    block = read_paragraphs(article)
    sections = _parts(article, block)
    for paragraph in block:
        for name in read_names(article.text, Span(paragraph.span.start, paragraph.stop)):
            sections = _with_name(sections, name)
    return Outline(sections)


def _parts(article: Article, block: list[Paragraph]) -> tuple[Section, ...]:
    """The parts that the file itself sets apart, each with the sections in it, and the sections before the first."""
    named = {span.start for span in article.parts}
    starts = [index for index, paragraph in enumerate(block) if paragraph.span.start in named]
    before = block[: starts[0]] if starts else block
    parts = [
        _section(article.text, _heading(block[begin]), block[begin + 1 : end])
        for begin, end in pairwise([*starts, len(block)])
    ]
    return (*_nest(article.text, before), *parts)


def _heading(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, style=paragraph.style or "title", heading=paragraph.span)


def _nest(text: str, block: list[Paragraph]) -> tuple[Section, ...]:
    """Sections of a block of paragraphs: those that its outermost style opens, else parallel leads."""
    style = outermost(block)
    if not style:
        return _leads(text, block)
    part = _new_part(block, style)
    if part:
        return (*_nest(text, block[:part]), *_nest(text, block[part:]))
    starts = [i for i, paragraph in enumerate(block) if paragraph.style == style]
    inner = [block[begin + 1 : end] for begin, end in pairwise([*starts, len(block)])]
    kept = _kept_of_last(inner, block[starts[-1]])
    after, inner[-1] = inner[-1][kept:], inner[-1][:kept]
    sections = [_section(text, block[start], below) for start, below in zip(starts, inner, strict=True)]
    if closing := _closing(sections, inner):
        after = [*inner[-1][-closing:], *after]
        sections[-1] = _section(text, block[starts[-1]], inner[-1][:-closing])
    return (*_nest(text, block[: starts[0]]), *sections, *_nest(text, after))


def _new_part(block: list[Paragraph], style: str) -> int:
    """The index of a 小标题 below which the numbering begins anew, so that it stands above the numbers; 0 for none."""
    title = 0
    for index, paragraph in enumerate(block):
        if paragraph.style == "title" != style:
            title = index
        elif title and paragraph.style == style:
            if paragraph.number == 1:
                return title
            title = 0
    return 0


def _section(text: str, opening: Paragraph, inner: list[Paragraph]) -> Section:
    children = (*opening.below, *_nest(text, inner))
    if not children:
        children = _enumerations(text, [opening, *inner] if opening.heading != opening.span else inner)
    kind: SectionKind = "heading" if opening.is_heading else "lead"
    stop = inner[-1].stop if inner else opening.stop
    return Section(kind, opening.label, opening.heading, opening.span.start, stop, children)


def _kept_of_last(inner: list[list[Paragraph]], last: Paragraph) -> int:
    """How many paragraphs belong to the last of three or more parts: no running text where it has none in the others.

    A paragraph behind 一是…, 二是…, 三是… that are one paragraph each closes the list.
    """
    alike = len(inner) >= 3 and not last.is_heading
    if not alike or any(paragraph.style in ("", "title") for below in inner[:-1] for paragraph in below):
        return len(inner[-1])
    return next((i for i, paragraph in enumerate(inner[-1]) if paragraph.style in ("", "title")), len(inner[-1]))


def _closing(sections: list[Section], inner: list[list[Paragraph]]) -> int:
    """How many paragraphs at the end of the last of three or more sections close all of them.

    Those behind its parts (or, where it has none, its first paragraph), where no other section has such.
    """
    behind = [_behind_parts(section, below) for section, below in zip(sections, inner, strict=True)]
    return behind[-1] if len(sections) >= 3 and not any(behind[:-1]) else 0


def _behind_parts(section: Section, below: list[Paragraph]) -> int:
    if not below:
        return 0
    stop = max([below[0].span.end, *(child.end for child in section.children)])
    return sum(paragraph.span.start >= stop for paragraph in below)


def _enumerations(text: str, block: list[Paragraph]) -> tuple[Section, ...]:
    return tuple(item for paragraph in block for item in read_items(text, paragraph.span))


def _leads(text: str, block: list[Paragraph]) -> tuple[Section, ...]:
    """Items of lists, runs of paragraphs with parallel lead sentences, enumerations of the paragraphs outside them."""
    sections: list[Section] = []
    spans = [paragraph.span for paragraph in block]
    listed = _listed(text, block)
    position = 0
    while position < len(block):
        if position in listed:
            item = block[position]
            label, announced = label_of(text, item.span), announcement(text, item.span)
            sections.append(Section("item", label, announced, item.span.start, item.stop, item.below))
            position += 1
            continue
        run = [index for index in parallel_run(text, spans, position) if index < min(listed, default=len(block))]
        if len(run) < 2:
            sections.extend(read_items(text, spans[position]))
            position += 1
            continue
        for index, following in pairwise([*run, run[-1] + 1]):
            lead = lead_sentence(text, spans[index]) or spans[index]
            children = _enumerations(text, block[index:following])
            sections.append(Section("lead", "", lead, spans[index].start, spans[following - 1].end, children))
        position = run[-1] + 1
    return tuple(sections)


def _listed(text: str, block: list[Paragraph]) -> frozenset[int]:
    """The paragraphs that are items of lists: those with a list under them, and short ones between two of these."""
    holding = [index for index, paragraph in enumerate(block) if paragraph.below]
    between = [
        range(one + 1, other)
        for one, other in pairwise(holding)
        if all(_is_short(text, paragraph) for paragraph in block[one + 1 : other])
    ]
    return frozenset([*holding, *(index for indices in between for index in indices)])


def _is_short(text: str, paragraph: Paragraph) -> bool:
    return paragraph.span.end - paragraph.span.start <= _LONGEST_ITEM and text[paragraph.span.end - 1] not in "：:"


def _with_name(sections: tuple[Section, ...], name: Section) -> tuple[Section, ...]:
    """The sections with the name in the innermost that holds it; without it where its parts are sections already."""
    for index, section in enumerate(sections):
        if section.kind != "name" and section.start <= name.start and name.end <= section.end:
            children = _with_name(section.children, name)
            held = Section(section.kind, section.label, section.heading, section.start, section.end, children)
            return (*sections[:index], held, *sections[index + 1 :])
    if any(section.start < name.end and name.start < section.end for section in sections):
        return sections
    return tuple(sorted((*sections, name), key=lambda section: section.start))


def section_path(outline: Outline, span: Span) -> tuple[Section, ...]:
    """The sections that hold text[span], outermost first; a name holds nothing but its own parts and is none."""
    path: list[Section] = []
    level = outline.sections
    while inside := next((s for s in level if _holds(s, span)), None):
        path.append(inside)
        level = inside.children
    return tuple(path)


def _holds(section: Section, span: Span) -> bool:
    return section.kind != "name" and section.start <= span.start and span.end <= section.end


def headings_at(article: Article, outline: Outline, span: Span) -> tuple[str, ...]:
    """The announcements of the sections that hold text[span], outermost first; not one that stands in the span."""
    return tuple(
        article.text[section.heading.start : section.heading.end].strip()
        for section in section_path(outline, span)
        if not span.start <= section.heading.start < span.end
    )
