"""New (新建): a workbook from a rule set's printed form, blank or with a unit's data in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from perf_excel.books.opening import Book
from perf_excel.books.template import build
from perf_excel.books.template.packing import repacked
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.forms.model import Form
from perf_excel.jobs.examination.examining import find
from perf_excel.jobs.examination.filled import Filled
from perf_excel.jobs.fill import fill
from perf_excel.rules.rulesets.layouts import Layout
from perf_excel.rules.rulesets.parameters import RuleSet


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: by which rules, which of its forms (empty: its only one), for whom, with which data."""

    rules: RuleSet
    form: str = ""
    data: Form | None = None
    unit: str = ""
    year: int | None = None


def make(order: Order, target: Path) -> Filled:
    """Build the workbook that ``target`` is going to be; nothing is written.

    Raises:
        UserError: the rule set has no such form.
    """
    layout = layout_of(order.rules, order.form)
    given = order.data or Form()
    form = replace(given, form=layout.name, unit=order.unit or given.unit, year=order.year or given.year)
    workbook = Workbook.from_bytes(build(order.rules, layout, form), target.name)
    found = find(Book(target, workbook), sheet=None)
    # A blank form has no data of its own to fill in: what was drawn is all there is to say.
    filled = fill(found, form) if order.data else replace(fill(found, found.reading.form), notes=())
    return replace(filled, data=repacked(filled.data))


def layout_of(rules: RuleSet, name: str) -> Layout:
    """Return a rule set's form by its name, or its only one.

    Raises:
        UserError: there is none of that name; the sentence lists those there are.
    """
    if not rules.forms:
        raise UserError(f"规则集“{rules.id}”没有可新建的表样，请换一个规则集。")
    if not name:
        return rules.forms[0]
    for layout in rules.forms:
        if name == layout.name:
            return layout
    names = "、".join(layout.name for layout in rules.forms)
    raise UserError(f"规则集“{rules.id}”没有表样“{name}”，可用的表样：{names}。")
