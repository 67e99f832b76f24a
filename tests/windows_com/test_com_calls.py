"""How many trips to the program a job takes: each is a call to another process."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from office_client import Running, on_windows
from open_forms import BUREAU

from perf_excel.faces import macros
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset

pytestmark = on_windows

FORM, LONG = 60, 80


@pytest.fixture(params=["filled", "blank"])
def form(request: pytest.FixtureRequest, ours: Path) -> Path:
    """The form of Henan of 2022, and the national one as it is before anything is filled in."""
    if request.param == "blank":
        ours.write_bytes(make(Order(ruleset("national-2020")), ours).data)
    return ours


def test_to_check_a_form_takes_few_trips(excel: Running, form: Path) -> None:
    book = excel.opened(form)
    excel.calls()
    macros.check(book)
    assert excel.calls() <= FORM
    macros.check(book)  # the list is there already
    assert excel.calls() <= FORM


def test_six_hundred_rows_take_hardly_more(excel: Running, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.append(BUREAU[1])
    for row in range(600):
        sheet.append(
            ["产出指标", "数量指标", f"培训{row}", "≥10次", "9次" if row % 3 else "10次", 0.1, 0.0, "已说明"]
        )
        sheet.cell(row + 2, 6).number_format = "0.00"
    path = tmp_path / "长.xlsx"
    book.save(path)
    open_one = excel.opened(path)
    excel.calls()
    assert macros.check(open_one).errors
    assert excel.calls() <= LONG
