"""What a form says of cells whose values cannot be taken as they stand: errors, old results, pictures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perf_excel.forms.model import Form
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Cell, Grid, Value
from perf_excel.sheets.reading.form_reading import read_form

HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "偏差原因")
ROWS: tuple[tuple[Value | Cell, ...], ...] = (
    HEAD,
    ("产出", "数量", "培训场次", "≥10场", "10场", Decimal(50), Decimal(50), None),
    ("产出", "数量", "培训人数", "≥500人", "490人", Decimal(50), Decimal(49), "疫情"),
    ("总分", None, None, None, None, Decimal(100), Decimal(99), None),
)


def read(**changed: Value | Cell) -> Form:
    """The form with some cells changed, by address (H3)."""
    cells = {
        (row, column): value if isinstance(value, Cell) else Cell(value)
        for row, values in enumerate(ROWS, 1)
        for column, value in enumerate(values, 1)
        if value is not None
    }
    for name, value in changed.items():
        place = int(name[1:]), "ABCDEFGH".index(name[0]) + 1
        cells[place] = value if isinstance(value, Cell) else Cell(value)
    grid = Grid("自评表", cells)
    return read_form(grid, find_forms(grid)[0]).form


def faults(**changed: Value | Cell) -> list[tuple[str, str, str, str]]:
    return [(one.cell, one.kind, one.shown, one.due) for one in read(**changed).faults]


def total(formula: str, value: Value) -> Cell:
    return Cell(value, "General", formula)


def test_plain_values_and_results_that_are_up_to_date_have_no_fault() -> None:
    assert faults(G4=total("SUM(G2:G3)", Decimal(99))) == []


@pytest.mark.parametrize("code", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#SPILL!"])
def test_an_error_is_named_and_is_no_value(code: str) -> None:
    assert faults(G3=code) == [("G3", "error", code, "")]
    assert read(G3=code).indicators[1].score is None


def test_a_result_older_than_its_summands_is_told_with_what_is_due() -> None:
    assert faults(G4=total("SUM(G2:G3)", Decimal(95))) == [("G4", "stale", "95", "99")]
    assert faults(G4=total("SUM(G2:G3)", Decimal("99.0000000001"))) == []


def test_a_formula_never_calculated_is_told_where_it_cannot_be_worked_out() -> None:
    assert faults(G4=total("总分合计", None)) == [("G4", "uncalculated", "", "")]


def test_an_error_in_a_blank_form_leaves_the_total_where_it_stands() -> None:
    form = read(G2=None, G3=None, G4=total("G2/F9", "#DIV/0!"))
    assert [(one.cell, one.spot) for one in form.faults] == [("G4", ("total", 0, "score"))]


@pytest.mark.parametrize("formula", ['_xlfn.DISPIMG("ID_1",1)', 'DISPIMG("ID_1",1)', '_xlfn.IMAGE("a.png")'])
def test_a_picture_is_neither_a_reason_nor_a_formula_without_a_result(formula: str) -> None:
    form = read(H3=Cell(None, "General", formula))
    assert (form.indicators[1].reason, form.faults) == ("", ())
