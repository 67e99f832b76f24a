"""Indicator tables as the provinces print them: the head, some rows, and what is read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from readback import Table, read, said
from typed import grid

from perf_excel.forms.spot import Spot
from perf_excel.sheets.finding.layout import find_forms

OUT, GAIN, GLAD = "产出指标", "效益指标", "满意度指标"


TABLES = {
    "云南: sign and unit beside the value": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值 | 分值 | 得分
        产出指标 | 数量指标 | 学生受资助人数 | ≧ | 735 | 人次 | 735 | 10 | 10
         | 时效指标 | 资金到位及时率 | ═ | 100 | % | 100% | 10 | 7
        效益指标 | 经济效益指标 | 减轻家庭负担 | ＝ | 有效 | 定性指标 | 有效 | 10 | 10
        总分 |  |  |  |  |  |  | 100 | 27
        """,
        (
            ("学生受资助人数", "≧735人次", "735", 10, 10),
            ("资金到位及时率", "═100%", "100%", 10, 7),
            ("减轻家庭负担", "有效", "有效", 10, 10),
        ),
    ),
    "四川: 定性 among the signs": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分
        产出指标 | 数量指标 | 覆盖率 | = | 100 | % |  | 60 |
        效益指标 | 社会效益指标 | 保障情况 | 定性 | 有效保障 |  |  | 30 |
        """,
        (
            ("覆盖率", "=100%", "", 60, None),
            ("保障情况", "有效保障", "", 30, None),
        ),
    ),
    "河北成安: raw score times weight in percent cells": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 符号 | 单位 | 预期值 | 完成值 | 单项得分 | 权重占比 | \
            折算得分
        产出指标 | 数量指标 | 培训人数 | ≥ | 人 | 100 | 95 | 95 | 5%% | 4.75
        合计 |  |  |  |  |  |  |  | 100%% | 4.75
        """,
        (("培训人数", "≥100人", "95", 5, Decimal("4.75"), 95),),
        ("raw",),
    ),
    "重庆: adjusted targets, shares, no levels": Table(
        """
        序号 | 指标名称 | 计量单位 | 指标性质 | 年初指标值 | 调整指标值 | 全年完成值 | 得分系数 | \
            指标权重 | 指标得分 | 是否核心指标
        1 | 党性教育培训次数 | 次 | ≥ | 6 |  | 12 | 100% | 5 | 5 | 是
        2 | 播发稿件数量 | 篇 | ≥ | 3000 | 2200 | 2859 | 100% | 10 | 10 | 是
        3 | 管理制度健全性 | 无 | 定性 | 高 |  | 高 | 100% | 3 | 3 | 否
        """,
        (
            ("党性教育培训次数", "≥6次", "12", 5, 5, "100%"),
            ("播发稿件数量", "≥2200篇", "2859", 10, 10, "100%"),
            ("管理制度健全性", "高", "高", 3, 3, "100%"),
        ),
        ("share",),
    ),
    "内蒙古: 正向 and the sign": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标方向 | 指标值 | 计量单位 | 实际完成值 | \
            分值 | 得分
        产出指标 | 数量指标 | 培训次数 | 正向 | 大于等于 | 10 | 次 | 12 | 10 | 10
        产出指标 | 成本指标 | 人均成本 | 反向 | 小于等于 | 500 | 元 | 480 | 10 | 10
        """,
        (
            ("培训次数", "大于等于10次", "12", 10, 10, "up"),
            ("人均成本", "小于等于500元", "480", 10, 10, "down"),
        ),
        ("direction",),
    ),
    "湖南 2024: kind of value, cost first": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 指标值类型 | 目标值 | 度量单位 | 备注
        成本指标 | 经济成本指标 | 税费经费 | ≤ | 9.9 | 万元 |
        产出指标 | 质量指标 | 以合理市场价出租 | 定性 | 保障 | 文字 |
        产出指标 | 时效指标 | 按时交纳税费 | = | 1 | 年 |
        """,
        (
            ("税费经费", "≤9.9万元", "", None, None),
            ("以合理市场价出租", "保障", "", None, None),
            ("按时交纳税费", "=1年", "", None, None),
        ),
    ),
    "湖北: no weights, merged scores": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 年初目标值(A) | 实际完成值(B) | 得分
        产出指标 | 数量指标 | 补贴渔船数 | 6 | 6 | 20
         | 质量指标 | 发放率 | 100% | 100% | 20
         | 时效指标 | 12月底之前完成 | 100% | 100% |
        总分 |  |  |  |  | 40
        """,
        (
            ("补贴渔船数", "6", "6", None, 20),
            ("发放率", "100%", "100%", None, 20),
            ("12月底之前完成", "100%", "100%", None, None),
        ),
        (),
        ((3, 6, 4, 6), (2, 1, 4, 1)),
    ),
    "银川: the bureau's own review beside": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 分值 | 财政审核评分 | 目标值 | 完成值 | 自评得分 | \
            复核得分 | 扣分原因
        产出指标 | 数量指标 | 培训次数 | 10 | 6 | 10次 | 9次 | 9 | 8 | 疫情
        """,
        (("培训次数", "10次", "9次", 10, 9, "疫情"),),
        ("reason",),
    ),
    "two scores under one head": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
         |  |  |  |  |  | 财政 | 单位
        产出指标 | 数量指标 | 培训次数 | 10次 | 9次 | 10 | 8 | 9
        """,
        (("培训次数", "10次", "9次", 10, 9),),
        (),
        ((1, 7, 1, 8), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 2, 4), (1, 5, 2, 5), (1, 6, 2, 6)),
    ),
    "济南: how points are counted, 分值 before 指标值": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值(A) | 全年实际值(B) | 得分计算方法 | \
            评分标准 | 得分 | 备注
        产出指标 | 数量指标 | 巡查次数 | 12.5 | ≥12次 | 11次 | 完成得满分 | 按比例 | 11.46 | \
            设备故障
        """,
        (("巡查次数", "≥12次", "11次", Decimal("12.5"), Decimal("11.46"), "设备故障"),),
        ("reason",),
    ),
    "转移支付: no scores": Table(
        """
        绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值 | 未完成原因和改进措施
         | 产出指标 | 数量指标 | 孤儿助学人数 | 应助尽助 | 9 |
         | 产出指标 | 成本指标 | 资金执行率 | 100% | 82% | 上年结转
        """,
        (
            ("孤儿助学人数", "应助尽助", "9", None, None, ""),
            ("资金执行率", "100%", "82%", None, None, "上年结转"),
        ),
        ("reason",),
        ((1, 1, 3, 1),),
    ),
    "河北县级 评价指标表: weights, no actuals": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 指标解释 | 目标值 | 权重
        产出 | 数量指标 | 享受资助人数 | 受助学生数 | 2100 | 10
         | 质量指标 | 资助对象满意度 | 问卷 | 95%以上 | 10
        """,
        (
            ("享受资助人数", "2100", "", 10, None),
            ("资助对象满意度", "95%以上", "", 10, None),
        ),
    ),
    "申报表: the sign in the value": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 指标值 | 度量单位
        投入管理指标 | 工作目标管理 | 绩效指标合理性 | 合理 | 定性指标
         | 预算和财务管理 | 预算执行率 | ≥98 | %
        """,
        (
            ("绩效指标合理性", "合理", "", None, None),
            ("预算执行率", "≥98%", "", None, None),
        ),
    ),
    "财政评价: shares by content": Table(
        """
        评价内容 | 分值 | 评价得分 | 得分率
        投入管理 | 34 | 26.34 | 77.47%
        产出 | 36 | 30.07 | 83.53%
        效益 | 30 | 24.5 | 81.67%
        综合得分 | 100 | 80.91 | 80.91%
        绩效评定级别 | 良
        """,
        (
            ("投入管理", "", "", 34, Decimal("26.34"), "77.47%"),
            ("产出", "", "", 36, Decimal("30.07"), "83.53%"),
            ("效益", "", "", 30, Decimal("24.5"), "81.67%"),
        ),
        ("share",),
    ),
    "广州: points by task": Table(
        """
        任务内容 | 任务绩效目标 | 目标完成情况 | 履职效能评分
        1.有效化解各类信访矛盾 | 增强治理效能 | 化解8.91万件，按期答复率99.99% | 18
        3.维护接待厅秩序 | 安全有序 | 未发生极端事件 | 14
        """,
        (
            ("1.有效化解各类信访矛盾", "增强治理效能", "化解8.91万件，按期答复率99.99%", None, 18),
            ("3.维护接待厅秩序", "安全有序", "未发生极端事件", None, 14),
        ),
    ),
    "广州: weights and points by part": Table(
        """
        一级指标 | 任务名称 | 分值 | 自评得分
        管理效能 | 预算编制 | 20 | 18.16
         | 预算执行 | 30 | 25
        履职效能 | 化解矛盾 | 50 | 50
        总分 |  | 100 | 93.16
        """,
        (
            ("预算编制", "", "", 20, Decimal("18.16")),
            ("预算执行", "", "", 30, 25),
            ("化解矛盾", "", "", 50, 50),
        ),
    ),
    "鹿泉: bounds of four levels": Table(
        """
        一级指标 | 二级指标 | 绩效指标 | 评价标准 |  |  |  | 指标值 | 完成值
         |  |  | 优秀 | 良好 | 一般 | 较差
        信访 | 办结 | 按期结案率 | ≥95% | 90%-95% | 80%-90% | <80% | ≥95% | 100%
         |  | 投诉次数 | ≤2次 | 3-5次 | 6-8次 | ＞8次 | ≤2次 | 1次
         |  | 群众评价 | 好 | 较好 | 一般 | 差 | 好 | 好
        """,
        (
            ("按期结案率", "≥95%", "100%", None, None, (95, 90, 80)),
            ("投诉次数", "≤2次", "1次", None, None, (2, 5, 8)),
            ("群众评价", "好", "好", None, None, ()),
        ),
        ("thresholds",),
        ((1, 4, 1, 7), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 8, 2, 8), (1, 9, 2, 9)),
    ),
    "level names in the second row, nothing merged": Table(
        """
        绩效指标 |  |  | 年度指标值 | 实际完成值 | 分值 | 得分
        一级指标 | 二级指标 | 三级指标
        产出指标 | 数量指标 | 培训次数 | 10次 | 9次 | 10 | 9
        """,
        (("培训次数", "10次", "9次", 10, 9),),
    ),
    "values in the second row, nothing merged": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 绩效完成情况 |  | 评分 |  | 备注
         |  |  | 目标值 | 完成值 | 分值 | 自评分
        产出指标 | 数量指标 | 培训次数 | 10次 | 9次 | 10 | 9 | 疫情
        """,
        (("培训次数", "10次", "9次", 10, 9, "疫情"),),
        ("reason",),
    ),
    "levels under one wide head": Table(
        """
        绩效指标 |  |  | 年度指标值 | 实际完成值 | 分值 | 得分
        产出指标 | 数量指标 | 培训次数 | 10次 | 9次 | 10 | 9
         | 质量指标 | 合格率 | 90% | 95% | 10 | 10
        """,
        (
            ("培训次数", "10次", "9次", 10, 9),
            ("合格率", "90%", "95%", 10, 10),
        ),
        (),
        ((1, 1, 1, 3), (2, 1, 3, 1)),
    ),
    "sign, value and unit under one wide head": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 年度指标值 |  |  | 实际完成值 | 分值 | 得分
        产出指标 | 数量指标 | 培训次数 | ≥ | 10 | 次 | 9次 | 10 | 9
         | 质量指标 | 合格率 | = | 90 | % | 95% | 10 | 10
        """,
        (
            ("培训次数", "≥10次", "9次", 10, 9),
            ("合格率", "=90%", "95%", 10, 10),
        ),
        (),
        ((1, 4, 1, 6),),
    ),
    "points behind the names of the levels": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
        产出指标（50分） | 数量指标(20分) | 培训次数 | 10次 | 9次 | 10 | 9
        """,
        (("培训次数", "10次", "9次", 10, 9, "产出指标", "数量指标"),),
        ("level1", "level2"),
    ),
}


@pytest.mark.parametrize("one", TABLES.values(), ids=TABLES.keys())
def test_a_table_is_read_as_it_is_printed(one: Table) -> None:
    assert tuple(said(row, one.more) for row in one.read().form.indicators) == one.expected


def test_a_target_in_three_columns_says_what_it_says_in_one() -> None:
    rows = TABLES["云南: sign and unit beside the value"].read().form.indicators
    assert [(row.target.sign, row.target.number, row.target.unit) for row in rows] == [
        ("≥", 735, "人次"),
        ("=", 100, "%"),
        ("", None, ""),
    ]


def test_the_places_of_sign_value_and_unit() -> None:
    places = TABLES["云南: sign and unit beside the value"].read().places
    assert [places[Spot("indicator", 1, field)] for field in ("sign", "target", "unit")] == [
        (3, 4),
        (3, 5),
        (3, 6),
    ]


def test_a_target_adjusted_stands_in_the_adjusted_column() -> None:
    places = TABLES["重庆: adjusted targets, shares, no levels"].read().places
    assert [places[Spot("indicator", row, "target")] for row in (0, 1)] == [(2, 5), (3, 6)]


def test_the_grade_and_the_sum_of_a_summary() -> None:
    form = TABLES["财政评价: shares by content"].read().form
    assert (form.total, form.total_weight, form.grade) == (Decimal("80.91"), 100, "良")


def test_columns_that_a_form_has_are_named() -> None:
    assert {"share", "weight", "score"} <= TABLES["财政评价: shares by content"].read().form.columns
    assert "raw" in TABLES["河北成安: raw score times weight in percent cells"].read().form.columns


HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
BLANK = (
    HEAD,
    (OUT, "数量指标", "指标1：", "", "", "", ""),
    ("", "", "指标2：", "≥**人", "", 5, ""),
    ("", "", "……", "", "", "", ""),
    ("", "质量指标", "指标1", "", "", "", ""),
    ("", "……", "", "", "", "", ""),
    (GLAD, "服务对象满意度指标", "指标1：", "", "90%", 10, 10),
    ("总分", "", "", "", "", 100, ""),
)


def test_rows_of_the_template_wait_for_indicators() -> None:
    reading = read(grid(*BLANK))
    assert reading.free == {
        2: (OUT, "数量指标"),
        3: (OUT, "数量指标"),
        4: (OUT, "数量指标"),
        5: (OUT, "质量指标"),
        6: (OUT, ""),
    }


def test_a_row_of_the_template_that_was_filled_beside_its_name_is_a_row() -> None:
    (row,) = read(grid(*BLANK)).form.indicators
    assert (row.level1, row.level3, row.actual.text) == (GLAD, "指标1：", "90%")


def test_groups_without_an_indicator_are_kept_for_filling() -> None:
    reading = read(
        grid(
            ("一级指标", "二级指标", "三级指标", "目标值"),
            ("投入与目标管理", "项目管理", "合同管理完备性", "完备"),
            ("", "资产管理"),
            ("产出目标", "数量"),
            ("", "质量", "完成任务", "高标准"),
            ("", "时效"),
        )
    )
    assert [row.level3 for row in reading.form.indicators] == ["合同管理完备性", "完成任务"]
    assert reading.free == {
        3: ("投入与目标管理", "资产管理"),
        4: ("产出目标", "数量"),
        6: ("产出目标", "时效"),
    }


def test_a_blank_row_leaves_no_places_behind() -> None:
    reading = read(grid(HEAD, (OUT, "数量指标", "甲", 1, 1, 5, 5), ("", "质量指标", "", "", "", "", "")))
    assert {spot.row for spot in reading.places if spot.part == "indicator"} == {0}


@pytest.mark.parametrize(
    ("natures", "columns"),
    [
        (("≥", "定性"), {"sign"}),
        (("正向", "反向"), {"direction"}),
        (("定性", "定量"), {"sign"}),
        (("", ""), {"sign"}),
        (("数量", "质量"), set[str]()),
    ],
)
def test_a_column_of_natures_is_what_its_cells_are(natures: tuple[str, str], columns: set[str]) -> None:
    head = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "分值")
    rows = [
        (OUT, "数量", f"指标{name}项", nature, 1, 5) for name, nature in zip("甲乙", natures, strict=True)
    ]
    (layout,) = find_forms(grid(head, *rows))
    assert layout.indicators.columns.keys() & {"sign", "direction", "nature1"} == columns


def test_a_two_row_head_on_every_page() -> None:
    head = (
        ("绩效指标", "", "", "年度指标值", "实际完成值", "分值", "得分"),
        ("一级指标", "二级指标", "三级指标"),
    )
    row = (OUT, "数量指标", "培训次数", "10次", "9次", 10, 9)
    (layout,) = find_forms(grid(*head, row, row, *head, row, ("总分", "", "", "", "", 30, 27)))
    assert (layout.indicators.rows, layout.total_row) == ((3, 4, 7), 8)


def test_tasks_are_no_indicators_where_there_are_indicators() -> None:
    sheet = grid(
        ("任务名称", "主要内容", "分值", "自评得分"),
        ("任务一", "做", 10, 10),
        (),
        HEAD,
        (OUT, "数量指标", "甲", 1, 1, 5, 5),
    )
    assert [row.level3 for row in read(sheet).form.indicators] == ["甲"]
