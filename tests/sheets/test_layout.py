"""Which cell is what: forms found among whatever else stands on a sheet."""

from __future__ import annotations

import pytest
from facts import shangjie
from typed import Paper, Typing, grid, sheet_of, type_on

from perf_excel.sheets.finding.column_words import INDICATOR
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.header import MAX_FORMS, TooManyFormsError
from perf_excel.sheets.finding.labels import role_of, roles
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.finding.money_words import BUDGET
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.reading.form_reading import read_form

HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分")
ROW = ("产出指标", "数量指标", "下访次数", "≥12次", "12次", 10, 10)

SPELLINGS = {
    "level1": """
        一级指标 一级 一级指标名称 一级指标（50分） 一级指标及分值 一级指标/权重 一级分类 维度 指标维度
        指标类别""",
    "level2": "二级指标 二级 二级指标名称 二级指标及权重 二级分类",
    "level3": """
        三级指标 三级指标名称 三级指标内容 三级指标及内容 指标名称 具体指标 末级指标 绩效指标名称
        三级指标及分值 明细指标 细化指标 指标名称及说明""",
    "target": """
        年度指标值 指标值 指标值（A） 目标值 预期指标值 年初目标值(A) 全年指标值 计划指标值 计划值 预期值
        年初设定指标值 绩效指标值 预期指标 年度指标 2022年指标值 标准值 考核指标值 预期目标值 年初设定目标
        年初设定值 设定值 全年目标 目标任务 年初指标 申报值 预期实现值""",
    "actual": """
        实际完成值 完成值 全年实际值 全年实际完成值 全年完成值 年度完成值 年度实际完成值 完成情况 实际完成情况
        实际值 实际完成值（B） 完成指标值 指标完成值 年度指标完成情况 自评完成值 2022年实际完成值
        实际指标值 实际完成结果 目标完成值 实现值 执行值 全年执行值 执行结果 业绩值""",
    "weight": """
        分值 权重 指标分值 标准分值 标准分 分值权重 权重（分） 分值（100分） 满分 权重（%）
        权重分值 设定分值 分数 赋值 指标满分 参考分值 权重分数""",
    "score": """
        得分 自评得分 实际得分 评价得分 自评分 自评分数 评分 得分（分） 指标得分 单位自评得分 最终得分
        自评分值 折算得分 实得分 自评 单位自评 项目单位自评 考评得分 本级自评得分 计分""",
    "deviation": "偏差度 偏差率 偏离度 偏差程度 偏差度（%） 偏差 差异率",
    "reason": """
        偏差原因分析及改进措施 未完成原因分析 未完成原因和改进措施 偏差原因 扣分原因 存在问题及改进措施
        情况说明 扣分理由 存在问题 扣分点 扣分项 未完成或偏离说明""",
    "share": "得分率 得分系数 评分系数 得分率（%） 完成系数",
    "raw": "单项得分 单项指标得分 百分制得分",
    "nature": "指标性质 指标方向 指标值类型 指标属性 符号 运算符号 比较符 指标值符号 性质",
    "unit": "计量单位 度量单位 单位 指标单位 指标值单位",
    "adjusted": "调整指标值 调整后指标值 年中调整目标值 调整后目标值 变更后指标值",
    "remark": "备注 说明 备注说明 得分依据 自评依据",
}
BUDGET_SPELLINGS = {
    "initial": """
        年初预算数 年初预算 年初预算金额 年初数 年初批复预算数 预算批复数 年初预算数(A) 预算安排
        预算安排金额 批复预算金额""",
    "annual": """
        全年预算数 全年预算数（A） 全年预算数A 预算数 调整后预算数 调整预算数 年度预算数
        全年(调整)预算数 预算总额 预算 预算额 总预算 最终预算数 变更后预算数 追加后预算数""",
    "executed": """
        全年执行数 全年执行数(B) 执行数 实际支出 实际支出数 支出数 预算执行数 执行金额 决算数 累计支出 支付数
        全年支付数 全年决算数 实际支付金额""",
    "rate": "执行率 执行率（B/A） 执行率B/A 预算执行率 预算完成率 支出率 执行进度 执行比例",
    "weight": "分值 权重 执行率权重 执行率分值",
    "score": "得分 自评得分 执行率得分 预算执行率得分",
}
OTHERS = """
    序号 指标解释 指标说明 评分标准 得分计算方法 数据来源 是否核心指标 联系电话 完成时间 佐证材料 证明材料
    评分细则 计分方法 责任单位 财政审核评分 财政评分 审核得分 复核得分 复核分 主管部门评分 财政部门复核得分
    核定得分 专家评分 第三方评分 完成率 是否调整指标 扣分 历史值 指标来源"""


