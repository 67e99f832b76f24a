"""The head of a table of money (资金情况): which of its labels names which column, in one row or two."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from perf_excel.sheets.finding.labels import Roles, bare, role_of, without_arithmetic
from perf_excel.sheets.finding.lines import Columns, Lines, text_at
from perf_excel.sheets.finding.money_lines import SUMS, is_amount
from perf_excel.sheets.finding.money_words import FUNDS_TOTAL, ONE_AMOUNT, SOURCE
from perf_excel.sheets.grid import Label

_LETTERS = re.compile("[A-D](?:[/÷][A-D])?(?:[×*]100%?)?")
_ADJUSTED = re.compile("调整|最终|变更|追加|年[末终底]|可用|可执行|可支出|下达")
_BEGAN = re.compile("年初|安排")
_GRANTED = re.compile("批复|下达|核定")
"""What the budget came to, where the one of the year's beginning has a column of its own."""
_ANY_AMOUNT = re.compile("[数额]$")
_OF_YEAR = re.compile("全年")
_CARRIED = re.compile("上年结[转余]")
_POINTS = frozenset({"rate", "weight", "score"})
_SUM = re.compile("(?:资金|金额)?(?:小计|合计|总额|总计)")
_TALLEST_HEAD = 2
_LONGEST_LABEL = 30


def columns_at(lines: Lines, row: int, roles: Roles) -> dict[str, tuple[int, int]]:
    """The roles that a row's labels name, each at its first label; a side label names none."""
    found = [
        (role, label)
        for label in lines.labels(row)
        if len(label.text) <= _LONGEST_LABEL and (role := role_of(label.text, roles))
    ]
    if found and _stands_beside(lines, row, [label for _, label in found], roles):
        found = found[1:]
    columns: dict[str, tuple[int, int]] = {}
    for role, label in found:
        columns.setdefault(role, (label.left, label.right))
    columns |= _granted([label for role, label in found if role == "initial"], columns)
    columns |= _summed(lines.labels(row), columns)
    return columns | _annual([label for role, label in found if role == "annual"], columns)


def _granted(found: list[Label], columns: Columns) -> dict[str, tuple[int, int]]:
    """Of two budgets that may be the first (年初预算安排数, 预算批复数), the one granted is the year's."""
    began = [one for one in found if _BEGAN.search(one.text)]
    granted = [one for one in found if one not in began and _GRANTED.search(one.text)]
    if not began or not granted or "annual" in columns:
        return {}
    return {"initial": (began[0].left, began[0].right), "annual": (granted[0].left, granted[0].right)}


def _summed(found: Sequence[Label], columns: Columns) -> dict[str, tuple[int, int]]:
    """The sum of what there was at first and what came to it (年初安排 | 上年结转 | 资金总额 | 支出数)."""
    first = columns.get("initial") or columns.get("annual")
    if first is None or "executed" not in columns or {"initial", "annual"} <= columns.keys():
        return {}
    carried = [one for one in found if _CARRIED.search(one.text)]
    if "initial" not in columns and not carried:
        return {}
    between = range(first[1] + 1, columns["executed"][0])
    sums = [
        (one.left, one.right)
        for one in found
        if one.left in between and FUNDS_TOTAL.fullmatch(without_arithmetic(one.text))
    ]
    return {"initial": first, "annual": sums[-1]} if sums else {}


def _annual(found: list[Label], columns: Columns) -> dict[str, tuple[int, int]]:
    """Of several budgets of the year the adjusted one counts, and the plain one is that it began with."""
    adjusted = [one for one in found if _ADJUSTED.search(one.text)]
    began = [one for one in found if one not in adjusted and not _OF_YEAR.search(one.text)]
    summed = [one for one in found if one.text.endswith("合计")]  # 上年结转 + 本年预算
    kept = adjusted or summed or [one for one in found if _ANY_AMOUNT.search(one.text)]
    if len(found) < 2 or not kept:
        return {}
    chosen = {"annual": (kept[0].left, kept[0].right)}
    if adjusted and began and "initial" not in columns:
        chosen["initial"] = (began[0].left, began[0].right)
    return chosen


def _stands_beside(lines: Lines, row: int, found: list[Label], roles: Roles) -> bool:
    """Whether the first label stands beside or over the names of the rows, rather than over amounts."""
    first, *others = found
    bottom = lines.grid.area(row, first.left).bottom
    if bottom == row:
        below = [first]
    else:
        below = [one for one in others if lines.grid.area(row, one.left).bottom < bottom]
        return any(not _heads_on(lines, row, one, roles) for one in below)
    text = text_at(lines.grid, row + 1, first.left)
    if first.right > first.left and _SUM.fullmatch(bare(text)):
        return False  # sources stand under it
    own = lines.grid.area(row + 1, first.left).top > row
    return own and bool(text) and not is_amount(text) and not _heads_on(lines, row, first, roles)


