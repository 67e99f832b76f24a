"""Two forms held together row by row (对比)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from facts import shangjie
from hypothesis import given
from hypothesis import strategies as st
from small import form, money, row

from perf_excel.forms.differences import Change, differences, level_sums, lost
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Detail, Form, Goal, Task

BASE = form(
    row("≥10次", "12次", 10, 10, name="培训次数"),
    row("≥95%", "90%", 20, "18.95", name="合格率", reason="人员变动"),
    funding=(money(90, 100, 80, 10, "80%", 8), money(90, 100, 80, item="其中：当年财政拨款")),
    unit="某局",
    year=2024,
    goal=Goal("培训", "完成"),
    tasks=(Task("培训", "十次", "十二次"),),
    details=(Detail("主管部门", "某厅"),),
    total=Decimal("36.95"),
    grade="优",
)


def changed(other: Form) -> list[tuple[str, str, str, str]]:
    return [(one.label, one.field, one.one, one.other) for one in differences(BASE, other).changes]


def indicators(number: int, **fields: object) -> Form:
    rows = list(BASE.indicators)
    rows[number] = replace(rows[number], **fields)
    return replace(BASE, indicators=tuple(rows))


def test_the_same_is_the_same() -> None:
    found = differences(BASE, BASE)
    assert found.same
    # 表头 2 lines, 2 rows of money, goal, task, 2 indicators, total.
    assert found.compared_rows == 9
    assert found.compared_cells > 25
    assert differences(shangjie(), shangjie()).same


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (replace(BASE, year=2023), [("", "year", "2024", "2023")]),
        (replace(BASE, grade="良"), [("", "grade", "优", "良")]),
        (replace(BASE, total=None), [("", "total", "36.95", "")]),
        (replace(BASE, goal=Goal("培训", "没有完成")), [("年度目标", "achieved", "完成", "没有完成")]),
        (replace(BASE, tasks=(Task("培训", "十次", "九次"),)), [("培训", "achieved", "十二次", "九次")]),
        (replace(BASE, details=(Detail("主管部门", "另一厅"),)), [("主管部门", "text", "某厅", "另一厅")]),
        (
            replace(BASE, funding=(replace(BASE.funding[0], executed=Decimal(70)), BASE.funding[1])),
            [("年度资金总额", "executed", "80", "70")],
        ),
        (indicators(1, target=parse("≥90%")), [("合格率", "target", "≥95%", "≥90%")]),
        (indicators(1, actual=parse("")), [("合格率", "actual", "90%", "")]),
        (indicators(1, score=Decimal(10)), [("合格率", "score", "18.95", "10")]),
        (indicators(1, reason="教室不足"), [("合格率", "reason", "人员变动", "教室不足")]),
        (indicators(0, level3="开展培训次数"), [("培训次数", "level3", "培训次数", "开展培训次数")]),
        # What is spelled otherwise says the same.
        (indicators(1, actual=parse("９０ ％")), []),
        (indicators(1, target=parse("不低于95.0%")), []),
        (replace(BASE, unit="某 局"), []),
    ],
)
def test_one_change(other: Form, expected: list[tuple[str, str, str, str]]) -> None:
    assert changed(other) == expected


def test_by_how_much() -> None:
    found = differences(BASE, indicators(1, score=Decimal(10), actual=parse("95%")))
    assert found.changes == (
        Change("indicator", "合格率", "actual", "90%", "95%", Decimal(5)),
        Change("indicator", "合格率", "score", "18.95", "10", Decimal("-8.95")),
    )
    pair = found.rows[1]
    assert (pair.by, lost(pair.one), lost(pair.other)) == (Decimal("-8.95"), Decimal("1.05"), 10)
    assert list(level_sums(found.rows)) == [("产出指标", Decimal("28.95"), 20)]


def test_what_only_one_has_is_named() -> None:
    more = row("≥1座", "1座", 5, 5, name="桥梁")
    other = replace(
        BASE,
        indicators=(BASE.indicators[0], more),
        funding=(BASE.funding[0], money(1, 1, 1, item="债券资金")),
        tasks=(Task("修桥"),),
        details=(Detail("联系电话", "无"),),
    )
    found = differences(BASE, other)
    assert found.only_one == (
        "表头“主管部门”", "资金“其中：当年财政拨款”", "任务“培训”", "指标“合格率”",
    )  # fmt: skip
    assert found.only_other == ("表头“联系电话”", "资金“债券资金”", "任务“修桥”", "指标“桥梁”")
    assert [(one.one is None, one.other is None) for one in found.rows] == [
        (False, False),
        (False, True),
        (True, False),
    ]
    assert not found.same


def test_tasks_without_a_name_and_labels_that_stand_twice_are_compared_too() -> None:
    def form_of(achieved: str, phones: tuple[str, str]) -> Form:
        return Form(
            tasks=(Task("", "修路", "修了"), Task("", "植树", achieved)),
            details=tuple(Detail("联系电话", phone) for phone in phones),
        )

    one = form_of("种了", ("1", "2"))
    assert differences(one, form_of("种了", ("1", "2"))).same
    found = differences(one, form_of("没种", ("3", "2")))
    assert [(change.label, change.one, change.other) for change in found.changes] == [
        ("联系电话", "1", "3"),
        ("植树（未填任务名称）", "种了", "没种"),
    ]
    less = differences(one, replace(one, tasks=one.tasks[:1], details=one.details[:1]))
    assert less.only_one == ("表头“联系电话”", "任务“植树（未填任务名称）”")


def test_a_column_of_one_form_only_is_named_and_not_compared() -> None:
    other = replace(BASE, columns=BASE.columns - {"reason", "deviation"})
    found = differences(BASE, other)
    assert found.left_out == ("只有前一份有“偏差原因”",)
    assert (found.changes, found.same) == ((), False)
    assert differences(other, BASE).left_out == ("只有后一份有“偏差原因”",)


@given(st.permutations(range(31)))
def test_the_order_of_rows_makes_no_difference(order: list[int]) -> None:
    one = shangjie()
    # Names that stand in the form twice are told apart by their second level only.
    names = [(row.level2, row.level3) for row in one.indicators]
    assert len(set(names)) == len(names)
    other = replace(one, indicators=tuple(one.indicators[number] for number in order))
    assert differences(one, other).same


@given(st.sampled_from(["培训次数", "合格率"]), st.decimals(0, 20, places=2))
def test_the_other_way_round_only_the_signs_change(name: str, score: Decimal) -> None:
    number = [one.level3 for one in BASE.indicators].index(name)
    other = indicators(number, score=score)
    there, back = differences(BASE, other), differences(other, BASE)
    assert [(one.one, one.other, one.by) for one in there.changes] == [
        (one.other, one.one, None if one.by is None else -one.by) for one in back.changes
    ]


def test_a_rate_grows_by_what_is_printed() -> None:
    """A rate that a formula gives has more digits than its cell shows."""
    longer = replace(parse("95.27%"), number=Decimal("95.2739677350579"))
    (change,) = differences(BASE, indicators(1, actual=longer)).changes
    assert (change.one, change.other, change.by) == ("90%", "95.27%", Decimal("5.27"))
