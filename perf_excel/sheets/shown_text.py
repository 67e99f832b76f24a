"""What a cell shows (显示文本): a number under its number format, as a form prints it.

Covers what forms use: General, fixed and grouped decimals, kept zeros, percent, thousands, literal words and
signs, fractions, exponents, dates. An unknown format falls back to the plain number, so nothing is ever lost.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from perf_excel.sheets.format_codes import Section, Token, parsed
from perf_excel.sheets.grid import Cell

_WIDE = Context(prec=700)
"""Wide enough for the largest number of a spreadsheet (1E+308) under the longest format."""
_LAST_DAY = 2_958_465
"""31 December 9999, the last day a spreadsheet knows."""
_MARCH_1900 = 61
"""From this day on dates are counted right: a spreadsheet believes that 1900 was a leap year."""
_TO_1904 = 1462
"""What a day counted from 1904 lacks to be counted from 1900."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = "一二三四五六日"
_FINEST = 1_000_000


def is_percent(code: str) -> bool:
    """Return whether a number format multiplies by one hundred."""
    return parsed(code).numbers[0].percent


def is_date(code: str) -> bool:
    """Return whether a number format shows days."""
    return parsed(code).numbers[0].way == "date"


def scale_of(cell: Cell) -> Decimal:
    """Return by what a cell's number is multiplied to be the number that it shows: 100 under 0%."""
    if not isinstance(cell.value, Decimal):
        return Decimal(1)
    return parsed(cell.format).section(cell.value)[0].scale


def shown_number(value: Decimal, code: str) -> Decimal | None:
    """Return the number that a number shows under a format, not rounded; None for a day or what is hidden."""
    known = parsed(code)
    if known.numbers[0].way == "date" or not _printed_number(value, code):
        return None
    return value * known.section(value)[0].scale


def counted_from_1900(cell: Cell) -> Cell:
    """Return a cell of a workbook that counts days from 1904, as every grid counts them; no hours alone."""
    if isinstance(cell.value, Decimal) and cell.value >= 1 and is_date(cell.format):
        return cell._replace(value=cell.value + _TO_1904)
    return cell


def printed(cell: Cell) -> str:
    """Return the text that a cell shows; an empty text for an empty cell."""
    value = cell.value
    if isinstance(value, str):
        return value if cell.format == "General" else _words(value, cell.format)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return _printed_number(value, cell.format)


@lru_cache(maxsize=8192)
def _printed_number(value: Decimal, code: str) -> str:
    section, unsigned = parsed(code).section(value)
    if section.way == "plain":
        return _around(section, plain_number(value))
    if section.way == "date":
        return _date(value, section)
    number = abs(value) if unsigned else value
    if section.way == "number":
        return _number(number, section)
    return _scientific(number, section) if section.way == "scientific" else _fraction(number, section)


def plain_number(value: Decimal) -> str:
    """Return a number as General shows it: no exponent, no trailing zeros, ten digits after the point."""
    text = f"{_rounded(value, 10):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _words(text: str, code: str) -> str:
    section = parsed(code).text
    if section is None or text.startswith("#"):
        return text
    return "".join(
        text if kind == "text" else word for kind, word in section.tokens if kind in ("text", "literal")
    )


def _around(section: Section, number: str) -> str:
    """A number among the words of its format."""
    words = [text for kind, text in section.tokens if kind in ("general", "literal")]
    at = next((at for at, token in enumerate(section.tokens) if token.kind == "general"), 0)
    before = "".join(text for kind, text in section.tokens[:at] if kind == "literal")
    if not before:
        return number + "".join(words[1:])
    behind = "".join(text for kind, text in section.tokens[at:] if kind == "literal")
    return f"-{before}{number[1:]}{behind}" if number[:1] == "-" else before + number + behind


def _number(value: Decimal, section: Section) -> str:
    """A number whose digits go to their places from the right; the first place takes all that is left."""
    tokens = section.tokens
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    behind = [text for kind, text in tokens[point:] if kind == "digit"]
    shown = abs(_rounded(_WIDE.multiply(value, section.factor), len(behind)))
    whole, _, tail = f"{shown:f}".partition(".")
    least = max((at for at, digit in enumerate(behind, 1) if digit == "0"), default=0)
    tail = tail[:least] + tail[least:].rstrip("0")
    digits, places = iter(tail), iter(_places(whole, tokens[:point], alone=not behind))
    parts: list[str] = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "digit":
            parts.append(next(places if at < point else digits, ""))
        elif kind == "point":
            parts.append("." if tail else "")
        elif kind != "comma":
            parts.append(text)
    text = "".join(parts)
    return f"-{text}" if value < 0 and shown else text


