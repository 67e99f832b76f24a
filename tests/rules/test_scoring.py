"""What rows are worth: one table for each kind of rule, and what must hold for all of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts import published, seed, shangjie
from hypothesis import given
from hypothesis import strategies as st
from small import Number, exactly, form, money, row, rules

from perf_excel.forms.model import Funding, Indicator
from perf_excel.rules.checks import run_checks
from perf_excel.rules.rulesets.library import ruleset, ruleset_names
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.form_score import grade_of, score
from perf_excel.rules.scoring.points import RowScore

D = Decimal


def scored(one: Indicator, how: RuleSet) -> RowScore:
    return score(form(one), how).indicators[0]


def points(target: str, actual: str, weight: Number = 10, how: str = "", **more: str) -> Decimal | None:
    return scored(row(target, actual, weight, **more), rules(how)).points


def table(*cases: tuple[object, ...]) -> pytest.MarkDecorator:
    names = {4: ("target", "actual", "weight", "expected"), 3: ("target", "actual", "expected")}[
        len(cases[0])
    ]
    return pytest.mark.parametrize(names, cases)


@table(
    ("≥100%", "100%", 10, "10"),
    ("≥100%", "72.41%", 3, "2.17"),
    ("≥99%", "98%", 4, "3.96"),
    ("≥100%", "120%", 10, "10"),
    ("≥100%", "0%", 1, "0"),
    ("≥12次", "9次", "7.5", "5.63"),
    ("12次", "9次", 10, "7.5"),
    ("＞12次", "12次", 10, "10"),
    ("≤30%", "10%", 1, "1"),
    ("≤5300元", "5830元", 10, "9.09"),
    ("≤20%", "40%", 10, "5"),
    ("<20%", "20%", 10, "10"),
    ("95%以上", "95%", 10, "10"),
    ("≥0.5万元", "4000元", 10, "8"),
    ("≥6000份", "6000余份", 10, "10"),
    ("≥5‰", "0.25%", 10, "5"),
    ("≥100", "98%", 10, "9.8"),
    ("=100%", "98%", 10, "9.8"),
    ("=100%", "105%", 10, "10"),
    ("≤0起", "0起", 10, "10"),
    ("≤0起", "2起", 10, "0"),
    ("0起", "0起", 10, "10"),
    ("≥0次", "0次", 10, "10"),
    ("≥0次", "-1次", 10, "0"),
    ("≥10次", "-1次", 10, "0"),
    ("≥3天", "1天", "7.5", "2.5"),
    ("≥1,000,000元", "999999元", 5, "5.00"),
    ("≤15日内", "15日内", 5, "5"),
)
def test_proportional(target: str, actual: str, weight: Number, expected: str) -> None:
    assert points(target, actual, weight) == D(expected)


@table(
    ("100%", "1", "10"),
    ("≥95%", "0.96", "10"),
    ("≥95%", "0.76", "8"),
    ("≥95%", "76", "8"),
    ("≥0.95", "76%", "8"),
    ("≤5%", "0.04", "10"),  # 4%: nearer than 0.04%
    ("≤1%", "0.8", "10"),  # 0.8%: nearer than 80%
    ("≤1%", "2", "5"),
    ("≤100万", "125万元", "8"),
    ("≥1万", "8000人", "8"),
    ("≤35μg/m³", "32μg/m3", "10"),
    ("≥100m2", "80平方米", "8"),
    ("≥8%", "增长8.5%", "10"),
    ("100%", "已完成80%", "8"),
    ("≥5000人", "4000+人", "8"),
    ("0次", "无", "10"),
    ("≤0起", "未发生", "10"),
    ("0次", "有", None),
    ("3次", "无", None),
)
def test_other_spellings_of_numbers(target: str, actual: str, expected: str | None) -> None:
    assert points(target, actual) == exactly(expected)


def test_a_fraction_is_explained_in_percent() -> None:
    assert (
        scored(row("≥95%", "0.76"), rules()).why == "实际0.76（即76%） ÷ 目标95% × 10分 = 8分；规则：比例计分"
    )


@pytest.mark.parametrize(
    ("target", "actual", "more", "expected"),
    [
        ("100万元", "98万元", {"level2": "成本指标"}, "10"),
        ("100万元", "125万元", {"level2": "成本指标"}, "8"),
        ("5万元/台", "6.25万元/台", {"level2": "成本指标"}, "8"),
        ("100", "125万元", {"level1": "成本指标"}, "8"),
        ("100万元", "125万元", {}, "10"),  # money, but no cost
        ("100%", "98%", {"level2": "成本指标"}, "9.8"),  # under costs, but no money
        ("≥100万元", "98万元", {"level2": "成本指标"}, "9.8"),
        ("=100万元", "98万元", {"level2": "成本指标"}, "9.8"),
        ("100万元", "98万元", {"level2": "成本指标", "direction": "up"}, "9.8"),
        ("1000元/人", "1000元/人", {"level2": "成本指标", "name": "补助标准"}, "10"),
        ("1000元/人", "900元/人", {"level2": "成本指标", "name": "补助标准"}, "9"),
    ],
)
def test_money_under_costs_is_a_ceiling(
    target: str, actual: str, more: dict[str, str], expected: str
) -> None:
    assert points(target, actual, **more) == D(expected)


@pytest.mark.parametrize("rule", ["percent", "bands"])
def test_a_percentage_is_no_degree_of_a_range(rule: str) -> None:
    bands = 'bands = [{ name = "达成", upper = 1, lower = 0.8 }, { name = "未达成", upper = 0.6, lower = 0 }]'
    how = rules(f'[deviation]\npresent = true\n[text]\nrule = "{rule}"\n{bands}')
    got = scored(row("8%-10%", "9%", 4, 4), how)
    assert (got.points, got.bounds, got.deviation) == (4, (0, 4), None)


@table(
    ("≤20%", "30%", "5"), ("≤20%", "40%", "0"), ("≤20%", "60%", "0"), ("≤20%", "20%", "10"), ("≤0", "1", "0")
)
def test_two_minus_actual_over_target(target: str, actual: str, expected: str) -> None:
    assert points(target, actual, how='[numeric]\ndown_ratio = "2-actual/target"') == D(expected)


@table(
    ("=100%", "100%", "10"),
    ("=100%", "105%", "9.52"),
    ("=100%", "80%", "8"),
    ("≥100%", "105%", "10"),
    ("=0", "1", "0"),
)
def test_equal_means_exactly(target: str, actual: str, expected: str) -> None:
    assert points(target, actual, how='[numeric]\nequal = "exact"') == D(expected)


@table(("≥10次", "10次", "10"), ("≥10次", "9.99次", "0"), ("≤10次", "10次", "10"), ("≤10次", "11次", "0"))
def test_all_or_nothing(target: str, actual: str, expected: str) -> None:
    assert points(target, actual, how='[numeric]\nrule = "all_or_nothing"') == D(expected)


@table(
    ("≥10次", "10次", "10"),
    ("≥10次", "6次", "6"),
    ("≥10次", "5.9次", "0"),
    ("≤10次", "20次", "0"),
    ("≤6次", "10次", "6"),
)
def test_threshold(target: str, actual: str, expected: str) -> None:
    assert points(target, actual, how='[numeric]\nrule = "threshold"\nthreshold = 0.6') == D(expected)


@table(
    ("≥10次", "10次", "10"),
    ("≥10次", "9次", "9"),
    ("≥10次", "8.9次", "6"),
    ("≥10次", "6次", "6"),
    ("≥10次", "5次", "0"),
)
def test_steps(target: str, actual: str, expected: str) -> None:
    steps = '[numeric]\nrule = "steps"\nsteps = [[0.9, 0.9], [0.6, 0.6]]'
    assert points(target, actual, how=steps) == D(expected)


@pytest.mark.parametrize(
    ("actual", "whole", "expected"),
    [
        ("100%", "true", "10"),
        ("99.5%", "true", "10"),
        ("99%", "true", "9.5"),
        ("97.2%", "true", "9"),
        ("97.2%", "false", "8.6"),
        ("50%", "true", "0"),
    ],
)
def test_points_off(actual: str, whole: str, expected: str) -> None:
    how = f'[numeric]\nrule = "points_off"\nper = 1\npoints = 0.5\nwhole = {whole}'
    assert points("≥100%", actual, how=how) == D(expected)


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥95%", "96%", "10"),
        ("≥95%", "95%", "10"),
        ("≥95%", "90%", "8"),
        ("≥95%", "85%", "6"),
        ("≥95%", "84%", "0"),
    ],
)
def test_levels(target: str, actual: str, expected: str) -> None:
    how = rules('[numeric]\nrule = "levels"')
    assert scored(row(target, actual, thresholds=(D(95), D(90), D(85))), how).points == D(expected)


@pytest.mark.parametrize(("actual", "expected"), [("3起", "10"), ("5起", "8"), ("8起", "6"), ("9起", "0")])
def test_levels_downwards(actual: str, expected: str) -> None:
    assert scored(row("≤3起", actual, thresholds=(D(3), D(5), D(8))), rules()).points == D(expected)


def test_an_indicator_may_have_a_rule_of_its_own() -> None:
    own = """
