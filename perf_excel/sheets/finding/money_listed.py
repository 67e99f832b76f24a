"""Sources that stand in words or in pairs within or below a block of money, and add up to one of its amounts.

2,536.00 其中：中央1,716.00；省级520.00 · 其中：一般公共预算：1,973.40（执行1,898.75） · 中央补助 | 80
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.text import plain
from perf_excel.sheets.amounts import amount
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.lines import Lines, beside, text_at
from perf_excel.sheets.finding.money_inside import Part, parts
from perf_excel.sheets.finding.money_lines import AMOUNTS, Budget, Line, is_amount, item_of
from perf_excel.sheets.finding.money_words import (
    FUNDS_TOTAL,
    MONEY_ITEM,
    MONEY_TOTAL,
    NUMBERING,
    SOURCE,
    USES,
)
from perf_excel.sheets.grid import Label, Place

_KEY = re.compile("按.{1,6}(?:分|划分|分类)")
"""What a list is divided by: 按收入性质分."""
_SPENT = re.compile("(?:全年|实际|已)?(?:执行|支出|使用)[数额]?")
_LAST_YEAR = re.compile("上年度?(?!.*结[转余])|去年|以前年度(?!.*结[转余])")
_OF_PLAN = ("annual", "initial")


class _Source(NamedTuple):
    """A source: its amount, and what was spent of it where the cell says so."""

    item: str
    text: str
    place: Place
    run: int = 0
    """Which of the lists in its cell it belongs to."""
    frame: tuple[str, str] | None = None
    spent: Part | None = None

    @property
    def name(self) -> str:
        return NUMBERING.sub("", plain(self.item))


def inside(lines: Lines, line: Line) -> Iterator[Line]:
    """Yield the sources that the cells of a line's own amounts list, each with its amount in every cell."""
    found: dict[str, dict[str, tuple[Place, tuple[str, str]]]] = {}
    for field, place in line.places.items():
        text = text_at(lines.grid, *place) if field in AMOUNTS else ""
        if amount(text) is None:
            continue
        for part in parts(text):
            if SOURCE.fullmatch(part.name):
                found.setdefault(part.name, {}).setdefault(field, (place, part.frame))
    for name, fields in found.items():
        places = {field: place for field, (place, _) in fields.items()}
        yield Line(f"其中：{name}", places, {field: frame for field, (_, frame) in fields.items()})


def divided(lines: Lines, budget: Budget, end: int) -> Budget:
    """Return a block with the sources listed in it or below it, so far as they add up to one of its amounts.

    Args:
        lines: the sheet's.
        budget: the block; its first line is that of all the money.
        end: before which row a list below it ends.
    """
    found = list[_Source]()
    if len(budget.lines) == 1:
        taken = frozenset(budget.lines[0].places.values())
        for row in range(budget.top, budget.bottom + 1):
            own = _sources(lines, row, _is_source)
            found += (one for one in own if one.frame or one.place not in taken)
    found += _below(lines, budget.bottom + 1, end)
    built, bottom = _built(lines, budget.lines[0], found) if found and budget.lines else ([], 0)
    if not built:
        return budget
    rows = {place[0] for line in built for place in line.places.values()}
    bottom = max(budget.bottom, bottom)
    rows |= set(range(budget.bottom + 1, bottom + 1))
    own = frozenset(
        (row, label.left) for row in rows for label in lines.labels(row) if _is_of_it(lines, row, label)
    )
    return Budget(budget.top, bottom, (*budget.lines, *built), budget.claimed | own)


def _is_of_it(lines: Lines, row: int, label: Label) -> bool:
    text = text_at(lines.grid, row, label.left)
    return lists(text) or _is_item(label.text) or is_amount(text)


def _below(lines: Lines, first: int, end: int) -> list[_Source]:
    """The sources in the rows below a block that hold nothing else."""
    found = list[_Source]()
    for row in range(first, end):
        cells = [label for label in lines.labels(row) if lines.grid.area(row, label.left).top == row]
        own = list(_sources(lines, row, _is_item))
        named = {one.place[1] for one in own}
        others = [one for one in cells if one.left not in named and not _KEY.fullmatch(one.text)]
        if not cells or len(others) > sum(one.frame is None for one in own):
            break
        found += own
    return found


