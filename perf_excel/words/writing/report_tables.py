"""The tables of a report (报告里的表): the form as its annex, money, levels, the projects' results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from perf_excel.words.writing.report_figures import Figure, Subject, one_line

Cell = str | Figure
Facts = Mapping[str, object]


@dataclass(frozen=True)
class ReportTable:
    """A table: its title, the heads of its columns with their relative widths, its rows.

    ``texts`` are the columns whose cells are texts, and stand to the left.
    """

    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    texts: frozenset[int] = frozenset()


_MONEY = ("年初预算数", "全年预算数", "全年执行数", "执行率")


def items(facts: Facts, name: str) -> list[Facts]:
    """Return a list among the facts of a form."""
    return cast("list[Facts]", facts[name])


def cell(facts: Facts, name: str) -> Cell:
    """Return a figure or text among the facts of a form."""
    return cast("Cell", facts[name])


def _blank(value: Cell) -> Cell:
    """A figure that the form does not give: in a table its cell stays empty."""
    return value if not isinstance(value, Figure) or value else ""


def _rows(facts: Iterable[Facts], *names: str) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(_blank(cell(one, name)) for name in names) for one in facts)


def money_table(subject: Subject, facts: Facts) -> tuple[ReportTable, ...]:
    """Return the budget block as a table; none where the form has no such block."""
    if subject.form.budget is None:
        return ()
    total = {**facts, "名称": subject.form.budget.item}
    rows = _rows([total, *items(facts, "资金来源")], "名称", *_MONEY)
    unit = f"（{facts['金额单位']}）"
    heads = ("资金来源", *(f"{name}{unit if name != '执行率' else ''}" for name in _MONEY))
    return (ReportTable("资金情况", heads, (30, 18, 18, 18, 16), rows, frozenset({0})),)


def levels_table(facts: Facts) -> tuple[ReportTable, ...]:
    """Return what each first level was worth and got, and the total below."""
    levels = items(facts, "一级指标")
    if not levels:
        return ()
    names = ("名称", "分值", "得分", "扣分", "得分率")
    total = ("合计", *(_blank(cell(facts, name)) for name in ("满分", "总分", "总扣分")), "")
    rows = (*_rows(levels, *names), total)
    return (
        ReportTable("各级指标得分", ("一级指标", *names[1:]), (36, 16, 16, 16, 16), rows, frozenset({0})),
    )


def projects_table(projects: Sequence[Facts]) -> ReportTable:
    """Return the results of the projects, a row each; the unit of money in the head, or in each row."""
    units = {str(one["金额单位"]) for one in projects}
    several = len(units) > 1
    names = ("项目名称", *_MONEY[:3], *(("金额单位",) if several else ()), _MONEY[3], "总分", "等级")
    unit = "" if several else f"（{units.pop()}）"
    heads = tuple(f"{name}{unit if name in _MONEY[:3] else ''}" for name in names)
    widths = tuple({"项目名称": 28, "总分": 9, "等级": 8}.get(name, 14) for name in names)
    return ReportTable("项目支出绩效自评结果", heads, widths, _rows(projects, *names), frozenset({0}))


def annex(subject: Subject, facts: Facts) -> tuple[ReportTable, ...]:
    """Return the form as tables: money, goal, tasks, indicators."""
    tables = (*money_table(subject, facts), *_goal(facts), *_tasks(facts), *_indicators(subject, facts))
    project = one_line(subject.form.project)
    return tuple(replace(one, title=f"{project}：{one.title}") for one in tables) if project else tables


def _goal(facts: Facts) -> tuple[ReportTable, ...]:
    expected, achieved = (cast("list[Cell]", facts[name]) for name in ("预期目标", "目标实际完成情况"))
    if not expected and not achieved:
        return ()
    count = max(len(expected), len(achieved))
    rows = tuple(
        tuple(column[at] if at < len(column) else "" for column in (expected, achieved))
        for at in range(count)
    )
    return (ReportTable("年度总体目标", ("预期目标", "实际完成情况"), (50, 50), rows, frozenset({0, 1})),)


def _tasks(facts: Facts) -> tuple[ReportTable, ...]:
    rows = _rows(items(facts, "任务"), "名称", "内容", "完成情况")
    heads = ("任务名称", "主要内容", "实际完成情况")
    return (ReportTable("年度主要任务", heads, (20, 45, 35), rows, frozenset({0, 1, 2})),) if rows else ()


_COLUMNS = {
    "一级指标": 9, "二级指标": 10, "名称": 19, "年度指标值": 11, "实际完成值": 11, "分值": 6, "得分": 6,
    "偏差度": 8, "原因": 20,
}  # fmt: skip
_FIELDS = {
    "年度指标值": "target", "实际完成值": "actual", "分值": "weight", "得分": "score",
    "偏差度": "deviation", "原因": "reason",
}  # fmt: skip
_HEADS = {"名称": "三级指标", "原因": "偏差原因分析及改进措施"}


def _indicators(subject: Subject, facts: Facts) -> tuple[ReportTable, ...]:
    """The indicators in the columns that the form has, and the total below."""
    own = [row for level in items(facts, "一级指标") for row in items(level, "指标")]
    if not own:
        return ()
    names = [name for name in _COLUMNS if _has(subject, own, name)]
    rows = [*_rows(own, *names)]
    last: dict[str, Cell] = {names[0]: "总分", "分值": cell(facts, "满分"), "得分": cell(facts, "总分")}
    if "得分" in names and facts["总分"]:
        rows.append(tuple(_blank(last.get(name, "")) for name in names))
    heads = tuple(_HEADS.get(name, name) for name in names)
    texts = frozenset(at for at, name in enumerate(names) if name in ("一级指标", "二级指标", "名称", "原因"))
    return (ReportTable("绩效指标", heads, tuple(_COLUMNS[name] for name in names), tuple(rows), texts),)


def _has(subject: Subject, rows: Sequence[Facts], name: str) -> bool:
    """Whether a column is in the form: one that it has a place for, or a level that any row names."""
    field = _FIELDS.get(name)
    if field is None:
        return any(row[name] for row in rows)
    return field in subject.form.columns and any(row[name] for row in rows)
