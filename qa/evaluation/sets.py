"""Files of questions with known answers, in four formats told apart by content, into one form.

- seed questions: JSON lines with `question`, `kind` (`none`: the corpus has no answer), `article` (an id or several),
  `must` (groups of alternatives) and `history`;
- SQuAD (Rajpurkar et al., EMNLP 2016; with `is_impossible`, ACL 2018): one JSON object with `data`;
- reading: JSON lines with `question`, `context`, `answers` and `impossible`;
- RGB (Chen et al., AAAI 2024): JSON lines with `query`, `answer`, `positive` and `negative` passages.

Any of them may be compressed with xz.
"""

from __future__ import annotations

import json
import lzma
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from embeddings.errors import SuyuanError
from qa.evaluation.formats import (
    Asked,
    Context,
    NoGoldError,
    Qa,
    SquadArticle,
    SquadParagraph,
    context_of,
    on_context,
    read_line,
)

_XZ = b"\xfd7zXZ\x00"
_WRONG = {"missing": "缺失 / is missing", "string_pattern_mismatch": "是空的 / is blank"}
"""What readers of a message are told for the commonest of pydantic's types of errors."""


@dataclass(frozen=True, slots=True)
class BadItem:
    """A question that could not be read or asked, where it stands and why (for the user, Chinese first)."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """What a file holds, in its order."""

    asked: tuple[Asked, ...]
    contexts: tuple[Context, ...]
    bad: tuple[BadItem, ...]


def read_evaluation_set(file: Path) -> EvaluationSet:
    """Read a file of one of the four formats; what is wrong in it is named in `bad`, and the rest goes on.

    Raises:
        SuyuanError: the file can't be read or holds no question of a known format.
    """
    content = _content(file)
    asked: list[Asked] = []
    contexts: dict[str, Context] = {}
    bad: list[BadItem] = []
    for read in _items(content):
        if isinstance(read, BadItem):
            bad.append(read)
        elif isinstance(read, Context):
            contexts.setdefault(read.id, read)
        else:
            asked.append(read)
    if not asked:
        first = f"第一处 First: {bad[0].place}：{bad[0].reason}" if bad else "文件是空的。The file is empty."
        raise SuyuanError(
            f"{file} 里没有可用的问题；能读的格式：种子问题 JSONL、SQuAD JSON、阅读理解 JSONL、RGB JSONL。\n"
            f"No question in {file}; it may be seed questions, SQuAD, reading or RGB. {first}"
        )
    return EvaluationSet(tuple(asked), tuple(contexts.values()), tuple(bad))


def _content(file: Path) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SuyuanError(f"读不了 {file}：{error.strerror}\nCan't read {file}.") from error
    if not content.startswith(_XZ):
        return content.removeprefix(BOM_UTF8)
    try:
        return lzma.decompress(content).removeprefix(BOM_UTF8)
    except (lzma.LZMAError, EOFError) as error:
        raise SuyuanError(
            f"解压不了 {file}，文件已损坏（{error}）。\nCan't decompress {file}: it is damaged."
        ) from error


def _items(content: bytes) -> Iterator[Asked | Context | BadItem]:
    whole = _json(content)
    if isinstance(whole, dict) and isinstance(whole.get("data"), list):
        yield from _squad(whole["data"])
        return
    # Only \n ends a line: JSON strings may hold U+2028 and the other characters that str.splitlines splits at.
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        item, place = _json(line), f"第 {number} 行"
        if isinstance(item, dict):
            yield from _guarded(place, read_line(item, str(number)))
        else:
            yield BadItem(place, "不是 UTF-8 的 JSON 对象 / not a JSON object in UTF-8")


def _json(content: bytes) -> Any:
    """The JSON value, or None where it is none."""
    try:
        return json.loads(content.decode("utf-8"))
    # Python also refuses numbers of thousands of digits and lists nested thousands deep.
    except (ValueError, RecursionError):
        return None


def _guarded(place: str, items: Iterable[Asked | Context]) -> Sequence[Asked | Context | BadItem]:
    """All the items of one place, or else what is wrong there."""
    try:
        return tuple(items)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(map(str, first["loc"]))
        said = _WRONG.get(first["type"], f"不对 / {first['msg']}")
        return (BadItem(place, f"{field} {said}"),)
    except NoGoldError:
        return (BadItem(place, "可答的问题没有标准答案 / answerable, but without an answer"),)


def _squad(data: list[Any]) -> Iterator[Asked | Context | BadItem]:
    for a, article in enumerate(data):
        place = f"data[{a}]"
        try:
            paragraphs = SquadArticle.model_validate(article).paragraphs
        except ValidationError:
            yield BadItem(place, "没有 paragraphs / no list of paragraphs")
            continue
        for p, paragraph in enumerate(paragraphs):
            yield from _squad_paragraph(paragraph, f"{place}.paragraphs[{p}]")


def _squad_paragraph(item: Any, place: str) -> Iterator[Asked | Context | BadItem]:
    try:
        paragraph = SquadParagraph.model_validate(item)
    except ValidationError:
        yield BadItem(place, "没有 context 或 qas / no context, or no list of qas")
        return
    context = context_of(paragraph.context)
    yield context
    for q, qa in enumerate(paragraph.qas):
        there = f"{place}.qas[{q}]"
        yield from _guarded(there, _squad_question(context, qa, there))


def _squad_question(context: Context, item: Any, place: str) -> Iterator[Asked]:
    yield on_context(context, Qa.model_validate(item), place)
