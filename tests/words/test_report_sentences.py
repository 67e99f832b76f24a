"""Sentences and figures of a report: grammar right for none, one, many and missing values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

import pytest
from facts import shangjie
from small import form, money, row, rules

from perf_excel.forms.model import Form, Goal, Indicator, Task
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.form_score import score
from perf_excel.words.writing.report_facts import form_facts, report_facts
from perf_excel.words.writing.report_figures import Figure, Subject, Words, identity, one_line
from perf_excel.words.writing.report_money import adjustment, remainder, source_name
from perf_excel.words.writing.report_points import met_words, scored_words
from perf_excel.words.writing.report_rows import indicators_of, rows_of
from perf_excel.words.writing.report_tags import TAGS


def said(value: object) -> str:
    """What the report says of a figure or sentence."""
    if isinstance(value, tuple):
        return "".join(map(said, cast("Words", value)))
    return value.written if isinstance(value, Figure) else str(value)


def told(one: Form, by: RuleSet | None = None, scale: int = 1) -> dict[str, Any]:
    by = by or rules()
    return form_facts(Subject(one, score(one, by), lambda _: "", per_wan=Decimal(scale)))


@pytest.mark.parametrize(
    ("initial", "annual", "words"),
    [
        ("357.65", "378.1", "比年初预算数增加20.45万元，增长5.72%"),
        ("357.65", "378.10", "比年初预算数增加20.45万元，增长5.72%"),
        ("378.10", "357.60", "比年初预算数减少20.50万元，下降5.42%"),
        ("100", "100.00", "与年初预算数持平"),
        ("0", "0", "与年初预算数持平"),
        ("0", "90", "比年初预算数增加90万元"),
        ("1,000", "3,500", "比年初预算数增加2,500万元，增长250%"),
        ("1000000", "1000001", "比年初预算数增加1万元"),
        ("", "100", ""),
        ("100", "", ""),
    ],
)
def test_the_adjustment(initial: str, annual: str, words: str) -> None:
    assert adjustment(initial, annual, "万元") == words


@pytest.mark.parametrize(
    ("annual", "executed", "words"),
    [
        ("378.1", "273.8", "结余104.3万元"),
        ("100", "100.00", "无结余"),
        ("0", "0", "无结余"),
        ("100", "102.59", "执行数超过全年预算数2.59万元"),
        ("100", "", ""),
    ],
)
def test_what_is_left(annual: str, executed: str, words: str) -> None:
    assert remainder(annual, executed, "万元") == words


@pytest.mark.parametrize(
    ("printed", "text"),
    [("72.41", "72.41%"), ("72.41%", "72.41%"), ("0.7241", "72.41%"), ("", "72.41%"), ("100", "100%")],
)
def test_the_rate_is_as_printed(printed: str, text: str) -> None:
    one = form(row(), funding=(money(357.65, 378.1, 273.8, 10, printed),))
    assert said(told(one)["执行率"]) == text


def test_the_unit_of_money_is_the_form_s() -> None:
    one = form(row(), funding=(money("357.65", "378.1", "273.8"),))
    facts = told(one, scale=10_000)
    assert [said(facts[name]) for name in ("金额单位", "全年预算数", "结余情况")] == [
        "元", "3781000", "结余1043000元",
    ]  # fmt: skip


def test_a_number_is_as_its_cell_prints_it() -> None:
    one = form(row(), funding=(money("1812.9", "1812.9", "0"),))
    shown = {"initial": "1,812.90", "annual": "1812.9（其中：基本支出1453.92）", "executed": "1.00"}
    facts = form_facts(Subject(one, score(one, rules()), lambda spot: shown.get(spot.field, "")))
    assert said(facts["年初预算数"]) == "1,812.90"
    assert said(facts["全年预算数"]) == "1812.9", "a cell that says more than the number"
    assert said(facts["全年执行数"]) == "0", "a cell that says something else"


def test_a_form_without_money_has_it_to_be_filled_in() -> None:
    facts = told(form(row()))
    assert said(facts["全年预算数"]) == "【待填：全年预算数】"
    assert not facts["预算调整情况"]
    assert not facts["资金表"]


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ("资金来源：（1）政府预算资金", "政府预算资金"),
        ("（2）财政专户管理资金", "财政专户管理资金"),
        ("其中：当年财政拨款", "当年财政拨款"),
        ("上年结转资金", "上年结转资金"),
        ("（1）", "（1）"),
        ("2022年结转", "2022年结转"),
        ("上年结转 （1）其中：基建", "上年结转 （1）其中：基建"),
    ],
)
def test_the_name_of_a_source(item: str, name: str) -> None:
    assert source_name(item) == name


FULL, LESS, BLANK = row(score=10), row(actual="90%", score=9, name="合格率"), row(actual="", name="时效")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], ""),
        ([BLANK], ""),
        ([FULL], "1项指标得满分"),
        ([FULL, FULL], "2项指标均得满分"),
        ([LESS], "1项指标有扣分，扣1分"),
        ([LESS, LESS], "2项指标均有扣分，共扣2分"),
        ([FULL, FULL, LESS], "3项指标中，得满分的2项，有扣分的1项，扣1分"),
        ([FULL, LESS, LESS], "3项指标中，得满分的1项，有扣分的2项，共扣2分"),
        ([FULL, BLANK], "2项指标中，得满分的1项，没有打分的1项"),
        ([LESS, BLANK], "2项指标中，有扣分的1项，扣1分，没有打分的1项"),
    ],
)
def test_how_many_lost_points(rows: list[Indicator], words: str) -> None:
    assert scored_words(indicators_of(rows_of(subject(rows)))) == words


JUDGED = row("有效", "好", name="效益")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], ""),
        ([BLANK], ""),
        ([FULL], "1项指标达到年度指标值"),
        ([FULL, FULL], "2项指标均达到年度指标值"),
        ([LESS], "1项指标未达到年度指标值"),
        ([LESS, LESS], "2项指标均未达到年度指标值"),
        ([FULL, LESS], "2项指标中，达到年度指标值的1项，未达到的1项"),
        ([FULL, JUDGED], "2项指标中，达到年度指标值的1项，不能按数值判断的1项"),
        ([FULL, BLANK], "2项指标中，达到年度指标值的1项，没有填写指标值或完成值的1项"),
    ],
)
def test_how_many_met_their_targets(rows: list[Indicator], words: str) -> None:
    assert met_words(indicators_of(rows_of(subject(rows)))) == words


def subject(rows: list[Indicator]) -> Subject:
    one = form(*rows)
    return Subject(one, score(one, rules()), lambda _: "")


def test_a_row_below_its_target_is_never_passed_over() -> None:
    full = row(actual="90%", score=10, name="满分却未达标")
    facts = told(form(full))
    assert said(facts["目标完成情况"]) == "1项指标未达到年度指标值"
    (item,) = facts["未达标指标"]
    assert said(item["情况"]) == "年度指标值≥100%，实际完成值90%，分值10分，得分10分"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(), row(name="二")], "一级指标1项、二级指标1项、三级指标2项"),
        ([row(level2=""), row(level2="", name="二")], "一级指标1项、三级指标2项"),
        ([row(level1="", level2="")], "绩效指标1项"),
        ([], ""),
    ],
)
def test_how_many_indicators_there_are(rows: list[Indicator], words: str) -> None:
    assert said(told(form(*rows))["指标设置情况"]) == words


def test_the_reason_is_the_clerk_s_own() -> None:
    facts = told(
        form(row(actual="90%", score=9, reason="资金拨付晚。"), row(actual="50%", score=5, name="出勤率"))
    )
    (level,) = facts["一级指标"]
    assert said(level["扣分说明"]) == (
        "培训次数扣1分（原因：资金拨付晚）；出勤率扣5分（原因：【待填：出勤率的原因】）"
    )


def test_a_score_of_several_rows_counts_once() -> None:
    one = form(row(score=18), row(name="二", score=18), shared=frozenset({1}))
    facts = told(one)
    (level,) = facts["一级指标"]
    assert [said(level[name]) for name in ("分值", "得分", "扣分", "得分率")] == ["20", "18", "2", "90%"]
    assert said(facts["指标得分情况"]) == "1项指标有扣分，扣2分"


def test_points_of_some_rows_make_neither_total_nor_grade() -> None:
    facts = told(form(row(score=10), row(actual="", name="二"), total=Decimal(10)), ruleset("national-2020"))
    assert said(facts["总分"]) == "10", "the form says so"
    assert said(facts["等级"]) == "【待填：等级】"


def test_the_golden_facts_of_the_first_form() -> None:
    facts = told(shangjie(), ruleset("henan-department"))
    assert {name: said(facts[name]) for name in (
        "年度", "年初预算数", "全年预算数", "全年执行数", "执行率", "预算调整情况", "结余情况", "总分",
        "满分", "等级", "总扣分", "指标设置情况",
    )} == {
        "年度": "2022", "年初预算数": "357.65", "全年预算数": "378.1", "全年执行数": "273.8",
        "执行率": "72.41%", "预算调整情况": "比年初预算数增加20.45万元，增长5.72%",
        "结余情况": "结余104.3万元", "总分": "95.81", "满分": "100", "等级": "优", "总扣分": "4.19",
        "指标设置情况": "一级指标3项、二级指标7项、三级指标31项",
    }  # fmt: skip
    levels = {
        one["名称"]: [said(one[name]) for name in ("序号", "分值", "得分", "得分率")]
        for one in facts["一级指标"]
    }
    assert levels == {
        "预算执行率": ["", "10", "8.05", "80.5%"],
        "投入管理指标": ["1", "30", "28.17", "93.9%"],
        "产出指标": ["2", "25", "24.79", "99.16%"],
        "效益指标": ["3", "35", "34.8", "99.43%"],
    }


def test_a_key_is_the_same_however_a_name_is_typed_and_where_its_row_stands() -> None:
    assert identity("培训 次数（期）") == identity("培训次数(期)")
    before = keys(form(row(), row(name="二")))
    after = keys(form(row(name="新"), row(name="二"), row()))
    assert before < after


def keys(one: Form) -> set[str]:
    return {
        value.key
        for key in rows_of(Subject(one, score(one, rules()), lambda _: ""))
        for value in [key.actual]
    }


def test_keys_are_no_longer_than_a_tag_of_word() -> None:
    one = shangjie()
    whole = report_facts(Subject(one, score(one, rules()), lambda _: "", "p12345678.99"))
    longest = max((value.key for value in figures(whole)), key=len)
    assert len(f"pe:{longest}") <= 64


def figures(facts: Any) -> list[Figure]:
    if isinstance(facts, Figure):
        return [facts]
    if isinstance(facts, dict):
        facts = list(cast("dict[str, Any]", facts).values())
    inner = cast("list[Any]", facts) if isinstance(facts, (list, tuple)) else []
    return [one for each in inner for one in figures(each)]


def test_a_cell_s_text_is_one_line_that_word_can_hold() -> None:
    assert one_line("甲\n 乙\x0b\x00丙\ue000\ud800丁\ufffe") == "甲 乙 丙 丁"


def names(facts: Any) -> object:
    """The names of facts, in the shape in which templates may use them."""
    if isinstance(facts, dict):
        return {key: names(value) for key, value in cast("dict[str, Any]", facts).items()}
    if isinstance(facts, list):
        return [names(one) for one in cast("list[Any]", facts)[:1]]
    return ""


def test_the_tags_are_exactly_what_the_facts_say() -> None:
    one = form(
        row(actual="90%", score=9),
        funding=(money(1, 1, 1), money(1, 1, 1, item="财政拨款")),
        goal=Goal("办好", "已办好"),
        tasks=(Task("接访"),),
    )
    about = Subject(one, score(one, rules("[total]\nbudget_inside = false")), lambda _: "")
    assert names(report_facts(about, [about])) == TAGS
