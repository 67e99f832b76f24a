"""What of a form is not shown on its sheet (隐藏的行和列): it counts all the same, so it has to be said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from perf_excel.forms.spot import Spot
from perf_excel.sheets.grid import EMPTY, Grid, Place, column_letters


def unseen(grid: Grid, places: Mapping[Spot, Place]) -> Iterator[tuple[Spot, str]]:
    """Yield the hidden rows of a form that hold something, and its hidden columns, each with its first spot.

    Args:
        grid: its sheet.
        places: where everything that was read stands.
    """
    if not grid.hidden_rows and not grid.hidden_columns:
        return
    rows: dict[int, Spot] = {}
    columns: dict[int, Spot] = {}
    for spot, (row, column) in sorted(places.items(), key=lambda one: one[1]):
        ours = spot.field == "hint" and grid.helpers is not None
        if ours or grid.cells.get((row, column), EMPTY).value is None:
            continue
        by_row, by_column = grid.unseen(row, column)
        if by_row:
            rows.setdefault(row, spot)
        elif by_column:
            columns.setdefault(column, spot)
    if rows:
        by_sheet: dict[str, list[int]] = {}
        for row in rows:
            sheet, own, _ = grid.locate(row, 1)
            by_sheet.setdefault(sheet, []).append(own)
        named = (
            f"{f'工作表“{sheet}”' if len(grid.sheets) > 1 else ''}第 {'、'.join(_runs(own, str))} 行"
            for sheet, own in by_sheet.items()
        )
        yield next(iter(rows.values())), "、".join(named)
    if columns:
        yield next(iter(columns.values())), f"{'、'.join(_runs(columns, column_letters))} 列"


def _runs(numbers: Iterable[int], shown: Callable[[int], str]) -> Iterator[str]:
    """Yield numbers in order, those that follow each other as one: 8–10."""
    ordered = sorted(numbers)
    first = ordered[0]
    for number, after in zip(ordered, [*ordered[1:], 0], strict=True):
        if after != number + 1:
            yield shown(first) if first == number else f"{shown(first)}–{shown(number)}"
            first = after
