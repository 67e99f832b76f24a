"""The block of money of a form (资金情况), read, or named where no amount of it could be read."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.model import Funding
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.sheets.cell_values import measure_of, money_of, number_of
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.finding.money_lines import AMOUNTS, Budget
from perf_excel.sheets.finding.money_words import FUNDS_TOTAL, NUMBERING, SOURCE
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.reading.money_unit import money_scale
from perf_excel.sheets.reading.record import Notes
from perf_excel.sheets.reading.unread_money import unread_money
from perf_excel.sheets.shown_text import printed

_POINTS_OF_BLOCK = re.compile(r"(?:得分|分值|权重|执行率?|执行情况)(?:[(][^()]{0,12}[)])?[(](\d{1,2})分")
_LONGEST_LABEL = 40
_FUNDING = (
    "initial",
    "change",
    "annual",
    "executed",
    "left",
    "weight",
    "rate",
    "score",
    "reason",
    "so_far",
    "expected",
)
_BOTH = re.compile("[及和与、]")
"""Between the sources of one row: 事业收入及其他资金."""
_NAMED = 5
"""So many amounts are named that were not read."""


class Money(NamedTuple):
    """What a form says of its money, in 万元."""

    rows: tuple[Funding, ...]
    per_wan: Decimal
    """How many of the sheet's units of money are one 万元."""
    unread: tuple[str, ...]
    """The amounts that were not read, as they stand there."""

    @property
    def totalled(self) -> bool:
        """Whether the first row is the total of the others."""
        return not _lists_sources(self.rows)


def read_money(notes: Notes, layout: FormLayout) -> Money:
    """Read the block of money; it is converted to 万元 where it says that it is in 元."""
    per_wan = money_scale(notes.grid, layout)
    rows = _read_funding(notes, layout.budget, per_wan) if layout.budget else ()
    lost = () if _has_amounts(rows) else tuple(unread_money(notes.grid, layout))[:_NAMED]
    if lost:
        notes.places[Spot("funding", 0, "unread")] = lost[0][0]
    return Money(rows, per_wan, tuple(words for _, words in lost))


def _read_funding(notes: Notes, budget: Budget, per_wan: Decimal) -> tuple[Funding, ...]:
    """Read the budget block, its money in 万元.

    Args:
        notes: of this reading.
        budget: where the budget stands.
        per_wan: how many of the sheet's units of money are one 万元.
    """
    rows: list[Funding] = []
    for index, line in enumerate(budget.lines):
        for field, place in line.places.items():
            spot = Spot("funding", index, field)
            notes.places[spot] = place
            if field in line.frames:
                notes.frames[spot] = line.frames[field]
        cells = {field: notes.own(Spot("funding", index, field)) for field in _FUNDING}
        if index == 0:
            notes.expect(cells["score"])
        rows.append(
            Funding(
                item=line.item,
                initial=money_of(cells["initial"], per_wan),
                annual=money_of(cells["annual"], per_wan),
                executed=money_of(cells["executed"], per_wan),
                weight=number_of(cells["weight"]),
                rate=measure_of(cells["rate"]),
                score=number_of(cells["score"]),
                reason=printed(cells["reason"]).strip(),
                so_far=money_of(cells["so_far"], per_wan),
                expected=money_of(cells["expected"], per_wan),
                change=money_of(cells["change"], per_wan),
                left=money_of(cells["left"], per_wan),
            )
        )
    if rows and rows[0].weight is None:
        rows[0] = replace(rows[0], weight=_stated_weight(notes.grid, budget))
    return tuple(rows)


def _stated_weight(grid: Grid, budget: Budget) -> Decimal | None:
    """The points that a label of the block states for all of it: 得分（10分）, 预算执行情况（20分）."""
    texts = (plain(text_at(grid, *place)) for place in sorted(budget.claimed))
    found = (_POINTS_OF_BLOCK.search(text) for text in texts if len(text) <= _LONGEST_LABEL)
    return next((Decimal(one[1]) for one in found if one), None)


def fields_below_total(notes: Notes) -> frozenset[str]:
    """The amounts that the rows below the total have a place for."""
    return frozenset(
        spot.field for spot in notes.places if spot.part == "funding" and spot.row and spot.field in AMOUNTS
    )


def has_points(notes: Notes) -> bool:
    """Whether the first row has a place for points."""
    return any(Spot("funding", 0, field) in notes.places for field in ("weight", "score"))


def _has_amounts(funding: tuple[Funding, ...]) -> bool:
    return any(amount is not None for row in funding for amount in (row.initial, row.annual, row.executed))


def _lists_sources(funding: tuple[Funding, ...]) -> bool:
    """Whether a budget block lists where the money comes from, and sums up nowhere."""
    names = [bare(NUMBERING.sub("", row.item)) for row in funding]
    parts = any(row.item.strip().startswith("其中") for row in funding)
    totals = any(FUNDS_TOTAL.fullmatch(name) for name in names)
    sources = all(SOURCE.fullmatch(one) for name in names for one in _BOTH.split(name))
    return len(names) > 1 and not parts and not totals and sources
