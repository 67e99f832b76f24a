"""Kinds of tables once misread: which column is the year's, which cell the name, where a form ends."""

from __future__ import annotations

from decimal import Decimal

import pytest
from readback import Table, read, said
from typed import grid, table

from perf_excel.forms.spot import Spot
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.reading.form_reading import Reading, read_form

TABLES = {
    "what was reached last year, left of the target": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 上年实际完成值 | 年度指标值 | 实际完成值 | 分值 | 得分
        产出指标 | 数量指标 | 培训人次 | 260 | 280 | 270 | 50 | 48.21
        """,
        (("培训人次", "280", "270", 50, Decimal("48.21")),),
    ),
    "two years by their numbers": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 2022年实际值 | 2023年目标值 | 2023年实际值 | 分值 | 得分
        产出指标 | 数量指标 | 培训人次 | 260 | 280 | 270 | 50 | 48.21
        """,
        (("培训人次", "280", "270", 50, Decimal("48.21")),),
    ),
    "last year and the year ahead under one head": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 指标值 |  | 备注
         |  |  | 2021年实际实现值 | 预期2022年实现值
        产出指标 | 数量指标 | 培训人次 | 260人次 | 280人次
        满意度指标 | 满意度 | 学员满意度 | 92% | ≥95%
        """,
        (("培训人次", "280人次", "", None, None), ("学员满意度", "≥95%", "", None, None)),
        (),
        ((1, 4, 1, 5), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 6, 2, 6)),
    ),
    "years before under a head of their own": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 历史值 |  | 指标值 |  | 分值 | 得分
         |  |  | 2021年 | 2022年 | 目标值 | 实际值 |  |
        产出指标 | 数量指标 | 培训人次 | 250 | 260 | 280 | 270 | 50 | 48
        """,
        (("培训人次", "280", "270", 50, 48),),
    ),
    "averages and standards beside the target": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 三年平均 | 上年实际 | 行业标准值 | 目标值 | 标准值 | 实际 | 得分
        产出指标 | 数量指标 | 培训人次 | 250 | 260 | 300 | 280 | 290 | 270 | 48
        """,
        (("培训人次", "280", "270", None, 48),),
    ),
    "a block's name that reaches over all of a short table": Table(
        """
        年度绩效指标完成情况 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
         | 产出指标 | 数量指标 | 窗口考核 | 100% | 100% | 45 | 45
         |  |  | 考核二 | 100% | 99% | 45 | 44
        """,
        (("窗口考核", "100%", "100%", 45, 45), ("考核二", "100%", "99%", 45, 44)),
        (),
        ((1, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3)),
    ),
    "number and name under one head": Table(
        """
        一级指标 | 二级指标 | 三级指标 |  | 分值 | 年度指标值 | 全年实际值 | 得分
        产出指标 | 数量指标 | 指标1 | 发放原种 | 50 | 550万粒 | 550万粒 | 50
         |  | 指标2 | 企业采购 | 50 | 200万粒 | 180万粒 | 45
        """,
        (("发放原种", "550万粒", "550万粒", 50, 50), ("企业采购", "200万粒", "180万粒", 50, 45)),
        (),
        ((1, 3, 1, 4),),
    ),
    "number and name, the head over the number alone": Table(
        """
        一级指标 | 二级指标 | 三级指标 |  | 分值 | 年度指标值 | 全年实际值 | 得分
        产出指标 | 数量指标 | 1 | 发放原种 | 50 | 550万粒 | 550万粒 | 50
         |  | 2 | 企业采购 | 50 | 200万粒 | 180万粒 | 45
        """,
        (("发放原种", "550万粒", "550万粒", 50, 50), ("企业采购", "200万粒", "180万粒", 50, 45)),
    ),
    "four levels": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 四级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
        产出指标 | 数量指标 | 修路 | 修路里程 | 5公里 | 5公里 | 50 | 50
         |  |  | 桥梁 | 2座 | 2座 | 20 | 20
         | 质量指标 | 验收 | 合格率 | 100% | 100% | 30 | 30
        """,
        (
            ("修路里程", "5公里", "5公里", 50, 50, "数量指标", "修路"),
            ("桥梁", "2座", "2座", 20, 20, "数量指标", "修路"),
            ("合格率", "100%", "100%", 30, 30, "质量指标", "验收"),
        ),
        ("level2", "above"),
    ),
    "a third and a fourth level under one head": Table(
        """
        一级指标 | 二级指标 | 三级指标 |  | 年度指标值 | 实际完成值 | 分值 | 得分
        产出指标 | 数量指标 | 修路 | 修路里程 | 5公里 | 5公里 | 50 | 50
         |  |  | 桥梁 | 2座 | 2座 | 20 | 20
        """,
        (("修路里程", "5公里", "5公里", 50, 50, "修路"), ("桥梁", "2座", "2座", 20, 20, "修路")),
        ("above",),
        ((1, 3, 1, 4),),
    ),
    "a second level that is the first": Table(
        """
        一级指标 | 二级指标 | 指标内容 | 指标值
        效益指标 | 社会效益指标 | 受益人数 | 100人
        满意度指标 |  | 群众满意度 | 90%
        """,
        (("受益人数", "100人", "", None, None, "社会效益指标"), ("群众满意度", "90%", "", None, None, "")),
        ("level2",),
        ((3, 1, 3, 2),),
    ),
    "中央: kind, content, value": Table(
        """
        指标 | 指标内容 | 指标值
        产出指标 | 培训人次 | 5
         | 合格率 | 90%
        """,
        (("培训人次", "5", "", None, None, "产出指标"), ("合格率", "90%", "", None, None, "产出指标")),
        ("level1",),
    ),
    "指标 for the first level, before the second": Table(
        """
        指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分
        产出指标 | 数量指标 | 培训人次 | 5 | 5 | 50 | 50
         | 质量指标 | 合格率 | 90% | 90% | 50 | 50
        """,
        (("培训人次", "5", "5", 50, 50, "产出指标"), ("合格率", "90%", "90%", 50, 50, "产出指标")),
        ("level1",),
    ),
    "two levels in one cell": Table(
        """
        指标类别 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分
        产出指标/数量指标 | 培训人次 | 5 | 5 | 50 | 50
        产出指标／质量指标 | 合格率 | 90% | 90% | 50 | 50
        """,
        (
            ("培训人次", "5", "5", 50, 50, "产出指标", "数量指标"),
            ("合格率", "90%", "90%", 50, 50, "产出指标", "质量指标"),
        ),
        ("level1", "level2"),
    ),
    "levels in rows of their own, with what their indicators sum up to": Table(
        """
        指标名称 | 年初目标值 | 实际完成值 | 分值 | 得分
        一、产出指标 |  |  | 60 | 59
        （一）数量指标 |  |  |  |
        1.培训人次 | 5 | 5 | 30 | 30
        （二）质量指标 |  |  |  |
        1.合格率 | 90% | 87% | 30 | 29
        二、效益指标 |  |  | 40 | 40
        1.受益人数 | 9 | 9 | 40 | 40
        """,
        (
            ("培训人次", "5", "5", 30, 30, "产出指标", "数量指标"),
            ("合格率", "90%", "87%", 30, 29, "产出指标", "质量指标"),
            ("受益人数", "9", "9", 40, 40, "效益指标", ""),
        ),
        ("level1", "level2"),
    ),
    "中央: two kinds under one head": Table(
        """
        指标 |  | 指标内容 | 指标值
        产出指标 | 数量指标 | 培训人次 | 5
         | 质量指标 | 合格率 | 90%
        """,
        (
            ("培训人次", "5", "", None, None, "产出指标", "数量指标"),
            ("合格率", "90%", "", None, None, "产出指标", "质量指标"),
        ),
        ("level1", "level2"),
        ((1, 1, 1, 2),),
    ),
    "scores without a head": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 |  | 备注
        产出指标 | 数量指标 | 培训人次 | 10次 | 9次 | 50 | 45 | 疫情
         | 质量指标 | 合格率 | 90% | 95% | 50 | 50
        """,
        (("培训人次", "10次", "9次", 50, 45, "疫情"), ("合格率", "90%", "95%", 50, 50, "")),
        ("reason",),
    ),
    "stamps below": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
        产出指标 | 数量指标 | 培训人次 | 280人次
        财政资金管理科室（盖章）    年 月 日 |  |  | 财政绩效管理科室（盖章）    年 月 日
        """,
        (("培训人次", "280人次", "", None, None),),
        (),
        ((3, 1, 3, 3), (3, 4, 3, 5)),
    ),
    "the opinion of those who examine": Table(
        """
        一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
        产出指标 | 数量指标 | 培训人次 | 280人次
        财政部门审核意见（盖章）
        填报人 | 某 | 日期 | 2023年1月5日
        """,
        (("培训人次", "280人次", "", None, None),),
        (),
        ((3, 1, 3, 5),),
    ),
}


