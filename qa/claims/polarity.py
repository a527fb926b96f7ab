"""Whether two clauses that say the same words say the opposite: a negation more or less, 提高 for 下降."""

from __future__ import annotations

import re

from embeddings.folding import fold

_NO_NEGATION = re.compile(
    r"不(?:断|仅|但|只|同|少|过|管|论|久|时|定期|妨|愧|忘|懈|舍|渝|动产|锈钢|良|足|超过|少于|低于|高于|多于|到|满|大于|小于|含|一|限|等|无)|"
    r"无(?:论|人机|人船|人车|废|线|偿|私|缝|限|锡|纸化|障碍|害化|数|比|疑|愧|缘|极)|非(?:常|法|遗|凡|公|洲|税|煤|金属|营利|机动)|"
    r"未(?:来|成年|雨绸缪|央)|没(?:收)|([是能可要会好对有])不\1|莫(?:过于|大)|"
    r"有没有|是否|能否|可否|不可(?:或缺|替代)|不可分割|必不可少|不遗余力|不折不扣|源源不断|坚定不移|不忘初心|久久为功|不负|不易|无微不至"
)
"""Words that hold 不, 无, 未 or 非 and deny nothing; bounds of numbers, which are checked with their number."""
_NEGATION = re.compile(
    r"(?:尚|并|从|还|绝|也|均|都)?(?:没有|不得|不准|不许|不能|不要|不可|不会|不是|不再|不予|不应|不宜|不必|未曾|未能|并未|尚未|严禁|"
    r"禁止|不|没|未|无|勿|别(?=[再要让把])|非(?=[^\W\d]))(?:有|能|得|予|被|把|再|曾|进行|开展|实施)?"
)
_OPPOSITES = (
    (
        "提高 提升 增强 增加 上升 增长 上涨 增多 多了 多出 高出 扩大 加快 延长 高于",
        "下降 减少 降低 减轻 少了 下滑 下跌 缩小 减慢 放缓 缩短 压缩 低于",
    ),
    ("允许 许可 准许 可以 鼓励", "禁止 严禁 不得 不准 不许 不能 不可"),
    ("支持 赞成 同意 批准 通过", "反对 否决 驳回 拒绝"),
    ("开始 启动 开工 启用", "结束 终止 停工 停用 停止"),
    ("合格 达标 优秀 有效", "不合格 不达标 超标 无效"),
    ("最高 最大 最多 最好", "最低 最小 最少 最差"),
    ("盈利", "亏损"),
    ("公开", "保密 不公开"),
    ("自愿", "强制"),
    ("以前 之前", "以后 之后"),
    ("第一批 首批 率先 最早 第一个", "最后 末尾 最晚"),
    ("上半年", "下半年"),
    ("胜诉", "败诉"),
    ("进口", "出口"),
    ("收入", "支出"),
)
_SIDES = tuple((frozenset(one.split()), frozenset(other.split())) for one, other in _OPPOSITES)
_SCOPE = 2


def opposed(said: str, stated: str) -> bool:
    """Whether a clause denies what the clause of a source that it takes up affirms, or the other way round."""
    one, other = fold(said), fold(stated)
    return bool(denials(one)) != bool(denials(other)) or _turned(one, other) or _turned(other, one)


def flips(said: str, stated: str) -> bool:
    """Whether words that one of the two texts only denies are only affirmed in the other."""
    one, other = fold(said), fold(stated)
    return _only_affirmed(denials(one), other) or _only_affirmed(denials(other), one)


def denials(text: str) -> tuple[str, ...]:
    """The two characters behind each negation of a folded text."""
    plain = _NO_NEGATION.sub(lambda match: "＿" * len(match.group()), text)
    return tuple(plain[match.end() : match.end() + _SCOPE] for match in _NEGATION.finditer(plain))


def _only_affirmed(denied: tuple[str, ...], text: str) -> bool:
    own = denials(text)
    return any(len(scope) == _SCOPE and scope.isalpha() and scope in text and scope not in own for scope in denied)


def _turned(said: str, stated: str) -> bool:
    """Whether one says one of two opposites, and the other only the other."""
    for one, other in _SIDES:
        if _has(said, one) and not _has(said, other) and _has(stated, other) and not _has(stated, one):
            return True
    return False


def _has(text: str, words: frozenset[str]) -> bool:
    return any(word in text for word in words)
