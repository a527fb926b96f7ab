"""What a file states about itself in YAML front matter (Jekyll, Hugo, Hexo)."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    others: tuple[str, ...] = ()
    """What else it says in Chinese, a line each: “文号：…”, “讲话人：…”."""


_KEYS = {
    "title": ("title", "标题"),
    "authors": ("author", "authors", "作者"),
    "source": ("source", "publisher", "origin", "来源"),
    "published": ("date", "published", "publish_date", "pubdate", "created", "日期", "发布日期", "发布时间", "时间"),
    "url": ("url", "link", "source_url", "original_url", "canonical_url", "原文链接"),
    "tags": ("tags", "tag", "keywords", "标签", "关键词"),
}


_LABELS = {
    "docno": "文号", "doc_no": "文号", "document_number": "文号", "number": "文号", "speaker": "讲话人", "role": "职务",
    "post": "职务", "position": "职务", "place": "地点", "location": "地点", "venue": "地点", "editor": "编辑",
    "photographer": "摄影", "photo": "摄影", "recorder": "记录", "reviewer": "审核", "proofreader": "校对",
    "host": "主持", "department": "部门", "office": "发文单位", "issuer": "发文单位", "region": "地区",
    "county": "地区", "city": "地区", "subtitle": "副标题", "contact": "联系人", "phone": "电话",
}  # fmt: skip
"""What keys are called that say something of the article; others stand as they are."""
_ELSEWHERE = frozenset(key for keys in _KEYS.values() for key in keys) | {
    "layout", "permalink", "category", "categories", "cover", "image", "thumbnail", "banner", "description", "excerpt",
    "summary", "toc", "comments", "sitemap", "slug", "lang", "redirect_from", "copyright", "license", "series", "menu",
    "nav", "sidebar", "theme",
}  # fmt: skip
"""Keys that are read as metadata, and those that say something of the site."""
_LONGEST_OTHER = 120
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


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
        others=tuple(_others(fields)),
    )


def _others(fields: dict[str, object]) -> Iterator[str]:
    for key, value in fields.items():
        said = _line(value) if isinstance(value, (str, list)) else ""
        if key not in _ELSEWHERE and _CHINESE.search(said) and len(said) <= _LONGEST_OTHER:
            yield f"{_LABELS.get(key, key)}：{said}"


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
