"""From the declaration (由申报表新建) to a later form of its year: the declared targets, and no results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.forms.indicator_pairing import name_of
from perf_excel.forms.model import Detail, Form, Funding, Indicator, Task
from perf_excel.forms.money_sources import is_total, pair_sources
from perf_excel.jobs.budget import tables_in
from perf_excel.jobs.budget_block import budget_form
from perf_excel.jobs.examination.declared import NoFormError, declared_forms
from perf_excel.jobs.examination.filled import Filled
from perf_excel.jobs.new import Order, layout_of, make
from perf_excel.rules.rulesets.layouts import PROJECT_LABELS, Layout
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.sheets.budgets.budget_heads import Table

_LONGEST = 30
_BESIDE = re.compile(r"(?:[及和与]?(?:代码|编码)|[及和与]名称)$")


@dataclass(frozen=True)
class Started(Filled):
    """A workbook that was begun, what was taken over, and whether it can be held against its source later."""

    said: str
    declares: bool = False


def start(order: Order, source: Path, target: Path, sheet: str | None = None) -> Started:
    """Build the self-evaluation or monitoring form of what was declared; nothing is written.

    Args:
        order: the rule set and its form, and the unit and year where they are to differ.
        source: the declaration (申报表, 项目绩效目标表), a workbook or data (.json); or 预算公开表.
        target: the workbook to be.
        sheet: the declaration's sheet; None where its workbook holds one form.

    Raises:
        UserError: no usable declaration, several of them, or no such form in the rule set.
    """
    try:
        forms = declared_forms(source, None, sheet)
    except NoFormError:
        tables = published_tables(source, sheet)
        if not tables:
            raise
        return _from_budget(order, tables, target)
    if len(forms) > 1:
        raise UserError(
            f"{source.name}：有 {len(forms)} 张绩效表，请",
            by_command="用 --sheet 指定申报表所在的工作表，一张一张新建。",
            by_hand="各另存为一个文件，一张一张新建。",
        )
    declared, layout = forms[0], layout_of(order.rules, order.form)
    form = started(declared, layout)
    made = make(replace(order, data=form), target)
    notes = (*_left_behind(declared, layout), *made.notes)
    count = len(made.examined.form.indicators)
    return Started(made.data, made.examined, notes, f"已带入申报的 {count} 个指标", declares=True)


def published_tables(source: Path, sheet: str | None = None) -> list[Table]:
    """Return the budget tables (预算公开表) of a workbook; none where they hold no amount."""
    book = open_book(source)
    names = [sheet] if sheet else book.visible
    tables = tables_in([grid for name in names if (grid := book.grid(name)) is not None], source.name)
    return tables if any(table.figures for table in tables) else []


def _from_budget(order: Order, tables: Sequence[Table], target: Path) -> Started:
    """Build a form whose budget block is filled from budget tables; all else is as in the blank one.

    Raises:
        UserError: the form is that of a project, and the tables are the department's.
    """
    layout = layout_of(order.rules, order.form)
    if any(label in PROJECT_LABELS for row in layout.head for label in row) or "项目" in layout.name:
        raise UserError(
            f"表样“{layout.name}”是一个项目的，预算公开表是整个部门的，不能由它新建；请",
            by_command="用 --form 选部门（单位）整体的表样，或由申报表新建。",
            by_hand="选部门（单位）整体的表样，或由申报表新建。",
        )
    form, notes = budget_form(tables, layout, layout.money or order.rules.money)
    made = make(replace(order, data=form), target)
    # What is still blank is all but the money, as in any new form.
    lacking = tuple(note for note in made.notes if "保持原样" not in note)
    return Started(made.data, made.examined, (*notes, *lacking), "已带入预算公开表的金额，其余待填")


def started(declared: Form, layout: Layout) -> Form:
    """Return a form with the declared targets; what is only known later in the year, or after it, is blank.

    The declared total becomes 年初预算数 of the total row, its sources those of the same name. A weight is
    the declared one, else that of the layout's usual indicator of the same name.
    """
    usual = {name_of(row.level3): row.weight for row in layout.rows if row.level3}
    return Form(
        form=layout.name,
        unit=declared.unit,
        unit_code=declared.unit_code,
        year=declared.year,
        region=declared.region,
        project=declared.project,
        details=_details(declared, layout),
        funding=_funding(declared, layout),
        goal=replace(declared.goal, achieved=""),
        tasks=tuple(Task(task.name, task.content) for task in declared.tasks) if layout.task_block else (),
        indicators=tuple(
            Indicator(
                row.level1,
                row.level2,
                row.level3,
                target=row.target,
                weight=usual.get(name_of(row.level3)) if row.weight is None else row.weight,
                thresholds=row.thresholds,
                direction=row.direction,
                above=row.above,
                term=row.term,
            )
            for row in declared.indicators
        ),
    )


def _details(declared: Form, layout: Layout) -> tuple[Detail, ...]:
    """The declared head under the form's own labels: 主管部门及代码 is 主管部门."""
    labels = {_bare(label): label for row in layout.head for label in row}
    return tuple(replace(one, label=labels.get(_bare(one.label), one.label)) for one in declared.details)


