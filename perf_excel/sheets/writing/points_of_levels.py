"""Points in the names of levels (产出指标（40分）): they are not written, so other ones are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.model import Form
from perf_excel.forms.text import folded
from perf_excel.sheets.finding.lines import text_at, value_place
from perf_excel.sheets.grid import Place, address
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.reading.points_in_names import level_and_points
from perf_excel.sheets.writing.row_pairing import Places

_LEVELS = ("level1", "level2")


class _Level(NamedTuple):
    """A level with points in its name, and the rows of the sheet that belong to it."""

    text: str
    where: str
    points: Decimal
    field: str
    rows: range


def other_points(reading: Reading, data: Form, found: Sequence[tuple[int, Places]]) -> Iterator[str]:
    """Name the points that the data has for levels whose names say other ones on the sheet.

    Args:
        reading: the form on the sheet.
        data: what is filled in.
        found: the data's indicators that have a row, by number, with the places of their fields.
    """
    numbers = {min(places.values())[0]: number for number, places in found if places}
    before = {
        place[0]: reading.form.indicators[spot.row].weight
        for spot, place in reading.places.items()
        if spot.part == "indicator" and spot.field == "level3"
    }
    after = dict(before)
    for row, number in numbers.items():
        weight = data.indicators[number].weight
        after[row] = after.get(row) if weight is None else weight
    for level in _levels(reading):
        texts = (getattr(data.indicators[numbers[row]], level.field) for row in level.rows if row in numbers)
        said = {points for text in texts if (points := level_and_points(text)[1]) is not None}
        summed = _sum(after, level.rows)
        if said <= {level.points} and summed is not None and summed != _sum(before, level.rows):
            said = {summed}
        if others := sorted(said - {level.points}):
            points = "、".join(f"{one.normalize():f}" for one in others)
            yield f"“{level.text}”（{level.where}）里写的分值（数据中是 {points} 分）"


def _sum(weights: dict[int, Decimal | None], rows: range) -> Decimal | None:
    """The points of the rows of a level, together; None where one has none."""
    own = [weight for row, weight in weights.items() if row in rows]
    known = [weight for weight in own if weight is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(own) else None


def _levels(reading: Reading) -> Iterator[_Level]:
    rows = reading.layout.indicators.rows
    end = max(rows, default=0) + 1
    starts = list(_starts(reading))
    for index, (place, field, text) in enumerate(starts):
        points = level_and_points(text)[1]
        if points is not None:
            # A first level ends the second before it, too.
            ends = (one[0] for one, other, _ in starts[index + 1 :] if one > place and other <= field)
            _, *own = reading.locate(place)
            yield _Level(text, address(*own), points, field, range(place[0], next(ends, end)))


def _starts(reading: Reading) -> Iterator[tuple[Place, str, str]]:
    """Yield where a level begins, from top to bottom: in its column, else in a row of its own (分节行)."""
    grid, block = reading.grid, reading.layout.indicators
    if "level3" not in block.columns:
        return
    columns = [(field, block.columns[field]) for field in _LEVELS if field in block.columns]
    for row in block.rows:
        for field, span in columns:
            place = value_place(grid, row, span)
            if place[0] == row and (text := text_at(grid, *place)):
                yield place, field, text
    named = {row for spot, (row, _) in reading.places.items() if spot.part == "indicator"} | {*reading.free}
    sections = () if columns else range(block.header + 1, max(block.rows, default=0) + 1)
    for row in sections:
        place = value_place(grid, row, block.columns["level3"])
        if row not in named and place[0] == row and (text := text_at(grid, *place)):
            yield place, "level2" if folded(text).startswith("(") else "level1", text
