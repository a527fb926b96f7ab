"""What a file states about itself in YAML front matter (Jekyll, Hugo, Hexo)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from embeddings.page.characters import tidy
from embeddings.page.dates import iso_date

_FENCED = re.compile(r"\A\s*---[ \t]*\r?\n(?P<yaml>.*?)(?:^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z))", re.DOTALL | re.MULTILINE)
_KEY_LINE = re.compile(r"^[A-Za-z_\u4e00-\u9fff][\w \-]*\s*[:：](?:\s|$)")
_KEPT_LINE = re.compile(r"^(?P<key>[A-Za-z_\u4e00-\u9fff][\w\-]*)\s*[:：]\s*(?P<value>.+?)\s*$")


@dataclass(frozen=True, slots=True)
class Stated:
    """Metadata that a file states outside its text: in front matter, <title> or <meta>; unknown ones are empty."""

    title: str = ""
    site: str = ""
    """The name of the site, where <meta> tells it."""
    authors: str = ""
    """The authors as written, not yet split."""
    source: str = ""
    published: str = ""
    """ISO 8601."""
    url: str = ""
    tags: tuple[str, ...] = ()


_KEYS = {
    "title": ("title", "标题"),
    "authors": ("author", "authors", "作者"),
    "source": ("source", "publisher", "来源"),
    "published": ("date", "published", "publish_date", "pubdate", "created", "日期", "发布日期", "发布时间", "时间"),
    "url": ("url", "link", "source_url", "original_url", "canonical_url", "原文链接"),
    "tags": ("tags", "tag", "keywords", "标签", "关键词"),
}


def split_front_matter(text: str) -> tuple[Stated | None, str]:
    """Return the front matter, or None where there is none, and the text behind it.

    Front matter that isn't valid YAML is read line by line, so that it costs neither the article nor its title.
    """
    match = _FENCED.match(text)
    if match is None:
        return None, text
    lines = [line for line in match["yaml"].splitlines() if line.strip()]
    if lines and not _KEY_LINE.match(lines[0]) and not lines[0].lstrip().startswith("#"):
        return None, text  # two horizontal rules around text, not front matter
    return _stated(_load(match["yaml"])), text[match.end() :]


def _load(source: str) -> dict[str, object]:
    try:
        loaded = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError):  # ValueError: an impossible date such as 2021-13-45
        pairs = (_KEPT_LINE.match(line) for line in source.splitlines())
        return {pair["key"].lower(): pair["value"].strip("\"'“”") for pair in pairs if pair}
    return {str(key).lower(): value for key, value in loaded.items()} if isinstance(loaded, dict) else {}


def _stated(fields: dict[str, object]) -> Stated:
    found = {name: next((fields[key] for key in keys if fields.get(key)), None) for name, keys in _KEYS.items()}
    return Stated(
        title=_line(found["title"]),
        authors=_line(found["authors"]),
        source=_line(found["source"]),
        published=iso_date(_line(found["published"])),
        url=_line(found["url"]),
        tags=_tags(found["tags"]),
    )


def _line(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(_line(item) for item in value if item)
    if isinstance(value, dict):
        return _line(value.get("name"))
    return tidy(str(value))


def _tags(value: object) -> tuple[str, ...]:
    items = [_line(item) for item in value] if isinstance(value, list) else split_tags(_line(value).strip("[]"))
    return tuple(dict.fromkeys(item for item in items if item))


def split_tags(text: str) -> list[str]:
    """Split tags or keywords written in one string: at commas where there are some, else at spaces."""
    parts = re.split(r"[,，;；、|]", text)
    return [part.strip() for part in (parts if len(parts) > 1 else text.split()) if part.strip()]