def lists(text: str) -> bool:
    """Whether a text is a line of such a list: an amount with what it is of, or what a list is divided by."""
    return is_key(text) or bool(parts(text))


def is_key(text: str) -> bool:
    """Whether a text is what a list of sources is divided by: 按收入性质分."""
    return _KEY.fullmatch(labels.bare(text)) is not None


def _sources(lines: Lines, row: int, is_item: Callable[[str], bool]) -> Iterator[_Source]:
    """The sources of a row: in words, or with their amounts beside them."""
    for index, label in enumerate(lines.labels(row)):
        place = (row, label.left)
        if lines.grid.area(*place).top != row:
            continue
        inside = parts(text_at(lines.grid, *place))
        yield from _in_words(place, inside, is_item)
        beside_it = None if inside or not is_item(label.text) else beside(lines, row, index)
        text = text_at(lines.grid, *beside_it) if beside_it else ""
        if beside_it and amount(text):
            yield _Source(item_of(text_at(lines.grid, *place)), text, beside_it)


def _in_words(place: Place, inside: Sequence[Part], is_item: Callable[[str], bool]) -> Iterator[_Source]:
    """The sources in a cell; those in brackets, and those behind another amount, are a list of their own."""
    run, before = 0, None
    for index, part in enumerate(inside):
        if before and before.nested <= part.nested and _SPENT.fullmatch(part.name):
            continue
        run += before is None or before.nested != part.nested
        before = part if is_item(part.name) else None
        if before is None:
            continue
        behind = inside[index + 1] if index + 1 < len(inside) else None
        spent = behind if behind and part.nested <= behind.nested and _SPENT.fullmatch(behind.name) else None
        yield _Source(item_of(part.name), part.text, place, run, part.frame, spent)


def _is_source(name: str) -> bool:
    item = NUMBERING.sub("", name)
    return bool(SOURCE.fullmatch(item) or USES.fullmatch(item))


def _is_item(name: str) -> bool:
    """Whether a label names money that may be part of other money: no total, nor what there was last year."""
    item = NUMBERING.sub("", name)
    whole = FUNDS_TOTAL.fullmatch(item) or MONEY_TOTAL.fullmatch(item) or _LAST_YEAR.match(item)
    return _is_source(name) or (not whole and MONEY_ITEM.fullmatch(item) is not None)


def _groups(found: Sequence[_Source]) -> Iterator[list[_Source]]:
    """What may belong together: all, those of a column, of a row, of a list within a cell."""
    keys: tuple[Callable[[_Source], object], ...] = (
        lambda _: 0,
        lambda one: one.place[1],
        lambda one: one.place[0],
        lambda one: (one.place, one.run),
    )
    for key in keys:
        groups = dict[object, list[_Source]]()
        for one in found:
            groups.setdefault(key(one), []).append(one)
        yield from groups.values()


def _built(lines: Lines, total: Line, found: Sequence[_Source]) -> tuple[list[Line], int]:
    """The lines of the sources whose amounts add up to one that the block has in all, and their last row."""
    built = dict[str, Line]()
    used = list[_Source]()
    for group in _groups(found):
        added = sum((_number(one.text) for one in group), Decimal(0))
        if not added or any(one in used for one in group):
            continue
        known = {field for one in group if one.name in built for field in built[one.name].places}
        field = next(
            (
                one
                for one in (*_OF_PLAN, "executed")
                if one not in known and _total(lines, total, one) == added
            ),
            "",
        )
        if not field:
            continue
        used += group
        for one in group:
            places, frames = {field: one.place}, {field: one.frame} if one.frame else {}
            if one.spent and field in _OF_PLAN:
                places["executed"], frames["executed"] = one.place, one.spent.frame
            before = built.get(one.name, Line(one.item, {}))
            built[one.name] = Line(before.item, {**before.places, **places}, {**before.frames, **frames})
    return list(built.values()), max((one.place[0] for one in used), default=0)


def _total(lines: Lines, total: Line, field: str) -> Decimal | None:
    if field not in total.places:
        return None
    text = text_at(lines.grid, *total.places[field])
    before, behind = total.frames.get(field, ("", ""))
    return _number(text[len(before) : len(text) - len(behind)])


def _number(text: str) -> Decimal:
    found = amount(text)
    return found.number if found else Decimal(0)