def _heads_on(lines: Lines, row: int, label: Label, roles: Roles) -> bool:
    """Whether a further label of the head stands under a label."""
    below = lines.grid.area(row, label.left).bottom + 1
    text = bare(text_at(lines.grid, below, label.left))
    if label.right > label.left and (SOURCE.fullmatch(text) or _SUM.fullmatch(text)):
        return True  # sources stand under it
    return bool(text) and bool(
        _LETTERS.fullmatch(text) or role_of(text + label.text, roles) or role_of(text, roles)
    )


def head_money(columns: Columns) -> bool:
    """Whether labels head a budget table: two amounts, or one and a rate, or a rate and its points."""
    sums = len(SUMS & columns.keys())
    return sums + ("rate" in columns) >= 2 or ("rate" in columns and "score" in columns)


Sources = Mapping[str, Mapping[str, tuple[int, int]]]
"""The columns of each source, where sources stand under the amounts: 小计 | 中央 | 地方 under 预算数."""


def second_row(
    lines: Lines, row: int, columns: Columns, roles: Roles
) -> tuple[int, dict[str, tuple[int, int]], Sources]:
    """The last row of the head, its columns and those of sources in it.

    年初 and 调整后 may stand under 预算数, or 小计 and the sources, or A and B/A.
    """
    whole, divided, bottom = dict(columns), dict[str, tuple[int, int]](), row
    sources: dict[str, dict[str, tuple[int, int]]] = {}
    tall = max(lines.grid.area(row, span[0]).bottom for span in columns.values())
    below = [one for one in lines.labels(row + 1) if lines.grid.area(row + 1, one.left).top == row + 1]
    starts = [one.left for one in lines.labels(row)]
    for role, (left, right) in columns.items():
        # Without a merged cell a group reaches over the blank cells to its right.
        beyond = max((one.right for one in below), default=right) + 1
        last = max(right, min((start for start in starts if start > right), default=beyond) - 1)
        parts = [one for one in below if left <= one.left and one.right <= last > left]
        group = bare(text_at(lines.grid, row, left))
        named = {
            role_of(one.text + group, roles) or role_of(one.text, roles): (one.left, one.right)
            for one in parts
        }
        if len(named) > 1 and None not in named:
            del whole[role]
            divided |= {name: span for name, span in named.items() if name}
            bottom = row + 1
        elif total := _total_among(parts):
            whole[role] = (total.left, total.right)
            for one in parts:
                if one is not total:
                    sources.setdefault(one.text, {})[role] = (one.left, one.right)
            bottom = row + 1
    if under := _under_groups(lines.labels(row), below, roles):
        divided |= {name: span for name, span in under.items() if name not in whole}
        bottom = row + 1
    if below and all(_LETTERS.fullmatch(one.text) for one in below):
        bottom = row + 1
    if any(ONE_AMOUNT.fullmatch(one.text) for one in below) and not any(is_amount(one.text) for one in below):
        bottom = row + 1  # 金额（万元） under each budget
    if bottom > row:
        named = {role_of(one.text, roles): (one.left, one.right) for one in below}
        divided |= {name: span for name, span in named.items() if name in _POINTS and name not in whole}
    return max(bottom, min(tall, row + _TALLEST_HEAD)), whole | divided, sources


def _under_groups(heads: Sequence[Label], below: Sequence[Label], roles: Roles) -> dict[str, tuple[int, int]]:
    """The columns under heads that only group them: 年初预算数 and 全年预算数 under 预算资金（万元）."""
    found = dict[str, tuple[int, int]]()
    for head in heads:
        parts = [one for one in below if head.left <= one.left and one.right <= head.right]
        named = {role_of(one.text, roles): (one.left, one.right) for one in parts}
        if len(named) > 1 and None not in named and role_of(head.text, roles) is None:
            found |= {name: span for name, span in named.items() if name}
    return found


def _total_among(parts: Sequence[Label]) -> Label | None:
    """The column of the sum, where all others that stand under an amount are its sources."""
    totals = [one for one in parts if _SUM.fullmatch(one.text)]
    others = [one for one in parts if one not in totals]
    if len(totals) != 1 or not others or not all(SOURCE.fullmatch(one.text) for one in others):
        return None
    return totals[0]