def _bare(label: str) -> str:
    return _BESIDE.sub("", name_of(label))


def _funding(declared: Form, layout: Layout) -> tuple[Funding, ...]:
    total, *sources = layout.funding or ("",)
    paired = pair_sources(sources, [row.item for row in declared.sources])
    taken = (declared.sources[paired[at]] if at in paired else None for at in range(len(sources)))
    rows = [(total, declared.budget), *zip(sources, taken, strict=True)]
    return tuple(Funding(item, initial=_asked(row) if row else None) for item, row in rows if item)


def _asked(row: Funding) -> Decimal | None:
    return row.annual if row.initial is None else row.initial


def _left_behind(declared: Form, layout: Layout) -> Iterator[str]:
    """Name what the declaration says and the new form does not take over."""
    taken = set(pair_sources(layout.funding[1:], [row.item for row in declared.sources]).values())
    for at, row in enumerate(declared.sources):
        amount = _asked(row)
        if amount and at not in taken and not _is_total_again(row, declared):
            what = f"申报表的“{row.item}”{shown(amount)}万元"
            yield f"{what}，表样里没有这一项，没有带入，请自行填到相应的资金来源"
    if declared.tasks and not layout.task_block:
        names = "、".join(f"“{_short(task.name or task.content)}”" for task in declared.tasks)
        yield f"表样里没有年度任务，申报的任务没有带入：{names}"
    if declared.monitors:
        yield "监控表的执行情况、全年预计和偏差原因是监控时的，没有带入；指标值取自监控表，请与申报表核对"
    results = [
        name
        for name, there in (
            ("实际完成值", any(row.actual.text for row in declared.indicators)),
            ("得分", any(row.score is not None for row in declared.indicators)),
            ("偏差原因", any(row.reason for row in declared.indicators)),
            ("执行数", any(row.executed is not None for row in declared.funding)),
            ("目标完成情况", bool(declared.goal.achieved) or any(task.achieved for task in declared.tasks)),
        )
        if there
    ]
    if results and not declared.monitors:
        yield f"原表填有{'、'.join(results)}，是自评的内容，没有带入；请确认用的是申报表"
    wanted = {name_of(row.level3) for row in declared.indicators}
    missing = [row.level3 for row in layout.rows if row.level3 and name_of(row.level3) not in wanted]
    if missing:
        names = "、".join(f"“{name}”" for name in missing[:5])
        more = f"等 {len(missing)} 个" if len(missing) > len(missing[:5]) else ""
        yield f"表样的常用指标{names}{more}没有申报，没有列入；当地要求列入的，请自行增加"
    weighted = not layout.columns or "weight" in layout.columns
    if weighted and (blank := sum(row.weight is None for row in started(declared, layout).indicators)):
        yield f"{blank} 个指标的分值待填：申报表没有分值"


def _is_total_again(row: Funding, declared: Form) -> bool:
    """Whether a line is the total once more: 年度资金总额 below 项目资金总额."""
    total = declared.budget
    return total is not None and is_total(row.item) and _asked(row) == _asked(total)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
