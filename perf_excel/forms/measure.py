"""One printed value (指标值): sign, number and unit, or a date, or words.

The spellings are those of published forms: ≥ ≧ >= ＞= 不低于 以上 · ≤ ≦ <= 不超过 以内 · ９８％ · 1,812.92 ·
6000余份 · 2022年6月底 · =1年 · 100%%. The printed text is always kept, so nothing read is ever rewritten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from perf_excel.forms.text import Folded, plain, remembered
from perf_excel.forms.units import PERCENT, PERMILLE, canonical_unit, in_one_scale

Sign = Literal["", "≥", "≤", ">", "<", "="]
Kind = Literal["empty", "number", "date", "words"]

PREFIX_SIGNS: dict[str, Sign] = {
    "大于或等于": "≥", "大于等于": "≥", "不低于": "≥", "不少于": "≥", "不小于": "≥", "至少": "≥",
    "不得低于": "≥", "不得少于": "≥", "不得小于": "≥",
    ">=": "≥", "=>": "≥", "≥": "≥", "大于": ">", "高于": ">", "超过": ">", "多于": ">", ">": ">",
    "小于或等于": "≤", "小于等于": "≤", "不超过": "≤", "不高于": "≤", "不大于": "≤", "不多于": "≤",
    "不得超过": "≤", "不得高于": "≤", "不得大于": "≤", "不得多于": "≤",
    "控制在": "≤", "<=": "≤", "=<": "≤", "≤": "≤", "小于": "<", "低于": "<", "少于": "<", "<": "<",
    "等于": "=", "==": "=", "=": "=",
}  # fmt: skip
"""Spellings of a sign before the number, each before any that it begins with."""

SUFFIX_SIGNS: dict[str, Sign] = {
    "(含)以上": "≥", "及以上": "≥", "以上": "≥",
    "(含)以内": "≤", "(含)以下": "≤", "及以下": "≤", "以内": "≤", "以下": "≤", "之内": "≤",
    "内": "≤",
}  # fmt: skip
"""Spellings of a sign behind the unit, each before any that it ends with."""

_PREFIXES, _SUFFIXES = tuple(PREFIX_SIGNS), tuple(SUFFIX_SIGNS)

FILLERS = (
    "已完成", "实际完成", "已达到", "已达", "达到", "达", "完成", "共计", "共", "约", "近",
    "增长", "提高", "提升", "增加",
)  # fmt: skip
"""Words that may stand before a number without changing it."""

ABOUT = ("余", "多", "+")
"""Words behind a number that say it is rounded down (6000余份, 5000+人)."""

NONE = ("无", "零", "没有", "未发生", "无发生", "没有发生", "未出现", "未出现过")
"""What is written for nought where nothing was to happen (0次: 无)."""

LARGEST_FRACTION = Decimal("1.5")
"""A larger number without a unit is no fraction (0.96 for 96%), held against a percentage."""

NO_UNITS = ("", "无", "/", "\\", "-", "--", "—", "——", "文字", "文本", "定性", "定性指标", "定量", "定量指标")
"""What stands in a column of units without being one."""

UNIT_LENGTH = 8
"""A longer text behind a number is a sentence, not a unit."""
NOT_UNITS = "、.:;)(,。-~/+*x×"
"""A text that begins so behind a number is a list item, a range or a sum, not a unit."""
_NO_UNIT = tuple(NOT_UNITS)

# Longer than any number of a spreadsheet: what has more digits is words.
_NUMBER = re.compile(r"(-?(?:\d{1,3}(?:,\d{3}){1,10}|\d{1,30})(?:\.\d{1,30})?)(.*)", re.DOTALL)
_DIGITS = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_PART = r"(?P<part>上旬|中旬|下旬|年?底|月底|末)?(?:之?前|以前|内)?(?:全部)?(?:完成)?"
_LEAD = r"(?:于|在|至|截至|截止|不晚于|≤)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_QUARTERS = {name: number for number, names in enumerate(("一1", "二2", "三3", "四4"), 1) for name in names}
_QUARTER = rf"(?P<quarter>[{''.join(_QUARTERS)}])季度"
_DATES = (
    re.compile(rf"{_LEAD}{_YEAR}年(?:度|第?{_QUARTER}){_PART}"),
    re.compile(rf"{_LEAD}(?P<year>)(?:第(?=[1-4])|第?(?![1-4])){_QUARTER}{_PART}"),
    re.compile(rf"{_LEAD}{_YEAR}年(?:(?P<month>\d\d?)月份?(?:(?P<day>\d\d?)日?)?)?{_PART}"),
    re.compile(rf"{_LEAD}{_YEAR}[./-](?P<month>\d\d?)[./-](?P<day>\d\d?)日?{_PART}"),
    re.compile(rf"{_LEAD}(?P<year>)(?P<month>\d\d?)月份?(?:(?P<day>\d\d?)日?)?{_PART}"),
)
_PART_DAYS = {"上旬": 10, "中旬": 20}


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day (时效指标); ``year`` is 0 where it is not printed, a month means its last day."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One printed value, read.

    ``number`` is as printed (98% has the number 98 and the unit %); ``sign`` is the relation that a target
    demands, "" where none is printed; ``unit`` is canonical (% for 百分比), "" where none is printed.
    """

    text: str
    kind: Kind = "words"
    sign: Sign = ""
    number: Decimal | None = None
    unit: str = ""
    about: bool = False
    day: Day | None = None

    @property
    def percent(self) -> Decimal | None:
        """The number in percent, also where it is printed in ‰; None for any other unit."""
        if self.unit == PERCENT:
            return self.number
        return self.number / 10 if self.unit == PERMILLE and self.number is not None else None

    @property
    def numbered(self) -> bool:
        """Whether it is words among which a number stands (8%-10%, 每月15日)."""
        return self.kind == "words" and _has_digit(self.words)

    @property
    def words(self) -> str:
        """The printed text for comparing: 有 效 and 有效 are the same."""
        return plain(self.text)


