"""A table of a document with its cells in their places (定位的表), and how it becomes a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from perf_excel.books.older.legacysheet import Budget, Sheet
from perf_excel.sheets.grid import Area


@dataclass
class PlacedCell:
    """A cell: the rows and columns of the table that it covers, and what it shows."""

    area: Area
    text: str = ""
    struck: str = ""
    doubts: list[str] = field(default_factory=list[str])
    """Why it could not be read for certain."""

    def doubt(self, what: str) -> None:
        """Note once what cannot be read."""
        if what not in self.doubts:
            self.doubts.append(what)


@dataclass
class PlacedTable:
    """A table, and the lines of text that belong to it."""

    cells: list[PlacedCell]
    rows: int
    columns: int
    hidden_rows: set[int] = field(default_factory=set[int])
    over: list[str] = field(default_factory=list[str])
    paragraphs: list[object] = field(default_factory=list[object])
    """In a Word document the paragraph of each line above the table; None where it holds more."""
    element: object = None
    """In a Word document the table itself."""
    under: list[str] = field(default_factory=list[str])

    def sheet(self, name: str, budget: Budget) -> Sheet:
        """Return the table as a sheet: the lines above it first, each merged over all columns.

        Raises:
            UserError: it holds more than the budget allows.
        """
        sheet = Sheet(name, budget, hidden=False)
        shift = len(self.over)
        for cell in self.cells:
            top, left, bottom, right = cell.area
            if cell.text:
                sheet.add(top + shift, left, cell.text, "General")
            if cell.struck:
                sheet.struck.append((top + shift, left, cell.struck))
            sheet.unsure += [(top + shift, left, what) for what in cell.doubts]
            if (top, left) != (bottom, right):
                sheet.merge(Area(top + shift, left, bottom + shift, right))
        sheet.hidden_rows |= {row + shift for row in self.hidden_rows}
        for row, text in (*enumerate(self.over, 1), *enumerate(self.under, shift + self.rows + 1)):
            sheet.add(row, 1, text, "General")
            if self.columns > 1:
                sheet.merge(Area(row, 1, row, self.columns))
        return sheet


def sheets_of(tables: list[PlacedTable], budget: Budget) -> list[Sheet]:
    """Return the sheets of all tables that hold anything, named in order: 表1, 表2 …."""
    sheets: list[Sheet] = []
    for table in tables:
        if any(cell.text for cell in table.cells):
            sheets.append(table.sheet(f"表{len(sheets) + 1}", budget))
    return sheets
