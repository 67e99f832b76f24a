"""Which form a workbook is (身份): key and value rows on a sheet that only the program sees."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from perf_excel.forms.text import folded
from perf_excel.sheets.grid import Grid

SHEET = "_perf_excel"
FORM = "表格"
RULESET = "规则集"
VERSION = "版本"
UNIT_CODE = "单位代码"
YEAR = "年度"
PROGRAM = "程序版本"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook of this program says of itself; ``year`` is None in a blank template."""

    form: str
    ruleset: str
    version: str
    unit_code: str = ""
    year: int | None = None
    program: str = ""

    def rows(self) -> list[tuple[str, str]]:
        """Return the rows of the sheet: key and value, both text."""
        return [
            (FORM, self.form),
            (RULESET, self.ruleset),
            (VERSION, self.version),
            (UNIT_CODE, self.unit_code),
            (YEAR, "" if self.year is None else str(self.year)),
            (PROGRAM, self.program),
        ]


def read_identity(grid: Grid) -> Identity | None:
    """Return the identity on a sheet, None where the sheet is another's or names no rule set."""
    if grid.sheet != SHEET:
        return None
    found = {_text(grid, row, 1): _text(grid, row, 2) for row in range(1, min(grid.bottom, _MOST_ROWS) + 1)}
    if not found.get(RULESET):
        return None
    year = found.get(YEAR, "")
    return Identity(
        form=found.get(FORM, ""),
        ruleset=found[RULESET],
        version=found.get(VERSION, ""),
        unit_code=found.get(UNIT_CODE, ""),
        year=int(year) if year.isascii() and year.isdigit() else None,
        program=found.get(PROGRAM, ""),
    )


_MOST_ROWS = 50
"""The sheet is small; a file from elsewhere may claim a million rows."""


def _text(grid: Grid, row: int, column: int) -> str:
    value = grid.at(row, column).value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"  # a unit code that a spreadsheet turned into a number
    return folded(value).strip() if isinstance(value, str) else ""
