"""Results of scoring as cell edits (写入得分): what is typed is replaced, a formula only refreshed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from perf_excel.forms.spot import Part, Spot
from perf_excel.forms.text import plain
from perf_excel.sheets.grid import EMPTY, Edit, Place, Value
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.shown_text import is_percent
from perf_excel.sheets.writing.putting import HUNDRED, changes, grade_as_shown, is_formula, put

_TWO, _FOUR = Decimal("0.01"), Decimal("0.0001")
_FINEST = -15
"""Decimals beyond which no cell shows a difference."""


@dataclass(frozen=True, slots=True)
class Result:
    """Results of a row as they are to stand: points, and deviation in percent (None: nothing to write)."""

    points: Decimal | None
    deviation: Decimal | None = None
    rate: Decimal | None = None
    """Rate of execution as a fraction; only formulas' cached results take it."""
    hint: str = ""
    reached: str = ""
    """The name of the level that was reached; only a formula's cached result takes it."""


class Sums(NamedTuple):
    """The total row as it is to stand; the sum of the weights only refreshes a formula."""

    weight: Decimal | None
    points: Decimal | None
    grade: str
    complete: bool = True
    """Whether every row has points; else a typed total stays, since it may count what has none here."""


def result_edits(
    reading: Reading,
    funding: Mapping[int, Result],
    indicators: Mapping[int, Result],
    sums: Sums,
) -> tuple[Edit, ...]:
    """Return the edits that write results: points, deviations, hints, total and grade.

    Args:
        reading: the form as it was read.
        funding: results by row of the budget block.
        indicators: results by indicator.
        sums: the total row; what is None or empty is left as it is.
    """
    values: dict[Place, Value] = {}
    parts: tuple[tuple[Part, Mapping[int, Result]], ...] = (("funding", funding), ("indicator", indicators))
    for part, results in parts:
        for row, result in results.items():
            points = result.points
            # Points that no longer follow from anything are taken away, also those of a formula.
            empty = "" if is_formula(reading, Spot(part, row, "score")) else None
            put(values, reading, Spot(part, row, "score"), empty if points is None else points)
            _put_result(
                values, reading, Spot(part, row, "deviation"), _deviation(reading, row, result.deviation)
            )
            if part == "indicator":
                _put_shares(values, reading, row, points)
            if is_formula(reading, Spot(part, row, "reached")):
                put(values, reading, Spot(part, row, "reached"), result.reached)
            if is_formula(reading, Spot(part, row, "rate")):
                _put_result(values, reading, Spot(part, row, "rate"), result.rate)
            if Spot(part, row, "hint") in reading.places:
                values[reading.places[Spot(part, row, "hint")]] = result.hint or None
    if is_formula(reading, Spot("total", 0, "weight")):
        put(values, reading, Spot("total", 0, "weight"), sums.weight)
    if is_formula(reading, Spot("total", 0, "share")) and sums.weight and sums.points is not None:
        put(values, reading, Spot("total", 0, "share"), sums.points / sums.weight)
    if sums.complete or is_formula(reading, Spot("total", 0, "score")):
        _put_sums(values, reading, sums)
    return tuple(changes(reading, values))


def _put_sums(values: dict[Place, Value], reading: Reading, sums: Sums) -> None:
    """Put the total and the grade in; a form may say them a second time, above its table."""
    for row in (0, 1):
        _put_result(values, reading, Spot("total", row, "score"), sums.points)
        _put_result(values, reading, Spot("total", row, "grade"), grade_as_shown(reading, sums.grade, row))


def _put_result(values: dict[Place, Value], reading: Reading, spot: Spot, value: Value) -> None:
    """Put a result; a formula not calculated yet that gives none shows nothing: it has been looked at."""
    place = reading.places.get(spot)
    cell = reading.grid.cells.get(place, EMPTY) if place else EMPTY
    uncalculated = cell.formula is not None and cell.value is None
    put(values, reading, spot, "" if value is None and uncalculated else value)


def _put_shares(values: dict[Place, Value], reading: Reading, row: int, points: Decimal | None) -> None:
    """Put in what else says how good a row is (得分率, 单项得分), where something stands already.

    Left as it is, it would contradict the points.
    """
    weight = reading.form.indicators[row].weight
    if points is None or not weight:
        return
    share = points / weight
    spots = Spot("indicator", row, "share"), Spot("indicator", row, "raw")
    for spot, value in zip(spots, (_share_as_shown(reading, spots[0], share), share * HUNDRED), strict=True):
        cell = reading.grid.cells.get(reading.places.get(spot, (0, 0)), EMPTY)
        if cell.value is None and cell.formula is None:
            continue
        if not isinstance(value, Decimal):
            put(values, reading, spot, value)
        elif not isinstance(cell.value, Decimal) or not _same_when_printed(cell.value, value):
            put(values, reading, spot, value.quantize(_FOUR, ROUND_HALF_UP).normalize() + 0)


def _share_as_shown(reading: Reading, spot: Spot, share: Decimal) -> Value:
    """A share as its cell has it: a fraction, a number of percent, or a text with its sign."""
    cell = reading.grid.cells.get(reading.places.get(spot, (0, 0)), EMPTY)
    if isinstance(cell.value, str) and cell.formula is None and "%" in plain(cell.value):
        return f"{(share * HUNDRED).quantize(_TWO, ROUND_HALF_UP).normalize() + 0:f}%"
    hundredfold = isinstance(cell.value, Decimal) and cell.value > 1 and not is_percent(cell.format)
    return share * HUNDRED if hundredfold else share


def _same_when_printed(one: Decimal, other: Decimal) -> bool:
    """Tell whether a number is another one, rounded to its own decimals, which are two at least."""
    exponent = one.as_tuple().exponent
    step = Decimal(1).scaleb(max(min(exponent, -2), _FINEST)) if isinstance(exponent, int) else _TWO
    return other.quantize(step, ROUND_HALF_UP) == one


def _deviation(reading: Reading, row: int, deviation: Decimal | None) -> Value:
    """A deviation as its cell shows it: a fraction under a percent format or a formula, else as text."""
    spot = Spot("indicator", row, "deviation")
    if deviation is None or spot not in reading.places:
        return None
    cell = reading.grid.own(reading.places[spot])
    if cell.formula is not None or is_percent(cell.format):
        return deviation / HUNDRED
    return f"{deviation}%"
