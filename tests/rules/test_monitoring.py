"""The monitoring form (绩效运行监控表): M1 M2 M3, and R4 where the year's results are held against it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from small import exactly, form, row, rules

from perf_excel.forms.likelihood import likelihoods
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.rules.checks import looked_at, run_checks
from perf_excel.rules.findings import Finding
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.scoring.form_score import score

COLUMNS = frozenset({"target", "progress", "expected", "likelihood", "reason"})
SURE, MAYBE, NEVER = "确定能", "有可能", "完全不可能"


def aim(target: str, expected: str, likelihood: str = MAYBE, progress: str = "50%", **more: Any) -> Indicator:
    """A row of a monitoring form."""
    return Indicator(
        "产出指标", "数量指标", more.pop("name", "培训次数"), parse(target), progress=parse(progress),
        expected=parse(expected), likelihood=likelihood, **more,
    )  # fmt: skip


def money(
    budget: Any = None, so_far: Any = None, expected: Any = None, rate: str = "", **more: Any
) -> Funding:
    """A row of its money, in 万元."""
    item = more.pop("item", "年度资金总额")
    return Funding(
        item, exactly(budget), rate=parse(rate), so_far=exactly(so_far), expected=exactly(expected), **more
    )


def monitored(*rows: Indicator, funding: tuple[Funding, ...] = (), **more: Any) -> Form:
    """A monitoring form of some rows."""
    fields: dict[str, Any] = {"indicators": rows, "funding": funding, "columns": COLUMNS, "months": 7}
    return Form(**(fields | more))


def check(one: Form, declared: Form | None = None, toml: str | None = None) -> list[Finding]:
    how = ruleset("national-monitoring") if toml is None else rules(toml)
    return run_checks(one, how, score(one, how), declared)


def brief(findings: list[Finding], code: str = "") -> list[tuple[str, str, str]]:
    return [
        (one.check, one.severity, f"{one.spot.part}.{one.spot.row}.{one.spot.field}")
        for one in findings
        if one.check.startswith(code)
    ]


@pytest.mark.parametrize(
    ("one", "severity", "field", "says"),
    [
        (aim("≥12次", "10次"), "error", "reason", "全年预计10次达不到目标≥12次，却没有分析偏差原因"),
        (aim("≤5%", "6%"), "error", "reason", "全年预计6%达不到目标≤5%"),
        (aim("=100%", "90%", reason="无"), "error", "reason", "达不到目标"),
        (aim("2023年6月底前", "2023年12月"), "error", "reason", "达不到目标"),
        (aim("有效提升", "部分达成"), "error", "reason", "达不到目标"),
        (aim("≥12次", "10次", causes=("经费保障", "其他")), "warning", "reason", "只勾选了经费保障、其他"),
        (aim("有效提升", "", NEVER), "error", "reason", "完成目标的可能性为“完全不可能”，却没有"),
        (aim("≥12次", "能完成"), "warning", "expected", "全年预计“能完成”与目标≥12次无法比较"),
        (aim("≥12次", "100%"), "warning", "expected", "无法比较"),
    ],
)
def test_a_shortfall_without_a_reason(one: Indicator, severity: str, field: str, says: str) -> None:
    found = [finding for finding in check(monitored(one)) if finding.check == "M1"]
    assert brief(found) == [("M1", severity, f"indicator.0.{field}")]
    assert says in found[0].message


@pytest.mark.parametrize(
    "one",
    [
        aim("≥12次", "10次", reason="资金未到位"),
        aim("≥12次", "10次", remark="经费不足，拟追加"),
        aim("≥12次", "12次"),
        aim("≥12次", "13次"),
        aim("≤5%", "4%"),
        aim("2023年12月底前", "2023年12月"),
        aim("有效提升", "有效提升"),
        aim("有效提升", "明显改善"),
        aim("≥12次", ""),
    ],
)
def test_no_shortfall(one: Indicator) -> None:
    assert brief(check(monitored(one)), "M1") == []


@pytest.mark.parametrize(
    ("one", "severity", "says"),
    [
        (aim("≥12次", "12次", ""), "warning", "没有选，请在确定能、有可能、完全不可能中选一项"),
        (aim("≥12次", "12次", "差不多"), "warning", "填“差不多”"),
        (aim("≥12次", "12次", "确定能、有可能"), "error", "选了2项（确定能、有可能），只能选一项"),
        (aim("≥12次", "10次", SURE, reason="缺人"), "error", "达不到目标，却判断“确定能”"),
        (aim("≥12次", "12次", NEVER, reason="缺人"), "error", "能达到目标，却判断“完全不可能”"),
        (aim("≤3次", "4次", "能", reason="缺人", name="差错数"), "error", "达不到目标，却判断“确定能”"),
    ],
)
def test_a_likelihood_against_the_numbers(one: Indicator, severity: str, says: str) -> None:
    found = check(monitored(one))
    assert brief(found) == [("M3", severity, "indicator.0.likelihood")]
    assert says in found[0].message


@pytest.mark.parametrize(
    ("target", "expected", "likelihood"),
    [("≥12次", "12次", SURE), ("≥12次", "10次", NEVER), ("≥12次", "10次", MAYBE), ("显著", "明显改善", SURE)],
)
def test_a_likelihood_that_fits(target: str, expected: str, likelihood: str) -> None:
    assert check(monitored(aim(target, expected, likelihood, reason="缺人"))) == []


def test_a_form_without_a_column_for_it_is_not_asked_for_a_likelihood() -> None:
    assert check(monitored(aim("≥12次", "12次", ""), columns=COLUMNS - {"likelihood"})) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("确定能", (SURE,)),
        ("√ 确定能 □有可能 □完全不可能".replace("√ ", "☑"), (SURE,)),
        ("确定能□ 有可能☑ 完全不可能□", (MAYBE,)),
        ("确定能（ ） 有可能（√） 完全不可能（ ）", (MAYBE,)),
        ("□确定能 □有可能 □完全不可能", ()),
        ("不可能", (NEVER,)),
        ("可能", (MAYBE,)),
        ("也许", ()),
        ("", ()),
        ("有可能、完全不可能", (MAYBE, NEVER)),
    ],
)
def test_likelihoods_as_they_are_written(text: str, said: tuple[str, ...]) -> None:
    assert likelihoods(text) == said


@pytest.mark.parametrize(
    ("row", "months", "severity", "field", "says"),
    [
        (money(100, 30, 100), 7, "warning", "so_far", "前7个月执行率30%（30 ÷ 100），时间进度为7/12即58.33%"),
        (money(100, 40, 100), 8, "warning", "so_far", "时间进度为8/12"),
        (money(100, 60, 90), 7, "warning", "expected", "全年预计执行90万元，比预算数100万元少10万元"),
        (money(100, 110, 120), 7, "warning", "so_far", "已执行110万元，超过预算数100万元"),
        (money(100, 60, 120), 7, "warning", "expected", "全年预计执行120万元，超过预算数100万元"),
        (money(100, 60, 50, reason="结余"), 7, "error", "expected", "已执行60万元，全年预计却只有50万元"),
    ],
)
def test_money_out_of_step(row: Funding, months: int, severity: str, field: str, says: str) -> None:
    found = check(monitored(funding=(row,), months=months))
    assert brief(found) == [("M2", severity, f"funding.0.{field}")]
    assert says in found[0].message


@pytest.mark.parametrize(
    ("row", "more"),
    [
        (money(100, 39, 100), {}),
        (money(100, 30, 100), {"months": 6}),
        (money(100, 12, 100), {"months": 12}),
        (money(100, 10, 50, reason="项目推迟"), {}),
        (money(100), {}),
        (money(None, 10, 20), {}),
        (money(0, 0, 0), {}),
        (money(100, 10, 50), {"indicators": (aim("≥12次", "10次", reason="财政资金未拨付"),)}),
    ],
)
def test_money_in_step(row: Funding, more: dict[str, Any]) -> None:
    assert brief(check(monitored(funding=(row,), **more)), "M2") == []


def test_another_reason_does_not_explain_the_money() -> None:
    one = monitored(aim("≥12次", "10次", reason="人员调动"), funding=(money(100, 10, 100),))
    assert brief(check(one)) == [("M2", "warning", "funding.0.so_far")]


def test_how_far_behind_is_the_rule_sets() -> None:
    one = monitored(funding=(money(100, 30, 100),), months=None)
    assert brief(check(one, toml="[budget]\nweight = 0\n[monitoring]\nbehind = 0.3")) == []
    assert brief(check(one, toml="[budget]\nweight = 0\n[monitoring]\nmonths = 11\nbehind = 0.3")) != []


def test_sums_and_rates_of_money_so_far() -> None:
    rows = (money(25, 12, 25, "45%"), money(25, 10, 25, "40%", item="本年一般公共预算拨款"))
    found = check(monitored(funding=rows))
    assert brief(found) == [
        ("W3", "error", "funding.0.so_far"),
        ("W4", "error", "funding.0.rate"),
    ]
    assert "12 ÷ 25 = 48%" in found[1].message


def test_a_rate_of_the_adjusted_budget_is_right_too() -> None:
    for rate, right in (("20%", True), ("16.67%", True), ("25%", False)):
        one = monitored(funding=(money(120, 20, 100, rate, annual=Decimal(100), reason="推迟"),))
        assert (brief(check(one), "W4") == []) is right


def test_a_form_without_a_column_of_what_is_expected_says_so() -> None:
    found = check(monitored(aim("≥12次", ""), columns=COLUMNS - {"expected"}))
    assert brief(found) == [("M1", "info", "head.0.unit")]
    assert "没有读到“全年预计完成情况”一栏" in found[0].message


def test_what_is_not_filled_in_yet() -> None:
    found = check(monitored(aim("", "", MAYBE, "")))
    assert brief(found) == [("V9", "warning", "indicator.0.expected")]
    assert "指标值和执行情况和全年预计完成情况尚未填写" in found[0].message


def test_a_self_evaluation_is_no_monitoring_form() -> None:
    assert brief(check(form(row("≥12次", "10次", reason="缺人"), funding=(money(100, 1, 2),))), "M") == []


def test_nothing_is_scored() -> None:
    one = monitored(aim("≥12次", "10次"), funding=(money(100, 30, 90),))
    scores = score(one, ruleset("national-monitoring"))
    assert (scores.total, scores.budget, scores.grade) == (None, (), "")


BEFORE = monitored(
    aim("≥12次", "12次", SURE),
    aim("≤5%", "4%", MAYBE, name="差错率"),
    aim("显著", "", SURE, name="群众满意度"),
    aim("≥90%", "80%", NEVER, name="办结率"),
    funding=(money(100, 60, 100),),
)


def after(*actuals: str, executed: Any = 100, reason: str = "") -> Form:
    """The year's results of the same indicators."""
    rows = [
        row(before.target.text, actual, name=before.level3, reason=reason)
        for before, actual in zip(BEFORE.indicators, actuals, strict=True)
    ]
    return form(*rows, funding=(Funding("年度资金总额", Decimal(100), Decimal(100), exactly(executed)),))