@pytest.mark.parametrize(
    ("label", "role"), [(label, role) for role, labels in SPELLINGS.items() for label in labels.split()]
)
def test_a_column_of_the_indicators_is_known_by_its_label(label: str, role: str) -> None:
    assert role_of(label, roles(INDICATOR, {})) == role
    assert role_of(" ".join(label), roles(INDICATOR, {})) == role


@pytest.mark.parametrize(
    ("label", "role"),
    [(label, role) for role, labels in BUDGET_SPELLINGS.items() for label in labels.split()],
)
def test_a_column_of_the_budget_is_known_by_its_label(label: str, role: str) -> None:
    assert role_of(label, roles(BUDGET, {})) == role


@pytest.mark.parametrize("label", OTHERS.split())
def test_other_columns_are_left_alone(label: str) -> None:
    assert role_of(label, roles(INDICATOR, {})) in (None, "earlier", "audited")


def test_a_rule_set_may_bring_labels_of_its_own() -> None:
    sheet = grid(
        ("一级指标", "二级指标", "三级指标", "标杆", "年终数", "分值"), ("产出", "数量", "次数", 1, 1, 5)
    )
    assert only(sheet, {"target": ("标杆",), "actual": ("年终数",)}).indicators.columns.keys() >= {
        "target",
        "actual",
    }


def only(sheet: Grid, more: dict[str, tuple[str, ...]] | None = None) -> FormLayout:
    forms = find_forms(sheet, more)
    assert len(forms) == 1
    return forms[0]


def test_the_head_names_the_columns_wherever_they_stand() -> None:
    sheet = grid((), ("", "得分", "三级指标", "指标值", "分值", "一级指标"), ("", 5, "次数", "≥1", 5, "产出"))
    assert only(sheet).indicators.columns == {
        "score": (2, 2),
        "level3": (3, 3),
        "target": (4, 4),
        "weight": (5, 5),
        "level1": (6, 6),
    }


def test_a_head_of_two_rows_with_groups() -> None:
    sheet = grid(
        ("一级指标", "二级指标", "三级指标", "指标值", "", "分值", "得分"),
        ("", "", "", "目标值", "完成值"),
        ROW,
        merges=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5), (1, 6, 2, 6), (1, 7, 2, 7)],
    )
    form = only(sheet)
    assert form.indicators.header == 2
    assert form.indicators.columns["target"] == (4, 4)
    assert form.indicators.columns["actual"] == (5, 5)
    assert form.indicators.rows == (3,)


def test_a_head_of_two_rows_whose_words_mean_something_under_their_group_only() -> None:
    sheet = grid(
        ("一级指标", "二级指标", "三级指标", "指标值", "", "完成值", "分值", "得分"),
        ("", "", "", "年初", "调整后"),
        ("产出指标", "数量指标", "下访次数", "≥12次", "", "12次", 10, 10),
        merges=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5)],
    )
    form = only(sheet)
    assert form.indicators.rows == (3,)
    assert (form.indicators.columns["target"], form.indicators.columns["adjusted"]) == ((4, 4), (5, 5))


