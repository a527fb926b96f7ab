"""Outlines as plain nested lists or lines, so that a test shows them the way a reader sees them."""

from collections.abc import Iterator

from embeddings.structure.outline import read_outline
from embeddings.types import Article, Section


def tree(article: Article) -> list:
    """[(kind, announcement, [children])], nested."""
    return [_node(article, section) for section in read_outline(article).sections]


def _node(article: Article, section: Section):
    announced = article.text[section.heading.start : section.heading.end]
    return (section.kind, announced, [_node(article, child) for child in section.children])


def names(text: str) -> list:
    """[(name as written, [parts])] of a text, in its order, however deep they stand."""
    built = article(text)
    return [
        (section.label, [text[part.start : part.end] for part in section.children])
        for section in walk(read_outline(built).sections)
        if section.kind == "name"
    ]


def walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Every section, each before its children."""
    for section in sections:
        yield section
        yield from walk(section.children)


def sketch(article: Article) -> str:
    """A line for every node, indented by its depth: kind [label] where it starts | its heading's end > its own end."""
    return "\n".join(_lines(article.text, read_outline(article).sections, 0))


def _lines(text: str, sections: tuple[Section, ...], depth: int) -> Iterator[str]:
    for section in sections:
        opening = text[section.start : section.end][:7].replace("\n", "/")
        announced = text[section.heading.start : section.heading.end][-4:]
        label = f" {section.label}" if section.label else ""
        yield f"{'  ' * depth}{section.kind}{label} {opening}|{announced}>{text[section.start : section.end][-4:]}"
        yield from _lines(text, section.children, depth + 1)


def article(text: str, **fields) -> Article:
    return Article(id="a", title="标题", text=text, path="a.txt", **fields)
