"""Helper cells (辅助格) passed over while a sheet part is read: they are thousands, behind a marker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perf_excel.books.xlsx.cell_patterns import patterns
from perf_excel.books.xlsx.raw_cells import RawCell, regular_cells
from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN
from perf_excel.books.xlsx.shared_strings import SharedStrings
from perf_excel.sheets.helper_cells import MARKER

_MARKER = MARKER.encode()
_INLINE_MARKER = b"<x:is><x:t>%b</x:t></x:is>" % _MARKER


def helper_column(
    data: bytes, place: tuple[int, int, int], prefix: bytes, strings: SharedStrings, hidden: int
) -> int | None:
    """Return the column of the marker of helper cells where it stands in the first row that holds anything.

    All that is right of it is passed over from there on, and need not even be found.
    """
    regular = patterns(prefix).regular
    first = regular.search(data, place[1], place[2])
    if first is None:
        return None
    end = data.find(b"</%brow" % prefix, first.end(), place[2])
    marker = _INLINE_MARKER.replace(b"x:", prefix)
    for _, column, rest, _, raw, content in regular_cells(data, first.start(), end, regular):
        if content == marker or (b't="s"' in rest and strings[raw] == MARKER):
            return column if column > hidden else None
    return None


def before_helpers(found: Iterable[RawCell], hidden: int, strings: SharedStrings) -> Iterator[RawCell]:
    """Yield cells without helper cells, which are thousands, and begin behind the first hidden column."""
    last = LAST_COLUMN + 1
    for cell in found:
        column, rest, raw, content = cell[1], cell[2], cell[4], cell[5]
        if column >= last:
            continue
        yield cell
        if column > hidden and (_MARKER in content or (b't="s"' in rest and strings[raw] == MARKER)):
            last = column
