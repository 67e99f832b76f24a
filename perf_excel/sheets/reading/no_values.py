"""What stands where a value belongs and is none (NaN, words, a template's name), or none for formulas."""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.forms.placeholder import is_no_value, is_placeholder
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import is_blank
from perf_excel.sheets.amounts import is_unit_alone
from perf_excel.sheets.cell_values import number_of
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.finding.money_lines import AMOUNTS, is_amount
from perf_excel.sheets.grid import EMPTY
from perf_excel.sheets.reading.record import Notes
from perf_excel.sheets.shown_text import printed

_SUMMANDS = frozenset({"initial", "annual", "executed", "weight"})


def no_amounts(notes: Notes) -> Iterator[tuple[Spot, str]]:
    """What stands in the place of an amount of money and is none, nor a mark for none (—, 无)."""
    for spot in notes.places:
        if spot.part == "funding" and spot.field in AMOUNTS:
            text = printed(notes.own(spot)).strip()
            nothing = is_blank(text) or is_placeholder(text) or is_unit_alone(text)
            if not nothing and not is_amount(text):
                yield spot, text


def no_values(notes: Notes) -> Iterator[tuple[Spot, str]]:
    """What another program wrote where it had no value: NaN; of amounts, their own note says so."""
    for spot, place in notes.places.items():
        if spot.part == "funding" and spot.field in AMOUNTS:
            continue
        value = notes.grid.cells.get(place, EMPTY).value
        if isinstance(value, str) and is_no_value(value):
            yield spot, value.strip()


def leftovers(notes: Notes, layout: FormLayout) -> Iterator[tuple[Spot, str]]:
    """What a template left as names of rows that hold no indicator; noted, so that it counts as read."""
    left, _ = layout.indicators.columns.get("level3", (0, 0))
    for row in sorted(notes.free):
        text = text_at(notes.grid, row, left).strip() if left else ""
        if text:
            spot = Spot("free", row, "level3")
            notes.places[spot] = (row, left)
            yield spot, text


def text_numbers(notes: Notes) -> Iterator[Spot]:
    """Numbers typed as text (1,812.92万元) in a form that calculates: its formulas do not see them."""
    cells, places = notes.grid.cells, notes.places
    if any(cells.get(place, EMPTY).formula for spot, place in places.items() if spot.field == "score"):
        for spot, place in places.items():
            cell = cells.get(place, EMPTY) if spot.field in _SUMMANDS else EMPTY
            if isinstance(cell.value, str) and cell.formula is None and number_of(cell) is not None:
                yield spot
