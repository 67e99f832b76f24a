"""The form as plain data (D.json): the fields in which published forms are recorded, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, TypeVar, cast

from perf_excel.errors import UserError
from perf_excel.forms.cell_limit import overlong
from perf_excel.forms.measure import Measure, parse
from perf_excel.forms.model import FIELDS, MONITORED, Detail, Form, Funding, Goal, Indicator, Task, Waiver
from perf_excel.forms.text import plain

Data = Mapping[str, Any]
Row = TypeVar("Row")

_TOO_LARGE = Decimal(10) ** 15
"""Beyond this a spreadsheet cannot hold an amount to the cent; no form has one."""
_MOST_DECIMALS = 30
"""Digits behind the point that a spreadsheet shows at most."""

"""Characters that a cell may hold, as Excel counts them: in UTF-16."""
_MOST_ROWS = 1_000
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
        return form_of(_object(data, "最外层"))
    except _WrongError as error:
        raise UserError(f"{name}：{error}") from None


def _written(number: str) -> Decimal:
    """Return a number of a JSON text, also one whose exponent is beyond all bounds."""
    try:
        return Decimal(number)
    except InvalidOperation:
        return Decimal("1E-999999" if "-" in number[1:] else "1E+999999")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def form_of(data: Data) -> Form:
    """Build a form from its plain data (numbers as Decimal or text)."""
    goal = _object(data.get("goal") or {}, "goal")
    indicators = _rows(data, "indicators", _indicator)
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
    details = _object(data.get("details") or {}, "details")
    return Form(
        form=_text(data, "form"),
        unit=_text(data, "unit"),
        unit_code=_text(data, "unit_code"),
        year=_year(data),
        region=_text(data, "region"),
        project=_text(data, "project"),
        details=tuple(Detail(_sound(label, "details"), _text(details, label)) for label in details),
        funding=_rows(data, "budget", _funding),
        goal=_goal(goal),
        tasks=tuple(_task(row) for row in _list(data, "tasks")),
        indicators=indicators,
        total=_number(data, "total"),
        grade=_text(data, "grade"),
        waivers=_rows(data, "waivers", _waiver),
        columns=FIELDS - {field for field, none in unused.items() if none} | monitored,
        months=_months(data),
    )


def data_of(form: Form) -> dict[str, Any]:
    """Return the plain data of a form: numbers as int or float, values as printed."""
    return {
        "form": form.form,
        "unit": form.unit,
        "unit_code": form.unit_code,
        "year": form.year,
        **({"months": form.months} if form.months else {}),
        "region": form.region,
        "project": form.project,
        "details": {detail.label: detail.text for detail in form.details},
        "budget": [
            {
                "item": row.item,
                "initial": plain_number(row.initial),
                "annual": plain_number(row.annual),
                "executed": plain_number(row.executed),
                "weight": plain_number(row.weight),
                "rate": row.rate.text or None,
                "score": plain_number(row.score),
                **({"reason": row.reason} if row.reason else {}),
                **{key: plain_number(one) for key, one in _foreseen(row).items() if one is not None},
            }
            for row in form.funding
        ],
        "goal": {"expected": form.goal.expected, "achieved": form.goal.achieved},
        "tasks": [{"name": t.name, "content": t.content, "achieved": t.achieved} for t in form.tasks],
        "indicators": [
            {
                "level1": row.level1,
                "level2": row.level2,
                "level3": row.above or row.level3,
                **({"level4": row.level3} if row.above else {}),
                "target": row.target.text or None,
                "actual": row.actual.text or None,
                "weight": plain_number(row.weight),
                "score": plain_number(row.score),
                "deviation": row.deviation.text or None,
                "reason": row.reason or None,
                **_further(row),
            }
            for row in form.indicators
        ],
        "total": plain_number(form.total),
        "grade": form.grade or None,
        "waivers": [
            {"check": one.check, "label": one.label, "message": one.message, "reason": one.reason}
            for one in form.waivers
        ],
    }


def _says(row: Indicator, field: str) -> bool:
    value = getattr(row, field)
    return bool(value.text if isinstance(value, Measure) else value)


def _foreseen(row: Funding) -> dict[str, Decimal | None]:
    """What only a monitoring form prints of its money."""
    return {"so_far": row.so_far, "expected": row.expected}


def _further(row: Indicator) -> dict[str, Any]:
    """What only some layouts print of an indicator."""
    further = {
        "share": row.share.text,
        "raw": plain_number(row.raw),
        "direction": {"up": "正向", "down": "反向"}.get(row.direction),
        "thresholds": [plain_number(bound) for bound in row.thresholds],
        "progress": row.progress.text,
        "expected": row.expected.text,
        "causes": list(row.causes),
        "likelihood": row.likelihood,
        "remark": row.remark,
        "term": row.term,
    }
    return {key: value for key, value in further.items() if value not in (None, "", [])}


def plain_number(number: Decimal | None) -> int | float | None:
    """Return a number as JSON writes it: whole numbers without a decimal point."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


class _WrongError(ValueError):
    """A field that is not what it should be, said in a Chinese sentence."""


def _object(value: object, where: str) -> Data:
    if not isinstance(value, Mapping):
        raise _WrongError(f"“{where}”应为对象（花括号），请检查数据。")
    return cast("Data", value)


def _list(data: Data, key: str) -> list[object]:
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _WrongError(f"“{key}”应为列表（方括号），请检查数据。")
    values = cast("list[object]", value)
    if len(values) > _MOST_ROWS:
        raise _WrongError(f"“{key}”超过 {_MOST_ROWS} 项，一张表没有这么多，请检查数据。")
    return values


