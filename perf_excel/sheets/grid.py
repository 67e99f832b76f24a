"""A sheet (工作表) as plain cells: the one shape that files and live applications both give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

Value = str | Decimal | bool | None
"""What a cell holds: text, a number (exact decimal of what the application shows), a truth value or nothing.

Error values (#DIV/0! …) are text that begins with '#'. Dates are numbers with a date format.
"""

Place = tuple[int, int]
"""(row, column), both counted from 1."""


class Cell(NamedTuple):
    """One cell that holds something."""

    value: Value
    format: str = "General"
    """Number format code (数字格式), such as ``0.00%``."""
    formula: str | None = None
    """Formula text without the equals sign; ``value`` is then the cached result, None if never calculated."""


_PICTURE = re.compile(r"\s*(?:_xlfn\.)?(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)


PICTURE = "DISPIMG()"
"""Stands as the formula of a cell that shows a picture without one (Excel's own)."""


def is_picture(formula: str | None) -> bool:
    """Whether a formula puts a picture into its cell (WPS's DISPIMG, IMAGE): it has no value to read."""
    return formula is not None and _PICTURE.match(formula) is not None


class Area(NamedTuple):
    """A rectangle of cells, bounds included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


class Label(NamedTuple):
    """What a cell or merged area shows, bare of white space and brackets, and its columns."""

    left: int
    right: int
    text: str


class TypedOver(str):
    """A text that takes the place of a cell's formula, as a person types over it."""

    __slots__ = ()


class Edit(NamedTuple):
    """One change of a cell. A cell that holds a formula keeps it: the value becomes its cached result.

    Only a text that is TypedOver replaces a formula.
    """

    row: int
    column: int
    value: Value


class Strip(NamedTuple):
    """Where the rows of a grid stand that was put together from several sheets (续表).

    Rows from ``top`` on are those of ``sheet``, where they stand ``shift`` rows further up.
    """

    top: int
    sheet: str
    shift: int


EMPTY = Cell(None)
_LARGEST_MERGE = 20_000
"""Places: a merged area beyond that holds no field of a form, and is read as its first cell alone."""
SPARE = 60
"""Rows below the last one that holds something: a merged area above may reach so far over blank ones."""
_MOST_MERGED = 400_000
"""Places in all merged areas of a sheet; further areas are not looked at."""


@dataclass(frozen=True)
class Grid:
    """One sheet: its non-empty cells by (row, column), and its merged areas (合并单元格)."""

    sheet: str
    cells: dict[Place, Cell]
    merges: tuple[Area, ...] = ()
    hidden: bool = False
    struck: Mapping[Place, str] = field(default_factory=dict[Place, str])
    """What is struck out in cells (删除线), and no part of their values."""
    blanks: Mapping[Place, str] = field(default_factory=dict[Place, str], compare=False)
    """The number formats of blank cells that are to show percentages, by place."""
    strips: tuple[Strip, ...] = ()
    """Of a form that is cut over several sheets, from top to bottom; empty for one sheet."""
    hidden_rows: frozenset[int] = frozenset()
    """Rows that hold something and are not shown (隐藏行)."""
    hidden_columns: frozenset[int] = frozenset()
    unsure: Mapping[Place, str] = field(default_factory=dict[Place, str], compare=False)
    """Places that could not be read for certain (读不准), and why: of tables in Word and PDF."""
    helpers: int | None = None
    """The first column of helper cells (sheets/helper_cells.py), which are not among the cells."""

    @cached_property
    def merged(self) -> dict[Place, Area]:
        """The merged areas by every place that they cover."""
        # Clipped to what is used: a merge over a whole sheet would be 17 thousand million places.
        anchors: dict[Place, Area] = {}
        seen, last_row, last_column = 0, self.bottom + SPARE, self.right
        for area in self.merges:
            top, left, bottom, right = area
            rows, columns = range(top, min(bottom, last_row) + 1), range(left, min(right, last_column) + 1)
            size = len(rows) * len(columns)
            if size > _LARGEST_MERGE:
                continue
            if (seen := seen + size) > _MOST_MERGED:
                break
            for row in rows:
                for column in columns:
                    anchors[row, column] = area
        return anchors

    def locate(self, row: int, column: int) -> tuple[str, int, int]:
        """Return the sheet, row and column where a place really stands."""
        for strip in reversed(self.strips):
            if row >= strip.top:
                return strip.sheet, row - strip.shift, column
        return self.sheet, row, column

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheet, or all that the grid was put together from."""
        return tuple(dict.fromkeys(strip.sheet for strip in self.strips)) or (self.sheet,)

    def by_sheet(self, edits: Iterable[Edit]) -> dict[str, list[Edit]]:
        """Return edits as they are to be made, by the sheet that they belong on."""
        found: dict[str, list[Edit]] = {sheet: [] for sheet in self.sheets}
        for row, column, value in edits:
            sheet, *place = self.locate(row, column)
            found[sheet].append(Edit(place[0], place[1], value))
        return found

    def area(self, row: int, column: int) -> Area:
        """Return the merged area that covers a place, or the place itself as an area."""
        return self.merged.get((row, column)) or Area(row, column, row, column)

    def anchor(self, row: int, column: int) -> Place:
        """Return the place whose cell is shown at a place: the first of a merged area, else its own."""
        area = self.merged.get((row, column))
        return area[:2] if area else (row, column)

    @cached_property
    def covered_numbers(self) -> tuple[Place, ...]:
        """The places of numbers that a merged area hides: each form on a sheet asks for those of all."""
        merged = self.merged
        return tuple(
            place
            for place, cell in self.cells.items()
            if isinstance(cell.value, Decimal) and (area := merged.get(place)) and area[:2] != place
        )

    @cached_property
    def texts(self) -> dict[Place, str]:
        """What cells show, as far as it was asked for (finding/lines.py): every part of a form asks again."""
        return {}

    @cached_property
    def labels(self) -> dict[int, list[Label]]:
        """The labels of rows, as far as they were asked for (finding/lines.py)."""
        return {}

    @cached_property
    def label_texts(self) -> dict[int, list[str]]:
        """What the cells of these labels show, white space and brackets too."""
        return {}

    def unseen(self, row: int, column: int) -> tuple[bool, bool]:
        """Whether a place is not shown because of its rows, and because of its columns (隐藏行、列)."""
        area = self.area(row, column)
        return (
            self.hidden_rows.issuperset(range(area.top, area.bottom + 1)),
            self.hidden_columns.issuperset(range(area.left, area.right + 1)),
        )

    def at(self, row: int, column: int) -> Cell:
        """Return the cell shown at a place: the anchor's for every place of a merged area."""
        area = self.merged.get((row, column))
        return self.cells.get(area[:2] if area else (row, column), EMPTY)

    @cached_property
    def bottom(self) -> int:
        """The last row that holds something (0 for an empty sheet)."""
        return max((row for row, _ in self.cells), default=0)

    @cached_property
    def right(self) -> int:
        """The last column that holds something (0 for an empty sheet)."""
        return max((column for _, column in self.cells), default=0)

    def own(self, place: Place) -> Cell:
        """Return the cell of a place, blank ones with the format that they have."""
        return self.cells.get(place) or Cell(None, self.blanks.get(place, EMPTY.format))

    def edited(self, edits: Iterable[Edit]) -> Grid:
        """Return the sheet as it will be after some edits."""
        cells, struck = dict(self.cells), dict(self.struck)
        for row, column, value in edits:
            struck.pop((row, column), None)
            old = cells.get((row, column)) or self.own((row, column))
            if isinstance(value, TypedOver):
                old = old._replace(formula=None)
            cells[row, column] = old._replace(value=value)
            if value is None and old.formula is None:
                del cells[row, column]
        return replace(self, cells=cells, struck=struck)

    def row(self, row: int) -> Iterator[tuple[int, Cell]]:
        """Yield (column, cell) for the non-empty cells of a row, from left to right; none that is covered."""
        for column in self._columns.get(row, ()):
            yield column, self.cells[row, column]

    @cached_property
    def _columns(self) -> dict[int, list[int]]:
        columns: dict[int, list[int]] = {}
        merged = self.merged
        for place in sorted(self.cells):
            area = merged.get(place)
            if area is None or area[:2] == place:
                columns.setdefault(place[0], []).append(place[1])
        return columns

    def covered(self, row: int, column: int) -> bool:
        """Tell whether a merged area hides a place: all of it but its first cell."""
        area = self.merged.get((row, column))
        return area is not None and area[:2] != (row, column)


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return the A1 address of a place: (5, 8) is H5."""
    return f"{column_letters(column)}{row}"
