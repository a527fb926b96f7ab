"""Units and measure words: which there are, which are spelt differently, which count the same."""

from __future__ import annotations

import re

SPELT_ALIKE = {
    "个人": "人", "名": "人", "位": "人", "千米": "公里", "公斤": "千克", "块钱": "元", "块": "元", "个小时": "小时",
    "百分点": "个百分点", "号": "日", "钟头": "小时", "个工作日": "工作日", "月份": "月", "年度": "年", "大": "个",
    "个方面": "个", "方面": "个", "度": "℃", "摄氏度": "℃", "大类": "类", "大项": "项", "分": "分钟",
}  # fmt: skip
"""Unit -> the spelling that stands for it."""
_UNITS = (
    "个百分点 百分点 平方公里 平方千米 平方米 立方米 公里 千米 毫米 厘米 公斤 千克 公顷 分钟 个小时 小时 钟头"
    " 个工作日 工作日 美元 欧元 日元 英镑 块钱 元 个月 月份 年度 年代 人次 个人 个方面 方面 大类 大项 个 大 项"
    " 条 件 类 种 点 家 户 人 名 位 所 座 起 批 次 期 届 级 层 篇 本 册 页 张 只 头 匹 辆 架 艘 台 套 支 间 处"
    " 场 门 份 封 棵 株 亩 吨 斤 克 米 里 升 度 摄氏度 ℃ 年 月 日 号 天 周 季度 岁 倍 % ‰ 分 秒 章 节 版 步 轮"
    " 堂 课 县 市 省 区 村 镇 乡 国 枚 块 海里 微克 毫克 千瓦时 千瓦 兆瓦 分贝 组 队 笔 样"
)
_SELDOM = "点 里 分 度 大 起 只 门 市 省 区 国 课 堂 节 队"
_ONE = "年 月 日 号 元 次 期 天 小时 个小时 个月 分钟 届 吨 亩 公里 米 岁 倍"
_GENERAL = frozenset("个项条件点类种家人户座处支份所台张起步场章组间块笔样套")
_ALIKE = (frozenset("项条件点"), frozenset("日天"), frozenset("种类组样套"), frozenset("家所处"))

UNIT = "|".join(map(re.escape, sorted(_UNITS.split(), key=lambda unit: -len(unit)))).replace("|期|", "|期(?!间)|")
"""A pattern of all of them, the longest first."""
SELDOM_COUNTS = frozenset(_SELDOM.split())
"""What seldom counts right behind a Chinese numeral (一起, 三里, 十分)."""
COUNTS_THINGS = (_GENERAL | frozenset("批人")) - frozenset("点步")
"""Measure words: the word behind them says what was counted."""
COUNTS_ONE = frozenset(_ONE.split())
"""What 一 counts; in 一个, 一项, 一种 it is an article."""


def same_unit(said: str, stated: str) -> bool:
    """Whether two units, each in its one spelling, count the same: nothing said is any unit, 个 any measure word."""
    if said == stated or not said:
        return True
    if said.startswith("第") or stated.startswith("第"):
        return said[:1] == stated[:1] and same_unit(said[1:], stated[1:])
    return ("个" in (said, stated) and {said, stated} <= _GENERAL) or any({said, stated} <= group for group in _ALIKE)
