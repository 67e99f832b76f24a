"""A department's 决算 tables as the Ministry prints them: they hold together, and no wrong figure passes.

The amounts are invented; the heads, the columns of line numbers and the halves are the printed ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from budgets import audit, said, table, untied

from perf_excel.jobs.budget import Audited, audited, tables_in
from perf_excel.sheets.grid import Cell, Grid, Place

OVERALL = """
收入支出决算总表
公开01表
部门：某某局 | | | | 金额单位：万元 |
收入 | < | < | 支出 | < | <
项目 | 行次 | 决算数 | 项目 | 行次 | 决算数
栏次 | | 1 | 栏次 | | 2
一、一般公共预算财政拨款收入 | 1 | 900.10 | 一、一般公共服务支出 | 32 | 700.05
二、政府性基金预算财政拨款收入 | 2 | 50.00 | 二、外交支出 | 33 |
三、国有资本经营预算财政拨款收入 | 3 | | 八、社会保障和就业支出 | 39 | 150.05
四、上级补助收入 | 4 | | 九、卫生健康支出 | 40 | 60.00
八、其他收入 | 8 | 9.90 | 二十二、其他支出 | 53 | 50.00
本年收入合计 | 27 | 960.00 | 本年支出合计 | 57 | 960.10
使用非财政拨款结余 | 28 | | 结余分配 | 58 |
年初结转和结余 | 29 | 10.10 | 年末结转和结余 | 59 | 10.00
| 30 | | | 60 |
总计 | 31 | 970.10 | 总计 | 62 | 970.10
注：本表反映部门本年度的总收支和年末结转结余情况。
"""
INCOME = """
收入决算表
公开02表
部门：某某局 | | | | 金额单位：万元 | | |
项目 | < | 本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | < | 其他收入
功能分类科目编码 | 科目名称 | ^ | ^ | ^ | 小计 | 其中：教育收费 | ^
栏次 | < | 1 | 2 | 3 | 4 | 5 | 6
合计 | < | 960.00 | 950.10 | 0.00 | 0.00 | 0.00 | 9.90
201 | 一般公共服务支出 | 699.95 | 690.05 | | | | 9.90
20103 | 政府办公厅（室）及相关机构事务 | 699.95 | 690.05 | | | | 9.90
2010301 | 行政运行 | 699.95 | 690.05 | | | | 9.90
208 | 社会保障和就业支出 | 150.05 | 150.05
20805 | 行政事业单位养老支出 | 150.05 | 150.05
2080501 | 行政单位离退休 | 150.05 | 150.05
210 | 卫生健康支出 | 60.00 | 60.00
21011 | 行政事业单位医疗 | 60.00 | 60.00
2101101 | 行政单位医疗 | 60.00 | 60.00
229 | 其他支出 | 50.00 | 50.00
22960 | 彩票公益金安排的支出 | 50.00 | 50.00
2296002 | 用于社会福利的彩票公益金支出 | 50.00 | 50.00
"""
FISCAL = """
财政拨款收入支出决算总表
公开04表
部门：某某局 | | | | | 金额单位：万元 | |
收入 | < | < | 支出 | < | < | < | <
项目 | 行次 | 决算数 | 项目 | 行次 | 决算数 | < | <
^ | ^ | ^ | ^ | ^ | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款
栏次 | | 1 | 栏次 | | 2 | 3 | 4
一、一般公共预算财政拨款 | 1 | 900.10 | 一、一般公共服务支出 | 33 | 690.15 | 690.15 |
二、政府性基金预算财政拨款 | 2 | 50.00 | 八、社会保障和就业支出 | 40 | 150.05 | 150.05 |
| | | 九、卫生健康支出 | 41 | 60.00 | 60.00 |
| | | 二十二、其他支出 | 54 | 50.00 | | 50.00
本年收入合计 | 27 | 950.10 | 本年支出合计 | 59 | 950.20 | 900.20 | 50.00
年初财政拨款结转和结余 | 28 | 10.10 | 年末财政拨款结转和结余 | 60 | 10.00 | 10.00 |
一般公共预算财政拨款 | 29 | 10.10 | | 61 | | |
政府性基金预算财政拨款 | 30 | | | 62 | | |
总计 | 32 | 960.20 | 总计 | 64 | 960.20 | 910.20 | 50.00
"""
GENERAL = """
一般公共预算财政拨款支出决算表
公开05表
部门：某某局 | | | | 金额单位：万元
项目 | < | 本年支出 | < | <
功能分类科目编码 | 科目名称 | 小计 | 基本支出 | 项目支出
栏次 | < | 1 | 2 | 3
合计 | < | 900.20 | 625.00 | 275.20
201 | 一般公共服务支出 | 690.15 | 414.95 | 275.20
20103 | 政府办公厅（室）及相关机构事务 | 690.15 | 414.95 | 275.20
2010301 | 行政运行 | 414.95 | 414.95 |
2010302 | 一般行政管理事务 | 275.20 | | 275.20
208 | 社会保障和就业支出 | 150.05 | 150.05 |
20805 | 行政事业单位养老支出 | 150.05 | 150.05 |
2080501 | 行政单位离退休 | 150.05 | 150.05 |
210 | 卫生健康支出 | 60.00 | 60.00 |
21011 | 行政事业单位医疗 | 60.00 | 60.00 |
2101101 | 行政单位医疗 | 60.00 | 60.00 |
"""
BASIC = """
一般公共预算财政拨款基本支出决算表
公开06表
部门：某某局 | | | | | | | 金额单位：万元 |
人员经费 | < | < | 公用经费 | < | < | < | < | <
科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
301 | 工资福利支出 | 500.00 | 302 | 商品和服务支出 | 80.00 | 307 | 债务利息及费用支出 |
30101 | 基本工资 | 200.00 | 30201 | 办公费 | 50.00 | 310 | 资本性支出 | 5.00
30102 | 津贴补贴 | 300.00 | 30211 | 差旅费 | 20.00 | 31002 | 办公设备购置 | 5.00
303 | 对个人和家庭的补助 | 40.00 | 30217 | 公务接待费 | 3.00 | 399 | 其他支出 |
30302 | 退休费 | 40.00 | 30231 | 公务用车运行维护费 | 7.00 | | |
人员经费合计 | < | 540.00 | 公用经费合计 | < | < | < | < | 85.00
"""
THREE = """
一般公共预算财政拨款“三公”经费支出决算表
公开07表
部门：某某局 | | | | | | | | | | | 金额单位：万元
预算数 | < | < | < | < | < | 决算数 | < | < | < | < | <
合计 | 因公出国费 | 公务用车费 | < | < | 接待费 | 合计 | 因公出国费 | 公务用车费 | < | < | 接待费
^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^
1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12
15.00 | 0.00 | 10.00 | 0.00 | 10.00 | 5.00 | 10.00 | 0.00 | 7.00 | 0.00 | 7.00 | 3.00
"""
FUND = """
政府性基金预算财政拨款收入支出决算表
公开08表
部门：某某局 | | | | | | 金额单位：万元
项目 | < | 年初结转和结余 | 本年收入 | 本年支出 | < | < | 年末结转和结余
功能分类科目编码 | 科目名称 | ^ | ^ | 小计 | 基本支出 | 项目支出 | ^
合计 | < | 0.00 | 50.00 | 50.00 | 0.00 | 50.00 | 0.00
229 | 其他支出 | 0.00 | 50.00 | 50.00 | 0.00 | 50.00 | 0.00
22960 | 彩票公益金安排的支出 | 0.00 | 50.00 | 50.00 | 0.00 | 50.00 | 0.00
2296002 | 用于社会福利的彩票公益金支出 | 0.00 | 50.00 | 50.00 | 0.00 | 50.00 | 0.00
"""
ALL = (OVERALL, INCOME, FISCAL, GENERAL, BASIC, THREE, FUND)


def test_tables_as_printed_hold_together_and_every_figure_is_tied() -> None:
    done = audit(*ALL)
    assert (said(done), untied(done), done.doubts) == ([], [], ())
    assert {claim.check for claim in done.claims} == {"B1", "B2", "B3", "B4"}


def changed(sheets: list[Grid]) -> Iterator[tuple[int, Place, Audited]]:
    """Every tied figure in turn made a tenth larger and one more: which sheet, which place, what is found."""
    whole = audited(tables_in(sheets, "决算.xlsx"))
    tied = {(spot.table.grid.sheet, spot.place) for one in whole.claims for spot in (one.spot, *one.others)}
    for number, grid in enumerate(sheets):
        for place, cell in grid.cells.items():
            text = str(cell.value)
            if (grid.sheet, place) not in tied or not text.strip("0."):
                continue
            wrong = Cell(f"{float(text) * 1.1 + 1:.2f}")
            others = [
                *sheets[:number],
                replace(grid, cells={**grid.cells, place: wrong}),
                *sheets[number + 1 :],
            ]
            yield number, place, audited(tables_in(others, "决算.xlsx"))


def test_each_wrong_figure_is_found_and_no_other_is_accused() -> None:
    sheets = [table(text, f"表{number}") for number, text in enumerate(ALL, 1)]
    tried, missed, accused = 0, list[str](), list[str]()
    for number, place, done in changed(sheets):
        tried += 1
        where = f"表{number + 1} {place}"
        if not done.findings:
            missed.append(where)
        for claim in done.findings:
            spots = {(spot.table.grid.sheet, spot.place) for spot in (claim.spot, *claim.others)}
            if (f"表{number + 1}", place) not in spots:
                accused.append(f"{where}: {claim.check} {claim.label}")
    assert tried > 120
    assert (missed, accused) == ([], [])