def test_a_head_of_two_rows_without_merged_cells() -> None:
    sheet = grid(
        ("一级指标", "二级指标", "三级指标", "绩效指标值", "", "分值", "得分"),
        ("", "", "", "预期值", "完成值"),
        ROW,
    )
    form = only(sheet)
    assert (form.indicators.columns["target"], form.indicators.columns["actual"]) == ((4, 4), (5, 5))
    assert form.indicators.rows == (3,)


def test_rows_end_at_the_total_and_pass_over_blank_ones() -> None:
    sheet = grid(HEAD, ROW, (), ROW, (), (), ROW, ("总分", "", "", "", "", 30, 30), ("备注：无",))
    form = only(sheet)
    assert form.indicators.rows == (2, 3, 4, 5, 6, 7)  # the blank ones can be filled
    assert form.total_row == 8


@pytest.mark.parametrize(
    "label",
    [
        "总分",
        "总 分",
        "总　　分",
        "合计",
        "总计",
        "总得分",
        "自评总分",
        "总分（100分）",
        "合计得分",
        "绩效自评总分",
        "总分：",
    ],
)
def test_the_total_row_by_its_label(label: str) -> None:
    assert only(grid(HEAD, ROW, (label, "", "", "", "", 10, 10))).total_row == 3


@pytest.mark.parametrize(
    "below",
    [
        [("备注：分值可作调整",)],
        [("注：1.定性指标分三档",)],
        [("填表人：某某", "", "联系电话：1234", "", "填表日期：某日")],
        [("填报人：", "", "审核人：", "", "", "负责人：")],
        [(), ("姓名", "科室", "电话", "手机"), ("某某", "办公室", "1234", "5678")],
        [("说明：请如实填写。",)],
        [("单位负责人（签字）：", "", "填表人：")],
    ],
)
def test_rows_end_at_what_is_no_row_where_there_is_no_total(below: list[tuple[str, ...]]) -> None:
    assert only(grid(HEAD, ROW, ROW, *below)).indicators.rows == (2, 3)


def test_subtotals_and_headings_across_the_table_are_no_rows() -> None:
    sheet = grid(
        HEAD,
        ("一、产出指标（50分）",),
        ROW,
        ("", "小计", "", "", "", 10, 10),
        ("产出指标小计", "", "", "", "", 10, 10),
        ROW,
        merges=[(2, 1, 2, 7)],
    )
    assert only(sheet).indicators.rows == (3, 6)


@pytest.mark.parametrize("label", ["合计", "产出指标合计", "小计", "产出合计"])
def test_the_sum_of_a_level_is_not_the_total(label: str) -> None:
    level = (label, "", "", "", "", 10, 10)
    form = only(
        grid(HEAD, ROW, level, ROW, ROW, level, ("总分", "", "", "", "", 30, 30), ("合计", "", "", 1))
    )
    assert (form.indicators.rows, form.total_row) == ((2, 4, 5), 7)


def test_what_stands_below_the_total_is_not_searched_for_another() -> None:
    total = ("总分", "", "", "", "", 10, 10)
    form = only(grid(HEAD, ROW, total, (), ("资金", "基本支出", "1", "2"), ("合计", "", "1", "2")))
    assert (form.indicators.rows, form.total_row) == ((2,), 3)


def test_the_head_of_the_next_page_is_no_row() -> None:
    form = only(grid(HEAD, ROW, HEAD, ROW, ("总分", "", "", "", "", 20, 20)))
    assert form.indicators.rows == (2, 4)
    assert form.total_row == 5


UNIT_ROWS = {
    "beside its label": (("部门（单位）名称", "某局"), (1, 2)),
    "some blank cells further on": (("填报单位", "", "", "某局"), (1, 4)),
    "in the label's own cell": (("填报单位：某局", "", "单位：万元"), (1, 1)),
    "not yet there": (("填报单位：", "", "填表日期：", "某日"), (1, 2)),
    "not yet there, another label behind": (("实施单位", "", "主管部门", "某厅"), (1, 2)),
    "the unit before the bureau above it": (("主管部门", "某厅", "实施单位", "某局"), (1, 4)),
    "the unit before the project": (("项目名称", "某项目", "主管部门及代码", "某厅"), (1, 4)),
}


