"""Rows and columns of a sheet part that are not shown (隐藏的行列)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from perf_excel.books.xlsx.markup import attributes, integer, tags
from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN

_MAY_HIDE = re.compile(rb"""\s(?:hidden\s*=|ht\s*=\s*["']0)""")


def hidden_columns(data: bytes, end: int, prefix: bytes) -> frozenset[int]:
    """Return which columns are not shown: hidden, or of no width."""
    columns: set[int] = set()
    for found in tags(prefix, b"col").finditer(data, 0, end):
        values = attributes(found[1])
        first, last = integer(values.get(b"min")), integer(values.get(b"max"))
        if first and last and _is_hidden(values, b"width"):
            columns.update(range(first, min(last, LAST_COLUMN) + 1))
    return frozenset(columns)


def hidden_rows(data: bytes, place: tuple[int, int, int], prefix: bytes) -> frozenset[int]:
    """Return which rows are not shown: hidden, or of no height."""
    hidden: set[int] = set()
    for found in tags(prefix, b"row").finditer(data, place[1], place[2]):
        if not _MAY_HIDE.search(found[1]):
            continue
        values = attributes(found[1])
        row = integer(values.get(b"r"))
        if row and _is_hidden(values, b"ht"):
            hidden.add(row)
    return frozenset(hidden)


def _is_hidden(values: Mapping[bytes, bytes], size: bytes) -> bool:
    return values.get(b"hidden") in (b"1", b"true") or values.get(size) in (b"0", b"0.0")