def _rows(data: Data, key: str, build: Callable[[Data], Row]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for number, row in enumerate(_list(data, key), 1):
        where = f"{key} 第 {number} 行"
        fields = _object(row, where)
        try:
            rows.append(build(fields))
        except _WrongError as error:
            raise _WrongError(f"{where}：{error}") from None
    return tuple(rows)


def _text(data: Data, key: str) -> str:
    value = data.get(key)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{_sane(value, value, key):f}"
    if isinstance(value, str):
        return _sound(value, key)
    raise _WrongError(f"“{_cut(key)}”应为文字，请检查数据。")


def _sound(text: str, key: str) -> str:
    """Return a text that a cell can hold."""
    try:
        text.encode("utf-16-le")
    except UnicodeEncodeError:
        raise _WrongError(f"“{_cut(key)}”里有不成对的代理字符，表格存不下，请检查数据。") from None
    if wrong := overlong(text):
        raise _WrongError(f"“{_cut(key)}”的{wrong}。")
    return text


def _cut(value: object) -> str:
    """Return a value as a sentence shows it: the beginning of a long one."""
    text = str(value)
    text = text if len(text) <= 40 else f"{text[:40]}…"
    return text.encode("utf-8", "replace").decode()


def _number(data: Data, key: str) -> Decimal | None:
    value = data.get(key)
    if value is None or (isinstance(value, str) and not plain(value)):
        return None
    if isinstance(value, str | Decimal):
        return _sane(_decimal(plain(value).replace(",", "")) if isinstance(value, str) else value, value, key)
    raise _WrongError(f"“{key}”应为数字，现为“{_cut(value)}”，请检查数据。")


def _sane(number: Decimal, written: object, key: str) -> Decimal:
    """Return a number that a cell can hold and show."""
    if not number.is_finite():
        raise _WrongError(f"“{key}”应为数字，现为“{_cut(written)}”，请检查数据。")
    if abs(number) >= _TOO_LARGE or cast("int", number.as_tuple().exponent) < -_MOST_DECIMALS:
        raise _WrongError(
            f"“{key}”的数字过大或小数过长，现为“{_cut(written)}”，"
            f"应小于 10 的 15 次方、小数不超过 {_MOST_DECIMALS} 位，请检查数据。"
        )
    return number


def _year(data: Data) -> int | None:
    year = _number(data, "year")
    if year is None or year in range(1900, 3000):
        return None if year is None else int(year)
    raise _WrongError(f"“year”应为四位年份，现为“{_cut(year)}”，请检查数据。")


def _months(data: Data) -> int | None:
    months = _number(data, "months")
    if months is None or months in range(1, 13):
        return None if months is None else int(months)
    raise _WrongError(f"“months”应为 1 到 12 的月数，现为“{months}”，请检查数据。")


def _measure(data: Data, key: str) -> Measure:
    return parse(_text(data, key))


def _funding(row: Data) -> Funding:
    return Funding(
        item=_text(row, "item"),
        initial=_number(row, "initial"),
        annual=_number(row, "annual"),
        executed=_number(row, "executed"),
        weight=_number(row, "weight"),
        rate=_measure(row, "rate"),
        score=_number(row, "score"),
        reason=_text(row, "reason"),
        so_far=_number(row, "so_far"),
        expected=_number(row, "expected"),
    )


def _goal(goal: Data) -> Goal:
    try:
        return Goal(_text(goal, "expected"), _text(goal, "achieved"))
    except _WrongError as error:
        raise _WrongError(f"goal：{error}") from None


def _waiver(row: Data) -> Waiver:
    return Waiver(plain(_text(row, "check")), *(_text(row, key) for key in ("label", "message", "reason")))


def _task(row: object) -> Task:
    if isinstance(row, str):
        return Task(row)
    data = _object(row, "tasks 的每一项")
    return Task(_text(data, "name"), _text(data, "content"), _text(data, "achieved") or _text(data, "actual"))


def _direction(row: Data) -> Literal["", "up", "down"]:
    text = plain(_text(row, "direction"))
    if text[:1] == "正":
        return "up"
    if text[:1] in ("反", "逆", "负"):
        return "down"
    if not text:
        return ""
    raise _WrongError(f"“direction”应为“正向”或“反向”，现为“{_cut(text)}”，请检查数据。")


def _bounds(row: Data) -> Iterator[Decimal]:
    for bound in _list(row, "thresholds"):
        number = _number({"thresholds": bound}, "thresholds")
        if number is not None:
            yield number


def _causes(row: Data) -> Iterator[str]:
    for cause in _list(row, "causes"):
        yield _text({"causes": cause}, "causes")


def _indicator(row: Data) -> Indicator:
    indicator = Indicator(
        level1=_text(row, "level1"),
        level2=_text(row, "level2"),
        level3=_text(row, "level4") or _text(row, "level3"),
        target=_measure(row, "target"),
        actual=_measure(row, "actual"),
        weight=_number(row, "weight"),
        score=_number(row, "score"),
        deviation=_measure(row, "deviation"),
        reason=_text(row, "reason"),
        share=_measure(row, "share"),
        raw=_number(row, "raw"),
        direction=_direction(row),
        thresholds=tuple(_bounds(row)),
        progress=_measure(row, "progress"),
        expected=_measure(row, "expected"),
        causes=tuple(_causes(row)),
        likelihood=_text(row, "likelihood"),
        remark=_text(row, "remark"),
        above=_text(row, "level3") if _text(row, "level4") else "",
        term=_text(row, "term"),
    )
    if not indicator.reason and row.get("has_reason"):
        return replace(indicator, reason=REASON_ELSEWHERE)
    return indicator
