"""Fields of plain data (数据字段): each taken as what it should be, or refused by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar, cast

from perf_excel.forms.cell_limit import overlong
from perf_excel.forms.measure import Measure, parse
from perf_excel.forms.text import plain

Data = Mapping[str, Any]
Row = TypeVar("Row")

_TOO_LARGE = Decimal(10) ** 15
"""Beyond this a spreadsheet cannot hold an amount to the cent; no form has one."""
_MOST_DECIMALS = 30
"""Digits behind the point that a spreadsheet shows at most."""
_MOST_ROWS = 1_000
"""Entries of a list: no form has as many rows."""


class WrongError(ValueError):
    """A field that is not what it should be, said in a Chinese sentence."""


def object_of(value: object, where: str) -> Data:
    """Return a value as an object."""
    if not isinstance(value, Mapping):
        raise WrongError(f"“{where}”应为对象（花括号），请检查数据。")
    return cast("Data", value)


def list_of(data: Data, key: str) -> list[object]:
    """Return a field as a list; empty where there is none."""
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise WrongError(f"“{key}”应为列表（方括号），请检查数据。")
    values = cast("list[object]", value)
    if len(values) > _MOST_ROWS:
        raise WrongError(f"“{key}”超过 {_MOST_ROWS} 项，一张表没有这么多，请检查数据。")
    return values


def rows_of(data: Data, key: str, build: Callable[[Data], Row]) -> tuple[Row, ...]:
    """Return a field as rows, built one by one; what is wrong with one is said with its number."""
    rows: list[Row] = []
    for number, row in enumerate(list_of(data, key), 1):
        where = f"{key} 第 {number} 行"
        fields = object_of(row, where)
        try:
            rows.append(build(fields))
        except WrongError as error:
            raise WrongError(f"{where}：{error}") from None
    return tuple(rows)


def text_of(data: Data, key: str) -> str:
    """Return a field as a text, a number as it is written."""
    value = data.get(key)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{_sane(value, value, key):f}"
    if isinstance(value, str):
        return sound(value, key)
    raise WrongError(f"“{cut(key)}”应为文字，请检查数据。")


def sound(text: str, key: str) -> str:
    """Return a text that a cell can hold."""
    try:
        text.encode("utf-16-le")
    except UnicodeEncodeError:
        raise WrongError(f"“{cut(key)}”里有不成对的代理字符，表格存不下，请检查数据。") from None
    if wrong := overlong(text):
        raise WrongError(f"“{cut(key)}”的{wrong}。")
    return text


def cut(value: object) -> str:
    """Return a value as a sentence shows it: the beginning of a long one."""
    text = str(value)
    text = text if len(text) <= 40 else f"{text[:40]}…"
    return text.encode("utf-8", "replace").decode()


def number_of(data: Data, key: str) -> Decimal | None:
    """Return a field as a number."""
    value = data.get(key)
    if value is None or (isinstance(value, str) and not plain(value)):
        return None
    if isinstance(value, str | Decimal):
        return _sane(_decimal(plain(value).replace(",", "")) if isinstance(value, str) else value, value, key)
    raise WrongError(f"“{key}”应为数字，现为“{cut(value)}”，请检查数据。")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def _sane(number: Decimal, written: object, key: str) -> Decimal:
    """Return a number that a cell can hold and show."""
    if not number.is_finite():
        raise WrongError(f"“{key}”应为数字，现为“{cut(written)}”，请检查数据。")
    if abs(number) >= _TOO_LARGE or cast("int", number.as_tuple().exponent) < -_MOST_DECIMALS:
        raise WrongError(
            f"“{key}”的数字过大或小数过长，现为“{cut(written)}”，"
            f"应小于 10 的 15 次方、小数不超过 {_MOST_DECIMALS} 位，请检查数据。"
        )
    return number


def year_of(data: Data) -> int | None:
    """Return the year (year)."""
    year = number_of(data, "year")
    if year is None or year in range(1900, 3000):
        return None if year is None else int(year)
    raise WrongError(f"“year”应为四位年份，现为“{cut(year)}”，请检查数据。")


def months_of(data: Data) -> int | None:
    """Return the months that a monitoring form looks at (months)."""
    months = number_of(data, "months")
    if months is None or months in range(1, 13):
        return None if months is None else int(months)
    raise WrongError(f"“months”应为 1 到 12 的月数，现为“{months}”，请检查数据。")


def measure_of(data: Data, key: str) -> Measure:
    """Return a field as a printed value."""
    return parse(text_of(data, key))
