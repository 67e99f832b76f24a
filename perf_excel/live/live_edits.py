"""Edits written into an open workbook (写入打开的工作簿): whole blocks at once, and text as text."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_excel.errors import UserError
from perf_excel.live.asking import part
from perf_excel.live.live_book import LiveBook
from perf_excel.sheets.grid import Area, Edit, Value

Entry = str | float | bool | None

_OURS = (UserError, AssertionError, AttributeError, LookupError, NotImplementedError, TypeError, ValueError)
"""What is not the application's: mistakes of this program must not be taken for its refusals."""

_GONE = frozenset({"DisposedException", "NoConnectException", "ConnectionResetError", "BrokenPipeError"})
_NO_SERVER = frozenset({-2147023174, -2147023170, -2147417848})
"""Windows: RPC_S_SERVER_UNAVAILABLE, RPC_S_CALL_FAILED, RPC_E_DISCONNECTED."""


class Block(NamedTuple):
    """A rectangle of new values."""

    area: Area
    rows: list[list[Value]]


def blocks(edits: Iterable[Edit]) -> list[Block]:
    """Return edits as few rectangles: what stands below each other in a column, then columns side by side."""
    columns: list[Block] = []
    for row, column, value in sorted(edits, key=lambda edit: (edit.column, edit.row)):
        last = columns[-1] if columns else None
        if last and last.area.left == column and last.area.bottom == row - 1:
            columns[-1] = Block(last.area._replace(bottom=row), [*last.rows, [value]])
        else:
            columns.append(Block(Area(row, column, row, column), [[value]]))
    joined: dict[tuple[int, int, int], Block] = {}
    for block in columns:
        top, left, bottom, right = block.area
        before = joined.pop((top, bottom, left - 1), None)
        if before:
            rows = [[*old, *new] for old, new in zip(before.rows, block.rows, strict=True)]
            block = Block(before.area._replace(right=right), rows)  # noqa: PLW2901
        joined[top, bottom, right] = block
    return list(joined.values())


def write(source: LiveBook, sheet: str, edits: Iterable[Edit]) -> int:
    """Write edits into a sheet of an open workbook, and return how many writes it took.

    Raises:
        UserError: some of the cells are locked; what was written before them stays.
    """
    found = blocks(edits)
    for area, rows in found:
        with refusals(f"{source.name}：无法写入工作表“{sheet}”，它可能受保护，请撤销工作表保护后再试。"):
            part(source.sheet(sheet), area).raw_value = entries(rows)
    return len(found)


def entries(rows: Sequence[Sequence[Value]]) -> tuple[tuple[Entry, ...], ...]:
    """Return rows of values as an application is to be given them."""
    return tuple(tuple(entry(value) for value in row) for row in rows)


def entry(value: Value) -> Entry:
    """Return a value as an application is to be given it.

    An application takes text that is typed in for what it looks like: a number, a date, a formula. The
    apostrophe before it says that it is text, and is no part of it.
    """
    if isinstance(value, Decimal):
        return float(value)
    if not isinstance(value, str):
        return value
    plain = (
        value[:1].isalpha() and not any(map(str.isdigit, value)) and value.upper() not in {"TRUE", "FALSE"}
    )
    return value if not value or plain or value.startswith("【") else f"'{value}"


@contextlib.contextmanager
def refusals(sentence: str) -> Generator[None]:
    """Say in a sentence that the application refused, or that it is gone: each has errors of its own."""
    try:
        yield
    except _OURS:
        raise
    except Exception as error:
        if _is_gone(error):
            name = sentence.partition("：")[0]
            sentence = (
                f"{name}：打开它的 Excel、WPS 或 LibreOffice 中途退出了，"
                "请重新打开工作簿，看一看写了一半的内容，再试一次。"
            )
        raise UserError(sentence) from error


def _is_gone(error: Exception) -> bool:
    """Whether the application ended: UNO's bridge is disposed, Windows has no server at the other end."""
    ended = type(error).__name__ in _GONE or "disposed" in str(error).lower()
    return ended or getattr(error, "hresult", None) in _NO_SERVER
