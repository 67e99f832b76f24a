"""Money as bureaus print it: lists, pairs, words, sources in columns, below the indicators, other units."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from typed import grid, table

from perf_excel.forms.model import Funding
from perf_excel.rules.checks import run_checks
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.scoring.form_score import score
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.reading.form_reading import Reading, read_form

HEAD = """
项目支出绩效自评表
（2023年度）
项目名称 | 某项目
"""
END = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 指甲 | ≥5件 | 6件 | 45 | 45
产出指标 | 数量指标 | 指乙 | ≥5件 | 6件 | 45 | 45
"""
Merges = tuple[tuple[int, int, int, int], ...]
Lines = list[tuple[str, dict[str, Any]]]


def read(text: str, merges: Merges = ()) -> Reading:
    sheet = grid(*table(text), merges=merges)
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout)


def said(row: Funding) -> tuple[str, dict[str, Any]]:
    fields = ("initial", "change", "annual", "executed", "left", "weight", "score")
    return row.item, {name: float(value) for name in fields if (value := getattr(row, name)) is not None}


ABOVE: dict[str, tuple[str, Lines, Merges]] = {
    "a list with one column of amounts": (
        """
        项目资金（万元） |  | 年度资金总额 |  |  |  | 金额（万元）
         |  | （一）财政拨款小计 |  |  |  | 6.3
         |  | 1、一般公共预算 |  |  |  | 6.3
         |  | （二）自有资金小计 |  |  |  | 0
        """,
        [
            ("（一）财政拨款小计", {"initial": 6.3}),
            ("1、一般公共预算", {"initial": 6.3}),
            ("（二）自有资金小计", {"initial": 0}),
        ],
        ((4, 1, 7, 2), (4, 3, 4, 6), (5, 3, 5, 6), (6, 3, 6, 6), (7, 3, 7, 6)),
    ),
    "numbered sources, their sum last": (
        """
        资金来源 | 金额（万元）
        一、财政拨款 | 80
        （一）中央 | 50
        （二）省级 | 30
        二、其他资金 | 20
        合计 | 100
        """,
        [
            ("合计", {"initial": 100}),
            ("一、财政拨款", {"initial": 80}),
            ("（一）中央", {"initial": 50}),
            ("（二）省级", {"initial": 30}),
            ("二、其他资金", {"initial": 20}),
        ],
        (),
    ),
    "pairs with a unit": (
        "项目金额 | 164万元 | 其中：当年市级财政资金 | 132万元",
        [("项目金额", {"initial": 164}), ("其中：当年市级财政资金", {"initial": 132})],
        (),
    ),
    "two pairs a row": (
        """
        项目总投资 | 20万元 | 中央补助安排 | 0
        省级财政安排 | 0 | 其他资金 | 20万元
        """,
        [
            ("项目总投资", {"initial": 20}),
            ("中央补助安排", {"initial": 0}),
            ("省级财政安排", {"initial": 0}),
            ("其他资金", {"initial": 20}),
        ],
        (),
    ),
    "a transfer in pairs, its rate merged beside": (
        """
        预算执行情况（万元） | 转移支付预算数（A） | 5.8万 | 预算执行率（B/A） | 100%
         | 转移支付执行数（B） | 5.8万
        """,
        [("转移支付预算数（A）", {"annual": 5.8, "executed": 5.8})],
        ((4, 1, 5, 1), (4, 4, 5, 4), (4, 5, 5, 5)),
    ),
    "amounts with words behind them": (
        """
        资金情况（万元） | 年度资金总额： | 854万（高标准农田建设400万元，示范建设454万元）
         | 其中：财政拨款 | 854万
        """,
        [("年度资金总额", {"initial": 854}), ("其中：财政拨款", {"initial": 854})],
        ((4, 1, 5, 1),),
    ),
    "label and amount in one cell": (
        "年初预算数：25万元 | 全年预算数：25万元 | 全年执行数：21.5万元 | 执行率：86% | 得分：8.6分",
        [("", {"initial": 25, "annual": 25, "executed": 21.5, "score": 8.6})],
        (),
    ),
    "a total and its sources in one cell": (
        "项目资金 | 资金总额：100万元，其中：财政拨款80万元，自筹20万元",
        [("资金总额", {"initial": 100}), ("财政拨款", {"initial": 80}), ("自筹", {"initial": 20})],
        (),
    ),
    "heads that explain their arithmetic by numbers": (
        """
        资金（万元） | 资金来源 | 年初安排① | 上年结转② | 资金总额③=①+② | 支出数④ | 支出率⑤=④/③
         | 合计 | 2400 | 300 | 2700 | 2565 | 95.00%
         | 一般公共预算 | 2000 | 250 | 2250 | 2140 | 95.11%
         | 政府性基金 | 400 | 50 | 450 | 425 | 94.44%
        """,
        [
            ("合计", {"initial": 2400, "annual": 2700, "executed": 2565}),
            ("一般公共预算", {"initial": 2000, "annual": 2250, "executed": 2140}),
            ("政府性基金", {"initial": 400, "annual": 450, "executed": 425}),
        ],
        ((4, 1, 7, 1),),
    ),
    "pairs with their parts, and the rate and points of all behind them": (
        """
        项目资金（亿元） | 总预算 | 4.2 | 总支出 | 4.116
         | 其中：市级 | 2.5 | 其中：市级 | 2.5
         | 区级 | 1.7 | 区级 | 1.616
        预算执行率 | 98.00% | 权重 | 10 | 得分 | 9.8
        """,
        [
            ("项目资金", {"annual": 42000, "executed": 41160, "weight": 10, "score": 9.8}),
            ("其中：市级", {"annual": 25000, "executed": 25000}),
            ("区级", {"annual": 17000, "executed": 16160}),
        ],
        ((4, 1, 6, 1),),
    ),
    "sources and uses as columns under a second row": (
        """
        年度预算申请（万元） | 资金总额 | 按收入性质分 |  |  | 按支出性质分
         |  | 一般公共预算 | 专户资金 | 其他资金 | 基本支出 | 项目支出
         | 3280 | 3220 | 0 | 60 | 1480 | 1800
        """,
        [
            ("资金总额", {"initial": 3280}),
            ("一般公共预算", {"initial": 3220}),
            ("专户资金", {"initial": 0}),
            ("其他资金", {"initial": 60}),
            ("基本支出", {"initial": 1480}),
            ("项目支出", {"initial": 1800}),
        ],
        ((4, 1, 6, 1), (4, 2, 5, 2), (4, 3, 4, 5), (4, 6, 4, 7)),
    ),
    "a list of sources in one long cell, parts in brackets": (
        """
        资金总额及构成 | 总额 | 378.6万元
         | 一、财政拨款：328.6万元（其中：上级财政资金：210万元；本级资金：118.6万元）二、村集体自筹：50万元
        """,
        [
            ("总额", {"initial": 378.6}),
            ("一、财政拨款", {"initial": 328.6}),
            ("其中：上级财政资金", {"initial": 210}),
            ("其中：本级资金", {"initial": 118.6}),
            ("二、村集体自筹", {"initial": 50}),
        ],
        ((4, 1, 5, 1),),
    ),
    "one amount broken down beside it": (
        "预算规模（万元） | 预算数 | 1645.3 | 其中：财政资金 | 1645.3 | 其他资金 | 0",
        [
            ("预算数", {"initial": 1645.3}),
            ("其中：财政资金", {"initial": 1645.3}),
            ("其他资金", {"initial": 0}),
        ],
        (),
    ),
    "what was spent in the year is no source": (
        "项目总投资（万元） | 186 | 其中：专项债券 | 65 | 本年债券支出 | 24",
        [("项目总投资（万元）", {"initial": 186}), ("其中：专项债券", {"initial": 65})],
        (),
    ),
    "what was changed within the year": (
        """
        资金（万元） |  | 年初预算数 | 调整数 | 全年预算数 | 全年执行数 | 执行率
         | 年度资金总额 | 100 | 20 | 120 | 118 | 98.33%
         | 其中：财政拨款 | 100 | 20 | 120 | 118 | 98.33%
        """,
        [
            ("年度资金总额", {"initial": 100, "change": 20, "annual": 120, "executed": 118}),
            ("其中：财政拨款", {"initial": 100, "change": 20, "annual": 120, "executed": 118}),
        ],
        ((4, 1, 6, 1),),
    ),
    "sources in brackets, without a unit": (
        """
        资金规模（万元） | 2,000.00（其中：中央1,716.00；省级284.00）
        实际支出（万元） | 1,990.00（其中：中央1,706.00；省级284.00）
        """,
        [
            ("资金规模（万元）", {"initial": 2000, "executed": 1990}),
            ("其中：中央", {"initial": 1716, "executed": 1706}),
            ("其中：省级", {"initial": 284, "executed": 284}),
        ],
        (),
    ),
    "the total and what was spent of it in one row": (
        "项目资金总额 | 100 | 执行数 | 95 | 执行率 | 95%",
        [("", {"annual": 100, "executed": 95})],
        (),
    ),
    "the year's budget and its result, a row each": (
        """
        年度预算（万元） | 基本支出 | 300 | 项目支出 | 200 | 合计 | 500
        年度决算（万元） | 基本支出 | 290 | 项目支出 | 190 | 合计 | 480
        """,
        [
            ("合计", {"annual": 500, "executed": 480}),
            ("基本支出", {"annual": 300, "executed": 290}),
            ("项目支出", {"annual": 200, "executed": 190}),
        ],
        (),
    ),
    "sources under each amount": (
        """
        资金（万元） |  | 预算数 |  |  | 执行数 |  |  | 执行率
         |  | 小计 | 中央 | 地方 | 小计 | 中央 | 地方 |
         | 年度资金总额 | 100 | 60 | 40 | 90 | 60 | 30 | 90%
        """,
        [
            ("年度资金总额", {"annual": 100, "executed": 90}),
            ("其中：中央", {"annual": 60, "executed": 60}),
            ("其中：地方", {"annual": 40, "executed": 30}),
        ],
        ((4, 1, 5, 2), (4, 3, 4, 5), (4, 6, 4, 8), (4, 9, 5, 9)),
    ),
    "sources within the cells of the total": (
        """
        资金（万元） |  | 全年预算数 | 全年执行数 | 执行率
         | 年度资金总额 | 2,000.00 其中：中央1,716.00；省级284.00 | 1,990 其中：中央1,706；省级284 | 99.5%
        """,
        [
            ("年度资金总额", {"annual": 2000, "executed": 1990}),
            ("其中：中央", {"annual": 1716, "executed": 1706}),
            ("其中：省级", {"annual": 284, "executed": 284}),
        ],
        ((4, 1, 5, 1),),
    ),
    "sources in words below the columns": (
        """
        年度预算（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 执行率
         | 年度资金总额 | 100 | 120 | 118 | 98.33%
         | 按收入性质分： |  |  |  |
         | 其中：一般公共预算：100.00（执行98） |  |  |  |
         | 其他资金：20.00（执行20） |  |  |  |
        """,
        [
            ("年度资金总额", {"initial": 100, "annual": 120, "executed": 118}),
            ("一般公共预算", {"annual": 100, "executed": 98}),
            ("其他资金", {"annual": 20, "executed": 20}),
        ],
        ((4, 1, 8, 1),),
    ),
    "sources in words, indented by blanks": (
        """
        年度预算申请（万元） |  | 年初预算数 | 全年预算数 | 全年执行数
         | 年度资金总额 | 110 | 110 | 100
         | 按收入性质分： |  |  | 按支出性质分：
         | \u3000其中：  一般公共预算：90 |  |  | \u3000其中：基本支出：60
         | \u3000\u3000\u3000其他资金：10 |  |  | \u3000\u3000\u3000项目支出：40
        """,
        [
            ("年度资金总额", {"initial": 110, "annual": 110, "executed": 100}),
            ("一般公共预算", {"executed": 90}),
            ("其他资金", {"executed": 10}),
            ("基本支出", {"executed": 60}),
            ("项目支出", {"executed": 40}),
        ],
        ((4, 1, 8, 1), (6, 2, 6, 4), (7, 2, 7, 4), (8, 2, 8, 4), (6, 5, 6, 7), (7, 5, 7, 7), (8, 5, 8, 7)),
    ),
    "sources as columns, a row each amount, the points behind them": (
        """
        资金（万元） |  | 合计 | 中央资金 | 地方资金
         | 全年预算数（A） | 100 | 60 | 40
         | 全年执行数（B） | 95 | 60 | 35
         | 执行率（B/A） | 95% | 100% | 87.5%
         | 分值 | 10 | 得分 | 9.5
        """,
        [
            ("合计", {"annual": 100, "executed": 95, "weight": 10, "score": 9.5}),
            ("中央资金", {"annual": 60, "executed": 60}),
            ("地方资金", {"annual": 40, "executed": 35}),
        ],
        ((4, 1, 8, 1),),
    ),
    "sources as columns beside what was spent and left of all": (
        """
        资金情况（万元） |  | 年度预算资金 | 其中：财政资金 | 其中：其他资金 | 实际支出 | 执行率 | 结转结余
         | 预算数 | 150 | 140 | 10 | — | — | —
         | 执行数 | 120 | 115 | 5 | 120 | 80% | 30
        """,
        [
            ("年度预算资金", {"annual": 150, "executed": 120, "left": 30}),
            ("其中:财政资金", {"annual": 140, "executed": 115}),
            ("其中:其他资金", {"annual": 10, "executed": 5}),
        ],
        ((4, 1, 6, 1),),
    ),
    "sources under one of the amounts, whose head is the wider": (
        """
        资金（万元） |  | 年初预算数 | 全年预算数 |  |  | 全年执行数 | 执行率
         |  |  | 财政拨款 | 其他 | 小计
         | 合计 | 410 | 400 | 20 | 420 | 403.2 | 96%
         | 其中：当年安排 | 410 | 400 | 20 | 420 | 403.2 | 96%
        """,
        [
            ("合计", {"initial": 410, "annual": 420, "executed": 403.2}),
            ("其中：当年安排", {"initial": 410, "annual": 420, "executed": 403.2}),
        ],
        ((4, 1, 7, 1), (4, 3, 5, 3), (4, 4, 4, 6), (4, 7, 5, 7), (4, 8, 5, 8)),
    ),
    "what was planned for the year, and what of it arrived": (
        """
        资金情况（万元） | 资金来源 | 年度计划 | 到位资金 | 支出金额
         | 项目资金总额 | 500 | 500 | 450
        """,
        [("项目资金总额", {"initial": 500, "annual": 500, "executed": 450})],
        ((4, 1, 5, 1),),
    ),
    "pairs, the points over their values behind them": (
        """
        资金（万元） | 全年预算数 | 126 | 全年执行数 | 120 | 分值 | 预算执行率 | 得分
         | 其中：中央资金 | 80 | 其中：中央资金 | 80 | 10 | 95.24% | 9.52
         | 县级资金 | 46 | 县级资金 | 40
        """,
        [
            ("资金", {"annual": 126, "executed": 120, "weight": 10, "score": 9.52}),
            ("其中：中央资金", {"annual": 80, "executed": 80}),
            ("县级资金", {"annual": 46, "executed": 40}),
        ],
        ((4, 1, 6, 1), (5, 6, 6, 6), (5, 7, 6, 7), (5, 8, 6, 8)),
    ),
    "a sentence on the adjusted budget": (
        "2022年部门预算调整后3512.40万元，全年支出3441.80万元，预算执行率97.99%。",
        [("", {"annual": 3512.4, "executed": 3441.8})],
        (),
    ),
    "sources and uses in lists side by side below the table": (
        """
        年度预算申请（万元） |  | 年初预算数 | 全年预算数 |  | 全年执行数 |  | 执行率
         | 年度资金总额 | 110 | 100 |  | 95 |  | 95%
         | 按收入性质分： |  |  |  | 按支出性质分：
         | 其中：一般公共预算 |  | 90 |  | 其中：基本支出 |  | 60
         | 政府性基金拨款 |  | 0 |  | 项目支出 |  | 40
         | 其他资金 |  | 10
        """,
        [
            ("年度资金总额", {"initial": 110, "annual": 100, "executed": 95}),
            ("其中：一般公共预算", {"annual": 90}),
            ("政府性基金拨款", {"annual": 0}),
            ("其他资金", {"annual": 10}),
            ("其中：基本支出", {"annual": 60}),
            ("项目支出", {"annual": 40}),
        ],
        (
            (4, 1, 9, 1),
            (4, 4, 4, 5),
            (4, 6, 4, 7),
            (6, 2, 6, 5),
            (6, 6, 6, 8),
            *((row, 2, row, 3) for row in (7, 8, 9)),
            *((row, 4, row, 5) for row in (7, 8, 9)),
            *((row, 6, row, 7) for row in (7, 8, 9)),
        ),
    ),
    "pairs, with their sources in a column behind them": (
        """
        项目资金（万元） | 年初预算数 | 104 | 其中：中央补助 | 80
         | 全年预算数（A） | 104 | 省级及县级配套 | 24
         | 全年执行数（B） | 98 | 执行率（B/A） | 94.23%
        """,
        [
            ("项目资金", {"initial": 104, "annual": 104, "executed": 98}),
            ("其中：中央补助", {"annual": 80}),
            ("省级及县级配套", {"annual": 24}),
        ],
        ((4, 1, 6, 1),),
    ),
    "pairs, with their sources in the row below": (
        """
        专项资金（万元） | 全年预算数（A） | 96 | 全年执行数（B） | 90.24 | 执行率（B/A） | 94%
         | 其中：中央省级 | 60 | 县级 | 36 | 得分（10分） | 9.4
        """,
        [
            ("专项资金", {"annual": 96, "executed": 90.24, "weight": 10, "score": 9.4}),
            ("其中：中央省级", {"annual": 60}),
            ("县级", {"annual": 36}),
        ],
        ((4, 1, 5, 1),),
    ),
    "what the money was for, in words beside each amount": (
        """
        全年预算数（万元） | 98 | 其中：基本支出 51.2 万元；项目支出 46.8 万元
        全年支出数（万元） | 95 | 其中：基本支出 51 万元；项目支出 44 万元 | 支出率：96.94%
        """,
        [
            ("", {"annual": 98, "executed": 95}),
            ("基本支出", {"annual": 51.2, "executed": 51}),
            ("项目支出", {"annual": 46.8, "executed": 44}),
        ],
        (),
    ),
    "sources and what was spent of each, in words below the table": (
        """
        资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 分值 | 自评得分
         | 640 | 600 | 540 | 90% | 10 | 9
         | 其中：中央资金400万元，执行360万元；区级资金200万元，执行180万元。
        """,
        [
            ("资金（万元）", {"initial": 640, "annual": 600, "executed": 540, "weight": 10, "score": 9}),
            ("中央资金", {"annual": 400, "executed": 360}),
            ("区级资金", {"annual": 200, "executed": 180}),
        ],
        ((4, 1, 6, 1), (6, 2, 6, 7)),
    ),
    "a sentence with sources in brackets": (
        """
        资金 | 全年预算32万元（中央24万元、县级8万元），全年执行30万元（中央24万元、县级6万元），执行率93.75%
        """,
        [
            ("资金", {"annual": 32, "executed": 30}),
            ("中央", {"annual": 24, "executed": 24}),
            ("县级", {"annual": 8, "executed": 6}),
        ],
        (),
    ),
    "what the tasks cost, and their sum": (
        """
        年度主要任务 | 任务名称 | 主要内容 | 预算数（万元） |  | 执行数（万元） |  | 分值 | 执行率 | 得分
         |  |  | 总额 | 财政拨款 | 总额 | 财政拨款
         | 任务1：基本支出 | 人员经费 | 60 | 60 | 60 | 60 | — | 100% | —
         | 任务2：项目支出 | 培训 | 40 | 30 | 35 | 28 | — | 87.5% | —
         | 金额合计 |  | 100 | 90 | 95 | 88 | 10 | 95% | 9.5
        """,
        [
            ("金额合计", {"annual": 100, "executed": 95, "weight": 10, "score": 9.5}),
            ("任务1：基本支出", {"annual": 60, "executed": 60}),
            ("任务2：项目支出", {"annual": 40, "executed": 35}),
        ],
        (
            *((4, 1, 8, 1), (4, 2, 5, 2), (4, 3, 5, 3), (4, 4, 4, 5), (4, 6, 4, 7)),
            *((4, 8, 5, 8), (4, 9, 5, 9), (4, 10, 5, 10)),
        ),
    ),
    "sources by amount, and the points of the whole in a table below": (
        """
        资金情况（万元） |  | 资金总额 | 中央资金 | 本级资金 | 备注
         | 预算数 | 100 | 80 | 20
         | 执行数 | 95 | 80 | 15
        一、预算执行情况得分（10分）
        指标 |  | 预算数（A） | 执行数（B） | 执行率（B/A） | 分值 | 得分
        预算执行率 |  | 100 | 95 | 95% | 10 | 9.5
        """,
        [
            ("预算执行率", {"annual": 100, "executed": 95, "weight": 10, "score": 9.5}),
            ("中央资金", {"annual": 80, "executed": 80}),
            ("本级资金", {"annual": 20, "executed": 15}),
        ],
        ((4, 1, 6, 1), (7, 1, 7, 7), (8, 1, 8, 2), (9, 1, 9, 2)),
    ),
    "carried over, granted, together, spent, left": (
        """
        资金来源 | 上年结转 | 本年预算 | 合计 | 本年支出 | 结余
        财政拨款 | 10 | 110 | 120 | 115 | 5
        """,
        [("财政拨款", {"initial": 110, "annual": 120, "executed": 115, "left": 5})],
        (),
    ),
    "arrived money that the rate is of": (
        """
        资金来源 | 预算安排 | 资金到位 | 资金支出 | 执行率
        合计 | 100 | 90 | 81 | 90%
        财政 | 100 | 90 | 81 | 90%
        """,
        [
            ("合计", {"initial": 100, "annual": 90, "executed": 81}),
            ("财政", {"initial": 100, "annual": 90, "executed": 81}),
        ],
        (),
    ),
    "a sentence": (
        "资金情况 | 2023年预算安排资金100万元，实际支出95万元，预算执行率95%。",
        [("资金情况", {"initial": 100, "executed": 95})],
        (),
    ),
    "sources as columns": (
        """
        项目资金来源 | 中央（万元） | 省、地（万元） | 本级（万元） | 合计（万元） | 执行数（万元） | 执行率
         |  |  | 5.5 | 5.5 | 5.5 | 100%
        """,
        [
            ("合计", {"annual": 5.5, "executed": 5.5}),
            ("中央", {}),
            ("省、地", {}),
            ("本级", {"annual": 5.5}),
        ],
        ((4, 1, 5, 1),),
    ),
    "sources as columns, with points": (
        """
        资金来源（万元） | 财政拨款 | 其他资金 | 合计 | 执行数 | 执行率 | 分值 | 得分
         | 80 | 20 | 100 | 95 | 95% | 10 | 9.5
        """,
        [
            ("合计", {"annual": 100, "executed": 95, "weight": 10, "score": 9.5}),
            ("财政拨款", {"annual": 80}),
            ("其他资金", {"annual": 20}),
        ],
        (),
    ),
    "the bond's own table": (
        """
        债券资金管理指标（10分） | 总体支出进度 | 实际支出金额 | 下达额度 | 实际完成值 | 分值 | 得分
         |  | 1,437 | 1,437 | 1,437 | 10 | 10
        """,
        [("总体支出进度", {"annual": 1437, "executed": 1437, "weight": 10, "score": 10})],
        ((4, 1, 5, 1), (4, 2, 5, 2)),
    ),
    "thousands of yuan": (
        """
        项目资金（千元） |  | 年初预算数 | 全年预算数 | 全年执行数
         | 年度资金总额 | 1200 | 1200 | 1100
        """,
        [("年度资金总额", {"initial": 120, "annual": 120, "executed": 110})],
        (),
    ),
    "hundreds of millions, as the nearest note says": (
        """
        单位：万元 | 单位：亿元
        项目资金 |  | 年初预算数 | 全年预算数 | 全年执行数
         | 年度资金总额 | 1.2 | 1.2 | 1
        """,
        [("年度资金总额", {"initial": 1.2, "annual": 1.2, "executed": 1})],
        (),
    ),
    "final accounts in yuan": (
        "项目预算金额（元） | 1000000 | 项目决算金额（元） | 950000",
        [("", {"annual": 100, "executed": 95})],
        (),
    ),
    "one amount": ("项目资金（万元） | 100", [("项目资金（万元）", {"initial": 100})], ()),
}


