"""Two values of forms held together (值的比较): whether they say the same, and by how much they differ."""

from __future__ import annotations

from decimal import Decimal

from perf_excel.forms.measure import Measure, comparable, parse
from perf_excel.forms.text import plain

Value = Measure | Decimal | str | int | tuple[str, ...] | tuple[Decimal, ...] | None


def alike(one: Value, other: Value) -> bool:
    """Return whether two values say the same."""
    if isinstance(one, Measure) and isinstance(other, Measure):
        if one.words == other.words:
            return True
        if one.kind == other.kind == "number":
            return (one.number, one.unit, one.sign) == (other.number, other.unit, other.sign)
        return one.day is not None and one.day == other.day
    if isinstance(one, str) and isinstance(other, str):
        return plain(one) == plain(other)
    return one == other


def shown_value(value: Value) -> str:
    """Return a value as it is printed."""
    if isinstance(value, Measure):
        return value.text.strip()
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, tuple):
        return "、".join(map(shown_value, value))
    return "" if value is None else str(value).strip()


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def grown_by(one: Value, other: Value) -> Decimal | None:
    """Return how much the other value is more, None where they are no numbers of one measure."""
    if isinstance(one, Measure) and isinstance(other, Measure):
        if one.unit != other.unit and one.unit and other.unit:
            return None
        both = comparable(_as_printed(one), _as_printed(other))
        return both[1] - both[0] if both else None
    return other - one if isinstance(one, Decimal) and isinstance(other, Decimal) else None


def _as_printed(one: Measure) -> Measure:
    """A value as it is read on paper: a cell that shows 95.27% may hold 95.2739677350579 %."""
    said = parse(one.text)
    return one if said.number is None else said
