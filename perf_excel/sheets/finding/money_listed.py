"""Sources that a table of money lists in words: within the cell of its total, or in cells below its columns.

2,536.00 其中：中央1,716.00；省级520.00 · 其中：一般公共预算：1,973.40（执行1,898.75）
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_excel.sheets.amounts import amount
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.lines import Lines, text_at
from perf_excel.sheets.finding.money_inside import Part, parts
from perf_excel.sheets.finding.money_lines import AMOUNTS, Line, item_of
from perf_excel.sheets.finding.money_words import MONEY_ITEM, NUMBERING, SOURCE
from perf_excel.sheets.grid import Place

_KEY = re.compile("按.{1,6}(?:分|划分|分类)")
"""What a list is divided by: 按收入性质分."""
_SPENT = re.compile("(?:全年|实际|已)?(?:执行|支出|使用)[数额]?")
_OF_PLAN = ("annual", "initial")


class _Source(NamedTuple):
    """A source that a cell lists: its amount, and what was spent of it where the cell says so."""

    part: Part
    spent: Part | None
    place: Place


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


def below(lines: Lines, first: int, end: int, total: Line | None) -> tuple[int, list[Line]]:
    """Return the last row of a list below a table's columns, and its lines; none where it does not add up.

    Args:
        lines: the sheet's.
        first: the row below the table.
        end: before which row the list ends.
        total: the table's line for all of the money, which tells what the listed amounts are.
    """
    columns: dict[int, list[_Source]] = {}
    last = first - 1
    for row in range(first, end):
        cells = [label for label in lines.labels(row) if lines.grid.area(row, label.left).top == row]
        sources = [source for label in cells for source in _sources(lines, (row, label.left))]
        keys = [label for label in cells if _KEY.fullmatch(label.text)]
        if not cells or len(sources) + len(keys) < len(cells):
            break
        for source in sources:
            columns.setdefault(source.place[1], []).append(source)
        last = row
    found = [line for listed in columns.values() for line in _lines(lines, listed, total)]
    return (last, found) if found else (first - 1, [])


def lists(text: str) -> bool:
    """Whether a text is a line of such a list: an amount with what it is of, or what a list is divided by."""
    return _KEY.fullmatch(labels.bare(text)) is not None or bool(parts(text))


def _sources(lines: Lines, place: Place) -> Iterator[_Source]:
    found = list(parts(text_at(lines.grid, *place)))
    named = [part for part in found if not _SPENT.fullmatch(part.name)]
    spent = [part for part in found if part not in named]
    if len(named) == 1 and _is_item(named[0].name):
        yield _Source(named[0], spent[0] if spent else None, place)


def _is_item(name: str) -> bool:
    item = NUMBERING.sub("", name)
    return bool(MONEY_ITEM.fullmatch(item) or SOURCE.fullmatch(item))


def _lines(lines: Lines, listed: Sequence[_Source], total: Line | None) -> Iterator[Line]:
    """The lines of one column of a list, whose amounts add up to one that the table has in all."""
    added = sum((_number(source.part.text) for source in listed), Decimal(0))
    field = next((one for one in (*_OF_PLAN, "executed") if added and _total(lines, total, one) == added), "")
    for source in listed if field else ():
        places, frames = {field: source.place}, {field: source.part.frame}
        if source.spent and field in _OF_PLAN:
            places["executed"], frames["executed"] = source.place, source.spent.frame
        yield Line(item_of(source.part.name), places, frames)


def _total(lines: Lines, total: Line | None, field: str) -> Decimal | None:
    place = total.places.get(field) if total else None
    return _number(text_at(lines.grid, *place)) if place else None


def _number(text: str) -> Decimal:
    found = amount(text)
    return found.number if found else Decimal(0)
