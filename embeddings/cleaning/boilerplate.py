"""Lines that belong to the page and not to the article, told by what they say."""

from __future__ import annotations

import re
from typing import Literal

Furniture = Literal["url", "navigation", "widget", "pager", "teaser", "related", "notice", "picture"]

_URL = re.compile(
    r"(?:(?P<label>[\u4e00-\u9fff]{0,6})[:：])?\s*[<（(\[]?\s*(?P<url>(?:https?|ftp)://[^\s<>（）\]]+|"
    r"www\.[\w./?=&%#-]+)\s*[>）)\]]?(?:\s*[<（(\[]?(?:https?://|www\.)\S+)*"
)
_OF_ARTICLE = re.compile(r"|(?:原文|源|本文|文章|来源|转载)?(?:链接|地址|网址|出处)|原文|来源|转自|转载自|出处")
"""How the address of the page itself is labelled."""
_CRUMB_START = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,6}(?:当前|所在|现在)的?(?:位置|栏目)|位置|你在|您在)\s*[:：是]?\s*\S{0,12}\s*"
    r"[>＞»›/→-]|^(?:首页|网站首页|主页|Home)\s*[>＞»›/→·-]+\s*\S"
)
_CRUMBS = re.compile(r"^\S{1,15}(?:\s*[>＞»›]{1,2}\s*\S{1,20}){2,6}$")
_BACK = re.compile(
    r"(?:\[|【)?(?:返回|回到|进入)\S{0,14}?(?:首页|主页|列表|顶部|目录|上级|上一级|频道|"
    r"栏目|新闻|封面)\S{0,4}(?:\]|】)?"
)
_WIDGET_WORD = re.compile(
    r"(?:打印(?:本页|本文|此页)?|关闭(?:窗口|本页|此页)?|收藏(?:本页|本文)?|分享(?:到|"
    r"至|本文|文章)?.{0,12}|点赞|在看|赞|踩|评论|转发|举报|纠错|微信|微博|新浪微博|腾讯微博|"
    r"QQ空间|QQ好友|QQ|朋友圈|人人网|豆瓣|复制链接|"
    r"首页|主页|网站地图|设为首页|加入收藏|联系我们|关于我们|网站声明|隐私(?:政策|保护)|"
    r"免责声明|法律声明|使用帮助|意见反馈|登录|注册|登录/注册|搜索|无障碍(?:浏览|阅读)?|"
    r"长者(?:模式|助手)|适老化|手机版|电脑版|客户端|English|EN|繁体|简体|"
    r"字号|字体|大|中|小|A\+|A-|A|TOP|更多(?:>>|＞＞|>)?|更多精彩|阅读原文|查看原文|查看更多|"
    r"加载更多|展开(?:全文|阅读全文)|返回|上一页|下一页|尾页|末页|扫一扫.{0,20}|扫码.{0,16}|"
    r".{0,6}二维码.{0,12}|"
    r"保护视力色.{0,8}|背景色|朗读|语音播报|听全文|订阅|关注|\+关注|已关注|收起|全文|"
    r"更多|原创|轻触阅读原文|喜欢此内容的人还喜欢|预览时标签不可点|微信扫一扫|关注该公众号|"
    r"[上下]一?[篇条]|列表|MENU|Menu|menu|"
    r"继续滑动看下一个|向上滑动看下一个|知道了|取消|允许|轻点两下取消赞)"
)
_CALL = re.compile(
    r"^(?:↑+|↓+|▲|▼|>+|<+)?\s*(?:欢迎|请|敬请)?(?:点击|长按|扫描|扫码|识别|轻点|戳|关注|"
    r"搜索)(?:上方|下方|左下角|右上角|文末|图中|图片|我们|上面|下面|“|\"|'|「|【|\s).{0,40}(?:关注|"
    r"二维码|公众号|订阅|阅读原文|蓝字|在看|小程序|视频号|了解更多|下载).{0,12}$"
    r"|^.{0,12}(?:微信扫一扫|扫一扫|长按识别|扫码关注|阅读原文|设为星标|点个?[“\"]?在看).{0,20}$"
)
_PAGER = re.compile(
    r"^[\[【<«‹(（]*\s*(?:上|下|前|后)一?[篇条页]\s*(?:文章|新闻|[:：»›>】\])）]|$)|^第\s*\d+\s*页\s*[/／"
    r",，]?\s*共\s*\d+\s*页$|^(?:\d{1,2}\s+){2,}\d{1,2}$"
)
_PART = re.compile(r"^[上中下前后]篇(?:\s*[:：]\s*\S|\s+\S|$)")
_RELATED = re.compile(
    r"^[■●◆▶►>＞【\[\s]*(?:(?:相关|推荐|延伸|热门|精彩|更多|往期|扩展|猜你|最新|热点|"
    r"编辑|为您|大家都在|你可能|您可能|热文|阅读)\s*(?:阅读|文章|新闻|链接|推荐|资讯|"
    r"内容|报道|回顾|专题|喜欢|排行|看|感兴趣的?|还喜欢|精彩|信息|稿件|解读|动态|排行榜){1,2}|"
    r"热文榜|点击排行榜?|排行榜|相关附件下载列表)\s*(?:MORE|more|更多|>>|＞＞)?\s*[】\]]?\s*(?P<rest>[:："
    r"|].*)?$"
)
_TEASER = re.compile(
    r"[(（]\s*\d+\s*[)）]\s*人(?:次)?(?:阅读|浏览|评论)|\d+\s*人(?:阅读|浏览)\s*时间|"
    r"(?:\.{3,}|…+)\s*[\[【(（<]*\s*(?:(?:查看|阅读)?(?:详细|详情|全文|更多)|查看|\d{4}年\d{1,2}月\d{1,2}日)\s*[\]】)）>＞»]*$"
    r"|(?:\.{3,}|…+)\s*[\[【(（<]*\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|(?:\.{3,}|…+)\s*[(（]?\d+[)）]?\s*(?:阅读|浏览|评论)|[\[【](?:详细|详情|查看详情|"
    r"阅读全文)[\]】]$|^.{6,60}\s(?:阅读|浏览|评论)\s*[(（]?\d+[)）]?(?:\s|$)"
)
_LONGEST_SUMMARY = 260
_CUT_OFF = re.compile(r"(?:\.{3,}|…+)\s*$")
_NOTICE_LABEL = re.compile(
    r"^[\s【\[（(※＊*◎■注]*(?:版权|免责|特别|郑重|广告|重要|法律|网站|转载|侵权|风险)?\s*(?:声明|"
    r"提示|公告|说明)\s*[】\]）)]?\s*[:：]?"
)
_NAMED_NOTICE = re.compile(r"^[\s【\[（(※＊*◎■]*(?:版权|免责|法律|侵权|转载|网站)声明\s*[】\]）)]?\s*[:：]")
"""What a notice calls itself needs no other evidence; a sentence of an article does not begin so."""
_NOTICE_START = re.compile(
    r"^[\s（(【\[※＊*①-⑨\d.、]*(?:凡|本(?:文|网|站|平台|公众号|号|报|刊|稿|作品|页面|"
    r"内容|微信)|以上(?:内容|文章|图文|信息)|如(?:有|涉|需|果)|若(?:有|涉)|未经|版权|"
    r"转载|©|Copyright|\(c\)"
    r"|图片?、?文?字?(?:来源|素材)|部分(?:图片|内容|文字)|文中(?:图片|观点)|内容(?:来源|"
    r"仅供)|素材|投稿|任何(?:单位|媒体)|声明|我们(?:尊重|致力)|文章(?:来源|内容|观点|"
    r"仅)|仅供|该文|转发|欢迎(?:投稿|转载)|温馨提示|All [Rr]ights)",
    re.IGNORECASE,
)
_NOTICE_EVIDENCE = re.compile(
    r"不代表本(?:网|站|平台|公众号|报|刊|号)|(?:仅|只|不)代表.{0,12}(?:观点|立场)|(?:侵权|"
    r"版权|侵犯).{0,30}(?:联系|告知|删除|处理)|(?:联系|告知).{0,16}(?:删除|处理)|版权(?:均?归|"
    r"均?属|所有)|著作权(?:均?归|均?属)|转载.{0,10}(?:请|须|需|应|务必).{0,6}注明"
    r"|未经.{0,14}(?:授权|许可|同意|允许).{0,14}(?:转载|使用|摘编|复制|镜像)|注明.{0,30}(?:来源|"
    r"的(?:所有)?(?:作品|文章|稿件|内容))|仅供(?:参考|读者|学习)|不构成(?:任何)?(?:投资)?(?:建议|"
    r"要约)|All rights reserved|Copyright|©|真实性.{0,20}(?:负责|保证|核实)|本站(?:内容|"
    r"文章|信息)|并自负(?:版权|法律)?|自行承担",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"本(?:网|站|报|刊|平台|公众号|号|文|微信|作品)|网站|来源|作者|我们|编辑|公众号|©|Copyright|版权所有|转载请",
    re.IGNORECASE,
)
_REGISTRATION = re.compile(
    r"[\u4e00-\u9fff]?ICP备?证?\s*\d|公网安备|网安备|网站标识码|^\s*(?:©|Copyright|\(c\)|"
    r"版权所有)|All rights reserved|互联网(?:新闻|出版|视听)\S{0,12}许可证|增值电信|广播电视节目制作经营许"
    r"可证|^.{0,16}(?:举报|监督)电话.{0,30}(?:举报|邮箱)",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"^(?:点击(?:图片)?(?:查看|放大|进入).{0,12}|图片(?:加载中|已删除)?|\[?图\]?|图集|"
    r"查看大图|\[图片\]|image|\d+/\d+)$",
    re.IGNORECASE,
)
_MENU_LABEL = re.compile(r"^(?:网站|站点|本站|主)?(?:导航|菜单|栏目|频道)\s*[:：]\s*")
_MENU_WORD = re.compile(
    r"首页|主页|新闻|要闻|时政|党建|公告|公示|视频|图片|图库|专题|财经|体育|娱乐|军事|"
    r"科技|教育|文化|健康|房产|汽车|登录|注册|搜索|政务|服务|互动|机构|政策|概况|导航|"
    r"专栏|评论|理论|国际|国内|社会|地方|法治|生态|旅游|直播|滚动|English|论坛|邮箱"
)

