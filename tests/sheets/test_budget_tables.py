"""Budget tables in the layouts that departments publish: what adds up, what does not, what stays alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from budgets import audit, said, sentences, untied

from perf_excel.errors import UserError

SPENDING = """
部门支出总体情况表
单位：万元
科目编码 | < | < | 科目名称 | 合计 | 基本支出 | < | < | 项目支出
类 | 款 | 项 | ^ | ^ | 小计 | 工资福利支出 | 商品和服务支出 | ^
合计 | | | | 150.00 | 120.00 | 80.00 | 40.00 | 30.00
201 | | | 一般公共服务支出 | 130.00 | 100.00 | 65.00 | 35.00 | 30.00
201 | 03 | | 政府办公厅（室）及相关机构事务 | 130.00 | 100.00 | 65.00 | 35.00 | 30.00
201 | 03 | 01 | 行政运行 | 100.00 | 100.00 | 65.00 | 35.00 |
201 | 03 | 08 | 信访事务 | 30.00 | | | | 30.00
208 | | | 社会保障和就业支出 | 20.00 | 20.00 | 15.00 | 5.00 | 0.00
208 | 05 | | 行政事业单位养老支出 | 20.00 | 20.00 | 15.00 | 5.00 |
208 | 05 | 01 | 行政单位离退休 | 20.00 | 20.00 | 15.00 | 5.00 |
"""

BALANCE = """
部门收支总体情况表
单位：元
收入 | < | 支出 | <
项目 | 金额 | 项目 | 金额
一、一般公共预算 | 1,400,000 | 一、基本支出 | 1,200,000
1、财政拨款 | 1,400,000 | 1、工资福利支出 | 800,000
2、专项收入 | 0 | 2、商品和服务支出 | 400,000
二、政府性基金预算 | | 二、项目支出 | 300,000
三、其他收入 | 100,000 | |
本年收入合计 | 1,500,000 | 本年支出合计 | 1,500,000
上年结转 | 0 | 结转下年 | 0
收入总计 | 1,500,000 | 支出总计 | 1,500,000
"""


def test_a_table_in_yuan_and_one_in_wan_hold_together() -> None:
    done = audit(SPENDING, BALANCE)
    assert (said(done), untied(done)) == ([], [])
    assert {claim.check for claim in done.claims} == {"B1", "B2", "B3", "B4"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("行政运行 | 100.00", "行政运行 | 109.00", ["B1 E7 130.00≠139.00", "B2 E8 109.00≠100.00"]),
        (
            "合计 | | | | 150.00 | 120.00",
            "合计 | | | | 150.00 | 102.00",
            ["B1 F5 102.00≠120.00", "B2 E5 150.00≠132.00", "B2 F5 102.00≠120.00", "B4 D5 1200000≠1020000"],
        ),
    ],
    ids=["a row", "a total"],
)  # fmt: skip
def test_a_wrong_figure_is_found_wherever_it_takes_part(old: str, new: str, expected: list[str]) -> None:
    assert SPENDING.count(old) == 1
    assert said(audit(SPENDING.replace(old, new), BALANCE)) == expected


def test_what_does_not_hold_is_said_with_its_arithmetic_and_the_likely_reason() -> None:
    wrong = SPENDING.replace("行政单位离退休 | 20.00", "行政单位离退休 | 29.00")
    assert sentences(audit(wrong, BALANCE)) == [
        "“行政事业单位养老支出”的“合计”为 20.00，各项相加：行政单位离退休 29.00 = 29.00",
        "“行政单位离退休”的“合计”为 29.00，各项相加：基本支出小计 20.00 = 20.00",
    ]
    wrong = BALANCE.replace("支出总计 | 1,500,000", "支出总计 | 150")
    assert sentences(audit(SPENDING, wrong))[-1] == (
        "“支出总计”为 150，《部门收支总体情况表》“收入总计” 1500000元，两处不一致；疑把万元写成了元"
    )


def test_codes_in_one_column_whole_or_with_the_name_are_the_same() -> None:
    assert said(audit("""
        一般公共预算支出表
        单位：万元
        功能科目 | 合计 | 基本支出 | 项目支出
        201 一般公共服务支出 | 30 | 10 | 20
        20103政府办公厅 | 30 | 10 | 20
        [2010301]行政运行 | 10 | 10 |
        2010399-其他支出 | 26 | | 26
        合计 | 30 | 10 | 20
    """)) == ["B1 B5 30≠36", "B1 D5 20≠26"]  # fmt: skip


CODED = """
    支出预算表
    单位：元
    {head} | 科目名称 | 合计 | 基本支出 | 项目支出
    {codes[0]} | 合计 | 70 | 40 | 30
    {codes[1]} | 教育支出 | 70 | 40 | 30
    {codes[2]} | 进修及培训 | 70 | 40 | 30
    {codes[3]} | 培训支出 | 40 | 40 |
    {codes[4]} | 干部教育 | 30 | | 30
