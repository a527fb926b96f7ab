"""Numbers and dates are written as a sheet shows them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from embeddings.packages.number_formats import shown_number, shown_text
from embeddings.sheets.dates import shown_date

ACCOUNTS = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
MOMENT = datetime(2024, 3, 5, 14, 7, 9)


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (1 / 3, "General", "0.333333333"),
        (1234.56789012, "General", "1234.56789"),
        (123456789012, "General", "123456789012"),
        (12.0, "General", "12"),
        (-0.5, "General", "-0.5"),
        (0.125, "0.0%", "12.5%"),
        (0.125, "0%", "13%"),
        (1, "0.00%", "100.00%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (999, "#,##0", "999"),
        (0.285, "0.00", "0.29"),
        (1.005, "0.00", "1.01"),
        (7, "00000", "00007"),
        (0.5, "#.##", "0.5"),
        (5, "0.0#", "5.0"),
        (-0.001, "0.00", "0.00"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        (-1.5, "0.00;[Red]0.00", "-1.50"),
        (-1.5, "0.00;[Red]▲0.00", "▲1.50"),
        (0, ACCOUNTS, "-"),
        (-1234.5, ACCOUNTS, "-1,234.50"),
        (5, '0"个"', "5个"),
        (3, 'G/通用格式"人"', "3人"),
        (12345, '0!.0,"万"', "1.2万"),
        (1234567, '#,##0,,"百万"', "1百万"),
        (13812345678, "000-0000-0000", "138-1234-5678"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (1500, '[>=1000]0.0,"千";0', "1.5千"),
        (500, '[>=1000]0.0,"千";0', "500"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (2.5, "# ?/?", "2.5"),
        (12, ";;;", "12"),
        (1e300, "0.00", "1" + "0" * 300 + ".00"),
        (3, '"' + "长" * 300, "3"),
        (3, "0" + "%" * 200, "3"),
        (1e300, "0." + "0" * 250, "1" + "0" * 300 + "." + "0" * 250),
    ],
)
def test_a_number_is_shown_in_its_format(value: float, code: str, expected: str) -> None:
    assert shown_number(value, code) == expected


def test_a_text_stands_between_what_its_format_sets_around_it() -> None:
    assert shown_text("水务", '@"局"') == "水务局"
    assert shown_text("水务", ACCOUNTS) == "水务"
    assert shown_text("水务", "0.00") == "水务"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('yyyy"年"m"月"d"日"', "2024年3月5日"),
        ("yyyy年mm月dd日 h时mm分", "2024年03月05日 14时07分"),
        ('[DBNum1][$-804]yyyy"年"m"月"', "2024年3月"),
        ('m"月"d"日"', "3月5日"),
        ('上午/下午h"时"mm"分"', "下午2时07分"),
        ("[$-804]aaaa", "星期二"),
        ("mm-dd-yy", "2024-03-05"),
        ("yyyy/m/d h:mm", "2024-03-05 14:07"),
        ("yyyy-mm", "2024-03"),
        ("yyyy", "2024"),
        ("d-mmm", "2024-03-05"),
        ("mm:ss", "14:07:09"),
        ("General", "2024-03-05"),
    ],
)
def test_a_moment_is_shown_in_chinese_or_as_iso(code: str, expected: str) -> None:
    assert shown_date(MOMENT, code) == expected


def test_times_days_and_stretches() -> None:
    assert shown_date(time(8, 30), "h:mm") == "08:30"
    assert shown_date(date(2024, 3, 5), "yyyy-mm-dd") == "2024-03-05"
    assert shown_date(timedelta(hours=30, minutes=5), "[h]:mm") == "30:05"
    # A day is a fraction that misses midnight by some microseconds.
    assert shown_date(datetime(2024, 3, 4, 23, 59, 59, 999_999), "yyyy-mm-dd h:mm") == "2024-03-05 00:00"
