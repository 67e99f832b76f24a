"""A form read again after its workbook changed (重读), with its results brought up to date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from perf_excel.errors import UserError
from perf_excel.jobs.examination.examining import Examined, Found, examined
from perf_excel.jobs.examination.outcome_edits import cached_edits
from perf_excel.sheets.calculating.recalculated import with_results
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Edit, Grid
from perf_excel.sheets.reading.form_reading import Reading, read_form
from perf_excel.sheets.writing.moved_rows import Moves


def found_again(found: Found, grid: Grid, moves: Moves) -> Reading:
    """Read a form again after rows were put in or taken out: the one that has the same head as before.

    Raises:
        UserError: the form is not recognised any more.
    """
    old = found.reading.layout.indicators
    for layout in find_forms(grid, found.labels):
        block = layout.indicators
        if block.header == moves.row(old.header) and block.columns == old.columns:
            return read_form(grid, layout)
    doing = "删除" if moves.removed else "插入"
    raise UserError(
        f"{found.book.name}：工作表“{grid.sheet}”{doing}行后版式不再能识别，没有改动，"
        "请在 Excel 或 WPS 里自己增删相应的行后重试。"
    )


def refreshed(found: Found, reading: Reading, edits: Iterable[Edit]) -> tuple[list[Edit], Examined]:
    """Return edits of a form with the results that its formulas then give, and the form as it then stands."""
    # The values are in first, so that the results are those of the changed form.
    edits = with_results(reading.grid, edits)
    after = examined(replace(found, reading=_reread(reading, reading.grid.edited(edits))))
    edits = with_results(reading.grid, [*edits, *cached_edits(after)])
    return edits, examined(replace(found, reading=_reread(reading, reading.grid.edited(edits))))


def _reread(reading: Reading, grid: Grid) -> Reading:
    """Read the same places again; what the workbook's identity told of the form is kept."""
    again = read_form(grid, reading.layout)
    year, code = again.form.year or reading.form.year, again.form.unit_code or reading.form.unit_code
    return replace(again, form=replace(again.form, year=year, unit_code=code))
