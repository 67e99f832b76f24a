"""The merged areas of a sheet part (合并单元格) when rows are put in or taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from perf_excel.books.xlsx.markup import attributes, elements, tags, text
from perf_excel.books.xlsx.shared_formulas import column_number
from perf_excel.books.xlsx.splicing import Splice, attribute_splices
from perf_excel.sheets.grid import Area, column_letters
from perf_excel.sheets.writing.moved_rows import Moves, moved_merge, repeated_merges

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7}):\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")

# mergeCells stands behind these, in the order of the schema.
_BEFORE_MERGES = (
    b"customSheetViews", b"dataConsolidate", b"sortState", b"autoFilter", b"scenarios", b"protectedRanges",
    b"sheetProtection", b"sheetCalcPr",
)  # fmt: skip


@cache
def _merge(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(b"<" + re.escape(prefix) + rb"mergeCell(?=[\s/>])([^>]*)>(?:(?<=/>)|</[^>]*>)")


def merge_splices(mask: bytes, start: int, prefix: bytes, moves: Moves) -> Iterator[Splice]:
    """Yield the changes of merged areas: moved, grown, replaced, and repeated in the new rows.

    Args:
        mask: the sheet part, see :meth:`Markup.mask`.
        start: where the content of its cells ends.
        prefix: of its elements.
        moves: the rows that come or go.
    """
    added, present, count = list[Area](), set[Area](), 0
    last = start
    for match in _merge(prefix).finditer(mask, start):
        count, last = count + 1, match.end()
        area = _area(text(attributes(match[1]).get(b"ref", b"")))
        if area is None:
            continue
        moved = moved_merge(area, moves)
        added += repeated_merges(area, moves)
        if moved is None:
            count -= 1
            yield *match.span(), b""
        else:
            present.add(moved)
            if moved != area:
                yield from attribute_splices(
                    mask, match.span(1), b"ref", lambda _, new=moved: _reference(new)
                )
    added = [*dict.fromkeys([*added, *(area for area in moves.joined if area not in present)])]
    if not added:
        return
    x = prefix
    new = b"".join(b'<%bmergeCell ref="%b"/>' % (x, _reference(area).encode()) for area in added)
    head = tags(x, b"mergeCells").search(mask, start)
    if head is None or head[1].endswith(b"/"):
        at = _behind(mask, start, x)
        yield (
            *(head.span() if head else (at, at)),
            b'<%bmergeCells count="%d">%b</%bmergeCells>' % (x, len(added), new, x),
        )
        return
    yield from attribute_splices(mask, head.span(1), b"count", lambda _: str(count + len(added)))
    yield max(last, head.end()), max(last, head.end()), new


def _behind(mask: bytes, start: int, prefix: bytes) -> int:
    """Return where mergeCells belongs in a sheet that has none."""
    for name in _BEFORE_MERGES:
        ends = [match.end() for match in elements(prefix, name).finditer(mask, start)]
        if ends:
            return ends[-1]
    return start if mask.startswith(b"/>", start - 2) else mask.index(b">", start) + 1


def _area(reference: str) -> Area | None:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    rows, columns = sorted((int(found[2]), int(found[4]))), sorted(map(column_number, found.group(1, 3)))
    return Area(rows[0], columns[0], rows[1], columns[1])


def _reference(area: Area) -> str:
    return f"{column_letters(area.left)}{area.top}:{column_letters(area.right)}{area.bottom}"
