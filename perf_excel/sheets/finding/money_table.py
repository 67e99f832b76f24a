"""Money in a table (资金情况): the amounts are columns, each source of money is a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perf_excel.forms.measure import parse
from perf_excel.forms.text import plain
from perf_excel.sheets.amounts import amount
from perf_excel.sheets.finding import money_listed
from perf_excel.sheets.finding.around_words import AIM, EXPECTED, TASK_NAME
from perf_excel.sheets.finding.closing_words import TOTAL
from perf_excel.sheets.finding.labels import Roles, bare, role_of
from perf_excel.sheets.finding.lines import Columns, Lines, label_of, text_at, value_place
from perf_excel.sheets.finding.money_heads import columns_at, head_money, second_row
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
from perf_excel.sheets.finding.money_words import FUNDS_TOTAL, MONEY_ITEM, NUMBERING, ONE_AMOUNT
from perf_excel.sheets.grid import Place

_CLOSE = Decimal("0.01")
_NUMBERS = frozenset({*AMOUNTS, "rate", "weight"})


def find_table(lines: Lines, top: int, end: int, roles: Roles) -> Budget | None:
    """Return the first table of money in the rows from ``top`` to before ``end``."""
    found = (table_at(lines, row, end, roles) for row in range(top, end))
    return next((budget for budget in found if budget), None)


def table_at(lines: Lines, row: int, end: int, roles: Roles) -> Budget | None:
    """Return the table of money whose head begins at a row; None where there is none."""
    columns = columns_at(lines, row, roles)
    if not head_money(columns) or is_paired(lines, row, roles) or _lists_tasks(lines, row):
        return None
    bottom, columns, sources = second_row(lines, row, columns, roles)
    everything = columns
    others = [columns[role] for role in ("arrived", "change") if role in columns]
    columns = settled(columns)
    left = min(span[0] for span in columns.values())
    right = max(span[1] for span in columns.values())
    rows = tuple(_rows(lines, range(row, bottom + 1), end, columns))
    if len(SUMS & {role_of(bare(label_of(lines.grid, one, left)), roles) for one in rows}) > 1:
        return None  # each row is an amount (预算数, 执行数), and the sources are columns
    last = max((bottom, *rows))
    if "annual" not in columns and (
        year := next((one for one in others if _is_budget(lines, rows, one, columns)), None)
    ):
        columns = {role: span for role, span in columns.items() if span != year} | {"annual": year}
        right = max(right, year[1])
    elif "arrived" in everything and everything["arrived"] not in columns.values():
        columns["arrived"] = everything["arrived"]
    built = [Line(_item(lines, row, one, left), dict(_places(lines, one, columns))) for one in rows]
    if len(built) == 1:
        built += money_listed.inside(lines, built[0])
        built += (Line(f"其中：{name}", dict(_places(lines, rows[0], own))) for name, own in sources.items())
        right = max(right, *(span[1] for own in sources.values() for span in own.values()), 0)
    return Budget(row, last, tuple(built), claimed(lines, row, last, right))


def _is_budget(lines: Lines, rows: Sequence[int], span: tuple[int, int], columns: Columns) -> bool:
    """Whether the money that arrived (or 调整数) is what the rates are of, or all that there was at first."""
    if "initial" not in columns:
        return False

    def number(row: int, span: tuple[int, int] | None) -> Decimal:
        found = amount(text_at(lines.grid, row, span[0])) if span else None
        return found.number if found else Decimal(0)

    if all(number(row, span) == number(row, columns["initial"]) for row in rows):
        return True
    for row in rows[:1]:
        printed = parse(text_at(lines.grid, row, columns["rate"][0])).percent if "rate" in columns else None
        spent, came = number(row, columns.get("executed")), number(row, span)
        if printed is not None and came:
            return abs(100 * spent / came - printed) < _CLOSE
    return False


def find_list(lines: Lines, top: int, end: int, roles: Roles) -> Budget | None:
    """Return the first list of sources with one column of amounts (年度资金总额 | 金额（万元）)."""
    for row in range(top, end):
        found = lines.labels(row)
        named = [one for one in found if ONE_AMOUNT.fullmatch(one.text)]
        if len(named) != 1 or named[0] != found[-1] or len(found) < 2:
            continue
        span = (named[0].left, named[0].right)
        role = role_of(named[0].text, roles)
        columns = {role if role in AMOUNTS else "initial": span}
        bottom = lines.grid.area(row, span[0]).bottom
        rows = tuple(_rows(lines, range(row, bottom + 1), end, columns))
        items = [_item(lines, row, one, span[0]) for one in rows]
        money = any(MONEY_ITEM.fullmatch(NUMBERING.sub("", bare(item))) for item in items)
        if not money or not any(text_at(lines.grid, one, span[0]) for one in rows):
            continue
        last = max((bottom, *rows))
        built = (
            Line(item, dict(_places(lines, one, columns))) for item, one in zip(items, rows, strict=True)
        )
        return Budget(row, last, tuple(built), claimed(lines, row, last, span[1]))
    return None


def _lists_tasks(lines: Lines, row: int) -> bool:
    """Whether a row heads tasks with what each of them costs."""
    return any(TASK_NAME.fullmatch(text) for _, _, text in lines.labels(row))


def _rows(lines: Lines, head: range, end: int, columns: Columns) -> Iterator[int]:
    """The rows of the table: a label and amounts, or amounts alone right below the head."""
    left, right = min(span[0] for span in columns.values()), max(span[1] for span in columns.values())
    named, totalled = True, False
    for row in range(head.stop, end):
        texts = [text for start, _, text in lines.labels(row) if start <= right]
        if any(EXPECTED.fullmatch(text) or TASK_NAME.fullmatch(text) for text in texts):
            return
        label = label_of(lines.grid, row, left)
        if any("分" in text and TOTAL.fullmatch(text) for text in texts):
            return
        if not (label or row == head.stop) or AIM.search(plain(label)) or _is_wide(lines, row, columns):
            return
        if not _is_money(label) and _says_more(lines, row, columns):
            return
        named = named and bool(label)
        shown = _shown(lines, row, columns)
        if not any(shown) and money_listed.lists(label):
            if money_listed.is_key(label) and any(map(is_amount, _shown(lines, row + 1, columns))):
                continue  # 按收入性质分： over the rows of its sources
            return
        if totalled and TOTAL.fullmatch(bare(label)):
            return  # the sum of the form's points, below money at its end
        totalled = totalled or bool(FUNDS_TOTAL.fullmatch(bare(label)))
        waits = not any(shown) and (named or (not label and _reaches(lines, row, left)))
        if not waits and not any(is_amount(text) for text in shown if text) and not _is_money(label):
            return
        yield row


def _shown(lines: Lines, row: int, columns: Columns) -> list[str]:
    """What a row shows under the heads of amounts."""
    return [text_at(lines.grid, row, columns[name][0]) for name in AMOUNTS if name in columns]


def _says_more(lines: Lines, row: int, columns: Columns) -> bool:
    """Whether words stand under 执行率 and no amount in the row: another table has begun."""
    texts = [text_at(lines.grid, row, span[0]) for role, span in columns.items() if role in _NUMBERS]
    return any(len(text) > 1 and not is_amount(text) for text in texts) and not any(map(is_amount, texts))


def _is_money(label: str) -> bool:
    """Whether a label names money, so that what stands behind it and is no amount is still its row's."""
    return MONEY_ITEM.fullmatch(NUMBERING.sub("", bare(label))) is not None


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
