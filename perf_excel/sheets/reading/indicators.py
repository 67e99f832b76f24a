"""The indicator rows of a form, read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from perf_excel.forms.measure import joined, parse
from perf_excel.forms.model import FIELDS, Indicator
from perf_excel.forms.placeholder import is_placeholder
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.sheets.cell_values import measure_of, name_of, number_of
from perf_excel.sheets.finding.choosing_columns import BESIDE
from perf_excel.sheets.finding.column_contents import direction_of
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.finding.scored_tables import Scored
from perf_excel.sheets.finding.tickboxes import is_tick
from perf_excel.sheets.finding.title_and_tasks import Block
from perf_excel.sheets.grid import EMPTY, Cell, Grid
from perf_excel.sheets.reading import monitored
from perf_excel.sheets.reading.indicator_names import (
    heading,
    named_beside,
    own_names,
    unless_template,
    without_points,
)
from perf_excel.sheets.reading.indicator_terms import term_above, terms_of
from perf_excel.sheets.reading.points_in_names import weight_in_name
from perf_excel.sheets.reading.record import Notes
from perf_excel.sheets.reading.section_rows import Sections
from perf_excel.sheets.shown_text import printed

_LONGER = "实施期"
_BOUNDS = ("bound1", "bound2", "bound3", "bound4")
_LEVELS = ("level1", "level2", "level3")
_FIELDS = (
    *_LEVELS,
    "above",
    *sorted(FIELDS),
    "adjusted",
    "sign",
    "unit",
    "direction",
    "reached",
    "hint",
    "judged",
    *_BOUNDS,
    *monitored.FIELDS,
)
_NOTHING = dict.fromkeys(_FIELDS, EMPTY)
_READ: Mapping[str, Callable[[Cell], Any]] = {
    **dict.fromkeys(("actual", "deviation", "share", "progress", "expected"), measure_of),
    **dict.fromkeys(("weight", "raw"), number_of),
    "direction": lambda cell: direction_of(printed(cell)),
    "remark": lambda cell: printed(cell).strip(),
}
"""How the fields are read that are no more than what their cell says."""
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)[^\d~至—-]*(?:[~至—-]\D*(\d+(?:\.\d+)?))?")


class _Names(NamedTuple):
    """What names an indicator, and for how long it is set."""

    level1: str
    level2: str
    level3: str
    above: str
    term: str


class _Columns:
    """What a table has columns for, worked out once for all of its rows."""

    def __init__(self, grid: Grid, block: Block) -> None:
        columns = block.columns
        self.spans = [(field, columns[field]) for field in _FIELDS if field in columns]
        self.readers = [(field, _READ[field]) for field, _ in self.spans if field in _READ]
        self.bounds = [field for field in _BOUNDS if field in columns]
        self.leveled = "level1" in columns or "level2" in columns
        self.weighted = "weight" in columns
        self.likely = not monitored.SAYS_LIKELY.isdisjoint(columns)
        self.causes = monitored.cause_labels(grid, block)
        self.further = [
            left for role, (left, _) in columns.items() if role.startswith("reason") and role != "reason"
        ]


class _Said(NamedTuple):
    """What is said of an indicator in words."""

    reason: str
    causes: tuple[str, ...]
    likelihood: str


def read_indicators(notes: Notes, block: Block) -> tuple[Indicator, ...]:
    """Read the rows that say something; the others are noted as free.

    A second table beside the first in the same rows (年度 beside 实施期) follows it.
    """
    rows: list[Indicator] = []
    _read_table(notes, block, rows)
    if second := _beside(block):
        terms = [term_above(notes.grid, one) for one in (block, second)]
        if terms[0] == terms[1]:
            terms[0] = _LONGER
        rows[:] = [replace(one, term=terms[0]) for one in rows]
        count, free = len(rows), dict(notes.free)
        _read_table(notes, second, rows)
        notes.free.clear()
        notes.free.update(free)
        rows[count:] = [replace(one, term=terms[1]) for one in rows[count:]]
    return tuple(rows)


def read_scored(notes: Notes, tables: Iterable[Scored], rows: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Read the rows of the scored tables above the indicators, which follow those in a form."""
    found, free = list(rows), dict(notes.free)
    for block, level1 in tables:
        count = len(found)
        _read_table(notes, block, found, without_points(level1))
        found[count:] = [replace(one, given=True) for one in found[count:]]
    notes.free.clear()
    notes.free.update(free)
    return tuple(found)


def _beside(block: Block) -> Block | None:
    """The second table of a block, with what only the first names: 一级指标."""
    own = {role.removeprefix(BESIDE): span for role, span in block.columns.items() if role.startswith(BESIDE)}
    if not own:
        return None
    shared = {level: block.columns[level] for level in _LEVELS[:2] if level in block.columns}
    return replace(block, columns={**shared, **own})


