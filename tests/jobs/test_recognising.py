"""Which rule set a form is taken to belong to, and what is said of the guess."""

from __future__ import annotations

import pytest
from typed import grid

from perf_excel.jobs.examination.recognising import likeness, most_like, rules_for
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.rulesets.toml_reading import parse_ruleset
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.reading.form_reading import Reading, read_form

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
        (form("辽宁省部门整体自评表", "偏差度"), None),
        (form("部门整体自评表", "偏差度", unit="内蒙古自治区某局"), None),
        (form("河南省部门整体自评表", "偏差度"), "henan"),
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
    assert most_like(ALL, form("部门整体自评表", "偏差度"))[1] == "由表格的标题、栏目识别（把握较大）"
    assert most_like(ALL, form("自评情况表"))[1] == "未能识别地区，采用全国通用规则（把握不大）"


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (form("河南省部门整体自评表", "偏差度", level1="投入管理指标"), "把握大"),
        (form(PROJECT, "数据来源"), "把握较大"),
        (form(unit="安徽省某局"), "把握较大；也可能是 national-2020（national-2020的规则），可另行指定"),
        (form("四川省自评情况表"), "把握不大；也可能是 sichuan（sichuan的规则），可另行指定"),
    ],
)
def test_it_is_said_how_sure_the_choice_is_and_what_else_fits(reading: Reading, said: str) -> None:
    assert f"（{said}）" in most_like(ALL, reading)[1]


def test_equals_are_named_and_how_to_decide() -> None:
    best, why = most_like([rules("甲", labels=["得分系数"]), COEFFICIENT], form(PROJECT, "得分系数"))
    assert best is not None
    other = {"甲": "chongqing", "chongqing": "甲"}[best.id]
    others = f"同样像的还有{other}（{other}的规则），如不是这一个，请另行指定"
    assert why == f"由表格的表头识别（把握不大）；{others}"


def test_a_rule_set_without_marks_is_like_nothing() -> None:
    assert likeness(rules("乙"), form()).shown == 0


LEVELS_123 = ["一级指标", "二级指标", "三级指标"]
ENDS = ["分值", "得分", "偏差原因分析及改进措施"]
PUBLISHED = {
    "national-2020": ("项目支出绩效自评表", [*LEVELS_123, "年度指标值", "实际完成值", *ENDS]),
    "henan-department": (
        "部门（单位）整体自评表",
        [*LEVELS_123, "年度指标值", "实际完成值", "分值", "得分", "偏差度", "偏差原因分析及改进措施"],
    ),
    "sichuan-project": (
        "部门预算项目支出绩效自评表（2023年度）",
        [*LEVELS_123, "指标性质", "指标值", "度量单位", "完成值", "权重", "得分"],
    ),
    "yunnan-project": (
        "项目支出绩效自评表",
        [*LEVELS_123, "指标性质", "指标值", "度量单位", "实际完成值", *ENDS],
    ),
    "hubei-project": ("2020年度项目自评表", [*LEVELS_123, "年初目标值(A)", "实际完成值(B)", "得分"]),
    "chongqing-department": (
        "部门整体绩效自评表",
        [
            "指标名称",
            "计量单位",
            "指标性质",
            "年初指标值",
            "调整指标值",
            "全年完成值",
            "得分系数",
            "指标权重",
            "指标得分",
        ],
    ),
    "anhui-project": (
        "项目支出绩效目标自评表",
        [*LEVELS_123, "分值", "年度指标值", "全年实际值", "得分", "未完成原因分析"],
    ),
    "hebei-project": (
        "项目支出绩效自评表",
        [*LEVELS_123, "符号", "单位", "预期值", "完成值", "单项得分", "权重占比", "折算得分"],
    ),
    "guangzhou-department": ("部门整体支出绩效自评表", ["评价内容", "分值", "自评得分"]),
    "zhengzhou-evaluation": ("财政绩效评价结果", ["评价内容", "分值", "评价得分", "得分率"]),
    "hebei-luquan-department": (
        "部门整体支出绩效自评表",
        [*LEVELS_123, "优秀", "良好", "一般", "较差", "指标值", "完成值", "得分"],
    ),
    "zhengzhou-declaration": (
        "部门（单位）整体绩效目标申报表",
        [*LEVELS_123, "指标值", "度量单位"],
    ),
}
"""The heads of published forms, under their titles."""
CELLS = {
    "一级指标": "投入管理指标", "二级指标": "数量指标", "三级指标": "培训次数", "指标名称": "培训次数",
    "指标性质": "≥", "符号": "≥", "度量单位": "次", "计量单位": "次",
    "单位": "次", "优秀": "≥95", "良好": "≥85", "一般": "≥60", "较差": "<60",
    "得分系数": "100%", "得分率": "100%", "单项得分": 100,
}  # fmt: skip


@pytest.mark.parametrize("name", PUBLISHED)
def test_each_regions_published_form_is_known_for_its_own(name: str) -> None:
    title, head = PUBLISHED[name]
    first = {"guangzhou-department": "管理效能", "zhengzhou-evaluation": "投入管理"}.get(name, "培训次数")
    cells = [CELLS.get(label, 10) for label in head]
    rows = [[first if label == "评价内容" else cell for label, cell in zip(head, cells, strict=True)]]
    sheet = grid((title,), ("部门名称", "某局"), head, *rows)
    (layout,) = find_forms(sheet)
    found, why = rules_for(None, read_form(sheet, layout))
    assert found.id == name, why
    assert "同样像" not in why


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("项目支出绩效自评表", [*LEVELS_123, "目标值", "完成值", *ENDS]),
        ("湖南省项目支出绩效自评表", [*LEVELS_123, "年度指标值", "实际完成值", *ENDS]),
        ("专项资金绩效目标自评表", [*LEVELS_123, "指标值", "全年实际完成值", "未完成原因和改进措施"]),
        (
            "中央对地方转移支付区域（项目）绩效目标自评表",
            [*LEVELS_123, "指标值", "全年实际完成值", "未完成原因"],
        ),
        ("项目绩效评价指标表", [*LEVELS_123, "目标值", "权重"]),
        ("项目支出绩效目标表", [*LEVELS_123, "指标值类型", "目标值", "度量单位", "备注"]),
        ("某市部门整体绩效自评表", [*LEVELS_123, "年度指标值", "实际完成值", *ENDS]),
    ],
)
def test_forms_of_no_known_region_stay_with_the_nation(title: str, head: list[str]) -> None:
    cells = [CELLS.get(label, 10) for label in head]
    cells[0] = "产出指标"
    sheet = grid((title,), ("部门名称", "某局"), head, cells)
    (layout,) = find_forms(sheet)
    assert rules_for(None, read_form(sheet, layout))[0].id == "national-2020"


@pytest.mark.parametrize(
    ("title", "levels", "name"),
    [
        ("部门整体支出绩效自评表", ("管理效能", "履职效能"), "guangzhou-department"),
        ("部门整体支出绩效自评表", ("履职效能", "预算执行", "管理效率"), "national-2020"),
        ("广州市部门整体支出绩效自评表", ("履职效能", "预算执行", "管理效率"), "guangzhou-department"),
        ("辽宁省部门整体支出绩效自评表", ("管理效能", "履职效能"), "national-2020"),
    ],
)
def test_one_level_among_strange_ones_proves_nothing(title: str, levels: tuple[str, ...], name: str) -> None:
    sheet = grid((title,), ("部门名称", "某局"), HEAD, *([level, *ROW[1:]] for level in levels))
    (layout,) = find_forms(sheet)
    assert rules_for(None, read_form(sheet, layout))[0].id == name
