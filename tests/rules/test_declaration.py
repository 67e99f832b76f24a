"""R3: a self-evaluation held against the declaration (申报表) of its year."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts import shangjie
from small import form, money, row, rules

from perf_excel.forms.model import Form, Task
from perf_excel.rules.checks import looked_at, run_checks
from perf_excel.rules.findings import Finding
from perf_excel.rules.scoring.form_score import score


def against(declared: Form | None, one: Form, toml: str = "") -> list[Finding]:
    how = rules(toml)
    found = run_checks(one, how, score(one, how), declared)
    return [finding for finding in found if finding.check == "R3"]


def brief(findings: list[Finding]) -> list[tuple[str, str, int, str]]:
    return [(one.severity, one.spot.part, one.spot.row, one.spot.field) for one in findings]


@pytest.mark.parametrize(
    ("declared", "typed"),
    [
        ("≥95%", "≧95％"),
        ("≥95%", "95%以上"),
        ("95%", "=95%"),
        ("≥1,812.92万元", "≥18129200元"),
        ("≤3次", "不超过3次"),
        ("2022年6月底前", "2022年6月30日前"),
        ("合规 ", "合规"),
        ("“三公”支出下降", "三公支出下降"),
        ("", ""),
    ],
)
def test_the_same_target_in_other_spelling(declared: str, typed: str) -> None:
    assert against(form(row(declared, "")), form(row(typed, ""))) == []


@pytest.mark.parametrize(
    ("declared", "typed", "severity", "says"),
    [
        ("≥95%", "≥90%", "error", "指标值填≥90%，申报为≥95%，自评不应改动目标"),
        ("≥95%", "≤95%", "error", "比较符号不同"),
        ("≥95%", "95%", "warning", "比较符号不同"),
        ("≥95%", "≥95", "warning", "计量单位没有写全"),
        ("≥95%", "≥95人", "error", "自评不应改动目标"),
        ("≥95%", "合规", "error", "自评不应改动目标"),
        ("合规", "有效", "error", "自评不应改动目标"),
        ("≥95%", "", "error", "指标值未填，申报为≥95%"),
        ("", "≥95%", "warning", "申报表没有填"),
        ("2022年6月", "2022年12月", "error", "自评不应改动目标"),
    ],
)
def test_a_changed_target(declared: str, typed: str, severity: str, says: str) -> None:
    [found] = against(form(row(declared, "")), form(row(typed, "")))
    assert brief([found]) == [(severity, "indicator", 0, "target")]
    assert says in found.message
    assert (found.expected, found.printed) == (declared or None, typed or None)


def test_dropped_added_and_renamed_indicators() -> None:
    declared = form(
        row(name="培训次数"),
        row(name="信访工作专项经费", target="≥95%"),
        row(name="政策知晓率", target="≥80%"),
    )
    evaluated = form(
        row(name="培训次数"),
        row(name="信访保障工作专项经费", target="≥90%"),
        row(name="办公用房面积", target="≤100平方米"),
    )
    found = against(declared, evaluated)
    assert brief(found) == [
        ("warning", "indicator", 1, "level3"),
        ("error", "indicator", 1, "target"),
        ("error", "indicator", 2, "level3"),
        ("error", "indicator", 1, "level3"),
    ]
    assert "疑似由“信访工作专项经费”改名" in found[0].message
    assert "自评时增加" in found[2].message
    assert (found[3].label, found[3].expected) == ("政策知晓率", "政策知晓率")
    assert "在自评表里没有" in found[3].message


def test_an_indicator_of_the_same_name_belongs_to_its_own_level() -> None:
    rows = (row("≥1次", name="次数", level2="数量"), row("≥2次", name="次数", level2="质量"))
    assert against(form(*rows), form(*reversed(rows))) == []


def test_quotation_marks_do_not_make_another_name() -> None:
    assert against(form(row(name="“三公经费”控制率")), form(row(name="三公经费控制率"))) == []


def test_a_usual_indicator_of_the_layout_is_only_pointed_out() -> None:
    usual = '{ level1 = "产出", level2 = "数量", level3 = "培训次数" }'
    toml = f'[[forms]]\nname = "表"\ntitle = "表"\nrows = [{usual}]'
    assert brief(against(form(), form(row()), toml)) == [("info", "indicator", 0, "level3")]


@pytest.mark.parametrize(
    ("declared", "initial", "found"),
    [
        (money(None, "1812.92"), "1812.92", 0),
        (money("1812.923"), "1812.92", 0),
        (money("1812.92"), "1812.9", 1),
        (money("1812.92"), "18129200", 1),
        (money(), "5", 0),
        (money("5"), None, 0),
    ],
)
def test_the_initial_budget_is_the_declared_total(declared: object, initial: str | None, found: int) -> None:
    findings = against(form(funding=(declared,)), form(funding=(money(initial),)))  # type: ignore[arg-type]
    assert brief(findings) == [("error", "funding", 0, "initial")] * found


def test_sources_are_held_against_those_of_the_same_name() -> None:
    declared = (money(10), money(8, item="（1）财政性资金"), money(2, item="（2）其他资金"))
    evaluated = (money(10), money(7, item="其中：财政性资金"), money(3, item="单位资金"))
    [found] = against(form(funding=declared), form(funding=evaluated))
    assert (found.spot.row, found.expected, found.printed) == (1, Decimal(8), Decimal(7))


def test_another_year_or_unit() -> None:
    declared = form(unit="某某市信访局", year=2021, project="甲项目")
    assert brief(against(declared, form(unit="某某市财政局", year=2022, project="乙项目"))) == [
        ("error", "head", 0, "year"),
        ("error", "head", 0, "unit"),
        ("error", "head", 0, "project"),
    ]
    assert against(declared, form(unit="信访局", year=2021)) == []


def test_a_task_without_an_indicator() -> None:
    tasks = (Task("任务1", "信访工作专项"), Task("养老保险改革"), Task(""))
    one = form(row(name="信访工作专项经费"), tasks=tasks)
    [found] = against(one, one)
    assert brief([found]) == [("warning", "task", 1, "name")]
    assert found.label == "养老保险改革"
    assert "没有相应的指标" in found.message


def test_a_form_agrees_with_itself() -> None:
    """31 indicators, some names twice; only what its own tasks and indicators do not share is pointed out."""
    found = against(shangjie(), shangjie())
    assert {one.spot.part for one in found} <= {"task", "head"}
    assert all(one.severity == "warning" for one in found)


def test_without_a_declaration_nothing_is_looked_at() -> None:
    assert against(None, form(row())) == []
    assert not looked_at("R3", rules(), None)
    assert looked_at("R3", rules(), form())
    assert not looked_at("R3", rules('[severity]\nR3 = "off"'), form())


def test_a_rule_set_says_how_severe() -> None:
    found = against(form(row("≥1次")), form(row("≥2次")), '[severity]\nR3 = "info"')
    assert [one.severity for one in found] == ["info"]
