"""Money in a table (资金情况): the amounts are columns, each source of money is a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perf_excel.forms.measure import parse
from perf_excel.forms.text import plain
from perf_excel.sheets.amounts import amount
from perf_excel.sheets.finding import labels, money_listed
from perf_excel.sheets.finding.labels import Roles, bare, role_of, without_arithmetic
from perf_excel.sheets.finding.lines import Columns, Lines, label_of, text_at, value_place
from perf_excel.sheets.finding.money_lines import (
    AMOUNTS,
    SUMS,
    Budget,
    Line,
    claimed,
    is_amount,
    item_of,
    settled,
)
from perf_excel.sheets.finding.money_pairs import is_paired
from perf_excel.sheets.grid import Label, Place

_LETTERS = re.compile("[A-D](?:[/÷][A-D])?(?:[×*]100%?)?")
_ADJUSTED = re.compile("调整|最终|变更|追加|年[末终底]|可用|可执行|可支出|下达")
_BEGAN = re.compile("年初|安排")
_GRANTED = re.compile("批复|下达|核定")
"""What the budget came to, where the one of the year's beginning has a column of its own."""
_ANY_AMOUNT = re.compile("[数额]$")
_OF_YEAR = re.compile("全年")
_CARRIED = re.compile("上年结[转余]")
_CLOSE = Decimal("0.01")
_POINTS = frozenset({"rate", "weight", "score"})
_NUMBERS = frozenset({*AMOUNTS, "rate", "weight"})
"""What a second row of the head may name beside the amounts."""
_TALLEST_HEAD = 2
_LONGEST_LABEL = 30


def find_table(lines: Lines, top: int, end: int, roles: Roles) -> Budget | None:
    """Return the first table of money in the rows from ``top`` to before ``end``."""
    found = (table_at(lines, row, end, roles) for row in range(top, end))
    return next((budget for budget in found if budget), None)


def table_at(lines: Lines, row: int, end: int, roles: Roles) -> Budget | None:
    """Return the table of money whose head begins at a row; None where there is none."""
    columns = _columns(lines, row, roles)
    if not _heads(columns) or is_paired(lines, row, roles) or _lists_tasks(lines, row):
        return None
    bottom, columns = _second_row(lines, row, columns, roles)
    arrived = columns.get("arrived")
    columns = settled(columns)
    left = min(span[0] for span in columns.values())
    right = max(span[1] for span in columns.values())
    rows = tuple(_rows(lines, range(row, bottom + 1), end, columns))
    last = max((bottom, *rows))
    if arrived and "annual" not in columns and _is_budget(lines, rows, arrived, columns):
        columns["annual"] = arrived
        right = max(right, arrived[1])
    built = [Line(_item(lines, row, one, left), dict(_places(lines, one, columns))) for one in rows]
    if len(built) == 1:
        built += money_listed.inside(lines, built[0])
    last, listed = money_listed.below(lines, last + 1, end, built[0] if built else None)
    return Budget(
        row,
        last,
        (*built, *listed),
        claimed(lines, row, last, right),
    )


def _is_budget(lines: Lines, rows: Sequence[int], arrived: tuple[int, int], columns: Columns) -> bool:
    """Whether the money that arrived is what the rates are of, or all that there was at first."""

    def number(row: int, span: tuple[int, int] | None) -> Decimal:
        found = amount(text_at(lines.grid, row, span[0])) if span else None
        return found.number if found else Decimal(0)

    if all(number(row, arrived) == number(row, columns["initial"]) for row in rows):
        return True
    for row in rows[:1]:
        printed = parse(text_at(lines.grid, row, columns["rate"][0])).percent if "rate" in columns else None
        spent, came = number(row, columns.get("executed")), number(row, arrived)
        if printed is not None and came:
            return abs(100 * spent / came - printed) < _CLOSE
    return False


def find_list(lines: Lines, top: int, end: int, roles: Roles) -> Budget | None:
    """Return the first list of sources with one column of amounts (年度资金总额 | 金额（万元）)."""
    for row in range(top, end):
        found = lines.labels(row)
        named = [one for one in found if labels.ONE_AMOUNT.fullmatch(one.text)]
        if len(named) != 1 or named[0] != found[-1] or len(found) < 2:
            continue
        span = (named[0].left, named[0].right)
        role = role_of(named[0].text, roles)
        columns = {role if role in AMOUNTS else "initial": span}
        bottom = lines.grid.area(row, span[0]).bottom
        rows = tuple(_rows(lines, range(row, bottom + 1), end, columns))
        items = [_item(lines, row, one, span[0]) for one in rows]
        money = any(labels.MONEY_ITEM.fullmatch(labels.NUMBERING.sub("", bare(item))) for item in items)
        if not money or not any(text_at(lines.grid, one, span[0]) for one in rows):
            continue
        last = max((bottom, *rows))
        built = (
            Line(item, dict(_places(lines, one, columns))) for item, one in zip(items, rows, strict=True)
        )
        return Budget(row, last, tuple(built), claimed(lines, row, last, span[1]))
    return None


def _columns(lines: Lines, row: int, roles: Roles) -> dict[str, tuple[int, int]]:
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
        if one.left in between and labels.FUNDS_TOTAL.fullmatch(without_arithmetic(one.text))
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
    own = lines.grid.area(row + 1, first.left).top > row
    return own and bool(text) and not is_amount(text) and not _heads_on(lines, row, first, roles)


