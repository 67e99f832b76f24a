"""Words and places that forms of other bureaus use: each was met in a form that nobody here had seen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typed import grid, table

from perf_excel.forms.model import Form
from perf_excel.sheets.finding.column_words import INDICATOR
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.finding.money_words import BUDGET
from perf_excel.sheets.reading.form_reading import read_form

END = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 指甲 | ≥5件 | 6件 | 90 | 90
"""
Merges = tuple[tuple[int, int, int, int], ...]


def read(text: str, merges: Merges = ()) -> Form:
    sheet = grid(*table(text), merges=merges)
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout).form


def money(form: Form) -> list[tuple[str, tuple[float | None, ...]]]:
    rows = ((row.item, (row.initial, row.annual, row.executed)) for row in form.funding)
    return [(item, tuple(None if one is None else float(one) for one in amounts)) for item, amounts in rows]


MONEY: dict[str, tuple[str, list[tuple[str, tuple[float | None, ...]]], Merges]] = {
    "a first budget, and the one that was granted": (
        """
        资金来源 | 年初预算安排数 | 预算批复数 | 实际支出 | 标准分 | 预算执行率 | 自评分
        资金总额 | 280 | 276.5 | 270.97 | 10 | 98.00% | 9.8
        """,
        [("资金总额", (280, 276.5, 270.97))],
        (),
    ),
    "granted, and nothing before": (
        """
        资金来源 | 预算批复数 | 实际支出 | 执行率
        资金总额 | 280 | 270 | 96%
        """,
        [("资金总额", (280, None, 270))],
        (),
    ),
    "what may be spent is the budget": (
        """
        资金来源 | 预算数 | 全年可执行数 | 实际执行数 | 执行率
        资金总额 | 64 | 70 | 63 | 90%
        """,
        [("资金总额", (64, 70, 63))],
        (),
    ),
    "金额 under each": (
        """
        资金性质 | 年初预算 | 调整后预算 | 全年支出 | 评价 |
         | 金额（万元） | 金额（万元） | 金额（万元） | 满分 | 自评
        合计 | 64 | 70 | 63 | 10 | 9
        """,
        [("合计", (64, 70, 63))],
        (),
    ),
    "pairs in two rows, the rate and its points in the second": (
        """
        年初预算数（万元） | 64 | 全年预算数（万元） | 70 | 全年执行数（万元） | 63
        预算执行率 | 90% | 分值 | 10 | 得分 | 9
        """,
        [("", (64, 70, 63))],
        (),
    ),
    "in a sentence": (
        "资金使用情况 | 年初预算64万元，全年预算70万元，全年执行63万元，执行率90%。",
        [("资金使用情况", (64, 70, 63))],
        (),
    ),
    "of the year's end": (
        """
        资金性质 | 年初预算数 | 年末预算数 | 决算数 | 执行率
        合计 | 125 | 118 | 115.64 | 98%
        """,
        [("合计", (125, 118, 115.64))],
        (),
    ),
    "bare words under the heads of groups": (
        """
        预算执行情况 | 预算数 | | | 执行 | |
        来源 | 年初 | 全年 | 执行 | 执行率 | 标准分 | 自评分
        资金总额 | 60 | 58 | 58 | 100% | 10 | 10
        其中：省级资金 | 40 | 40 | 40 | 100% | |
        """,
        [("资金总额", (60, 58, 58)), ("其中：省级资金", (40, 40, 40))],
        ((4, 2, 4, 4), (4, 5, 4, 7)),
    ),
    "in Chinese numerals": (
        """
        项目资金 | 年初预算数 | 全年预算数 | 全年执行数
        年度资金总额 | 1.2亿元 | 一亿二千万元 | 壹亿贰仟万元整
        """,
        [("年度资金总额", (12000, 12000, 12000))],
        (),
    ),
    "planned in one cell, spent in another": (
        ("（A） | 资金总额：86万元 其中：中央资金50万元 县级资金36万元"
        " | 支出 | 资金总额：80万元 中央资金：46万元 县级资金：34万元"),
        [("资金总额", (86, None, 80)), ("中央资金", (50, None, 46)), ("县级资金", (36, None, 34))],
        (),
    ),
    "of the year among those of a longer time": (
        "项目总投资 | 2亿元 | 其中：本年度投入 | 6,800万元\n县级财政资金 | 800万元 | 债券资金 | 6,000万元",
        [
            ("其中：本年度投入", (6800, None, None)),
            ("县级财政资金", (800, None, None)),
            ("债券资金", (6000, None, None)),
        ],
        (),
    ),
    "of the year beside those of a longer time, with the same sources": (
        """
        实施期资金总额（万元） | 900 | 年度资金总额（万元） | 300
        其中：财政拨款 | 900 | 其中：财政拨款 | 300
        """,
        [("年度资金总额（万元）", (300, None, None)), ("其中：财政拨款", (300, None, None))],
        (),
    ),
    "of the year before": (
        "本年申请金额 | 1,500万元 | 上年安排金额 | 1,300万元",
        [("本年申请金额", (1500, None, None))],
        (),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "merges"), MONEY.values(), ids=MONEY)
def test_money(text: str, expected: list[tuple[str, tuple[float | None, ...]]], merges: Merges) -> None:
    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    form = read(f"项目支出绩效自评表\n（2023年度）\n项目名称 | 某项目\n{lines}{END}", merges)
    assert money(form) == expected
    assert ("90%" in text) == (form.funding[0].rate.text == "90%")
    assert ("| 9\n" in text) == (form.funding[0].score == Decimal(9))


