"""Texts of several runs (富文本): what is raised, lowered or struck out never joins a value in silence."""

from __future__ import annotations

import pytest
from workbooks import workbook

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.sheets.grid import Grid


def run(text: str, look: str = "") -> str:
    properties = f"<rPr><b/>{look}<sz val='11'/></rPr>" if look else ""
    return f'<r>{properties}<t xml:space="preserve">{text}</t></r>'


UP, DOWN = '<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>'
OUT, NOT_OUT = "<strike/>", '<strike val="0"/>'


def read(runs: str, *, shared: bool) -> Grid:
    if shared:
        data = workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=f"<si>{runs}</si>")
    else:
        data = workbook(f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row>')
    return Workbook.from_bytes(data, "甲.xlsx").grid("自评表")


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize(
    ("runs", "value", "struck"),
    [
        (run("95") + run("%"), "95%", ""),
        (run("10") + run("2", UP), "10^2", ""),
        (run("10") + run("2", DOWN), "10_2", ""),
        (run("1000m") + run("2", UP), "1000m2", ""),
        (run("H") + run("2", DOWN) + run("O"), "H2O", ""),
        (run("≥95%") + run("①", UP), "≥95%^①", ""),
        (run("90", OUT) + run("95%"), "95%", "90"),
        (run("95%") + run("100%", OUT), "95%", "100%"),
        (run("10", OUT), None, "10"),
        (run("95%", NOT_OUT), "95%", ""),
        (run("10") + run("2", UP) + run("3", OUT), "10^2", "3"),
    ],
)
def test_runs_that_mean_something_else_stay_apart(
    runs: str, value: str | None, struck: str, *, shared: bool
) -> None:
    grid = read(runs, shared=shared)
    found = grid.cells.get((1, 1))
    assert (found and found.value) == value
    assert dict(grid.struck) == ({(1, 1): struck} if struck else {})
