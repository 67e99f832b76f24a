"""Formulas of a sheet's own cells, worked out as applications do."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.sheets.calculating.recalculated import recalculated
from perf_excel.sheets.grid import Cell, Edit, Grid, Value

NUMBERS: dict[tuple[int, int], Cell] = {
    (1, 1): Cell(Decimal(100)),
    (2, 1): Cell(Decimal("20.5")),
    (3, 1): Cell("无"),
    (5, 1): Cell(None, formula="VLOOKUP(A1,A1:B9,2,0)"),
    (6, 1): Cell("#DIV/0!", formula="A1/A4"),
}
"""A1 to A6; A4 is blank."""


def results(*formulas: str, old: Value = None) -> list[Value]:
    """What the formulas in B1, B2 … give; the old result of one that is left alone."""
    own = {(row, 2): Cell(old, formula=text) for row, text in enumerate(formulas, 1)}
    edits = {edit[:2]: edit.value for edit in recalculated(Grid("表", {**NUMBERS, **own}))}
    return [edits.get(place, old) for place in own]


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("SUM(A1:A4)", "120.5"),
        ("SUM($A$1,A2)", "120.5"),
        ("sum(A1:A2) + A1 - A2", "200"),
        ("A1+A4", "100"),
        ("A2", "20.5"),
        ("-A2+0.5", "-20"),
        ("ROUND(A1,2)", "100"),
        ("SUM(A1:A2)*2", "241"),
        ("SUM(A2:A1)", "120.5"),
        ("SUM(SUM(A1:A2),A1)", "220.5"),
        ("A2/A1", "0.205"),
        ("A2/A1*100%", "0.205"),
        ("ROUND(A1/3,2)", "33.33"),
        ("ROUND(2.5,0)", "3"),
        ("ROUND(-1.005,2)", "-1.01"),
        ("ROUND(1250,-2)", "1300"),
        ("1/3", "0.333333333333333"),
        ("2+3*4", "14"),
        ("(2+3)*-4", "-20"),
        ("MIN(1,A2/A1)*10", "2.05"),
        ("MAX(A1:A4)-AVERAGE(A1:A2)", "39.75"),
        ("IF(A1>=90,ROUND(A2,0),A6)", "21"),
        ("IFERROR(A1/A4,0)", "0"),
        ("IF(AND(ISNUMBER(A1),A1>A2),A1-A2,0)", "79.5"),
        ("IF(AND(ISNUMBER(A3),A1>A2),1,0)", "0"),
        ("IF(OR(ISBLANK(A1),ISBLANK(A4)),1,0)", "1"),
        ("IF(NOT(ISNUMBER(A1/A4)),1,0)", "1"),
        ("SUM(表!A1,'表'!$A$2)", "120.5"),
        ("SUM(A1,A3)", "100"),
    ],
)
def test_sums(formula: str, result: str) -> None:
    assert results(formula) == [Decimal(result)]


@pytest.mark.parametrize("formula", ["100%", "98所", "4.2万亩", "1,200人次"])
def test_a_target_typed_with_its_sign_is_no_formula(formula: str) -> None:
    assert results(formula) == [f"={formula}"]
    assert results(formula, old=Decimal(1)) == [Decimal(1)]


@pytest.mark.parametrize(
    ("formula", "result"),
    [("A1/A4", "#DIV/0!"), ("A6*2", "#DIV/0!"), ("SUM(A1:A6)", "#DIV/0!"), ("AVERAGE(A3:A4)", "#DIV/0!")],
)
def test_errors_go_on_into_what_is_reckoned_from_them(formula: str, result: str) -> None:
    cells = {place: cell for place, cell in NUMBERS.items() if place != (5, 1)}
    own = {(1, 2): Cell(None, formula=formula)}
    assert list(recalculated(Grid("表", {**cells, **own}))) == [Edit(1, 2, result)]


def test_texts_are_results_too() -> None:
    assert results('IF(A1>=90,"优","良")', 'IF(A4="","未填",A4)') == ["优", "未填"]


def test_noise_of_binary_numbers_is_no_change() -> None:
    assert results("A2/A1", old=Decimal("0.205000000000001")) == [Decimal("0.205000000000001")]


def test_a_long_chain_is_worked_out_or_left_alone_in_bounded_time() -> None:
    down = {(row, 2): Cell(None, formula=f"B{row - 1}+1" if row > 1 else "1") for row in range(1, 3000)}
    up = {(row, 3): Cell(None, formula=f"C{row + 1}+1") for row in range(1, 3000)}
    edits = {edit[:2]: edit.value for edit in recalculated(Grid("表", {**down, **up}))}
    assert edits[2999, 2] == 2999
    assert len(edits) < 6000


@pytest.mark.parametrize(
    "formula",
    [
        "A1+A3",  # an error: a text cannot be added
        "SUM(A1:A5)",  # its part was never calculated
        "SUM(别表!A1:A2)",
        "SUM(总额)",
        "SUM(A1:A2)A1",
        "A1:A2",
        "SUM(A1:XFD1048576)",
        "SUM(A1:A2*2)",
        "SUM(A:A)",
        "ROUND(A1)",
        "AND(A3,A1)",  # what a text comes to as yes or no
        "AND(A1:A2)",
        "VLOOKUP(A1,A1:B9,2,0)",
        "A5*2",
        "A1&A2",
        "[1]表!A1",
        "(" * 40 + "A1" + ")" * 40,
        "A1" + "+A1" * 5000,
        "1E99*1E99",
        "",
    ],
)
def test_what_is_no_sum_of_known_cells_is_left_alone(formula: str) -> None:
    assert results(formula, old=Decimal(7)) == [Decimal(7)]


def test_sums_of_sums_and_circles() -> None:
    assert results("SUM(A1:A2)", "B1+A1", "B3") == [Decimal("120.5"), Decimal("220.5"), None]


def test_a_sum_that_was_never_calculated_is_worked_out_when_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for values in ((100, "=SUM(A1:A2)"), (20.5, "=B1+A1"), (None, "=ROUND(B1,0)"), (None, "=A1&B1")):
        book.worksheets[0].append(values)
    path = tmp_path / "未计算.xlsx"
    book.save(path)
    cells = Workbook.open(path).grid("Sheet").cells
    assert [cells[row, 2].value for row in range(1, 5)] == [Decimal("120.5"), Decimal("220.5"), 121, None]


def test_what_was_worked_out_is_written(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append([100, "=A1/2", "=A1*2", None])
    path = tmp_path / "未计算.xlsx"
    book.save(path)
    opened = Workbook.open(path)
    opened.grid("Sheet")
    written = openpyxl.load_workbook(io.BytesIO(opened.fill({"Sheet": [Edit(1, 4, "备注")]})), data_only=True)
    assert [cell.value for cell in written.worksheets[0][1]] == [100, 50, 200, "备注"]


def test_an_old_result_stands_as_it_was_read() -> None:
    cells = {**NUMBERS, (1, 2): Cell(Decimal(1), formula="A1+A2"), (2, 2): Cell(None, formula="A1+A2")}
    assert list(recalculated(Grid("表", cells), uncalculated=True)) == [Edit(2, 2, Decimal("120.5"))]


def test_a_sum_that_is_right_is_no_edit() -> None:
    right = {(1, 2): Cell(Decimal("120.50"), formula="A1+A2"), (2, 2): Cell(Decimal(0), formula="B1")}
    assert list(recalculated(Grid("表", {**NUMBERS, **right}))) == [Edit(2, 2, Decimal("120.5"))]
