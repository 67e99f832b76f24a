"""One text for comparing: what is the same, what is not, and the way back to the text as typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perf_excel.forms.text import Folded, folded, is_blank, plain, remembered, without


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("９８％", "98%"),
        ("⼀级指标", "一级指标"),
        ("⽬标值", "目标值"),
        ("⻓度", "长度"),
        ("\uf9e9程", "里程"),
        ("指\u200b标\ufeff值\u00ad", "指标值"),
        ("得\u2060分\ufe0f", "得分"),
        ("分\u3000值 \u00a0\u2009\u2800", "分值"),
        ("≧95﹪", "≥95%"),
        ("（一）", "(一)"),
        ("㈠产出", "(一)产出"),
        ("⒈数量", "1.数量"),
        ("㎡", "m²"),
        ("μg/m3", "μg/m³"),
        ("\u2212\u20131", "--1"),
        ("\U0001d7d7\U0001d7d6", "98"),
    ],
)
def test_what_is_the_same(text: str, same: str) -> None:
    assert plain(text) == plain(same)


@pytest.mark.parametrize(
    ("one", "other"), [("10²", "102"), ("①项", "1项"), ("½", "12"), ("达标", "不达标"), ("—", "-")]
)
def test_what_says_something_else_stays_apart(one: str, other: str) -> None:
    assert plain(one) != plain(other)


@pytest.mark.parametrize("text", ["", " ", "\u3000\n", "\u200b\ufeff", "\u3164", "\u2800 "])
def test_a_text_that_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}0")


@given(st.text(), st.data())
def test_a_cut_gives_the_typed_text_piece_by_piece(text: str, data: st.DataObject) -> None:
    shown = Folded(text)
    assert shown.text == folded(text)
    start = data.draw(st.integers(0, len(shown.text)))
    end = data.draw(st.integers(start, len(shown.text)))
    assert "".join(shown.cut(start, end)) == text


def test_what_is_found_is_cut_out_of_the_text_as_typed() -> None:
    points = re.compile(r"\(\d+分\)$")
    assert without(points, "产出\u200b指标（５\u200b０分）") == "产出\u200b指标"
    assert without(points, "产\u3000出指标") == "产\u3000出指标"


@given(st.text())
def test_a_text_for_comparing_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_what_short_texts_come_to_is_kept_and_long_ones_are_not() -> None:
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    long = "长" * 5000
    assert [length(text) for text in ("短", "短", long, long)] == [1, 1, 5000, 5000]
    assert asked == ["短", long, long]


def test_of_too_many_short_texts_all_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perf_excel.forms.text._MOST_TEXTS", 2)
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [length(text) for text in ("一", "二二", "一", "三三三", "一")] == [1, 2, 1, 3, 1]
    assert asked == ["一", "二二", "三三三", "一"]
