"""What the clerk marked (处理、理由) in the list of findings that a workbook carries (校验结果)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from operator import not_

from perf_excel.forms.model import Waiver
from perf_excel.jobs.examination.source import Source
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.verdicts import SHEET, Verdict, read_verdicts


@dataclass(frozen=True, slots=True)
class Marked:
    """The list in a workbook: its sheet, and its rows for one form and for the workbook's other forms."""

    sheet: str
    own: tuple[Verdict, ...] = ()
    others: tuple[Verdict, ...] = ()


def marked(book: Source, form: Reading, *, shared: bool = False) -> Marked:
    """Return the list in a workbook; a workbook without one gets the name that its list is going to have.

    A row belongs to the form whose sheet it names; one that names a sheet which is no more (renamed) counts
    as this form's, so that nothing the clerk wrote is passed over.

    Args:
        book: the workbook.
        form: the form whose rows are asked for.
        shared: whether other forms stand on its sheets: then a row's cell tells whose it is.
    """
    names = book.sheets
    for name in names:
        if name in form.sheets or not name.startswith(SHEET):
            continue
        grid = book.grid(name)
        rows = read_verdicts(grid) if grid else None
        if rows is not None:
            mine = [_is_mine(row, form, names, shared=shared) for row in rows]
            return Marked(name, tuple(compress(rows, mine)), tuple(compress(rows, map(not_, mine))))
    used = {name.casefold() for name in names}
    free = (SHEET, *(f"{SHEET}{number}" for number in range(2, len(used) + 3)))
    return Marked(next(name for name in free if name.casefold() not in used))


def _is_mine(row: Verdict, form: Reading, sheets: list[str], *, shared: bool) -> bool:
    if row.sheet not in sheets:
        return True
    if row.sheet not in form.sheets or not shared:
        return row.sheet in form.sheets
    digits = "".join(filter(str.isdigit, row.cell))
    top = min(form.layout.top, form.layout.title_row) if form.layout.title else form.layout.top
    return top <= int(digits or 0) <= form.layout.bottom


def waivers(rows: tuple[Verdict, ...]) -> tuple[Waiver, ...]:
    """Return what the clerk asks to be left as it is."""
    return tuple(Waiver(row.check, row.label, row.message, row.reason) for row in rows if row.waives)
