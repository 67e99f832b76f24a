"""Sources of money by what they are, whatever a form calls them."""

from __future__ import annotations

import pytest

from perf_excel.forms.money_sources import is_total, pair_sources


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("财政拨款", "其中：当年财政拨款"),
        ("其中：财政资金", "本年财政拨款"),
        ("（1）财政性资金", "财政拨款"),
        ("一般公共预算拨款", "资金来源：（1）政府预算资金"),
        ("上年结转", "上年结转资金"),
        ("结转结余资金", "上年结转资金"),
        ("财政专户管理资金", "（2）财政专户资金"),
        ("自有资金", "（3）单位资金"),
        ("其他", "其他资金"),
        ("年度资金总额", "项目资金合计（万元）"),
    ],
)
def test_two_names_of_one_source(one: str, other: str) -> None:
    assert pair_sources([one], [other]) == pair_sources([other], [one]) == {0: 0}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中央财政资金", "财政资金"),
        ("省级补助", "财政拨款"),
        ("财政专户管理资金", "财政资金"),
        ("上年结转资金", "当年财政拨款"),
        ("单位资金", "其他资金"),
        ("基本支出", "项目支出"),
        ("", "其他资金"),
    ],
)
def test_two_sources(one: str, other: str) -> None:
    assert pair_sources([one], [other]) == pair_sources([other], [one]) == {}


def test_the_same_name_goes_before_the_same_meaning() -> None:
    assert pair_sources(["财政资金", "财政拨款"], ["当年财政拨款", "财政拨款"]) == {0: 0, 1: 1}


@pytest.mark.parametrize(("item", "total"), [("年度资金总额", True), ("合计", True), ("财政拨款", False)])
def test_a_line_that_sums_up(item: str, total: bool) -> None:  # noqa: FBT001
    assert is_total(item) is total