_MENU_DOOR = re.compile(r"(?:网站)?首页|主页|Home|HOME|MENU|关于我们|联系我们", re.IGNORECASE)
"""With this among them, short words in a row are a site's menu, whatever the others say."""
_GREETING = re.compile(
    r"(?:您好|你好)?[，,！!]?\s*欢迎(?:您|你)?(?:访问|来到|光临|登录|浏览|进入)[^。；;]{2,24}"
    r"(?:网|网站|网页|平台|门户|主页|频道|论坛|系统)[！!，,。\s]*(?:[\[【(（]?(?:登录|注册|请登录|免费注册)[\]】)）]?[\s|｜]*)*(?:今天是.{2,30})?"
)

_SITE_ENDING = re.compile(
    r"(?:^|\s*)(?:(?:返回[\u4e00-\u9fff]{2,6}[，,]\s*查看更多|更多精彩内容请(?:进入|关注)[\u4e00-\u9fff]{1,8}频道|分享让更多人看到)\s*"
    r"|(?:^|(?<=[。！？!?”）)】\]…\s])|(?<=查看更多))责任编辑\s*[:：]\s*)+$"
)
"""What a site writes behind every article: the way back, and a label for whom it did not name."""


def site_ending(line: str) -> int | None:
    """Where in a line that begins which the site, and not the article, says at its end; None where it says nothing."""
    match = _SITE_ENDING.search(line)
    return match.start() if match else None


