"""Which rule set a form is taken to belong to, and what is said of the guess."""

from __future__ import annotations

import pytest
from typed import grid

from perf_excel.jobs.recognising import likeness, most_like
from perf_excel.rules.loading import parse_ruleset
from perf_excel.rules.ruleset import RuleSet
from perf_excel.sheets.layout import find_forms
from perf_excel.sheets.reading import Reading, read_form

HEAD = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
ROW = ["产出指标", "数量指标", "培训次数", "≥12次", "12次", 10, 10]
PROJECT = "项目支出绩效自评表"


def rules(name: str, region: str = "", **recognise: list[str]) -> RuleSet:
    marks = "\n".join(f"{key} = {[*words]}" for key, words in recognise.items())
    head = f'id = "{name}"\nname = "{name}的规则"\nversion = "1"\nregion = "{region}"\n'
    return parse_ruleset(f'{head}[recognise]\n{marks}\n[text]\nrule = "percent"', "试.toml")


def form(title: str = PROJECT, *more: str, unit: str = "某局", level1: str = "产出指标") -> Reading:
    sheet = grid((title,), ("部门名称", unit), [*HEAD, *more], [level1, *ROW[1:], *("100%" for _ in more)])
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout)


NATIONAL = rules("national-2020", "全国", titles=[PROJECT])
COEFFICIENT = rules("chongqing", "重庆市", labels=["得分系数"])
BOTH = rules("sichuan", "四川省", titles=[PROJECT], labels=["数据来源", "权重说明"])
TITLED = rules("anhui", "安徽省", titles=[PROJECT])
LEVELS = rules("henan", "河南省", titles=["部门整体自评表"], columns=["deviation"], levels=["投入管理指标"])
BRACKETS = rules("hunan", "湖南省", titles=["部门（单位）绩效自评情况表"], labels=["绩效系数"])
ALL = [BRACKETS, TITLED, COEFFICIENT, BOTH, LEVELS, NATIONAL]


@pytest.mark.parametrize(
    ("reading", "name"),
    [
        (form(), "national-2020"),
        (form(PROJECT, "得分系数"), "chongqing"),
        (form(PROJECT, "数据来源"), "sichuan"),
        (form(PROJECT, "数据 来源（佐证）"), "sichuan"),
        (form(unit="安徽省某某局"), "anhui"),
        (form("部门整体自评表", "偏差度"), "henan"),
        (form("部门（单位）整体自评表", "偏差度"), "henan"),
        (form("2022年部门（单位）绩效自评情况表", "绩效系数"), "hunan"),
        (form("自评情况表", "偏差度", level1="投入管理指标"), "henan"),
        (form("部门整体自评表"), None),
        (form("自评情况表"), None),
    ],
)
def test_the_more_specific_rule_set_is_taken_and_the_national_one_else(
    reading: Reading, name: str | None
) -> None:
    for known in (ALL, ALL[::-1]):
        best, _ = most_like(known, reading)
        assert (best.id if best else None) == name


def test_what_it_was_told_by_is_said() -> None:
    assert most_like(ALL, form("部门整体自评表", "偏差度"))[1] == "由表格的标题、栏目识别"
    assert most_like(ALL, form("自评情况表"))[1] == "未能识别地区，采用全国通用规则"


def test_equals_are_named_and_how_to_decide() -> None:
    best, why = most_like([rules("甲", labels=["得分系数"]), COEFFICIENT], form(PROJECT, "得分系数"))
    assert best is not None
    other = {"甲": "chongqing", "chongqing": "甲"}[best.id]
    assert why == f"由表格的表头识别；同样像的还有{other}（{other}的规则），如不是这一个，请用 --rules 指定"


def test_a_rule_set_without_marks_is_like_nothing() -> None:
    assert likeness(rules("乙"), form()).shown == 0
