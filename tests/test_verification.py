"""Sentences of replies held against real passages: what is borne out, by which sentences, and what is not."""

import time

import pytest

import qa
from embeddings.rebuilding.rebuild import rebuild
from embeddings.structure.outline import headings_at
from embeddings.types import Span
from qa.checking.sources import Source
from qa.checking.verification import Verifier
from qa.replies.reply import Claimed
from tests.asked_cases import answerer_over


def passages(answerer, *articles):
    """Every passage of these articles (by what their ids hold), numbered from 1."""
    corpus = answerer.retriever.snapshot.corpus
    found = []
    for part in articles:
        article = next(a for a in corpus.articles() if part in a.id)
        for passage in corpus.passages(article.id):
            span = Span(passage.start, passage.end)
            headings = headings_at(article, corpus.outline(article.id), span)
            found.append(Source(len(found) + 1, article, span, headings))
    return found


def verdict(answerer, sources, text, numbers=(), question=""):
    return Verifier(answerer.retriever, question).check(Claimed(text, numbers, 0, True), sources)


def quotes(checked):
    return [one.article.text[one.span.start : one.span.end] for one in checked.spans]


# Articles about Shaoxing, Luoyang and Ningxia.

_PLAIN_WORD = pytest.mark.xfail(
    strict=True, reason="a plain word in the place of another, no number or name, is not caught"
)

TRUE_OF_OFFICES = [
    ("shaoxing", "绍兴市水务局2023年推行河道管理“五步法”，并配上“三张表”。"),
    ("shaoxing", "“五步法”包括巡河、登记、派单、整改和复核五个步骤。"),
    ("shaoxing", "“三张表”指问题表、责任表和销号表。"),
    ("shaoxing", "全年共登记问题418个。"),
    ("shaoxing", "巡河每周2次，每次至少三公里，派单要在24小时内完成。"),
    ("shaoxing", "居民满意度提升了12个百分点。"),
    ("shaoxing", "水质达标率达到96.5%，透明度从40厘米提高到85厘米。"),
    ("shaoxing", "2023年绍兴编印简报二十六期、信息一百一十二条。"),
    ("shaoxing", "四件实事中有修步道、装路灯和设座椅。"),
    ("luoyang", "洛阳市环境监察队把工地分片包干，实行“一表三单”管理，扬尘投诉减少了一半。"),
    ("luoyang", "工地开工前须提交防尘方案，没有方案的不得动土。"),
    ("luoyang", "全年共处罚37起，罚款58.2万元。"),
    ("luoyang", "裸土未盖网的，必须在两小时内盖好。"),
    ("luoyang", "被处罚两次的工地会列入重点名单。"),
    ("ningxia", "宁夏贺兰山下的这个空气监测站只有4个人。"),
    ("ningxia", "去年监测站出具数据8760组，有效率99.1%。"),
    ("ningxia", "2023年，监测站共出具8760组数据。"),
    ("ningxia", "站长老周每天六点开机，校准仪器、核对数据，再把报表发到银川。"),
]
FALSE_OF_OFFICES = [
    ("shaoxing", "绍兴市水务局2022年推行河道管理“五步法”。"),
    ("shaoxing", "“五步法”包括巡河、登记、派单、罚款和复核。"),
    ("shaoxing", "“三张表”指问题表、责任表和评分表。"),
    ("shaoxing", "巡河每周三次，每次不少于两公里。"),
    ("shaoxing", "居民满意度提高了12%。"),
    ("shaoxing", "居民满意度下降了12个百分点。"),
    ("shaoxing", "透明度由85厘米提高到40厘米。"),
    ("shaoxing", "全年编印简报112期、信息26条。"),
    ("shaoxing", "洛阳市水务局2023年推行河道管理“五步法”。"),
    ("shaoxing", "绍兴的“四步法”让河水变清了。"),
    ("luoyang", "工地开工前须提交防尘方案，没有方案的也可以动土。"),
    ("luoyang", "全年处罚工地58.2起，罚款37万元。"),
    ("luoyang", "绍兴全年处罚工地37起，罚款58.2万元。"),
    ("luoyang", "被罚三次的工地列入重点名单。"),
    ("luoyang", "洛阳还为每个工地安装了喷雾炮和在线监控。"),
    ("ningxia", "监测站去年出具数据8670组，有效率为99.1%。"),
    pytest.param("ningxia", "县里的同事送来一面锦旗，感谢他们准时预报了洪水。", marks=_PLAIN_WORD),
    ("ningxia", "2022年，监测站出具数据8760组。"),
]


@pytest.mark.parametrize(("article", "text"), TRUE_OF_OFFICES)
def test_a_true_sentence_is_supported_by_its_article(offices, article, text):
    checked = verdict(offices, passages(offices, "shaoxing", "luoyang", "ningxia"), text)
    assert {one.article.id for one in checked.spans} == {article}


