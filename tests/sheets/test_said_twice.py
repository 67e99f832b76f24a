"""The total and the grade of a form that says them above its table as well as below."""

from __future__ import annotations

from decimal import Decimal

import pytest
from readback import read
from typed import grid, table

from perf_excel.rules.checks import run_checks
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.scoring.form_score import score
from perf_excel.sheets.reading.form_reading import Reading


def reading(above: str, below: str = "优") -> Reading:
    return read(
        grid(
            *table(
                f"""
                项目支出绩效自评表
                项目名称 | 某项目 | {above}
                一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分
                产出指标 | 数量指标 | 修路 | ≥5公里 | 5公里 | 60 | 60
                效益指标 | 社会效益指标 | 受益村 | ≥5个 | 6个 | 40 | 40
                总分 |  |  |  |  | 100 | 100
                等级 |  |  |  |  |  | {below}
                """
            )
        )
    )


def contradictions(got: Reading) -> list[tuple[str, object]]:
    rules = ruleset("national-2020")
    found = run_checks(got.form, rules, score(got.form, rules))
    return [(one.label, one.printed) for one in found if one.check == "W2" and "两处不一致" in one.message]


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("自评得分 | 100 | 自评等级 | 优", []),
        ("自评得分 | 95 | 自评等级 | 优", [("总分", Decimal(95))]),
        ("自评得分：95", [("总分", Decimal(95))]),
        ("自评总分（分） | 100 |  | 自评等级：良", [("等级", "良")]),
        ("自评得分/等级 | 98 | 良", [("总分", Decimal(98)), ("等级", "良")]),
    ],
)
def test_what_is_said_above_is_held_against_what_is_said_below(
    above: str, expected: list[tuple[str, object]]
) -> None:
    got = reading(above)
    assert (got.form.total, got.form.grade) == (100, "优")
    assert contradictions(got) == expected
    assert got.form.unread == ()
