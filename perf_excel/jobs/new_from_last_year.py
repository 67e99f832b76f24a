"""From last year's form (由上年的表新建) to this year's: indicators, targets, weights, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from perf_excel.errors import UserError
from perf_excel.forms.model import Form, Funding
from perf_excel.jobs.examination.data_sources import data_of
from perf_excel.jobs.examination.filled import Filled
from perf_excel.jobs.new import Order, layout_of, make
from perf_excel.jobs.new_from import started


def start_again(order: Order, source: Path, target: Path) -> Filled:
    """Build the form of the year after; nothing is written.

    Args:
        order: the rule set and its form, and the unit and year where they are to differ.
        source: last year's form: a workbook, or data (.json).
        target: the workbook to be.

    Raises:
        UserError: no usable form, several of them, it is of the year that is asked for, or no such form
            in the rule set.
    """
    last = data_of(source)
    year = order.year or (last.year + 1 if last.year else None)
    if last.year and year and year <= last.year:
        raise UserError(
            f"{source.name}：是 {last.year} 年的表，新表是 {year} 年的，它不是上年的表；请核对年度或来源。"
        )
    layout = layout_of(order.rules, order.form)
    form = replace(_without_the_year(started(last, layout)), year=year)
    made = make(replace(order, data=form, year=year), target)
    return replace(made, notes=(*_to_do(last), *made.notes))


def _without_the_year(form: Form) -> Form:
    """Return a form without what is only true of its year: money, goals, tasks, the texts of its head."""
    return replace(
        form,
        funding=tuple(Funding(row.item) for row in form.funding),
        goal=replace(form.goal, expected=""),
        tasks=(),
        details=(),
    )


def _to_do(last: Form) -> Iterator[str]:
    count = len(last.indicators)
    of = f"{last.year} 年的" if last.year else "上年的"
    yield f"{count} 个指标的名称、指标值、分值取自{of}表，请按今年的情况逐项核对"
    left = [
        name
        for name, there in (
            ("预算", any(row.annual is not None or row.initial is not None for row in last.funding)),
            ("年度目标", bool(last.goal.expected)),
            ("年度任务", bool(last.tasks)),
            ("实际完成值、得分、原因", any(row.actual.text or row.reason for row in last.indicators)),
        )
        if there
    ]
    if left:
        yield f"{'、'.join(left)}是上年的，没有带入"
