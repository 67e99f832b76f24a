"""A new form from whatever there is (新建的来源): nothing, the declaration, last year's form, or data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from perf_excel.jobs.examination.data_sources import SourceKind, data_of
from perf_excel.jobs.examination.filled import Filled, filled_with_list
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.new_from import start
from perf_excel.jobs.new_from_last_year import start_again


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
    if kind == "declaration":
        return start(order, source, target)
    if kind == "last-year":
        return start_again(order, source, target)
    data = data_of(source)
    return filled_with_list(make(replace(order, data=data), target), data.waivers, today)
