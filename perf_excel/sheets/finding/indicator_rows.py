"""The rows of an indicator block (绩效指标) below its head, and the total row behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from perf_excel.forms.measure import parse
from perf_excel.forms.text import remembered
from perf_excel.sheets.finding.closing_words import CONCLUSION, GRADES, NOTE, SIGNED, STAMPED, SUBTOTAL, TOTAL
from perf_excel.sheets.finding.column_words import MARGIN
from perf_excel.sheets.finding.header import Head, Heads
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import Label, Lines, text_at, value_place
from perf_excel.sheets.finding.money_lines import Budget
from perf_excel.sheets.finding.tickboxes import ticked
from perf_excel.sheets.grid import SPARE

_NEAR = 3
"""A total so near below a remark is still that of the table above it."""
_POINTED = re.compile(r"分:\d")
_STAMPS = re.compile("[章签见日间]")
"""Signs of which one stands in whatever is STAMPED: most rows are done with this look."""
MAX_GAP = 100
"""Behind a blank row or a subtotal, the total stands no further down."""


_VALUES = ("target", "actual", "weight", "score")
_NAMES = ("level1", "level2", "level3")
Kind = Literal["row", "total", "end", "gap", "other"]


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
    table = _Table(lines, head, heads)
    rows: list[int] = []
    total: int | None = None
    row = head.bottom
    last = table.last_row()
    while row < last:
        row += 1
        if again := heads.at(row):
            if again.columns != head.columns:
                break
            row = again.bottom  # the same head again is that of the next printed page
            continue
        if rows and (money := money_at(row)):
            return tuple(rows), table.next_total(money.bottom), money
        kind = table.kind(row)
        if kind == "total" and not rows and table.is_filled(row + 1):
            total = row  # some forms begin with their total
            continue
        if kind == "total":
            return tuple(rows), row, None
        if kind == "end" or (kind == "gap" and rows):
            break
        if kind == "row":
            rows.append(row)
    return tuple(rows), total, None


@remembered
def _total_name(text: str) -> str:
    """The name before a label's colon, where it is one of a total; else nothing."""
    name = text.partition(":")[0]
    return name if TOTAL.fullmatch(name) else ""


@remembered
def _is_subtotal_name(text: str) -> bool:
    return SUBTOTAL.fullmatch(bare(text)) is not None


