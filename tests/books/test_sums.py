"""Formulas that only add up cells, worked out as applications do."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from perf_excel.books.xlsx.sums import sum_edits
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.sheets.grid import Cell, Edit, Grid, Value

NUMBERS: dict[tuple[int, int], Cell] = {
    (1, 1): Cell(Decimal(100)),
    (2, 1): Cell(Decimal("20.5")),
    (3, 1): Cell("无"),
    (5, 1): Cell(None, formula="IF(A1>0,1,0)"),
    (6, 1): Cell("#DIV/0!", formula="A1/A4"),
}
"""A1 to A6; A4 is blank."""


def results(*formulas: str, old: Value = None) -> list[Value]:
    """What the formulas in B1, B2 … give; the old result of one that is left alone."""
    own = {(row, 2): Cell(old, formula=text) for row, text in enumerate(formulas, 1)}
    edits = {edit[:2]: edit.value for edit in sum_edits(Grid("表", {**NUMBERS, **own}))}
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
    ],
)
def test_sums(formula: str, result: str) -> None:
    assert results(formula) == [Decimal(result)]


@pytest.mark.parametrize(
    "formula",
    [
        "A1+A3",  # an error: a text cannot be added
        "SUM(A1:A5)",  # its part was never calculated
        "SUM(A1:A6)",
        "SUM(别表!A1:A2)",
        "SUM(总额)",
        "ROUND(A1,2)",
        "SUM(A1:A2)*2",
        "SUM(A1:A2)A1",
        "A1:A2",
        "SUM(A2:A1)",
        "SUM(A1:XFD1048576)",
        "SUM(SUM(A1:A2),A1)",
        "",
    ],
)
def test_what_is_no_sum_of_known_cells_is_left_alone(formula: str) -> None:
    assert results(formula, old=Decimal(7)) == [Decimal(7)]


def test_sums_of_sums_and_circles() -> None:
    assert results("SUM(A1:A2)", "B1+A1", "B3") == [Decimal("120.5"), Decimal("220.5"), None]


def test_a_sum_that_was_never_calculated_is_worked_out_when_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for values in ((100, "=SUM(A1:A2)"), (20.5, "=B1+A1"), (None, "=ROUND(B1,0)")):
        book.worksheets[0].append(values)
    path = tmp_path / "未计算.xlsx"
    book.save(path)
    cells = Workbook.open(path).grid("Sheet").cells
    assert [cells[row, 2].value for row in (1, 2, 3)] == [Decimal("120.5"), Decimal("220.5"), None]


def test_an_old_result_stands_as_it_was_read() -> None:
    cells = {**NUMBERS, (1, 2): Cell(Decimal(1), formula="A1+A2"), (2, 2): Cell(None, formula="A1+A2")}
    assert list(sum_edits(Grid("表", cells), uncalculated=True)) == [Edit(2, 2, Decimal("120.5"))]


def test_a_sum_that_is_right_is_no_edit() -> None:
    right = {(1, 2): Cell(Decimal("120.50"), formula="A1+A2"), (2, 2): Cell(Decimal(0), formula="B1")}
    assert list(sum_edits(Grid("表", {**NUMBERS, **right}))) == [Edit(2, 2, Decimal("120.5"))]
