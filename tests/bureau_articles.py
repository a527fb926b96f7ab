"""Four bureaus' articles, written for the tests of questions on whole articles and on the corpus; none is true."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import qa
from embeddings.rebuilding.rebuild import rebuild

RIVER = """---
title: "河道巡成一条线"
date: 2022-05-06 09:00:00 +0800
---
<p>林一舟</p>
<p>鹤壁市生态环境局把巡河当成一年里最要紧的事，坚持党建和业务一起抓，河道上的漂浮物少了八成。</p>
<p>一、巡得勤</p>
<p>每天早晚各走一遍，全年开展警示教育6次，巡河员写下的日记有320本。</p>
<p>二、管得严</p>
<p>去年查处偷排9起，罚款18.5万元。市局建立了“一河一档”，谁管哪一段写得清清楚楚。</p>
<p>三、学得实</p>
<p>青年干部要参加业务培训，每人每年不少于40个小时。</p>
<p>（作者系鹤壁市生态环境局党组书记、局长）</p>
<p>（文章来源：溯源日报）</p>
"""

FOREST = """---
title: "山里的四本账"
date: 2023-03-01 09:00:00 +0800
---
<p>丽水市生态环境局机关党支部</p>
<p>丽水市生态环境局机关党支部去年进山120次，把党建做法写成四本账，被市直机关工委表彰为“红旗党支部”。</p>
<p>记好学习账。每周一晚上读一小时书，支部书记带头讲党课12次。</p>
<p>记好责任账。谁的山头谁看护，不作为就是“渎职”。</p>
<p>记好服务账。帮48家企业办妥了手续，打造“环保管家”服务队。</p>
<p>记好廉洁账。警示教育的材料人手一份，罚款3.2万元全部上缴。</p>
<p>（文章来源：溯源日报）</p>
"""

LAKE = """首页 > 环保 > 正文
湖湾县怎样守住一湖水
来源：湖湾发布 时间：2021-08-15 稿件上传：苗小雨
湖湾县环境监测站有监测员15名，在湖上设了7个点，每月采样两次。
站里推行“环保管家”，由监测员上门教企业看数据，全年没有一家企业超标。
不抓数据质量就是渎职，这句话写在站里的墙上。
编辑：向晚晴
"""

HARBOUR = """港城市港务局今年以来把码头上的灯全换了，一年省电42万度。港务局还组织了安全培训30场，没有出过事故。
港务局的办法是先换灯、后管人。装卸工下班前要关灯，忘了关的当天补课。
"""

RIVER_TITLE, FOREST_TITLE, LAKE_TITLE = "河道巡成一条线", "山里的四本账", "湖湾县怎样守住一湖水"


@cache
def bureaus() -> qa.Answerer:
    """An answerer over the four articles, made once; the caller has put the one loaded model in place."""
    folder = Path(mkdtemp(prefix="bureaus-"))
    for name, text in {"river.md": RIVER, "forest.md": FOREST, "lake.txt": LAKE, "port.txt": HARBOUR}.items():
        (folder / "articles").mkdir(exist_ok=True)
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    rebuild(folder / "articles", folder / "index")
    return qa.load(folder / "index")
