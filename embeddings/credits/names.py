"""Names of people and of organisations, told by their form: which words on a page's label lines are authors."""

from __future__ import annotations

import re

from embeddings.page.characters import HAN

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦"
    "昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊"
    "纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜"
    "郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢滑"
    "裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫"
    "乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从"
    "鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡"
    "劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎闫充慕连茹习宦艾鱼容向古易慎戈廖庾"
    "终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越"
    "夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈"
    "有琴佘佴伯赏墨哈谯笪年爱阳佟言福覃辜付代冼仝邸"
    "苑迟原郄粟郇揭敬次占鹿战楚初展么修闪亓门丘战类由尧畅禚綦謝張陳劉黃楊趙吳馬鄭羅許鄧馮葉蘇盧蔣賈韓賀龔"
    "萬錢湯尹鐘鍾譚鄒陸閻顧龍邱"
)
_COMPOUND_WORDS = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 "
    "濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐"
)
_COMPOUND = frozenset(_COMPOUND_WORDS.split())
_NOT_NAMES_WORDS = (
    "方案 简介 高清 文明 文化 文件 文章 文本 文字 文学 安全 时评 时政 时间 时事 常识 通知 通告 "
    "通报 公告 公示 公开 水利 金融 农业 农村 华东 东方 关于 关注 关键词 方法 方针 国际 国内 国家 "
    "家庭 家居 经济 经验 应用 应急 相关 封面 项目 路线 计划 明星 全文 全国 全部 成果 成绩 成就 "
    "平安 和平 乐活 石油 车市 马上 游戏 游记 向前 能源 师生 权威 原创 原文 原标题 查看 查询 展览 "
    "高端 高考 房产 管理 包装 车间 车型 白皮书 双语 年报 年度 封闭 宁静 景点 通用 连载 广告 广场 "
    "别墅 有限 有关 有效 有奖 言论 言情 福利 阳光 敬请 后记 前言 章节 单位 单独 江湖 江山 谢谢 "
    "感谢 支持 解读 解析 解决 党建 党务 党史 党委 党课"
)
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())
_GIVEN = rf"[{HAN}]{{1,2}}"
_FOREIGN = re.compile(rf"[{HAN}A-Za-z.]{{1,12}}(?:[·•・][{HAN}A-Za-z.]{{1,12}}){{1,4}}")
_LATIN = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z][a-z'’.-]*){1,3}")
_ORG_END = re.compile(
    r"(?:委员会|党委|党组|工委|纪委|团委|市委|省委|县委|区委|政府|党支部|支部|厅|局|办公室|"
    r"政研室|研究室|室|司|署|院|所|校|大学|学院|中心|公司|集团|协会|学会|联合会|基金会|"
    r"联盟"
    r"|工会|妇联|报|日报|晚报|网|电视台|广播台|电台|社|杂志|编辑部|评论部|机关|法院|检察院|"
    r"分局|支队|大队|总队|医院|银行|融媒体|工作组|课题组|调研组|课题|专班|处|科|站|会|"
    r"部|队|课题组|频道|客户端|公众号|委)$"
)
_NOT_ORG_END = re.compile(
    r"(?:大会|机会|社会|体会|晚会|年会|盛会|全会|读书会|茶话会|座谈会|发布会|推进会|工作会|"
    r"全部|内部|干部|一部|团队|军队|排队|互联网|场所|好处|长处|到处|总局官网|如何处|开会|"
    r"两会|委会议|[通汇申填简情预捷喜举]报|[年季月公]报)$"
)
_ORG = re.compile(rf"[{HAN}A-Za-z0-9“”\"()（）·]{{3,45}}")
_MEDIUM = re.compile(
    r"^[^：:]*(?:报|网|社|台|频道|客户端|公众号|发布|杂志|周刊|月刊|之声|在线|传媒|融媒|新闻|微博|微信|号|论坛|中心|[时快资]讯|内参|文摘)$"
)
_ROLE = re.compile(
    r"^(?:本报|本网|本刊|本台)?(?:特约|见习|实习|首席)?(?:记者|通讯员|评论员|撰稿人|作者|特约撰稿)[:：]?"
)


def is_person(word: str) -> bool:
    """Tell whether `word` has the form of a person's name: a surname and one or two characters, or foreign."""
    if _FOREIGN.fullmatch(word) or _LATIN.fullmatch(word):
        return True
    if word in _NOT_NAMES or len(set(word)) == 1 or not re.fullmatch(rf"[{HAN}]{{2,4}}", word):
        return False
    if word[:2] in _COMPOUND and 3 <= len(word) <= 4:
        return True
    return (
        len(word) <= 3
        and word[0] in _SURNAMES
        and re.fullmatch(_GIVEN, word[1:]) is not None
        and not is_organisation(word)
    )


def is_organisation(word: str) -> bool:
    """Tell whether `word` has the form of an office's, a firm's or a newspaper's name."""
    return bool(_ORG.fullmatch(word) and _ORG_END.search(word) and not _NOT_ORG_END.search(word))


def is_medium(word: str) -> bool:
    """Tell whether `word` can be the name of a source: an organisation, a newspaper, a site, an account."""
    return is_organisation(word) or (2 <= len(word) <= 25 and _MEDIUM.search(word) is not None)


def split_names(text: str) -> tuple[list[str], list[str]]:
    """Return the people and the organisations in a list of names, in order; other words are left out.

    A name spaced out to three characters' width (“张 三”) is put together.
    """
    words: list[str] = []
    for word in re.split(r"[\s、,，;；/|｜&和]+(?=\S)", text.strip(" ()（）[]【】")):
        bare = word.strip(" ()（）[]【】:：。.")
        word = word if is_person(word) and not _ROLE.fullmatch(bare) else _ROLE.sub("", bare)
        if words and len(words[-1]) == 1 and len(word) <= 2:
            words[-1] += word
        elif word:
            words.append(word)
    people, offices = [], []
    for word in words:
        if is_person(word):
            people.append(word)
        elif is_organisation(word):
            offices.append(word)
        elif (parts := _office_and_person(word)) is not None:
            offices.append(parts[0])
            people.append(parts[1])
    return list(dict.fromkeys(people)), list(dict.fromkeys(offices))


def only_names(text: str) -> bool:
    """Tell whether every word of `text` is a person's or an organisation's name."""
    people, offices = split_names(text)
    named = sum(map(len, [*people, *offices]))
    letters = re.sub(rf"[^{HAN}A-Za-z0-9]|记者|通讯员|特约|实习|见习|本报|本网|评论员|和", "", text)
    return bool(named) and named >= len(letters) - 1


def _office_and_person(word: str) -> tuple[str, str] | None:
    for size in (3, 2):
        office, person = word[:-size], word[-size:]
        if is_organisation(office) and is_person(person):
            return office, person
    return None
