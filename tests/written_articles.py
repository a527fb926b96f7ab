"""A small corpus written for the tests: three offices, figures that differ, lists of several forms."""

from pathlib import Path

HARBOUR = """---
title: "港城：数字工作法与四个小组"
date: 2023-05-06 09:00:00 +0800
tags: 示例
---
<p>作者：溯源编写组</p>
<p>港城市港务局从2021年起推行“123”工作方法，把全年的事情排成一张表，做到有头有尾。</p>
<p>抓好“一个码头”，守住安全的底线。码头上装了60个摄像头，夜里也有人值守，三年没有出过事故。</p>
<p>用好“两支队伍”，提高办事的本领。一是巡查队。每天早晚各走一遍，发现问题当场记录。二是救援队。每月演练两次，接警后10分钟到场。</p>
<p>办好“三件实事”，暖到职工的心里。一是修食堂。二是建浴室。三是通班车。职工上下班路上的时间缩短了40%。</p>
<p>全年查处违规作业35起，罚款12.6万元，约谈企业8家。</p>
<p>（文章来源：溯源示例）</p>
"""

VALLEY = """---
title: "山谷县怎样种树"
date: 2022-03-12 09:00:00 +0800
---
<p>山谷县林业站去年种树4200亩，成活率93%，比前年提高了5个百分点。</p>
<p>种树的办法有四条：一是选本地树种；二是雨季前栽下；三是包干到户；四是验收付款。</p>
<p>站里的护林员共有27人，全年查处违规用火6起，罚款3000元。</p>
<p>为什么要包干到户？因为过去栽了没人管，成活率只有六成。包干以后，谁栽谁管，死一棵补一棵。</p>
<p>（文章来源：溯源示例）</p>
"""

LIBRARY = """首页 > 文化 > 正文
岛上的图书馆：五个专区和一辆车
来源：溯源示例 时间：2024-08-01 编辑：示例编辑
岛城图书馆去年开放了五个专区，读者比前一年多了一倍。
一、少儿专区
墙面是圆角的，书架只到大人的腰。每周日下午有故事会，全年办了48场。
二、盲文专区
盲文书有1200册，由志愿者送书上门。
三、古籍专区
古籍只在阴天开放阅览，每次不超过两小时。
四、渔民专区
休渔期里这里最热闹，潮汐表和渔具书借得最多。
五、安静专区
这里不许接电话，座位要提前一天预约。
流动图书车每月去外岛三次，司机也是管理员。
联系电话：000-0000000 版权所有 溯源示例
"""


def write_articles(folder: Path) -> Path:
    """Write the corpus into a new folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"harbour.md": HARBOUR, "valley.md": VALLEY, "sub/library.txt": LIBRARY}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
