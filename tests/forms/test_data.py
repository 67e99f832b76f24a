"""A form as plain data, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from facts import CASES, shangjie
from hypothesis import given
from hypothesis import strategies as st

from perf_excel.errors import UserError
from perf_excel.forms.data import REASON_ELSEWHERE, form_of, load_form
from perf_excel.forms.data_writing import data_of, plain_number
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form, Funding, Goal, Indicator, Task


def load(**fields: Any) -> Form:
    return load_form(json.dumps(fields, ensure_ascii=False), "甲.json")


def test_the_fields_of_a_form() -> None:
    form = load(
        form="项目支出绩效自评表",
        unit="某局",
        unit_code="034001",
        year=2022,
        region="某省",
        budget=[
            {
                "item": "年度资金总额",
                "initial": 1.5,
                "annual": "1,812.92",
                "executed": 0,
                "weight": 10,
                "rate": "0%",
                "score": None,
            }
        ],
        goal={"expected": "办好", "achieved": "办好了"},
        tasks=["任务一", {"name": "任务二", "content": "做", "actual": "做了"}],
        indicators=[
            {
                "level1": "产出",
                "level2": "数量",
                "level3": "次数",
                "target": "≥12次",
                "actual": 12,
                "weight": 7.5,
                "score": 7.5,
                "reason": None,
            },
            {"level3": "别的", "has_reason": True},
        ],
        total=95.81,
        grade="优",
    )
    assert (form.form, form.unit, form.unit_code, form.year) == ("项目支出绩效自评表", "某局", "034001", 2022)
    assert form.budget == Funding(
        "年度资金总额", Decimal("1.5"), Decimal("1812.92"), Decimal(0), Decimal(10), parse("0%"), None
    )
    assert form.goal == Goal("办好", "办好了")
    assert form.tasks == (Task("任务一"), Task("任务二", "做", "做了"))
    assert form.indicators[0] == Indicator(
        "产出", "数量", "次数", parse("≥12次"), parse("12"), Decimal("7.5"), Decimal("7.5")
    )
    assert form.indicators[1].reason == REASON_ELSEWHERE
    assert (form.total, form.grade) == (Decimal("95.81"), "优")


def test_numbers_are_exact() -> None:
    assert load(total=0.1).total == Decimal("0.1")
    assert load(total="95.810").total == Decimal("95.81")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"year": "去年"}, "“year”应为数字，现为“去年”"),
    ({"year": []}, "“year”应为数字"),
    ({"total": True}, "“total”应为数字"),
    ({"total": "NaN"}, "“total”应为数字"),
    ({"total": "Infinity"}, "“total”应为数字"),
    ({"unit": {}}, "“unit”应为文字"),
    ({"unit": True}, "“unit”应为文字"),
    ({"budget": {}}, "“budget”应为列表"),
    ({"budget": ["x"]}, "“budget 第 1 行”应为对象"),
    ({"budget": [{}, {"annual": "很多"}]}, "budget 第 2 行：“annual”应为数字，现为“很多”"),
    ({"indicators": "x"}, "“indicators”应为列表"),
    ({"indicators": [{}, []]}, "“indicators 第 2 行”应为对象"),
    ({"indicators": [{"weight": "十"}]}, "indicators 第 1 行：“weight”应为数字，现为“十”"),
    ({"indicators": [{"target": ["≥1"]}]}, "“target”应为文字"),
    ({"tasks": "x"}, "“tasks”应为列表"),
    ({"tasks": [5]}, "“tasks 的每一项”应为对象"),
    ({"goal": "办好"}, "“goal”应为对象"),
    ({"grade": ["优"]}, "“grade”应为文字"),
    ({"year": "1e999999"}, "“year”"),
    ({"year": 2022.5}, "“year”"),
]


@pytest.mark.parametrize(("fields", "words"), WRONG)
def test_what_is_wrong_is_named(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError) as caught:
        load(**fields)
    assert str(caught.value).startswith("甲.json：")
    assert words in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[1,2", "\x00", "[" * 100_000, "null", "[]", "5", '"x"', "{} {}"])
def test_what_is_no_form_at_all(text: str) -> None:
    with pytest.raises(UserError, match=r"^甲\.json：.*请检查"):
        load_form(text, "甲.json")


def test_the_published_forms_come_back_the_same() -> None:
    for path in CASES.glob("published/*.json"):
        form = load_form(path.read_text("utf-8"), path.name)
        assert again(form) == form
    assert again(shangjie()) == shangjie()


def again(form: Form) -> Form:
    return load_form(json.dumps(data_of(form), ensure_ascii=False), "乙.json")


numbers = st.none() | st.integers(-(10**6), 10**12).map(Decimal) | st.decimals(-9999, 9999, places=3)
texts = st.text(max_size=12)
values = st.sampled_from(["", "≥95%", "98%", "达标", "2022年6月底", "6000余份", "-1.01%"]).map(
    parse
) | texts.map(parse)
forms = st.builds(
    Form,
    form=texts,
    unit=texts,
    unit_code=texts,
    year=st.none() | st.integers(2000, 2099),
    region=texts,
    funding=st.lists(
        st.builds(Funding, texts, numbers, numbers, numbers, numbers, values, numbers), max_size=3
    ).map(tuple),
    goal=st.builds(Goal, texts, texts),
    tasks=st.lists(st.builds(Task, texts, texts, texts), max_size=3).map(tuple),
    indicators=st.lists(
        st.builds(Indicator, texts, texts, texts, values, values, numbers, numbers, values, texts), max_size=4
    ).map(tuple),
    total=numbers,
    grade=texts,
)


@given(forms)
def test_any_form_comes_back_the_same(form: Form) -> None:
    # Which columns there are is told by what they hold.
    assert replace(again(form), columns=form.columns) == form


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "form",
                        "year",
                        "budget",
                        "goal",
                        "tasks",
                        "indicators",
                        "target",
                        "weight",
                        "name",
                        "total",
                        "item",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_any_data_is_a_form_or_an_error_in_words(data: Any) -> None:
    try:
        load_form(json.dumps(data), "甲.json")
    except UserError as error:
        assert str(error).startswith("甲.json：")  # noqa: PT017


def test_data_may_hold_plain_numbers_in_place_of_text() -> None:
    assert form_of({"indicators": [{"target": Decimal(12)}]}).indicators[0].target == parse("12")


@pytest.mark.parametrize(
    ("number", "plain"),
    [(None, None), ("10", 10), ("10.0", 10), ("8.05", 8.05), ("-0.5", -0.5), ("1E+2", 100)],
)
def test_a_number_as_json_writes_it(number: str | None, plain: float | None) -> None:
    got = plain_number(None if number is None else Decimal(number))
    assert got == plain
    assert type(got) is type(plain)
