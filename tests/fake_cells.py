"""The cells of a made-up Excel: what they show, what becomes of what is typed in, how formulas move."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from perf_excel.sheets.grid import Area, Place
from perf_excel.sheets.shown_text import is_date

ERRORS = {
    "#NULL!": -2146826288, "#DIV/0!": -2146826281, "#VALUE!": -2146826273, "#REF!": -2146826265,
    "#NAME?": -2146826259, "#NUM!": -2146826252, "#N/A": -2146826246,
}  # fmt: skip
_EPOCH = dt.datetime(1899, 12, 30, tzinfo=dt.UTC)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")


@dataclass(frozen=True)
class Held:
    """What one cell holds: a value, perhaps the result of a formula; and its looks."""

    value: Any = None
    formula: str | None = None
    format: str = "General"
    locked: bool = True


@dataclass
class Page:
    """One sheet's cells."""

    name: str
    cells: dict[Place, Held] = field(default_factory=dict[Place, Held])
    merges: list[Area] = field(default_factory=list[Area])
    heights: dict[int, float] = field(default_factory=dict[int, float])
    visible: int = True
    """In Excel -1 is seen, 0 hidden, 2 very hidden."""
    protected: bool = False
    grounds: dict[tuple[int, int], tuple[int, int, int] | None] = field(
        default_factory=dict[tuple[int, int], tuple[int, int, int] | None]
    )


class ComError(Exception):
    """What Excel says when it refuses (0x800A03EC)."""


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def inside(area: Area, place: tuple[int, ...]) -> bool:
    return area.top <= place[0] <= area.bottom and area.left <= place[1] <= area.right


def shown(held: Held) -> Any:
    value = held.value
    if isinstance(value, str) and value in ERRORS:
        return ERRORS[value]
    if value is None and held.formula is not None:
        return ""  # an application has calculated it
    if value == "" and held.formula is None:
        return None
    if isinstance(value, float):
        if is_date(held.format):
            return _EPOCH + dt.timedelta(days=value)
        if "¥" in held.format:
            return Decimal(f"{value:.4f}")
    return value


def written(held: Held) -> str:
    if held.formula is not None:
        return f"={held.formula}"
    value = held.value
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


def entered(old: Held, value: Any) -> Held:
    if not isinstance(value, str):
        number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
        if old.format == "@" and isinstance(value, (int, float, Decimal)):
            return replace(old, value=f"{float(value):.15g}", formula=None)
        return replace(old, value=float(value) if number else value, formula=None)
    if value.startswith("'"):
        return replace(old, value=value[1:], formula=None)
    if old.format == "@":
        return replace(old, value=value or None, formula=None)
    if value.startswith("="):
        shown = re.fullmatch(r'=HYPERLINK\(".*","(.*)"\)', value)
        return replace(old, value=shown[1] if shown else 0.0, formula=value[1:])
    if _NUMBER.fullmatch(value):
        number = float(value.rstrip("%")) / (100 if value.endswith("%") else 1)
        return replace(old, value=number, formula=None)
    return replace(old, value=value or None, formula=None)


def moved(held: Held, at: int, by: int) -> Held:
    """A formula after a row was inserted: what it points at below moves with its row."""
    if held.formula is None or "!" in held.formula:
        return held

    def shifted(found: re.Match[str]) -> str:
        row = int(found[4])
        return f"{found[1]}{found[2]}{found[3]}{row + by if row >= at else row}"

    return replace(held, formula=CELL.sub(shifted, held.formula))


def elsewhere(held: Held, sheet: str, at: int) -> Held:
    """A formula of another sheet after a row was inserted; a text in it stays as it is."""
    if held.formula is None or held.formula.startswith("HYPERLINK") or quoted(sheet) not in held.formula:
        return held
    name, _, cells = held.formula.rpartition("!")
    follows = moved(replace(held, formula=cells), at, 1)
    return replace(held, formula=f"{name}!{follows.formula}")


def renamed(held: Held, old: str, new: str) -> Held:
    """A formula after a sheet was renamed."""
    if held.formula is None or held.formula.startswith("HYPERLINK"):
        return held
    return replace(held, formula=held.formula.replace(quoted(old), quoted(new)))


def quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'!"


def relative(held: Held, down: int) -> Held:
    """A formula that was copied some rows further down."""
    if held.formula is None:
        return held

    def shifted(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]}{found[3]}{int(found[4]) + (0 if found[3] else down)}"

    return replace(held, formula=CELL.sub(shifted, held.formula))