def against(one: Form) -> list[Finding]:
    return [finding for finding in check(one, BEFORE) if finding.check in ("R3", "R4")]


def test_results_as_foreseen() -> None:
    assert against(after("12次", "4%", "显著", "80%")) == []
    assert against(after("15次", "3%", "显著", "85%", executed=96)) == []


def test_results_that_the_monitoring_foresaw_otherwise() -> None:
    found = against(after("11次", "5%", "未达成", "95%", executed=90))
    assert brief(found) == [
        ("R4", "warning", "indicator.0.actual"),
        ("R4", "warning", "indicator.1.actual"),
        ("R4", "warning", "indicator.2.actual"),
        ("R4", "warning", "indicator.3.actual"),
        ("R4", "warning", "funding.0.executed"),
    ]
    assert "监控时预计全年完成12次，实际为11次，没有达到预计" in found[0].message
    assert "监控时判断“完全不可能”完成目标≥90%，实际为95%，已经达到" in found[3].message
    assert "监控时判断“确定能”完成目标显著，实际为未达成，没有达到" in found[2].message
    assert "监控时预计全年执行100万元，实际执行90万元" in found[4].message


def test_a_result_that_explains_itself_is_only_pointed_out() -> None:
    found = against(after("11次", "4%", "显著", "80%", reason="疫情"))
    assert brief(found) == [("R4", "info", "indicator.0.actual")]