@pytest.mark.parametrize(("row", "place"), UNIT_ROWS.values(), ids=UNIT_ROWS.keys())
def test_the_place_of_the_units_name(row: tuple[str, ...], place: tuple[int, int]) -> None:
    unit = only(grid(row, (), HEAD, ROW)).head.unit
    assert unit is not None
    assert unit.place == place


def test_blocks_above_the_indicators() -> None:
    sheet = grid(
        ("项目支出绩效自评表",),
        ("（2023年度）",),
        (
            "项目资金（万元）",
            "",
            "年初预算数",
            "全年预算数(A)",
            "全年执行数(B)",
            "分值",
            "执行率(B/A)",
            "得分",
        ),
        ("", "年度资金总额", 1, 2, 3, 10, "150%", 10),
        ("", "其中：当年财政拨款", 1, 2, 3),
        ("年度总体目标", "预期目标", "", "", "实际完成情况"),
        ("", "办好", "", "", "办好了"),
        ("主要任务", "任务名称", "主要内容", "", "实际完成情况"),
        ("", "任务一", "做", "", "做了"),
        ("绩效指标", *HEAD),
        ("", *ROW),
        merges=[(3, 1, 5, 1), (6, 1, 7, 1), (8, 1, 9, 1), (10, 1, 11, 1)],
    )
    form = only(sheet)
    assert (form.title, form.title_row) == ("项目支出绩效自评表", 1)
    assert form.budget is not None
    assert (form.budget.top, form.budget.bottom) == (3, 5)
    assert [line.item for line in form.budget.lines] == ["年度资金总额", "其中：当年财政拨款"]
    assert form.goal is not None
    assert (form.goal.expected, form.goal.achieved) == (((7, 2),), ((7, 5),))
    assert form.tasks is not None
    assert form.tasks.rows == (9,)


def test_a_goal_in_one_cell_is_no_funding_row() -> None:
    sheet = grid(
        ("项目资金", "", "全年预算数", "全年执行数", "执行率"),
        ("", "年度资金总额", 5, 5, "100%"),
        ("年度总体目标", "", "办好各项工作"),
        HEAD,
        ROW,
    )
    form = only(sheet)
    assert form.budget is not None
    assert [line.item for line in form.budget.lines] == ["年度资金总额"]
    assert form.goal is not None
    assert form.goal.expected == ((3, 3),)


def test_two_forms_on_one_sheet() -> None:
    form, paper = shangjie(), Paper()
    below = type_on(paper, form, Typing())
    type_on(paper, form, Typing(top=below + 2, title="项目支出绩效自评表"))
    first, second = find_forms(paper.grid())
    assert (first.title, second.title) == ("部门整体自评表", "项目支出绩效自评表")
    assert len(first.indicators.rows) == len(second.indicators.rows) == 31
    assert second.title_row > (first.total_row or 0)


OTHER_SHEETS = {
    "nothing": [],
    "a contact list": [("序号", "单位名称", "联系人", "电话"), (1, "某局", "某某", "1234")],
    "a budget table": [
        ("部门预算收支表",),
        ("项目名称", "年初预算数", "全年预算数", "全年执行数", "执行率"),
        ("合计", 1, 2, 1, "50%"),
        ("人员经费", 1, 2, 1, "50%"),
    ],
    "a help text": [
        ("填表说明",),
        (
            "1.一级指标、二级指标、三级指标应与年初批复的绩效目标表一致，年度指标值、实际完成值、分值、得分均须填写。",
        ),
        ("2.得分一档最高不能超过该指标分值上限。",),
    ],
    "a library of indicators": [
        ("一级指标", "二级指标", "三级指标", "指标解释"),
        ("产出", "数量", "次数", "…"),
    ],
    "a list of scores": [("单位", "总分", "得分", "等级"), ("某局", 100, 95, "优")],
}


