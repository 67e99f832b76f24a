"""A new form from whatever there is (新建的来源): the declaration, last year's form, a budget, data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from perf_excel.errors import UserError
from perf_excel.jobs.examination.data_sources import data_of
from perf_excel.jobs.examination.filled import Filled, filled_with_list
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.new_from import published_tables, start
from perf_excel.jobs.new_from_last_year import start_again

SourceKind = Literal["declaration", "last-year", "budget", "data"]
"""What a new form starts from: 申报表, 上年的表, 预算公开表, or data that all goes in."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is at first sight: whose, of which year, how many indicators, and what it may serve as."""

    kind: SourceKind
    unit: str = ""
    year: int | None = None
    project: str = ""
    indicators: int = 0


def look_at(path: Path, year: int | None) -> Look:
    """Look at what a new form could start from.

    Args:
        path: the file.
        year: the year of the form that is to be made; None where it is not known yet.

    Raises:
        UserError: it holds nothing of that kind, or several forms.
    """
    try:
        form = data_of(path)
    except UserError:
        if path.suffix.lower() != ".json" and published_tables(path):
            return Look("budget")
        raise
    results = any(row.actual.text or row.score is not None for row in form.indicators)
    kind: SourceKind = "data" if results else "declaration"
    if form.year and year and form.year < year:
        kind = "last-year"
    return Look(kind, form.unit, form.year, form.project, len(form.indicators))


def made_from(order: Order, source: Path | None, kind: SourceKind, target: Path, today: date) -> Filled:
    """Build the workbook that ``target`` is going to be; nothing is written.

    Args:
        order: the rule set and its form, the unit and year.
        source: what it starts from; None for a blank form.
        kind: what that is.
        target: the workbook to be.
        today: the date on a list of findings, where the data brings waivers.

    Raises:
        UserError: the source cannot be used, or there is no such form.
    """
    if source is None:
        return make(order, target)
    if kind in ("declaration", "budget"):
        return start(order, source, target)
    if kind == "last-year":
        return start_again(order, source, target)
    data = data_of(source)
    return filled_with_list(make(replace(order, data=data), target), data.waivers, today)
