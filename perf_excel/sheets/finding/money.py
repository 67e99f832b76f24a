"""Where a form's money stands (资金情况): in a table, in pairs or sideways, or one amount a row.

Whatever its shape, the block is given as lines, each a source of money with the places of its fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from perf_excel.forms.text import plain
from perf_excel.sheets.amounts import amount
from perf_excel.sheets.finding.labels import Roles, bare
from perf_excel.sheets.finding.lines import Lines, beside, text_at
from perf_excel.sheets.finding.money_by_source import find_sources
from perf_excel.sheets.finding.money_cross import find_cross
from perf_excel.sheets.finding.money_inside import parts
from perf_excel.sheets.finding.money_lines import Budget, Line, is_amount, item_of
from perf_excel.sheets.finding.money_listed import divided
from perf_excel.sheets.finding.money_of_tasks import find_costs
from perf_excel.sheets.finding.money_pairs import find_pairs, pairs_at
from perf_excel.sheets.finding.money_table import find_list, find_table, table_at
from perf_excel.sheets.finding.money_words import (
    FUNDS_TOTAL,
    MONEY_GROUP,
    MONEY_ITEM,
    MONEY_OF_YEAR,
    MONEY_TOTAL,
    NUMBERING,
    SOURCE,
)
from perf_excel.sheets.grid import Label, Place

_NEAR = 5
"""So many rows below the indicators or their total the money may begin."""
_LONGEST = 30
"""A block of money below the indicators has no more rows."""
_PLAIN_MONEY = re.compile("(?:项目|专项|财政|补助|扶持|预算|年度)*(?:资金|经费|预算)")
_SPENT = re.compile("支出|执行|使用")
_SPENT_OF_IT = re.compile(
    "(?:预算|资金|项目)*(?:本年度?|当年|全年|实际|累计|已)(?:预算|资金|项目|完成|实际|累计)*(?:支出|支付|使用|执行)(?:数|额|金额)?"
    "|(?:预算|资金)?(?:支出|执行)(?:数|额|金额|总额)"
)
"""What was spent of the amounts before it."""
_SPENT_OF_ONE = re.compile("(?:本年度?|当年|实际|累计|已).{0,6}(?:支出|支付|使用|执行)(?:数|额|金额)?")
"""What was spent of one of them (本年债券支出), and is no source beside them."""
_MONEY = re.compile("预算|资金|执行|支出|金额")


def find_budget(lines: Lines, top: int, end: int, roles: Roles) -> Budget | None:
    """Return the budget block in the rows from ``top`` to before ``end``; None where there is none.

    Its first line is the total, also where the form has it last.
    """
    finders = (find_sources, find_table, find_pairs, find_list, _amounts, find_cross, find_costs)
    found = next((budget for find in finders if (budget := find(lines, top, end, roles))), None)
    if found and not _is_filled(lines, found):
        found = find_cross(lines, top, end, roles) or found
    if found and len(found.lines) == 1:
        found = _divided_above(lines, top, found, roles)
    return divided(lines, replace(found, lines=_total_first(found.lines)), end) if found else None


def _divided_above(lines: Lines, top: int, found: Budget, roles: Roles) -> Budget:
    """The block with the sources above it, each with its amounts, where they are of the same money."""
    above = find_pairs(lines, top, found.top, roles)
    if above is None or len(above.lines) == 1:
        return found
    whole, *sources = above.lines
    fields = ("annual", "executed")
    shown = [
        [plain(text_at(lines.grid, *one.places[field])) for field in fields if field in one.places]
        for one in (whole, found.lines[0])
    ]
    if len(shown[0]) < len(fields) or shown[0] != shown[1]:
        return found
    return Budget(above.top, found.bottom, (*found.lines, *sources), above.claimed | found.claimed)


def _is_filled(lines: Lines, budget: Budget) -> bool:
    """Whether any amount stands in a block."""
    return any(text_at(lines.grid, *place) for line in budget.lines for place in line.places.values())


def find_behind(lines: Lines, rows: range, roles: Roles) -> Budget | None:
    """Return the budget block below the indicators; behind its end only a table or pairs."""
    near = range(rows.start, min(rows.stop, rows.start + _NEAR))
    found = (money_below(lines, row, roles) for row in near)
    return next((budget for budget in found if budget), None)


def money_below(lines: Lines, row: int, roles: Roles) -> Budget | None:
    """Return the table of money whose head stands in a row among or below the indicators, or the pairs."""
    if not _MONEY.search("\n".join([label.text for label in lines.labels(row)])):
        return None
    end = min(lines.grid.bottom + 1, row + _LONGEST)
    found = table_at(lines, row, end, roles) or pairs_at(lines, row, end, roles)
    return divided(lines, replace(found, lines=_total_first(found.lines)), end) if found else None


def _total_first(found: tuple[Line, ...]) -> tuple[Line, ...]:
    totals = [line for line in found if FUNDS_TOTAL.fullmatch(bare(line.item))]
    if not totals or found[0] in totals:
        return found
    return (totals[0], *(line for line in found if line is not totals[0]))


class _Named(NamedTuple):
    """A label, the place of its amount, and what frames that there."""

    label: Label
    name: str
    place: Place
    frame: tuple[str, str] | None = None


def _amounts(lines: Lines, top: int, end: int, roles: Roles) -> Budget | None:
    """The block that begins with a total (部门预算总额), each amount beside or in one cell with its label."""
    del roles  # one amount a source has no columns
    found: list[_Named] = []
    for row in range(top, end):
        own = list(_named_amounts(lines, row))
        if not found and not any(_begins(lines, one) for one in own):
            continue
        if not own:
            break
        found += (one for one in own if not found or not _is_of_one(_plain_item(one.name)))
    if not found:
        return None
    kept = [one for one in _of_year(found) or found if "上年" not in one.name or "结转" in one.name]
    if not kept:
        return None
    return Budget(
        kept[0].place[0],
        kept[-1].place[0],
        tuple(_lines_of(lines, kept)),
        frozenset(place for one in kept for place in ((one.place[0], one.label.left), one.place))
        | frozenset(_sides(lines, kept, found)),
    )


def _lines_of(lines: Lines, found: list[_Named]) -> Iterator[Line]:
    """The lines of amounts; what is said or listed as spent (支出总额：80万元 …) joins what there was."""
    # Of what is invested over years, one year's payments are no execution.
    spent = [one for one in found[1:] if _is_spent(lines, one) and (one.frame or "投资" not in found[0].name)]
    found = [one for one in found if one in spent or one.frame or not _is_spent(lines, one)]
    planned = [one for one in found if one not in spent]
    for index, one in enumerate(planned):
        same = (other for other in spent if other.name == one.name)
        other = next(same, spent[0] if spent and index == 0 else None)
        parts = {"initial": one, **({"executed": other} if other else {})}
        spent = [rest for rest in spent if rest != other]
        yield _line_of(lines, parts)
    yield from (_line_of(lines, {"executed": one}) for one in spent)


def _is_spent(lines: Lines, one: _Named) -> bool:
    """Whether an amount is what was spent: its name says so, or the label of the cell that lists it."""
    if one.frame:
        return _SPENT.search(_side(lines, one)) is not None
    return _SPENT_OF_IT.fullmatch(_plain_item(one.name)) is not None


def _line_of(lines: Lines, parts: dict[str, _Named]) -> Line:
    one = next(iter(parts.values()))
    item = item_of(one.name if one.frame else text_at(lines.grid, one.place[0], one.label.left))
    frames = {field: part.frame for field, part in parts.items() if part.frame}
    return Line(item, {field: part.place for field, part in parts.items()}, frames)


def _side(lines: Lines, one: _Named) -> str:
    """The label to the left of the cell that an amount stands in."""
    before = [label.text for label in lines.labels(one.place[0]) if label.right < one.place[1]]
    return before[-1] if before else ""


def _of_year(found: list[_Named]) -> list[_Named]:
    """The year's total where one stands among those of a longer time (实施期资金总额), with its sources.

    Where both have the same sources, in two columns, those in the column of the year's are its own.
    """
    for index, one in enumerate(found):
        if MONEY_OF_YEAR.fullmatch(_plain_item(one.name)):
            parts = found[index + 1 :]
            names = [_plain_item(part.name) for part in parts]
            if len(set(names)) < len(names):
                parts = [part for part in parts if part.place[1] == one.place[1]]
            return [one, *parts]
    return []


def _sides(lines: Lines, kept: list[_Named], found: list[_Named]) -> Iterator[Place]:
    """The labels that stand beside the block and name it (资金情况), and no amount of their own."""
    named = {(one.place[0], one.label.left) for one in found}
    for row in {one.place[0] for one in kept}:
        first = min(one.label.left for one in kept if one.place[0] == row)
        for label in lines.labels(row):
            if label.left < first and _MONEY.search(label.text) and (row, label.left) not in named:
                yield row, label.left


def _begins(lines: Lines, one: _Named) -> bool:
    """Whether the block begins here: with a total, or an amount that names its unit or is broken down."""
    if MONEY_TOTAL.fullmatch(_plain_item(one.name)):
        return True
    if one.frame is not None:
        return True
    row, column = one.place
    if any(other.left > column and other.text.startswith("其中") for other in lines.labels(row)):
        return True
    found = amount(text_at(lines.grid, *one.place))
    return found is not None and (found.yuan is not None or _PLAIN_MONEY.fullmatch(one.name) is not None)


def _named_amounts(lines: Lines, row: int) -> Iterator[_Named]:
    for index, label in enumerate(lines.labels(row)):
        if lines.grid.area(row, label.left).top != row:
            continue
        inside = [
            _Named(label, f"其中：{part.name}" if part.nested else part.name, (row, label.left), part.frame)
            for part in parts(text_at(lines.grid, row, label.left))
            if _is_item(part.name) and amount(part.text)
        ]
        yield from inside
        name = _plain_item(label.text)
        if inside or not MONEY_ITEM.fullmatch(name):
            continue
        place = beside(lines, row, index)
        if place and not MONEY_GROUP.fullmatch(name):
            text = text_at(lines.grid, *place)
            if not text or is_amount(text):
                yield _Named(label, label.text, place)


def _is_of_one(name: str) -> bool:
    return not _SPENT_OF_IT.fullmatch(name) and _SPENT_OF_ONE.fullmatch(name) is not None


def _is_item(name: str) -> bool:
    item = _plain_item(name)
    return bool(MONEY_ITEM.fullmatch(item) or SOURCE.fullmatch(item))


def _plain_item(text: str) -> str:
    return NUMBERING.sub("", text)
