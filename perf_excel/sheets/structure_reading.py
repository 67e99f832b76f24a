"""What of a form is its sender's, read (Reading → Structure): what a unit must leave as it is."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.placeholder import is_placeholder
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.sheets.cell_values import number_of
from perf_excel.sheets.grid import EMPTY, Cell, Place, address
from perf_excel.sheets.reading.around_indicators import read_year
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.reading.meanings import head_labels
from perf_excel.sheets.shown_text import printed
from perf_excel.sheets.structure import KEPT, Column, Held, Row, Structure

_NUMBERS = frozenset({"weight", "initial", "annual"})
_TYPED = frozenset(
    {"actual", "reason", "achieved", "judged", "progress", "likelihood", "remark", "hint", "prompt"}
)
"""What the unit types, also over a formula that suggests it; and what the program says itself."""
_DIGITS = re.compile(r"\d+|[〇○]+")
_LONGEST = 200
"""Of a longer text only its beginning is kept, and a digest of the whole."""
_REFERENCE = re.compile(r"(?<![A-Za-z0-9_.])\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![A-Za-z0-9_(])|[!:\[]")


def structure(reading: Reading, *, formulas: bool = True, fixed: bool = False) -> Structure:
    """Return the structure of a form as it stands; :meth:`Structure.sent` is what is held of it.

    Args:
        reading: the form.
        formulas: whether its file says which cells are formulas.
        fixed: whether rows may neither come nor go.
    """
    rows: list[Row] = []
    spots: dict[Spot, tuple[int, str]] = {}
    grouped: dict[tuple[str, int], list[Spot]] = {}
    for spot in reading.places:
        if spot.part in KEPT and spot.field not in _TYPED:
            grouped.setdefault((spot.part, spot.row), []).append(spot)
    for (part, number), of_row in grouped.items():
        spots |= {spot: (len(rows), spot.field) for spot in of_row}
        cells = {spot.field: _held(reading, spot) for spot in of_row}
        rows.append(Row(part, _names(reading, part, number), cells, _at(reading, reading.places[of_row[0]])))
    spots[Spot("head", 0, "year")] = (len(rows), "year")
    rows.append(_year_row(reading))
    return Structure(
        title=_title(reading),
        columns=tuple(_columns(reading)),
        rows=tuple(rows),
        free=Counter((plain(one), plain(two)) for one, two in reading.free.values()),
        formulas=formulas,
        fixed=fixed,
        spots=spots,
    )


def comparable_text(field: str, cell: Cell, text: str) -> str:
    """Return a cell's text for comparing: a number as it counts, anything else as :func:`plain` has it."""
    if field in _NUMBERS and (number := number_of(cell)) is not None:
        return as_text(number)
    said = plain(text)
    if is_placeholder(said):
        return ""
    if len(said) > _LONGEST:
        return f"{said[:_LONGEST]}…{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    return said


def as_text(number: Decimal) -> str:
    """Return a number as it is written here: 10.0 is 10."""
    return f"{number.normalize():f}" if number else "0"


def _held(reading: Reading, spot: Spot) -> Held:
    place = reading.places[spot]
    cell = reading.grid.cells.get(place, EMPTY)
    at = _at(reading, place)
    if cell.formula is not None:
        return Held("", 1 if refers(cell.formula) else 2, at)
    if spot.part == "funding" and spot.field in ("initial", "annual"):
        amount = getattr(reading.form.funding[spot.row], spot.field)
        if amount is not None:
            return Held(as_text(amount), 0, at)
    if spot == Spot("head", 0, "year"):
        return Held("", 0, at)  # the form's year has a row of its own
    own = reading.own_text(spot) if spot in reading.frames else printed(cell)
    return Held(comparable_text(spot.field, cell, own), 0, at)


def refers(formula: str) -> bool:
    """Whether a formula refers to cells: =10 is a value in a formula's clothes."""
    return _REFERENCE.search(formula) is not None


def _names(reading: Reading, part: str, number: int) -> tuple[str, ...]:
    form = reading.form
    if part == "indicator":
        row = form.indicators[number]
        return (f"{row.term}{row.level1}", row.level2, row.level3)
    if part == "funding":
        return (form.funding[number].item,)
    if part == "detail":
        return (form.details[number].label,)
    if part in ("task", "goal"):
        return (str(number + 1),)
    return ()


def _year_row(reading: Reading) -> Row:
    """The form's year, wherever it stands: in the title, beside it, or in a line of the head."""
    year = read_year(reading.grid, reading.layout)
    place = reading.places.get(Spot("head", 0, "year"), (max(reading.layout.title_row, 1), 1))
    at = _at(reading, place)
    return Row("head", ("year",), {"year": Held(str(year) if year else "", 0, at)}, at)


def _title(reading: Reading) -> str:
    """The title without its year and the unit's name, which may be part of it."""
    unit = plain(reading.form.unit)
    title = plain(reading.layout.title)
    return _DIGITS.sub("", title.replace(unit, "") if unit else title)


def _columns(reading: Reading) -> Iterator[Column]:
    block = reading.layout.indicators
    roles = {left: role for role, (left, _) in block.columns.items()}
    for left, text in head_labels(reading):
        role = roles.pop(left, "")
        yield Column(role, plain(text), _at(reading, (block.header, left)))


def _at(reading: Reading, place: Place) -> str:
    sheet, row, column = reading.locate(place)
    return f"{sheet}!{address(row, column)}"
