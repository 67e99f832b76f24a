"""A form from plain data (D.json): the fields in which published forms are recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from perf_excel.errors import UserError
from perf_excel.forms.data_fields import (
    Data,
    WrongError,
    cut,
    list_of,
    measure_of,
    months_of,
    number_of,
    object_of,
    rows_of,
    sound,
    text_of,
    year_of,
)
from perf_excel.forms.measure import Measure
from perf_excel.forms.model import FIELDS, MONITORED, Detail, Form, Funding, Goal, Indicator, Task, Waiver
from perf_excel.forms.repeats import as_printed
from perf_excel.forms.text import plain

_LONGEST_DATA = 4 << 20
"""Characters of the data of a form; the longest known ones have some twenty thousand."""

REASON_ELSEWHERE = "原表已说明偏差原因（数据中未附文字）"
"""Stands for a reason of which the data says only that there is one (has_reason)."""


def load_form(text: str, name: str) -> Form:
    """Read a form from JSON text.

    Args:
        text: a JSON object with the fields region, year, form, unit, budget, tasks, indicators, total, grade.
        name: the file's name, for messages.

    Raises:
        UserError: the text is not JSON, or a field is not what it should be; the sentence names the field.
    """
    if len(text) > _LONGEST_DATA:
        raise UserError(f"{name}：数据超过 {_LONGEST_DATA >> 20} MB，不像一张绩效表的数据，请检查后重试。")
    try:
        data: Any = json.loads(text, parse_float=_written, parse_int=_written)
    except json.JSONDecodeError as error:
        at = f"第 {error.lineno} 行第 {error.colno} 个字符附近有误"
        raise UserError(f"{name}：不是有效的 JSON 数据（{at}），请检查后重试。") from None
    except (ValueError, RecursionError):
        raise UserError(f"{name}：不是有效的 JSON 数据（数字过长或嵌套过深），请检查后重试。") from None
    try:
        return form_of(object_of(data, "最外层"))
    except WrongError as error:
        raise UserError(f"{name}：{error}") from None


def _written(number: str) -> Decimal:
    """Return a number of a JSON text, also one whose exponent is beyond all bounds."""
    try:
        return Decimal(number)
    except InvalidOperation:
        return Decimal("1E-999999" if "-" in number[1:] else "1E+999999")


def form_of(data: Data) -> Form:
    """Build a form from its plain data (numbers as Decimal or text)."""
    goal = object_of(data.get("goal") or {}, "goal")
    indicators = rows_of(data, "indicators", _indicator)
    unused = {
        "weight": all(row.weight is None for row in indicators),
        "score": all(row.score is None for row in indicators),
        "share": not any(row.share.text for row in indicators),
        "raw": all(row.raw is None for row in indicators),
    }
    # Scores without any value or reason behind them are of a form without columns for those (财政评价).
    scored_alone = not any(row.target.text or row.actual.text or row.reason for row in indicators)
    unused.update(dict.fromkeys(("target", "actual", "reason"), scored_alone and not unused["score"]))
    monitored = {field for field in MONITORED if any(_says(row, field) for row in indicators)}
    if monitored:
        unused["actual"] = not any(row.actual.text for row in indicators)
    details = object_of(data.get("details") or {}, "details")
    return Form(
        form=text_of(data, "form"),
        unit=text_of(data, "unit"),
        unit_code=text_of(data, "unit_code"),
        year=year_of(data),
        region=text_of(data, "region"),
        project=text_of(data, "project"),
        details=tuple(
            Detail(sound(label, "details"), text_of(details, key))
            for label, key in zip(as_printed(details), details, strict=True)
        ),
        funding=rows_of(data, "budget", _funding),
        goal=_goal(goal),
        tasks=tuple(_task(row) for row in list_of(data, "tasks")),
        indicators=indicators,
        total=number_of(data, "total"),
        grade=text_of(data, "grade"),
        waivers=rows_of(data, "waivers", _waiver),
        columns=FIELDS - {field for field, none in unused.items() if none} | monitored,
        months=months_of(data),
    )


def _says(row: Indicator, field: str) -> bool:
    value = getattr(row, field)
    return bool(value.text if isinstance(value, Measure) else value)


def _funding(row: Data) -> Funding:
    return Funding(
        item=text_of(row, "item"),
        initial=number_of(row, "initial"),
        annual=number_of(row, "annual"),
        executed=number_of(row, "executed"),
        weight=number_of(row, "weight"),
        rate=measure_of(row, "rate"),
        score=number_of(row, "score"),
        reason=text_of(row, "reason"),
        so_far=number_of(row, "so_far"),
        expected=number_of(row, "expected"),
        change=number_of(row, "change"),
        left=number_of(row, "left"),
    )


def _goal(goal: Data) -> Goal:
    try:
        return Goal(text_of(goal, "expected"), text_of(goal, "achieved"))
    except WrongError as error:
        raise WrongError(f"goal：{error}") from None


def _waiver(row: Data) -> Waiver:
    return Waiver(
        plain(text_of(row, "check")), *(text_of(row, key) for key in ("label", "message", "reason"))
    )


def _task(row: object) -> Task:
    if isinstance(row, str):
        return Task(row)
    data = object_of(row, "tasks 的每一项")
    return Task(
        text_of(data, "name"), text_of(data, "content"), text_of(data, "achieved") or text_of(data, "actual")
    )


def _direction(row: Data) -> Literal["", "up", "down"]:
    text = plain(text_of(row, "direction"))
    if text[:1] == "正":
        return "up"
    if text[:1] in ("反", "逆", "负"):
        return "down"
    if not text:
        return ""
    raise WrongError(f"“direction”应为“正向”或“反向”，现为“{cut(text)}”，请检查数据。")


def _bounds(row: Data) -> Iterator[Decimal]:
    for bound in list_of(row, "thresholds"):
        number = number_of({"thresholds": bound}, "thresholds")
        if number is not None:
            yield number


def _causes(row: Data) -> Iterator[str]:
    for cause in list_of(row, "causes"):
        yield text_of({"causes": cause}, "causes")


def _indicator(row: Data) -> Indicator:
    indicator = Indicator(
        level1=text_of(row, "level1"),
        level2=text_of(row, "level2"),
        level3=text_of(row, "level4") or text_of(row, "level3"),
        target=measure_of(row, "target"),
        actual=measure_of(row, "actual"),
        weight=number_of(row, "weight"),
        score=number_of(row, "score"),
        deviation=measure_of(row, "deviation"),
        reason=text_of(row, "reason"),
        share=measure_of(row, "share"),
        raw=number_of(row, "raw"),
        direction=_direction(row),
        thresholds=tuple(_bounds(row)),
        progress=measure_of(row, "progress"),
        expected=measure_of(row, "expected"),
        causes=tuple(_causes(row)),
        likelihood=text_of(row, "likelihood"),
        remark=text_of(row, "remark"),
        above=text_of(row, "level3") if text_of(row, "level4") else "",
        term=text_of(row, "term"),
        given=row.get("given") is True,
    )
    if not indicator.reason and row.get("has_reason"):
        return replace(indicator, reason=REASON_ELSEWHERE)
    return indicator
