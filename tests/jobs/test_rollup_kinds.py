"""Departments' forms of other kinds (别的版式) rolled up: money in 元, columns cut apart, retyped."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from small import form, money, row

from perf_excel.books.opening import open_book
from perf_excel.forms.model import Form
from perf_excel.jobs.examination.examining import examine, find
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.rollup import RolledUp, rolled_up
from perf_excel.jobs.rollup_files import collected
from perf_excel.jobs.rollup_gathering import files_in
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.rulesets.toml_reading import parse_ruleset

IN_YUAN = """
id = "试-元"
name = "试"
version = "1"
money = "元"
[text]
rule = "percent"
[[forms]]
name = "项目支出绩效自评表"
title = "项目支出绩效自评表"
budget_block = "项目资金（元）"
columns = ["level1", "level2", "level3", "sign", "target", "unit", "actual", "weight", "score", "reason"]
"""


def data(unit: str, amount: str | None, people: str, rate: str) -> Form:
    funding = (money(amount, amount, amount, 10), money(amount, amount, amount, item="其中：当年财政拨款"))
    rows = (row("≥1000人", people, 50, name="受益人数"), row("≥95%", rate, 40, name="合格率"))
    return form(*rows, funding=funding, unit=unit, year=2024)


def rolled(folder: Path, rules: RuleSet, *units: Form) -> RolledUp:
    def write(name: str, one: Form) -> Path:
        path = folder / f"{name}.xlsx"
        path.write_bytes(make(Order(rules, data=one), path).data)
        return path

    files = [write(one.unit, one) for one in units]
    found = find(open_book(write("部门表", data("某局", None, "", ""))))
    return rolled_up(found, collected(files_in(files), found.reading.form), date(2025, 2, 1))


@pytest.mark.parametrize(
    "rules", [parse_ruleset(IN_YUAN, "试.toml"), ruleset("national-2020")], ids=["元", "万元"]
)
def test_the_money_of_a_form_in_yuan_too(rules: RuleSet, tmp_path: Path) -> None:
    """100.5 + 200.25 = 300.75 万元; (90×100.5 + 99×200.25) ÷ 300.75 = 95.99 %."""
    done = rolled(
        tmp_path, rules, data("甲", "100.5", "400人", "90%"), data("乙", "200.25", "0.05万人", "99%")
    )
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(done.data)
    there = examine(target)
    assert there.form.budget is not None
    assert there.form.budget.annual == Decimal("300.75")
    assert [one.actual.number for one in there.form.indicators] == [900, Decimal("95.99")]
    assert [one.points for one in there.scores.indicators] == [45, 40]
    # The sheet of sources is in 万元 whatever the form is in.
    sheet = openpyxl.load_workbook(target, data_only=True)["来源"]
    total = next(line for line in sheet.iter_rows(values_only=True) if line[0] == "年度资金总额·全年预算数")
    assert total[7] == pytest.approx(300.75)
    assert not done.partial


def test_a_department_without_a_place_for_the_money(tmp_path: Path) -> None:
    """A form retyped by the department: no budget block, a score column without formulas, no 来源 yet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (
        ("部门整体支出绩效自评表（2024年度）",),
        ("单位名称", "某局"),
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"),
        ("产出指标", "数量指标", "受益人数", "≥1000人", None, 50, None, None),
        ("产出指标", "质量指标", "合格率", "≥95%", None, 50, None, None),
        ("总分", None, None, None, None, 100, None, None),
    ):
        sheet.append(line)
    into = tmp_path / "部门表.xlsx"
    book.save(into)
    rules = ruleset("national-2020")
    files: list[Path] = []
    for one in (data("甲", "100", "400人", "90%"), data("乙", "300", "500人", "98%")):
        files.append(tmp_path / f"{one.unit}.xlsx")
        files[-1].write_bytes(make(Order(rules, data=one), files[-1]).data)
    found = find(open_book(into))
    done = rolled_up(found, collected(files_in(files), found.reading.form), date(2025, 2, 1))
    # 900 of 1000: 45; (90×100 + 98×300) ÷ 400 = 96 %: 50.
    cells = openpyxl.load_workbook(into)
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(done.data)
    cells = openpyxl.load_workbook(target).worksheets[0]
    assert [[cells.cell(line, column).value for column in (5, 7)] for line in (4, 5, 6)] == [
        ["900人", 45],
        ["96%", 50],
        [None, 95],
    ]
    assert "部门表没有资金一块，各单位的资金没有汇总" in done.notes