NOTHING = Measure("", "empty")


@remembered
def parse(text: str) -> Measure:
    """Read a printed value; what is neither number nor date is words, kept as they are."""
    body = plain(text)
    if not body:
        return replace(NOTHING, text=text)
    if day := _day(body):
        return Measure(text, "date", day=day)
    sign, body = _cut_sign(body)
    body, percent = (body[3:], True) if body.startswith("百分之") else (body, False)
    if not (found := _NUMBER.fullmatch(body)):
        return Measure(text)
    unit, about = found[2], False
    if unit.startswith(ABOUT):
        unit, about = unit[1:], True
    if (percent or unit.startswith(PERCENT)) and not _has_digit(unit):
        unit = PERCENT
    if len(unit) > UNIT_LENGTH or _has_digit(unit) or unit.startswith(_NO_UNIT):
        return Measure(text)
    number = Decimal(found[1].replace(",", ""))
    return Measure(text, "number", sign, number, canonical_unit(unit), about)


def exact(text: str, number: Decimal, *, percent: bool) -> Measure:
    """Read a number cell: its printed text, and the exact number behind it.

    Args:
        text: what the cell shows, such as 72.41%.
        number: the number that it shows before it is rounded, such as 72.414.
        percent: whether the cell's format shows it as a percentage.
    """
    if percent:
        return Measure(text, "number", number=number, unit=PERCENT)
    shown = parse(text)
    if shown.kind == "date":
        return shown
    return replace(shown, number=number) if shown.kind == "number" else Measure(text, "number", number=number)


def spell(sign: Sign, number: Decimal, unit: str) -> str:
    """Return the common spelling of a value: ("≥", 95, "%") is ≥95%."""
    return f"{sign}{number:f}{unit}"


class Parts(NamedTuple):
    """A printed value in the columns of a form that gives sign, value and unit a column each."""

    sign: str
    value: str
    unit: str