def test_less_spent_in_the_year_than_by_then() -> None:
    assert brief(against(after("12次", "4%", "显著", "80%", executed=50))) == [
        ("R4", "error", "funding.0.executed")
    ]


def test_a_target_changed_since_the_monitoring() -> None:
    targets = ["≥10次", *(one.target.text for one in BEFORE.indicators[1:])]
    rows = (row(text, "", name=one.level3) for text, one in zip(targets, BEFORE.indicators, strict=True))
    [found] = against(form(*rows))
    assert brief([found]) == [("R4", "error", "indicator.0.target")]
    assert "指标值填≥10次，监控表为≥12次，自评不应改动目标" in found.message


def test_a_monitoring_form_is_held_against_the_declaration() -> None:
    declared = form(*(row(one.target.text, "", name=one.level3) for one in BEFORE.indicators[1:]))
    [found] = [finding for finding in check(BEFORE, declared) if finding.check[0] == "R"]
    assert (found.check, found.message) == (
        "R3", "与申报表不一致：申报表没有这个指标，是监控时增加的，请核对或说明",
    )  # fmt: skip


def test_which_of_them_was_asked() -> None:
    how = ruleset("national-2020")
    assert [looked_at(code, how, BEFORE) for code in ("R3", "R4")] == [False, True]
    assert [looked_at(code, how, form()) for code in ("R3", "R4")] == [True, False]
    assert [looked_at(code, how, None) for code in ("R3", "R4")] == [False, False]
