"""Superscripts, references to notes and the texts of notes in HTML, set as signs into the text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from embeddings.html.regions import BLOCK_ELEMENTS, ancestry
from embeddings.page.characters import tidy
from embeddings.page.signs import REFERENCE, raised, reference
from embeddings.page.superscripts import as_digits, labels

_READS_LIKE_MARK = re.compile(
    r"[\[［(（〔【]?\s*(?:注释?|note)?\s*(?:\d{1,3}|[a-zⅰ-ⅻ]|[ivx]{1,4}|[①-⑳㉑-㉟㊱-㊿❶-❿]|[*＊※†‡]{1,3})?\s*[\]］)）〕】]?"
)
_BACK = re.compile(r"[\s↩︎↑⤴⏎^]+|返回(?:正文|原文)?|回到正文|back", re.IGNORECASE)
_SAYS_REFERENCE = re.compile(r"noteref|footnote-?ref|fnref|footnote_?link", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST_NOTE = 3000
_LONGEST_SUPERSCRIPT = 12
"""Characters; what is longer is text that happens to be set high."""


def set_note_signs(soup: BeautifulSoup) -> dict[int, str]:
    """Replace superscripts and links to notes by signs; returns the notes' labels by the id() of the text's element.

    A link is one to a note where it reads like a mark in a text and leads to an element further down.
    """
    texts = _set_references(soup)
    for element in soup.find_all(_is_raised):
        if element.parent is None:
            continue
        said = element.get_text()
        if len(tidy(said)) > _LONGEST_SUPERSCRIPT * (1 + said.count("\ufdd1")) or element.find("br") is not None:
            element.unwrap()
        else:
            element.replace_with(NavigableString(_superscript(said)))
    return texts


def _is_raised(tag: Tag) -> bool:
    return tag.name == "sup" or (tag.name == "span" and _RAISED_STYLE.search(str(tag.get("style") or "")) is not None)


def _superscript(said: str) -> str:
    references = "".join(sign.group() for sign in REFERENCE.finditer(said))
    rest = REFERENCE.sub("", said)
    return (raised(rest) if rest.strip(" \n,，、;；[]") else "") + references


def _set_references(soup: BeautifulSoup) -> dict[int, str]:
    targets = _targets(soup)
    order = {id(tag): number for number, tag in enumerate(soup.find_all(True))}
    links = [(link, targets[name]) for link in soup.find_all("a", href=True) if (name := _name(link)) in targets]
    found = [(link, target, _text_of(target, link)) for link, target in links]
    forward = [
        (link, target, text)
        for link, target, text in found
        if text is not None and order[id(text)] > order[id(link)] and _is_reference(link)
    ]
    held: dict[int, set[int]] = {}
    for _, target, text in forward:
        held.setdefault(id(text), set()).add(id(target))
    labelled: dict[int, str] = {}
    for link, _, text in forward:
        if len(held[id(text)]) > 1:
            # Several notes in one paragraph: its lines tell them apart.
            link.replace_with(NavigableString(raised(link.get_text())))
            continue
        label = labelled.setdefault(id(text), _label(link, labelled))
        link.replace_with(NavigableString(reference(label)))
    for link, target in links:
        if link.parent is not None and _leads_back(link, target, labelled):
            link.decompose()
    return labelled


def _targets(soup: BeautifulSoup) -> dict[str, Tag]:
    named = {str(tag["name"]): tag for tag in soup.find_all("a", attrs={"name": True})}
    return {**named, **{str(tag["id"]): tag for tag in soup.find_all(id=True)}}


def _name(link: Tag) -> str:
    _, sharp, name = str(link["href"]).rpartition("#")
    return name if sharp else ""


def _text_of(target: Tag, link: Tag) -> Tag | None:
    """The element with the text of the note that a link leads to; None where that is no note."""
    block = next((tag for tag in ancestry(target) if tag.name in BLOCK_ELEMENTS), None)
    if block is None or block.name in (*_HEADINGS, "body", "html") or block.find(_HEADINGS) is not None:
        return None
    inside = any(tag is block for tag in ancestry(link))
    length = len(tidy(block.get_text()))
    return None if inside or not 2 < length <= _LONGEST_NOTE else block


def _is_reference(link: Tag) -> bool:
    said = as_digits(tidy(link.get_text()))
    if not said or not _READS_LIKE_MARK.fullmatch(said):
        return False
    around = [link, *(tag for tag in link.parents if tag.name in ("sup", "span"))][:3]
    if any(tag.name == "sup" or _SAYS_REFERENCE.search(_attributes(tag)) for tag in around):
        return True
    # Links alone in their line are those of pages, tabs or an index.
    block = next((tag for tag in ancestry(link) if tag.name in BLOCK_ELEMENTS), link)
    linked = sum(len(tidy(each.get_text())) for each in block.find_all("a"))
    return len(tidy(block.get_text())) > 2 * linked + 2 and not said.isalpha()


def _attributes(tag: Tag) -> str:
    classes = tag.get_attribute_list("class")
    return " ".join(str(value) for value in (*classes, tag.get("role"), tag.get("epub:type"), tag.get("rel")) if value)


def _label(link: Tag, labelled: Mapping[int, str]) -> str:
    """How the note is called: as its mark reads, or by a number that no other has."""
    said = labels(as_digits(link.get_text()))
    taken = set(labelled.values())
    if len(said) == 1 and said[0] not in taken:
        return said[0]
    return next(str(number) for number in range(1, len(taken) + 2) if str(number) not in taken)


def _leads_back(link: Tag, target: Tag, texts: Mapping[int, str]) -> bool:
    """Whether a link in a note's text leads to its mark and says nothing."""
    said = as_digits(tidy(link.get_text()))
    if not any(id(tag) in texts for tag in ancestry(link)) or any(id(tag) in texts for tag in ancestry(target)):
        return False
    return bool(_BACK.fullmatch(said) or _READS_LIKE_MARK.fullmatch(said))