def joined(sign: str, value: Measure, unit: str) -> Measure:
    """Read a value whose sign and unit have columns of their own: ≥, 735, 人次 is ≥735人次.

    A sign or unit that the value shows itself is not repeated; 定性指标, 无 and the like add nothing, and
    words and dates stay as they are.

    Args:
        sign: text of the sign's column.
        value: the value's own cell, read.
        unit: text of the unit's column.
    """
    sign = sign.strip() if plain(sign) in PREFIX_SIGNS else ""
    unit = "" if plain(unit) in NO_UNITS else unit.strip()
    if value.kind == "words" and unit and plain(value.text)[-1:].isdecimal():
        return parse(value.text + unit)
    if value.kind != "number":
        return value
    sign, unit = "" if value.sign else sign, "" if value.unit else unit
    together = parse(f"{sign}{value.text}{unit}")
    if together is value:
        return value
    if together.kind == "number":
        return replace(together, number=value.number)
    # A unit with a digit in it (m2) is none in a text, but here it has a column of its own.
    return replace(
        value, text=together.text, sign=value.sign or PREFIX_SIGNS.get(plain(sign), ""), unit=plain(unit)
    )


def split(value: Measure) -> Parts:
    """Return a value as it goes into columns for sign, value and unit: ≥735人次 is ≥, 735, 人次.

    Anything but a number goes into the value's column as it is printed.
    """
    shown = Folded("".join(value.text.split()))
    found = _DIGITS.search(shown.text)
    if value.kind != "number" or not found:
        return Parts("", value.text, "")
    before, number, after = shown.cut(*found.span())
    after = plain(after)
    for spelling in SUFFIX_SIGNS:
        if after.endswith(spelling):
            after = after.removesuffix(spelling)
            break
    if after.startswith(ABOUT):
        number, after = number + after[0], after[1:]
    sign = before if plain(before) in PREFIX_SIGNS else value.sign
    return Parts(sign, number, after or value.unit)


def is_sign(text: str) -> bool:
    """Return whether a text is a sign and nothing else: ≥, >=, 大于等于."""
    return plain(text) in PREFIX_SIGNS


def comparable(one: Measure, other: Measure) -> tuple[Decimal, Decimal] | None:
    """Return the numbers of two values in one scale: 0.5万元 and 4000元 are (5000, 4000), 5% and 3% (5, 3).

    A value without a unit is taken to be in the other's, but 0.96 against 95% is 96%. None where one is no
    number, or where their units measure different things.
    """
    if one.number is None or other.number is None:
        return None
    if one.unit == other.unit or not (one.unit and other.unit):
        return _in_percent(one, other), _in_percent(other, one)
    factors = in_one_scale(one.unit, other.unit)
    return None if factors is None else (one.number * factors[0], other.number * factors[1])


def _in_percent(value: Measure, other: Measure) -> Decimal:
    """The number of a value; of a fraction beside a percentage to which it is nearer so, in percent."""
    number, beside = value.number or Decimal(0), other.number or Decimal(0)
    fraction = not value.unit and other.unit == PERCENT and abs(number) <= LARGEST_FRACTION
    return number * 100 if fraction and 10 * abs(number) < abs(beside) else number


def _cut_sign(body: str) -> tuple[Sign, str]:
    """Split off the sign before the number or behind the unit, and the words that mean nothing."""
    sign: Sign = ""
    body = _without_filler(body)
    if body.startswith(_PREFIXES):
        spelling = next(one for one in _PREFIXES if body.startswith(one))
        sign, body = PREFIX_SIGNS[spelling], _without_filler(body.removeprefix(spelling))
    if body.endswith(_SUFFIXES):
        spelling = next(one for one in _SUFFIXES if body.endswith(one))
        return sign or SUFFIX_SIGNS[spelling], body.removesuffix(spelling)
    return sign, body


def _without_filler(body: str) -> str:
    if not body.startswith(FILLERS):
        return body
    return body.removeprefix(next(one for one in FILLERS if body.startswith(one)))


def _has_digit(text: str) -> bool:
    return any(character.isdecimal() for character in text)


def _day(body: str) -> Day | None:
    for pattern in _DATES:
        if found := pattern.fullmatch(body):
            parts = found.groupdict()
            month = 3 * _QUARTERS.get(parts.get("quarter") or "", 0) or int(parts.get("month") or 12)
            day = int(parts.get("day") or _PART_DAYS.get(found["part"] or "", 31))
            if 1 <= month <= 12 and 1 <= day <= 31:
                return Day(int(found["year"] or 0), month, day)
    return None
