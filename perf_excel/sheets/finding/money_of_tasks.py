"""Money that a form gives only by its tasks (年度主要任务), each with what it costs, and their sum."""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.sheets.finding.around_words import TASK_NAME
from perf_excel.sheets.finding.labels import Roles, bare
from perf_excel.sheets.finding.lines import Columns, Lines, text_at, value_place
from perf_excel.sheets.finding.money_heads import columns_at, head_money, second_row
from perf_excel.sheets.finding.money_lines import AMOUNTS, Budget, Line, claimed, is_amount, item_of, settled
from perf_excel.sheets.finding.money_words import FUNDS_TOTAL


def find_costs(lines: Lines, top: int, end: int, roles: Roles) -> Budget | None:
    """Return the money of the tasks in the rows from ``top`` to before ``end``, where they are summed up."""
    for row in range(top, end):
        named = next((label for label in lines.labels(row) if TASK_NAME.fullmatch(label.text)), None)
        columns: Columns = columns_at(lines, row, roles) if named else {}
        if named is None or not head_money(columns):
            continue
        bottom, columns, _ = second_row(lines, row, columns, roles)
        columns = settled(columns)
        rows = tuple(_rows(lines, range(bottom + 1, end), named.left, columns))
        names = [text_at(lines.grid, one, named.left) for one in rows]
        if any(FUNDS_TOTAL.fullmatch(bare(name)) for name in names):
            built = (
                Line(
                    item_of(name),
                    {role: value_place(lines.grid, one, span) for role, span in columns.items()},
                )
                for one, name in zip(rows, names, strict=True)
            )
            right = max(span[1] for span in columns.values())
            return Budget(row, rows[-1], tuple(built), claimed(lines, row, rows[-1], right))
    return None


def _rows(lines: Lines, rows: range, name: int, columns: Columns) -> Iterator[int]:
    """The rows of tasks, down to the sum of them."""
    for row in rows:
        text = text_at(lines.grid, row, name)
        shown = [text_at(lines.grid, row, span[0]) for role, span in columns.items() if role in AMOUNTS]
        if not text or not any(shown) or not all(is_amount(one) for one in shown if one):
            return
        yield row
        if FUNDS_TOTAL.fullmatch(bare(text)):
            return
