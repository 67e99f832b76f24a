"""A sheet to draw on: places, values and looks in one call."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Border, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.heights import LARGEST, height
from perf_excel.books.template.styles import BOX, PLAIN, SIDES, UNLOCKED, Align, dress
from perf_excel.books.writable_text import writable
from perf_excel.forms.data_writing import plain_number
from perf_excel.sheets.grid import address

"""Signs that a workbook cannot hold."""


class Formula(str):
    """A formula without its equals sign; any other text is written as text, whatever it begins with."""

    __slots__ = ()


Content = str | Formula | Decimal | None


@dataclass
class Canvas:
    """The sheet, the widths of its columns, and what each row must be high enough for."""

    sheet: Worksheet
    printed: list[float]
    """Widths of the printed columns."""
    margin: tuple[float, ...]
    """Widths of those beside them."""
    _texts: dict[int, list[tuple[str, list[float]]]] = field(
        default_factory=dict[int, list[tuple[str, list[float]]]]
    )

    @property
    def widths(self) -> list[float]:
        """The widths of all columns."""
        return [*self.printed, *self.margin]

    heights: dict[int, float] = field(default_factory=dict[int, float])
    """Of the rows, in points."""
    said: dict[tuple[str, str], list[str]] = field(default_factory=dict[tuple[str, str], list[str]])
    """Input messages, title and text, and the cells that show them when they are chosen."""
    _merged: set[int] = field(default_factory=set[int])
    """Rows with texts merged across columns, which no program fits to them."""
    _down: list[tuple[tuple[int, int], str, list[float]]] = field(
        default_factory=list[tuple[tuple[int, int], str, list[float]]]
    )
    """Rows, text and widths of what is merged down several rows."""

    def put(  # noqa: PLR0913  (all but the first two have names)
        self,
        place: tuple[int, int],
        value: Content = None,
        *,
        to: tuple[int, int] | None = None,
        font: Font = PLAIN,
        align: Align = "center",
        border: Border | None = BOX,
        unlocked: bool = False,
        number_format: str = "General",
        shrink: bool = False,
        indent: int = 1,
    ) -> Cell:
        """Write a value at (row, column), merged to another place where one is given."""
        cell = cast("Cell", self.sheet.cell(*place))
        write(cell, value)
        dress(
            cell, font=font, align=align, border=border, unlocked=unlocked, number_format=number_format,
            shrink=shrink, indent=indent,
        )  # fmt: skip
        bottom, right = to or place
        if (bottom, right) != place:
            self.sheet.merge_cells(
                start_row=place[0], start_column=place[1], end_row=bottom, end_column=right
            )
            if unlocked:
                self._unlock(place, (bottom, right))
            if bottom == place[0]:
                self._merged.add(bottom)
        above = self.sheet.cell(max(place[0] - 1, 1), place[1]).value if border is SIDES else None
        unseen = value == above  # a level that is only said again (levels_look.py)
        if isinstance(value, str) and not isinstance(value, Formula) and not unseen:
            across = self.widths[place[1] - 1 : right]
            if bottom == place[0]:
                self._texts.setdefault(bottom, []).append((value, across))
            else:
                self._down.append(((place[0], bottom), value, across))
        return cell

    def say(self, place: tuple[int, int], title: str, text: str) -> None:
        """Let a cell say what belongs into it."""
        self.said.setdefault((title, text), []).append(address(*place))

    def put_side(self, rows: tuple[int, int], label: str) -> None:
        """Write the label of a block, merged down its left side."""
        self.put((rows[0], 1), label, to=(rows[1], 1))

    def set_height(self, row: int, least: float) -> None:
        """Make a row high enough for its texts."""
        self.heights[row] = min(LARGEST, height(self._texts.get(row, []), least))

    def finish_heights(self) -> set[int]:
        """Make rows high enough for what is merged down them; return those that fit themselves when edited.

        The heights of these are only what they open with.
        """
        heights = self.heights
        fixed = set(self._merged)
        for (first, last), text, across in self._down:
            there = range(first, last + 1)
            missing = height([(text, across)], 0.0) - sum(heights.get(row, 0.0) for row in there)
            if missing > 0:
                fixed.update(there)
                for row in there:
                    heights[row] = heights.get(row, 0.0) + missing / len(there)
        for row, points in heights.items():
            self.sheet.row_dimensions[row].height = points
        return heights.keys() - fixed

    def set_widths(self, hidden: int) -> None:
        """Give the columns their widths, and hide so many behind them."""
        for column, width in enumerate(self.widths, 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width
        first = len(self.widths) + 1
        behind = self.sheet.column_dimensions[get_column_letter(first)]
        behind.min, behind.max, behind.hidden = first, first + hidden - 1, True

    def _unlock(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        # Excel refuses to clear a merged cell of which any part is locked.
        for row in range(first[0], last[0] + 1):
            for column in range(first[1], last[1] + 1):
                cell = self.sheet.cell(row, column)
                if isinstance(cell, MergedCell):
                    cell.protection = UNLOCKED


def write_at(sheet: Worksheet, row: int, column: int, value: Content) -> Cell:
    """Write a value into a cell of a sheet that has no merged cells."""
    cell = cast("Cell", sheet.cell(row, column))
    write(cell, value)
    return cell


def write(cell: Cell, value: Content) -> None:
    """Write a value: a formula, a number, or text that can never become a formula."""
    if isinstance(value, Formula):
        cell.value = f"={value}"
    elif isinstance(value, str):
        if value:
            cell.value = writable(value)
            cell.data_type = "s"
    elif value is not None:
        cell.value = plain_number(value)