def _heads_on(lines: Lines, row: int, label: Label, roles: Roles) -> bool:
    """Whether a further label of the head stands under a label."""
    below = lines.grid.area(row, label.left).bottom + 1
    text = bare(text_at(lines.grid, below, label.left))
    return bool(text) and bool(
        _LETTERS.fullmatch(text) or role_of(text + label.text, roles) or role_of(text, roles)
    )


def _lists_tasks(lines: Lines, row: int) -> bool:
    """Whether a row heads tasks with what each of them costs."""
    return any(labels.TASK_NAME.fullmatch(text) for _, _, text in lines.labels(row))


def _heads(columns: Columns) -> bool:
    """Whether labels head a budget table: two amounts, or one and a rate, or a rate and its points."""
    sums = len(SUMS & columns.keys())
    return sums + ("rate" in columns) >= 2 or ("rate" in columns and "score" in columns)


def _second_row(
    lines: Lines, row: int, columns: Columns, roles: Roles
) -> tuple[int, dict[str, tuple[int, int]]]:
    """The last row of the head, and its columns: 年初 and 调整后 may stand under 预算数, or A and B/A."""
    whole, divided, bottom = dict(columns), dict[str, tuple[int, int]](), row
    tall = max(lines.grid.area(row, span[0]).bottom for span in columns.values())
    below = [one for one in lines.labels(row + 1) if lines.grid.area(row + 1, one.left).top == row + 1]
    starts = [one.left for one in lines.labels(row)]
    for role, (left, right) in columns.items():
        # Without a merged cell a group reaches over the blank cells to its right.
        last = max(right, min((start for start in starts if start > right), default=right + 1) - 1)
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
    if below and all(_LETTERS.fullmatch(one.text) for one in below):
        bottom = row + 1
    if any(labels.ONE_AMOUNT.fullmatch(one.text) for one in below) and not any(
        is_amount(one.text) for one in below
    ):
        bottom = row + 1  # 金额（万元） under each budget
    if bottom > row:
        named = {role_of(one.text, roles): (one.left, one.right) for one in below}
        divided |= {name: span for name, span in named.items() if name in _POINTS and name not in whole}
    return max(bottom, min(tall, row + _TALLEST_HEAD)), whole | divided


def _rows(lines: Lines, head: range, end: int, columns: Columns) -> Iterator[int]:
    """The rows of the table: a label and amounts, or amounts alone right below the head."""
    left, right = min(span[0] for span in columns.values()), max(span[1] for span in columns.values())
    named, totalled = True, False
    for row in range(head.stop, end):
        texts = [text for start, _, text in lines.labels(row) if start <= right]
        if any(labels.EXPECTED.fullmatch(text) or labels.TASK_NAME.fullmatch(text) for text in texts):
            return
        label = label_of(lines.grid, row, left)
        if labels.TOTAL.fullmatch(bare(label)) and "分" in plain(label):
            return
        if (
            not (label or row == head.stop)
            or labels.AIM.search(plain(label))
            or _is_wide(lines, row, columns)
        ):
            return
        if _says_more(lines, row, columns):
            return
        named = named and bool(label)
        shown = [text_at(lines.grid, row, columns[name][0]) for name in AMOUNTS if name in columns]
        if totalled and labels.TOTAL.fullmatch(bare(label)):
            return  # the sum of the form's points, below money at its end
        totalled = totalled or bool(labels.FUNDS_TOTAL.fullmatch(bare(label)))
        waits = not any(shown) and (named or (not label and _reaches(lines, row, left)))
        if not waits and not any(is_amount(text) for text in shown if text) and not _is_money(label):
            return
        yield row


def _says_more(lines: Lines, row: int, columns: Columns) -> bool:
    """Whether words stand under 执行率 and no amount in the row: another table has begun."""
    texts = [text_at(lines.grid, row, span[0]) for role, span in columns.items() if role in _NUMBERS]
    return any(len(text) > 1 and not is_amount(text) for text in texts) and not any(map(is_amount, texts))


def _is_money(label: str) -> bool:
    """Whether a label names money, so that what stands behind it and is no amount is still its row's."""
    return labels.MONEY_ITEM.fullmatch(labels.NUMBERING.sub("", bare(label))) is not None


def _reaches(lines: Lines, row: int, left: int) -> bool:
    """Whether a side label reaches from the head down to a row, and the row has nothing of its own."""
    side = any(lines.grid.area(row, column).top < row for column in range(1, left))
    return side and not any(True for _ in lines.grid.row(row))


def _item(lines: Lines, head: int, row: int, left: int) -> str:
    """A line's name: the label of its own, else the side label, which may stand beside the head alone."""
    sides = (text_at(lines.grid, one, column) for one in (row, head) for column in range(left - 1, 0, -1))
    return label_of(lines.grid, row, left) or next((item_of(text) for text in sides if text), "")


def _is_wide(lines: Lines, row: int, columns: Columns) -> bool:
    """Whether one cell reaches over several columns of the block, so that the row is no row of amounts."""
    area = lines.grid.area(row, columns[min(columns, key=lambda role: columns[role][0])][0])
    return sum(area.left <= left and right <= area.right for left, right in columns.values()) > 1


def _places(lines: Lines, row: int, columns: Columns) -> Iterator[tuple[str, Place]]:
    """The places of a row's fields; what is merged down from above belongs to the row above."""
    for name, span in columns.items():
        place = value_place(lines.grid, row, span)
        if place[0] == row:
            yield name, place
