"""Budget tables in other shapes: none accuses a figure that is right, and what is not certain stays alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from budgets import audit, said, table, untied

from perf_excel.jobs.budget import audited, tables_in
from perf_excel.sheets.grid import Cell, Grid

HOLD = {
    "this year beside the last": """
        一般公共预算支出预算表
        单位：万元
        功能分类科目 | < | 2023年执行数 | 2024年预算数 | < | < | 2024年比2023年 | <
        科目编码 | 科目名称 | ^ | 小计 | 基本支出 | 项目支出 | 增减额 | 增减%
        201 | 一般公共服务支出 | 90 | 100 | 60 | 40 | 10 | 11.11
        20103 | 政府办公厅 | 90 | 100 | 60 | 40 | 10 | 11.11
        2010301 | 行政运行 | 50 | 60 | 60 | | 10 | 20
        2010302 | 一般行政管理 | 40 | 40 | | 40 | 0 | 0
        合 计 | < | 90 | 100 | 60 | 40 | 10 | 11.11
    """,
    "income and expenditure below each other": """
        部门收支总表
        单位：万元
        项目 | 2024年预算
        一、财政拨款收入 | 100
        二、其他收入 | 10
        本年收入合计 | 110
        上年结转 | 5
        收入总计 | 115
        一、基本支出 | 80
        二、项目支出 | 35
        本年支出合计 | 115
        结转下年 | 0
        支出总计 | 115
    """,
    "three classifications": """
        收支总体情况表
        单位：万元
        收入 | < | 支出 | < | < | < | < | <
        项目 | 2024年预算 | 按功能分类 | 2024年预算 | 按用途分类 | 2024年预算 | 按经济分类 | 2024年预算
        一、预算拨款 | 100.00 | 一、一般公共服务支出 | 90.00 | 一、基本支出 | 70.00 | 工资福利支出 | 50.00
        二、财政专户拨款 | | 二、住房保障支出 | 10.00 | 工资福利支出 | 50.00 | 商品和服务支出 | 40.00
        三、其他资金 | | | | 商品和服务支出 | 20.00 | 资本性支出 | 10.00
        | | | | 二、项目支出 | 30.00 | |
        本年收入合计 | 100.00 | 本年支出合计 | 100.00 | 本年支出合计 | 100.00 | 本年支出合计 | 100.00
        收入总计 | 100.00 | 支出总计 | 100.00 | 支出总计 | 100.00 | 支出总计 | 100.00
    """,
    "units below the department": """
        部门收入总体情况表
        单位：元
        单位编码 | 单位名称 | 合计 | 上年结转 | 一般公共预算 | < | 政府性基金
        ^ | ^ | ^ | ^ | 小计 | 其中：财政拨款 | ^
        | 合计 | 300 | 10 | 270 | 200 | 20
        255 | 某某局 | 300 | 10 | 270 | 200 | 20
        255001 | 局机关 | 200 | 10 | 170 | 150 | 20
        255002 | 中心 | 100 | | 100 | 50 |
    """,
    "units by their names": """
        部门支出总表
        单位：元
        单位名称 | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        合计 | | | 300 | 200 | 100
        局机关 | | | 200 | 150 | 50
        | 201 | 一般公共服务支出 | 200 | 150 | 50
        | 2010301 | 行政运行 | 150 | 150 |
        | 2010302 | 专项 | 50 | | 50
        中心 | | | 100 | 50 | 50
        | 201 | 一般公共服务支出 | 100 | 50 | 50
        | 2010350 | 事业运行 | 100 | 50 | 50
    """,
    "projects below their codes": """
        项目支出表
        单位：万元
        科目编码 | 科目名称 | 合计 | 财政拨款
        | 合计 | 70 | 70
        2010302 | 一般行政管理事务 | 40 | 40
        | 信访专项 | 30 | 30
        | 设备购置 | 10 | 10
        2080502 | 事业单位离退休 | 30 | 30
        | 补助 | 30 | 30
    """,
    "one level inside of another without codes": """
        一般公共预算支出表
        单位：万元
        功能分类科目名称 | 合计 | 基本支出 | 项目支出
        一般公共服务支出 | 30 | 10 | 20
        政府办公厅 | 30 | 10 | 20
        行政运行 | 10 | 10 |
        其他 | 20 | | 20
        教育支出 | 5 | 5 |
        合计 | 35 | 15 | 20
    """,
    "a part that is called a year's": """
        部门收入总表
        单位：万元
        科目编码 | 科目名称 | 合计 | 当年预算安排 | 上年结转
        201 | 一般公共服务支出 | 40 | 30 | 10
        | 合计 | 40 | 30 | 10
    """,
}


@pytest.mark.parametrize("shape", HOLD)
def test_what_is_right_is_not_accused(shape: str) -> None:
    done = audit(HOLD[shape])
    assert said(done) == []
    assert len(done.claims) > 3


@pytest.mark.parametrize(
    ("shape", "old", "new", "found"),
    [
        ("this year beside the last", "行政运行 | 50 |", "行政运行 | 58 |", "B1 C6 90≠98"),
        ("three classifications", "资本性支出 | 10", "资本性支出 | 19", "B1 H9 100.00≠109.00"),
        ("units below the department", "中心 | 100 |", "中心 | 190 |", "B1 C6 300≠390"),
        ("units by their names", "事业运行 | 100 | 50", "事业运行 | 109 | 50", "B1 D10 100≠109"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_in_every_shape(shape: str, old: str, new: str, found: str) -> None:
    assert HOLD[shape].count(old) == 1
    assert found in said(audit(HOLD[shape].replace(old, new)))


def test_where_only_some_parts_are_listed_nothing_is_accused() -> None:
    done = audit("""
        一般公共预算支出表
        单位：万元
        科目编码 | 科目名称 | 合计
        201 | 一般公共服务支出 | 40
        2010301 | 行政运行 | 30
        208 | 社会保障和就业支出 | 20
        2080501 | 行政单位离退休 | 15
        210 | 卫生健康支出 | 10
        2101101 | 行政单位医疗 | 5
        | 合计 | 70
    """)
    assert (said(done), untied(done)) == ([], ["C5", "C7", "C9"])


def test_meetings_and_training_are_none_of_the_three() -> None:
    done = audit("""
        “三公”经费、会议费和培训费支出表
        单位：万元
        项目 | 预算数
        “三公”经费合计 | 30
        1、因公出国（境）费 | 0
        2、公务接待费 | 10
        3、公务用车购置及运行费 | 20
        其中：公务用车购置费 | 0
        公务用车运行费 | 20
        4、会议费 | 7
        5、培训费 | 8
    """)
    assert (said(done), untied(done), len(done.claims)) == ([], ["B10", "B11"], 2)


def test_what_is_no_figure_is_named_and_nothing_is_added_up_with_it() -> None:
    done = audit("""
        一般公共预算支出表
        单位：万元
        科目编码 | 科目名称 | 合计
        201 | 一般公共服务支出 | 40
        2010301 | 行政运行 | 3O
        2010302 | 一般行政管理事务 | 10
        | 合计 | 40
    """)
    assert (said(done), [(one.spot.cell, one.text, one.why) for one in done.doubts]) == (
        [],
        [("C5", "3O", "不是数")],
    )


def in_workbook(cells: dict[tuple[int, int], Cell], hidden: int = 0) -> Grid:
    """A coded table of a workbook, some of its cells other than typed."""
    grid = table("""
        一般公共预算支出表
        单位：元
        科目编码 | 科目名称 | 合计
        201 | 一般公共服务支出 | 40
        2010301 | 行政运行 | 30
        2010302 | 一般行政管理事务 | 10
    """)
    return Grid(grid.sheet, {**grid.cells, **cells}, grid.merges, hidden_rows=frozenset({hidden} - {0}))


def test_numbers_of_cells_are_read_as_shown_and_hidden_rows_count() -> None:
    typed = {
        (4, 3): Cell(Decimal("40.004"), "#,##0.00"),
        (5, 1): Cell(Decimal(2010301)),
        (5, 3): Cell(Decimal("30.001"), "#,##0.00"),
        (6, 3): Cell(Decimal("10.003"), "#,##0.00"),
    }
    done = audited(tables_in([in_workbook(typed, hidden=6)], "表.xlsx"))
    assert (said(done), [claim.printed for claim in done.claims]) == ([], ["40.00"])


def test_a_formula_without_a_result_is_named() -> None:
    done = audited(tables_in([in_workbook({(6, 3): Cell(None, formula="A1+1")})], "表.xlsx"))
    assert (said(done), [(one.spot.cell, one.why[:8]) for one in done.doubts]) == (
        [],
        [("C6", "公式没有算出结果")],
    )


def test_tables_below_each_other_and_heads_printed_again_are_told_apart() -> None:
    coded = HOLD["units below the department"].strip()
    again = coded.replace(
        "255002", "单位编码 | 单位名称 | 合计 | 上年结转 | 一般公共预算 | < | 政府性基金\n        255002"
    )
    both = f"{again}\n附表2\n{HOLD['this year beside the last'].strip()}"
    done = audit(both)
    assert [one.title.text for one in done.tables] == ["部门收入总体情况表", "一般公共预算支出预算表"]
    assert (said(done), untied(done)) == ([], [])


def test_a_table_that_does_not_say_whose_money_it_is_accuses_no_other() -> None:
    spent = """
        部门支出总表
        单位：万元
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        201 | 一般公共服务支出 | 40 | 30 | 10
        | 合计 | 40 | 30 | 10
    """
    basic = """
        {}基本支出预算表
        单位：万元
        科目编码 | 科目名称 | 合计
        301 | 工资福利支出 | 25
        | 合计 | 25
    """
    moved = """
        专项转移支付支出表
        单位：万元
        项目 | 金额
        甲 | 3
        乙 | 4
        合计 | 7
    """
    general = spent.replace("部门支出", "一般公共预算支出")
    assert said(audit(spent, general, basic.format("部门"), moved)) == []
    assert said(audit(spent, general, basic.format("一般公共预算"), moved)) == ["B4 C5 25≠30"]


def test_each_classification_of_a_table_is_held_against_its_income() -> None:
    shape = HOLD["three classifications"]
    wrong = shape.replace("资本性支出 | 10.00", "资本性支出 | 19.00")
    tail = "支出总计 | 100.00\n"
    assert wrong.count(tail) == 1
    wrong = wrong.replace("本年支出合计 | 100.00\n", "本年支出合计 | 109.00\n").replace(
        tail, "支出总计 | 109.00\n"
    )
    assert said(audit(wrong)) == ["B3 H10 109≠100"]


def test_the_tables_of_each_unit_are_compared_for_themselves() -> None:
    balance = """
        {}收支总体情况表
        单位：万元
        收入 | < | 支出 | <
        项目 | 金额 | 项目 | 金额
        一、一般公共预算 | {} | 一、基本支出 | {}
        本年收入合计 | {} | 本年支出合计 | {}
    """
    income = """
        {}收入总体情况表
        单位：万元
        科目编码 | 科目名称 | 合计 | 一般公共预算
        201 | 一般公共服务支出 | {} | {}
        | 合计 | {} | {}
    """
    whole = [one.format("某某局", *["70"] * 4) for one in (balance, income)]
    unit = [one.format("某某中心", *["30"] * 4) for one in (balance, income)]
    assert said(audit(*whole, *unit)) == []
    wrong = audit(*whole, unit[0], unit[1].replace("30", "20"))
    assert sorted(said(wrong)) == ["B4 C5 20≠30", "B4 D5 20≠30"]


def test_a_table_cut_in_two_accuses_no_sum() -> None:
    first = """
        支出决算表
        单位：万元
        科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
        | 合计 | 70 | 40 | 30
        201 | 一般公共服务支出 | 50 | 20 | 30
    """
    second = """
        {}
        单位：万元
        科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
        208 | 社会保障和就业支出 | 20 | 20 | {}
    """
    assert said(audit(first, second.format("支出决算表（续）", ""))) == []
    assert said(audit(first, second.format("支出决算表", ""))) == []
    assert said(audit(first, second.format("支出决算表（续）", "9"))) == ["B2 C4 20≠29"]
