"""Sheets read row by row (逐行读长表): the summary of ten thousand units holds more than a grid can."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perf_excel.books.opening import Book
from perf_excel.errors import UserError
from perf_excel.sheets.shown_text import printed

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet


def rows_in(book: Book, sheet: str) -> Iterator[list[str]]:
    """Yield the rows of a sheet as texts; none where there is no sheet of this name.

    Raises:
        UserError: the sheet is damaged.
    """
    if book.workbook is None:
        if (grid := book.grid(sheet)) is not None:
            for row in range(1, grid.bottom + 1):
                yield [printed(grid.at(row, column)).strip() for column in range(1, grid.right + 1)]
    elif sheet in book.workbook.sheets:
        yield from _streamed(book.path, sheet)


def _streamed(path: Path, sheet: str) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    with path.open("rb") as file:
        try:
            there: ReadOnlyWorksheet = load_workbook(file, read_only=True, data_only=True)[sheet]  # type: ignore[assignment]
            there.reset_dimensions()  # what a program wrote of them may be wrong
            for row in there.iter_rows(values_only=True):
                yield [_text(value) for value in row]
        except Exception as error:  # noqa: BLE001  (a parser's own errors are of many kinds)
            raise UserError(
                f"{path.name}：“{sheet}”表读不了（{type(error).__name__}），请用收表写出的汇总。"
            ) from None


def _text(value: Any) -> str:  # noqa: ANN401  (whatever a cell holds)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