def furniture(line: str) -> Furniture | None:
    """Return which kind of page furniture `line` is by itself, or None; wherever it stands, it isn't the article's."""
    if _URL.fullmatch(line):
        return "url"
    if len(line) <= 160 and (_CRUMB_START.match(line) or _CRUMBS.match(line)):
        return "navigation"
    if _PAGER.match(line) and len(line) <= 120:
        return "pager"
    if is_summary(line):
        return "teaser"
    if len(line) <= 100 and (_CALL.match(line) or _GREETING.fullmatch(line)):
        return "widget"
    if _is_all_widgets(line) or _is_menu(line) or site_ending(line) == 0:
        return "widget"
    if (match := _RELATED.match(line)) and len(line) <= 100:
        return "teaser" if len((match["rest"] or "").strip(":： |")) > 1 else "related"
    return "picture" if _PICTURE.match(line) else None


def is_notice(line: str) -> bool:
    """Tell copyright notices, disclaimers and registration lines from sentences that merely speak of such things.

    Only lines before or behind the article's text should be asked about.
    """
    if is_registration(line):
        return True
    if len(line) > 500:
        return False
    if _NAMED_NOTICE.match(line):
        return True
    if not _NOTICE_EVIDENCE.search(line):
        return False
    labelled = _NOTICE_LABEL.match(line)
    return bool((labelled and labelled.end() < len(line)) or (_NOTICE_START.match(line) and _SELF.search(line)))


