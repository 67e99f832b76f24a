"""What is to be written on a sheet, as cell edits: data to be filled in, and results of scoring.

A cell with a formula keeps it (an edit only refreshes its cached result), and an edit that would change
nothing is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.measure import Measure, plain
from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.forms.spot import Part, Spot
from perf_excel.sheets.grid import EMPTY, Cell, Edit, Grid, Place, Value
from perf_excel.sheets.printing import is_percent
from perf_excel.sheets.reading import Reading

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Filling:
    """The edits that fill a form, and in names what the sheet has no row for (homeless)."""

    edits: tuple[Edit, ...]
    homeless: tuple[str, ...]
    skipped: tuple[str, ...] = ()
    """What the form has no block for at all."""
    kept: tuple[str, ...] = ()
    """Indicators on the sheet of which the data says nothing."""


@dataclass(frozen=True, slots=True)
class Result:
    """Results of a row as they are to stand: points, and deviation in percent (None: nothing to write)."""

    points: Decimal | None
    deviation: Decimal | None = None
    rate: Decimal | None = None
    """Rate of execution as a fraction; only formulas' cached results take it."""
    hint: str = ""


class Sums(NamedTuple):
    """The total row as it is to stand; the sum of the weights only refreshes a formula."""

    weight: Decimal | None
    points: Decimal | None
    grade: str
    complete: bool = True
    """Whether every row has points; else a typed total stays, since it may count what has none here."""


def fill_edits(reading: Reading, data: Form, judged: Collection[int] = ()) -> Filling:
    """Return the edits that write a form's data into the rows of a sheet that belong to them.

    Indicators go to the row of the same name and levels, else of the same name, else to a blank row of the
    same level. Numbers keep the cell's way of showing them; everything else is written as printed. Scores
    and deviations are written where no formula gives them.

    Args:
        reading: the form on the sheet.
        data: what to fill in.
        judged: which of the data's indicators have points that are the clerk's own: those go to 人工评分.
    """
    values: dict[Place, Value] = {}
    rows, homeless = _indicator_rows(reading, data)
    homeless += _fill_words(values, reading, data)
    for index, funding in _funding_rows(reading, data, homeless):
        for field, value in _amounts(funding, reading.per_wan):
            _put_data(values, reading.grid, reading.places.get(Spot("funding", index, field)), value)
    for number, places, indicator in rows:
        for field, value in _fields(indicator, judged=number in judged):
            _put_data(values, reading.grid, places.get(field), value)
    for field, value in (("score", data.total), ("grade", data.grade or None)):
        _put_data(values, reading.grid, reading.places.get(Spot("total", 0, field)), value)
    filled = {places.get("level3") for _, places, _ in rows}
    kept = tuple(
        row.name
        for index, row in enumerate(reading.form.indicators)
        if reading.places.get(Spot("indicator", index, "level3")) not in filled
    )
    return Filling(tuple(_edits(reading, values)), tuple(homeless), tuple(_skipped(reading, data)), kept)


def _put_data(
    values: dict[Place, Value], grid: Grid, place: Place | None, value: Measure | Decimal | str | None
) -> None:
    """Put a value where it belongs, unless a formula gives it."""
    if place is None or value is None:
        return
    cell = grid.cells.get(place, EMPTY)
    if cell.formula is None:
        values[place] = _as_shown(cell, value)


def _fill_words(values: dict[Place, Value], reading: Reading, data: Form) -> list[str]:
    """Put the unit, the goal and the tasks in their places; return the tasks that have none."""
    _put(values, reading, Spot("head", 0, "unit"), data.unit or None)
    for name, text in (("expected", data.goal.expected), ("achieved", data.goal.achieved)):
        spots = [spot for spot in reading.places if spot.part == "goal" and spot.field == name]
        for spot, line in zip(spots, _spread(text, len(spots)), strict=False):
            _put(values, reading, spot, line or None)
    for index, task in enumerate(data.tasks):
        for field, text in (("name", task.name), ("content", task.content), ("achieved", task.achieved)):
            _put(values, reading, Spot("task", index, field), text or None)
    if reading.layout.tasks is None:
        return []
    return [
        f"任务“{task.name}”"
        for index, task in enumerate(data.tasks)
        if task.name and Spot("task", index, "name") not in reading.places
    ]


def _spread(text: str, places: int) -> list[str]:
    """Return a text in as many parts as there are places: a line each, and in the last all that is left."""
    lines = text.split("\n")
    return [*lines[: places - 1], "\n".join(lines[max(places - 1, 0) :])]


def _skipped(reading: Reading, data: Form) -> Iterator[str]:
    """Name what the data says and the form has no place for."""
    layout, form = reading.layout, reading.form
    if data.unit and Spot("head", 0, "unit") not in reading.places and form.unit != data.unit:
        yield f"单位“{data.unit}”"
    if data.year and form.year != data.year:
        yield f"年度“{data.year}”"
    if layout.goal is None and (data.goal.expected or data.goal.achieved):
        yield "年度目标"
    if layout.tasks is None and data.tasks:
        yield f"年度主要任务 {len(data.tasks)} 项"
    if layout.budget is None and data.funding:
        yield "资金情况"


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
            # A formula that gives no points shows nothing; left without a result it would look uncalculated.
            empty = "" if _formula(reading, Spot(part, row, "score")) else None
            _put(values, reading, Spot(part, row, "score"), empty if points is None else points)
            _put(values, reading, Spot(part, row, "deviation"), _deviation(reading, row, result.deviation))
            if _formula(reading, Spot(part, row, "rate")):
                _put(values, reading, Spot(part, row, "rate"), result.rate)
            if Spot(part, row, "hint") in reading.places:
                values[reading.places[Spot(part, row, "hint")]] = result.hint or None
    if _formula(reading, Spot("total", 0, "weight")):
        _put(values, reading, Spot("total", 0, "weight"), sums.weight)
    if sums.complete or _formula(reading, Spot("total", 0, "score")):
        _put(values, reading, Spot("total", 0, "score"), sums.points)
        _put(values, reading, Spot("total", 0, "grade"), sums.grade or None)
    return tuple(_edits(reading, values))


