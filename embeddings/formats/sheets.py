"""Workbooks: those of Excel since 2007 by openpyxl, older ones by xlrd, and what only has their names as what it is.

Both libraries tell the format that a cell is shown in, without which 12.5% is 0.125; quicker ones do not.
"""

from __future__ import annotations

from embeddings.formats import text
from embeddings.formats.format import Format
from embeddings.packages.compound import holds_encrypted, is_compound
from embeddings.page.blocks import Page
from embeddings.page.unreadable import UnreadableError
from embeddings.sheets.delimited import read_delimited
from embeddings.sheets.lines import page_of
from embeddings.sheets.xls import read_xls
from embeddings.sheets.xlsx import read_xlsx

_ZIP = b"PK\x03\x04"
_AS_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
"""The namespace of the XML that Excel wrote from 2002 on."""
_BEGINNING = 4096


def _read(data: bytes, suffix: str) -> Page:
    # Programs tell the two kinds by what they are, and so files are given either name.
    if is_compound(data) and not holds_encrypted(data):
        import xlrd

        return page_of(read_xls(data, xlrd))
    if suffix == ".xls" and not data.startswith(_ZIP) and not is_compound(data):
        return _read_other(data)
    import openpyxl

    return page_of(read_xlsx(data, suffix, openpyxl))


def _read_other(data: bytes) -> Page:
    """What websites and programs call .xls: web pages, and text with tabs."""
    if _AS_XML in data[:_BEGINNING]:
        raise UnreadableError("是 XML 格式的表格；请用 Excel 或 WPS 打开后另存为 .xlsx。")
    try:
        return text.FORMAT.read(data, ".txt")
    except UnreadableError as error:
        raise UnreadableError("文件已损坏，不是完整的 .xls；请用 Excel 或 WPS 打开后另存为 .xlsx。") from error


def _read_delimited(data: bytes, suffix: str) -> Page:
    return page_of(read_delimited(text.decoded(data)))


# A ledger of 50,000 rows has a few megabytes; older ones are not compressed.
FORMAT = Format((".xlsx", ".xlsm", ".xls"), _read, largest=100 * 1024 * 1024)
DELIMITED = Format((".csv", ".tsv"), _read_delimited, largest=text.FORMAT.largest)
