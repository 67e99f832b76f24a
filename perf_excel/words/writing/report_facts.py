"""Everything that a report template may say (报告的内容), by the names of its tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from perf_excel.forms.spot import Spot
from perf_excel.words.writing.report_figures import Figure, Subject, identity, lines_of, one_line
from perf_excel.words.writing.report_money import money_facts
from perf_excel.words.writing.report_points import point_facts
from perf_excel.words.writing.report_tables import (
    Facts,
    ReportTable,
    annex,
    items,
    levels_table,
    money_table,
    projects_table,
)

BlockKind = Literal["tables", "chart"]


@dataclass(frozen=True)
class Bar:
    """A bar of the picture of 得分率: its name, and its share in percent, which may be missing."""

    name: str
    share: Figure


@dataclass(frozen=True)
class Block:
    """What takes a paragraph's place: tables, or the picture of the levels' shares."""

    kind: BlockKind
    tables: tuple[ReportTable, ...] = ()
    title: str = ""
    key: str = ""
    bars: tuple[Bar, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tables or self.bars)


def report_facts(main: Subject, projects: Sequence[Subject] = ()) -> dict[str, object]:
    """Return what the tags of a template stand for.

    Args:
        main: the form that the report is about.
        projects: forms of projects that go into it.
    """
    facts = form_facts(main)
    each = [form_facts(project) for project in projects]
    forms = zip((main, *projects), (facts, *each), strict=True)
    tables = tuple(table for subject, own in forms for table in annex(subject, own))
    return {
        **facts,
        "项目": each,
        "项目数": main.figure("count.projects", "项目数", str(len(each)), computed=True),
        "项目汇总表": Block("tables", (projects_table(each),) if each else ()),
        "附件自评表": Block("tables", tables),
    }


def form_facts(subject: Subject) -> dict[str, object]:
    """Return what a template may say of one form."""
    form, goal = subject.form, subject.form.goal
    facts: dict[str, object] = {
        "单位": subject.figure("unit", "单位名称", form.unit, Spot("head", 0, "unit")),
        "年度": subject.figure("year", "年度", str(form.year or ""), Spot("head", 0, "year")),
        "项目名称": subject.figure("project", "项目名称", form.project, Spot("head", 0, "project")),
        "表名": one_line(form.form),
        "预期目标": _lines(subject, "expected", "预期目标", goal.expected),
        "目标实际完成情况": _lines(subject, "achieved", "年度总体目标实际完成情况", goal.achieved),
        "任务": _tasks(subject),
        **money_facts(subject),
        **point_facts(subject),
    }
    return {
        **facts,
        "资金表": Block("tables", money_table(subject, facts)),
        "各级得分表": Block("tables", levels_table(facts)),
        "得分率图": _chart(subject, facts),
    }


def _lines(subject: Subject, field: str, label: str, text: str) -> list[Figure]:
    """Return a text of several lines, each a figure of its own."""
    spot = Spot("goal", 0, field)
    return [
        subject.figure(f"goal.{field}.{number}", f"{label}（第{number}段）", line, spot)
        for number, line in enumerate(lines_of(text), 1)
    ]


def _tasks(subject: Subject) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    names = [identity(task.name) for task in subject.form.tasks]
    for index, task in enumerate(subject.form.tasks):
        before = names[:index].count(names[index])
        key = f"t{names[index]}{f'.{before}' if before else ''}"
        name = one_line(task.name)
        found.append(
            {
                "名称": name,
                "内容": subject.figure(
                    f"{key}.content", f"{name}的主要内容", task.content, Spot("task", index, "content")
                ),
                "完成情况": subject.figure(
                    f"{key}.achieved", f"{name}的实际完成情况", task.achieved, Spot("task", index, "achieved")
                ),
            }
        )
    return found


def _chart(subject: Subject, facts: Facts) -> Block:
    """Return the picture of the levels' shares of their weights; none where no level has one."""
    bars = tuple(
        Bar(str(level["名称"]), share)
        for level in items(facts, "一级指标")
        if isinstance(share := level["得分率"], Figure)
    )
    known = bars if any(bar.share for bar in bars) else ()
    return Block("chart", (), "一级指标得分率（%）", f"{subject.prefix}:chart", known)