@pytest.mark.parametrize(("text", "expected", "merges"), ABOVE.values(), ids=ABOVE.keys())
def test_money_above_the_indicators(text: str, expected: Lines, merges: Merges) -> None:
    form = read(HEAD.rstrip() + "\n" + text.strip() + END, merges).form
    assert [said(row) for row in form.funding] == expected
    assert [row.level3 for row in form.indicators] == ["指甲", "指乙"]


@pytest.mark.parametrize(("text", "_", "merges"), ABOVE.values(), ids=ABOVE.keys())
def test_no_error_is_found_where_there_is_none(text: str, _: Lines, merges: Merges) -> None:
    form, rules = read(HEAD.rstrip() + "\n" + text.strip() + END, merges).form, ruleset("national-2020")
    found = run_checks(form, rules, score(form, rules))
    assert [(one.check, one.message) for one in found if one.severity == "error"] == []


BELOW = """
项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 得分
 | 年度资金总额 | 25 | 25 | 21.5 | 10 | 8.6
 | 其中：当年财政拨款 | 25 | 25 | 21.5 | — | —
"""
TOTAL = "总分 |  |  |  |  | 100 | 98.6"


@pytest.mark.parametrize("total", ["before", "behind", "nowhere"])
def test_money_below_the_indicators(total: str) -> None:
    before, behind = (TOTAL + "\n" if total == where else "" for where in ("before", "behind"))
    form = read(HEAD.rstrip() + END + before + BELOW.strip() + "\n" + behind).form
    assert [row.level3 for row in form.indicators] == ["指甲", "指乙"]
    assert [said(row) for row in form.funding] == [
        ("年度资金总额", {"initial": 25, "annual": 25, "executed": 21.5, "weight": 10, "score": 8.6}),
        ("其中：当年财政拨款", {"initial": 25, "annual": 25, "executed": 21.5}),
    ]
    assert form.total == (None if total == "nowhere" else Decimal("98.6"))


def test_sources_without_a_total_are_summed_up() -> None:
    block = """
    项目资金（万元） |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
     | 财政拨款 | 80 | 80 | 80 | 10 | 95% | 9.5
     | 其他资金 | 20 | 20 | 15
    """
    form, rules = read(HEAD.rstrip() + "\n" + block.strip() + END).form, ruleset("national-2020")
    assert form.budget is not None
    assert (form.budget.annual, form.budget.executed) == (100, 95)
    assert [one.check for one in run_checks(form, rules, score(form, rules)) if one.severity == "error"] == []


def test_money_that_was_not_read_is_named() -> None:
    form = read(
        HEAD.rstrip() + "\n上级安排的经费 | 另行下达 | 资金35.5万元左右\n专项经费情况 | 35.5" + END
    ).form
    assert not form.funding
    assert form.unread_money == ("专项经费情况：35.5",)