"""


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        ("科目编码", ["", "205", "20508", "2050803", "2050802"]),
        ("科目编码", ["", "205", "205 08", "205-08-03", "205.08.02"]),
        ("类 | 款 | 项", [" | | ", "205 | | ", "205 | 08 | ", "205 | 08 | 03", "205 | 08 | 02"]),
        ("类 | 款 | 项", [" | | ", "205 | | ", " | 08 | ", " | | 03", " | | 02"]),
        ("类 | 款 | 项", [" | | ", "205 | | ", "205 | 8 | ", "205 | 8 | 3", "205 | 8 | 2"]),
        ("类 | 款 | 项", [" | | ", "205 | | ", " | 20508 | ", " | | 2050803", " | | 2050802"]),
    ],
    ids=["one column", "one column with blanks", "three columns", "own part only", "numbers", "whole codes"],
)  # fmt: skip
def test_codes_in_one_column_or_three(head: str, codes: list[str]) -> None:
    done = audit(CODED.format(head=head, codes=codes))
    assert (said(done), untied(done)) == ([], [])
    assert [claim.check for claim in done.claims].count("B1") == 9
    wrong = audit(CODED.format(head=head, codes=codes).replace("培训支出 | 40 | 40", "培训支出 | 46 | 46"))
    assert [claim.printed for claim in wrong.findings] == ["70", "40"]


def test_units_and_subtotals_are_not_counted_twice() -> None:
    units = """
        支出总体情况表
        单位：元
        单位编码 | 科目编码 | 名称 | 合计
        | | 合计 | 100
        034001 | | 局机关 | 60
        | 2010301 | 行政运行 | 60
        034002 | | 中心 | 40
        | 2010301 | 行政运行 | 25
        | 2010302 | 一般行政管理事务 | 15
    """
    done = audit(units)
    assert (said(done), untied(done)) == ([], [])
    subtotals = """
        项目支出表
        单位：元
        项目 | 金额
        甲项目 | 10
        乙项目 | 20
        小计 | 30
        丙项目 | 5
        丁项目 | 6
        小计 | 11
        合计 | {}
    """
    assert said(audit(subtotals.format(41))) == []
    assert said(audit(subtotals.format(71))) == ["B1 B10 71≠41"]


THREE = """
    “三公”经费支出表
    单位：元
    项目 | 2023年预算数 | 2024年预算数 | 增减额 | 增减（%）
    合计 | 250,000 | 228,000 | -22,000 | -8.80
    1、因公出国（境）费用 | | 0 | |
    2、公务接待费 | 22,000 | — | -22,000 | -100
    3、公务用车费 | 228,000 | 228,000 | 0 | 0
    其中：（1）公务用车运行维护费 | 228,000 | 228,000 | 0 | 0
    （2）公务用车购置 | | | |
    二、相关统计数 | | | |
    1.公务用车保有量（辆） | 5 | 5 | |
    2.国内公务接待批次（批） | 10 | 10 | |
    注：“三公”经费包括因公出国（境）费、公务接待费 120 元等。
"""


def test_blank_is_nought_and_counts_and_notes_are_no_money() -> None:
    done = audit(THREE)
    assert said(done) == []
    assert untied(done) == ["B11", "C11", "B12", "C12"]
    wrong = audit(THREE.replace("运行维护费 | 228,000 | 228,000", "运行维护费 | 228,000 | 226,000"))
    assert said(wrong) == ["B1 C7 228000≠226000"]


WIDE = """
    财政拨款“三公”经费支出决算表
    单位：万元
    合计 | < | 因公出国（境）费 | < | 公务用车购置及运行费 | < | < | < | < | < | 公务接待费 | <
    ^ | ^ | ^ | ^ | 小计 | < | 购置费 | < | 运行费 | < | ^ | ^
    预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数
    9.00 | 7.39 | 1.00 | 0.00 | 5.15 | 7.00 | 0.00 | 4.00 | 5.15 | 3.00 | 2.85 | 0.39
"""


def test_years_and_kinds_are_added_each_for_itself() -> None:
    done = audit(WIDE)
    assert (len(done.claims), said(done)) == (4, [])
    assert said(audit(WIDE.replace("3.00 | 2.85", "4.00 | 2.85"))) == ["B2 F6 7.00≠8.00"]


def test_a_figure_with_a_unit_of_its_own_is_put_into_that_of_its_table() -> None:
    """1,400,000 元 = 140万元 = 0.014亿元; 100 千元 = 100000 元."""
    mixed = BALANCE.replace("一般公共预算 | 1,400,000", "一般公共预算 | 140万元").replace(
        "财政拨款 | 1,400,000", "财政拨款 | 0.014亿元"
    )
    assert mixed.count("元 |") == 2
    assert said(audit(SPENDING, mixed.replace("三、其他收入 | 100,000", "三、其他收入 | 100千元"))) == []
    # In a table in 元 what is printed as 140 is 140 元.
    wrong = audit(mixed.replace("0.014亿元", "140"))
    assert said(wrong) == ["B1 B5 1400000≠140"]


@pytest.mark.parametrize("unit", ["单位：千元", "单位：亿元", "单位：元", "（未写单位）"])
def test_what_is_printed_is_said_as_it_is_printed(unit: str) -> None:
    """Held against a table in 元; what says no unit is taken to be in that of the other one."""
    for texts in ((SPENDING, BALANCE), (BALANCE, SPENDING)):
        done = audit(*(text.replace("单位：万元", unit) for text in texts))
        found = [claim for claim in done.findings if claim.check == "B4"]
        assert found
        for claim in found:
            assert Decimal(claim.printed) == claim.spot.table.figures[claim.spot.place].value


def test_a_table_that_is_not_read_to_its_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("jobs.budget", "sheets.budgets.budget_heads"):
        monkeypatch.setattr(f"perf_excel.{module}.MOST_ROWS", 12)
    assert said(audit(SPENDING)) == []
    with pytest.raises(UserError, match="工作表“表1”有 13 行，预算公开表最多 12 行"):
        audit(SPENDING + "208 | 05 | 05 | 机关事业单位养老保险 | 9.00 | 9.00 | 9.00 | |")