class _Table:
    """The rows below a head, told apart by what they hold; what holds of all of them is worked out once."""

    def __init__(self, lines: Lines, head: Head, heads: Heads) -> None:
        self._lines, self._grid, self._heads, self._columns = lines, lines.grid, heads, head.columns
        spans = head.columns
        self._first = min(left for left, _ in spans.values())
        self._last = max(right for _, right in spans.values())
        self._fields = [span for role, span in spans.items() if role not in MARGIN]
        self._names = [spans[role] for role in _NAMES if role in spans]
        self._values = [spans[role][0] for role in _VALUES if role in spans]
        self._valued = frozenset(self._values)
        self._slots = [spans[role][0] for role in ("level3", "target", "actual") if role in spans]
        points = [spans[role][0] for role in ("weight", "score") if role in spans]
        # A total's label stands before its points.
        self._limit = max(min(points or self._values), 2)
        self._totals: dict[int, str] = {}

    def last_row(self) -> int:
        """The last row of the sheet, or of a level merged down over blank rows below it, to be filled."""
        bottom = self._grid.bottom
        levels = [self._columns[role] for role in ("level1", "level2") if role in self._columns]
        ends = (
            area.bottom
            for area in self._grid.merges
            if area.top <= bottom < area.bottom <= bottom + SPARE
            and any(left <= area.left and area.right <= right for left, right in levels)
        )
        return max(ends, default=bottom)

    def next_total(self, above: int) -> int | None:
        """The total row behind the money, unless other rows stand between."""
        total = next(self._totals_after(above), None)
        return total if total is not None and total <= above + _NEAR else None

    def is_filled(self, row: int) -> bool:
        """Whether an indicator that says something stands in a row."""
        said = (self._own(row, role) for role in ("target", "weight"))
        return self.kind(row) == "row" and self._own(row, "level3") and any(said)

    def kind(self, row: int) -> Kind:
        """What a row is: an indicator or a place for one, the total, the end, a gap, or other."""
        found = [label for label in self._lines.labels(row) if label.left <= self._last]
        if self._total_label(row):
            return "other" if self._total_follows(row) else "total"
        if self._is_stamped(row) or (found and self._is_note(row, found)):
            follows = any(below <= row + _NEAR for below in self._totals_after(row))
            return "other" if follows else "end"
        if self._is_prose(row):
            return "other"
        if any(self._holds(row, span) for span in self._fields):
            return "other" if self._is_subtotal(row) or not self._is_cut(row) else "row"
        if any(self._totals_after(row)):
            return "row" if self._is_slot(row) else "other"
        own = any(
            self._grid.area(row, label.left).top == row for label in found if not self._goes_on(row, label)
        )
        if not own and self._is_slot(row) and self._within_level(row):
            return "row"
        return "other" if found or self._has_merge(row) else "gap"

    def _is_note(self, row: int, found: list[Label]) -> bool:
        """Whether a row is a remark below the table, or the line where people sign."""
        text = found[0].text
        if SIGNED.fullmatch(text):
            return True
        if len(found) > 2 or not NOTE.fullmatch(text):
            return False
        return not self._own(row, "level3") or self._is_prose(row) or self._names_reach_values(row)

    def _is_stamped(self, row: int) -> bool:
        """Whether a row is for stamps, signatures or the opinion of those who examine the form."""
        texts = self._lines.texts(row)
        if not _STAMPS.search("".join(texts)):
            return False
        if not any(STAMPED.search("".join(text.split())) for text in texts):
            return False
        return all(parse(text_at(self._grid, row, column)).number is None for column in self._values)

    def _is_prose(self, row: int) -> bool:
        """Whether one cell reaches over several values: a text about the whole (存在问题), no indicator."""
        merged = self._grid.merged
        areas = [area for left in self._valued if (area := merged.get((row, left)))]
        return len(set(areas)) < len(areas)

    def _names_reach_values(self, row: int) -> bool:
        """Whether one cell reaches from the names over the values."""
        last = max(right for _, right in self._names)
        behind = [column for column in self._values if column > last]
        return bool(behind) and self._grid.area(row, last).right >= min(behind)

    def _within_level(self, row: int) -> bool:
        """Whether a level, or what stands beside the levels, is merged down into a row or said again."""
        if any(self._goes_on(row, label) for label in self._lines.labels(row)):
            return True
        last = max(right for _, right in self._names)
        return any(self._grid.area(row, column).top < row for column in range(1, last + 1))

    def _goes_on(self, row: int, label: Label) -> bool:
        """Whether a label beside the table (绩效指标) only says again what stands above it."""
        return label.left < self._first and label in self._lines.labels(row - 1)

    def _is_slot(self, row: int) -> bool:
        """Whether a blank row waits for an indicator: its name and values have cells of their own."""
        areas = {self._grid.area(row, column) for column in self._slots}
        return len(areas) == len(self._slots) and all(area.top == row for area in areas)

    def _totals_after(self, above: int) -> Iterator[int]:
        """Yield the total rows further down, before the next form begins."""
        titled = False
        for row in range(above + 1, min(self._grid.bottom, above + MAX_GAP) + 1):
            titled = titled or self._heads.titled(row)
            again = self._heads.at(row)
            if again and (titled or again.columns != self._columns):
                return
            if self._total_label(row):
                yield row

    def _total_follows(self, above: int) -> bool:
        """Whether a total row is only that of its level: more indicators and another total follow."""
        below = next(self._totals_after(above), above)
        if below == above + 1:
            return "总" in self._total_label(below) and "总" not in self._total_label(above)
        filled = [role for role in ("level3", "target", "weight", "score") if role in self._columns]
        return any(all(self._own(row, role) for role in filled) for row in range(above + 1, below))

    def _has_merge(self, row: int) -> bool:
        """Return whether a merged area covers one of the columns in a row (a blank row inside a table)."""
        return any(self._grid.area(row, left) != (row, left, row, left) for left, _ in self._columns.values())

    def _is_cut(self, row: int) -> bool:
        """Whether a row is cut into cells as the table is, rather than one wide cell."""
        area = self._grid.area(row, self._first)
        return not (area.left <= self._first and area.right >= self._last)

    def _own(self, row: int, role: str) -> bool:
        return role in self._columns and self._holds(row, self._columns[role])

    def _holds(self, row: int, span: tuple[int, int]) -> bool:
        """Whether a row holds something of its own in a column: not the area of a row above."""
        place = value_place(self._grid, row, span)
        return place[0] == row and place in self._grid.cells

    def _total_label(self, row: int) -> str:
        """The label before the values that makes a row a total row; empty where it is none."""
        if row not in self._totals:
            self._totals[row] = self._find_total_label(row)
        return self._totals[row]

    def _find_total_label(self, row: int) -> str:
        for left, _, text in self._lines.labels(row):
            # A label with its points in one cell (总分：96) may stand anywhere.
            label = _total_name(text)
            if (
                label
                and (left < self._limit or _POINTED.search(text))
                and self._grid.area(row, left).top == row
            ):
                return "" if CONCLUSION.fullmatch(label) and self._concludes_in_words(row) else label
        return ""

    def _concludes_in_words(self, row: int) -> bool:
        """Whether a conclusion (自评结论) is a text about the whole, neither points nor a grade."""
        texts = self._lines.texts(row)[1:]
        said = (GRADES.fullmatch(bare(text)) or ticked(text) is not None for text in texts)
        return bool(texts) and not any(said) and all(parse(text).number is None for text in texts)

    def _is_subtotal(self, row: int) -> bool:
        """Whether a row sums up the rows above it: a name says so, and nothing was aimed at or reached."""
        summed = any(_is_subtotal_name(text_at(self._grid, row, left)) for left, _ in self._names)
        return summed and not (self._own(row, "target") or self._own(row, "actual"))