@pytest.mark.parametrize(("article", "text"), FALSE_OF_OFFICES)
def test_a_false_sentence_is_unsupported(offices, article, text):
    checked = verdict(offices, passages(offices, "shaoxing", "luoyang", "ningxia"), text)
    assert quotes(checked) == []
    assert not checked.lead_in


def test_the_supporting_span_is_the_exact_sentence(offices):
    sources = passages(offices, "shaoxing", "luoyang", "ningxia")
    assert quotes(verdict(offices, sources, "洛阳全年处罚工地37起，罚款58.2万元。")) == [
        "全年处罚工地37起，罚款58.2万元。"
    ]


def test_adjacent_sentences_are_one_span_and_separate_ones_two(offices):
    sources = passages(offices, "shaoxing", "luoyang", "ningxia")
    assert quotes(verdict(offices, sources, "巡河每周两次，派单不超过24小时，居民满意度提高了12个百分点。")) == [
        "巡河每周两次，每次不少于三公里。派单不超过24小时。",
        "居民满意度提高了12个百分点。",
    ]


def test_a_sentence_merged_of_two_articles_rests_on_both(offices):
    sources = passages(offices, "shaoxing", "luoyang", "ningxia")
    checked = verdict(offices, sources, "绍兴全年登记问题418个；洛阳全年处罚工地37起，罚款58.2万元。")
    assert [(one.article.id, quote) for one, quote in zip(checked.spans, quotes(checked), strict=True)] == [
        ("shaoxing", "巡河时看到的问题当天填写，全年登记418个。"),
        ("luoyang", "全年处罚工地37起，罚款58.2万元。"),
    ]


@pytest.mark.parametrize("numbers", [(), (1,), (99,), (2, 99)])
def test_a_missing_wrong_or_unknown_marker_gets_the_right_sentence(offices, numbers):
    sources = passages(offices, "shaoxing", "luoyang", "ningxia")
    assert quotes(verdict(offices, sources, "监测站数据有效率为99.1%。", numbers)) == [
        "监测站去年出具数据8760组，有效率为99.1%。"
    ]


def test_of_two_passages_that_say_it_the_one_named_is_cited(sample):
    sources = passages(sample, "12345-gongzuofa", "sida-ketang")
    text = "生态环保大讲堂每周六开讲。"
    by_article = {s.article.id: s.number for s in sources if "大讲堂" in s.article.text[s.span.start : s.span.end]}
    assert len(by_article) == 2
    for article, number in by_article.items():
        assert {one.article.id for one in verdict(sample, sources, text, (number,)).spans} == {article}


def test_numbers_belong_to_their_subject(sample):
    sources = passages(sample, "xianning-zhifa")
    assert quotes(verdict(sample, sources, "订购了牛肉1200斤、猪肉810斤。")) != []
    assert quotes(verdict(sample, sources, "订购了牛肉810斤、猪肉1200斤。")) == []
    assert quotes(verdict(sample, sources, "省级环保督察反馈的38项任务完成了28项。")) == []
    assert quotes(verdict(sample, sources, "中央环保督察反馈的38项任务完成了28项。")) != []


def test_a_place_is_the_articles_or_stands_in_the_sentence(sample):
    sources = passages(sample, "xianning-zhifa", "12345-gongzuofa")
    assert quotes(verdict(sample, sources, "咸宁市全年查处环境违法行为256起。")) != []
    assert quotes(verdict(sample, sources, "泰安市全年查处环境违法行为256起。")) == []
    assert quotes(verdict(sample, sources, "湖北省咸宁市全年查处环境违法行为256起。")) != []


def test_without_a_place_of_its_own_a_sentence_speaks_of_the_one_asked_about(sample):
    sources = passages(sample, "xianning-zhifa", "12345-gongzuofa")
    text = "全年查处环境违法行为256起。"
    assert quotes(verdict(sample, sources, text, question="咸宁查处了多少违法行为？")) != []
    assert quotes(verdict(sample, sources, text, question="泰安查处了多少违法行为？")) == []


def test_a_list_is_counted_by_its_parts(sample):
    sources = passages(sample, "xianning-zhifa", "sige-ronghe")
    assert (
        quotes(verdict(sample, sources, "青海的融合包括以下四个方面：党建责任、党建制度、党建考评和党建队伍。")) != []
    )
    assert (
        quotes(verdict(sample, sources, "青海的融合包括以下五个方面：党建责任、党建制度、党建考评和党建队伍。")) == []
    )


def test_a_part_keeps_its_own_text(sample):
    sources = passages(sample, "sida-ketang")
    assert quotes(verdict(sample, sources, "生态环保大讲堂每周六一讲，人人要走上讲台。")) != []
    assert quotes(verdict(sample, sources, "青年干部学堂每周六一讲，人人要走上讲台。")) == []