HEADS = {
    "labels over what they name": (
        "自评表\n项目名称 | 主管部门 | 实施单位 | 自评总分\n食堂补贴 | 某市民政局 | 某养老中心 | 97.7",
        ("某养老中心", "食堂补贴"),
    ),
    "a unit without more words": ("自评表\n项目名称：整治 | 单位：某市市政处", ("某市市政处", "整治")),
    "the unit of money": ("项目支出绩效自评表\n项目名称：整治 | 单位：万元", ("", "整治")),
    "in the title": (
        "磁县水务中心2023年度项目支出绩效自评表\n项目名称 | 供水",
        ("磁县水务中心", "供水"),
    ),
    "a title that names a department's kind of form": ("县级部门项目自评表\n项目名称 | 供水", ("", "供水")),
    "the unit in charge before the department above": (
        "项目支出绩效自评表\n项目名称 | 防控 | 主管部门 | 某州林草局\n项目责任单位 | 某州草原站",
        ("某州草原站", "防控"),
    ),
    "the year behind it in one cell": ("自评表\n部门名称：某中心      2023年度", ("某中心", "")),
    "a buyer of services": ("自评表\n购买主体 | 某区残联 | 项目名称 | 托养", ("某区残联", "托养")),
    "a seal before the name": (
        "项目支出绩效自评表\n填报单位：（公章）某县住建局\n项目名称 | 管网",
        ("某县住建局", "管网"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEADS.values(), ids=HEADS)
def test_the_unit_and_the_project(text: str, expected: tuple[str, str]) -> None:
    form = read(text + END)
    assert (form.unit, form.project) == expected


def test_two_tables_side_by_side_are_read_one_after_the_other() -> None:
    form = read(
        """
项目支出绩效目标申报表
绩效目标 | 实施期目标 | | | 年度目标 | |
 | 培训六千人次。 | | | 培训两千人次。 | |
一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 培训人次 | ≥6000人次 | 数量指标 | 培训人次 | ≥2000人次
产出指标 | 数量指标 | 示范点 | ≥15个 | 数量指标 | 示范点 | ≥5个
效益指标 | 社会效益指标 | 普及率 | ≥85% | 社会效益指标 | 普及率 | ≥82%
""",
        ((2, 2, 2, 4), (2, 5, 2, 7), (3, 2, 3, 4), (3, 5, 3, 7)),
    )
    rows = [(row.term, row.level1, row.level2, row.level3, row.target.text) for row in form.indicators]
    assert rows == [
        ("实施期", "产出指标", "数量指标", "培训人次", "≥6000人次"),
        ("实施期", "产出指标", "数量指标", "示范点", "≥15个"),
        ("实施期", "效益指标", "社会效益指标", "普及率", "≥85%"),
        ("", "产出指标", "数量指标", "培训人次", "≥2000人次"),
        ("", "产出指标", "数量指标", "示范点", "≥5个"),
        ("", "效益指标", "社会效益指标", "普及率", "≥82%"),
    ]
    assert form.goal.expected == "培训两千人次。"


def test_the_years_goal_above_its_own_table() -> None:
    form = read(
        """
专项资金绩效目标申报表
中期绩效目标 | 建成示范区。
 | 一级指标 | 二级指标 | 指标内容 | 指标值
 | 产出指标 | 数量指标 | 品牌 | ≥6个
年度绩效目标 | 新增两个品牌。
 | 一级指标 | 二级指标 | 指标内容 | 指标值
 | 产出指标 | 数量指标 | 品牌 | ≥2个
""",
        ((2, 2, 2, 5), (5, 2, 5, 5)),
    )
    assert form.goal.expected == "新增两个品牌。"
    assert [row.target.number for row in form.indicators] == [Decimal(6), Decimal(2)]


def test_tables_whose_points_are_only_together_a_form() -> None:
    sheet = grid(
        *table("""
项目支出绩效自评表
一级指标 | 二级指标 | 三级指标 | 评分标准 | 分值 | 得分
过程管理 | 业务管理 | 制度健全性 | 有制度得满分 | 20 | 20
资金来源 | 年初预算数 | 全年预算数 | 全年执行数
年度资金总额 | 64 | 70 | 70
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 巡查 | ≥48次 | 50次 | 80 | 80
总分 | | | | | 100 | 100
""")
    )
    assert [layout.partial for layout in find_forms(sheet)] == [True, True]


def test_a_number_under_a_head_of_points_may_count() -> None:
    form = read(f"""
项目支出绩效自评表
项目管理指标 | 管理内容 | 评价要点 | 标准分 | 备案号
 | 立项管理 | 程序规范 | 5 | 7
资金来源 | 年初预算数 | 全年预算数 | 全年执行数
年度资金总额 | 64 | 70 | 70
{END.strip()}
""")
    assert {cell.where: cell.counts for cell in form.unread if cell.text in ("5", "7")} == {
        "D3": True,
        "E3": False,
    }


def test_a_reason_that_speaks_of_money_ends_no_table() -> None:
    form = read("""
项目支出绩效自评表
一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |
投入指标 | 预算管理 | 资金到位率 | ≥100% | 90% | 10 | 9 | 资金未到位 |
投入指标 | 预算管理 | 政府采购执行率 | ≥100% | 0% | 30 | 0 | 未开展政府采购 |
产出指标 | 数量指标 | 培训 | ≥5次 | 5次 | 60 | 60 | 资金到位 |
总分 | | | | | 100 | 69 | |
""")
    assert [row.level3 for row in form.indicators] == ["资金到位率", "政府采购执行率", "培训"]
    assert (form.total, form.funding) == (Decimal(69), ())


SPELLINGS = [words for _, words in (*INDICATOR, *BUDGET) if words != "(?!)"]


@given(st.sampled_from(SPELLINGS).flatmap(lambda words: st.from_regex(words, fullmatch=True)))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
def test_no_spelling_of_a_column_is_without_a_chinese_word(label: str) -> None:
    assert not label.isascii()