def _read_table(notes: Notes, block: Block, rows: list[Indicator], level1: str = "") -> None:
    level2 = third = ""
    above = block.header
    terms = terms_of(notes.grid, block)
    has, sections = _Columns(notes.grid, block), Sections(notes.grid, block)
    level1 = level1 or ("" if has.leveled else named_beside(notes.grid, block))
    for row in block.rows:
        if not has.leveled:
            level1 = heading(notes.grid, block, range(above + 1, row)) or level1
        above = row
        spots: dict[str, Spot] = {}
        cells = dict(_NOTHING)
        for field, span in has.spans:
            spots[field] = spot = Spot("indicator", len(rows), field)
            cells[field] = notes.under(span, row, spot)
        own1, own2, level3 = own_names(notes, block, spots, cells)
        third = without_points(name_of(cells["above"])) or ("" if own1 or own2 else third)
        level2 = own2 or ("" if own1 and plain(own1) != plain(level1) else level2)
        level1 = own1 or level1
        if section := sections.of(row, level3, cells):
            level1, level2 = section
            notes.forget(spots.values())
            continue
        if number := sections.number(level3):
            level3 = level3.removeprefix(number)
            notes.frames[spots["level3"]] = (number, "")
        weight = None if has.weighted or "level3" not in spots else weight_in_name(notes, spots["level3"])
        level3 = level3 if weight is None else without_points(level3).strip()
        if _is_blank(level3, cells):
            notes.free[row] = (unless_template(level1), unless_template(level2))
            notes.forget(spots.values())
            continue
        if cells["adjusted"].value is not None and (own := notes.places.get(spots["adjusted"])):
            notes.places[Spot("indicator", len(rows), "target")] = own
        notes.expect(cells["score"])
        causes = monitored.read_causes(has.causes, cells)
        reason = (
            printed(cells["reason"]).strip()
            or causes.text
            or _further_reason(notes.grid, block, row, has.further)
        )
        if "actual" in block.columns:
            reason = reason or "、".join(causes.kinds)  # a tick is all the reason that a result has
        likelihood = _likelihood(notes, block, spots, cells) if has.likely else ""
        # A third level that no fourth stands beside names the indicator itself.
        above_name, level3 = (third, level3) if level3 else ("", third)
        names = _Names(level1, level2, level3, above_name, terms.get(row, ""))
        read = _indicator(has, names, cells, _Said(reason, causes.kinds, likelihood))
        rows.append(read if weight is None else replace(read, weight=weight))


def _likelihood(notes: Notes, block: Block, spots: dict[str, Spot], cells: dict[str, Cell]) -> str:
    """Read how likely the target is; of three columns the ticked one is its place, else the first."""
    likelihood = monitored.read_likelihood(block.columns, cells)
    for role, word in reversed(monitored.LIKELY.items()):
        place = notes.places.get(spots[role]) if role in spots else None
        if place and (word in likelihood or not likelihood):
            notes.places[spots[role]._replace(field="likelihood")] = place
    return likelihood


def _further_reason(grid: Grid, block: Block, row: int, columns: list[int]) -> str:
    """What stands under another head of reasons (改进措施); of a tick (√), the head that it stands under."""
    for left in columns:
        if text := text_at(grid, row, left):
            return text_at(grid, block.header, left) if is_tick(text) else text
    return ""


def _indicator(has: _Columns, names: _Names, cells: dict[str, Cell], said: _Said) -> Indicator:
    score, adjusted = cells["score"], cells["adjusted"]
    target = measure_of(cells["target"] if adjusted.value is None else adjusted)
    return Indicator(
        names.level1,
        names.level2,
        names.level3,
        target=joined(printed(cells["sign"]), target, printed(cells["unit"])),
        # A formula never calculated: what the clerk gave by hand is all there is.
        score=number_of(cells["judged"] if score.formula and score.value is None else score),
        reason=said.reason,
        thresholds=_thresholds([plain(printed(cells[bound])) for bound in has.bounds]) if has.bounds else (),
        above=names.above,
        term=names.term,
        causes=said.causes,
        likelihood=said.likelihood,
        **{field: read(cells[field]) for field, read in has.readers},
    )


def _is_blank(name: str, cells: dict[str, Cell]) -> bool:
    """Whether a row waits for an indicator: no name but the template's (指标1), and nothing said of it."""
    if name and not is_placeholder(name):
        return False
    # The template's own weight may stand beside its own name.
    inputs = ("target", "adjusted", "actual", "score", "reason", "judged") + (() if name else ("weight",))
    said = (cells[field] for field in (*inputs, *monitored.FIELDS))
    return all(cell.formula or cell.value is None or is_placeholder(printed(cell)) for cell in said)


def _thresholds(levels: list[str]) -> tuple[Decimal, ...]:
    """The bounds of 优秀, 良好, 一般 and 较差 from the best down: ≥95, 90-95, 80-90, <80 is 95, 90, 80."""
    bounds = [(text, found) for text in levels if text and (found := _RANGE.search(text))]
    if len(bounds) < 2 or len(bounds) < sum(map(bool, levels)):
        return ()
    numbers = [[Decimal(one) for one in found.groups() if one] for _, found in bounds]
    signs = [parse(text).sign for text, _ in bounds]
    falls = signs[0] in ("≥", ">") or (not signs[0] and max(numbers[0]) >= max(numbers[1]))
    against = ("<", "≤") if falls else (">", "≥")
    return tuple(
        min(one) if falls else max(one)
        for one, sign in zip(numbers, signs, strict=True)
        if sign not in against
    )
