"""From the declaration to the self-evaluation: what is taken over, and that the rest is named."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from facts import shangjie
from small import form, money, row
from typed import Typing, type_into, typed

from perf_excel.faces.cli import run
from perf_excel.forms.data_writing import data_of
from perf_excel.forms.measure import NOTHING
from perf_excel.forms.model import Detail, Form, Goal, Task
from perf_excel.jobs.examination.datafile import load_data
from perf_excel.jobs.examination.examining import examine
from perf_excel.jobs.new import Order, layout_of, make
from perf_excel.jobs.new_from import start, started
from perf_excel.rules.rulesets.layouts import Layout, SkeletonRow
from perf_excel.rules.rulesets.library import ruleset

LAYOUT = Layout(
    "自评表", "自评表",
    funding=("预算总额", "其中：（1）财政性资金", "（2）单位资金"),
    task_block="年度主要任务",
    rows=(
        SkeletonRow("产出", "数量", "“三公”控制率", "≤100%", weight=Decimal(3)),
        SkeletonRow("产出", "数量"),
    ),
)  # fmt: skip
DECLARED = form(
    row("≥95%", "", None, name="培训及时率"),
    row("≤100%", "", None, name="三公控制率"),
    row("有效", "", 5, name="政策效果"),
    funding=(money(None, 30), money(None, 20, item="财政性资金"), money(None, 10, item="其他资金")),
    unit="某局",
    unit_code="034001",
    year=2025,
    goal=Goal("办好培训", "已办"),
    tasks=(Task("任务1", "培训", "完成"),),
    details=(Detail("立项依据", "某某文件"),),
)


def test_targets_money_and_words_are_taken_over() -> None:
    one = started(DECLARED, LAYOUT)
    assert (one.unit, one.unit_code, one.year) == ("某局", "034001", 2025)
    assert [(row.level3, row.target.text, row.weight) for row in one.indicators] == [
        ("培训及时率", "≥95%", None),
        ("三公控制率", "≤100%", Decimal(3)),
        ("政策效果", "有效", Decimal(5)),
    ]
    assert [(row.item, row.initial, row.annual) for row in one.funding] == [
        ("预算总额", Decimal(30), None),
        ("其中：（1）财政性资金", Decimal(20), None),
        ("（2）单位资金", None, None),
    ]
    assert (one.goal, one.tasks) == (Goal("办好培训"), (Task("任务1", "培训"),))


def test_results_are_not() -> None:
    one = started(shangjie(), LAYOUT)
    assert all(row.actual == NOTHING and row.score is None and not row.reason for row in one.indicators)
    assert (one.total, one.grade) == (None, "")
    assert all(row.executed is None and row.score is None for row in one.funding)


def notes(declared: Form, tmp_path: Path, rules: str = "henan-department") -> str:
    source = tmp_path / "申报表.xlsx"
    source.write_bytes(typed(declared))
    return "\n".join(start(Order(ruleset(rules)), source, tmp_path / "新.xlsx").notes)


def test_what_is_left_behind_is_named(tmp_path: Path) -> None:
    said = notes(shangjie(), tmp_path)
    assert "原表填有实际完成值、得分、偏差原因、执行数" in said
    said = notes(DECLARED, tmp_path)
    assert "“其他资金”10万元，表样里没有这一项" in said
    assert "“年度履职目标相关性”" in said
    assert "的分值待填" in said
    project = notes(shangjie(), tmp_path, "national-2020")
    assert "表样里没有年度任务" not in project, "typed forms have no tasks to leave behind"


def test_tasks_that_have_no_place_are_named(tmp_path: Path) -> None:
    source = tmp_path / "D.json"
    source.write_text(
        '{"details": {"立项依据": "某某文件"}, "project": "培训费", "tasks": ["办班"],'
        ' "indicators": [{"level1": "产出指标", "level2": "数量指标", "level3": "班次", "target": "≥2次"}]}',
        encoding="utf-8",
    )
    said = "\n".join(start(Order(ruleset("national-2020")), source, tmp_path / "新.xlsx").notes)
    assert "申报的任务没有带入：“办班”" in said
    assert said.count("立项依据“某某文件”") == 1


def test_levels_and_terms_that_have_no_place_are_named(tmp_path: Path) -> None:
    """Of a form with four levels the third, and whether an indicator is 长期 or 年度."""
    rows = (
        row("≥10公里", "", 5, name="新建里程", above="道路"),
        row("≥1座", "", 5, name="新建座数", above="桥梁"),
        row("≥80%", "", 5, name="覆盖率", term="长期"),
    )
    source = tmp_path / "申报.json"
    source.write_text(json.dumps(data_of(form(*rows, unit="某局"))), encoding="utf-8")
    order = Order(ruleset("national-2020"))
    from_data = make(replace(order, data=load_data(source)), tmp_path / "新.xlsx")
    for made in (start(order, source, tmp_path / "新.xlsx"), from_data):
        assert "四级指标上面的三级指标“道路”“桥梁”、期限“长期”" in "\n".join(made.notes)


def test_the_head_goes_to_labels_that_mean_the_same() -> None:
    declared = replace(DECLARED, details=(Detail("主管部门及代码", "[101]某委"), Detail("立项依据", "文件")))
    one = started(declared, layout_of(ruleset("national-2020"), ""))
    assert one.details == (Detail("主管部门", "[101]某委"), Detail("立项依据", "文件"))


def test_made_and_held_against_its_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, made = tmp_path / "申报表.xlsx", tmp_path / "自评表.xlsx"
    source.write_bytes(typed(DECLARED))
    assert run(["new", "--from", str(source), "--rules", "henan-department", "-o", str(made)]) == 0
    assert "已带入申报的 3 个指标" in capsys.readouterr().out
    run(["check", str(made), "--against", str(source)])
    out = capsys.readouterr().out
    assert "R3" not in out
    assert examine(made).form.unit == "某局"


def test_one_declaration_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "D.json"
    data.write_text("{}", encoding="utf-8")
    command = ["new", "--rules", "henan-department", "-o", str(tmp_path / "新.xlsx"), "--data", str(data)]
    assert run([*command, "--from", str(data)]) == 2
    assert "不能同时用" in capsys.readouterr().err


def test_several_declarations_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "申报表.xlsx"
    book = openpyxl.Workbook()
    for number, name in enumerate(("部门", "项目")):
        sheet: Any = book.worksheets[0] if not number else book.create_sheet()
        sheet.title = name
        rows = (row("≥1次", "", None, name=f"{name}{kind}次数") for kind in ("培训", "会议"))
        type_into(sheet, form(*rows, unit=name), Typing())
    book.save(source)
    target = tmp_path / "新.xlsx"
    command = ["new", "--from", str(source), "--rules", "national-2020", "-o", str(target)]
    assert run(command) == 2
    assert "有 2 张绩效表" in capsys.readouterr().err
    assert run([*command, "--sheet", "项目"]) == 0
    assert [one.level3 for one in examine(target).form.indicators] == ["项目培训次数", "项目会议次数"]
    # A check finds by itself which of them is meant.
    capsys.readouterr()
    run(["check", str(target), "--against", str(source)])
    assert "R3" not in capsys.readouterr().out
