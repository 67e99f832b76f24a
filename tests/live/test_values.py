"""Values between LibreOffice and xlwings."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_excel.live.libreoffice.conversion import (
    CellError,
    as_rows,
    cell_error,
    cleaned,
    data_row,
    formula_row,
    from_serial,
    needs_formulas,
    spelled,
    to_serial,
)

DAY = dt.datetime(2022, 6, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        (5, ((5, 5), (5, 5))),
        (None, ((None, None), (None, None))),
        ([[1, 2], [3, 4]], ((1, 2), (3, 4))),
        (((1, 2), (3, 4)), ((1, 2), (3, 4))),
    ],
)
def test_a_scalar_fills_a_range_and_rows_must_fit(value: object, rows: object) -> None:
    assert as_rows(value, 2, 2) == rows


def test_a_flat_list_is_one_row() -> None:
    assert as_rows([1, 2, 3], 1, 3) == ((1, 2, 3),)
    with pytest.raises(ValueError, match="do not fit"):
        as_rows([1, 2, 3], 3, 1)


def test_text_stays_text_and_only_an_equals_sign_makes_a_formula() -> None:
    row = [None, 1, 2.5, "98%", "'=1+1", "'012", DAY]
    assert not needs_formulas([row])
    assert data_row(row) == ("", 1.0, 2.5, "98%", "=1+1", "012", 44742.0)


def test_beside_a_formula_everything_is_written_as_it_would_be_typed() -> None:
    row = ["=A1*2", True, 2.5, "98%", "'=1+1", None]
    assert needs_formulas([row])
    assert formula_row(row) == ("=A1*2", "TRUE", "2.5", "'98%", "'=1+1", "")


@pytest.mark.parametrize(
    ("excel", "own"),
    [
        ('=IF(A1="甲,乙",SUM(B1:B2),"")', '=IF(A1="甲,乙";SUM(B1:B2);"")'),
        ("=自评表!$A$1+'表 一'!B2", "=$自评表.$A$1+$'表 一'.B2"),
        ("=SUM({1,2;3,4})", "=SUM({1;2|3;4})"),
        ('=HYPERLINK("#自评表!A1","到")', '=HYPERLINK("#自评表!A1";"到")'),
        ("=IF(A1;$自评表.A1;2)", "=IF(A1;$自评表.A1;2)"),
    ],
)
def test_formulas_are_spelled_as_libreoffice_does(excel: str, own: str) -> None:
    assert spelled(excel) == own


@given(st.datetimes(min_value=dt.datetime(1900, 3, 1), max_value=dt.datetime(9999, 12, 30)))  # noqa: DTZ001
def test_a_date_comes_back_to_the_millisecond(moment: dt.datetime) -> None:
    assert abs(from_serial(to_serial(moment)) - moment) <= dt.timedelta(milliseconds=1)


def test_errors_have_excels_names() -> None:
    assert [cell_error(number) for number in (532, 32767, 524, 502)] == [
        "#DIV/0!", "#N/A", "#REF!", "#VALUE!",
    ]  # fmt: skip


def test_the_reader_decides_what_empty_errors_dates_and_numbers_become() -> None:
    def clean(value: str | float | dt.datetime | None, *, err_to_str: bool = False) -> object:
        return cleaned(value, lambda *day, **_: day, "空", int, err_to_str=err_to_str)

    assert clean(None) == "空"
    assert clean(CellError("#N/A")) is None
    assert clean(CellError("#N/A"), err_to_str=True) == "#N/A"
    assert clean("#N/A") == "#N/A"
    assert clean(DAY) == (2022, 6, 30)
    assert clean(3.0) == 3
