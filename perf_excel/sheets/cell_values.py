"""What one cell says: a printed value, a number, an amount of money, a name."""

from __future__ import annotations

import re
from decimal import Decimal

from perf_excel.forms.measure import NOTHING, Measure, exact, parse
from perf_excel.forms.text import is_blank, remembered
from perf_excel.forms.units import FACTORS, base_unit
from perf_excel.sheets.amounts import amount
from perf_excel.sheets.grid import Cell
from perf_excel.sheets.shown_text import is_date, is_percent, printed, scale_of, shown_number

WAN = Decimal(10_000)
_BREAKS = re.compile(r"(?<!\s)[^\S\r\n\u3000]*+[\r\n\u3000]\s*+")


def measure_of(cell: Cell) -> Measure:
    """Read a cell as a printed value: a number keeps its exact value, 0.99 shown as 99% is 99%."""
    if cell.value is None:
        return NOTHING
    text = printed(cell).strip()
    if isinstance(cell.value, Decimal) and text and not is_date(cell.format):
        return exact(text, cell.value * scale_of(cell), percent=is_percent(cell.format))
    return parse(text)


def number_of(cell: Cell) -> Decimal | None:
    """Return the number in a cell, also one written as text (1,812.92, 10分); None for anything else.

    It is the number that is shown, not rounded: a weight of 0.1 shown as 10% is 10, and 1234567 shown as
    123.5 is 123.4567. A number that its format hides (;;;) is none.
    """
    value = cell.value
    if isinstance(value, str):
        return parse(value).number
    if not isinstance(value, Decimal):
        return None
    return value if cell.format == "General" else shown_number(value, cell.format)


def money_of(cell: Cell, scale: Decimal) -> Decimal | None:
    """Return an amount in 万元; a unit of its own (880元) goes before the block's.

    Args:
        cell: the cell.
        scale: how many of the block's units of money are one 万元.
    """
    if isinstance(cell.value, str) and (found := amount(cell.value)):
        return found.in_wan(scale)
    value = number_of(cell)
    own = parse(printed(cell)).unit
    if value is None or not (own.endswith("元") or own in FACTORS):
        return None if value is None else value / scale
    return value * base_unit(own)[0] / WAN


def name_of(cell: Cell) -> str:
    """Return a name as one line: forms break names where their column ends."""
    return "" if cell.value is None else _one_line(printed(cell))


@remembered
def _one_line(text: str) -> str:
    text = _BREAKS.sub("", text).strip()
    return "" if is_blank(text) else text
