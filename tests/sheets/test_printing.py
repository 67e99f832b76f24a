"""What a cell shows: value, number format, text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_excel.forms.measure import Day
from perf_excel.sheets.cell_values import measure_of, money_of, number_of
from perf_excel.sheets.grid import Cell
from perf_excel.sheets.shown_text import is_date, is_percent, plain_number, printed

SHOWN = [
    # value, number format, shown
    ("0.99", "0%", "99%"),
    ("0.7241", "0.00%", "72.41%"),
    ("0.7241", "0%", "72%"),
    ("0.725", "0%", "73%"),
    ("1", "0.00%", "100.00%"),
    ("-0.0101", "0.00%", "-1.01%"),
    ("0.5", "0.##%", "50%"),
    ("0.005", "0.0%", "0.5%"),
    ("1812.92", "#,##0.00", "1,812.92"),
    ("1812.92", "#,##0", "1,813"),
    ("0", "#,##0.00", "0.00"),
    ("-1812.925", "#,##0.00", "-1,812.93"),
    ("8.05", "0.00", "8.05"),
    ("8", "0.0", "8.0"),
    ("2.5", "0", "3"),
    ("8.5", "0.##", "8.5"),
    ("8", "0.##", "8"),
    ("12", '0"人"', "12人"),
    ("12", "0\\次", "12次"),
    ("95", '"≥"0"%"', "≥95%"),
    ("1234.5", '#,##0.00"万元"', "1,234.50万元"),
    ("1234.5", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
    ("5", "0.00_);(0.00)", "5.00"),
    ("5", "0.00;[Red]-0.00", "5.00"),
    ("0.99", "[Blue]0%", "99%"),
    ("44742", 'yyyy"年"m"月"d"日"', "2022年6月30日"),
    ("44742", "yyyy-mm-dd", "2022-06-30"),
    ("44742", "yyyy/m/d", "2022/6/30"),
    ("44742", 'yyyy"年"m"月"', "2022年6月"),
    ("44742", '[$-804]yyyy"年"m"月"d"日";@', "2022年6月30日"),
    ("44742", "yy/mm", "22/06"),
    ("44742.5", "yyyy-mm-dd hh:mm", "2022-06-30"),
    ("0.5", "h:mm", "0.5"),
    ("0", "yyyy-mm-dd", "0"),
    ("3000000", "yyyy-mm-dd", "3000000"),
    ("98", "General", "98"),
    ("98.50", "General", "98.5"),
    ("100", "@", "100"),
    ("0.1", "", "0.1"),
    ("0.30000000000000004", "General", "0.3"),
    ("-0", "General", "0"),
    ("1E+2", "General", "100"),
    ("0.5", "# ?/?", "1/2"),
    ("9.5", "# ?/?", "9 1/2"),
    ("-0.3333", "# ??/??", "-1/3"),
    ("0.75", "?/8", "6/8"),
    ("12345", "0.00E+00", "1.23E+04"),
    ("0.00012", "0.0E+0", "1.2E-4"),
    ("99999", "0.0E+00", "1.0E+05"),
    # A comma behind the digits divides by a thousand; a point may be only a sign.
    ("1234567", "0\\.0,", "123.5"),
    ("1234567", '0"."0,', "123.5"),
    ("1234567", "0!.0,", "123.5"),
    ("1234567", '0!.0,"万元"', "123.5万元"),
    ("1234567", "0!.0000", "123.4567"),
    ("5000", "0\\.0,", "0.5"),
    ("-1234567", "0\\.0,", "-123.5"),
    ("1234567", "#,##0.00,", "1,234.57"),
    ("1234567", "0.00,,", "1.23"),
    ("1234567890", "#,##0.0,,", "1,234.6"),
    ("1234567890", "#,##0,", "1,234,568"),
    ("123456789012", "0\\.00,,", "1234.57"),
    # Codes keep their zeros.
    ("1001", "000000", "001001"),
    ("123", '"XM"000000', "XM000123"),
    ("123", "XM000000", "XM000123"),
    ("1234567", "000\\-0000", "123-4567"),
    ("20220630", "0000\\-00\\-00", "2022-06-30"),
    ("12", "0!次", "12次"),
    ("12", "0次", "12次"),
    ("12", 'G/通用格式"人"', "12人"),
    ("12", 'General"人"', "12人"),
    ("-12", '"约"General', "-约12"),
    ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
    # Sections, with conditions and without.
    ("-5", "0.00_);(0.00)", "(5.00)"),
    ("-5", "0.00;[Red]-0.00", "-5.00"),
    ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    ("0", "0;-0;;@", ""),
    ("0", "#,###", ""),
    ("0.5", "#.0", "0.5"),
    ("5", ";;;", ""),
    ("-0.001", "0.00", "0.00"),
    ("25000", '[>=10000]0!.0,"万元";0"元"', "2.5万元"),
    ("250", '[>=10000]0!.0,"万元";0"元"', "250元"),
    ("1", '[=1]"是";[=0]"否";0', "是"),
    ("0", '[=1]"是";[=0]"否";0', "否"),
    ("7", '[=1]"是";[=0]"否";0', "7"),
    ("-7", "[<100]0.0;0", "-7.0"),
    ("95", "0%%", "950000%%"),
    ("5", "0" * 256, "5"),
    ("1", "yyyy/m/d", "1900/1/1"),
    ("61", "yyyy/m/d", "1900/3/1"),
    ("44742", "yyyy年m月d日", "2022年6月30日"),
    ("44742", "d-mmm-yy", "30-Jun-22"),
    ("44742", 'yyyy"年"m"月"d"日" aaaa', "2022年6月30日 星期四"),
    ("1E+25", "General", "10000000000000000000000000"),
    ("1E+25", "0.00", "10000000000000000000000000.00"),
    ("1E+25", "0%", "1000000000000000000000000000%"),
    ("410101199001011234", "0", "410101199001011234"),
]


@pytest.mark.parametrize(("value", "code", "shown"), SHOWN)
def test_a_number_under_its_format(value: str, code: str, shown: str) -> None:
    assert printed(Cell(Decimal(value), code)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        ("达标", "达标"),
        (" 98% ", " 98% "),
        ("0.5", "0.5"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("#DIV/0!", "#DIV/0!"),
    ],
)
def test_what_is_no_number_is_shown_as_it_is(value: str | bool | None, shown: str) -> None:  # noqa: FBT001
    assert printed(Cell(value, "0.00%")) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('"项目"@', "项目甲"),
        ("@", "甲"),
        ("0;0;0;", ""),
        (";;;", ""),
        ("0;-0;;@", "甲"),
        ('0;0;0;@"。"', "甲。"),
    ],
)
def test_a_text_under_a_format_for_texts(code: str, shown: str) -> None:
    assert printed(Cell("甲", code)) == shown


@pytest.mark.parametrize(
    ("value", "code", "measure"),
    [
        ("1234567", "0\\.0,", ("123.5", Decimal("123.4567"), "")),
        ("1234567", '0!.0,"万"', ("123.5万", Decimal("123.4567"), "万")),
        ("0.7241", "0.0%", ("72.4%", Decimal("72.41"), "%")),
        ("25000", '[>=10000]0!.0,"万元";0"元"', ("2.5万元", Decimal("2.5"), "万元")),
        ("0", "0;-0;;@", ("", None, "")),
    ],
)
def test_a_value_is_the_number_that_is_shown(
    value: str, code: str, measure: tuple[str, Decimal | None, str]
) -> None:
    got = measure_of(Cell(Decimal(value), code))
    assert (got.text, got.number, got.unit) == measure
    assert number_of(Cell(Decimal(value), code)) == measure[1]


def test_a_date_typed_as_a_number_is_the_day_that_is_shown() -> None:
    assert measure_of(Cell(Decimal(20220630), "0000\\-00\\-00")).day == Day(2022, 6, 30)


@pytest.mark.parametrize(
    ("value", "code", "wan"),
    [
        ("1234567", "0\\.0,", "123.4567"),
        ("123.5", '0.0"万元"', "123.5"),
        ("1234567", '0"元"', "123.4567"),
        ("2", '0.0"亿"', "20000"),
    ],
)
def test_an_amount_is_in_the_unit_that_is_shown(value: str, code: str, wan: str) -> None:
    assert money_of(Cell(Decimal(value), code), Decimal(1)) == Decimal(wan)


@pytest.mark.parametrize(
    ("code", "percent", "date"),
    [
        ("0%", True, False),
        ("0.00%", True, False),
        ("0.00%;[Red]-0.00%", True, False),
        ('0"%"', False, False),
        ("0\\%", False, False),
        ("General", False, False),
        ("@", False, False),
        ("# ?/?%", True, False),
        ("yyyy-mm-dd", False, True),
        ('yyyy"年"', False, True),
        ("h:mm:ss", False, True),
        ("[h]:mm", False, True),
        ('0"月"', False, False),
        ("[Red]0", False, False),
        ("[$-409]d-mmm", False, True),
    ],
)
def test_formats_that_change_what_a_number_means(code: str, percent: bool, date: bool) -> None:  # noqa: FBT001
    assert (is_percent(code), is_date(code)) == (percent, date)


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(alphabet='0#,.%?/*_\\;@"年ymdhsEG[]红 -'))
def test_every_number_shows_under_every_format(value: float, code: str) -> None:
    assert isinstance(printed(Cell(Decimal(repr(value)), code)), str)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_a_plain_number_says_the_same_number(value: Decimal) -> None:
    assert Decimal(plain_number(value)) == value
    assert "E" not in plain_number(value)
