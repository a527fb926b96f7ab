"""Which articles a question means by when they were published, where, and who wrote them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from embeddings.folding import fold
from embeddings.snapshot.corpus_store import ArticleHead

_PUBLISHED = "(?:上?(?:发表|发布|刊登|刊发|登载|刊载|转载|登|刊))"
_RELATIVE = {"今年": 0, "去年": 1, "前年": 2}
_DAY = r"(?P<{0}>(?:19|20)\d\d|今年|去年|前年)年?(?:(?P<{0}m>\d{{1,2}})月(?:份)?(?:(?P<{0}d>\d{{1,2}})[日号])?)?"
_DATES = re.compile(
    _DAY.format("a")
    + rf"(?:(?:到|至|-|—|~|和|与)+{_DAY.format('b')})?"
    + r"(?P<side>以前|之前|以来|以后|之后|至今|前|后)?(?:年|间|期间)?"
)
_WRITTEN_BY = re.compile(
    r"(?:作者|撰稿人?|执笔人?)(?:是|为|系|叫)(?P<a>[^，,。的]+)|"
    r"(?:由)?(?P<b>[^，,。哪谁的由]{2,25}?)(?:都|一共|总共|共)?(?:撰写|写作|执笔|撰稿|写)(?:了|过|的)"
)
_PUBLISHED_IN = re.compile(
    r"(?:来源|出处)(?:是|为|于|自)(?P<a>[^，,。的]+)|"
    rf"{_PUBLISHED}(?:在|于)(?P<b>[^，,。的]+)|"
    rf"(?:在|由)?(?P<c>《[^》]+》|[^，,。哪谁的在由]{{2,25}}?)(?:都|一共|总共|共|上)*{_PUBLISHED}(?:了|过|的)"
)
_HANDLED_BY = re.compile(
    r"(?:由)?(?P<a>[^，,。哪谁的由]{2,25}?)(?:上传|编辑)(?:了|过|的)|(?:责任)?编辑是(?P<b>[^，,。的]+)"
)
_ASKS_ITSELF = re.compile(r"什么|时候|哪|谁|多少|几篇|何|文章|报道")
"""In “文章是什么时候发表的” no newspaper stands before 发表."""


@dataclass(frozen=True, slots=True)
class Publication:
    """When, where and by whom; empty strings ask for nothing."""

    first: str = ""
    """No earlier than this day, as far as an ISO date is written (2022, 2022-01, 2022-01-11)."""
    last: str = ""
    author: str = ""
    source: str = ""
    """A newspaper or site; or a person of whom it is said that they published it."""
    handler: str = ""
    """Who edited or uploaded it."""

    def admits(self, head: ArticleHead) -> bool:
        """Whether the page says all that is asked for."""
        published = head.published
        return (
            (bool(published) or not (self.first or self.last))
            and (not self.first or published[: len(self.first)] >= self.first)
            and (not self.last or published[: len(self.last)] <= self.last)
            and (not self.author or _is_named(self.author, (*head.authors, head.author_post + "".join(head.authors))))
            and (not self.source or _is_named(self.source, (head.source, *head.authors)))
            and (not self.handler or _is_named(self.handler, (*head.editors, head.uploader)))
        )

    def __str__(self) -> str:
        """In Chinese, as a reason for refusing puts it: “2024年发布的”."""
        parts = [f"{spoken_day(self.first)}发布"] if self.first and self.first == self.last else []
        if not parts and self.first:
            parts.append(f"{spoken_day(self.first)}{'至' + spoken_day(self.last) if self.last else '及以后'}发布")
        if not parts and self.last:
            parts.append(f"{spoken_day(self.last)}及以前发布")
        parts.extend(f"{label}“{name}”" for label, name in self._names() if name)
        return "、".join(parts)

    def _names(self) -> tuple[tuple[str, str], ...]:
        return (("作者是", self.author), ("来源是", self.source), ("编辑或上传者是", self.handler))


def publication_in(text: str, today: date) -> tuple[Publication, str]:
    """What a question says of the publication, and the question without it."""
    first, last, rest = _dates(text, today)
    author, rest = _taken(_WRITTEN_BY, rest)
    source, rest = _taken(_PUBLISHED_IN, rest) if not author else ("", rest)
    handler, rest = _taken(_HANDLED_BY, rest)
    return Publication(first, last, author, source, handler), rest


def _dates(text: str, today: date) -> tuple[str, str, str]:
    match = _DATES.search(text)
    if match is None:
        return "", "", text
    rest = text[: match.start()] + text[match.end() :]
    first = _iso(match, "a", today)
    last = _iso(match, "b", today) if match.group("b") else first
    side = match.group("side") or ""
    if side in ("以前", "之前", "前"):
        return "", _day_before(first), rest
    if side:
        # 之后 leaves the year itself out; 以来, 至今 and, as most people mean it, 以后 do not.
        return (_day_after(last) if side in ("之后", "后") else first), "", rest
    return first, last, rest


def _iso(match: re.Match[str], which: str, today: date) -> str:
    year = match.group(which)
    year = str(today.year - _RELATIVE[year]) if year in _RELATIVE else year
    more = [match.group(f"{which}{part}") for part in "md"]
    return "-".join([year, *(part.zfill(2) for part in more if part)])


def _day_before(day: str) -> str:
    """The last day before a year, month or day, as far as one is needed to compare: 2022 -> 2021."""
    return _shifted(day, -1)


def _day_after(day: str) -> str:
    return _shifted(day, 1)


def _shifted(day: str, by: int) -> str:
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 1:
        return str(parts[0] + by)
    if len(parts) == 2:
        months = parts[0] * 12 + parts[1] - 1 + by
        return f"{months // 12}-{months % 12 + 1:02}"
    return date.fromordinal(date(*parts).toordinal() + by).isoformat()


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.search(text)
    if match is None:
        return "", text
    name = next(name for name in match.groups() if name)
    name = re.sub(r"^(?:一共|总共|共|都|是|[这那]些|所有|全部)+|[上里中]$", "", name).strip("《》“”")
    if len(name) < 2 or _ASKS_ITSELF.search(name):
        return "", text
    return name, text[: match.start()] + "的" + text[match.end() :]


def spoken_day(day: str) -> str:
    """2022-01-11 -> 2022年1月11日."""
    year, *rest = day.split("-")
    return f"{year}年" + "".join(f"{int(part)}{unit}" for part, unit in zip(rest, "月日", strict=False))


def _is_named(name: str, said: tuple[str, ...]) -> bool:
    """Whether one of the names said is this one or a longer form of it (“中国环境报” of “《中国环境报》社”)."""
    wanted = _plain(name)
    return any(wanted in _plain(one) or (len(one) >= 3 and _plain(one) in wanted) for one in said if one)


def _plain(name: str) -> str:
    return re.sub(r"[\s《》“”·•]", "", fold(name))
