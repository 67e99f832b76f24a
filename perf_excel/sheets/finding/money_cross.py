"""Money in any other shape (资金情况): what an amount is, the labels before it and above it say together.

One of them names the field (年度预算, 决算数), another the source (财政拨款, 合计), in whichever order.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile
from typing import NamedTuple

from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.around_words import TASK_NAME
from perf_excel.sheets.finding.closing_words import TOTAL
from perf_excel.sheets.finding.labels import Roles, role_of
from perf_excel.sheets.finding.lines import Lines, text_at
from perf_excel.sheets.finding.money_lines import AMOUNTS, Budget, Line, is_amount, is_nothing, item_of
from perf_excel.sheets.finding.money_words import FUNDS_TOTAL, NUMBERING, SOURCE, USES
from perf_excel.sheets.grid import Label, Place

_OF_ALL = frozenset({"rate", "weight", "score"})
_HIGHEST = 4
"""So many rows above an amount its labels may stand."""
_FEWEST = 2
_LONGEST_LABEL = 30


class _Told(NamedTuple):
    """An amount, what it is, and the places of the labels that say so."""

    place: Place
    field: str
    item: str
    labels: tuple[Place, ...]


def find_cross(lines: Lines, top: int, end: int, roles: Roles) -> Budget | None:
    """Return the money in the rows from ``top`` to before ``end``, whose labels stand before and above it."""
    found: list[_Told] = []
    for row in range(top, end):
        if any(TASK_NAME.fullmatch(label.text) for label in lines.labels(row)):
            break  # tasks with what each of them costs
        told = list(_told(lines, row, top, roles))
        if not told and found and row > found[-1].place[0] + 1:
            break
        found += told
    found = list(
        dropwhile(lambda one: one.field not in AMOUNTS, found)
    )  # points stand behind the first amounts
    fields = {one.field for one in found} & {*AMOUNTS}
    amounts = [one for one in found if one.field in AMOUNTS]
    if len(amounts) < _FEWEST or (len(fields) < _FEWEST and not any(one.item for one in found)):
        return None
    items: dict[str, dict[str, Place]] = {}
    total = next((one.item for one in amounts if FUNDS_TOTAL.fullmatch(one.item)), amounts[0].item)
    for one in found:
        # Rate and points are those of all the money.
        items.setdefault(total if one.field in _OF_ALL else one.item, {}).setdefault(one.field, one.place)
    named = [place for one in found for place in one.labels]
    top = min(place[0] for place in (*named, *(one.place for one in found)))
    bottom = max(one.place[0] for one in found)
    built = tuple(Line(item_of(item), places) for item, places in items.items())
    return Budget(top, bottom, built, frozenset(named))


def _told(lines: Lines, row: int, top: int, roles: Roles) -> Iterator[_Told]:
    """The amounts of a row with what they are; those that no field is named for are none."""
    for index, label in enumerate(lines.labels(row)):
        place = (row, label.left)
        if lines.grid.anchor(*place) != place or not is_amount(label.text) or is_nothing(label.text):
            continue
        field, item, used = "", "", list[Place]()
        for at, text in (*_before(lines, row, index), *_above(lines, row, label, top)):
            role = None if TOTAL.fullmatch(text) else role_of(text, roles)
            if not field and (role in AMOUNTS or role in _OF_ALL):
                field = role or ""
            elif not item and not role and _is_item(text):
                item = text
            else:
                continue
            used.append(at)
        if field:
            yield _Told(place, field, item, tuple(used))


def _before(lines: Lines, row: int, index: int) -> Iterator[tuple[Place, str]]:
    for label in reversed(lines.labels(row)[:index]):
        if not is_amount(label.text) and len(label.text) <= _LONGEST_LABEL:
            yield lines.grid.anchor(row, label.left), label.text


def _above(lines: Lines, row: int, label: Label, top: int) -> Iterator[tuple[Place, str]]:
    last: Place | None = None
    for above in range(row - 1, max(top, row - _HIGHEST) - 1, -1):
        place = lines.grid.anchor(above, label.left)
        text = labels.bare(text_at(lines.grid, *place))
        if text and place != last and len(text) <= _LONGEST_LABEL and not is_amount(text):
            yield place, text
        last = place


def _is_item(text: str) -> bool:
    item = NUMBERING.sub("", text)
    known = (SOURCE, FUNDS_TOTAL, USES)
    return any(one.fullmatch(item) for one in known) or item in ("小计", "合计")
