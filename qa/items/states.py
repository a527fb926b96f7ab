"""Whether a value says a state or denies it: 未开工 denies 开工, 不合格 合格, 计划10月开工 says neither."""

from __future__ import annotations

import re
from typing import Literal

from embeddings.folding import squeeze

Stance = Literal["says", "denies", "neither"]
"""neither: the state is spoken of, but only as planned, in part or under way."""

_ALIKE = (
    "完工 竣工 建成 完成建设 建设完成 完成",
    "开工 动工 开建 启动建设",
    "在建 正在建设 建设中 施工中 正在施工",
    "合格 达标 符合要求 符合标准",
    "上报 报送 提交",
    "逾期 超期 超时 过期",
    "完成整改 整改完成 整改到位 整改完毕 已整改",
    "投用 投入使用 启用 投运 投产",
    "验收 通过验收 验收通过 验收合格",
    "签约 签订合同 签合同",
    "首次 第一次 头一次 头一回 头回",
)
"""States that are called by several words."""
_GROUP = {word: tuple(group.split()) for group in _ALIKE for word in group.split()}
_DENIED = r"(?:尚未|还未|仍未|暂未|并未|未曾|未能|未予|还没有?|尚没有?|没有|没能|没|未|不|无|非)"
_BETWEEN = r"(?:全部|按期|按时|及时|如期|正式|完全|能|予|进行|实现|通过|办理|得到)?"
DENIAL = re.compile(rf"{_DENIED}{_BETWEEN}$")
"""What denies the state that stands behind it."""
_PLANNED = re.compile(
    r"(?:计划|拟定?|预计|将|待|争取|准备|力争|即将|等待|需要?|应当?|须|要求|有望|可|前|内)[^，,。；;]{0,8}$"
)
_PARTLY = re.compile(r"(?:基本|部分|主体|局部|大部分?|接近|近|正在|正|准备|陆续|半)(?:已经?)?$")
_AFFIRMED = re.compile(r"^(?:是|有|√|✓|✔|☑|y|yes|已|已经|对|○|通过)$", re.IGNORECASE)
_REFUSED = re.compile(r"^(?:否|无|没有?|×|✗|✘|☒|n|no|未|尚未|不)$", re.IGNORECASE)
_SHORT_DENIALS = (("上报", re.compile(r"^(?:未|没)报$")), ("完成整改", re.compile(r"(?:未|没有?)整改")))
"""What denies a state by a shorter word than says it."""
_NO_STATE = re.compile(r"[率量数]|比例|时间|日期|时限|标准|要求|情况|计划|目标|条件|手续")


def words_for(state: str) -> tuple[str, ...]:
    """The words that say a state, itself first."""
    return (state, *(word for word in _GROUP.get(state, ()) if word != state))


def bare_state(words: str) -> tuple[str, bool]:
    """A state without what denies or affirms it, and whether it was denied: 未开工 is 开工, denied."""
    denied = re.match(rf"{_DENIED}{_BETWEEN}(?=..)", words)
    if denied and not words.startswith(("无锡", "不锈", "非常", "未来", "不断", "不同", "不少", "无人")):
        return words[denied.end() :], True
    return re.sub(r"^(?:已经|均已|现已|已)(?=..)", "", words), False


def stance(value: str, state: str, name: str = "") -> Stance | None:
    """What a value says of the state, or None where it does not speak of it; `name` is what names the value."""
    plain = squeeze(value)
    matches = [match for word in _words_in(plain, state) for match in re.finditer(re.escape(word), plain)]
    # Of words within words (施工 in 正在施工) the longer one says it.
    outer = [
        m for m in matches if not any(o is not m and o.start() <= m.start() and m.end() <= o.end() for o in matches)
    ]
    found = {_stance_at(plain, match) for match in outer}
    found.discard(None)
    if not found and any(state in words_for(of) and pattern.search(plain) for of, pattern in _SHORT_DENIALS):
        found = {"denies"}
    if not found and any(word in squeeze(name) for word in words_for(state)):
        found = {"says"} if _AFFIRMED.match(plain) else {"denies"} if _REFUSED.match(plain) else set()
    if not found:
        return None
    return next(iter(found)) if len(found) == 1 else "neither"


def answers_yes_or_no(value: str) -> bool:
    """Whether a value says no more than yes or no to what names it."""
    plain = squeeze(value)
    return bool(_AFFIRMED.match(plain) or _REFUSED.match(plain))


def _words_in(plain: str, state: str) -> tuple[str, ...]:
    """The words for a state; that it is reported is said by 报 alone where the value is no longer (未报, 已报)."""
    words = words_for(state)
    return (*words, "报") if "上报" in words and len(plain) <= len("已报") else words


def _stance_at(plain: str, match: re.Match[str]) -> Stance | None:
    before = plain[: match.start()]
    if _NO_STATE.match(plain, match.end()):
        return None
    if re.match(r"了?约?\d", plain[match.end() :]):
        return "neither"
    if DENIAL.search(before):
        return "denies"
    return "neither" if _PARTLY.search(before) or _PLANNED.search(before) else "says"
