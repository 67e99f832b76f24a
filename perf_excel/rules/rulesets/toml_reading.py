"""A rule set from its TOML file: every key and value held against the classes of ruleset.py."""

from __future__ import annotations

import stat
import tomllib
import types
import typing
from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, cast

from perf_excel.errors import UserError
from perf_excel.rules.rulesets.layouts import BudgetColumn, IndicatorColumn, Layout
from perf_excel.rules.rulesets.parameters import LABELLED, RuleSet
from perf_excel.rules.rulesets.severities import USUAL

_LONGEST = 256 << 10
"""Characters of a rule set; those that ship have a few thousand."""
_MOST_POINTS = 200
"""Points in a line: every point in a key costs more than the last one."""
_LARGEST = Decimal(10) ** 15
_SMALLEST_STEP = -30
_PLAIN: dict[type, str] = {str: "文字", bool: "true 或 false", int: "整数", Decimal: "数字"}


def parse_ruleset(text: str, name: str) -> RuleSet:
    """Read a rule set.

    Args:
        text: TOML.
        name: the file's name, for messages.

    Raises:
        UserError: the sentence names the file, the key, and what is allowed there.
    """
    if len(text) > _LONGEST:
        raise UserError(f"{name}：规则集超过 {_LONGEST >> 10} KB，不像规则集，请检查文件。")
    for number, line in enumerate(text.splitlines(), 1):
        if line.count(".") > _MOST_POINTS:
            raise UserError(
                f"{name}：第 {number} 行里的句点超过 {_MOST_POINTS} 个，规则集没有这样的写法，请检查。"
            )
    try:
        table = tomllib.loads(text, parse_float=_written)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{name}：不是有效的 TOML（{error}），请按《规则集怎么写》检查。") from None
    try:
        rules = cast("RuleSet", _built(RuleSet, table, ""))
        _check(rules)
        for place, layout in enumerate(rules.forms, 1):
            _check_form(f"forms[{place}]", layout)
    except _WrongError as error:
        raise UserError(f"{name}：{error}") from None
    return rules


def _written(number: str) -> Decimal:
    """Return a number of a TOML text, also one whose exponent is beyond all bounds."""
    try:
        return Decimal(number)
    except InvalidOperation:
        return Decimal("1E-999999" if "-" in number[1:] else "1E+999999")


class _WrongError(ValueError):
    """A key or value that a rule set cannot have, said in Chinese."""


@cache
def _types(of: type) -> dict[str, Any]:
    return typing.get_type_hints(of)


