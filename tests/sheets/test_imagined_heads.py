"""Forms as other provinces may print them, from the title down to the indicators: made up, none published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from typed import grid

from perf_excel.forms.model import Form
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.reading.form_reading import read_form

INDICATORS = (
    ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"),
    ("产出指标", "数量指标", "下访次数", "≥12次", "12次", 90, 90),
    ("总分", "", "", "", "", 100, 100),
)


@dataclass(frozen=True)
class Imagined:
    """Rows above the indicators, and what they say."""

    rows: Sequence[Sequence[Any]]
    unit: str
    project: str = ""
    code: str = ""
    year: int | None = 2022
    details: dict[str, str] = field(default_factory=dict[str, str])
    funding: Sequence[tuple[Any, ...]] = ()
    """Item, 年初, 全年, 执行, 分值, 得分."""
    goal: tuple[str, str] = ("", "")
    tasks: Sequence[str] = ()
    merges: Sequence[Sequence[int]] = ()


FORMS = {
    "江苏": Imagined(
        (
            ("2022年度项目支出绩效自评价表",),
            ("项目名称", "河道疏浚", "", "项目类型", "经常性项目"),
            ("主管部门", "某市水利局", "", "项目实施单位", "某河道管理处"),
            ("预算执行情况（万元）", "", "年初预算", "调整后预算", "实际支出", "预算执行率", "分值", "得分"),
            ("", "预算总额", 100, 90, 81, "90%", 10, 9),
            ("", "其中：财政资金", 100, 90, 81, "90%"),
            ("年度绩效目标", "", "疏浚河道10公里"),
            ("年度完成情况", "", "疏浚河道10公里，已验收"),
        ),
        "某河道管理处",
        "河道疏浚",
        details={"项目类型": "经常性项目", "主管部门": "某市水利局"},
        funding=(("预算总额", 100, 90, 81, 10, 9), ("其中：财政资金", 100, 90, 81)),
        goal=("疏浚河道10公里", "疏浚河道10公里，已验收"),
        merges=((4, 1, 6, 1), (7, 3, 7, 8), (8, 3, 8, 8)),
    ),
    "浙江": Imagined(
        (
            ("部门（单位）整体绩效自评表",),
            ("单位名称：某县文旅局        预算年度：2022        金额单位：元",),
            ("预算资金", "批复预算数", "到位资金", "执行数", "执行率"),
            ("合计", 3000000, 2900000, 2850000, "95%"),
            ("基本支出", 2000000, 2000000, 2000000, "100%"),
            ("项目支出", 1000000, 900000, 850000, "85%"),
        ),
        "某县文旅局",
        funding=(("合计", 300, None, 285), ("基本支出", 200, None, 200), ("项目支出", 100, None, 85)),
    ),
    "广东": Imagined(
        (
            ("2022年度省级财政资金绩效自评表",),
            ("资金名称", "乡村振兴战略专项资金", "", "主管部门", "某省农业农村厅"),
            ("填报单位", "某县农业农村局", "", "填报人", "某某", "联系电话", ""),
            ("资金安排（万元）", "全年预算数", 500, "全年执行数", 450, "执行率", "90%"),
            ("绩效目标", "预期目标", "建成示范村5个", "", "", "实际完成情况", "建成5个"),
        ),
        "某县农业农村局",
        "乡村振兴战略专项资金",
        details={"主管部门": "某省农业农村厅", "填报人": "某某", "联系电话": ""},
        funding=(("资金安排", None, 500, 450),),
        goal=("建成示范村5个", "建成5个"),
    ),
    "陕西": Imagined(
        (
            ("项目支出绩效自评表",),
            ("（2022年度）",),
            ("项目名称", "", "义务教育薄弱环节改善", "", "", ""),
            ("市级主管部门", "", "某市教育局", "实施单位", "", "某中学"),
            ("项目资金\n（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
            ("", "年度资金总额", 20, 20, 20, 10, "100%", 10),
            ("", "省级财政资金", "/", "/", "/", "—", "", "—"),
            ("", "其他资金", "/", "/", "/", "—", "", "—"),
            ("年度总体目标", "预期目标", "", "", "", "实际完成情况"),
            ("", "改善办学条件", "", "", "", "已改善"),
        ),
        "某中学",
        "义务教育薄弱环节改善",
        details={"市级主管部门": "某市教育局"},
        funding=(("年度资金总额", 20, 20, 20, 10, 10), ("省级财政资金",), ("其他资金",)),
        goal=("改善办学条件", "已改善"),
        merges=((3, 1, 3, 2), (3, 3, 3, 8), (4, 1, 4, 2), (4, 4, 4, 5), (5, 1, 8, 1), (9, 1, 10, 1)),
    ),
    "贵州": Imagined(
        (
            ("部门整体支出绩效自评表",),
            ("部门名称", "某州林业局", "", "评价年度", "2022年"),
            ("年度预算申请（万元）", "资金总额", 800),
            ("", "按收入性质分：财政拨款", 780),
            ("", "其他资金", 20),
            ("年度主要任务", "任务一", "造林绿化"),
            ("", "任务二", "森林防火"),
        ),
        "某州林业局",
        details={"评价年度": "2022年"},
        funding=(("资金总额", 800), ("按收入性质分：财政拨款", 780), ("其他资金", 20)),
        tasks=("造林绿化", "森林防火"),
        merges=((3, 1, 5, 1), (6, 1, 7, 1)),
    ),
    "新疆": Imagined(
        (
            ("附件3",),
            ("自治区本级项目支出绩效目标自评表",),
            ("（2022 年度）", "", "", "", "单位：万元"),
            ("预算单位", "某厅", "", "项目负责人", "某某"),
            ("资金来源", "年初预算", "全年预算", "实际执行"),
            ("资金总额", 66, 60, 54),
            ("财政拨款", 66, 60, 54),
            ("项目总体目标", "保障运转"),
        ),
        "某厅",
        details={"项目负责人": "某某"},
        funding=(("资金总额", 66, 60, 54), ("财政拨款", 66, 60, 54)),
        goal=("保障运转", ""),
        merges=((8, 2, 8, 7),),
    ),
    "上海": Imagined(
        (
            ("财政项目支出绩效自评表",),
            ("项目名称：", "街面秩序整治", "预算单位：", "某街道办事处"),
            ("具体实施处（科）室：", "某科", "是否为经常性项目：", "是"),
            ("当年预算数（元）：", 1200000, "预算执行数（元）：", 1140000, "预算执行率（%）：", "95%"),
            ("年度总目标：", "秩序良好"),
        ),
        "某街道办事处",
        "街面秩序整治",
        year=None,
        funding=(("", None, 120, 114),),
        goal=("秩序良好", ""),
        merges=((5, 2, 5, 6),),
    ),
    "福建": Imagined(
        (
            ("2022年专项资金绩效自评表",),
            ("专项名称", "某专项", "实施单位", "某中心"),
            ("项目概况", "对老旧设备进行更新，包括：采购、安装、调试"),
            ("立项依据", "某文件"),
            ("专项实施期", "2022年1月-2022年12月"),
            ("", "合计", "中央", "省级"),
            ("全年预算数", 30, 10, 20),
            ("全年执行数", 30, 10, 20),
            ("年度绩效目标1", "更新设备30台"),
            ("年度绩效目标2", "故障减少"),
        ),
        "某中心",
        "某专项",
        details={"项目概况": "对老旧设备进行更新，包括：采购、安装、调试", "立项依据": "某文件"},
        funding=(("合计", None, 30, 30), ("中央", None, 10, 10), ("省级", None, 20, 20)),
        goal=("更新设备30台\n故障减少", ""),
    ),
    "辽宁": Imagined(
        (
            ("部门（单位）整体绩效自评表",),
            ("部门（单位）名称", "某区司法局本级", "", "单位代码", "112001"),
            ("年度预算收支情况", "", "预算数", "", "执行数", "执行率"),
            ("", "", "年初", "调整"),
            ("", "收入合计", 40, 44, 44, "100%"),
            ("年度主要任务", "工作任务", "主要内容", "完成情况"),
            ("", "法律援助", "办理案件", "完成"),
        ),
        "某区司法局本级",
        code="112001",
        year=None,
        funding=(("收入合计", 40, 44, 44),),
        tasks=("办理案件",),
        merges=((3, 1, 5, 1), (3, 3, 3, 4), (3, 5, 4, 5), (3, 6, 4, 6), (6, 1, 7, 1)),
    ),
    "甘肃": Imagined(
        (
            ("2022年度部门预算绩效自评表",),
            ("部门名称：", "", "", "填报日期：2023年2月20日"),
            ("年度履职目标", "服务群众"),
        ),
        "",
        details={"填报日期": "2023年2月20日"},
        goal=("服务群众", ""),
        merges=((3, 2, 3, 7),),
    ),
}


def money(form: Form) -> list[tuple[Any, ...]]:
    """Item and numbers of every line, without the empty end."""
    found: list[tuple[Any, ...]] = []
    for row in form.funding:
        line: list[Any] = [row.item, row.initial, row.annual, row.executed, row.weight, row.score]
        while line[-1] is None:
            line.pop()
        found.append(tuple(float(one) if isinstance(one, Decimal) else one for one in line))
    return found


@pytest.mark.parametrize("one", FORMS.values(), ids=FORMS.keys())
def test_it_is_read(one: Imagined) -> None:
    sheet = grid(*one.rows, *INDICATORS, merges=one.merges)
    (layout,) = find_forms(sheet)
    form = read_form(sheet, layout).form
    assert (form.unit, form.project, form.unit_code, form.year) == (one.unit, one.project, one.code, one.year)
    assert money(form) == list(one.funding)
    assert (form.goal.expected, form.goal.achieved) == one.goal
    assert [task.content for task in form.tasks] == list(one.tasks)
    found = {detail.label: detail.text for detail in form.details}
    assert {label: found.get(label) for label in one.details} == one.details
    assert [row.name for row in form.indicators] == ["下访次数"]
