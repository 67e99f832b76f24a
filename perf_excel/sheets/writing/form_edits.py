"""What is to be written on a sheet when data is filled in (填报), as cell edits.

A cell with a formula keeps it (an edit only refreshes its cached result), and an edit that would change
nothing is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from perf_excel.forms.likelihood import TICK, likelihoods
from perf_excel.forms.measure import NOTHING, Measure, joined, parse, split
from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.forms.repeats import numbered
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.sheets.amounts import with_number
from perf_excel.sheets.cell_values import measure_of
from perf_excel.sheets.finding.money_lines import AMOUNTS
from perf_excel.sheets.grid import EMPTY, Edit, Place, TypedOver, Value, is_picture
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.reading.monitored import LIKELY, cause_labels
from perf_excel.sheets.shown_text import printed
from perf_excel.sheets.writing.near_indicators import near_names
from perf_excel.sheets.writing.points_of_levels import other_points
from perf_excel.sheets.writing.putting import changes, grade_as_shown, put, put_data, put_money
from perf_excel.sheets.writing.row_pairing import Places, funding_rows, homeless_tasks, pair_indicators
from perf_excel.sheets.writing.skipping import INDICATOR, head_of, head_spot, skipped

_CUT = ("sign", "target", "unit")


@dataclass(frozen=True, slots=True)
class Filling:
    """The edits that fill a form, and in names what the sheet has no row for (homeless)."""

    edits: tuple[Edit, ...]
    homeless: tuple[str, ...]
    skipped: tuple[str, ...] = ()
    """What the data says and the form has no place for."""
    kept: tuple[str, ...] = ()
    """Indicators on the sheet of which the data says nothing."""
    near: tuple[str, ...] = ()
    """What of these an indicator without a row may mean, in words."""


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
    pictured: list[str] = []
    pairs = pair_indicators(reading, data)
    homeless = [_named(data.indicators[number]) for number in pairs.homeless]
    homeless += _fill_words(values, reading, data)
    for index, funding in funding_rows(reading, data, homeless):
        for field, value in _amounts(funding):
            put_money(values, reading, Spot("funding", index, field), value)
    framed = {reading.places[spot]: spot for spot in reading.frames if spot.field == "level3"}
    for number, places in pairs.found:
        for field, said in _fields(reading, places, data.indicators[number], judged=number in judged):
            place = places.get(field)
            spot, value = framed.get(place) if place else None, said
            if field == "level3" and place and isinstance(said, str):
                value = _name(reading, place, spot, said, data.indicators[number].weight)
            if field == "actual" and place and value is not None and _is_derived(reading, place):
                values[place] = TypedOver(getattr(value, "text", value))
            else:
                put_data(values, reading.grid, place, value)
            if place and value is not None and is_picture(reading.grid.cells.get(place, EMPTY).formula):
                pictured.append(
                    f"“{data.indicators[number].name}”的{INDICATOR.get(field, '内容')}（那一格是图片）"
                )
    for row in (0, 1):  # a form may say them a second time, above its table
        for field, value in (("score", data.total), ("grade", grade_as_shown(reading, data.grade, row))):
            put_data(values, reading.grid, reading.places.get(Spot("total", row, field)), value)
    filled = {places.get("level3") for _, places in pairs.found}
    kept = tuple(
        row.name
        for index, row in enumerate(reading.form.indicators)
        if reading.places.get(Spot("indicator", index, "level3")) not in filled
    )
    lost = (*skipped(reading, data), *other_points(reading, data, pairs.found), *pictured)
    near = tuple(near_names(reading, data, pairs))
    return Filling(tuple(changes(reading, values)), tuple(homeless), lost, kept, near)


def _name(reading: Reading, place: Place, spot: Spot | None, name: str, weight: Decimal | None) -> str | None:
    """An indicator's name as its cell is to hold it, with what numbers it and its points; None as it is.

    A name that is the same for comparing stays as it is typed; points in its cell are those of the data.
    """
    behind = reading.frames[spot][1] if spot else ""
    if spot and behind and weight is not None and parse(behind).number != weight:
        own, points = reading.own_text(spot), with_number(behind, weight)
        return reading.framed(spot, own).removesuffix(behind) + points
    there = reading.own_text(spot) if spot else printed(reading.grid.at(*place))
    if plain(there) == plain(name):
        return None
    return reading.framed(spot, name) if spot else name


def _is_derived(reading: Reading, place: Place) -> bool:
    """Whether a formula of our own gives an actual value (预算执行率), which is to be typed over."""
    return reading.grid.helpers is not None and reading.grid.cells.get(place, EMPTY).formula is not None


def _named(row: Indicator) -> str:
    levels = "／".join(filter(None, (row.level1, row.level2)))
    return f"指标“{row.name}”（{levels}）" if levels else f"指标“{row.name}”"


def _fill_words(values: dict[Place, Value], reading: Reading, data: Form) -> list[str]:
    """Put the head, the goal and the tasks in their places; return the tasks that have none."""
    for field, text in head_of(data):
        if spot := head_spot(reading, field):
            put(values, reading, spot, text or None)
    for index, text in _details(reading.form, data):
        put(values, reading, Spot("detail", index, "text"), text or None)
    for name, text in (("expected", data.goal.expected), ("achieved", data.goal.achieved)):
        spots = [spot for spot in reading.places if spot.part == "goal" and spot.field == name]
        for spot, line in zip(spots, _spread(text, len(spots)), strict=False):
            put(values, reading, spot, line or None)
    for index, task in enumerate(data.tasks):
        for field, text in (("name", task.name), ("content", task.content), ("achieved", task.achieved)):
            put(values, reading, Spot("task", index, field), text or None)
    return [f"任务“{data.tasks[index].name}”" for index in homeless_tasks(reading, data)]


def _details(form: Form, data: Form) -> Iterator[tuple[int, str]]:
    """Yield the details that the form has a line for, by its number."""
    lines = {key: index for index, key in enumerate(numbered(detail.label for detail in form.details))}
    for detail, key in zip(data.details, numbered(detail.label for detail in data.details), strict=True):
        if key in lines:
            yield lines[key], detail.text


def _spread(text: str, places: int) -> list[str]:
    """Return a text in as many parts as there are places: a line each, and in the last all that is left."""
    lines = text.split("\n")
    return [*lines[: places - 1], "\n".join(lines[max(places - 1, 0) :])]


def _amounts(row: Funding) -> Iterator[tuple[str, Measure | Decimal | str | None]]:
    """The values of a row of the budget block, money in 万元."""
    yield from ((field, getattr(row, field)) for field in AMOUNTS)
    yield "weight", row.weight
    yield "rate", row.rate if row.rate.text else None
    yield "score", row.score
    yield "reason", row.reason or None


def _fields(
    reading: Reading, places: Places, row: Indicator, *, judged: bool
) -> Iterator[tuple[str, Measure | Decimal | str | None]]:
    yield "level3", row.level3 or None
    yield from _target(reading, places, row.target)
    yield "actual", row.actual if row.actual.text else None
    yield "weight", row.weight
    yield "score", row.score
    yield "judged", row.score if judged else None
    yield "deviation", row.deviation if row.deviation.text else None
    yield "reason", row.reason or None
    yield "share", row.share if row.share.text else None
    yield "raw", row.raw
    yield "direction", {"up": "正向", "down": "反向"}.get(row.direction)
    yield "progress", row.progress if row.progress.text else None
    yield "expected", row.expected if row.expected.text else None
    yield "remark", row.remark or None
    if not LIKELY.keys() & places.keys():
        yield "likelihood", row.likelihood or None
    yield from _ticks(reading, row)


def _ticks(reading: Reading, row: Indicator) -> Iterator[tuple[str, str]]:
    """What is ticked on a monitoring form: the kinds of reasons, and one of three likelihoods."""
    said = likelihoods(row.likelihood)
    yield from ((role, TICK) for role, word in LIKELY.items() if word in said)
    kinds = cause_labels(reading.grid, reading.layout.indicators)
    yield from ((role, TICK) for role, kind in kinds.items() if kind in row.causes)


def _target(reading: Reading, places: Places, target: Measure) -> Iterator[tuple[str, Measure | str | None]]:
    """The target, cut into sign, number and unit where the form has columns for these."""
    if not target.text:
        return
    if not {"sign", "unit"} & places.keys():
        yield "target", target
        return
    cells = {field: reading.grid.cells.get(places[field], EMPTY) for field in _CUT if field in places}
    here = {field: measure_of(cell) for field, cell in cells.items()}
    sign, unit = (here.get(field, NOTHING).text for field in ("sign", "unit"))
    now = joined(sign, here.get("target", NOTHING), unit)
    if now.words == target.words or (
        target.number is not None
        and (now.sign, now.number, now.unit) == (target.sign, target.number, target.unit)
    ):
        return
    parts = split(target)
    yield (
        "target",
        parse(
            ("" if "sign" in places else parts.sign) + parts.value + ("" if "unit" in places else parts.unit)
        ),
    )
    if target.kind == "number":
        yield "sign", parts.sign or None
        yield "unit", parts.unit or None
