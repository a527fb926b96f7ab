"""Workbooks become articles with every row as its sheet shows it, or are set aside with a reason."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from embeddings.formats.known import read_document
from embeddings.page.unreadable import UnreadableError
from embeddings.reading.articles import parse_article
from embeddings.sheets.workbook import MOST_ROWS
from embeddings.structure.chunking import cut_passages
from embeddings.structure.outline import read_outline

DOCUMENTS = Path(__file__).parent / "documents"
LEDGER = [
    "青石市2024年困难群众补助发放情况表",
    "发放情况",
    "填报单位：青石市民政局 单位：万元",
    "县区\t低保\t低保\t临时救助\t临时救助\t完成比例",
    "县区\t户数\t金额\t户数\t金额\t完成比例",
    "东河区\t1200\t345.60\t88\t0.1\t12.5%",
    "西山县\t980\t1,234.57\t45\t12\t100.0%",
    "南湖县\t760\t88.80\t30\t6.5\t98.8%",
    "合计\t2940\t1,668.97\t163\t0.3\t70.4%",
    "注：数据截至2024年12月31日。",
    "制表人：李明 审核人：王芳",
    "培训安排",
    "日期\t时间\t课程\t讲师\t经费\t结余\t人次",
    "2024年3月5日\t08:30\t防汛；救灾\t周明\t¥12,000.00\t-3.50\t12.3千",
    "2024-04-18\t14:00\t统计\t吴敏\t¥800.50\t-\t0.5千",
    "2024年5月\t\t档案\t吴敏\tTRUE\t#DIV/0!\t待定",
]


def workbook(*sheets: list[list[object]], **options: object) -> bytes:
    """An .xlsx with a sheet of each of these rows."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, options) as book:
        for number, rows in enumerate(sheets, 1):
            sheet = book.add_worksheet(f"Sheet{number}")
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return file.getvalue()


def lines(data: bytes, suffix: str = ".xlsx") -> list[str]:
    return [block.text for block in read_document(data, suffix).blocks]


def reason(data: bytes, suffix: str) -> str:
    with pytest.raises(UnreadableError) as raised:
        read_document(data, suffix)
    return str(raised.value)


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger.xls"])
def test_a_workbook_is_read_sheet_by_sheet_as_it_is_shown(name: str) -> None:
    article = parse_article((DOCUMENTS / name).read_bytes(), Path(name).suffix)
    assert article.title == LEDGER[0]
    assert article.text.split("\n") == LEDGER
    assert [article.text[part.start : part.end] for part in article.parts] == ["发放情况", "培训安排"]


def test_a_sheet_is_a_section_and_no_passage_holds_rows_of_two() -> None:
    article = parse_article((DOCUMENTS / "ledger.xlsx").read_bytes(), ".xlsx")
    outline = read_outline(article)
    assert [article.text[section.heading.start : section.heading.end] for section in outline.sections] == [
        "发放情况", "培训安排"
    ]  # fmt: skip
    passages = [article.text[one.start : one.end] for one in cut_passages(article, outline)]
    assert not any("合计" in passage and "课程" in passage for passage in passages)


def test_either_kind_is_read_under_the_name_of_the_other() -> None:
    for name, suffix in (("ledger.xlsx", ".xls"), ("ledger.xls", ".xlsx")):
        assert lines((DOCUMENTS / name).read_bytes(), suffix)[4] == LEDGER[4]


def test_a_sheet_alone_is_called_by_the_name_that_somebody_gave_it() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("值班表").write_row(0, 0, ["姓名", "电话"])
        book.worksheets()[0].write_row(1, 0, ["张三", "12345"])
    assert lines(file.getvalue()) == ["值班表", "姓名\t电话", "张三\t12345"]
    assert lines(workbook([["姓名", "电话"], ["张三", "12345"]])) == ["姓名\t电话", "张三\t12345"]
    both = workbook([["姓名", "电话"], ["张三", "12345"]], [["地点", "时间"], ["礼堂", "九点"]])
    assert lines(both) == ["Sheet1", "姓名\t电话", "张三\t12345", "Sheet2", "地点\t时间", "礼堂\t九点"]