def test_names_of_one_form_are_not_mistaken_for_each_other(sample):
    sources = passages(sample, "haihe-san-zhang-tu")
    assert quotes(verdict(sample, sources, "“作战图”管谋划，成立了领导小组，开了动员部署会。")) != []
    assert quotes(verdict(sample, sources, "“结合图”管谋划，成立了领导小组，开了动员部署会。")) == []


@pytest.mark.parametrize("text", ["具体如下：", "综上所述，", "绍兴的五步法如下：", "根据资料，主要包括以下内容："])
def test_a_lead_in_is_marked_as_such(offices, text):
    checked = verdict(offices, passages(offices, "luoyang"), text, question="绍兴的五步法是什么？")
    assert (checked.spans, checked.lead_in) == ((), True)


def test_a_lead_in_that_says_something_true_is_supported(offices):
    checked = verdict(offices, passages(offices, "shaoxing"), "绍兴河道管理的“五步法”包括：", question="五步法是什么？")
    assert quotes(checked) != [] and not checked.lead_in


def test_an_english_sentence_needs_its_numbers_and_places(sample):
    sources = passages(sample, "xianning-zhifa", "12345-gongzuofa")
    assert quotes(verdict(sample, sources, "In 2018, Xianning punished 256 environmental violations.")) != []
    assert quotes(verdict(sample, sources, "In 2018, Xianning punished 265 environmental violations.")) == []
    assert quotes(verdict(sample, sources, "In 2018, Tai'an punished 256 environmental violations.")) == []


def test_without_sources_nothing_is_supported(offices):
    assert quotes(verdict(offices, [], "绍兴全年登记问题418个。")) == []


def test_a_check_is_quick_once_the_sources_are_read(sample):
    sources = passages(sample, "xianning-zhifa", "12345-gongzuofa", "haihe-san-zhang-tu")[:10]
    verifier = Verifier(sample.retriever, "")
    claimed = Claimed("全年查处环境违法行为256起，合计罚款1723.7万元。", (), 0, True)
    verifier.check(claimed, sources)
    began = time.process_time()
    for _ in range(10):
        verifier.check(claimed, sources)
    # Ten times the aim of 30 ms, since other processes share the machine's caches.
    assert (time.process_time() - began) / 10 < 0.3


REVIEW = """一年工作回顾
青川流域北湾水域生态监督管理局（以下简称青川北湾局）始终把排查放在前面，一件一件地做，做完一件再做一件，群众看得见，也说得出。每个月的第一个星期一，大家坐在一起，把上个月做了什么、还差什么写在墙上，谁来做、哪天做完，也写在墙上。
围绕重点，主动上门问诊，全面化解风险，完成33座尾矿库环境风险隐患排查，为雨季到来做好了准备，没有发生一起事故，附近的村民都放了心。
"""


def test_the_short_name_that_an_article_gives_counts_though_no_passage_shown_holds_it(one_model, tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "review.txt").write_text(REVIEW, encoding="utf-8")
    rebuild(tmp_path / "articles", tmp_path / "index")
    answerer = qa.load(tmp_path / "index")
    *_, shown = passages(answerer, "review")
    assert "33座" in shown.article.text[shown.span.start : shown.span.end]
    assert "青川北湾局" not in shown.article.text[shown.span.start : shown.span.end]
    assert quotes(verdict(answerer, [shown], "青川北湾局排查了33座尾矿库。")) == [
        "围绕重点，主动上门问诊，全面化解风险，完成33座尾矿库环境风险隐患排查，为雨季到来做好了准备，没有发生一起事故，附近的村民都放了心。"
    ]
    assert quotes(verdict(answerer, [shown], "青川北湾局排查了35座尾矿库。")) == []
    assert quotes(verdict(answerer, [shown], "白水南岭局排查了33座尾矿库。")) == []


@pytest.mark.parametrize(
    ("text", "support"),
    [
        ("柳溪县信访局副局长蒋晓红说，每件红单都要做到四见面。", True),
        ("柳溪县信访局局长是蒋晓红。", False),
        ("柳溪县信访局局长蒋晓红说，每件红单都要做到四见面。", False),
        ("柳溪县信访局局长杨志远负责全面工作。", True),
        ("柳溪县信访局副局长杨志远负责全面工作。", False),
    ],
)
def test_a_deputy_is_not_called_the_head_nor_the_head_a_deputy(one_model, tmp_path, text, support):
    said = "柳溪县信访局副局长蒋晓红说，每件红单都要做到“四见面”。\n柳溪县信访局局长杨志远负责全面工作，已有七年。"
    answerer = answerer_over({"office.txt": f"柳溪县信访局的三色单\n{said}"}, tmp_path)
    assert bool(verdict(answerer, passages(answerer, "office"), text).spans) == support
