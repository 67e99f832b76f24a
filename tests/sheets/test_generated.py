"""Five thousand layouts put together by chance, each read back without one error."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from facts import shangjie
from readback import NAMED, PLAIN, facts, given, read
from typed import BUDGET, Typing, as_full_width, as_percent_cell, as_typed, grouped, in_yuan, sheet_of

from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form, Funding, Goal, Indicator

LABELS: dict[str, Sequence[str]] = {
    "level1": ("一级指标", "一级", "一级指标名称", "一级指标（分值）", "一级目标"),
    "level2": ("二级指标", "二级", "二级指标名称", "二 级 指 标"),
    "level3": ("三级指标", "三级指标名称", "指标名称", "三 级\n指 标", "具体指标", "三级指标及内容"),
    "target": (
        "年度指标值", "指标值", "目标值", "预期指标值", "年初目标值（A）", "计划值", "计划完成值", "年度目标",
    ),
    "adjusted": ("调整指标值", "调整后指标值", "年中调整目标值"),
    "actual": (
        "实际完成值", "完成值", "全年实际值", "全年完成情况", "自评完成值", "实际完成值（B）",
        "全年实际完成值", "实际达到值",
    ),
    "weight": ("分值", "分 值", "权重", "指标分值", "标准分", "分值（100分）", "权重(%)", "权数"),
    "score": ("得分", "自评得分", "得 分", "自评分", "实际得分", "单位自评得分"),
    "deviation": ("偏差度", "偏差率", "偏离度"),
    "reason": ("偏差原因分析及改进措施", "未完成原因分析", "偏差原因", "原因分析", "扣分原因", "备注"),
    "sign": ("指标性质", "符号", "运算符号", "指标值类型", "指标方向"),
    "unit": ("度量单位", "计量单位", "单位", "指标单位"),
    "share": ("得分率", "得分系数", "评分系数"),
    "raw": ("单项得分", "单项指标得分"),
    "direction": ("指标性质", "指标属性", "指标方向"),
    "budget.annual": ("全年预算数", "全年预算数(A)", "调整后预算数", "预算数"),
    "budget.executed": ("全年执行数", "执行数(B)", "实际支出", "支出数"),
    "budget.rate": ("执行率", "执行率（B/A）", "预算执行率"),
}  # fmt: skip
EXTRA = (
    "+序号", "+指标解释", "+数据来源", "+评分标准", "+得分计算方法", "+佐证材料", "+财政审核评分",
    "+复核得分", "+是否核心指标", "+责任单位", "+历史值", "+上年实际完成值", "+前三年平均值", "+2021年实际值",
    "+上年度目标完成值", "+主管部门评分",
)  # fmt: skip
GOALS = ("heads", "heads", "changed", "rows", "inside")
SCORED = (("分配科学性", 6, 6), ("下达及时性", 4, 3.5))
WITH_CHANGE = ("initial", "change", "annual", "executed", "weight", "rate", "score")
STAMPS = ("财政部门审核意见（盖章）", "单位（公章）：      年  月  日")
TOTALS = ("总分", "合计", "总 分", "自评总分", "自评得分", "总分：", "自评总分：")
VALUES = (as_typed, as_typed, as_percent_cell, as_full_width)
VALUED = {"target", "adjusted", "actual", "weight", "score", "share", "raw", "sign", "unit"}


def _told(number: int, row: Indicator) -> Indicator:
    """A row with what only some forms print of it."""
    return replace(
        row,
        share=parse(f"{90 + number % 10}%"),
        raw=Decimal(90 + number % 10),
        direction="down" if row.target.sign == "≤" else "up",
    )


_FUNDING = (replace(shangjie().funding[0], item="部门预算总额"), *shangjie().funding[1:])


def _with_change(row: Funding) -> Funding:
    both = row.initial is not None and row.annual is not None
    return replace(row, change=(row.annual or 0) - (row.initial or Decimal(0)) if both else None)


FORM = replace(
    shangjie(),
    goal=Goal("办好各项工作", "都办好了"),
    funding=tuple(_with_change(row) for row in _FUNDING),
    indicators=tuple(_told(number, row) for number, row in enumerate(shangjie().indicators)),
)


def as_percent(number: Any) -> Any:
    """Type a weight of 5 points as a clerk's Excel keeps 5%."""
    return None if number is None else (float(Decimal(str(number)) / 100), "0%")


