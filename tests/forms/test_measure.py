"""Printed values: every spelling met in published forms, and what may stand beside them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts import PUBLISHED, published, shangjie
from hypothesis import given
from hypothesis import strategies as st

from perf_excel.forms.measure import (
    PREFIX_SIGNS,
    SUFFIX_SIGNS,
    Day,
    Measure,
    Sign,
    comparable,
    exact,
    parse,
    spell,
)
from perf_excel.forms.text import plain
from perf_excel.forms.units import base_unit, canonical_unit, dimension, same_measure

D = Decimal

NUMBERS: list[tuple[str, Sign, str, str]] = [
    # printed, sign, number, unit
    ("≥95%", "≥", "95", "%"),
    ("≧100%", "≥", "100", "%"),
    ("⩾95%", "≥", "95", "%"),
    (">=21933人", "≥", "21933", "人"),
    ("＞=95%", "≥", "95", "%"),
    ("＞＝95%", "≥", "95", "%"),
    ("=>95%", "≥", "95", "%"),
    ("不低于95%", "≥", "95", "%"),
    ("不得低于95%", "≥", "95", "%"),
    ("不少于12次", "≥", "12", "次"),
    ("大于等于90分", "≥", "90", "分"),
    ("大于或等于90", "≥", "90", ""),
    ("至少3场", "≥", "3", "场"),
    ("95%以上", "≥", "95", "%"),
    ("95%及以上", "≥", "95", "%"),
    ("95%（含）以上", "≥", "95", "%"),
    ("达到95%以上", "≥", "95", "%"),
    ("达95%以上", "≥", "95", "%"),
    ("≥95%以上", "≥", "95", "%"),
    ("大于90%", ">", "90", "%"),
    ("超过90%", ">", "90", "%"),
    ("＞5", ">", "5", ""),
    ("≤30%", "≤", "30", "%"),
    ("≦30%", "≤", "30", "%"),
    ("<=5300元/户", "≤", "5300", "元/户"),
    ("＜=5300元", "≤", "5300", "元"),
    ("不超过90万元", "≤", "90", "万元"),
    ("不得超过90万元", "≤", "90", "万元"),
    ("不高于5‰", "≤", "5", "‰"),
    ("小于等于5%", "≤", "5", "%"),
    ("控制在10%以内", "≤", "10", "%"),
    ("30天之内", "≤", "30", "天"),
    ("10人以下", "≤", "10", "人"),
    ("15个工作日内", "≤", "15", "个工作日"),
    ("低于10%", "<", "10", "%"),
    ("＜5", "<", "5", ""),
    ("═100%", "=", "100", "%"),
    ("=1年", "=", "1", "年"),
    ("=9间数", "=", "9", "间数"),
    ("等于3次", "=", "3", "次"),
    ("100%", "", "100", "%"),
    ("100%%", "", "100", "%"),
    ("100%％", "", "100", "%"),
    ("９８％", "", "98", "%"),
    ("９８．５％", "", "98.5", "%"),
    ("98.5﹪", "", "98.5", "%"),
    ("100百分比", "", "100", "%"),
    ("3个百分点", "", "3", "%"),
    ("百分之95", "", "95", "%"),
    ("-27.59%", "", "-27.59", "%"),
    ("−1.01%", "", "-1.01", "%"),
    ("5‰", "", "5", "‰"),
    ("1,812.92", "", "1812.92", ""),
    ("１，８１２．９２万元", "", "1812.92", "万元"),
    ("2,760,380元", "", "2760380", "元"),
    ("6000余份", "", "6000", "份"),
    ("2000多人次", "", "2000", "人次"),
    ("约200人", "", "200", "人"),
    ("共计12次", "", "12", "次"),
    ("完成12次", "", "12", "次"),
    ("530元/人*月", "", "530", "元/人*月"),
    ("12.5", "", "12.5", ""),
    ("100.00%", "", "100.00", "%"),
    ("0起", "", "0", "起"),
    ("0", "", "0", ""),
    ("2859篇", "", "2859", "篇"),
    ("10 %", "", "10", "%"),
    (" ≥ 95 % ", "≥", "95", "%"),
    ("≥\n95%", "≥", "95", "%"),
    ("≥1 000人", "≥", "1000", "人"),
    ("6个月", "", "6", "个月"),
    ("95%满意", "", "95", "%"),
]


@pytest.mark.parametrize(("text", "sign", "number", "unit"), NUMBERS)
def test_a_number(text: str, sign: Sign, number: str, unit: str) -> None:
    got = parse(text)
    assert (got.kind, got.sign, got.number, got.unit) == ("number", sign, D(number), unit)
    assert got.text == text


def test_a_number_rounded_down_says_so() -> None:
    assert [parse(text).about for text in ("6000余份", "2000多人", "6000份", "约200人")] == [
        True,
        True,
        False,
        False,
    ]


DATES = [
    # printed, year, month, day
    ("2022年6月底", 2022, 6, 31),
    ("2022年6月", 2022, 6, 31),
    ("2022年06月30日", 2022, 6, 30),
    ("2022年12月31日前", 2022, 12, 31),
    ("2022年12月底之前", 2022, 12, 31),
    ("2022年12月底前完成", 2022, 12, 31),
    ("2022年底", 2022, 12, 31),
    ("2022年度", 2022, 12, 31),
    ("2022年度内完成", 2022, 12, 31),
    ("2022年第四季度", 2022, 12, 31),
    ("2022年2季度末前", 2022, 6, 31),
    ("第3季度", 0, 9, 31),
    ("一季度", 0, 3, 31),
    ("2022年底前", 2022, 12, 31),
    ("2022年年底", 2022, 12, 31),
    ("2022年6月上旬", 2022, 6, 10),
    ("2022年6月中旬", 2022, 6, 20),
    ("2022年6月下旬", 2022, 6, 31),
    ("２０２２年６月３０日", 2022, 6, 30),
    ("2022 年 6 月 30 日", 2022, 6, 30),
    ("2022-12-31", 2022, 12, 31),
    ("2022/7/1", 2022, 7, 1),
    ("2022.6.30", 2022, 6, 30),
    ("截至2022年7月", 2022, 7, 31),
    ("不晚于2022年5月5日", 2022, 5, 5),
    ("12月底", 0, 12, 31),
    ("12月31日前", 0, 12, 31),
    ("6月份", 0, 6, 31),
]


@pytest.mark.parametrize(("text", "year", "month", "day"), DATES)
def test_a_date(text: str, year: int, month: int, day: int) -> None:
    assert parse(text) == Measure(text, "date", day=Day(year, month, day))


@pytest.mark.parametrize(
    "text",
    [
        "达标",
        "有效",
        "已完成",
        "达成预期指标",
        "应助尽助",
        "12月底之前完成工程量80%",
        "每月15日",
        "10-15次",
        "80%-90%",
        "1.2.3",
        "100、200",
        "第三方10家2次",
        "建立与否",
        "-",
        "/",
        "无",
        "≥",
        "%",
        "≥**人",
        "指标1：",
        "1）完成",
        "3＋2",
        "一百",
        "2022年13月",
        "约",
        "12,34",
        "≥95%，≤100%",
        "100件合格90件",
        "1:1",
        "N/A",
        "三公",
        ".",
        "Ⅱ级",
        "②5个",
    ],
)
def test_words(text: str) -> None:
    assert parse(text) == Measure(text, "words")


@pytest.mark.parametrize("text", ["", " ", "\n\t", "　"])
def test_nothing(text: str) -> None:
    assert (parse(text).kind, parse(text).text) == ("empty", text)


def test_every_value_of_the_published_forms_keeps_its_text() -> None:
    for form in (shangjie(), *map(published, PUBLISHED)):
        for row in form.indicators:
            for value in (row.target, row.actual):
                assert parse(value.text) == value
                assert value.kind in ("number", "words", "empty", "date")
                if value.text[:1] in ("≥", "≤", "≧", "=", "═", "<", ">"):
                    assert value.kind == "number"
                    assert value.sign


def spellings_of(sign: Sign) -> st.SearchStrategy[tuple[str, str]]:
    """Ways to say a sign: before the number, behind the unit, or both."""
    before = [(word, "") for word, meaning in PREFIX_SIGNS.items() if meaning == sign]
    behind = [("", word) for word, meaning in SUFFIX_SIGNS.items() if meaning == sign]
    return st.sampled_from([*before, *behind] or [("", "")])


def spelled(number: Decimal, *, grouped: bool, wide: bool) -> str:
    text = f"{number:,f}" if grouped else f"{number:f}"
    return text.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789.,"}) if wide else text


SIGNS: list[Sign] = ["", "≥", "≤", ">", "<", "="]
signs = st.sampled_from(SIGNS)
units = st.sampled_from(
    ["", "%", "％", "‰", "次", "人次", "万元", "元", "元/人", "个", "公里", "个月", "天", "起", "份"]
)
decimals = st.one_of(
    st.integers(0, 10**9).map(Decimal),
    st.decimals(min_value=0, max_value=10**6, places=2),
    st.just(D("0.001")),
)
fillers = st.sampled_from(["", "约", "达到", "共", "完成"])


@given(
    signs.flatmap(lambda sign: st.tuples(st.just(sign), spellings_of(sign))),
    fillers,
    decimals,
    units,
    st.booleans(),
    st.booleans(),
)
def test_any_spelling_says_what_was_spelled(
    sign: tuple[Sign, tuple[str, str]],
    filler: str,
    number: Decimal,
    unit: str,
    grouped: bool,  # noqa: FBT001
    wide: bool,  # noqa: FBT001
) -> None:
    meaning, (before, behind) = sign
    text = f"{before}{filler}{spelled(number, grouped=grouped, wide=wide)}{unit}{behind}"
    got = parse(text)
    assert (got.kind, got.sign, got.number, got.unit) == (
        "number",
        meaning,
        number,
        canonical_unit(plain(unit)),
    )
    assert got.text == text


@given(signs, decimals, units.map(plain).map(canonical_unit))
def test_the_common_spelling_reads_back(sign: Sign, number: Decimal, unit: str) -> None:
    got = parse(spell(sign, number, unit))
    assert (got.sign, got.number, got.unit) == (sign, number, unit)


@given(st.text(max_size=40) | st.text(alphabet="0123456789.,%≥≤=-年月日底以上内 ～（）万元", max_size=15))
def test_any_text_is_read_as_something_and_kept(text: str) -> None:
    got = parse(text)
    assert got.text == text
    assert (got.number is not None) == (got.kind == "number")
    assert (got.day is not None) == (got.kind == "date")
    assert (got.kind == "empty") == (not plain(text))


@pytest.mark.parametrize(
    ("shown", "held", "percent", "number", "unit"),
    [
        ("72.41%", "0.724147", True, "72.4147", "%"),
        ("99%", "0.99", True, "99", "%"),
        ("12人", "12", False, "12", "人"),
        ("≥95%", "95", False, "95", "%"),
        ("1,812.92", "1812.92", False, "1812.92", ""),
        ("8.1", "8.05", False, "8.05", ""),
        ("(5)", "5", False, "5", ""),
    ],
)
def test_a_number_cell_keeps_what_it_holds(
    shown: str,
    held: str,
    percent: bool,  # noqa: FBT001
    number: str,
    unit: str,
) -> None:
    got = exact(shown, D(held) * (100 if percent else 1), percent=percent)
    assert (got.kind, got.text, got.number, got.unit) == ("number", shown, D(number), unit)


COMPARABLE = [
    ("0.5万元", "4000元", "5000", "4000"),
    ("1亿元", "1万元", "100000000", "10000"),
    ("5‰", "0.5%", "0.5", "0.5"),
    ("50个", "50", "50", "50"),
    ("100", "98%", "100", "98"),
    ("95%", "95%", "95", "95"),
    ("735人次", "735人", "735", "735"),
    ("3万余人", "30000人", "30000", "30000"),
    ("1个月", "20天", "2592000", "1728000"),
    ("1年", "12个月", "12", "12"),
    ("2季度", "5个月", "6", "5"),
    ("24小时", "1天", "86400", "86400"),
    ("30天", "25日", "30", "25"),
    ("1.5公里", "1600米", "1500000", "1600000"),
    ("15亩", "1公顷", "30000", "30000"),
    ("2吨", "2000公斤", "2000000", "2000000"),
    ("1万公里", "5000公里", "10000", "5000"),
    ("12次/年", "10次", "12", "10"),
]


@pytest.mark.parametrize(("one", "other", "first", "second"), COMPARABLE)
def test_two_values_in_one_scale(one: str, other: str, first: str, second: str) -> None:
    assert comparable(parse(one), parse(other)) == (D(first), D(second))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("达标", "5"),
        ("5", ""),
        ("100%", "1000件"),
        ("10天", "8工作日"),
        ("1年", "365天"),
        ("5件", "5元"),
        ("3万元", "3美元"),
    ],
)
def test_what_cannot_be_compared(one: str, other: str) -> None:
    assert comparable(parse(one), parse(other)) is comparable(parse(other), parse(one)) is None


@pytest.mark.parametrize(
    ("text", "percent"),
    [("95%", "95"), ("950‰", "95"), ("5", None), ("5次", None), ("达标", None), ("%", None)],
)
def test_a_percentage(text: str, percent: str | None) -> None:
    assert parse(text).percent == (None if percent is None else D(percent))


@pytest.mark.parametrize("text", ["百分之95-98%", "5m²至8m²", "95%-98%"])
def test_a_range_is_words(text: str) -> None:
    assert parse(text).kind == "words"


def test_words_are_compared_without_white_space() -> None:
    assert parse("有 效").words == parse("有效").words


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("%", "比率"),
        ("‰", "比率"),
        ("元", "金额"),
        ("万元", "金额"),
        ("亿元", "金额"),
        ("天", "时间"),
        ("个工作日", "时间"),
        ("公里", "长度"),
        ("亩", "面积"),
        ("万平方米", "面积"),
        ("立方米", "体积"),
        ("吨", "重量"),
        ("分", "评分"),
        ("次", "计数"),
        ("万人", "计数"),
        ("", "计数"),
        ("元/人*月", "金额/"),
        ("次/年", "计数/"),
    ],
)
def test_what_a_unit_measures(unit: str, kind: str) -> None:
    assert dimension(unit) == kind


@pytest.mark.parametrize(
    ("unit", "scale", "base"),
    [
        ("万元", 10_000, "元"),
        ("亿元", 100_000_000, "元"),
        ("元", 1, "元"),
        ("‰", "0.1", "%"),
        ("万人次", 10_000, "人次"),
        ("", 1, ""),
    ],
)
def test_scale_and_base(unit: str, scale: object, base: str) -> None:
    assert base_unit(unit) == (D(str(scale)), base)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("%", "‰", True),
        ("人", "人次", True),
        ("元", "万元", True),
        ("天", "日", True),
        ("个月", "月", True),
        ("次/年", "次", True),
        ("%", "件", False),
        ("元", "%", False),
        ("天", "个月", True),
        ("年", "季度", True),
        ("年", "天", False),
        ("天", "工作日", False),
        ("公里", "米", True),
        ("亩", "公顷", True),
        ("亩", "公里", False),
        ("分", "%", False),
        ("公斤", "千克", True),
        ("吨", "公斤", True),
        ("元", "美元", False),
        ("工作日", "个工作日", True),
    ],
)
def test_units_of_one_measure(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert same_measure(one, other) is same_measure(other, one) is same