def _built(kind: Any, value: object, key: str) -> object:  # noqa: ANN401  (a type, a union or a Literal)
    """Turn a TOML value into what a key's type asks for."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind):
        return _table(cast("type", kind), value, key)
    if origin is Literal:
        if value not in inner:
            raise _WrongError(f"“{key}”的值“{_cut(value)}”无效，可用的值：{'、'.join(map(str, inner))}。")
        return value
    if origin in (Union, types.UnionType):
        return _built(next(one for one in inner if one is not type(None)), value, key)
    if origin is dict:
        items = _mapping(value, key).items()
        return {name: _built(inner[1], one, f"{key}.{name}") for name, one in items}
    if origin is tuple:
        return _sequence(inner, value, key)
    return _scalar(cast("type", kind), value, key)


def _table(kind: type, value: object, key: str) -> object:
    table, known = _mapping(value, key), _types(kind)
    for name in table:
        if name not in known:
            raise _WrongError(f"没有“{_cut(_join(key, name))}”这一项，此处可用的项：{'、'.join(known)}。")
    for one in fields(kind):
        if one.default is MISSING and one.default_factory is MISSING and one.name not in table:
            raise _WrongError(f"缺少“{_join(key, one.name)}”这一项，请补充。")
    return kind(**{name: _built(known[name], one, _join(key, name)) for name, one in table.items()})


def _sequence(inner: tuple[Any, ...], value: object, key: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise _WrongError(f"“{key}”应为列表（方括号），现为“{_cut(value)}”。")
    values = cast("list[object]", value)
    if inner[-1] is Ellipsis:
        return tuple(_built(inner[0], one, f"{key}[{number}]") for number, one in enumerate(values, 1))
    if len(values) != len(inner):
        raise _WrongError(f"“{key}”应有 {len(inner)} 个值，现有 {len(values)} 个。")
    return tuple(_built(one, item, key) for one, item in zip(inner, values, strict=True))


def _scalar(kind: type, value: object, key: str) -> object:
    if kind is Decimal and isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    fits = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
    if not fits or (isinstance(value, Decimal) and not value.is_finite()):
        raise _WrongError(f"“{key}”应为{_PLAIN[kind]}，现为“{_cut(value)}”。")
    if isinstance(value, int | Decimal) and not _is_sane(value):
        raise _WrongError(f"“{key}”的数字过大或小数过长，现为“{_cut(value)}”。")
    return value


def _is_sane(number: int | Decimal) -> bool:
    step = cast("int", number.as_tuple().exponent) if isinstance(number, Decimal) else 0
    return abs(number) < _LARGEST and step >= _SMALLEST_STEP


def _cut(value: object) -> str:
    """Return a value as a sentence shows it: the beginning of a long one."""
    text = str(value) if not isinstance(value, int) or abs(value) < _LARGEST else f"{Decimal(value):.3E}"
    return text if len(text) <= 40 else f"{text[:40]}…"


def _mapping(value: object, key: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _WrongError(f"“{key}”应为一组键值，现为“{_cut(value)}”。")
    return cast("dict[str, object]", value)


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _check(rules: RuleSet) -> None:
    """Hold the values against each other, where a type cannot say it."""
    _known("severity", rules.severity, sorted(USUAL))
    _known("labels", rules.labels, LABELLED)
    for key, steps in (("budget.steps", rules.budget.steps), ("numeric.steps", rules.numeric.steps)):
        if list(steps) != sorted(steps, reverse=True):
            raise _WrongError(f"“{key}”应从高到低排列，例如 [[0.9, 1.0], [0.8, 0.8]]。")
    bounds = [grade.points for grade in rules.grades]
    if bounds != sorted(bounds, reverse=True):
        raise _WrongError("“grades”应按分数从高到低排列。")
    needed = {
        "budget.steps": rules.budget.rule == "steps" and not rules.budget.steps,
        "numeric.steps": rules.numeric.rule == "steps" and not rules.numeric.steps,
        "text.bands": rules.text.rule == "bands" and not rules.text.bands,
        "numeric.level_shares": not rules.numeric.level_shares,
        "over.limit": rules.over.action == "deduct" and rules.over.limit is None,
    }
    for key, missing in needed.items():
        if missing:
            raise _WrongError(f"所选规则需要“{key}”，请补充。")
    positive = {
        "total.points": rules.total.points,
        "budget.full_at": rules.budget.full_at,
        "numeric.per": rules.numeric.per,
    }
    for key, number in positive.items():
        if number <= 0:
            raise _WrongError(f"“{key}”应大于 0，现为“{number}”。")
    digits = {
        "rounding.digits": rules.rounding.digits,
        "deviation.decimals": rules.deviation.decimals,
        "consolidation.decimals": rules.consolidation.decimals,
    }
    bounded = {key: (0, number, 6) for key, number in digits.items()}
    bounded["monitoring.months"] = (1, rules.monitoring.months, 12)
    for key, (least, number, most) in bounded.items():
        if not least <= number <= most:
            raise _WrongError(f"“{key}”应在 {least} 到 {most} 之间，现为“{number}”。")


def _check_form(key: str, layout: Layout) -> None:
    """Hold the parts of a printed form against each other."""
    _known(f"{key}.headings", layout.headings, typing.get_args(IndicatorColumn))
    _known(f"{key}.budget_headings", layout.budget_headings, typing.get_args(BudgetColumn))
    for name in ("columns", "budget_columns", "order"):
        values: tuple[str, ...] = getattr(layout, name)
        for one in values:
            if values.count(one) > 1:
                raise _WrongError(f"“{key}.{name}”中“{one}”重复。")
    if layout.columns and "level3" not in layout.columns:
        raise _WrongError(f"“{key}.columns”中缺少“level3”（指标名称），请补充。")
    columns = len(layout.columns) + sum(len(parts) - 1 for parts in layout.parted.values())
    if layout.columns and len(layout.closing) > columns:
        raise _WrongError(f"“{key}.closing”应不多于 {columns} 项：指标表只有 {columns} 栏。")
    labels = [label for row in layout.head for label in row]
    if labels and layout.unit_label not in labels:
        raise _WrongError(f"“{key}.head”中没有单位名称一格“{layout.unit_label}”（unit_label），请补充。")
    room = len(layout.columns) - 1 + sum(len(parts) - 1 for parts in layout.parted.values())
    if layout.columns and len(layout.budget_columns) > room:
        raise _WrongError(f"“{key}.budget_columns”应不多于 {room} 栏：指标表只有 {room + 1} 栏。")


def _known(key: str, table: Iterable[str], names: Iterable[str]) -> None:
    for name in table:
        if name not in names:
            raise _WrongError(f"没有“{key}.{_cut(name)}”这一项，此处可用的项：{'、'.join(names)}。")


def read_ruleset(path: Path) -> RuleSet:
    """Read a rule set file (UTF-8).

    Raises:
        UserError: the file cannot be read, or is no rule set.
    """
    try:
        return parse_ruleset(_text_of(path), path.name)
    except FileNotFoundError:
        raise UserError(f"{path}：找不到这个规则集文件，请检查路径。") from None
    except (OSError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise UserError(f"{path}：规则集应以 UTF-8 编码保存，请用记事本另存为 UTF-8。") from None
        raise UserError(f"{path}：无法读取这个规则集文件，请检查它是不是普通文件、是否有读取权限。") from None


def _text_of(path: Path) -> str:
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
        raise OSError(path)
    return path.read_text(encoding="utf-8-sig")
