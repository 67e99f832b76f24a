"""What the program wrote over in an open workbook (原值), kept on a hidden sheet until it is put back.

Each row says by a formula which cell it is of, such as ``='自评表'!G4``: where the clerk inserts rows or
renames the sheet, the application itself moves the formula along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from perf_excel.books.xlsx.shared_formulas import column_number
from perf_excel.live.asking import part
from perf_excel.live.live_book import LiveBook, number
from perf_excel.live.live_edits import entries, refusals
from perf_excel.live.sheet_adding import added
from perf_excel.sheets.grid import EMPTY, Area, Edit, Grid, Value, address

if TYPE_CHECKING:
    from perf_excel.jobs.examination.source import Source
    from perf_excel.live.xl import xw

SHEET = "_perf_excel_原值"
_HEADS = ("单元格", "原值类型", "原值", "写入值类型", "写入值", "本表由程序使用，清除后自动删除")
_CELL = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'!]+))[!.]\$?([A-Z]{1,3})\$?(\d{1,7})")
"""A reference as Excel spells it (表!G4) and as LibreOffice does ($表.G4)."""
_EMPTY, _TEXT, _NUMBER, _TRUTH = "空", "文字", "数", "真假"
_LONGEST = 20_000


class Change(NamedTuple):
    """A cell that was written over."""

    sheet: str
    row: int
    column: int
    old: Value
    new: Value


def changes(grid: Grid, edits: Iterable[Edit]) -> Iterator[Change]:
    """Yield what edits of a sheet change."""
    for row, column, value in edits:
        yield Change(grid.sheet, row, column, grid.cells.get((row, column), EMPTY).value, value)


def remembered(source: Source) -> list[Change]:
    """Return what a workbook says was written over."""
    grid = source.grid(SHEET)
    if grid is None:
        return []
    found: list[Change] = []
    for row in range(2, min(grid.bottom, _LONGEST) + 1):
        cell = _CELL.fullmatch(grid.at(row, 1).formula or "")
        if cell:  # else it was deleted since
            sheet = cell[2] or cell[1].replace("''", "'")
            kind, old, new_kind, new = (_text(grid.at(row, column).value) for column in range(2, 6))
            place = int(cell[4]), column_number(cell[3])
            found.append(Change(sheet, *place, _value(kind, old), _value(new_kind, new)))
    return found


def remember(source: LiveBook, before: Sequence[Change], now: Sequence[Change]) -> None:
    """Write down what is going to be written over, beside what was before.

    Where a cell still holds what the program wrote, the value before that one counts as old.

    Raises:
        UserError: the workbook takes no further sheet.
    """
    rows = {change[:3]: change for change in before}
    for one in now:
        last = rows.get(one[:3])
        rows[one[:3]] = one._replace(old=last.old) if last and _same(one.old, last.new) else one
    with refusals(f"{source.name}：无法记下原值，工作簿的结构可能受保护，请撤销工作簿保护后再打分。"):
        sheet = source.sheet(SHEET) if SHEET in source.sheets else _added(source)
        table = [_HEADS, *(_row(change) for change in rows.values())]
        cells = part(sheet, Area(1, 1, len(table), len(_HEADS)))
        cells.number_format = "@"
        cells.raw_value = entries(table)
        cells = part(sheet, Area(2, 1, len(table), 1))
        cells.number_format = "General"
        cells.raw_value = tuple((_reference(change),) for change in rows.values())


def _added(source: LiveBook) -> xw.Sheet:
    sheet = added(source, SHEET)
    sheet.visible = False
    return sheet


def _row(change: Change) -> tuple[str, ...]:
    return "", *_pair(change.old), *_pair(change.new), ""


def _reference(change: Change) -> str:
    sheet = change.sheet.replace("'", "''")
    return f"='{sheet}'!{address(change.row, change.column)}"


def _pair(value: Value) -> tuple[str, str]:
    match value:
        case None:
            return _EMPTY, ""
        case bool():
            return _TRUTH, str(int(value))
        case Decimal():
            return _NUMBER, str(value)
        case _:
            return _TEXT, value


def _value(kind: str, text: str) -> Value:
    if kind == _NUMBER:
        try:
            return Decimal(text)
        except InvalidOperation:
            return text
    if kind == _TRUTH:
        return text == "1"
    return text if kind == _TEXT else None


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def put_back(source: Source, written: Sequence[Change]) -> dict[str, list[Edit]]:
    """Return the edits that put old values back, by sheet; what somebody changed since stays as it is."""
    found: dict[str, list[Edit]] = {}
    for change in written:
        grid = source.grid(change.sheet)
        if grid is None:
            continue
        cell = grid.cells.get((change.row, change.column), EMPTY)
        if cell.formula is None and _same(cell.value, change.new):
            found.setdefault(change.sheet, []).append(Edit(change.row, change.column, change.old))
    return found


def _same(now: Value, written: Value) -> bool:
    """Tell whether a cell still holds what was written.

    An application keeps 15 digits of a number, and Excel makes a text of it in a cell of the format text.
    """
    if isinstance(written, Decimal):
        kept = number(float(written))
        return now == kept if isinstance(now, Decimal) else now == f"{kept:f}"
    return now == written