def test_empty_rows_and_columns_are_dropped() -> None:
    rows = [[], ["", "", "姓名", "", "分数"], [], ["", "", "李四"], ["", "", "张三", "", 90]]
    assert lines(workbook(rows)) == ["姓名\t分数", "李四\t", "张三\t90"]


def test_rows_without_names_are_called_by_the_letters_of_their_columns() -> None:
    assert lines(workbook([["张三", 90], ["李四", 85]])) == ["A列\tB列", "张三\t90", "李四\t85"]


def test_years_name_columns() -> None:
    assert lines(workbook([["指标", 2023, 2024], ["人口", 51.2, 51.6]]))[0] == "指标\t2023\t2024"


def test_a_line_across_the_table_is_a_row_of_it_and_lines_below_it_are_not() -> None:
    rows = [["项目", "金额"], ["一、收入"], ["税收", 12], ["二、支出"], ["教育", 8], ["数据由财政局提供"]]
    assert lines(workbook(rows)) == [
        "项目\t金额",
        "一、收入\t",
        "税收\t12",
        "二、支出\t",
        "教育\t8",
        "数据由财政局提供",
    ]


def test_another_table_below_is_not_read_by_the_names_of_the_first() -> None:
    first, second = [["姓名", "分数"], ["张三", 90]], [["地点", "面积"], ["礼堂", 300]]
    titled = lines(workbook([*first, [], ["场地一览"], *second]))
    assert titled == ["姓名\t分数", "张三\t90", "场地一览", "地点\t面积", "礼堂\t300"]
    assert lines(workbook([*first, [], *second]))[2:] == ["Sheet1（第2个表）", "地点\t面积", "礼堂\t300"]


def test_names_repeated_for_every_printed_page_are_left_out() -> None:
    rows = [["姓名", "分数"], ["张三", 90], ["姓名", "分数"], ["李四", 85]]
    assert lines(workbook(rows)) == ["姓名\t分数", "张三\t90", "李四\t85"]


def test_who_filled_it_in_and_when_stands_above_the_table() -> None:
    rows = [
        ["附件1"],
        ["2024年物资台账"],
        ["填报单位：县应急局", None, "2024年3月"],
        ["名称", "数量", "单位"],
        ["帐篷", 5, "顶"],
    ]
    page = read_document(workbook(rows), ".xlsx")
    assert [(block.text, block.level) for block in page.blocks] == [
        ("附件1", 0), ("2024年物资台账", 1), ("填报单位：县应急局　2024年3月", 0), ("名称\t数量\t单位", 0),
        ("帐篷\t5\t顶", 0),
    ]  # fmt: skip


def test_what_would_be_labels_of_a_web_page_is_text_of_a_sheet() -> None:
    rows = [["联系电话：5551234"], ["来源：县志办"], ["姓名", "电话"], ["张三", "12345"], ["更多"], ["责任编辑：李四"]]
    article = parse_article(workbook(rows), ".xlsx")
    assert article.text.split("\n") == [
        "联系电话：5551234",
        "来源：县志办",
        "姓名\t电话",
        "张三\t12345",
        "更多",
        "责任编辑：李四",
    ]
    assert article.page_lines == ()


def test_formats_that_chinese_programs_only_number_are_dates() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["事项", "日期"])
        for row, number in enumerate((31, 57, 14), 1):
            sheet.write(row, 0, "检查")
            sheet.write_datetime(row, 1, date(2024, 3, 5), book.add_format({"num_format": number}))
    assert lines(file.getvalue())[1:] == ["检查\t2024年3月5日", "检查\t2024年3月", "检查\t2024-03-05"]


def test_formulas_that_were_never_worked_out_say_nothing() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["项目", "金额"])
        sheet.write_row(1, 0, ["税收", 0])
        sheet.write("A3", "合计")
        sheet.write_formula("B3", "=SUM(B2:B2)")
        sheet.write("A4", "平均")
        sheet.write_formula("B4", "=AVERAGE(B2:B2)", None, 7)
    assert lines(file.getvalue())[1:] == ["税收\t0", "合计\t", "平均\t7"]


