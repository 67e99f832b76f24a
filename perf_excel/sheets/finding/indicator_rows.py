"""The rows of an indicator block (绩效指标) below its head, and the total row behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from perf_excel.forms.measure import parse
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.header import Head, Heads
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import Columns, Label, Lines, text_at, value_place
from perf_excel.sheets.finding.money_lines import Budget
from perf_excel.sheets.finding.tickboxes import ticked
from perf_excel.sheets.grid import SPARE

_NEAR = 3
"""A total so near below a remark is still that of the table above it."""
_POINTED = re.compile(r"分:\d")
MAX_GAP = 100
"""Behind a blank row or a subtotal, the total stands no further down."""


def indicator_rows(
    lines: Lines, head: Head, heads: Heads, money_at: Callable[[int], Budget | None]
) -> tuple[tuple[int, ...], int | None, Budget | None]:
    """The rows of the indicator block, blank ones to be filled among them, and what stands behind it.

    Args:
        lines: the sheet's.
        head: of the block.
        heads: all of the sheet.
        money_at: gives the block of money that begins at a row; it ends the indicators.

    Returns:
        The rows, the total row, and the money between them.
    """
    rows: list[int] = []
    total: int | None = None
    row = head.bottom
    last = _last_row(lines, head.columns)
    while row < last:
        row += 1
        if again := heads.at(row):
            if again.columns != head.columns:
                break
            row = again.bottom  # the same head again is that of the next printed page
            continue
        if rows and (money := money_at(row)):
            return tuple(rows), _next_total(lines, money.bottom, head, heads), money
        kind = _kind(lines, row, head, heads)
        if kind == "total" and not rows and _is_filled(lines, row + 1, head, heads):
            total = row  # some forms begin with their total
            continue
        if kind == "total":
            return tuple(rows), row, None
        if kind == "end" or (kind == "gap" and rows):
            break
        if kind == "row":
            rows.append(row)
    return tuple(rows), total, None


def _next_total(lines: Lines, above: int, head: Head, heads: Heads) -> int | None:
    """The total row behind the money, unless other rows stand between."""
    total = next(_totals_after(lines, above, head, heads), None)
    return total if total is not None and total <= above + _NEAR else None


def _last_row(lines: Lines, columns: Columns) -> int:
    """The last row of the sheet, or that of a level merged down over blank rows below it, to be filled."""
    grid = lines.grid
    levels = [columns[role] for role in ("level1", "level2") if role in columns]
    ends = (
        area.bottom
        for area in grid.merges
        if area.top <= grid.bottom < area.bottom <= grid.bottom + SPARE
        and any(left <= area.left and area.right <= right for left, right in levels)
    )
    return max(ends, default=grid.bottom)


def _is_filled(lines: Lines, row: int, head: Head, heads: Heads) -> bool:
    """Whether an indicator that says something stands in a row."""
    said = (_own(lines, row, head.columns, role) for role in ("target", "weight"))
    return _kind(lines, row, head, heads) == "row" and _own(lines, row, head.columns, "level3") and any(said)


def _kind(lines: Lines, row: int, head: Head, heads: Heads) -> Literal["row", "total", "end", "gap", "other"]:
    """What a row below the head is: an indicator or a place for one, the total, the end, a gap, or other."""
    columns = head.columns
    last = max(right for _, right in columns.values())
    texts = [text for left, _, text in lines.labels(row) if left <= last]
    if _is_total(lines, row, columns):
        return "other" if _total_follows(lines, row, head, heads) else "total"
    if _is_stamped(lines, row, columns) or (
        texts and _is_note(texts, own_name=_own(lines, row, columns, "level3"))
    ):
        follows = any(below <= row + _NEAR for below in _totals_after(lines, row, head, heads))
        return "other" if follows else "end"
    if _is_prose(lines, row, columns):
        return "other"
    if any(_own(lines, row, columns, role) for role in columns if role not in labels.MARGIN):
        summed = _is_subtotal(lines, row, columns) or not _inside(lines, row, columns)
        return "other" if summed else "row"
    if any(_totals_after(lines, row, head, heads)):
        return "row" if _is_slot(lines, row, columns) else "other"
    own = any(
        lines.grid.area(row, label.left).top == row
        for label in lines.labels(row)
        if label.left <= last and not _goes_on(lines, row, label, columns)
    )
    if not own and _is_slot(lines, row, columns) and _within_level(lines, row, columns):
        return "row"
    return "other" if texts or _has_merge(lines, row, columns) else "gap"


def _is_note(texts: list[str], *, own_name: bool) -> bool:
    """Whether a row is a remark below the table, or the line where people sign."""
    if labels.SIGNED.fullmatch(texts[0]):
        return True
    return bool(labels.NOTE.fullmatch(texts[0])) and len(texts) <= 2 and not own_name


def _is_stamped(lines: Lines, row: int, columns: Columns) -> bool:
    """Whether a row is for stamps, signatures or the opinion of those who examine the form."""
    texts = [text_at(lines.grid, row, label.left) for label in lines.labels(row)]
    if not any(labels.STAMPED.search("".join(text.split())) for text in texts):
        return False
    values = (columns[role][0] for role in ("target", "actual", "weight", "score") if role in columns)
    return all(parse(text_at(lines.grid, row, column)).number is None for column in values)


def _is_prose(lines: Lines, row: int, columns: Columns) -> bool:
    """Whether one cell reaches over several values: a text about the whole (存在问题), no indicator."""
    spans = {columns[role] for role in ("target", "actual", "weight", "score") if role in columns}
    areas = [lines.grid.area(row, left) for left, _ in spans]
    return any(area.right > area.left and areas.count(area) > 1 for area in areas)


def _within_level(lines: Lines, row: int, columns: Columns) -> bool:
    """Whether a level, or what stands beside the levels, is merged down into a row or said there again."""
    last = max(columns[role][1] for role in ("level1", "level2", "level3") if role in columns)
    if any(_goes_on(lines, row, label, columns) for label in lines.labels(row)):
        return True
    return any(lines.grid.area(row, column).top < row for column in range(1, last + 1))


def _goes_on(lines: Lines, row: int, label: Label, columns: Columns) -> bool:
    """Whether a label beside the table (绩效指标) only says again what stands above it."""
    first = min(left for left, _ in columns.values())
    return label.left < first and label in lines.labels(row - 1)


def _is_slot(lines: Lines, row: int, columns: Columns) -> bool:
    """Whether a blank row waits for an indicator: its name and values have cells of their own."""
    places = [columns[role][0] for role in ("level3", "target", "actual") if role in columns]
    areas = {lines.grid.area(row, column) for column in places}
    return len(areas) == len(places) and all(area.top == row for area in areas)


def _totals_after(lines: Lines, above: int, head: Head, heads: Heads) -> Iterator[int]:
    """Yield the total rows further down, before the next form begins."""
    titled = False
    for row in range(above + 1, min(lines.grid.bottom, above + MAX_GAP) + 1):
        titled = titled or any(labels.TITLE.fullmatch(text) for _, _, text in lines.labels(row))
        again = heads.at(row)
        if again and (titled or again.columns != head.columns):
            return
        if _is_total(lines, row, head.columns):
            yield row


def _total_follows(lines: Lines, above: int, head: Head, heads: Heads) -> bool:
    """Whether a total row is only that of its level: more indicators and another total follow."""
    columns = head.columns
    below = next(_totals_after(lines, above, head, heads), above)
    if below == above + 1:
        return "总" in _total_label(lines, below, columns) and "总" not in _total_label(lines, above, columns)
    filled = [role for role in ("level3", "target", "weight", "score") if role in columns]
    return any(all(_own(lines, row, columns, role) for role in filled) for row in range(above + 1, below))


def _has_merge(lines: Lines, row: int, columns: Columns) -> bool:
    """Return whether a merged area covers one of the columns in a row (a blank row inside a table)."""
    return any(lines.grid.area(row, left) != (row, left, row, left) for left, _ in columns.values())


def _inside(lines: Lines, row: int, columns: Columns) -> bool:
    """Whether a row is cut into cells as the table is, rather than one wide cell."""
    first = min(left for left, _ in columns.values())
    area = lines.grid.area(row, first)
    return not (area.left <= first and area.right >= max(right for _, right in columns.values()))


def _own(lines: Lines, row: int, columns: Columns, role: str) -> bool:
    """Whether a row holds something of its own under a role: not the area of a row above."""
    if role not in columns:
        return False
    place = value_place(lines.grid, row, columns[role])
    return place[0] == row and place in lines.grid.cells


def _is_total(lines: Lines, row: int, columns: Columns) -> bool:
    """Whether a row is a total row: a label before the values says so."""
    return bool(_total_label(lines, row, columns))


def _total_label(lines: Lines, row: int, columns: Columns) -> str:
    values = [columns[role][0] for role in ("target", "actual", "weight", "score") if role in columns]
    limit = min((columns[role][0] for role in ("weight", "score") if role in columns), default=min(values))
    found = (
        text.partition(":")[0]
        for left, _, text in lines.labels(row)
        # A label with its points in one cell (总分：96) may stand anywhere.
        if (left < max(limit, 2) or _POINTED.search(text)) and lines.grid.area(row, left).top == row
    )
    label = next((text for text in found if labels.TOTAL.fullmatch(text)), "")
    return "" if labels.CONCLUSION.fullmatch(label) and _concludes_in_words(lines, row) else label


def _concludes_in_words(lines: Lines, row: int) -> bool:
    """Whether a conclusion (自评结论) is a text about the whole, neither points nor a grade."""
    texts = [text_at(lines.grid, row, label.left) for label in lines.labels(row)[1:]]
    said = (labels.GRADES.fullmatch(bare(text)) or ticked(text) is not None for text in texts)
    return bool(texts) and not any(said) and all(parse(text).number is None for text in texts)


def _is_subtotal(lines: Lines, row: int, columns: Columns) -> bool:
    """Whether a row sums up the rows above it: a name says so, and nothing was aimed at or reached."""
    names = (columns[role] for role in ("level1", "level2", "level3") if role in columns)
    summed = any(labels.SUBTOTAL.fullmatch(bare(text_at(lines.grid, row, span[0]))) for span in names)
    return summed and not (_own(lines, row, columns, "target") or _own(lines, row, columns, "actual"))
