"""Values between LibreOffice and xlwings (值的换算): empty, dates, errors, text that looks like a formula."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import TypeGuard

from perf_excel.live.libreoffice.uno_types import UnoRow

CellValue = str | float | bool | dt.datetime | None
Rows = tuple[tuple[CellValue, ...], ...]

EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (a workbook knows no time zones)

_ERRORS = {
    532: "#DIV/0!",
    32767: "#N/A",
    525: "#NAME?",
    524: "#REF!",
    519: "#VALUE!",
    503: "#NUM!",
    521: "#NULL!",
}
"""LibreOffice's error numbers, as Excel names them; any other (a circle, a broken formula) is #VALUE!."""


class CellError(str):
    """The error that a cell shows, such as #DIV/0!; never a text that somebody typed."""

    __slots__ = ()


def cell_error(number: int) -> CellError:
    """Return an error of LibreOffice's by its number, as Excel names it."""
    return CellError(_ERRORS.get(number, "#VALUE!"))


def from_serial(days: float) -> dt.datetime:
    """Return the moment that a workbook counts as so many days, to the millisecond."""
    return EPOCH + dt.timedelta(milliseconds=round(days * 86_400_000))


def to_serial(moment: dt.datetime) -> float:
    """Return a moment as a workbook counts it."""
    return (moment.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)


def as_rows(value: object, height: int, width: int) -> tuple[tuple[object, ...], ...]:
    """Return a value to be written as rows of a range; a scalar fills it.

    Raises:
        ValueError: the rows are of another size than the range.
    """
    if not _is_list(value):
        return ((value,) * width,) * height
    if any(map(_is_list, value)):
        rows = tuple(tuple(row) if _is_list(row) else (row,) for row in value)
    else:
        rows = (tuple(value),)
    if len(rows) != height or any(len(row) != width for row in rows):
        raise ValueError(f"{len(rows)} rows do not fit a range of {height} × {width}")
    return rows


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, (list, tuple))


def data_row(row: Sequence[object]) -> UnoRow:
    """Return a row of plain values for setDataArray. A leading apostrophe marks text and is not kept."""
    return tuple(_datum(value) for value in row)


def _datum(value: object) -> str | float:
    match value:
        case None:
            return ""
        case dt.datetime():
            return to_serial(value)
        case dt.date():
            return to_serial(dt.datetime.combine(value, dt.time()))
        case str():
            return value.removeprefix("'")
        case _:
            return float(str(value)) if not isinstance(value, (int, float)) else float(value)


def formula_row(row: Sequence[object]) -> tuple[str, ...]:
    """Return a row for setFormulaArray, where formulas and truth values stand among plain values."""
    return tuple(_entry(value) for value in row)


_EXCEL = re.compile(
    r'"(?:[^"]|"")*+"|\{[^}]*+(?:\}|\Z)|(?<!\')\'(?:[^\']|\'\')*+\'!|(?<![\w.])[^\W\d][\w.]*+!|,'
)
"""Parts of a formula that Excel and LibreOffice spell differently, and texts, which are left alone."""
_BRACES = str.maketrans(",;", ";|")


def spelled(formula: str) -> str:
    """Return a formula written as in Excel as LibreOffice spells it: semicolons, $表.A1."""

    def own(found: re.Match[str]) -> str:
        text = found[0]
        if text == ",":
            return ";"
        if text[0] == "{":
            return text.translate(_BRACES)
        return text if text[0] == '"' else f"${text[:-1]}."

    return _EXCEL.sub(own, formula)


def _entry(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        if value.startswith("="):
            return spelled(value)
        return value if value.startswith("'") or not value else f"'{value}"
    datum = _datum(value)
    return datum if isinstance(datum, str) else repr(datum)


def needs_formulas(rows: Sequence[Sequence[object]]) -> bool:
    """Tell whether rows hold what setDataArray does not take: formulas or truth values."""
    return any(
        isinstance(value, bool) or (isinstance(value, str) and value.startswith("="))
        for row in rows
        for value in row
    )


def cleaned(
    value: CellValue,
    datetime_builder: Callable[..., object],
    empty_as: object,
    number_builder: Callable[[float], object] | None,
    *,
    err_to_str: bool,
) -> object:
    """Return a value as the reader of a range asked for it."""
    match value:
        case None:
            return empty_as
        case CellError():
            return str(value) if err_to_str else None
        case dt.datetime():
            day = (value.year, value.month, value.day)
            return datetime_builder(
                *day, hour=value.hour, minute=value.minute, second=value.second, microsecond=value.microsecond
            )
        case float() if number_builder is not None:
            return number_builder(value)
        case _:
            return value
