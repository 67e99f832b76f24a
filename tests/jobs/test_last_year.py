"""This year's form from last year's, from another workbook, from a plain table: what goes in, what not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from facts import shangjie
from small import form, row
from typed import typed

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.forms.model import Form
from perf_excel.jobs.examination.data_sources import data_of
from perf_excel.jobs.examination.examining import find
from perf_excel.jobs.fill import fill
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.new_from_last_year import start_again
from perf_excel.jobs.new_from_source import look_at
from perf_excel.rules.rulesets.library import ruleset

RULES = ruleset("henan-department")


def last_year(folder: Path, data: Form) -> Path:
    path = folder / "上年.xlsx"
    path.write_bytes(make(Order(RULES, data=data), path).data)
    return path


def table(folder: Path, *rows: list[str | float | None]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for one in rows:
        sheet.append(one)
    path = folder / "数据.xlsx"
    book.save(path)
    return path


def test_last_year_s_indicators_are_taken_and_its_results_are_not(tmp_path: Path) -> None:
    last = shangjie()
    assert last.year is not None
    made = start_again(Order(RULES), last_year(tmp_path, last), tmp_path / "今年.xlsx")
    got = made.examined.form
    assert (got.unit, got.year) == (last.unit, last.year + 1)
    assert [(one.level3, one.target.text, one.weight) for one in got.indicators] == [
        (one.level3, one.target.text, one.weight) for one in last.indicators
    ]
    assert not any(one.actual.text or one.reason for one in got.indicators)
    assert not any(money.initial or money.annual or money.executed for money in got.funding)
    assert got.goal.expected == ""
    assert any("请按今年的情况逐项核对" in note for note in made.notes)
    assert any("预算、年度任务、实际完成值、得分、原因是上年的，没有带入" in note for note in made.notes)


def test_a_form_of_the_same_year_is_not_last_year_s(tmp_path: Path) -> None:
    source = last_year(tmp_path, shangjie())
    with pytest.raises(UserError, match="它不是上年的表"):
        start_again(Order(RULES, year=shangjie().year), source, tmp_path / "今年.xlsx")


def test_a_filled_workbook_is_data_too(tmp_path: Path) -> None:
    source = tmp_path / "手工表.xlsx"
    source.write_bytes(typed(shangjie()))
    assert [one.actual.text for one in data_of(source).indicators] == [
        one.actual.text for one in shangjie().indicators
    ]


def test_a_plain_table_is_data(tmp_path: Path) -> None:
    source = table(
        tmp_path,
        ["2024年度完成情况"],
        ["指标名称", "完成值", "偏差原因"],
        ["培训次数", "12次", None],
        ["培训人次", 300, "  停课一次"],
        ["满意度", "95%", "/"],
        [None, None, "制表：某"],
    )
    assert [(one.level3, one.actual.text, one.reason) for one in data_of(source).indicators] == [
        ("培训次数", "12次", ""),
        ("培训人次", "300", "停课一次"),
        ("满意度", "95%", "/"),
    ]


def test_a_plain_table_fills_the_rows_of_its_names(tmp_path: Path) -> None:
    sent = form(row(actual="", name="培训次数"), row("≥90%", "", name="满意度", level1="效益指标"))
    path = last_year(tmp_path, sent)
    source = table(tmp_path, ["指标名称", "完成值"], ["满意度", "95%"])
    filled = fill(find(open_book(path)), data_of(source))
    assert [(one.level3, one.actual.text) for one in filled.examined.form.indicators] == [
        ("培训次数", ""),
        ("满意度", "95%"),
    ]


@pytest.mark.parametrize("heads", [["单位名称", "年度"], ["指标名称", "备注"], []])
def test_a_table_without_indicators_is_no_data(heads: list[str | float | None], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有找到绩效表"):
        data_of(table(tmp_path, heads, ["甲局", 2024]))


@pytest.mark.parametrize(
    ("data", "year", "kind"),
    [
        (replace(form(row(actual="98%")), unit="甲局", year=2023), 2024, "last-year"),
        (replace(form(row(actual="98%")), unit="甲局", year=2023), 2023, "data"),
        (replace(form(row(actual="")), unit="甲局", year=2023), 2023, "declaration"),
        (replace(form(row(actual="")), unit="甲局", year=2023), None, "declaration"),
    ],
)
def test_a_source_is_known_by_what_is_in_it(data: Form, year: int | None, kind: str, tmp_path: Path) -> None:
    seen = look_at(last_year(tmp_path, data), year)
    assert (seen.kind, seen.unit, seen.year) == (kind, "甲局", 2023)
