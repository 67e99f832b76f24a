"""A form cut over several sheets (续表), put together into one grid.

The next sheet begins with the same head, without a title of its own, or with rows at once. Where a row of
the whole really stands is kept in the grid (Grid.strips).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perf_excel.forms.text import plain
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.grid import Area, Grid, Strip

Labels = Mapping[str, tuple[str, ...]]

_FEWEST_COLUMNS = 2
"""A sheet of one column is text, such as notes on how to fill the form, and no further rows."""


def continued(
    grid: Grid, form: FormLayout, further: Grid, forms: Sequence[FormLayout], more: Labels
) -> tuple[Grid, FormLayout] | None:
    """Return a form together with its rows on the next sheet; None where the next sheet has none of them.

    Args:
        grid: the sheet, or the sheets put together so far.
        form: its last form.
        further: the next sheet.
        forms: what was found on the next sheet as it stands alone.
        more: a rule set's own labels by role.
    """
    if form.total_row or not form.title or len({column for _, column in further.cells}) < _FEWEST_COLUMNS:
        return None
    if forms and not _is_continuation(form, forms[0], further):
        return None
    start = forms[0].indicators.header + 1 if forms else min(row for row, _ in further.cells)
    whole = _joined(grid, form, further, (start, forms[0].bottom if forms else further.bottom))
    again = find_forms(whole, more)
    # Rows without a head of their own may be anything: only a total row behind them shows them to be these.
    if len(again) != 1 or again[0].bottom <= form.bottom or not (forms or again[0].total_row):
        return None
    return whole, again[0]


def _is_continuation(form: FormLayout, other: FormLayout, sheet: Grid) -> bool:
    """Whether a form is only the further rows of another: the same columns, and nothing above them."""
    above = (text_at(sheet, other.title_row, column) for column, _ in sheet.row(other.title_row))
    if other.title and not any("续" in plain(text) for text in above):
        return False
    if other.budget or other.goal or other.tasks:
        return False
    return set(other.indicators.columns.values()) == set(form.indicators.columns.values())


def _joined(grid: Grid, form: FormLayout, further: Grid, rows: tuple[int, int]) -> Grid:
    """Return the rows of a form, and below them those of the next sheet."""
    start, end = rows
    shift = form.bottom + 1 - start
    cells = {place: cell for place, cell in grid.cells.items() if form.top <= place[0] <= form.bottom}
    cells |= {
        (row + shift, column): cell for (row, column), cell in further.cells.items() if start <= row <= end
    }
    merges = [area for area in grid.merges if form.top <= area.top and area.bottom <= form.bottom]
    merges += [
        Area(area.top + shift, area.left, area.bottom + shift, area.right)
        for area in further.merges
        if start <= area.top and area.bottom <= end
    ]
    struck = {
        **grid.struck,
        **{(row + shift, column): text for (row, column), text in further.struck.items()},
    }
    strips = (*(grid.strips or (Strip(1, grid.sheet, 0),)), Strip(start + shift, further.sheet, shift))
    hidden = grid.hidden_rows | {row + shift for row in further.hidden_rows if start <= row <= end}
    unsure = {
        **grid.unsure,
        **{
            (row + shift, column): why for (row, column), why in further.unsure.items() if start <= row <= end
        },
    }
    whole = replace(grid, cells=cells, merges=tuple(merges), struck=struck, strips=strips)
    return replace(whole, hidden_rows=hidden, unsure=unsure)
