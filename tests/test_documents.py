"""Questions on workbooks, presentations, RTF and OFD files, asked of the real model."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

import qa
from embeddings.reading.articles import read_articles
from embeddings.rebuilding.rebuild import rebuild
from embeddings.types import Article, SetAside
from tests.office_files import saved

DOCUMENTS = Path(__file__).parent / "documents"


@pytest.fixture(scope="module")
def answerer(one_model: object, tmp_path_factory: pytest.TempPathFactory) -> qa.Answerer:
    """An answerer over documents of every kind, among articles about other things."""
    folder = tmp_path_factory.mktemp("documents") / "articles"
    folder.mkdir()
    for name in ("ledger.xlsx", "deck.pptx", "rules.rtf", "river.ofd"):
        shutil.copy(DOCUMENTS / name, folder)
    document = docx.Document()
    document.add_paragraph("山谷县怎样种树", style="Title")
    document.add_paragraph("山谷县林业站去年种树4200亩，成活率93%，护林员共有27人。")
    (folder / "valley.docm").write_bytes(saved(document))
    rebuild(folder, folder.parent / "index")
    return qa.load(folder.parent / "index")


@pytest.mark.parametrize(
    ("question", "article_id", "said"),
    [
        (
            "西山县的低保金额是多少",
            "ledger",
            "填报单位：青石市民政局 单位：万元 "
            "县区：西山县；低保 户数：980；低保 金额：1,234.57；临时救助 户数：45；临时救助 金额：12；完成比例：100.0%",
        ),
        (
            "防汛救灾这门课由谁讲",
            "ledger",
            "培训安排 "
            "日期：2024年3月5日；时间：08:30；课程：防汛；救灾；讲师：周明；经费：¥12,000.00；结余：-3.50；人次：12.3千",
        ),
        ("青石市查档平均用时降到了几分钟", "deck", "抓利用：查档平均用时由40分钟降到6分钟"),
        ("青石市数字档案馆2023年有多少卷", "deck", "数字化进度 年份：2023年；馆藏 卷数：15000；馆藏 页数：4100000"),
        (
            "青石市档案库房的温度要保持在多少",
            "rules",
            "库房面积不少于300m²，温度保持在14℃至24℃，镕、喆、𠮷等字要照写。",
        ),
        (
            "青石市的河长每月巡河几次",
            "river",
            "全市设河长1200 名，每月巡河两次，发现问题7 日内整改，群众满意度达到98.5%，经费由市财政统一安排，"
            "不得向村民摊派。",
        ),
        ("山谷县的护林员有多少人", "valley", "山谷县林业站去年种树4200亩，成活率93%，护林员共有27人。"),
    ],
)
def test_a_question_is_answered_from_the_document_that_says_it(
    answerer: qa.Answerer, question: str, article_id: str, said: str
) -> None:
    answer = answerer.ask(question)
    assert not answer.abstained and not answer.tentative, answer.reason
    assert said in [sentence.text for sentence in answer.sentences], answer.text
    assert {citation.article_id for citation in answer.citations} == {article_id}
    for citation in answer.citations:
        assert answerer.article(article_id).text[citation.start : citation.end] == citation.quote


def test_what_is_not_read_says_what_it_is_to_be_saved_as(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embeddings.formats.older.find_libreoffice", lambda: None)
    for name in ("a.doc", "b.ET", "c.ods", "d.ppt", "e.odt"):
        (tmp_path / name).write_bytes(b"x")
    shutil.copy(DOCUMENTS / "ledger.xls", tmp_path / "f.XLS")
    *aside, ledger = read_articles(tmp_path)
    assert [item.reason.rpartition("另存为 ")[2] for item in aside if isinstance(item, SetAside)] == [
        ".docx。", ".xlsx。", ".xlsx。", ".pptx。", ".docx。"
    ]  # fmt: skip
    assert isinstance(ledger, Article)


def test_what_a_mail_program_an_archiver_and_a_spreadsheet_wrote_is_read_whole(tmp_path: Path) -> None:
    for name in ("rivers.csv", "notice.eml", "handed-in.zip"):
        shutil.copy(DOCUMENTS / name, tmp_path)
    read = {article.id: article for article in read_articles(tmp_path) if isinstance(article, Article)}
    table = (
        "河流\t长度（千米）\t河长\t整治情况\n白水河\t31.4\t钟启明\t已完工\n"
        "沙溪\t12\t罗秀兰\t未开工\n石门沟（含支沟）\t8.6\t彭远, 代理\t已完工"
    )
    for name in ("rivers", "notice.eml/青石市河流名录", "handed-in.zip/青石市河流名录"):
        assert read[name].text == table
    assert read["notice"].text == (
        "关于报送山洪沟巡查员名单的通知\n各县区水务局：\n"
        "请于5月20日前报送山洪沟巡查员名单，每条沟三人，附身份证复印件。逾期不报的，暂停拨付二季度补助。\n"
        "联系人：市水务局防汛科 邵文静，电话 0555-2210987。\n> 4月份已报名单的，只报变动。"
    )
    rules = read["handed-in.zip/patrol"].text.split("\n")
    assert rules[1] == (
        "为了让雨前、雨中、雨后都有人看水，制定本办法。全市列入名录的山洪沟共88条，涉及21.5%的行政村；"
        "巡查用车每百公里耗油按6 L算，集雨面积以km²计。"
    )
    assert "注1：名录每年3月更新，2024年新增6条。" in rules
    assert "1小时降雨50毫米\t驻守沟口\t沟边20米内全部撤离" in rules
