"""What of a wording says something: its pairs of characters, without function words, common synonyms made one."""

from __future__ import annotations

import re

from embeddings.folding import fold

_ALIKE = (
    "成立 建立 设立 组建 创建 创立",
    "推进 推动 推行 推广",
    "获得 荣获 赢得 取得",
    "检查 排查 巡查",
    "完成 办完 办结 做完",
    "提高 提升 增强 增加 上升",
    "下降 减少 降低 减轻",
    "制定 制订 出台 定出 定下 印发",
    "帮助 帮扶 扶持",
    "强化 加强 增进",
    "查处 查办 处理",
    "落实 贯彻 执行",
    "要求 规定",
    "目前 当前 眼下 现在",
    "全部 所有 一切",
    "建设 打造 构建 搭建 建成",
    "学习 研学",
    "同时 一并",
    "方法 办法 做法 方式 举措 措施",
    "工作人员 干部职工 职工",
    "促进 带动",
    "参加 参与",
    "重点 关键",
    "问题 隐患",
    "缩短 压缩",
    "保证 保障 确保",
    "居民 群众 老百姓 百姓",
    "企业 公司 单位",
    "联系 结对",
    "负责 承担 担起",
    "每周 每星期",
    "如何 怎样 怎么",
    "由于 因为",
    "禁止 严禁 不得 不准 不许",
)
"""Words of which one often stands for the other; the first of each group stands for all."""
_STANDS_FOR = {word: group.split()[0] for group in _ALIKE for word in group.split()[1:]}
_SYNONYM = re.compile("|".join(map(re.escape, sorted(_STANDS_FOR, key=lambda word: -len(word)))))
_HAN = r"㐀-䶿一-鿿豈-﫿"
FUNCTION = (
    "的了着过在是和与及或并也都就还又而且则即将把被让使由从到向往于以为对因其"
    "这那此该各之所等地得个们中里上下后前时呢吗啊吧很更最已曾曾经"
)
"""Characters that mostly join others."""
_EMPTY = (
    "以及 并且 而且 此外 另外 同时 其中 通过 没有 尚未 并未 未能 不得 不能 严禁 禁止 不许 不准 允许 进而 从而"
    " 因此 所以 但是 不过 可以 能够 需要 应当 应该 必须 相关 有关 进行 开展 举办 举行 召开 实行 实施 采用 采取"
    " 属于 包括 包含 涵盖 涉及 是指 指的是 分别 分为 称为 叫作 叫做 名为 称作 总计 合计 累计 共计 总共 一共"
    " 不超过 不少于 控制在 以内 以下 以上 至少 最多 左右 大约 已经 期间 以后 以来 主要 具体 其他 其余 剩下 一些"
    " 这项 这些 该项 当年 同年 全年 目前 当前 眼下"
)
_FILLERS = re.compile(
    rf"一[个种些项条批名位]|{'|'.join(sorted(_EMPTY.split(), key=lambda word: -len(word)))}|[共有约均叫称{FUNCTION}]"
)
_RUN = re.compile(rf"[{_HAN}]+")
_LOCAL = re.compile(rf"(?<![{_HAN}])[省市县区局厅](?=[{_HAN}]{{2}})|[我全本该当][省市县区州局厅地]")
"""How an article calls the place or office that it is about, which a reply calls by its name."""
_CONNECTIVES = re.compile(
    r"综上所述|综上|总的来说|总体来看|总而言之|总之|简而言之|概括来说|具体来说|具体而言|具体|详细|如下|以下|下面|下列|首先|其次|最后|"
    r"根据|依据|按照|资料|材料|文章|原文|内容|信息|问题|回答|答案|总结|小结|概述|概括|说明|介绍|情况|主要|分别|包括|包含|要点|方面|"
    r"可以|归纳|列举|整理|相关|有关|提供|提到|显示|指出|可知|得出|答|问|几点|几个|这些|其中|共|有|如"
)


def canonical(text: str) -> str:
    """The folded text with one word for each group of synonyms."""
    return _SYNONYM.sub(lambda match: _STANDS_FOR[match.group()], fold(text))


def terms(text: str) -> tuple[str, ...]:
    """The pairs of Chinese characters that say something, in order.

    A character stands by itself only where it has no neighbour to pair with.
    """
    found: list[str] = []
    for run in runs(text):
        found.extend(run[i : i + 2] for i in range(len(run) - 1))
        if len(run) == 1:
            found.append(run)
    return tuple(dict.fromkeys(found))


def holds(text: str) -> frozenset[str]:
    """Every pair and character that the text holds, with and without its function words."""
    plain = canonical(text)
    whole = "".join(_RUN.findall(plain))
    bare = "".join(_RUN.findall(_FILLERS.sub("", plain)))
    pairs = {run[i : i + 2] for run in (whole, bare) for i in range(len(run) - 1)}
    return frozenset(pairs | set(whole))


def says_nothing(text: str, question: str) -> bool:
    """Whether the text holds no words beside those that lead over and the question's own."""
    left = _CONNECTIVES.sub(" ", fold(text))
    return not set(terms(left)) - holds(question)


def runs(text: str) -> list[str]:
    """Its stretches of characters that say something, in order."""
    return _RUN.findall(_FILLERS.sub(" ", _LOCAL.sub(" ", canonical(text))))
