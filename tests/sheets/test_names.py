"""The words by which forms name the unit and the project, and which of several is meant."""

from __future__ import annotations

import pytest
from typed import grid

from perf_excel.forms.model import Form
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.reading.form_reading import read_form

TITLE = ("项目支出绩效自评表",)
END = (
    ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"),
    ("产出指标", "数量指标", "下访次数", "≥12次", "12次", 10, 10),
)


def read(*rows: tuple[str, ...]) -> Form:
    sheet = grid(TITLE, *rows, *END)
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout).form


UNITS = """
    部门名称 部门（单位）名称 部门/单位名称 部门单位名称 单位名称 填报单位 填表单位 编报单位 被评价单位
    评价单位 省级预算部门名称 市级预算单位 一级预算部门 一级预算单位名称 二级预算单位
    基层预算单位 预算单位名称
    实施部门 实施主体 牵头单位 承办单位 建设单位 申请单位 项目法人 单位全称
    用款单位 使用单位 资金使用单位 项目建设单位 项目使用单位 承担单位 执行单位 责任单位 主管部门"""
PROJECTS = """
    项目名称 转移支付（项目）名称 预算项目 预算项目名称 项目支出名称 具体项目名称 专项转移支付名称
    项目名称及编码 评价项目名称 自评项目名称 项目/政策名称 专项名称 专项资金名称 政策名称
    项目全称 课题名称 工程名称"""


@pytest.mark.parametrize("label", UNITS.split())
def test_the_unit_is_known_by_its_label(label: str) -> None:
    assert read((label, "某局")).unit == "某局"


@pytest.mark.parametrize("label", PROJECTS.split())
def test_the_project_is_known_by_its_label(label: str) -> None:
    assert read(("单位名称", "某局"), (label, "水利发展资金")).project == "水利发展资金"


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("预算部门", "预算单位"),
        ("一级预算部门", "预算单位"),
        ("一级预算单位", "二级预算单位"),
        ("主管部门", "实施单位"),
        ("预算部门", "实施单位"),
        ("评价单位", "责任单位"),
    ],
)
def test_the_unit_is_the_one_nearest_to_the_work(less: str, more: str) -> None:
    assert read((less, "某厅", "", more, "某局")).unit == "某局"
    assert read((more, "某局", "", less, "某厅")).unit == "某局"
