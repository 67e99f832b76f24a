"""The printed forms of a rule set: what they say by default, and what they cannot say."""

from __future__ import annotations

import pytest

from perf_excel.errors import UserError
from perf_excel.rules.rulesets.layouts import Layout
from perf_excel.rules.rulesets.toml_reading import parse_ruleset

HEAD = """
id = "x"
name = "某地"
version = "1"
text = { rule = "percent" }
[[forms]]
name = "表"
title = "表"
"""


def load(form: str) -> Layout:
    return parse_ruleset(HEAD + form, "某地.toml").forms[0]


def test_a_form_is_the_national_one_unless_it_says_otherwise() -> None:
    assert load("") == Layout("表", "表")


def test_every_part_can_be_said() -> None:
    layout = load(
        """
        head = [["项目名称"], ["主管部门", "实施单位"]]
        unit_label = "实施单位"
        budget_columns = ["initial"]
        columns = ["level3", "sign", "target", "unit", "bounds"]
        headings = { target = "目标值" }
        levels = ["优秀", "良好"]
        rows = [{ level3 = "满意度", unit = "%" }]
        """
    )
    assert layout.head == (("项目名称",), ("主管部门", "实施单位"))
    assert layout.columns == ("level3", "sign", "target", "unit", "bounds")
    assert layout.rows[0].unit == "%"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ("columns = ['level1', 'score']", "“forms[1].columns”中缺少“level3”（指标名称），请补充。"),
        ("columns = ['level3', 'level3']", "“forms[1].columns”中“level3”重复。"),
        ("columns = ['level3', '分值']", "“forms[1].columns[2]”的值“分值”无效"),
        ("headings = { '分值' = '权重' }", "没有“forms[1].headings.分值”这一项"),
        ("budget_headings = { target = '权重' }", "没有“forms[1].budget_headings.target”这一项"),
        (
            "head = [['项目名称']]",
            "“forms[1].head”中没有单位名称一格“部门（单位）名称”（unit_label），请补充。",
        ),
        (
            "columns = ['level3', 'score']\nbudget_columns = ['initial', 'rate']",
            "“forms[1].budget_columns”应不多于 1 栏：指标表只有 2 栏。",
        ),
    ],
)
def test_what_does_not_fit_together_is_named(form: str, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        load(form)
    assert str(caught.value).startswith("某地.toml：")
    assert sentence in str(caught.value)
