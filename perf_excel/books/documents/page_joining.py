"""A printed table that goes on on the next page (跨页续表), put together to one.

The head that is printed again is left out, a merged cell goes on where the next page shows it blank, and a
row that the page cuts in two becomes one again: texts go on only where their first words had no room left.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from perf_excel.books.documents.placed_table import PlacedCell, PlacedTable
from perf_excel.books.documents.ruled_tables import NEAR
from perf_excel.sheets.grid import Place

_HEAD_ROWS = 6
"""So many rows at most are printed again at the top of the next page."""
_CUT = "这一行跨页，已合为一行"


@dataclass
class PrintedCell(PlacedCell):
    """A cell of a page, with what tells whether its text goes on on the next."""

    room: float = 0.0
    """What its last line leaves free, in points."""
    first: float = 0.0
    """How wide its first word is."""


@dataclass
class PrintedTable(PlacedTable):
    """A table of a page, with the distances of its lines: by them it is known again on the next."""

    xs: list[float] = field(default_factory=list[float])

    def fits(self, further: PrintedTable) -> bool:
        """Whether another table has its columns at the same distances."""
        return len(self.xs) == len(further.xs) and all(
            abs(one - other) <= NEAR for one, other in zip(self.xs, further.xs, strict=True)
        )


def join(table: PrintedTable, further: PrintedTable) -> None:
    """Add the rows that another table goes on with."""
    head = _head(table, further)
    last = {cell.area[1::2]: cell for cell in table.cells if cell.area.bottom == table.rows}
    row = [cell for cell in further.cells if cell.area.top == head + 1]
    pairs = [(last.get(cell.area[1::2]), cell) for cell in row]
    cut = _is_cut(pairs)
    shift = table.rows - head - cut
    taken = set[int]()
    for upper, lower in pairs:
        if upper is None or not (cut or _is_rest_of_merge(upper, lower)):
            continue
        if lower.text:
            upper.text += lower.text
            upper.doubt(_CUT)
        for what in lower.doubts:
            upper.doubt(what)
        upper.area = upper.area._replace(bottom=lower.area.bottom + shift)
        taken.add(id(lower))
    for cell in further.cells:
        if cell.area.top > head and id(cell) not in taken:
            area = cell.area
            cell.area = area._replace(top=area.top + shift, bottom=area.bottom + shift)
            table.cells.append(cell)
    table.rows += further.rows - head - cut


def _head(table: PrintedTable, further: PrintedTable) -> int:
    """How many rows at the top are those at the top of the table, printed again."""
    first, again = _rows(table), _rows(further)
    for count in range(min(_HEAD_ROWS, further.rows - 1, table.rows), 0, -1):
        if all(again.get(row) == first.get(row) for row in range(1, count + 1)):
            return count
    return 0


def _rows(table: PrintedTable) -> dict[int, tuple[tuple[Place, str], ...]]:
    """What the first rows show, by the columns that a cell covers."""
    rows: dict[int, list[tuple[Place, str]]] = {}
    for cell in table.cells:
        if cell.area.top <= _HEAD_ROWS:
            rows.setdefault(cell.area.top, []).append(((cell.area.left, cell.area.right), cell.text))
    return {row: tuple(sorted(cells)) for row, cells in rows.items()}


def _is_cut(pairs: list[tuple[PlacedCell | None, PlacedCell]]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before it.

    Every cell has its upper part; some have ended there; those that go on had no room for their first word.
    """
    if any(upper is None for upper, _ in pairs):
        return False
    there = [(upper, lower) for upper, lower in pairs if lower.text]
    ended = any(upper and upper.text and not lower.text for upper, lower in pairs)
    return bool(there) and ended and all(_goes_on(upper, lower) for upper, lower in there)


def _goes_on(upper: PlacedCell | None, lower: PlacedCell) -> bool:
    return (
        isinstance(upper, PrintedCell)
        and isinstance(lower, PrintedCell)
        and bool(upper.text)
        and lower.first >= upper.room
    )


def _is_rest_of_merge(upper: PlacedCell, lower: PlacedCell) -> bool:
    """Whether a blank cell is the rest of one that is merged down; of one row it may be its own."""
    tall = upper.area.bottom > upper.area.top or lower.area.bottom > lower.area.top
    return tall and bool(upper.text) and not lower.text
