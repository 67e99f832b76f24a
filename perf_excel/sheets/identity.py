"""Which form a workbook is (身份): key and value rows on a sheet that only the program sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perf_excel.forms.text import folded
from perf_excel.sheets.grid import Edit, Grid

SHEET = "_perf_excel"
FORM = "表格"
RULESET = "规则集"
VERSION = "版本"
UNIT_CODE = "单位代码"
YEAR = "年度"
PROGRAM = "程序版本"
UNIT = "单位名称"
PROJECT = "项目名称"
PACK = "下发编号"
TEMPLATE = "表样"
FINGERPRINT = "结构指纹"
ORIGIN = "来源"
ADOPTED = "收来的表样"
"""What stands behind ORIGIN of a form that is not one of this program's own."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook of this program says of itself; ``year`` is None in a blank template.

    A workbook that was sent to a unit (下发) also says to whom, in which pack, as which of its templates, and
    with which fingerprint (see structure.py); ``adopted`` that its form is a bureau's, not drawn here.
    """

    form: str
    ruleset: str
    version: str
    unit_code: str = ""
    year: int | None = None
    program: str = ""
    unit: str = ""
    project: str = ""
    pack: str = ""
    template: str = ""
    fingerprint: str = ""
    adopted: bool = False

    def rows(self) -> list[tuple[str, str]]:
        """Return the rows of the sheet: key and value, both text."""
        return [
            (FORM, self.form),
            (RULESET, self.ruleset),
            (VERSION, self.version),
            (UNIT_CODE, self.unit_code),
            (YEAR, "" if self.year is None else str(self.year)),
            (PROGRAM, self.program),
            *self._sent(),
        ]

    def _sent(self) -> Iterator[tuple[str, str]]:
        if self.adopted:
            yield ORIGIN, ADOPTED
        if self.pack:
            yield UNIT, self.unit
            yield PROJECT, self.project
            yield PACK, self.pack
            yield TEMPLATE, self.template
            yield FINGERPRINT, self.fingerprint


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
        unit=found.get(UNIT, ""),
        project=found.get(PROJECT, ""),
        pack=found.get(PACK, ""),
        template=found.get(TEMPLATE, ""),
        fingerprint=found.get(FINGERPRINT, ""),
        adopted=found.get(ORIGIN) == ADOPTED,
    )


def identity_edits(grid: Grid, identity: Identity) -> list[Edit]:
    """Return the edits that write an identity on a sheet that has one; what else stands there stays.

    New keys go below the last row: a macro workbook keeps the words of its buttons there, too.
    """
    there = {_text(grid, row, 1): row for row in range(1, grid.bottom + 1)}
    edits: list[Edit] = []
    last = grid.bottom
    for key, value in identity.rows():
        row = there.get(key)
        if row is None:
            row = last = last + 1
            edits.append(Edit(row, 1, key))
        edits.append(Edit(row, 2, value))
    return edits


_MOST_ROWS = 500
"""The sheet is small; a file from elsewhere may claim a million rows."""


def _text(grid: Grid, row: int, column: int) -> str:
    value = grid.at(row, column).value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"  # a unit code that a spreadsheet turned into a number
    return folded(value).strip() if isinstance(value, str) else ""