@pytest.mark.parametrize("one", TABLES.values(), ids=TABLES.keys())
def test_a_table_is_read_as_it_is_meant(one: Table) -> None:
    assert tuple(said(row, one.more) for row in one.read().form.indicators) == one.expected


HEAD = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因"
ROWS = """
产出指标 | 数量指标 | 培训人次 | 5次 | 5次 | 50 | 46
效益指标 | 社会效益指标 | 受益人数 | 5人 | 5人 | 50 | 50
"""

CLOSINGS = {
    "a head's labels over their values": (
        "项目名称 | 甲 | 自评得分 | 自评等级\n主管部门 | 某局 | 96 | 优",
        "",
        (96, "优"),
    ),
    "a head's label over its value, nothing beside": (
        "项目名称 | 甲 |  |  |  |  |  | 自评得分\n主管部门 | 某局 |  |  |  |  |  | 96",
        "",
        (96, ""),
    ),
    "in the head, in one cell": ("自评得分：96分   自评等级：优 |  |  |  |  |  |  | 附", "", (96, "优")),
    "in one row, not under their columns": ("", "总分 |  |  | 100 | 96 | 自评等级 |  | 优", (96, "优")),
    "under a column of its own": ("", "总分 |  |  |  |  |  |  | 96", (96, "")),
    "in one cell": ("", "总分:96", (96, "")),
    "in one cell, behind the levels": ("", " |  |  |  |  |  | 总分：96 | 等级：优", (96, "优")),
}


