"""Outlines as plain nested lists, so that a test shows them the way a reader sees them."""

from embeddings.outline import read_outline
from embeddings.types import Article, Section


def tree(article: Article) -> list:
    """[(kind, announcement, [children])], nested."""
    return [_node(article, section) for section in read_outline(article).sections]


def _node(article: Article, section: Section):
    announced = article.text[section.heading.start : section.heading.end]
    return (section.kind, announced, [_node(article, child) for child in section.children])


def article(text: str, **fields) -> Article:
    return Article(id="a", title="标题", text=text, path="a.txt", **fields)
