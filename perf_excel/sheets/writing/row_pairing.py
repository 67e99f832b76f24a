"""Which row of a sheet belongs to which row of the data (对应): by name and level, else a blank one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.forms.money_sources import pair_sources, says_nothing
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain, remembered
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import value_place
from perf_excel.sheets.finding.money_words import FUNDS_TOTAL
from perf_excel.sheets.grid import Place
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.reading.points_in_names import level_and_points


def funding_rows(reading: Reading, data: Form, homeless: list[str]) -> Iterator[tuple[int, Funding]]:
    """Pair rows of the budget block: the totals, then sources by what they are.

    A source that has no row is homeless, unless its amounts are all 0, or those of the total once more.
    """
    names = [row.item for row in reading.form.funding]
    totals = [number for number, row in enumerate(data.funding) if FUNDS_TOTAL.fullmatch(bare(row.item))]
    total = totals[0] if len(totals) == 1 else 0
    if not names:
        return
    paired = pair_sources([row.item if at != total else "" for at, row in enumerate(data.funding)], names[1:])
    for number, row in enumerate(data.funding):
        if number == total:
            yield 0, row
        elif number in paired:
            yield paired[number] + 1, row
        elif not (says_nothing(row) or _says_again(row, data.funding[total])):
            homeless.append(f"资金来源“{row.item}”")


def _says_again(row: Funding, total: Funding) -> bool:
    """Whether a line is another total with the same amounts: 年度资金总额 below 项目资金总额."""
    amounts = ((getattr(row, field), getattr(total, field)) for field in ("initial", "annual", "executed"))
    return bool(FUNDS_TOTAL.fullmatch(bare(row.item))) and all(one in (None, other) for one, other in amounts)


def homeless_tasks(reading: Reading, data: Form) -> list[int]:
    """Return the data's tasks that have no row, where the form has rows for tasks at all."""
    if reading.layout.tasks is None:
        return []
    return [
        index
        for index, task in enumerate(data.tasks)
        if task.name and Spot("task", index, "name") not in reading.places
    ]


Places = dict[str, Place]


class Pairs(NamedTuple):
    """The data's indicators, by their numbers."""

    found: list[tuple[int, Places]]
    """With the places of their fields."""
    homeless: list[int]
    """Those that have no row."""


def pair_indicators(reading: Reading, data: Form) -> Pairs:
    """Pair the data's indicators with rows of the sheet."""
    free = dict(reading.free)
    paired = _same_rows(reading.form, data)
    pairs = Pairs([], [])
    for number, row in enumerate(data.indicators):
        if number in paired:
            pairs.found.append((number, _places_of(reading, paired[number])))
            continue
        blank = next((one for one, levels in free.items() if belongs(row, levels)), None)
        if blank is None:
            pairs.homeless.append(number)
            continue
        del free[blank]
        pairs.found.append((number, _blank_places(reading, blank)))
    return pairs


def _same_rows(form: Form, data: Form) -> dict[int, int]:
    """Pair the data's indicators with the form's of the same name: those under the same levels first."""
    paired: dict[int, int] = {}
    free = dict(enumerate(form.indicators))
    for with_levels in (True, False):
        for number, wanted in enumerate(data.indicators):
            # A row without a name is only the same where its levels say so.
            if number in paired or not (with_levels or wanted.level3):
                continue
            for index, row in free.items():
                if plain(row.level3) == plain(wanted.level3) and (
                    not with_levels or belongs(wanted, (row.level1, row.level2))
                ):
                    paired[number] = index
                    del free[index]
                    break
    return paired


def belongs(row: Indicator, levels: tuple[str, str]) -> bool:
    """Tell whether an indicator belongs to these levels of the sheet; it need not give a second one."""
    level1, level2 = map(_level, levels)
    return _level(row.level1) == level1 and (not level2 or _level(row.level2) == level2)


@remembered
def _level(text: str) -> str:
    """A level for comparing: its points (产出指标（40分）) are no part of its name."""
    return plain(level_and_points(text)[0])


def _places_of(reading: Reading, index: int) -> Places:
    return {
        spot.field: place
        for spot, place in reading.places.items()
        if spot.part == "indicator" and spot.row == index
    }


def _blank_places(reading: Reading, row: int) -> Places:
    columns = reading.layout.indicators.columns
    places = {field: value_place(reading.grid, row, span) for field, span in columns.items()}
    # Cells merged down from a row above are that row's.
    own = {field: place for field, place in places.items() if place[0] == row}
    if "level3" not in own and "level3" not in columns and "level2" in own:
        own["level3"] = own["level2"]
    return own