[[indicators]]
name = "结案率"
rule = "all_or_nothing"
[[indicators]]
name = "周期"
direction = "down"
"""
    assert points("≥95%", "94%", how=own, name="结案率") == 0
    assert points("≥95%", "94%", how=own, name="别的率") == D("9.89")
    assert points("30天", "20天", how=own, name="周期") == 10
    assert points("30天", "60天", how=own, name="周期") == 5


@pytest.mark.parametrize(
    ("name", "target", "actual", "expected"),
    [
        ("群众投诉次数", "10次", "5次", "10"),
        ("群众投诉次数", "10次", "20次", "5"),
        ("群众投诉次数", "≥10次", "5次", "5"),
        ("培训次数", "10次", "5次", "5"),
    ],
)
def test_the_name_tells_the_direction_where_no_sign_does(
    name: str, target: str, actual: str, expected: str
) -> None:
    assert points(target, actual, how='[numeric]\nlower_is_better = ["投诉"]', name=name) == D(expected)


@pytest.mark.parametrize(
    ("target", "actual", "direction", "expected"),
    [
        ("200人", "100人", "up", "5"),
        ("200人", "400人", "down", "5"),
        ("≥200人", "100人", "down", "5"),  # the sign goes before the column
        ("=4%", "8%", "down", "5"),
        ("0起", "0起", "", "10"),
        ("0起", "2起", "", "0"),  # of nothing more is never better …
        ("≤0起", "1起", "", "0"),
        ("=0起", "1起", "", "0"),
        ("0起", "2起", "up", "10"),  # … unless the form says so
        ("≥0起", "2起", "", "10"),
    ],
)
def test_the_forms_own_column_tells_the_direction(
    target: str, actual: str, direction: str, expected: str
) -> None:
    assert points(target, actual, direction=direction) == D(expected)


@pytest.mark.parametrize(
    ("target", "actual", "how", "met", "expected"),
    [
        (">90%", "90%", "", False, "10"),  # missed to the letter, but nothing is short of it
        (">90%", "90.1%", "", True, "10"),
        (">90%", "81%", "", False, "9"),
        ("<5天", "5天", "", False, "10"),
        ("<5天", "4天", "", True, "10"),
        (">90%", "90%", '[numeric]\nrule = "all_or_nothing"', False, "0"),
        ("≥90%", "90%", '[numeric]\nrule = "all_or_nothing"', True, "10"),
    ],
)
def test_a_strict_sign_is_read_to_the_letter(
    target: str,
    actual: str,
    how: str,
    met: bool,  # noqa: FBT001
    expected: str,
) -> None:
    got = score(form(row(target, actual)), rules(how)).indicators[0]
    assert (got.met, got.points) == (met, D(expected))


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≤1个月", "20天", "10"),
        ("≤20天", "1个月", "6.67"),
        ("≥2公里", "1500米", "7.5"),
        ("≥1公顷", "12亩", "8"),
        ("≤10天", "8工作日", None),
        ("≤1年", "365天", None),
        ("≥10件", "10元", None),
    ],
)
def test_units_of_one_dimension(target: str, actual: str, expected: str | None) -> None:
    assert points(target, actual) == (None if expected is None else D(expected))


@pytest.mark.parametrize(
    ("action", "actual", "expected"),
    [
        ("warn", "150%", "10"),
        ("ignore", "400%", "10"),
        ("deduct", "149.9%", "10"),
        ("deduct", "150%", "8"),
        ("deduct", "400%", "8"),
    ],
)
def test_far_over_the_target(action: str, actual: str, expected: str) -> None:
    over = f'[over]\nlimit = 1.5\naction = "{action}"\ndeduct = 0.2'
    assert points("≥100%", actual, how=over) == D(expected)


def test_far_below_a_ceiling_is_not_over_the_target() -> None:
    assert points("≤100%", "0%", how='[over]\nlimit = 1.5\naction = "deduct"\ndeduct = 0.2') == 10


def test_a_cap_holds_what_a_missed_target_gets() -> None:
    assert points("≥100%", "99%", how="[numeric]\ncap = 0.9") == 9
    assert points("≥100%", "80%", how="[numeric]\ncap = 0.9") == 8


@pytest.mark.parametrize(
    ("digits", "mode", "weight", "actual", "expected"),
    [
        (2, "half_up", 3, "72.41%", "2.17"),
        (2, "down", 3, "72.41%", "2.17"),
        (2, "half_up", 5, "99.5%", "4.98"),
        (2, "down", 5, "99.5%", "4.97"),
        (1, "half_up", 5, "99%", "5.0"),
        (1, "down", 5, "99%", "4.9"),
        (0, "half_up", 5, "50%", "3"),
        (0, "down", 5, "50%", "2"),
        (0, "half_up", 5, "30%", "2"),
        (0, "half_up", 5, "29.99%", "1"),
        (3, "half_up", 1, "33.35%", "0.334"),
        (2, "half_up", "0.1", "50%", "0.05"),
    ],
)
def test_rounding(digits: int, mode: str, weight: Number, actual: str, expected: str) -> None:
    assert points("≥100%", actual, weight, f'[rounding]\ndigits = {digits}\nmode = "{mode}"') == D(expected)


@pytest.mark.parametrize(
    ("mode", "weight", "target", "actual", "expected"),
    [
        ("half_up", "7.5", "≥3次", "1次", "3"),  # 2.5 exactly, though 1/3 is not
        ("down", "7.5", "≥3次", "1次", "2"),
        ("half_up", "10.5", "≥7次", "1次", "2"),
        ("down", "9", "≥3次", "1次", "3"),  # not 2.999…
        ("down", "6", "≤1次", "3次", "2"),
    ],
)
def test_ties_are_ties_though_the_ratio_is_endless(
    mode: str, weight: str, target: str, actual: str, expected: str
) -> None:
    assert points(target, actual, weight, f'[rounding]\ndigits = 0\nmode = "{mode}"') == D(expected)


@table(
    ("达标", "99%", 4, "3.96"),
    ("有效", "98%", 10, "9.8"),
    ("相关", "100%", 2, "2"),
    ("健全", "120%", 2, "2"),
    ("健全", "-5%", 2, "0"),
    ("健全", "健全", 2, "2"),
    ("健全", "基本健全", 2, None),
    ("健全", "9", 2, None),
)
def test_words_by_percent(target: str, actual: str, weight: Number, expected: str | None) -> None:
    assert points(target, actual, weight) == exactly(expected)


BANDS = """
[text]
rule = "bands"
bands = [
  { name = "达成预期指标", upper = 1, lower = 0.8, words = ["达成", "完成"] },
  { name = "部分达成", upper = 0.8, lower = 0.6, words = ["基本完成"] },
  { name = "未达成", upper = 0.6, lower = 0, words = ["未完成"] },
]
"""


@pytest.mark.parametrize(
    ("actual", "given", "expected", "bounds"),
    [
        ("达成预期指标", 9, "9", (8, 10)),
        ("达成预期指标", 8, "8", (8, 10)),
        ("达成预期指标", 7, "8", (8, 10)),
        ("完成", 10, "10", (8, 10)),
        ("完成", 12, "10", (8, 10)),
        ("有效", None, "10", (8, 10)),  # the target's own words
        ("有效", 9, "9", (8, 10)),
        ("基本完成", 9, "8", (6, 8)),
        ("未完成", 3, "3", (0, 6)),
        ("未完成", 8, "6", (0, 6)),
        ("效果不错", 3, "3", (0, 10)),  # words that no band knows
        ("85%", 9, "9", (8, 10)),
        ("80%", 9, "9", (8, 10)),
        ("79%", 9, "8", (6, 8)),
        ("10%", 9, "6", (0, 6)),
    ],
)
def test_words_by_bands(actual: str, given: Number, expected: str | None, bounds: tuple[int, int]) -> None:
    got = scored(row("有效", actual, 10, given), rules(BANDS))
    assert (got.points, got.bounds) == (exactly(expected), bounds)
    assert got.judged


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("2022年12月底", "2022年11月", True),
        ("2022年6月底", "2022年6月30日", True),
        ("2022年6月底前", "2022年7月1日", False),
        ("2022年6月30日", "2022年6月底", False),  # a month means its last day, be it the 30th or the 31st
        ("6月底", "5月", True),
        ("12月底前", "2022年12月", None),  # only one of them names its year
        ("2022年底", "已完成", None),
    ],
)
def test_dates(target: str, actual: str, met: bool | None) -> None:  # noqa: FBT001
    got = scored(row(target, actual, 10, 10), rules())
    assert (got.met, got.points, got.judged) == (met, 10, True)


@pytest.mark.parametrize(
    ("target", "actual", "weight"),
    [("≥1次", "", 5), ("", "1次", 5), ("≥1次", "有效", 5), ("≥1次", "1次", None), ("≥5次", "2022年5月", 5)],
)
def test_too_little_to_score(target: str, actual: str, weight: Number) -> None:
    got = scored(row(target, actual, weight), rules())
    assert got.points is None
    assert got.why


@pytest.mark.parametrize(
    ("rule", "annual", "executed", "expected"),
    [
        ('rule = "linear"', "378.1", "273.8", "7.24"),
        ('rule = "linear"', 100, 100, "10"),
        ('rule = "linear"', 100, 120, "10"),
        ('rule = "linear"\ncap = 0.95', 100, 99, "9.5"),
        ('rule = "full_at"\nfull_at = 0.9', "378.1", "273.8", "8.05"),
        ('rule = "full_at"\nfull_at = 0.9', 100, 90, "10"),
        ('rule = "full_at"\nfull_at = 0.9', 100, 95, "10"),
        ('rule = "threshold"\nthreshold = 0.6', 100, 60, "6"),
        ('rule = "threshold"\nthreshold = 0.6', 100, "59.99", "0"),
        ('rule = "steps"\nsteps = [[0.9, 1], [0.8, 0.8]]', 100, 90, "10"),
        ('rule = "steps"\nsteps = [[0.9, 1], [0.8, 0.8]]', 100, "89.99", "8"),
        ('rule = "steps"\nsteps = [[0.9, 1], [0.8, 0.8]]', 100, 79, "0"),
        ('rule = "linear"', 0, 0, None),
        ('rule = "linear"', None, 5, None),
        ('rule = "linear"', 100, None, None),
        ('rule = "linear"', 100, -5, "0"),
    ],
)
def test_budget(rule: str, annual: Number, executed: Number, expected: str | None) -> None:
    got = score(form(funding=(money(None, annual, executed),)), rules(f"[budget]\n{rule}"))
    assert got.budget[0].points == exactly(expected)
    assert got.total == exactly(expected)


def test_the_budget_may_be_held_against_the_initial_one() -> None:
    funding = (money("310.2", 200, "154.74", 10),)
    assert score(form(funding=funding), rules('[budget]\nbase = "initial"')).total == D("4.99")
    assert score(form(funding=(money("310.2", None, "154.74"),)), rules()).total == D("4.99")


def test_a_form_that_prints_only_the_rate_is_taken_at_its_word() -> None:
    assert score(form(funding=(money(rate="76%", weight=10),)), rules()).total == D("7.6")


def test_points_of_the_sources() -> None:
    funding = (money(10, 10, 10, 10), money(6, 6, 3, 6, item="财政拨款"), money(4, 4, 4, 4, item="其他"))
    assert score(form(funding=funding), rules()).total == 10
    sub_rows = score(form(funding=funding), rules("[budget]\nsub_rows_score = true"))
    assert [(one.label, one.points) for one in sub_rows.budget] == [("财政拨款", 3), ("其他", 4)]


@pytest.mark.parametrize(
    ("weights", "block", "places", "rows"),
    [
        ((90,), money(1, 1, 1), 1, 1),
        ((90,), money(1, 1, 1), 0, 1),  # the weights lack just these
        ((80,), money(1, 1, 1), 1, 1),
        ((80,), money(1, 1, 1), 0, 0),
        ((60, 40), money(1, 1, 1), 1, 0),  # the block only informs
        ((60, 40), money(1, 1, 1), 0, 0),
        ((60, 40), money(1, 1, 1, 10), 1, 1),  # as printed, and W1 says so
        ((60, 40), money(1, 1, 1, score=9), 1, 1),
        ((None,), money(1, 1, 1), 1, 1),
        ((None,), money(1, 1, 1), 0, 0),
    ],
)
def test_the_budget_block_carries_points_where_it_has_a_place_and_the_weights_leave_some(
    weights: tuple[Number, ...], block: Funding, places: int, rows: int
) -> None:
    one = form(*(row(weight=weight) for weight in weights), funding=(block,), budget_points=places > 0)
    assert len(score(one, rules()).budget) == rows


def test_an_indicator_may_be_the_points_of_the_budget_block() -> None:
    rate = row("100%", "95%", 10, score="9.5", name="预算执行率", reason="结余")
    one = form(
        rate, row(weight=90, score=90), funding=(money(100, 100, 95),), total=D("99.5"), total_weight=D(100)
    )
    how = rules('[[grades]]\nname = "优"\npoints = 90')
    assert [one.check for one in run_checks(one, how, score(one, how)) if one.severity == "error"] == []


@pytest.mark.parametrize(
    ("weights", "shared"),
    [
        ((None, None), (25, 25)),
        ((30, None), (30, 20)),
        ((30, 20), (30, 20)),
        ((60, None), (60, 0)),
        ((None, None, 10), (20, 20, 10)),
    ],
)
def test_a_groups_points_are_shared_out_among_rows_without_a_weight(
    weights: tuple[Number, ...], shared: tuple[int, ...]
) -> None:
    how = rules('[weights]\nsource = "group"\n[total]\nlevels = [{ name = "产出指标", weight = 50 }]')
    got = score(form(*(row("1次", "1次", weight) for weight in weights)), how)
    assert tuple(one.weight for one in got.indicators) == shared


def test_a_budget_row_outside_the_total_carries_no_points() -> None:
    assert score(form(funding=(money(1, 1, 1, 10),)), rules("[total]\nbudget_inside = false")).rows == ()


def test_weights_that_only_the_score_implies() -> None:
    got = score(
        published("p08_hubei_jinbu_2020"), rules('[weights]\nsource = "score"\n[budget]\nweight = 20')
    )
    assert [one.weight for one in got.indicators] == [20, 10, 10, 40]
    assert (got.total, got.budget[0].points) == (100, 20)


def test_weights_of_a_group_shared_out() -> None:
    how = rules('[weights]\nsource = "group"\n[total]\nlevels = [{ name = "产出指标", weight = 50 }]')
    got = score(form(row(weight=None), row(weight=None), row(weight=None, level1="别的")), how)
    assert [one.weight for one in got.indicators] == [25, 25, None]


def test_weights_that_are_percent_of_a_raw_score() -> None:
    got = score(form(row(actual="96%", weight=25, score=24)), rules('[weights]\nsource = "percent"'))
    assert [(one.weight, one.points, one.printed) for one in got.indicators] == [(25, 24, 24)]


def test_the_published_form_of_shangjie() -> None:
    form_ = shangjie()
    got = score(form_, ruleset("henan-department"))
    assert len(got.indicators) == 31
    assert got.budget[0].points == D("8.05")
    assert [one.points for one in got.indicators] == [one.score for one in form_.indicators]
    assert [one.deviation for one in got.indicators] == [one.deviation.number for one in form_.indicators]
    assert {level.name: level.points for level in got.levels} == {
        name: D(str(number)) for name, number in seed("henan-shangjie-2022-自评表")["subtotals"].items()
    }
    assert (got.total, got.grade) == (D("95.81"), "优")


def test_published_budget_rows() -> None:
    national = ruleset("national-2020")
    for name, expected in {
        "p01_tianchang_shuili_2022": "10",
        "p03_yongde_mingliang_2022": "10",
        "p15_gaoxin_rongmei_2021": "7.6",
        "p20_haidian_xueyuanlu_2016": "4.99",
        "p21_qingshen_fagai_2023": "10",
    }.items():
        assert score(published(name), national).budget[0].points == D(expected)


def test_published_grades() -> None:
    national, others = ruleset("national-2020"), seed("hebei-luquan-2022-自评")["grade_names"]
    evaluated = seed("henan-zhengzhou-2021-财政评价")
    parts = seed("guangdong-guangzhou-2021-自评")
    assert others == ["优秀", "良好", "一般", "较差"]
    assert grade_of(D(str(evaluated["total"])), national) == evaluated["grade"]
    assert sum(D(str(part["score"])) for part in evaluated["summary"]) == D("80.91")
    assert grade_of(D(str(parts["total"])), national) == "优"
    assert sum(D(str(part["score"])) for part in parts["parts"]) == D(str(parts["total"]))


@pytest.mark.parametrize("name", [name for name in ruleset_names() if ruleset(name).grades])
@pytest.mark.parametrize(
    ("total", "place"),
    [("100", 0), ("90", 0), ("89.99", 1), ("80", 1), ("79.99", 2), ("60", 2), ("59.99", 3), ("0", 3)],
)
def test_bounds_of_grades_are_inclusive(name: str, total: str, place: int) -> None:
    names = "优秀 良好 一般 较差" if name == "hebei-luquan-department" else "优 良 中 差"
    assert grade_of(D(total), ruleset(name)) == names.split()[place]


def test_no_grade_while_a_row_has_no_points() -> None:
    how = rules('[[grades]]\nname = "优"\npoints = 0')
    assert score(form(row()), how).grade == "优"
    assert score(form(row(), row(actual="")), how).grade == ""


@pytest.mark.parametrize(
    ("target", "actual", "how", "expected"),
    [
        ("≥100%", "100%", "", "0.00"),
        ("≥100%", "120%", "", "0.00"),
        ("≥100%", "120%", "met_is_zero = false", "20.00"),
        ("≥100%", "72.41%", "", "-27.59"),
        ("≥99%", "98%", "", "-1.01"),
        ("≥100%", "0%", "", "-100.00"),
        ("达标", "99%", "", "-1.00"),
        ("达标", "达标", "", "0"),
        ("达标", "尚可", "", None),
        ("≤20%", "30%", "", "50.00"),
        ("≤20%", "30%", 'down_sign = "negative"', "-50.00"),
        ("≥3次", "1次", "decimals = 0", "-67"),
        ("≤0起", "2起", "", None),
        ("≥5次", "", "", None),
        ("2022年6月底", "2022年7月", "", None),
    ],
)
def test_deviation(target: str, actual: str, how: str, expected: str | None) -> None:
    got = scored(row(target, actual), rules(f"[deviation]\npresent = true\n{how}"))
    assert got.deviation == exactly(expected)


def test_no_deviation_where_the_form_has_none() -> None:
    assert scored(row("≥5次", "1次"), rules()).deviation is None


# What holds for every rule.

RULES = (
    "",
    '[numeric]\nrule = "all_or_nothing"',
    '[numeric]\nrule = "threshold"\nthreshold = 0.6',
    '[numeric]\nrule = "steps"\nsteps = [[0.9, 0.9], [0.8, 0.7], [0.6, 0.5]]',
    '[numeric]\nrule = "points_off"\nper = 2\npoints = 0.3',
    '[numeric]\nrule = "points_off"\nper = 2\npoints = 0.3\nwhole = false',
    '[numeric]\ndown_ratio = "2-actual/target"',
    '[numeric]\nequal = "exact"',
    '[numeric]\nrule = "levels"',
    "[numeric]\ncap = 0.95",
    '[rounding]\ndigits = 0\nmode = "down"',
    '[over]\nlimit = 1.2\naction = "deduct"\ndeduct = 0.1',
)
SETS = tuple(map(rules, RULES))
weights = st.decimals(min_value=0, max_value=60, places=2)
numbers = st.decimals(min_value=0, max_value=10_000, places=2)
signs = st.sampled_from(["", "≥", "≤", "=", ">", "<"])


@given(st.sampled_from(SETS), signs, numbers, numbers, weights)
def test_points_lie_between_nothing_and_the_weight(
    how: RuleSet, sign: str, target: Decimal, actual: Decimal, weight: Decimal
) -> None:
    got = scored(row(f"{sign}{target}次", f"{actual}次", str(weight)), how)
    unit = D(1).scaleb(-how.rounding.digits)
    assert got.points is not None
    assert 0 <= got.points <= weight + unit / 2
    if got.met and how.over.action != "deduct":
        assert abs(got.points - weight) < unit


@given(st.sampled_from(SETS), st.sampled_from(["≥", "≤"]), numbers, st.tuples(numbers, numbers), weights)
def test_a_better_actual_never_earns_less(
    how: RuleSet, sign: str, target: Decimal, actuals: tuple[Decimal, Decimal], weight: Decimal
) -> None:
    low, high = (
        scored(row(f"{sign}{target}次", f"{one}次", str(weight)), how).points for one in sorted(actuals)
    )
    assert low is not None
    assert high is not None
    worse, better = (high, low) if sign == "≤" else (low, high)
    if how.over.action != "deduct":
        assert worse <= better


@given(st.lists(st.tuples(signs, numbers, numbers, weights), max_size=8), numbers, numbers)
def test_the_total_is_the_sum_of_rows_and_of_levels(
    rows: list[tuple[str, Decimal, Decimal, Decimal]], annual: Decimal, executed: Decimal
) -> None:
    indicators = [
        row(f"{sign}{target}", f"{actual}", str(weight), level1=f"{sign}指标")
        for sign, target, actual, weight in rows
    ]
    got = score(form(*indicators, funding=(money(None, str(annual), str(executed)),)), rules())
    assert (got.total or 0) == sum((one.points or D(0) for one in got.rows), D(0))
    assert (got.total or 0) == sum((level.points for level in got.levels), D(0))


@given(st.sampled_from(SETS), signs, numbers, numbers, st.decimals(min_value=1, max_value=30, places=1))
def test_the_sentence_repeats_the_arithmetic(
    how: RuleSet, sign: str, target: Decimal, actual: Decimal, weight: Decimal
) -> None:
    got = scored(row(f"{sign}{target}次", f"{actual}次", str(weight)), how)
    for number in (actual, target, got.points or D(0)):
        assert plain(number) in got.why
    assert "规则：" in got.why


def plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def test_the_sentence_of_the_budget_row() -> None:
    why = score(shangjie(), ruleset("henan-department")).budget[0].why
    for word in ("273.8", "378.1", "72.41%", "90%", "8.05"):
        assert word in why


texts = st.one_of(
    st.sampled_from(
        ["", "达标", "完成", "≥95%", "2022年6月底", "9" * 40, "0", "-1", "1e9", "0.0000001%", "≤" + "8" * 30]
    ),
    st.text(max_size=12),
)


@given(
    st.sampled_from([*SETS, *map(ruleset, ruleset_names())]), texts, texts, st.sampled_from([None, 0, 10, -3])
)
def test_anything_typed_can_be_scored(how: RuleSet, target: str, actual: str, weight: Number) -> None:
    got = scored(row(target, actual, weight, 5, deviation=actual), how)
    assert isinstance(got.why, str)


@pytest.mark.parametrize("name", ruleset_names())
@pytest.mark.parametrize(
    ("target", "actual", "weight"),
    [
        ("≤1%", "9" * 40, 10),
        ("≥1", "9" * 300, 10),
        ("≥1", "1", "9" * 40),
        ("≥" + "9" * 40, "1", 10),
        ("好", "9" * 40 + "%", 10),
    ],
)
def test_numbers_of_any_size_are_scored_and_checked(
    name: str, target: str, actual: str, weight: Number
) -> None:
    huge = money("1", "9" * 40, "9" * 300, 10, "99%", 10)
    one = form(row(target, actual, weight, 5, deviation="1%"), funding=(huge, huge), total=D(5))
    got = score(one, ruleset(name))
    assert all(row_.why for row_ in got.rows)
    assert run_checks(one, ruleset(name), got)


def test_rows_with_one_score_are_each_told_their_own_points() -> None:
    one = form(row(weight=10, score=29), row(actual="90%", weight=20), shared=frozenset({1}))
    got = score(one, rules())
    assert [(each.weight, each.points) for each in got.rows] == [(D(30), D(28)), (D(0), D(0))]
    assert [(each.weight, each.points) for each in got.each] == [(D(10), D(10)), (D(20), D(18))]
    assert all(each.why.endswith("2 行合用一个得分格") for each in got.each)


def test_rows_with_one_score_that_is_judged_stay_together() -> None:
    one = form(row("有效", "良好", 10, 29), row(weight=20), row(weight=5, score=5), shared=frozenset({1}))
    got = score(one, rules('[text]\nrule = "bands"\nbands = [{ name = "达成", upper = 1, lower = 0 }]'))
    assert got.each == got.rows