@pytest.mark.parametrize("rows", OTHER_SHEETS.values(), ids=OTHER_SHEETS.keys())
def test_no_form_on_sheets_that_hold_something_else(rows: list[tuple[object, ...]]) -> None:
    assert find_forms(grid(*rows)) == []


def test_no_form_on_a_sheet_larger_than_any_form() -> None:
    sheet = sheet_of(shangjie())
    sheet.cells[6_000, 1] = sheet.cells[1, 1]
    assert find_forms(sheet) == []


def test_a_sheet_made_of_heads_is_refused() -> None:
    with pytest.raises(TooManyFormsError, match=f"里的绩效表（指标表头）超过 {MAX_FORMS} 张"):
        find_forms(grid(*[HEAD] * 1_500))


def test_rows_of_two_hundred_labels_are_no_heads() -> None:
    assert find_forms(grid(*[("得分", "指标值", "完成值", "一级指标") * 50] * 50)) == []


def reasons(sheet: Grid) -> list[str]:
    return [row.reason for row in read_form(sheet, only(sheet)).form.indicators]


def test_of_several_columns_of_reasons_the_filled_one_counts() -> None:
    sheet = grid(
        (*HEAD, "未完成原因分析", "", "", "改进措施"),
        ("", "", "", "", "", "", "", "经费保障", "人员保障", "原因说明", ""),
        (*ROW, "√", "", "经费到位晚", "尽快下达"),
        (*ROW, "", "√"),
        (*ROW, "", "", "", "加强调度"),
        ROW,
        merges=[*((1, column, 2, column) for column in range(1, 8)), (1, 8, 1, 10), (1, 11, 2, 11)],
    )
    assert reasons(sheet) == ["经费到位晚", "人员保障", "加强调度", ""]


def test_the_cause_goes_before_the_remedy_wherever_it_stands() -> None:
    assert reasons(grid((*HEAD, "改进措施", "扣分原因"), (*ROW, "加强调度", "汛期停工"))) == ["汛期停工"]


def test_a_type_beside_a_category_is_the_first_level() -> None:
    head = ("绩效类型", "指标类别", "绩效指标", "指标分值", "实际完成值", "目标值", "自评得分")
    sheet = grid(head, ("产出", "数量", "下访次数", 10, "12次", "≥12次", 10))
    (row,) = read_form(sheet, only(sheet)).form.indicators
    assert (row.level1, row.level2, row.level3) == ("产出", "数量", "下访次数")


def test_a_value_to_complete_beside_an_actual_value_was_aimed_at() -> None:
    columns = only(grid((*HEAD[:3], "目标完成值", "实际完成值", "分值", "得分"), ROW)).indicators.columns
    assert (columns["target"], columns["actual"]) == ((4, 4), (5, 5))


def test_where_every_level_has_a_weight_the_row_s_own_is_that_of_the_third() -> None:
    sheet = grid(
        ("一级指标", "权重", "二级指标", "权重", "三级指标", "权重", "指标值", "实际完成值", "得分"),
        ("产出指标", 50, "数量指标", 20, "下访次数", 10, "≥12次", "12次", 10),
    )
    (layout,) = find_forms(sheet)
    assert layout.indicators.columns["weight"] == (6, 6)


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("计划", "实际"),
        ("目标", "完成"),
        ("目标数值", "完成数值"),
        ("年初设定", "年终实绩"),
        ("绩效标准", "自评结果"),
    ],
)
def test_short_words_for_target_and_actual(target: str, actual: str) -> None:
    sheet = grid(
        ("指标一级", "指标二级", "指标三级", target, actual, "分值", "得分"),
        ("产出指标", "数量指标", "下访次数", "≥12次", "12次", 10, 10),
    )
    (layout,) = find_forms(sheet)
    assert {"target": (4, 4), "actual": (5, 5)}.items() <= layout.indicators.columns.items()
