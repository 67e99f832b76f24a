"""A sheet of an older format while it is being read (读取中的工作表): its cells under limits, and as JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import NoReturn

from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area, address

CELLS = 200_000
"""Cells, merged areas and sheets of a workbook together."""
_SHEET = 20
"""Cells that a sheet counts as: so much more it takes to keep."""
MERGED_PLACES = 1_000_000
"""Places under the merged areas of a sheet: a grid spreads them out."""
LAST_ROW, LAST_COLUMN = 1 << 20, 1 << 14
FORMAT = 255
"""Characters that applications let a number format have."""
TEXT = 16 << 20
"""Characters of all cells together."""

Packed = tuple[int, int, str, str, str, str | None]
"""A cell as it crosses the pipe: row, column, kind of value (s, n or b), value as text, format, formula."""


class Budget:
    """What the cells of one workbook may take."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._cells = 0
        self._text = 0

    def spend(self, characters: int, cells: int = 1) -> None:
        """Count one thing more; raises UserError when it is one too many."""
        self._cells += cells
        self._text += characters
        if self._cells > CELLS or self._text > TEXT:
            self.refuse(f"内容超过 {CELLS} 个单元格或 {TEXT >> 20} 百万字")

    def refuse(self, what: str) -> NoReturn:
        """Raise the error that the workbook is too large."""
        raise too_large(self.name, what)


class Sheet:
    """A sheet while it is being read."""

    __slots__ = (
        *("_budget", "cells", "hidden", "hidden_columns", "hidden_rows", "merges", "name"),
        *("struck", "unsure"),
    )

    def __init__(self, name: str, budget: Budget, *, hidden: bool) -> None:
        self.name = name
        self.hidden = hidden
        self.cells: list[Packed] = []
        self.merges: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.struck: list[tuple[int, int, str]] = []
        self.unsure: list[tuple[int, int, str]] = []
        self._budget = budget
        budget.spend(len(name), _SHEET)

    def add(self, row: int, column: int, value: object, format_: str, formula: str | None = None) -> None:
        """Add a cell; places count from 1.

        Raises UserError when the workbook holds too much, ValueError for a place outside of any sheet.
        """
        if not (0 < row <= LAST_ROW and 0 < column <= LAST_COLUMN):
            raise ValueError(row, column)
        if len(format_) > FORMAT:
            where = f"{self._budget.name}，{self.name}：单元格 {address(row, column)}"
            raise UserError(
                f"{where}的数字格式超过 {FORMAT} 个字符，请在 Excel 或 WPS 里重设它，另存为 .xlsx 后再试。"
            )
        kind, text = _pack(value)
        self._budget.spend(len(text) + len(formula or ""))
        self.cells.append((row, column, kind, text, format_, formula))

    def merge(self, area: Area) -> None:
        """Add a merged area; raises UserError when the workbook holds too much."""
        self._budget.spend(0)
        self.merges.append(area)

    def packed(self) -> dict[str, object]:
        """Return the sheet as JSON; raises UserError when its merged areas cover too much of it."""
        bottom = max((cell[0] for cell in self.cells), default=0)
        right = max((cell[1] for cell in self.cells), default=0)
        places = sum(
            max(min(area.bottom, bottom) - area.top + 1, 0) * max(min(area.right, right) - area.left + 1, 0)
            for area in self.merges
        )
        if places > MERGED_PLACES:
            self._budget.refuse(f"工作表“{self.name}”的合并单元格占 {places} 格")
        return {
            "name": self.name,
            "hidden": self.hidden,
            "cells": self.cells,
            "merges": self.merges,
            "hidden_rows": sorted(self.hidden_rows & {cell[0] for cell in self.cells}),
            "hidden_columns": sorted(column for column in self.hidden_columns if column <= right),
            "struck": self.struck,
            "unsure": self.unsure,
        }


def _pack(value: object) -> tuple[str, str]:
    if isinstance(value, bool):
        return "b", "1" if value else ""
    if isinstance(value, str):
        return "s", value
    # A binary number has the 15 digits that Excel shows, as in .xlsx.
    return "n", f"{value:.15g}" if isinstance(value, float) else str(value)


def unpack(kind: str, text: str) -> str | Decimal | bool:
    """Return the value of a cell that came through the pipe."""
    if kind == "n":
        return Decimal(text)
    return bool(text) if kind == "b" else text


def locked(name: str) -> UserError:
    """Return the error of a workbook with a password."""
    return UserError(f"{name}：有打开密码，请在 Excel 或 WPS 里去掉密码、另存为 .xlsx 后再试。")


def damaged(name: str, kind: str) -> UserError:
    """Return the error of a workbook that cannot be read."""
    return UserError(
        f"{name}：已损坏或不是 .{kind} 工作簿，请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再试。"
    )


def too_large(name: str, what: str) -> UserError:
    """Return the error of a workbook that holds more than any form does."""
    return UserError(f"{name}：过大（{what}），请删去多余的工作表、空行和图片，另存为 .xlsx 后再试。")