@pytest.mark.parametrize(("above", "below", "expected"), CLOSINGS.values(), ids=CLOSINGS.keys())
def test_total_and_grade_wherever_they_stand(above: str, below: str, expected: tuple[int, str]) -> None:
    lines = ["项目支出绩效自评表", *filter(None, [above]), HEAD + ROWS.rstrip(), *filter(None, [below])]
    reading = read(grid(*table("\n".join(lines))))
    assert (reading.form.total, reading.form.grade) == expected
    assert len(reading.form.indicators) == 2


def test_no_place_for_a_total_is_found_outside_the_form() -> None:
    reading = read(
        grid(*table("项目支出绩效自评表\n项目名称 | 甲 |  |  |  |  |  | 自评得分\n" + HEAD + ROWS.rstrip()))
    )
    assert Spot("total", 0, "score") not in reading.places


def test_several_scores_are_named_and_the_unit_s_own_is_read() -> None:
    sheet = grid(
        *table(
            """
            一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 主管部门复核得分 | 自评得分 | 财政评分
            产出指标 | 数量指标 | 培训人次 | 5次 | 5次 | 50 | 48 | 50 | 47
            总分 |  |  |  |  | 50 | 48 | 50 | 47
            """
        )
    )
    form = read(sheet).form
    assert (form.indicators[0].score, form.total) == (50, 50)
    assert form.score_heads == ("自评得分", "主管部门复核得分", "财政评分")