def _places(whole: str, tokens: tuple[Token, ...], *, alone: bool) -> list[str]:
    """What stands in each digit's place before the point, with a comma behind every third from the right."""
    places = [text for kind, text in tokens if kind == "digit"]
    if not places:
        return []
    needed = len(places) - places.index("0") if "0" in places else 0
    # A nought that no 0 asks for is not shown (#); where decimals follow it is easier to read with one.
    digits = "" if whole == "0" and not needed and alone else whole.zfill(needed)
    grouped = any(token.kind == "comma" for token in tokens)
    pieces = [
        digit + ("," if grouped and right and right % 3 == 0 else "")
        for right, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True)
    ]
    ahead = len(pieces) - len(places) + 1
    first = "".join(pieces[:ahead]) if ahead > 0 else ""
    rest = pieces[max(ahead, 0) :]
    return [first, *[""] * (len(places) - 1 - len(rest)), *rest]


def _scientific(value: Decimal, section: Section) -> str:
    """A number as digits and a power of ten (1.23E+05)."""
    tokens = section.tokens
    at = next(at for at, token in enumerate(tokens) if token.kind == "exponent")
    mantissa, power = tokens[:at], tokens[at + 1 :]
    point = next((at for at, token in enumerate(mantissa) if token.kind == "point"), len(mantissa))
    whole = max(sum(token.kind == "digit" for token in mantissa[:point]), 1)
    decimals = sum(token.kind == "digit" for token in mantissa[point:])
    number = _WIDE.multiply(value, section.factor)
    exponent = (number.adjusted() // whole) * whole if number else 0
    if abs(_rounded(_scaled(number, -exponent), decimals)) >= Decimal(10) ** whole:
        exponent += whole
    head = _number(_scaled(number, -exponent), Section("number", mantissa))
    least = sum(token.kind == "digit" for token in power)
    sign = "-" if exponent < 0 else "+" if tokens[at].text.endswith("+") else ""
    behind = "".join(text for kind, text in power if kind in ("literal", "percent"))
    return f"{head}E{sign}{str(abs(exponent)).zfill(least)}{behind}"


def _scaled(number: Decimal, places: int) -> Decimal:
    return number.scaleb(places, _WIDE)


def _fraction(value: Decimal, section: Section) -> str:
    """A number as a whole and a fraction (1 1/2), its denominator given or as fine as there are places."""
    tokens = section.tokens
    at = next(at for at, token in enumerate(tokens) if token.kind == "slash")
    below = "".join(text for kind, text in tokens[at + 1 :] if kind in ("digit", "literal")).strip()
    number = abs(_WIDE.multiply(value, section.factor))
    if not below or number >= _FINEST**2:
        return plain_number(value)
    digits = "".join(filter(str.isdigit, below))
    fixed = int(digits) if digits.strip("0") else 0
    exact = Fraction(number)
    if fixed:
        near = Fraction(round(exact * fixed), 1)
        part, base = int(near), fixed
    else:
        near = exact.limit_denominator(min(10 ** len(below) - 1, _FINEST))
        part, base = near.numerator, near.denominator
    apart = any(kind == "literal" and not text.strip() for kind, text in tokens[:at])
    whole, part = divmod(part, base) if apart else (0, part)
    shown = " ".join(
        filter(None, (str(whole) if whole or not part else "", f"{part}/{base}" if part else ""))
    )
    return f"-{shown}" if value < 0 and (whole or part) else shown


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)


def _date(value: Decimal, section: Section) -> str:
    """A day under its format; with its hour it is shown as a day alone, which is all that a form asks for."""
    if not 1 <= value <= _LAST_DAY:
        return plain_number(value)
    day = date(1899, 12, 30) + timedelta(days=int(value) + (value < _MARCH_1900 - 1))
    parts: list[str] = []
    for kind, text in section.tokens:
        letter = text[:1].lower()
        if kind != "date":
            parts.append("" if kind in ("text", "digit") else text)
        elif letter == "y":
            parts.append(str(day.year) if len(text) > 2 else f"{day.year % 100:02}")
        elif letter == "m" and len(text) > 2:
            name = _MONTHS[day.month - 1]
            parts.append(name[:1] if len(text) == 5 else name)
        elif letter == "a" and text[1:2].lower() == "a":
            parts.append(("星期" if len(text) == 4 else "") + _DAYS[day.weekday()])
        elif letter == "d" and len(text) > 2:
            parts.append("周" + _DAYS[day.weekday()])
        elif letter in "md":
            number = day.month if letter == "m" else day.day
            parts.append(f"{number:02}" if len(text) == 2 else str(number))
        else:
            return day.isoformat()
    return "".join(parts).strip() or day.isoformat()
