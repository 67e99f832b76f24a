"""A form read off a sheet (Grid → Form), with the place of everything that was read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from perf_excel.forms.model import FIELDS, MONITORED, Form, Unread
from perf_excel.forms.spot import Part, Spot
from perf_excel.forms.text import Folded
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.grid import Edit, Grid, Place, address
from perf_excel.sheets.reading.around_indicators import (
    note_year,
    read_details,
    read_goal,
    read_pair,
    read_tasks,
    read_year,
)
from perf_excel.sheets.reading.blank_parts import blank_parts
from perf_excel.sheets.reading.faults import cell_faults
from perf_excel.sheets.reading.funding_reading import Money, fields_below_total, has_points, read_money
from perf_excel.sheets.reading.hidden_parts import unseen
from perf_excel.sheets.reading.indicators import read_indicators, read_scored
from perf_excel.sheets.reading.monitored import LIKELY, read_months
from perf_excel.sheets.reading.no_values import leftovers, no_amounts, no_values, text_numbers
from perf_excel.sheets.reading.record import Notes
from perf_excel.sheets.reading.total_and_grade_reading import (
    read_above,
    read_grade,
    read_total,
    read_total_weight,
)
from perf_excel.sheets.reading.unread import could_count, unread
from perf_excel.sheets.shown_text import printed

_LAST_LABEL = re.compile(r"(?<![^\s:：，,；;。、])[^\s:：，,；;。、]++\s*+[:：]\s*+$")
_SUM = Spot("total", 0, "weight")
_WEIGHTED: tuple[Part, ...] = ("indicator", "funding")


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
    money = read_money(notes, layout)
    form = _form(notes, layout, money)
    note_year(notes, layout)
    notes.forget_outside()
    blanks = frozenset(blank_parts(notes, form.year, form.goal, form.tasks, form.indicators))
    places = unread(grid, layout, notes.places.values())
    form = replace(form, blanks=blanks, unread=tuple(_said(grid, layout, place) for place in places))
    return Reading(form, grid, layout, notes.places, notes.free, money.per_wan, notes.frames, places)


def _form(notes: Notes, layout: FormLayout, money: Money) -> Form:
    """What the cells say, and which of them say nothing that can be taken."""
    grid, columns = notes.grid, _columns(layout)
    goal = read_goal(notes, layout.goal)
    tasks = read_tasks(notes, layout.tasks) if layout.tasks else ()
    indicators = read_scored(notes, layout.scored, read_indicators(notes, layout.indicators))
    total_above, grade_above = read_above(notes, layout)
    return Form(
        form=layout.title,
        unit=read_pair(notes, Spot("head", 0, "unit"), layout.head.unit),
        unit_code=read_pair(notes, Spot("head", 0, "unit_code"), layout.head.unit_code),
        project=read_pair(notes, Spot("head", 0, "project"), layout.head.project),
        details=read_details(notes, layout.head.details),
        year=read_year(grid, layout),
        funding=money.rows,
        goal=goal,
        tasks=tasks,
        indicators=indicators,
        total_weight=read_total_weight(notes, layout),
        total=read_total(notes, layout),
        grade=read_grade(notes, layout),
        total_above=total_above,
        grade_above=grade_above,
        columns=columns,
        headed=True,
        partial=layout.partial,
        months=read_months(grid, layout) if columns & MONITORED else None,
        shared=frozenset(notes.shared),
        text_numbers=frozenset(text_numbers(notes)),
        totalled=money.totalled,
        no_amounts=tuple(no_amounts(notes)),
        no_values=tuple(no_values(notes)),
        hidden=tuple(unseen(grid, notes.places)),
        faults=tuple(cell_faults(notes)),
        broken_down=fields_below_total(notes),
        budget_points=has_points(notes),
        without_indicators="" if indicators else "blank" if notes.free else "unread",
        unread_money=money.unread,
        score_heads=_score_heads(grid, layout),
        calculated=notes.calculated,
        leftovers=tuple(leftovers(notes, layout)) if indicators else (),
    )


def _columns(layout: FormLayout) -> frozenset[str]:
    """The fields that the form has a column or a place for."""
    columns = layout.indicators.columns.keys()
    fields = (FIELDS | MONITORED) & columns
    if LIKELY.keys() & columns:
        fields |= {"likelihood"}
    if layout.total_row or layout.total:
        fields |= {"total"}
    return frozenset(fields)


def _said(grid: Grid, layout: FormLayout, place: Place) -> Unread:
    return Unread(_where(grid, place), text_at(grid, *place), could_count(grid, layout, place))


def _where(grid: Grid, place: Place) -> str:
    sheet, row, column = grid.locate(*place)
    return f"{sheet}!{address(row, column)}" if len(grid.sheets) > 1 else address(row, column)


def _score_heads(grid: Grid, layout: FormLayout) -> tuple[str, ...]:
    """The heads of the columns of scores, that which is read first; empty where there are not several."""
    columns, row = layout.indicators.columns, layout.indicators.header
    roles = [role for role in columns if role.rstrip("23456789") in ("score", "audited")]
    heads = [
        bare(text_at(grid, row, columns[role][0])) for role in sorted(roles, key=lambda one: one != "score")
    ]
    return tuple(heads) if len(heads) > 1 and "score" in columns else ()
