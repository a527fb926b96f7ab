"""Lines that read like what stands around an article on a page of a site, each where it is the article's."""

# ruff: noqa: E501

from __future__ import annotations

import docx

from tests.office_files import saved

ONE = "打开江城政务服务网，在页面右上角找到入口，按提示一步一步往下做就行。"
TWO = "没有账号的先到窗口办理，工作人员会帮着填好表格，当场就能拿到密码。"
THREE = "办完以后可以写几句话，窗口会逐条回复大家的意见，半年公布一次。"


def word(*paragraphs: str, table: tuple[tuple[str, str], ...] = ()) -> bytes:
    document = docx.Document()
    document.add_paragraph("江城网办事手册", style="Title")
    for text in (ONE, *paragraphs):
        document.add_paragraph(text)
    rows = document.add_table(len(table), 2).rows if table else ()
    for row, texts in zip(rows, table, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph(TWO)
    return saved(document)


def html(inner: str) -> bytes:
    return f'<html><body><nav><a href="/">首页</a></nav><article><h1>江城网办事手册</h1>{inner}</article></body></html>'.encode()


def text(*lines: str) -> bytes:
    return "\n".join(("江城网办事手册", *lines)).encode()


def markdown(*lines: str) -> bytes:
    return "\n\n".join(("# 江城网办事手册", *lines)).encode()


WIDE = "".join(f"<td>第{n}列</td>" for n in range(60))
SITES = "".join(f'<td colspan="40">甲{n}</td>' for n in range(4))

CASES: dict[str, tuple[str, bytes, tuple[str, ...]]] = {
    "headings of a manual that are words on buttons": (
        ".md", markdown("## 注册", ONE, "## 登录", "第一步：打开网站", "## 评论", THREE), ("注册", "登录", "评论"),
    ),
    "such headings on a page": (
        ".html", html(f"<h2>注册</h2><p>{ONE}</p><h3>更多</h3><p>{TWO}</p>"), ("注册", "更多"),
    ),
    "such headings in plain text": (".txt", text(ONE, "登录", TWO, "搜索", THREE), ("登录", "搜索")),
    "an address to go to": (
        ".txt", text(ONE, "https://a.example/2024", TWO, "报名网址：https://b.example/2024"),
        ("https://a.example/2024", "报名网址：https://b.example/2024"),
    ),
    "what stands below a document's signature": (
        ".txt", text(ONE, TWO, "记录：李四", "抄送：市政府办公室", "江城市水务局办公室 2024年5月20日印发", "共印30份"),
        ("抄送：市政府办公室", "江城市水务局办公室 2024年5月20日印发", "共印30份"),
    ),
    "who signed, before the list of other pages": (
        ".txt", text(ONE, TWO, "江城市水务局", "2024年5月20日", "相关阅读", "北桥村有了图书室"), ("江城市水务局", "2024年5月20日"),
    ),
    "who made it, behind the editor": (
        ".txt", text(ONE, TWO, "责任编辑：李四", "何文庆策划：谭小嘉", "来信请寄 river@a.example"),
        ("何文庆策划：谭小嘉", "来信请寄 river@a.example"),
    ),
    "who holds an event": (
        ".txt", text("主办单位：江城市文化和旅游局", "承办单位：江城市体育中心", ONE, TWO),
        ("主办单位：江城市文化和旅游局", "承办单位：江城市体育中心"),
    ),
    "steps between arrows": (".txt", text(ONE, "申请 > 受理 > 审核 > 办结", TWO), ("申请 > 受理 > 审核 > 办结",)),
    "parts of a book": (".md", markdown("## 上篇", ONE, "## 下篇：今天的河", TWO), ("上篇", "下篇：今天的河")),
    "an ellipsis in a sentence": (
        ".txt", text("他站在河边，想说……更多的话却卡在了喉咙里。", "一年，两年……2021年的春天，他终于回到了江城。", TWO),
        ("他站在河边，想说……更多的话却卡在了喉咙里。", "一年，两年……2021年的春天，他终于回到了江城。"),
    ),
    "a section that declares": (".md", markdown(ONE, "## 声明", TWO, "## 附则", THREE), ("声明", "附则")),
    "a notice amid the text": (".txt", text(ONE, "法律声明", TWO, THREE), ("法律声明",)),
    "links that the text announces": (
        ".md", markdown(ONE, "办事前先读这些：", "- [江城市河道管理条例](a.pdf)\n- [江城市供水办法](b.pdf)", TWO),
        ("江城市河道管理条例", "江城市供水办法"),
    ),
    "attachments": (
        ".html", html(f"<p>{ONE}</p><p>{TWO}</p><p>附件：</p><p><a href=a.doc>河道名录</a></p><p><a href=b.doc>报名表</a></p>"),
        ("附件：", "河道名录", "报名表"),
    ),
    "whose a quotation is, and what stands aside": (
        ".html", html(f"<p>{ONE}</p><blockquote><p>水清了。</p><footer>——河长老周</footer></blockquote>"
                      f"<aside><p>名词解释：河长管一段河。</p></aside><p>{TWO}</p>"),
        ("——河长老周", "名词解释：河长管一段河。"),
    ),
    "short lines beside the element with the sentences": (
        ".html", f"<html><body><nav><a href=/>首页</a></nav><div><div><p>{ONE * 3}</p><p>{TWO * 3}</p></div><div>"
                 "<h2>获奖名单</h2><p>一等奖</p><p>张小河</p><ul><li>水务局一队</li></ul></div></div></body></html>".encode(),
        ("获奖名单", "一等奖", "张小河", "水务局一队"),
    ),
    "headings that unfold": (
        ".html", html(f"<h3><button>怎样改时间？</button></h3><p>{ONE}</p><h3><button>忘了密码？</button></h3><p>{TWO}</p>"),
        ("怎样改时间？", "忘了密码？"),
    ),
    "a wide table": (
        ".html", html(f"<p>{ONE}</p><table><tr>{WIDE}</tr><tr>{WIDE.replace('第', '数')}</tr></table>"
                      f"<table><tr>{SITES}</tr><tr>{SITES.replace('甲', '乙')}</tr></table><p>{TWO}</p>"),
        ("第59列", "数59列", "甲3", "乙3"),
    ),
    "notes in an element named for the foot": (
        ".html", html(f"<p>{ONE}</p><p>{TWO}</p><div class='foot-notes'><p>数字按年报计算。</p></div>"), ("数字按年报计算。",),
    ),
    "a list of terms and what unfolds": (
        ".html", html(f"<p>{ONE}</p><dl><dt>河长</dt><dd>管河的人</dd></dl><details><summary>怎样报名</summary><p>{TWO}</p></details>"),
        ("河长", "管河的人", "怎样报名"),
    ),
    "the caption of a figure": (
        ".md", markdown(ONE, "![图1 东河整治前后](a.png)", "![](b.png)", "![图片](c.png)", "![图2 新步道](d.png)", "图2 新步道", TWO),
        ("图1 东河整治前后", "图2 新步道"),
    ),
    "powers": (".txt", text("面积等于πr²，能量等于mc²，sin²x与cos²x之和是1。", TWO), ("面积等于πr²，能量等于mc²，sin²x与cos²x之和是1。",)),
    "keywords": (".txt", text("关键词：水环境；治理", ONE, TWO), ("关键词：水环境；治理",)),
    "whatever a Word file says": (
        ".docx", word("注册", "扫码下载", "相关链接：江城网", "首页 新闻 服务 互动", "返回首页", "1/2", "https://a.example/2024",
                      "主办单位：江城市文化和旅游局", "技术支持：江城计时公司", "阅读 15 分钟", "版权所有 江城网", "浏览次数：33",
                      "转载请注明来源江城网，违者必究。", "作者：张小河 技术支持：江城公司", "发布日期：2024-01-02 浏览次数：35"),
        ("注册", "扫码下载", "相关链接：江城网", "首页 新闻 服务 互动", "返回首页", "1/2", "https://a.example/2024",
         "主办单位：江城市文化和旅游局", "技术支持：江城计时公司", "阅读 15 分钟", "版权所有 江城网", "浏览次数：33",
         "转载请注明来源江城网，违者必究。", "作者：张小河 技术支持：江城公司", "发布日期：2024-01-02 浏览次数：35"),
    ),
    "a form with one long cell": (
        ".docx", word("申报类别：先进个人", table=(("姓名", "张小河"), ("事迹", (ONE + TWO) * 4), ("意见", "同意"))),
        ("申报类别：先进个人", "姓名", "张小河", "意见", "同意"),
    ),
}  # fmt: skip
"""Name -> extension, content of a file, lines that its article has to have."""
