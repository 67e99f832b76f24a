"""Scored tables above the indicators (资金管理情况, 10分): their points belong to the form's total."""

from __future__ import annotations

from decimal import Decimal

import pytest
from readback import read, said
from typed import grid, table

from perf_excel.forms.model import Form
from perf_excel.rules.checks import run_checks
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.scoring.form_score import score

HEAD = """
项目支出绩效自评表
项目名称 | 某项目
资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
 | 年度资金总额 | 100 | 90 | 10 | 90% | 9
"""
INDICATORS = """
一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标 | 数量指标 | 修路 | ≥5公里 | 5公里 | 50 | 50 |
效益指标 | 社会效益指标 | 受益村 | ≥5个 | 6个 | 30 | 30 |
总分 |  |  |  |  | 100 | 98 |
"""


def form(rows: str, *merges: tuple[int, int, int, int]) -> Form:
    text = "\n".join(part.strip("\n") for part in (HEAD, rows, INDICATORS))
    return read(grid(*table(text), merges=merges)).form


@pytest.mark.parametrize(
    ("rows", "merges", "level", "expected"),
    [
        (
            """
            资金管理情况（10分） |  | 情况说明 |  | 分值 | 得分 | 存在问题和改进措施
             | 分配科学性 | 按因素法分配 |  | 6 | 6 | 无
             | 下达及时性 | 收到后40日下达 |  | 4 | 3 | 审核较慢
            """,
            ((5, 1, 7, 1),),
            "资金管理情况",
            (("分配科学性", "", "按因素法分配", 6, 6), ("下达及时性", "", "收到后40日下达", 4, 3)),
        ),
        (
            """
            债券资金管理指标（10分） | 指标 | 分值 | 得分 | 说明
             | 资金到位率 | 6 | 6 |
             | 资金合规性 | 4 | 3 | 凭证不全
             | 小计 | 10 | 9 |
            """,
            (),
            "债券资金管理指标",
            (("资金到位率", "", "", 6, 6), ("资金合规性", "", "", 4, 3)),
        ),
    ],
)
def test_its_rows_are_read_and_count(
    rows: str, merges: tuple[tuple[int, int, int, int], ...], level: str, expected: tuple[object, ...]
) -> None:
    got = form(rows, *merges)
    own = [row for row in got.indicators if row.given]
    assert tuple(said(row, ()) for row in own) == expected
    assert {row.level1 for row in own} == {level}
    assert got.unread == ()
    assert got.unread_money == ()
    rules = ruleset("national-2020")
    scores = score(got, rules)
    assert sum(row.printed or Decimal(0) for row in scores.rows) == 98
    errors = [one for one in run_checks(got, rules, scores) if one.severity == "error" and one.check != "V1"]
    assert errors == []


def test_money_with_points_is_no_scored_table() -> None:
    rows = """
    资金情况 |  | 说不清的数 | 分值 | 得分
     | 财政 | 100 | 6 | 6
     | 自筹 | 80 | 4 | 3
    """
    assert not any(row.given for row in form(rows).indicators)


def test_a_label_with_points_along_a_table_without_levels_names_its_level() -> None:
    text = """
    债券管理（10分） | 指标名称 | 指标值 | 实际完成值 | 分值 | 得分 | 原因
     | 资金到位率 | 100% | 100% | 6 | 6 |
     | 资金合规性 | 合规 | 合规 | 4 | 4 |
    """
    found = read(grid(*table(f"专项债券绩效自评表\n{text}"), merges=((3, 1, 5, 1),))).form
    assert [(row.level1, row.level3) for row in found.indicators] == [
        ("债券管理", "资金到位率"),
        ("债券管理", "资金合规性"),
    ]
