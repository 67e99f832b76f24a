"""The levels beside their rows (一级、二级指标) look like merged cells, and are none.

Every row says its own levels; a level is shown where it begins, with a line above. So a row may be copied,
inserted and deleted anywhere: spreadsheets refuse, or spoil, what cuts through a merged cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.columns import across
from perf_excel.books.template.plan import Plan
from perf_excel.books.template.styles import BOTTOM, TOP
from perf_excel.sheets.grid import column_letters

_UNSEEN = NumberFormat(numFmtId=164, formatCode=";;;")
_SIDES = ("block", "level1", "level2")


def show_levels(plan: Plan, sheet: Worksheet) -> None:
    """Show each level once, in the first of its rows."""
    columns, rows = plan.columns, plan.frame.indicators
    roles = [role for role in _SIDES if role in columns]
    for place, role in enumerate(roles):
        cells = across(rows, columns[role])
        again = ",".join(_as_above(plan, roles[1 if place else 0 : place + 1]))
        looks = (
            (f"AND({again})", DifferentialStyle(numFmt=_UNSEEN)),
            (f"NOT(AND({again}))", DifferentialStyle(border=TOP)),
            (f"ROW()+1=ROW({_corner(plan, plan.helpers.bottom)})", DifferentialStyle(border=BOTTOM)),
        )
        for formula, style in looks:
            rule = Rule(type="expression", dxf=style, formula=[formula])
            sheet.conditional_formatting.add(cells, rule)  # pyright: ignore[reportUnknownMemberType]


def _as_above(plan: Plan, roles: list[str]) -> Iterator[str]:
    """Conditions of a row that says the same as the one above; asked so that no reference can be deleted."""
    top, first = plan.helpers.top, plan.frame.indicators[0]
    for role in roles:
        column = plan.columns[role]
        above = f"INDEX({plan.helpers.down(column)},ROW()-ROW({_corner(plan, top)}))"
        yield f"${column_letters(column)}{first}={above}"


def _corner(plan: Plan, row: int) -> str:
    return f"${column_letters(plan.columns.first)}${row}"
