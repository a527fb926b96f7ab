"""Pages written for these tests, each in the manner of a kind of site: none of them exists."""

# ruff: noqa: E501

from __future__ import annotations

PORTAL = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>柳溪县推行河道“一长三员”_生态频道_江城在线</title>
<meta name="keywords" content="河长制,柳溪县"><meta property="og:site_name" content="江城在线">
<script>var a="脚本";</script><style>p{color:red}</style></head><body>
<div class="top-nav"><a href="/">首页</a><a href="/xw">新闻</a><a href="/st">生态</a></div>
<div class="crumb">您现在的位置：<a href="/">江城在线</a> &gt; <a href="/st">生态频道</a> &gt; 正文</div>
<div class="main"><div class="left">
<h1>柳溪县推行河道“一长三员”</h1>
<div class="info"><span>2023年05月06日 09:12</span> <span>来源：江城日报</span> <span>作者：张三</span> <span>责任编辑：李四</span> <span>浏览：1024次</span></div>
<div class="share">分享到：<a>微信</a><a>微博</a></div>
<div class="content"><p>　　五月的柳溪河，水面上见不到一片漂浮物。</p>
<p>　　“每天早晚各巡一次，看见垃圾就捞。”巡河员老郑说，他的电话就写在河边的牌子上，电话：全天都有人接。</p>
<p>　　县里今年投入<b>320万元</b>，配齐了河长、巡河员、<a href="/a">监督员</a>和保洁员。未经许可在河道采砂的，一律依法处理。</p>
<table><tr><th>河段</th><th>巡河员</th></tr><tr><td>上游</td><td>12人</td></tr></table>
<p>编者注意到，版权意识也写进了村规民约。<br>这是后话。</p></div>
<div class="editor">[责任编辑：李四]</div>
<p>免责声明：本网转载此文出于传递更多信息之目的，不意味着赞同其观点，如涉及侵权请与我们联系删除。</p>
<div>上一篇：<a href="/1">东岭镇开展植树活动</a></div><div>下一篇：<a href="/2">北桥村有了图书室</a></div>
<h3>相关阅读</h3><ul><li><a href="/3">南湾湖水质提升</a> 2023-05-01</li><li><a href="/4">西山林场防火忙</a> 2023-04-28</li></ul>
</div><div class="right"><h4>热门排行</h4><ol><li><a>一条与本文无关的热点新闻</a></li></ol><p><a>某地召开大会，会议强调要抓好落实。……</a></p></div></div>
<form><input name="q"><span>站内搜索</span></form>
<footer><p>主办：江城日报社　地址：湖北省武汉市临江路1号</p><p>Copyright © 2023 江城在线 鄂ICP备00000000号</p></footer></body></html>
"""

WECHAT = """<html><head><title></title><meta property="og:title" content="山里来了“环保管家”"></head><body><div id="js_article">
<h1 class="rich_media_title" id="activity-name">山里来了“环保管家”</h1>
<div id="meta_content"><span>原创</span> <span>王某某</span> <a href="javascript:void(0);">清溪发布</a> <em>2022-06-05 07:30</em> <em>发表于福建</em></div>
<div id="js_content"><section><p>点击上方蓝字关注我们</p></section>
<section><section><p><span>清晨六点，护林员已经走完了第一段山路。</span></p></section></section>
<section><p>01</p><p><strong>一部手机管一片林</strong></p><p>全村1.2万亩山林分成36个网格，每个网格都有一名管家。</p></section>
<section><p>“以前靠两条腿，现在靠一张图。”村支书说。</p></section>
<p>文字：王某某</p><p>编辑：李四 校对：赵六 监制：孙七</p>
<p>往期推荐</p><p>一棵古树的三百年</p><p>海边的护鸟人</p>
<p>长按二维码关注我们</p><p>点个“在看”</p></div>
<div>阅读 2345</div><div>赞 56 在看 12</div></div></body></html>
"""

NEWSPAPER = """　　老矿坑变身“城市客厅”
　　——石岭区生态修复见闻
　　■本报记者 张某某 本报通讯员 李 四
　　三年前，这里还是一座废弃的采石场，雨天泥水横流。
　　如今，坑底成了湖，坑壁爬满了藤。区里的人说，修复花了4.6亿元，回填土方210万立方米。

　　账本怎么算
　　“先算生态账，再算经济账。”区自然资源局负责人介绍，门票一年能收800万元。
1. 先治水
* 星号开头的一行也是正文
　　老矿工赵师傅常来这里散步，一走就是半天。
　　（本版照片由受访单位提供）
"""

GOVERNMENT = """<html><head><meta name="ArticleTitle" content="关于加强秸秆综合利用工作的通知"><meta name="PubDate" content="2021-09-18 10:00"><meta name="ContentSource" content=""><title>关于加强秸秆综合利用工作的通知-梅川市人民政府</title></head><body>
<table><tr><td>索 引 号：</td><td>0101-2021-00032</td><td>主题分类：</td><td>农业、环保</td></tr>
<tr><td>发文机关：</td><td>梅川市人民政府办公室</td><td>成文日期：</td><td>2021年9月15日</td></tr>
<tr><td>标　　题：</td><td colspan=3>关于加强秸秆综合利用工作的通知</td></tr></table>
<div>发布日期：2021-09-18　来源：市政府办公室　浏览次数：88　字号：[大 中 小]　打印本页</div>
<div class="TRS_Editor"><p>各乡镇人民政府，市直各单位：</p><p>为做好秸秆综合利用工作，现将有关事项通知如下。</p><p>一、明确目标</p><p>到2025年，综合利用率达到95%以上。</p>
<p>二、强化措施</p><p>（一）建立台账。每个乡镇设立不少于3处收储点。</p><p>监督电话设在市农业农村局。</p><p>梅川市人民政府办公室</p><p>2021年9月15日</p></div>
<div>附件：<a href="x.doc">1.任务分解表</a></div>
<div class="footer">主办：梅川市人民政府办公室 网站标识码：4200000000 技术支持：某某公司</div></body></html>
"""