def is_summary(line: str) -> bool:
    """Tell the summary of another page, whose headline is the line above it."""
    return len(line) <= _LONGEST_SUMMARY and _TEASER.search(line) is not None


def is_registration(line: str) -> bool:
    """Tell the line with the number that a site is registered by, or its copyright."""
    return len(line) <= 300 and _REGISTRATION.search(line) is not None


def is_notice_heading(line: str) -> bool:
    """Tell a line such as “免责声明” or “版权声明:”, with the notice in the lines below."""
    match = _NOTICE_LABEL.match(line)
    return (
        match is not None and match.end() == len(line) and re.search(r"版权|免责|法律|侵权|转载|声明", line) is not None
    )


def is_cut_off(line: str) -> bool:
    """Tell a summary that breaks off with an ellipsis."""
    return _CUT_OFF.search(line) is not None


def page_url(line: str) -> str:
    """Return the address of the page itself that a line consists of, or an empty string."""
    match = _URL.fullmatch(line)
    own = match is not None and _OF_ARTICLE.fullmatch(match["label"] or "") is not None
    return match["url"].rstrip(">).,;") if match and own and match["url"].startswith("http") else ""


def is_other_url(line: str) -> bool:
    """Tell an address that its label says is not that of the page (“报名网址：…”)."""
    match = _URL.fullmatch(line)
    return match is not None and _OF_ARTICLE.fullmatch(match["label"] or "") is None


def is_chain(line: str) -> bool:
    """Tell steps between arrows (“申请 > 受理 > 办结”), which only before the text are the way to the page."""
    return _CRUMBS.match(line) is not None and _CRUMB_START.match(line) is None


def is_part_heading(line: str) -> bool:
    """Tell “上篇” and “下篇：今天的河”, which only behind the text lead to other pages."""
    return _PART.match(line) is not None


def _is_all_widgets(line: str) -> bool:
    words = [word for word in re.split(r"[\s|｜·/>＞»]+", line) if word.strip("[]【】()（）:：")]
    if not words or len(line) > 120:
        return False
    stripped = [word.strip("[]【】()（）:：") for word in words]
    return all(
        _WIDGET_WORD.fullmatch(word) or _BACK.fullmatch(word) or word.isdecimal() for word in stripped
    ) and not all(word.isdecimal() for word in stripped)


def _is_menu(line: str) -> bool:
    bare = _MENU_LABEL.sub("", line.strip())
    words = re.split(r"[\s|｜·]+", bare)
    if bare != line.strip() and len(words) >= 3 and all(len(word) <= 7 for word in words):
        return True
    known = sum(_MENU_WORD.search(word) is not None for word in words)
    door = any(_MENU_DOOR.fullmatch(word) for word in words)
    # A site's own name may stand before its menu.
    short = all(len(word) <= 6 for word in (words[1:] if door else words)) and len(words[0]) <= 12
    return len(words) >= 4 and short and (door or known * 2 >= len(words))
