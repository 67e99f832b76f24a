"""The cells of a sheet part as its bytes have them (原样的单元格): places and contents, not yet read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from perf_excel.books.xlsx.cell_patterns import patterns
from perf_excel.books.xlsx.markup import attributes, text
from perf_excel.books.xlsx.shared_formulas import ColumnNumbers
from perf_excel.books.xlsx.sheet_places import place_of

AT_ONCE = 4 << 20
"""Bytes of a sheet's rows that are small enough to look at as a whole."""
_SAID = (b"s", b"t", b"vm")
"""What the attributes of a cell say beside its address: style, type, picture."""

RawCell = tuple[int, int, bytes, bytes, bytes, bytes]
"""Row, column, attributes, formula, value; or the cell's content instead where it is more than these two."""


class _Rows(dict[bytes, int]):
    """Numbers of rows by their digits."""

    def __missing__(self, digits: bytes) -> int:
        self[digits] = number = int(digits)
        return number


def regular_cells(data: bytes, start: int, end: int, pattern: re.Pattern[bytes]) -> Iterator[RawCell]:
    """Yield the cells that a pattern finds, of rows as nearly every program writes them."""
    columns, rows = ColumnNumbers(), _Rows()
    # All at once is quicker, one by one takes no memory: a million cells are refused after the first ones.
    found: Iterable[tuple[bytes, ...]] = (
        pattern.findall(data, start, end)
        if end - start < AT_ONCE
        else (match.groups(b"") for match in pattern.finditer(data, start, end))
    )
    for letters, digits, rest, formula, value, content in found:
        yield rows[digits], columns[letters], rest, formula, value, content


def irregular_cells(
    data: bytes, start: int, end: int, prefix: bytes, label: str, row: int
) -> Iterator[RawCell]:
    """Yield the cells of rows in any spelling; ``row`` is the number of the row before them."""
    column = 0
    for match in patterns(prefix).irregular_token.finditer(data, start, end):
        row_attributes, rest, content = match.groups()
        if rest is None:
            given = attributes(row_attributes).get(b"r")
            row, column = place_of(f"A{text(given)}", label)[0] if given else row + 1, 0
            continue
        found = attributes(rest)
        written = found.pop(b"r", None)
        if written is None:
            column += 1
        else:
            row, column = place_of(text(written), label)
        if content:
            # Without its address it repeats from cell to cell, and is looked up once.
            kept = b"".join(b' %b="%b"' % (name, found[name]) for name in _SAID if name in found)
            yield row, column, kept, b"", b"", content
