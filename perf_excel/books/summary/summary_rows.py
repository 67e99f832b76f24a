"""The rows of a summary (汇总) as people see them: read back however many there are, on whatever sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from perf_excel.books.opening import open_book
from perf_excel.books.xlsx.long_book import Row, long_book
from perf_excel.errors import UserError
from perf_excel.sheets.grid import EMPTY, Cell, Grid
from perf_excel.sheets.shown_text import printed

_MOST_HEAD = 10


def summary_rows(path: Path, tables: Sequence[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the rows of tables by their heads, each with its table's name.

    A table that is too long for a sheet goes on on further ones (问题清单2).

    Args:
        path: the summary, also one that somebody saved anew, in whatever format.
        tables: the names of the tables.

    Raises:
        UserError: it cannot be read, or a sheet or its heads are not there.
    """
    with long_book(path) as book:
        if book is not None:
            yield from _of_tables(path.name, tables, {name: book.rows(name) for name in book.sheets})
            return
    other = open_book(path)
    yield from _of_tables(path.name, tables, {grid.sheet: _rows_of(grid) for grid in other.grids()})


def _rows_of(grid: Grid) -> Iterator[Row]:
    return ((row, dict(grid.row(row))) for row in range(1, grid.bottom + 1))


def _of_tables(
    name: str, tables: Sequence[str], sheets: Mapping[str, Iterable[Row]]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    for table in tables:
        found = [sheet for sheet in sheets if sheet == table or _is_more_of(table, sheet)]
        if table not in found:
            raise UserError(f"{name}：没有“{table}”表，或表头不全，请用收表写出的汇总。")
        for sheet in found:
            yield from ((table, row) for row in _rows(name, sheet, sheets[sheet]))


def _is_more_of(table: str, sheet: str) -> bool:
    return re.fullmatch("[0-9]+", sheet.removeprefix(table)) is not None and sheet.startswith(table)


def _rows(name: str, sheet: str, rows: Iterable[Row]) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a sheet by their heads."""
    heads: dict[int, str] = {}
    for row, cells in rows:
        if heads:
            said = {head: printed(cells.get(at, EMPTY)).strip() for at, head in heads.items()}
            if any(said.values()):
                yield said
        elif row > _MOST_HEAD:
            break
        else:
            heads = _heads(cells)
    if not heads:
        raise UserError(f"{name}：没有“{sheet}”表，或表头不全，请用收表写出的汇总。")


def _heads(cells: Mapping[int, Cell]) -> dict[int, str]:
    heads = {at: printed(cell).strip() for at, cell in cells.items()}
    return heads if {"单位", "序号"} <= set(heads.values()) else {}