TWO_TERMS = """
项目绩效目标表
长期绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值 | 分值
 | 产出指标 | 数量指标 | 修路公里 | 10公里 | 50
 | 效益指标 | 社会效益指标 | 受益人数 | ≥100人 | 50
年度绩效指标 | 一级指标 | 二级指标 | 指标内容 | 指标值 | 分值
 | 产出指标 | 数量指标 | 修路公里 | 2公里 | 100
"""


@pytest.mark.parametrize(
    "merges", [(), ((2, 1, 4, 1), (5, 1, 6, 1))], ids=["beside the heads", "merged down"]
)
def test_tables_of_two_terms_stay_apart(merges: tuple[tuple[int, ...], ...]) -> None:
    form = read(grid(*table(TWO_TERMS), merges=merges)).form
    assert [(row.level3, row.weight, row.term) for row in form.indicators] == [
        ("修路公里", 50, "长期"),
        ("受益人数", 50, "长期"),
        ("修路公里", 100, ""),
    ]


def readings(text: str) -> list[Reading]:
    sheet = grid(*table(text))
    return [read_form(sheet, layout) for layout in find_forms(sheet)]


def test_several_projects_in_one_table_are_forms_of_their_own() -> None:
    found = readings(
        """
        项目支出绩效目标表
        部门：某局 |  |  |  |  |  | 单位：万元
        项目名称 | 项目金额 | 年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标方向 | 目标值 | 计量单位
        甲项目 | 100 | 办好甲 | 产出指标 | 数量指标 | 甲一 | 大于等于 | 70 | 件
         |  |  | 效益指标 | 社会效益 | 甲二 |  | 提升
        乙项目 | 50 | 办好乙 | 产出指标 | 数量指标 | 乙一 | 大于等于 | 7 | 件
        """
    )
    forms = [reading.form for reading in found]
    assert [(form.unit, form.project, form.goal.expected) for form in forms] == [
        ("某局", "甲项目", "办好甲"),
        ("某局", "乙项目", "办好乙"),
    ]
    assert [[row.level3 for row in form.indicators] for form in forms] == [["甲一", "甲二"], ["乙一"]]
    assert [form.funding[0].initial for form in forms] == [100, 50]


def test_superior_departments_are_not_the_unit() -> None:
    (found,) = readings(
        f"项目支出绩效自评表\n中央主管部门 | 某部 | 地方主管部门 | 某厅\n{HEAD}{ROWS.rstrip()}"
    )
    assert found.form.unit == "某厅"
    (found,) = readings(f"项目支出绩效自评表\n自治区主管部门 | 某厅 | 项目名称 | 修路\n{HEAD}{ROWS.rstrip()}")
    assert found.form.unit == ""  # never the name of the project


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("省级主管部门 | 某省农业农村厅 | 市县主管部门 | 某县农业农村局", "某县农业农村局"),
        ("市级主管部门 | 某市水利局 | 县级主管部门 | 某县水利局", "某县水利局"),
        ("地方主管部门 | 某省卫生健康委 | 资金使用单位 | 各市、县基层医疗卫生机构", "某省卫生健康委"),
        ("地方主管部门 | 某省教育厅 | 资金使用单位 | 某县教育局", "某县教育局"),
        ("资金使用单位 | 某县教育局等12个单位 | 一、项目单位 | 某县教育局", "某县教育局"),
    ],
)
def test_of_several_departments_the_nearest_is_the_unit(head: str, unit: str) -> None:
    (found,) = readings(f"转移支付绩效自评表\n{head}\n{HEAD}{ROWS.rstrip()}")
    assert found.form.unit == unit


def test_a_blank_unit_before_the_unit_of_money_stays_blank() -> None:
    (found,) = readings(f"项目支出绩效自评表\n项目单位（盖章）：   单位：万元\n{HEAD}{ROWS.rstrip()}")
    assert found.form.unit == ""


def test_a_table_without_a_row_says_so() -> None:
    (found,) = readings(f"项目支出绩效自评表\n{HEAD}")
    assert found.form.without_indicators == "unread"
