"""Forms of units made into their department's (汇总), each against a calculation by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import form, money, row, rules

from perf_excel.forms.measure import Day
from perf_excel.forms.model import CellFault, Form, Funding, Indicator
from perf_excel.forms.spot import Spot
from perf_excel.rules.consolidating.consolidation import Consolidated, consolidate
from perf_excel.rules.consolidating.contributions import Part
from perf_excel.rules.consolidating.joining import Rolled

RULES = rules()
CAPITALS = "甲乙丙丁戊己庚辛"


def unit(name: str, *rows: Indicator, annual: float | None = 100, executed: float | None = 50) -> Part:
    return Part(name, form(*rows, funding=(money(90, annual, executed),), unit=name, year=2024))


def joined(target: str, *actuals: str, toml: str = "", moneys: tuple[float | None, ...] = ()) -> Rolled:
    """One indicator of units with 100, 200, 300 … 万元, or with other money."""
    given = moneys or tuple(100.0 * number for number in range(1, len(actuals) + 1))
    parts = [
        unit(name, row(target, actual, name="指标"), annual=annual)
        for name, actual, annual in zip(CAPITALS, actuals, given, strict=False)
    ]
    into = form(row(target, "", name="指标"))
    return indicator(consolidate(parts, rules(toml), into))


def indicator(done: Consolidated, number: int = 0) -> Rolled:
    return next(one for one in done.rolled if one.spot.part == "indicator" and one.spot.row == number)


@pytest.mark.parametrize(
    ("target", "actuals", "method", "text"),
    [
        # counts are added up
        ("≥10次", ("3次", "4次", "5次"), "sum", "12次"),
        ("≥10次", ("3", "4", "5.5"), "sum", "12.5"),
        ("12次/年", ("6次/年", "8次/年"), "sum", "14次/年"),
        # 万人 and 人 are one measure; the result is in the department's
        ("≥20000人", ("1.2万人", "900人"), "sum", "12900人"),
        ("≥2万人", ("12000人", "0.8万人"), "sum", "2万人"),
        ("≤0次", ("无", "0次"), "sum", "0次"),
        # percentages: (90×100 + 96×200 + 99×300) ÷ 600 = 96.5
        ("≥95%", ("90%", "96%", "99%"), "weighted", "96.5%"),
        # (90×100 + 95×200) ÷ 300 = 93.333…
        ("≥95%", ("90%", "95%"), "weighted", "93.33%"),
        ("≥95%", ("0.9", "95"), "weighted", "93.33"),
        ("≤5‰", ("3‰", "0.6%"), "weighted", "5‰"),
        # numerator and denominator: (49 + 10) ÷ (50 + 20) = 84.29 %, and not a mean of 98 % and 50 %
        ("≥95%", ("98%（49/50）", "10/20"), "ratio", "84.29%"),
        # one unit without them: 98 × 100 + 50 × 200 over 300
        ("≥95%", ("49/50", "50%"), "weighted", "66%"),
        # what is an average already, points and quotients: (80×100 + 95×200) ÷ 300 = 90
        ("≥90分", ("80分", "95分"), "weighted", "90分"),
        ("≤3000元/人", ("2000元/人", "3500元/人"), "weighted", "3000元/人"),
        ("2024年6月底", ("2024年5月", "2024年7月1日"), "latest", "2024年7月1日"),
        ("6月底前", ("5月底", "3月"), "latest", "5月底"),
        ("有效", ("有效", "有 效", "较好"), "majority", "有效"),
        ("有效", ("98%", "95%"), "weighted", "96%"),
    ],
)
def test_the_usual_way(target: str, actuals: tuple[str, ...], method: str, text: str) -> None:
    done = joined(target, *actuals)
    assert (done.method, done.text.replace(" ", ""), done.partial) == (method, text, False)


@pytest.mark.parametrize(
    ("toml", "target", "actuals", "text"),
    [
        ('indicators = { "指标" = "max" }', "≥10%", ("3%", "9%", "5%"), "9%"),
        ('indicators = { "指标" = "min" }', "≥10次", ("3次", "9次", "5次"), "3次"),
        ('indicators = { "指标" = "mean" }', "≥10次", ("3次", "9次", "5次"), "5.67次"),
        ('indicators = { "指标" = "mean" }\ndecimals = 0', "≥10次", ("3次", "9次", "5次"), "6次"),
        ('indicators = { "指标" = "sum" }', "≥10%", ("3%", "9%"), "12%"),
        ('indicators = { "指标" = "weighted" }', "≥95%", ("49/50", "10/20"), "66%"),
        ('counts = "max"', "≥10次", ("3次", "9次", "5次"), "9次"),
        ('percents = "mean"', "≥10%", ("3%", "9%"), "6%"),
        ('averages = "sum"', "≥10分", ("3分", "9分"), "12分"),
        ('weight_by = "executed"', "≥95%", ("90%", "96%"), "93%"),
        ('indicators = { "指标" = "fixed" }', "≥10次", ("3次", "9次"), ""),
        ('words = "fixed"', "有效", ("有效", "有效"), ""),
        ('dates = "majority"', "6月底前", ("5月底", "5月底", "3月"), "5月底"),
    ],
)
def test_the_rule_set_says_otherwise(toml: str, target: str, actuals: tuple[str, ...], text: str) -> None:
    done = joined(target, *actuals, toml=f"[consolidation]\n{toml}")
    assert (done.text, done.partial) == (text, False)


@pytest.mark.parametrize(
    ("target", "actuals", "text", "note"),
    [
        ("≥10次", ("3次", "", "5次"), "8次", "没有填：乙"),
        ("≥10次", ("3次", "较好", "5次"), "8次", "填的是文字，没有汇总：乙"),
        ("≥10人", ("3人", "4件"), "3人", "单位“件”与“人”不同，没有汇总：乙"),
        ("≥10人", ("3人", "4人次"), "3人", "单位“人次”与“人”不同，没有汇总：乙"),
        ("≤30天", ("10天", "1个月"), "10天", "单位“个月”与“天”不同，没有汇总：乙"),
        ("有效", ("有效", "较好"), "", "没有多数意见，请在部门表上自己填写"),
        ("有效", ("有效", "较好", "有效"), "有效", "少数：“较好”1 家（乙）"),
        ("≥10次", ("", ""), "", "没有一个单位填写，保持原样"),
    ],
)
def test_what_is_missing_or_unlike_is_named_and_never_nought(
    target: str, actuals: tuple[str, ...], text: str, note: str
) -> None:
    done = joined(target, *actuals)
    assert done.text == text
    assert note in done.notes
    assert done.partial is not note.startswith("少数")


def test_a_number_without_unit_is_no_percentage_beside_another_target() -> None:
    parts = [
        unit("甲", row("≥95%", "96%", name="完成率")),
        unit("乙", row("≥500", "480", name="完成率")),
        unit("丙", row("≥95", "97", name="完成率"), annual=300),
    ]
    done = indicator(consolidate(parts, RULES, form(row("≥95%", "", name="完成率"))))
    assert done.text == "96.75%"
    assert done.notes == ("没有写单位，不能确定是不是百分数，没有汇总：乙",)


def test_a_unit_without_money_does_not_weigh() -> None:
    done = joined("≥95%", "90%", "96%", moneys=(100, None))
    assert (done.text, done.partial) == ("90%", True)
    assert done.notes == ("没有金额，不计入加权平均：乙",)
    done = joined("≥95%", "90%", "96%", moneys=(None, None))
    assert (done.method, done.text, done.partial) == ("mean", "93%", False)
    assert done.notes == ("各单位都没有金额，改为不加权的平均",)


def test_a_printed_rate_that_its_numbers_contradict() -> None:
    done = joined("≥95%", "90%（49/50）", "50/50")
    assert done.text == "99%"
    assert done.given[0].note == "写的是 90%，分子除以分母是 98%，按分子、分母计"


def test_a_method_that_does_not_fit() -> None:
    done = joined("有效", "有效", "有效", toml='[consolidation]\nindicators = { "指标" = "sum" }')
    assert (done.value, done.partial) == (None, True)
    assert done.notes == ("规则集要求“相加”，各单位填的却是文字，没有汇总",)


def test_a_cell_that_cannot_be_taken_as_it_stands_is_named_with_its_reason() -> None:
    spot, total = Spot("indicator", 0, "actual"), Spot("funding", 0, "executed")
    faults = (CellFault(spot, "F9", "error", "#DIV/0!"), CellFault(total, "E5", "uncalculated"))
    bad = unit("乙", row("≥1次", "#DIV/0!", name="指标"), executed=None)
    parts = [
        unit("甲", row("≥1次", "3次", name="指标")),
        Part("乙", replace(bad.form, faults=faults)),
    ]
    done = consolidate(parts, RULES, form(row("≥1次", "", name="指标"), funding=(money(),)))
    assert indicator(done).notes == ("单元格是错误值“#DIV/0!”，没有汇总：乙",)
    executed = next(one for one in done.rolled if one.spot == total)
    assert (executed.notes, executed.partial) == (("单元格的公式没有计算过，没有汇总：乙",), True)


def test_words_of_a_date_are_of_the_forms_year() -> None:
    assert joined("6月底前", "5月底", "3月").value == Day(2024, 5, 31)


def test_an_answer_in_the_negative_is_nought_only_where_nought_was_asked_for() -> None:
    assert joined("100%", "无", "90%").notes == ("填的是文字，没有汇总：甲",)
    assert joined("0次", "无", "1次").text == "1次"


def test_a_target_that_was_copied_counts_and_is_named() -> None:
    done = joined("≥90%", "≥90%", "96%")
    assert done.text == "94%"
    assert done.given[0].note == "带着符号“≥”，像是照抄的指标值，按 90% 计"


def test_a_rate_that_units_state_otherwise_than_their_money_does() -> None:
    """(100 + 200 − 30 − 60) ÷ 300 = 70 %, where one unit says 0 %: (70 × 100 + 0 × 200) ÷ 300 = 23.33 %."""

    def rolled(name: str, *printed: str) -> Rolled:
        parts = [
            unit("甲", row("≤20%", printed[0], name=name), annual=100, executed=30),
            unit("乙", row("≤20%", printed[1], name=name), annual=200, executed=60),
        ]
        return indicator(consolidate(parts, RULES, form(row("≤20%", "", name=name), funding=(money(),))))

    agreed = rolled("结转结余率", "70%", "70.00%")
    assert (agreed.method, agreed.text) == ("derived", "70%")
    assert agreed.notes == ("（全年300 － 执行90）÷ 全年300",)
    other = rolled("结转结余率", "70%", "0%")
    assert (other.method, other.text) == ("weighted", "23.33%")
    assert other.notes == ("填报的与本单位资金不符，没有由资金推算（推算为 70%）：乙",)
    # How the rate of execution is worked out is printed on every form.
    rate = rolled("预算执行率", "30%", "100%")
    assert (rate.method, rate.text) == ("derived", "30%")
    assert rate.notes == ("执行数90 ÷ 预算数300", "填报的与本单位资金不符：乙")


def test_money_is_added_by_its_source() -> None:
    """年初 90 + 110 = 200, 全年 100 + 120 = 220, 执行 80 + 60 = 140; 财政拨款 70 + 120 = 190."""
    first = form(
        row("≥80%", "80%", name="预算执行率"),
        funding=(
            money(90, 100, 80),
            money(60, 70, 70, item="其中：当年财政拨款"),
            money(30, 30, 10, item="债券资金"),
        ),
    )
    second = form(
        row("≥80%", "50%", name="预算执行率"),
        funding=(
            money(110, 120, 60),
            money(110, 120, None, item="财政拨款"),
            money(0, 0, 0, item="结转资金"),
        ),
    )
    into = form(
        row("≥80%", "", name="预算执行率"),
        funding=(money(), money(item="（1）财政拨款"), money(item="上年结转资金"), money(item="其他资金")),
    )
    done = consolidate([Part("甲", first), Part("乙", second)], RULES, into)
    assert [(one.initial, one.annual, one.executed) for one in done.form.funding] == [
        (200, 220, 140),
        (170, 190, 70),
        (0, 0, 0),
        (None, None, None),
    ]
    assert done.notes == ("资金来源“债券资金”部门表没有这一行，没有汇总：甲",)
    rate = indicator(done)
    # 140 ÷ 220 = 63.64 %, and not what 80 % and 50 % make.
    assert (rate.method, rate.text) == ("derived", "63.64%")
    executed = next(one for one in done.rolled if one.label == "（1）财政拨款·全年执行数")
    assert (executed.notes, executed.partial) == (("没有填：乙",), False)


def test_of_a_document_what_could_not_be_read_for_certain_is_named() -> None:
    blank = unit("甲", row("≥1次", "", name="次数"))
    fault = CellFault(Spot("indicator", 0, "actual"), "F9", "unsure")
    parts = [Part("甲", replace(blank.form, faults=(fault,))), unit("乙", row("≥1次", "2次", name="次数"))]
    done = indicator(consolidate(parts, RULES, form(row("≥1次", "", name="次数"), funding=(money(),))))
    assert (done.text, done.notes) == ("2次", ("文档里的这一格读不准，没有汇总：甲",))


def test_a_list_of_sources_is_added_up_in_every_amount() -> None:
    """A monitoring form without a total: 10 + 20 = 30 so far, 50 + 60 = 110 foreseen."""
    sources = tuple(
        Funding(item, initial=Decimal(100), so_far=Decimal(so_far), expected=Decimal(expected))
        for item, so_far, expected in (("财政拨款", 10, 50), ("其他资金", 20, 60))
    )
    part = Part("甲", form(funding=sources, totalled=False))
    done = consolidate([part], RULES, form(funding=(money(item="合计"),)))
    (total,) = done.form.funding
    assert (total.initial, total.so_far, total.expected) == (200, 30, 110)


def test_a_total_that_a_unit_left_blank_is_named() -> None:
    done = consolidate(
        [unit("甲", executed=40), unit("乙", executed=None)], RULES, form(funding=(money(executed=7),))
    )
    total = next(one for one in done.rolled if one.spot.field == "executed")
    assert (total.value, total.was, total.partial, total.notes) == (40, "7", True, ("没有填：乙",))


def test_a_rate_is_not_made_of_what_the_department_had_before() -> None:
    into = form(row("≥80%", "", name="预算执行率"), funding=(money(None, None, 7),))
    parts = [unit("甲", row("≥80%", "50%", name="预算执行率"), executed=None)]
    done = indicator(consolidate(parts, RULES, into))
    assert (done.method, done.text) == ("weighted", "50%")


def test_indicators_of_one_side_only_are_named() -> None:
    parts = [
        unit("甲", row("≥1次", "3次", name="培训次数"), row("≥1次", "2次", name="会议次数")),
        unit("乙", row("≥1次", "4次", name="开展培训次数")),
    ]
    rows = row("≥1次", "", name="培训次数"), row("≥1人", "9人", name="受益人数")
    done = consolidate(parts, RULES, form(*rows, funding=(money(),)))
    assert done.notes == (
        "部门表没有指标“会议次数”，没有汇总：甲",
        "部门表没有指标“开展培训次数”（与“培训次数”名称相近，是同一个的请改成同名后重新汇总），没有汇总：乙",
    )
    assert indicator(done).text == "3次"
    assert indicator(done).notes == ("表上没有这个指标：乙",)
    assert (indicator(done, 1).value, done.form.indicators[1].actual.text) == (None, "9人")


PERCENTS = st.lists(
    st.tuples(
        st.decimals(0, 100, places=2).map(lambda number: f"{number}%"),
        st.decimals("0.01", 9999, places=2).map(float),
    ),
    min_size=1,
    max_size=8,
)


@given(PERCENTS)
def test_a_weighted_mean_lies_between_its_parts(values: list[tuple[str, float]]) -> None:
    done = joined("≥95%", *(text for text, _ in values), moneys=tuple(one for _, one in values))
    numbers = [Decimal(text.rstrip("%")) for text, _ in values]
    assert isinstance(done.value, Decimal)
    assert min(numbers) <= done.value <= max(numbers)


SOME = ("3次", "0.5万次", "4", "", "较好", "7件", "无", "2024年6月")
ANSWERS = st.lists(st.sampled_from(SOME), min_size=1, max_size=8)


@given(ANSWERS, st.sampled_from(["≥5次", "有效", "2024年6月底", "≥5", ""]), st.randoms())
def test_the_order_of_the_units_does_not_matter(actuals: list[str], target: str, random: object) -> None:
    def result(order: list[str]) -> tuple[object, ...]:
        done = joined(target, *order, moneys=(100,) * len(order))
        return done.method, done.value, done.text, done.partial

    shuffled = list(actuals)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert result(actuals) == result(shuffled)


@given(ANSWERS)
def test_the_parts_that_count_add_up(actuals: list[str]) -> None:
    done = joined("≥5次", *actuals)
    if done.method == "sum":
        values = [one.value for one in done.counted if isinstance(one.value, Decimal)]
        assert done.value == (sum(values) if values else None)
        assert len(done.given) == len(actuals)


@given(st.sampled_from(["3次", "95.5%", "有效", "2024年6月", "98%（49/50）", "0.5万次"]))
def test_one_unit_alone_gives_itself(actual: str) -> None:
    done = joined(actual.partition("（")[0], actual)
    assert done.text == actual.partition("（")[0]
    assert not done.partial


def test_no_unit_at_all_changes_nothing() -> None:
    into: Form = form(row("≥1次", "9次"), funding=(money(1, 2, 3),))
    assert consolidate([], RULES, into).form == into
