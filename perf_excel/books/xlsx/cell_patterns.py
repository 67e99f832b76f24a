"""The patterns by which the cells of a sheet part are found."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from perf_excel.books.xlsx.markup import element, tag
from perf_excel.sheets.grid import column_letters

_MOST_COLUMNS = 100
"""Helper cells that begin further right are found with the others."""


class Patterns(NamedTuple):
    """The patterns for one prefix of the namespace."""

    regular: re.Pattern[bytes]
    """A cell that holds something, in the way nearly every program writes it.

    Groups: column, row, further attributes, formula, value; content where it is more than these two.
    """
    irregular: re.Pattern[bytes]
    """A cell that is written in any other way."""
    irregular_token: re.Pattern[bytes]
    """Rows and cells in any way that XML allows."""


@cache
def patterns(prefix: bytes) -> Patterns:
    """Return the patterns for a prefix."""
    x = re.escape(prefix)
    place = rb' r="[A-Z]{1,3}[1-9][0-9]{0,6}"'
    return Patterns(
        _regular(prefix, b"[A-Z]{1,3}"),
        re.compile(rb'<%bc(?!%b(?: [A-Za-z:]++="[^"<>]*+")*+ ?/?>)[\s/>]' % (x, place)),
        re.compile(tag(prefix, b"row") + b"|" + element(prefix, b"c"), re.DOTALL),
    )


@lru_cache(maxsize=32)
def cells_up_to(prefix: bytes, last: int | None) -> re.Pattern[bytes]:
    """Return the pattern of regular cells up to a column; None for all, and so where it is far right."""
    if last is None or last > _MOST_COLUMNS:
        return patterns(prefix).regular
    letters = (column_letters(column).encode() for column in range(1, last + 1))
    return _regular(prefix, b"|".join(letters))


def _regular(prefix: bytes, columns: bytes) -> re.Pattern[bytes]:
    # Blank ones do not match, which lets the engine run over a million of them without coming back to Python.
    x = re.escape(prefix)
    place = rb' r="(%b)([1-9][0-9]{0,6})"' % columns
    return re.compile(
        rb"<%bc%b([^>]*+)(?<!/)>(?:(?:<%bf>([^<]*+)</%bf>)?<%bv>([^<]*+)</%bv></%bc>|(\s*+<[^/].*?)</%bc\s*>)"
        % (x, place, x, x, x, x, x, x),
        re.DOTALL,
    )