def generated(rng: random.Random) -> tuple[Form, Typing]:
    """A form and a layout put together by chance."""
    columns = _columns(rng)
    amount, under = _money(rng)
    labels = {name: rng.choice(words) for name, words in LABELS.items()}
    groups = _groups(rng, columns, labels)
    above = rng.random() < 0.1 and "score" in columns
    total = rng.choice(["总分", "自评总分", "自评得分"] if above else TOTALS)
    numbered = not groups and rng.random() < 0.1
    kept = sorted(rng.sample(range(31), rng.randint(3, 9)))
    return replace(FORM, indicators=tuple(FORM.indicators[number] for number in kept)), Typing(
        title=rng.choice(
            ["部门整体自评表", "2022年度部门（单位）整体绩效自评表", "部门整体支出绩效自评情况表"]
        ),
        columns=tuple(columns),
        labels=labels,
        groups=groups,
        words=rng.choice([("", ""), ("定性", "无"), ("＝", "定性指标"), ("定性指标", "/")]),
        points=as_percent if rng.random() < 0.15 else lambda number: number,
        top=rng.randint(1, 6),
        left=rng.randint(1, 5),
        side_label=rng.random() < 0.6,
        merged=rng.random() < 0.6,
        value=rng.choice(VALUES),
        amount=amount,
        above=rng.choice([(), ("附件3",), ("附件", "绩效资料")]),
        unit=rng.choice(["部门（单位）名称", "填报单位：", "单位名称", "预算单位:"]),
        under=under,
        money_below=rng.random() < 0.15,
        numbered=numbered,
        total_above=above,
        goal=rng.random() < 0.5,
        goal_shape=rng.choice(GOALS),
        twice=not above and "分" in total and "score" in columns and rng.random() < 0.1,
        scored=SCORED if rng.random() < 0.15 else (),
        budget_columns=rng.choice([tuple(BUDGET), tuple(BUDGET), WITH_CHANGE]),
        width=1 if groups or numbered else rng.choice([1, 1, 2, 3]),
        two_rows=not groups and rng.random() < 0.3,
        page=rng.choice([0, 0, 5, 12]),
        subtotals="level1" in columns and rng.random() < 0.3,
        total=total,
        grade=rng.choice(["", "等级", "↓自评等级", "评价等级"]) if total[-1] != "：" and not above else "",
        below=rng.choice([(), ("备注：分值可作调整",), ("填表人：", "联系电话："), STAMPS]),
    )


def unchanged(number: Any) -> Any:
    """Type an amount as the number that it is."""
    return number


def _money(rng: random.Random) -> tuple[Callable[[Any], Any], str]:
    """How amounts are typed, and the note of their unit."""
    return rng.choice(
        [
            (in_yuan, "单位：元"),
            (lambda number: None if number is None else round(number * 10, 4), "单位：千元"),
            (lambda number: None if number is None else f"{number}万元", rng.choice(["", "单位：元"])),
            (lambda number: None if number is None else f"{number}万（按批复）", ""),
            *2 * [(unchanged, rng.choice(["", "单位：万元"]))],
            (grouped, rng.choice(["", "单位：万元"])),
        ]
    )


def _columns(rng: random.Random) -> list[str]:
    """The columns in their order: what a form must have, what it may have, and what is of no concern."""
    columns = ["target", "actual", "deviation", *PLAIN]
    for name in ("weight", "score", "deviation", "reason"):
        if rng.random() < 0.15:
            columns.remove(name)
    columns += [
        name for name in ("sign", "unit", "adjusted", "share", "raw", "direction") if rng.random() < 0.25
    ]
    if "score" not in columns and "raw" in columns:
        columns.remove("raw")  # by itself it would be the score
    rng.shuffle(columns)
    at = rng.randint(0, 2)
    columns[at:at] = rng.choice([NAMED, NAMED, NAMED, ("level1", "level3"), ("level3",)])
    for extra in rng.sample(EXTRA, rng.randint(0, 3)):
        columns.insert(rng.choice([0, rng.randint(0, len(columns))]), extra)
    if columns[0] in VALUED:
        columns.insert(0, "+序号")  # the total's label stands before the points
    return columns


def _groups(rng: random.Random, columns: list[str], labels: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """A second head row over the levels, over the values, or over two scores."""
    groups: dict[str, tuple[str, ...]] = {}
    if "level1" in columns and rng.random() < 0.25:
        first = columns.index("level1")
        groups["绩效指标"] = tuple(name for name in columns[first:] if name in NAMED)
    at = columns.index("target")
    if columns[at + 1 : at + 2] == ["actual"] and "adjusted" not in columns and rng.random() < 0.6:
        groups[rng.choice(["绩效指标值", "绩效完成情况", "指标值"])] = ("target", "actual")
        labels["target"] = rng.choice(["目标值", "预期值", "年初目标"])
        labels["actual"] = rng.choice(["完成值", "实际完成值", "实际完成"])
    if "score" in columns and rng.random() < 0.2:
        columns.insert(columns.index("score") + rng.randint(0, 1), "+财政")
        sides = [name for name in columns if name in ("score", "+财政")]
        labels |= {"score": rng.choice(["单位自评", "自评", "单位"])}
        groups["得分"] = tuple(sides)
    return groups


@pytest.mark.parametrize("batch", range(20))
def test_five_thousand_layouts_are_read_without_one_error(batch: int) -> None:
    for number in range(250 * batch, 250 * batch + 250):
        form, how = generated(random.Random(number))  # noqa: S311
        got = read(sheet_of(form, how)).form
        expected = replace(form, indicators=(*form.indicators, *given(how)))
        assert facts(got, how) == facts(expected, how), f"layout {number}: {how}"
        assert not got.unread_money, f"layout {number}: {how}"
