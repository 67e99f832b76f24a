"""What a cell shows (显示文本): a number under its number format, as a form prints it.

Covers the formats that forms use: General, fixed and grouped decimals, percent, literal units ("人"), dates.
An unknown format falls back to the plain number, so nothing is ever lost.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from perf_excel.sheets.grid import Cell

_IGNORED = re.compile(r"\[(?!h|m|s)[^\]]*\]|_.|\*.", re.IGNORECASE)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?")
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_DATE_PART = re.compile(r"y+|m+|d+|h+|s+|[^ymdhs]+", re.IGNORECASE)
_WIDE = Context(prec=700)
"""Wide enough for the largest number of a spreadsheet (1E+308) under the longest format."""
_LAST_DAY = 2_958_465
"""31 December 9999, the last day a spreadsheet knows."""


class _Format(NamedTuple):
    """A number format's positive section, taken apart."""

    kind: str
    before: str = ""
    after: str = ""
    decimals: tuple[int, int] = (0, 0)
    """Least and most digits after the point."""
    grouped: bool = False
    percent: bool = False
    pattern: str = ""


def is_percent(code: str) -> bool:
    """Return whether a number format multiplies by one hundred."""
    return _parsed(code).percent


def is_date(code: str) -> bool:
    """Return whether a number format shows days."""
    return _parsed(code).kind == "date"


def printed(cell: Cell) -> str:
    """Return the text that a cell shows; an empty text for an empty cell."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    layout = _parsed(cell.format)
    if layout.kind == "date":
        return _date(value, layout)
    if layout.kind == "plain":
        return plain_number(value)
    return _number(value, layout)


def plain_number(value: Decimal) -> str:
    """Return a number as General shows it: no exponent, no trailing zeros, ten digits after the point."""
    text = f"{_rounded(value, 10):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=1024)
def _parsed(code: str) -> _Format:
    section = _IGNORED.sub("", code.partition(";")[0])
    bare = _LITERAL.sub("", section)
    if section.strip().lower() in ("", "general", "@") or "general" in bare.lower():
        return _Format("plain")
    if _DATE.search(bare) and not _DIGITS.search(bare.replace("0", "") if "ss.0" in bare else bare):
        return _Format("date", pattern=section)
    shape = _LITERAL.sub(lambda found: "\0" * len(found[0]), section)
    found = _DIGITS.search(shape)
    if not found or "E" in bare.upper() or "/" in bare:
        return _Format("plain", percent="%" in bare)
    _, _, tail = found[0].partition(".")
    return _Format(
        "number",
        _unquoted(section[: found.start()]),
        _unquoted(section[found.end() :]),
        (tail.count("0"), len(tail)),
        "," in found[0].rstrip(","),
        "%" in bare,
    )


def _unquoted(text: str) -> str:
    return _LITERAL.sub(lambda found: found[1] if found[1] is not None else found[2], text)


def _number(value: Decimal, layout: _Format) -> str:
    least, most = layout.decimals
    scaled = _rounded(value * 100 if layout.percent else value, most)
    text = f"{scaled:,f}" if layout.grouped else f"{scaled:f}"
    if "." in text:
        whole, _, tail = text.partition(".")
        tail = tail[:least] + tail[least:].rstrip("0")
        text = f"{whole}.{tail}" if tail else whole
    return f"{layout.before}{text}{layout.after}"


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def _date(value: Decimal, layout: _Format) -> str:
    if not 1 <= value <= _LAST_DAY:
        return plain_number(value)
    day = date(1899, 12, 30) + timedelta(days=int(value))
    parts: list[str] = []
    for part in _DATE_PART.findall(layout.pattern):
        letter = part[0].lower()
        if letter in "hs":
            return day.isoformat()
        number = {"y": day.year, "m": day.month, "d": day.day}.get(letter)
        if number is None:
            parts.append(_unquoted(part).replace("@", ""))
        elif letter == "y":
            parts.append(str(number) if len(part) > 2 else f"{number % 100:02}")
        else:
            parts.append(f"{number:02}" if len(part) == 2 else str(number))
    return "".join(parts).strip() or day.isoformat()
