"""What a template left in rows that hold no indicator (模板提示文字), and remarks that are none."""

from __future__ import annotations

import pytest
from typed import grid, table

from perf_excel.rules.checks import run_checks
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.scoring.form_score import score
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.reading.form_reading import Reading, read_form

FORM = """
项目支出绩效目标表
项目名称 | 某项目
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 接访批次 | ≥5批
{row}
效益指标 | 社会效益指标 | 受益人数 | ≥50人
满意度指标 | 服务对象满意度指标 | 满意度 | ≥90%
"""


def read(row: str) -> Reading:
    sheet = grid(*table(FORM.format(row=row)))
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout)


@pytest.mark.parametrize("left", ["……", "（≥**%）", "指标1：", "指标2：……", "三级指标3"])
def test_a_template_s_own_name_is_named(left: str) -> None:
    reading = read(f"产出指标 | 质量指标 | {left} |")
    form, rules = reading.form, ruleset("zhengzhou-declaration")
    assert [row.level3 for row in form.indicators] == ["接访批次", "受益人数", "满意度"]
    assert [(reading.places[spot], text) for spot, text in form.leftovers] == [((5, 3), left)]
    found = [one for one in run_checks(form, rules, score(form, rules)) if "模板" in one.message]
    assert [(one.check, one.severity, one.printed) for one in found] == [("V9", "warning", left)]


def test_blank_rows_are_no_leftovers() -> None:
    assert read("产出指标 | 质量指标 |  |").form.leftovers == ()


def test_several_are_one_finding() -> None:
    reading = read("产出指标 | 质量指标 | …… |\n产出指标 | 时效指标 | …… |")
    form, rules = reading.form, ruleset("zhengzhou-declaration")
    (found,) = [one for one in run_checks(form, rules, score(form, rules)) if "模板" in one.message]
    assert [reading.places[spot] for spot in (found.spot, *found.also)] == [(5, 3), (6, 3)]


def test_a_wide_remark_is_no_indicator() -> None:
    text = FORM.format(row="产出指标 | 质量指标 | 合格率 | ≥95%") + "备注 |  | 剩余部分列入下年预算。 |"
    sheet = grid(*table(text), merges=((8, 1, 8, 2), (8, 3, 8, 4)))
    (layout,) = find_forms(sheet)
    names = [row.level3 for row in read_form(sheet, layout).form.indicators]
    assert names == ["接访批次", "合格率", "受益人数", "满意度"]