def test_what_websites_call_xls_is_read_as_what_it_is() -> None:
    page = (
        "<html><body><table><tr><td>姓名</td><td>分数</td></tr><tr><td>张三</td><td>90</td></tr></table></body></html>"
    )
    assert lines(page.encode("gb18030"), ".xls") == ["姓名\t分数", "张三\t90"]
    assert lines("姓名\t分数\n张三\t90\n".encode("gb18030"), ".xls") == ["姓名\t分数", "张三\t90"]
    xml = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
    assert reason(xml, ".xls") == "是 XML 格式的表格；请用 Excel 或 WPS 打开后另存为 .xlsx。"


def altered(data: bytes, name: str, change: tuple[bytes, bytes]) -> bytes:
    """A package with something in one of its parts replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            part = old.read(member)
            new.writestr(member, part.replace(*change) if member == name else part)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
SMALL = workbook([["姓名", "分数"], ["张三", 90]])
DAMAGED = "已损坏，不是完整的 {}；请用 Excel 或 WPS 打开后另存"


@pytest.mark.parametrize(
    ("data", "suffix", "expected"),
    [
        ((DOCUMENTS / "secret.xlsx").read_bytes(), ".xlsx", "密码保护.*取消密码后另存"),
        ((DOCUMENTS / "secret.xls").read_bytes(), ".xls", "密码保护.*取消密码后另存"),
        (SMALL[:3000], ".xlsx", DAMAGED.format(".xlsx")),
        (SMALL[:3000], ".xls", DAMAGED.format(".xls")),
        (b"", ".xlsx", DAMAGED.format(".xlsx")),
        (b"\x00\x01\x02" * 500, ".xls", DAMAGED.format(".xls")),
        ((DOCUMENTS / "ledger.xls").read_bytes()[:5000], ".xls", DAMAGED.format(".xls")),
        (altered(SMALL, SHEET, (b"<sheetData>", b"<sheetData><row>")), ".xlsx", DAMAGED.format(".xlsx")),
        (altered(SMALL, SHEET, (b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "b">]><worksheet')), ".xlsx", "已损坏"),
        (altered(SMALL, SHEET, (b'r="B2"', b'r="XFD2"')), ".xlsx", ""),
        (altered(SMALL, SHEET, (b'<row r="2"', b'<row r="900000000"')), ".xlsx", "空的也算.*删去空行"),
        (workbook([[]]), ".xlsx", "没有文字"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_named_with_what_mends_it(data: bytes, suffix: str, expected: str) -> None:
    if expected:
        assert re.search(expected, reason(data, suffix))
    else:
        assert lines(data, suffix) == ["姓名\t分数\t", "张三\t\t90"]


def test_a_table_with_too_many_rows_is_set_aside_before_it_is_read_to_its_end() -> None:
    assert MOST_ROWS == 50_000
    row = b'<row><c t="inlineStr"><is><t>a</t></is></c></row>'
    rows = b"<sheetData>" + row * (2 * MOST_ROWS)
    started = altered(SMALL, SHEET, (b"<sheetData>", rows))
    assert reason(started, ".xlsx") == "表格太长（超过 50,000 行）；请拆成几个文件，或只留要问的行。"


def test_cells_merged_over_the_whole_sheet_cost_no_more_than_its_rows() -> None:
    merged = b'</sheetData><mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    assert lines(altered(SMALL, SHEET, (b"</sheetData>", merged))) == ["姓名\t分数", "张三\t90"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_table_saved_as_text_is_one_of_rows_with_columns(delimiter: str, encoding: str) -> None:
    rows = [["卫生室", "服务人口", "备注"], ["石桥村", '"1,204"', '"周三、周日\n休息"'], ["柳林村", "860", ""]]
    written = "\r\n".join(delimiter.join(row) for row in rows)
    assert lines(written.encode(encoding), ".csv") == [
        "卫生室\t服务人口\t备注",
        "石桥村\t1,204\t周三、周日；休息",
        "柳林村\t860\t",
    ]


def test_a_quotation_mark_that_nothing_closes_is_named_with_its_line() -> None:
    assert reason('村,户\n"石桥,12\n柳林,8\n'.encode(), ".csv").startswith("第 3 行读不下去")


def test_a_cell_without_end_is_named_however_long_it_is() -> None:
    assert "引号没有成对" in reason(('村,户\n"石桥' + "长" * 200_000).encode(), ".csv")
