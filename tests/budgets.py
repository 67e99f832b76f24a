"""Budget tables written out as text: cells apart by strokes, ``<`` merged to the left, ``^`` upwards."""

from __future__ import annotations

from collections.abc import Sequence

from perf_excel.jobs.budget import Audited, audited, message, tables_in
from perf_excel.sheets.grid import Area, Cell, Grid

LEFT, UP = "<", "^"


def table(text: str, sheet: str = "表1") -> Grid:
    """A sheet: its first lines without a stroke are merged over all columns, as titles are."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    width = max(map(len, rows))
    cells: dict[tuple[int, int], Cell] = {}
    merges: list[Area] = []
    for number, row in enumerate(rows, 1):
        if len(row) == 1:
            cells[number, 1] = Cell(row[0])
            merges.append(Area(number, 1, number, width))
            continue
        for column, said in enumerate(row, 1):
            if said and said not in (LEFT, UP):
                cells[number, column] = Cell(said)
                merges.append(_area(rows, number, column))
    real = tuple(area for area in merges if area[:2] != area[2:])
    return Grid(sheet, cells, real)


def _area(rows: Sequence[Sequence[str]], number: int, column: int) -> Area:
    bottom, right = number, column
    while right < len(rows[number - 1]) and rows[number - 1][right] == LEFT:
        right += 1
    while bottom < len(rows) and column <= len(rows[bottom]) and rows[bottom][column - 1] == UP:
        bottom += 1
    return Area(number, column, bottom, right)


def audit(*texts: str) -> Audited:
    """Tie the figures of tables written out, each on a sheet of its own."""
    grids = [table(text, f"表{number}") for number, text in enumerate(texts, 1)]
    return audited(tables_in(grids, "预算.xlsx"))


def said(done: Audited) -> list[str]:
    """What does not hold: its check, its cell, what is printed there and what it should be."""
    return [f"{one.check} {one.spot.cell} {one.printed}≠{one.expected}" for one in done.findings]


def sentences(done: Audited) -> list[str]:
    """What does not hold, as it is said."""
    return [message(claim) for claim in done.findings]


def untied(done: Audited) -> list[str]:
    """The cells that nothing was held against."""
    return [spot.cell for spot, _, _ in done.untied]
