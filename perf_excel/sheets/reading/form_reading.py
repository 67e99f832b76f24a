"""A form read off a sheet (Grid → Form), with the place of everything that was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from perf_excel.forms.model import FIELDS, MONITORED, Form, Funding, Unread
from perf_excel.forms.placeholder import is_no_value, is_placeholder
from perf_excel.forms.spot import Part, Spot
from perf_excel.forms.text import Folded, is_blank
from perf_excel.sheets.amounts import is_unit_alone
from perf_excel.sheets.cell_values import number_of
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.finding.money_lines import AMOUNTS, is_amount
from perf_excel.sheets.finding.money_words import FUNDS_TOTAL, NUMBERING, SOURCE
from perf_excel.sheets.grid import EMPTY, Edit, Grid, Place, address
from perf_excel.sheets.reading.around_indicators import (
    note_year,
    read_details,
    read_funding,
    read_goal,
    read_pair,
    read_tasks,
    read_year,
)
from perf_excel.sheets.reading.blank_parts import blank_parts
from perf_excel.sheets.reading.faults import cell_faults
from perf_excel.sheets.reading.hidden_parts import unseen
from perf_excel.sheets.reading.indicators import read_indicators, read_scored
from perf_excel.sheets.reading.money_unit import money_scale
from perf_excel.sheets.reading.monitored import LIKELY, read_months
from perf_excel.sheets.reading.record import Notes
from perf_excel.sheets.reading.total_and_grade_reading import (
    read_above,
    read_grade,
    read_total,
    read_total_weight,
)
from perf_excel.sheets.reading.unread import could_count, unread
from perf_excel.sheets.reading.unread_money import unread_money
from perf_excel.sheets.shown_text import printed

_LAST_LABEL = re.compile(r"(?<![^\s:：，,；;。、])[^\s:：，,；;。、]++\s*+[:：]\s*+$")
_NAMED = 5
"""So many amounts are named that were not read."""
_SUM = Spot("total", 0, "weight")
_WEIGHTED: tuple[Part, ...] = ("indicator", "funding")
_SUMMANDS = frozenset({"initial", "annual", "executed", "weight"})


@dataclass(frozen=True)
class Reading:
    """A form, the sheet it stands on, and the place of each field: also of those that are still empty."""

    form: Form
    grid: Grid
    layout: FormLayout
    places: dict[Spot, Place]
    free: dict[int, tuple[str, str]]
    """Indicator rows still blank, with the first and second level they belong to."""
    per_wan: Decimal = Decimal(1)
    """How many of the sheet's units of money are one 万元."""
    frames: dict[Spot, tuple[str, str]] = field(default_factory=dict[Spot, tuple[str, str]])
    """What stands before and behind a spot's text in its own cell (部门名称：某局)."""
    unread: tuple[Place, ...] = ()
    """The places of what was not read (未识别): those of the form's ``unread``."""

    def own_text(self, spot: Spot) -> str:
        """Return what a spot's cell shows of it, without what stands before and behind it there."""
        before, behind = self.frames.get(spot, ("", ""))
        return text_at(self.grid, *self.places[spot]).removeprefix(before).removesuffix(behind)

    def framed(self, spot: Spot, text: str, current: str | None = None) -> str:
        """Return a text as its cell is to hold it, together with what else stands there.

        Args:
            spot: what is written.
            text: its new text.
            current: what the cell is going to hold already, where another spot of it was written before.
        """
        before, behind = self.frames.get(spot, ("", ""))
        shown = Folded(before)
        found = _LAST_LABEL.search(shown.text)
        label = shown.cut(*found.span())[1] if found else ""
        if current is None or not label or label not in current:
            return (self._indent(spot) if before or behind else "") + before + text + behind
        front, rest = current.split(label, 1)
        return front + label + text + rest.removeprefix(self.own_text(spot))

    def _indent(self, spot: Spot) -> str:
        """The blanks that a cell's text begins with, which labels are read without."""
        text = printed(self.grid.at(*self.places[spot]))
        return text[: len(text) - len(text.lstrip())]

    def place(self, spot: Spot) -> Place:
        """Return the place of a spot, or the nearest there is: its row's first, else the form's first."""
        if spot == _SUM and (weight := self._weight_for_sum()):
            return weight
        if spot in self.places:
            return self.places[spot]
        if spot.part == "unread":
            return self.unread[spot.row]
        if spot.part == "total" and (said := self._said_at(spot)):
            return said
        if spot.field == "judged" and (score := self.places.get(spot._replace(field="score"))):
            return score
        row = (place for other, place in self.places.items() if other[:2] == spot[:2])
        return next(row, next(iter(self.places.values()), (1, 1)))

    def _said_at(self, spot: Spot) -> Place | None:
        """Return where the total or grade is said in its label's own cell: it has no place of its own."""
        above = (self.layout.total_above, self.layout.grade_above)
        total, grade = above if spot.row else (self.layout.total, self.layout.grade)
        return {"score": total, "grade": grade}.get(spot.field)

    def _weight_for_sum(self) -> Place | None:
        """Return the first weight, where a form has no cell of its own for the sum of the weights."""
        weights = (self.places.get(Spot(part, 0, "weight")) for part in _WEIGHTED)
        first, own = next(filter(None, weights), None), self.places.get(_SUM)
        under = own and first and own[1] == first[1]
        return None if under or self.form.total_weight is not None else first

    def locate(self, place: Place) -> tuple[str, int, int]:
        """Return the sheet, row and column where a place really stands: a form may be cut over several."""
        return self.grid.locate(*place)

    def by_sheet(self, edits: Iterable[Edit]) -> dict[str, list[Edit]]:
        """Return edits of the form as edits of the sheets that it stands on."""
        return self.grid.by_sheet(edits)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets that the form stands on."""
        return self.grid.sheets


def read_form(grid: Grid, layout: FormLayout) -> Reading:
    """Read a form. Money is converted to 万元 where the budget block says that it is in 元."""
    notes = Notes(grid)
    per_wan = money_scale(grid, layout)
    funding = read_funding(notes, layout.budget, per_wan) if layout.budget else ()
    lost = () if _has_amounts(funding) else tuple(unread_money(grid, layout))[:_NAMED]
    if lost:
        notes.places[Spot("funding", 0, "unread")] = lost[0][0]
    goal = read_goal(notes, layout.goal)
    tasks = read_tasks(notes, layout.tasks) if layout.tasks else ()
    indicators = read_scored(notes, layout.scored, read_indicators(notes, layout.indicators))
    total_above, grade_above = read_above(notes, layout)
    fields = (FIELDS | MONITORED) & layout.indicators.columns.keys()
    if LIKELY.keys() & layout.indicators.columns.keys():
        fields |= {"likelihood"}
    if layout.total_row or layout.total:
        fields |= {"total"}
    form = Form(
        form=layout.title,
        unit=read_pair(notes, Spot("head", 0, "unit"), layout.head.unit),
        unit_code=read_pair(notes, Spot("head", 0, "unit_code"), layout.head.unit_code),
        project=read_pair(notes, Spot("head", 0, "project"), layout.head.project),
        details=read_details(notes, layout.head.details),
        year=read_year(grid, layout),
        funding=funding,
        goal=goal,
        tasks=tasks,
        indicators=indicators,
        total_weight=read_total_weight(notes, layout),
        total=read_total(notes, layout),
        grade=read_grade(notes, layout),
        total_above=total_above,
        grade_above=grade_above,
        columns=frozenset(fields),
        headed=True,
        partial=layout.partial,
        months=read_months(grid, layout) if fields & MONITORED else None,
        shared=frozenset(notes.shared),
        text_numbers=frozenset(_text_numbers(notes)),
        totalled=not _lists_sources(funding),
        no_amounts=tuple(_no_amounts(notes)),
        no_values=tuple(_no_values(notes)),
        hidden=tuple(unseen(grid, notes.places)),
        faults=tuple(cell_faults(notes)),
        broken_down=frozenset(
            spot.field
            for spot in notes.places
            if spot.part == "funding" and spot.row and spot.field in AMOUNTS
        ),
        budget_points=any(Spot("funding", 0, field) in notes.places for field in ("weight", "score")),
        without_indicators="" if indicators else "blank" if notes.free else "unread",
        unread_money=tuple(words for _, words in lost),
        score_heads=_score_heads(grid, layout),
        calculated=notes.calculated,
        leftovers=tuple(_leftovers(notes, layout)) if indicators else (),
    )
    note_year(notes, layout)
    notes.forget_outside()
    blanks = frozenset(blank_parts(notes, form.year, goal, tasks, indicators))
    places = unread(grid, layout, notes.places.values())
    form = replace(form, blanks=blanks, unread=tuple(_said(grid, layout, place) for place in places))
    return Reading(form, grid, layout, notes.places, notes.free, per_wan, notes.frames, places)


def _said(grid: Grid, layout: FormLayout, place: Place) -> Unread:
    return Unread(_where(grid, place), text_at(grid, *place), could_count(grid, layout, place))


def _where(grid: Grid, place: Place) -> str:
    sheet, row, column = grid.locate(*place)
    return f"{sheet}!{address(row, column)}" if len(grid.sheets) > 1 else address(row, column)


def _no_amounts(notes: Notes) -> Iterator[tuple[Spot, str]]:
    """What stands in the place of an amount of money and is none, nor a mark for none (—, 无)."""
    for spot in notes.places:
        if spot.part == "funding" and spot.field in AMOUNTS:
            text = printed(notes.own(spot)).strip()
            nothing = is_blank(text) or is_placeholder(text) or is_unit_alone(text)
            if not nothing and not is_amount(text):
                yield spot, text


def _no_values(notes: Notes) -> Iterator[tuple[Spot, str]]:
    """What another program wrote where it had no value: NaN; of amounts, their own note says so."""
    for spot, place in notes.places.items():
        if spot.part == "funding" and spot.field in AMOUNTS:
            continue
        value = notes.grid.cells.get(place, EMPTY).value
        if isinstance(value, str) and is_no_value(value):
            yield spot, value.strip()


def _leftovers(notes: Notes, layout: FormLayout) -> Iterator[tuple[Spot, str]]:
    """What a template left as names of rows that hold no indicator; noted, so that it counts as read."""
    left, _ = layout.indicators.columns.get("level3", (0, 0))
    for row in sorted(notes.free):
        text = text_at(notes.grid, row, left).strip() if left else ""
        if text:
            spot = Spot("free", row, "level3")
            notes.places[spot] = (row, left)
            yield spot, text


def _has_amounts(funding: tuple[Funding, ...]) -> bool:
    return any(amount is not None for row in funding for amount in (row.initial, row.annual, row.executed))


def _lists_sources(funding: tuple[Funding, ...]) -> bool:
    """Whether a budget block lists where the money comes from, and sums up nowhere."""
    names = [bare(NUMBERING.sub("", row.item)) for row in funding]
    parts = any(row.item.strip().startswith("其中") for row in funding)
    totals = any(FUNDS_TOTAL.fullmatch(name) for name in names)
    return len(names) > 1 and not parts and not totals and all(SOURCE.fullmatch(name) for name in names)


def _score_heads(grid: Grid, layout: FormLayout) -> tuple[str, ...]:
    """The heads of the columns of scores, that which is read first; empty where there are not several."""
    columns, row = layout.indicators.columns, layout.indicators.header
    roles = [role for role in columns if role.rstrip("23456789") in ("score", "audited")]
    heads = [
        bare(text_at(grid, row, columns[role][0])) for role in sorted(roles, key=lambda one: one != "score")
    ]
    return tuple(heads) if len(heads) > 1 and "score" in columns else ()


def _text_numbers(notes: Notes) -> Iterator[Spot]:
    """Numbers typed as text (1,812.92万元) in a form that calculates: its formulas do not see them."""
    cells, places = notes.grid.cells, notes.places
    if any(cells.get(place, EMPTY).formula for spot, place in places.items() if spot.field == "score"):
        for spot, place in places.items():
            cell = cells.get(place, EMPTY) if spot.field in _SUMMANDS else EMPTY
            if isinstance(cell.value, str) and cell.formula is None and number_of(cell) is not None:
                yield spot