def _put(values: dict[Place, Value], reading: Reading, spot: Spot, value: Value) -> None:
    if value is not None and spot in reading.places:
        place = reading.places[spot]
        if isinstance(value, str) and spot in reading.frames:
            current = values.get(place)
            value = reading.framed(spot, value, current if isinstance(current, str) else None)
        values[place] = value


def _edits(reading: Reading, values: Mapping[Place, Value]) -> Iterator[Edit]:
    for (row, column), value in sorted(values.items()):
        if reading.grid.cells.get((row, column), EMPTY).value != value:
            yield Edit(row, column, value)


def _formula(reading: Reading, spot: Spot) -> bool:
    place = reading.places.get(spot)
    return place is not None and reading.grid.cells.get(place, EMPTY).formula is not None


def _deviation(reading: Reading, row: int, deviation: Decimal | None) -> Value:
    """A deviation as its cell shows it: a fraction under a percent format or a formula, else as text."""
    spot = Spot("indicator", row, "deviation")
    if deviation is None or spot not in reading.places:
        return None
    cell = reading.grid.cells.get(reading.places[spot], EMPTY)
    if cell.formula is not None or is_percent(cell.format):
        return deviation / _HUNDRED
    return f"{deviation}%"


def _as_shown(cell: Cell, value: Measure | Decimal | str) -> Value:
    """A value as its cell shows numbers: a fraction where the cell holds a percentage, else as printed."""
    if isinstance(value, Decimal):
        return value / _HUNDRED if isinstance(cell.value, Decimal) and is_percent(cell.format) else value
    if not isinstance(value, Measure):
        return value
    if isinstance(cell.value, Decimal) and value.number is not None and not value.sign:
        if is_percent(cell.format) and value.unit == "%":
            return value.number / _HUNDRED
        if not is_percent(cell.format) and not value.unit:
            return value.number
    return value.text


def _amounts(row: Funding, per_wan: Decimal) -> Iterator[tuple[str, Measure | Decimal | None]]:
    """The values of a row of the budget block, money in the sheet's own unit."""
    for field, amount in (("initial", row.initial), ("annual", row.annual), ("executed", row.executed)):
        yield field, None if amount is None else amount * per_wan
    yield "weight", row.weight
    yield "rate", row.rate if row.rate.text else None
    yield "score", row.score


def _fields(row: Indicator, *, judged: bool) -> tuple[tuple[str, Measure | Decimal | str | None], ...]:
    return (
        ("level3", row.level3 or None),
        ("target", row.target if row.target.text else None),
        ("actual", row.actual if row.actual.text else None),
        ("weight", row.weight),
        ("score", row.score),
        ("judged", row.score if judged else None),
        ("deviation", row.deviation if row.deviation.text else None),
        ("reason", row.reason or None),
    )


def _funding_rows(reading: Reading, data: Form, homeless: list[str]) -> Iterator[tuple[int, Funding]]:
    """Pair rows of the budget block: the totals, then sources by name, else in their order."""
    names = [plain(row.item) for row in reading.form.funding]
    free = list(range(1, len(names)))
    for number, row in enumerate(data.funding):
        if number == 0 and names:
            yield 0, row
            continue
        if not names:
            continue
        wanted = plain(row.item)
        index = next((one for one in free if wanted in names[one] or names[one] in wanted), None)
        if index is None:
            homeless.append(f"资金来源“{row.item}”")
            continue
        free.remove(index)
        yield index, row


Places = dict[str, Place]


def _indicator_rows(reading: Reading, data: Form) -> tuple[list[tuple[int, Places, Indicator]], list[str]]:
    """Pair the data's indicators, numbered, with rows of the sheet; name those that have none."""
    free = dict(reading.free)
    paired = _same_rows(reading.form, data)
    pairs: list[tuple[int, Places, Indicator]] = []
    homeless: list[str] = []
    for number, row in enumerate(data.indicators):
        if number in paired:
            pairs.append((number, _places_of(reading, paired[number]), row))
            continue
        blank = next((one for one, levels in free.items() if _belongs(row, levels)), None)
        if blank is None:
            homeless.append(f"指标“{row.name}”（{row.level1}／{row.level2}）")
            continue
        del free[blank]
        pairs.append((number, _blank_places(reading, blank), row))
    return pairs, homeless


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
                    not with_levels or _belongs(wanted, (row.level1, row.level2))
                ):
                    paired[number] = index
                    del free[index]
                    break
    return paired


def _belongs(row: Indicator, levels: tuple[str, str]) -> bool:
    level1, level2 = (plain(level) for level in levels)
    return plain(row.level1) == level1 and (not level2 or plain(row.level2) == level2)


def _places_of(reading: Reading, index: int) -> Places:
    return {
        spot.field: place
        for spot, place in reading.places.items()
        if spot.part == "indicator" and spot.row == index
    }


def _blank_places(reading: Reading, row: int) -> Places:
    columns = reading.layout.indicators.columns
    return {field: (row, span[0]) for field, span in columns.items()}
