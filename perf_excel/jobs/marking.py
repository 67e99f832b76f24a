"""What the clerk marked (处理、理由) in the list of findings that a workbook carries (校验结果)."""

from __future__ import annotations

from dataclasses import dataclass

from perf_excel.books.opening import Book
from perf_excel.forms.model import Waiver
from perf_excel.sheets.verdicts import SHEET, Verdict, read_verdicts


@dataclass(frozen=True, slots=True)
class Marked:
    """The list in a workbook: its sheet, and its rows for one form and for the workbook's other forms."""

    sheet: str
    own: tuple[Verdict, ...] = ()
    others: tuple[Verdict, ...] = ()


def marked(book: Book, form_sheet: str) -> Marked:
    """Return the list in a workbook; a workbook without one gets the name that its list is going to have.

    A row belongs to the form whose sheet it names; one that names a sheet which is no more (renamed) counts
    as this form's, so that nothing the clerk wrote is passed over.
    """
    names = book.sheets
    for name in names:
        if name == form_sheet or not name.startswith(SHEET):
            continue
        grid = book.grid(name)
        rows = read_verdicts(grid) if grid else None
        if rows is not None:
            others = {other for other in names if other != form_sheet}
            own = tuple(row for row in rows if row.sheet not in others)
            return Marked(name, own, tuple(row for row in rows if row.sheet in others))
    used = {name.casefold() for name in names}
    free = (SHEET, *(f"{SHEET}{number}" for number in range(2, len(used) + 3)))
    return Marked(next(name for name in free if name.casefold() not in used))


def waivers(rows: tuple[Verdict, ...]) -> tuple[Waiver, ...]:
    """Return what the clerk asks to be left as it is."""
    return tuple(Waiver(row.check, row.label, row.message, row.reason) for row in rows if row.waives)
