"""The tables of the founding documents (tests/cases/seeds), typed as they are printed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from facts import seed
from typed import Paper

from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.reading.form_reading import Reading, read_form

Row = dict[str, Any]


def read(paper: Paper) -> Reading:
    sheet = paper.grid()
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout)


def typed(title: str, head: tuple[str, ...], fields: tuple[str, ...], rows: list[Row]) -> Paper:
    """Type a table; the levels stand once, merged down over their rows."""
    paper = Paper()
    paper.rows((title,), head)
    for number, row in enumerate(rows, 3):
        for column, field in enumerate(fields, 1):
            paper.put(number, column, row.get(field))
    for column, field in enumerate(fields, 1):
        if field in ("level1", "level2"):
            begin = 0
            for end in range(1, len(rows) + 1):
                if end == len(rows) or _group(rows[end], field) != _group(rows[begin], field):
                    paper.merge(3 + begin, column, 2 + end, column)
                    for below in range(4 + begin, 3 + end):
                        paper.cells.pop((below, column), None)
                    begin = end
    return paper


def _group(row: Row, field: str) -> tuple[str, ...]:
    return (row["level1"],) if field == "level1" else (row["level1"], row["level2"])


def named(reading: Reading) -> list[tuple[str, str, str, str]]:
    return [(row.level1, row.level2, row.level3, row.target.text) for row in reading.form.indicators]


def test_a_declaration_whose_units_have_a_column() -> None:
    rows: list[Row] = seed("henan-zhengzhou-2021-申报表")["indicators"]
    head = ("一级指标", "二级指标", "三级指标", "指标值", "度量单位")
    fields = ("level1", "level2", "level3", "target", "unit")
    got = read(typed("部门（单位）整体绩效目标申报表", head, fields, rows))
    assert named(got) == [
        (row["level1"], row["level2"], row["level3"], row["target"] + ("%" if row["unit"] == "%" else ""))
        for row in rows
    ]
    assert len(rows) == 26
    assert got.form.columns >= {"target"}


def test_a_table_of_project_targets_with_many_empty_groups() -> None:
    rows: list[Row] = seed("henan-zhengzhou-2021-项目绩效目标表")["indicators"]
    head = ("一级指标", "二级指标", "三级指标", "目标值")
    got = read(typed("支出项目绩效目标表", head, ("level1", "level2", "level3", "target"), rows))
    assert named(got) == [
        (row["level1"], row["level2"], row["level3"], row["target"]) for row in rows if row.get("level3")
    ]
    assert got.free == {
        number: (row["level1"], row["level2"]) for number, row in enumerate(rows, 3) if not row.get("level3")
    }
    assert (len(got.form.indicators), len(got.free)) == (13, 11)


def test_a_summary_of_an_evaluation() -> None:
    facts = seed("henan-zhengzhou-2021-财政评价")
    paper = Paper()
    paper.rows(
        ("评价内容", "分值", "评价得分", "得分率"),
        *((row["content"], row["weight"], row["score"], row["rate"]) for row in facts["summary"]),
        ("综合得分", 100, facts["total"], "80.91%"),
        ("绩效评定级别", facts["grade"]),
    )
    got = read(paper).form
    assert [(row.level3, row.weight, row.score, row.share.text) for row in got.indicators] == [
        (row["content"], row["weight"], Decimal(str(row["score"])), row["rate"]) for row in facts["summary"]
    ]
    assert (got.total, got.grade) == (Decimal(str(facts["total"])), facts["grade"])


def test_the_points_of_parts_and_tasks() -> None:
    facts = seed("guangdong-guangzhou-2021-自评")
    parts, tasks = Paper(), Paper()
    parts.rows(
        ("评价内容", "分值", "自评得分"),
        *((part["name"], part["weight"], part["score"]) for part in facts["parts"]),
        ("总分", 100, facts["total"]),
    )
    tasks.rows(
        ("任务内容", "任务绩效目标", "目标完成情况", "履职效能评分"),
        *((task["name"], "办好", "已办好", task.get("score")) for task in facts["tasks"]),
    )
    got = read(parts).form
    assert [(row.level3, row.weight, row.score) for row in got.indicators] == [
        ("管理效能", 50, Decimal("43.16")),
        ("履职效能", 50, 50),
    ]
    assert got.total == Decimal("93.16")
    assert [(row.level3, row.score) for row in read(tasks).form.indicators] == [
        (task["name"], task.get("score")) for task in facts["tasks"]
    ]


def test_indicators_with_bounds_of_four_levels() -> None:
    rows: list[Row] = seed("hebei-luquan-2022-自评")["indicators"]
    paper = Paper()
    paper.rows(
        ("一级指标", "三级指标", "评价标准", "", "", "", "指标值", "完成值"),
        ("", "", *seed("hebei-luquan-2022-自评")["grade_names"]),
        *(
            (row["level1"], row["level3"], "≥95", "≥85", "≥60", "<60", row["target"], row["actual"])
            for row in rows
        ),
    )
    for area in ((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 6), (1, 7, 2, 7), (1, 8, 2, 8)):
        paper.merge(*area)
    got = read(paper).form.indicators
    assert [(row.level3, row.target.text, row.actual.text) for row in got] == [
        (row["level3"], row["target"], row["actual"]) for row in rows
    ]
    assert {row.thresholds for row in got} == {(95, 85, 60)}
