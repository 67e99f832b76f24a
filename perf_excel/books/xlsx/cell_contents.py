"""What a cell of a sheet part holds (单元格的值): its type and content as a value and a formula."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache

from perf_excel.books.xlsx.markup import ATTRIBUTES, attributes, cell_text, text
from perf_excel.books.xlsx.shared_formulas import moved
from perf_excel.books.xlsx.shared_strings import SharedStrings, run_text
from perf_excel.sheets.grid import Value

FORMULA_LIMIT = 8192
"""Characters that Excel lets a formula have."""
_SHARED_LIMIT = 2 << 20
"""Characters of shared formulas that are spelled out for the cells of a sheet: a second's work."""

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - days of a sheet have no time zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_MARCH_1900 = datetime(1900, 3, 1)  # noqa: DTZ001


@cache
def _content(prefix: bytes) -> re.Pattern[bytes]:
    """Formula, value and text within a cell, in any way that XML allows."""
    x = re.escape(prefix)
    return re.compile(
        rb"<%b(f|v|is)(?=[\s/>])(%b)>(?:(?<=/>)|(?<!/>)(.*?)</%b\1\s*>)" % (x, ATTRIBUTES, x), re.DOTALL
    )


class Numbers(dict[bytes, Value]):
    """Numbers by their text; text that is none stays text."""

    def __missing__(self, raw: bytes) -> Value:
        self[raw] = value = number(raw)
        return value


def number(raw: bytes) -> Value:
    """Return a stored number with the 15 digits that Excel shows: 0.72409999999999997 is 0.7241."""
    try:
        shown = f"{float(raw):.15g}"
    except ValueError:
        return cell_text(raw)
    if shown in {"inf", "-inf", "nan"}:
        return cell_text(raw)
    return Decimal(shown) if shown != "-0" else Decimal(0)


class CellReader:
    """Values of cells, for one sheet."""

    def __init__(self, prefix: bytes, strings: SharedStrings, *, date_1904: bool) -> None:
        self._prefix = prefix
        self._strings = strings
        self._date_1904 = date_1904
        self.numbers = Numbers()
        self._shared: dict[bytes, tuple[str, int, int]] = {}
        self._left = _SHARED_LIMIT

    def value(self, kind: bytes, raw: bytes) -> Value:
        """Return the value that <v> means under the cell's type."""
        if kind == b"n":
            return self.numbers[raw] if raw else None
        if kind == b"s":
            return self._strings[raw] if raw else None
        if kind == b"b":
            return raw.strip() in {b"1", b"true"}
        if kind == b"d":
            return _serial(text(raw).strip(), date_1904=self._date_1904)
        return cell_text(raw)

    def content(self, kind: bytes, content: bytes, row: int, column: int) -> tuple[str | None, Value]:
        """Return formula and value of a cell that holds more than plain <f> and <v>."""
        formula: str | None = None
        value: Value = None
        for name, rest, inner in _content(self._prefix).findall(content):
            if name == b"f":
                formula = self._formula(attributes(rest), text(inner).removeprefix("="), row, column)
            elif name == b"v":
                value = self.value(kind, inner)
            else:
                value = run_text(inner, self._prefix)
        return formula, value

    def _formula(self, found: dict[bytes, bytes], written: str, row: int, column: int) -> str | None:
        kind = found.get(b"t", b"normal")
        if kind == b"shared":
            group = found.get(b"si", b"")
            if written:
                self._shared[group] = written, row, column
            elif group in self._shared:
                master, first_row, first_column = self._shared[group]
                self._left -= len(master)
                if len(master) <= FORMULA_LIMIT and self._left >= 0:
                    return moved(master, row - first_row, column - first_column)
        # An empty <f/> is no formula, but a member of a group or a data table is one without a text; so is
        # one of a formula that no application takes, or of so many that nobody asks for their words.
        return written or (None if kind == b"normal" else "")


def _serial(written: str, *, date_1904: bool) -> Value:
    """Return an ISO 8601 date or time as Excel's number of days."""
    try:
        if written.startswith("T") or "-" not in written:
            clock = time.fromisoformat(written)
            moment = datetime.combine(_EPOCH, clock.replace(tzinfo=None))
            days = moment - _EPOCH
        else:
            moment = datetime.fromisoformat(written).replace(tzinfo=None)
            days = moment - (_EPOCH_1904 if date_1904 else _EPOCH)
            if not date_1904 and moment < _MARCH_1900:
                # Excel believes that 1900 was a leap year.
                days -= timedelta(days=1)
    except ValueError:
        return written
    return number(repr(days / timedelta(days=1)).encode())
