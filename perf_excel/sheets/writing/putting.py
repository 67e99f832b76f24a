"""Values put into cells: as a cell shows them, beside formulas, and only where they change something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from perf_excel.forms.measure import Measure, parse
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import is_blank
from perf_excel.sheets.amounts import is_worded, with_amount, with_number
from perf_excel.sheets.cell_values import name_of
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.finding.money_lines import AMOUNTS
from perf_excel.sheets.finding.tickboxes import tick
from perf_excel.sheets.grid import EMPTY, Cell, Edit, Grid, Place, Value
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.shown_text import is_percent, printed, scale_of

HUNDRED = Decimal(100)


def put_data(
    values: dict[Place, Value], grid: Grid, place: Place | None, value: Measure | Decimal | str | None
) -> None:
    """Put a value where it belongs, unless a formula gives it."""
    if place is None or value is None:
        return
    cell = grid.own(place)
    if cell.formula is None:
        values[place] = as_shown(cell, value)


def put_money(
    values: dict[Place, Value],
    reading: Reading,
    spot: Spot,
    value: Measure | Decimal | str | None,
) -> None:
    """Put a value into the budget block, an amount in 万元; what its cell says beside it stays.

    年初预算数：25万元, 854万（修路400万，…） and 8.62分 keep their labels, units and words.
    """
    place = reading.places.get(spot)
    if place is None or value is None:
        return
    cell = reading.grid.own(place)
    own = reading.own_text(spot) if isinstance(cell.value, str) and cell.formula is None else ""
    if isinstance(value, Decimal):
        is_amount = spot.field in AMOUNTS
        if spot in reading.frames or is_worded(own):
            value = with_amount(own, value, reading.per_wan) if is_amount else with_number(own, value)
        elif is_amount:
            value *= reading.per_wan
    if spot in reading.frames and cell.formula is None:
        put(values, reading, spot, value.text if isinstance(value, Measure) else value)
    else:
        put_data(values, reading.grid, place, value)


def put(values: dict[Place, Value], reading: Reading, spot: Spot, value: Value) -> None:
    """Put a value in a spot's place, if it has one, with what else its cell holds."""
    if value is not None and spot in reading.places:
        place = reading.places[spot]
        if isinstance(value, Decimal) and spot in reading.frames:
            value = with_number(reading.own_text(spot), value)
        if isinstance(value, str) and spot in reading.frames:
            current = values.get(place)
            value = reading.framed(spot, value, current if isinstance(current, str) else None)
        values[place] = value


def changes(reading: Reading, values: Mapping[Place, Value]) -> Iterator[Edit]:
    """Yield the edits that really change a cell."""
    for (row, column), value in sorted(values.items()):
        if not _says_so(reading.grid.cells.get((row, column), EMPTY), value):
            yield Edit(row, column, value)


def _says_so(cell: Cell, value: Value) -> bool:
    """Whether a cell has a value already; its own indent and its breaks of a line are left as they are."""
    if cell.value == value:
        return True
    if not isinstance(cell.value, str) or not isinstance(value, str):
        return False
    if cell.formula is not None or is_blank(value):
        return False
    text = value.strip()
    return text in (cell.value.strip(), name_of(cell))


def is_formula(reading: Reading, spot: Spot) -> bool:
    """Tell whether a formula gives the value of a spot."""
    place = reading.places.get(spot)
    return place is not None and reading.grid.cells.get(place, EMPTY).formula is not None


def grade_as_shown(reading: Reading, grade: str, row: int = 0) -> str | None:
    """A grade as its cell has it: ticked among those that stand there, else by its name; None for none.

    Args:
        reading: the form.
        grade: its name.
        row: 0 for that of the total row, 1 for that which stands above the table as well.
    """
    place = reading.places.get(Spot("total", row, "grade"))
    return (tick(text_at(reading.grid, *place), grade) if place else grade) if grade else None


def as_shown(cell: Cell, value: Measure | Decimal | str) -> Value:
    """A value as its cell shows numbers: a fraction where the cell shows percentages, else as printed."""
    if isinstance(value, Decimal):
        return value / (HUNDRED if cell.value is None and is_percent(cell.format) else scale_of(cell))
    if not isinstance(value, Measure):
        return value
    if (
        not isinstance(cell.value, Decimal)
        and is_percent(cell.format)
        and value.unit == "%"
        and not value.sign
    ):
        fraction = (value.number or Decimal(0)) / HUNDRED
        # A format with fewer decimals would show another number.
        same = parse(printed(cell._replace(value=fraction))).number == value.number
        return fraction if same else value.text
    own = "%" if is_percent(cell.format) else ""
    counted = isinstance(cell.value, Decimal) and value.unit == own and not value.sign
    return value.number / scale_of(cell) if counted and value.number is not None else value.text
