"""Every figure of a sentence (数字): its number, unit and printed decimals; dates, codes and ranks are none.

Money is in 元, a percentage the number in front of the sign, points and counts as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from perf_excel.forms.chinese_number import chinese_number
from perf_excel.words.intervals import Interval, rounded
from perf_excel.words.prose import NUMBERING

Kind = Literal["money", "percent", "count", "points"]

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3}){1,10}|\d{1,20})(?:\.\d{1,10})?")
_MONEY = re.compile(r"(?:(?P<scale>亿|千万|百万|万|千|百)?元|(?P<bare>亿|万)(?=[，；。）（、]|$))(?![/／])")
_SCALES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3, "百": 10**2}
_COUNTED = (
    "人次|批次|件次|人|名|个|项|辆|台|套|次|批|件|户|家|条|类|处|所|份|期|场|篇|座|间"
    "|平方米|平方公里|亩|公顷|公里|米|吨|公斤|张|只|棵|株|册|例|宗|起|盏|头|口|眼|块|组|幢|栋|部|支|片|艘|架|枚|箱"
    "|千瓦时|立方米|吨标准煤|人天|班次|班|节|课时|学时|对|门|幅|款|本|车次|户次|点位|站|校|村"
)
_COUNT = re.compile(rf"(?P<scale>亿|万)?(?P<unit>{_COUNTED})")
_POINTS = re.compile(r"分(?![别钟类析成期批管布支局公院校解配工红])")
_CHINESE = re.compile(rf"[一二两三四五六七八九十百]{{1,6}}(?=(?:{_COUNTED}))")
_DATE = re.compile(r"年|月|日|号|时|点(?!%)|届|级|周年|条例|楼|室|位数|季度|周|天|小时|分钟|期间")
_NO_NUMBER_BEFORE = re.compile(r"(?:第|[A-Za-z〔【《№\d.,]|[\d%元]\s?[-—~～至到])$")
_RANGE_BEHIND = re.compile(r"\s?(?:[-—~～]{1,2}|至|到)\d")
_CODE_BEHIND = re.compile(r"[-—_/A-Za-z]")
_BOUND_BEHIND = re.compile(r"(?:（含）|（不含）|\(含\))?(?:及|或)?(?:以上|以下|以内|以外|之内|之间|起)")
_BOUND_BEFORE = re.compile(
    r"(?P<sign>≥|≤|>|<|=|不低于|不少于|不小于|不超过|不高于|不大于|超过|大于|小于|低于|高于|至少|控制在|不足)"
    r"(?:为|等于)?=?$"
)
_ABOUT_BEFORE = re.compile(r"(?:近|(?<!节)约|大约|左右|接近|将近)$")
_NOT_COUNTED = re.compile(r"(?:每|第|其|同|这|另|某|任|统|逐|唯|各|单|之)$")


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number: its place in the folded paragraph, value, unit and the step of its last digit.

    ``value`` and ``step`` are 元 for money. ``about`` says that it is rounded (近), ``bound`` is that of a
    target or threshold (≥99%, 80分以上), which is no figure of what was.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal
    step: Decimal
    unit: str = ""
    scale: Decimal = Decimal(1)
    about: bool = False
    bound: str = ""

    @property
    def interval(self) -> Interval:
        """What it may have been before it was rounded."""
        return rounded(self.value, self.step)

    @property
    def leeway(self) -> Interval:
        """What it may be where its last digit is one off: rates are cut off, too, or made of rounded ones."""
        return self.interval.wider(self.step)

    def spelled(self, value: Decimal) -> str:
        """Return another value as this one is printed: in its unit."""
        return f"{value / self.scale:f}{self.unit}"


def figures(text: str, start: int, end: int) -> Iterator[Figure]:
    """Yield the figures of a stretch of a folded paragraph, in order."""
    listed = NUMBERING.match(text, start, end)
    at = listed.end() if listed else start
    while at < end:
        found = _NUMBER.search(text, at, end)
        chinese = _CHINESE.search(text, at, found.start() if found else end)
        if chinese:
            at = chinese.end()
            if one := _in_chinese(text, chinese, start):
                yield one
                at = one.end
        elif found:
            one = _in_digits(text, found, start, end)
            at = max(found.end(), one.end if one else 0)
            if one:
                yield one
        else:
            return


def _in_chinese(text: str, found: re.Match[str], start: int) -> Figure | None:
    number = chinese_number(found[0])
    before = text[max(start, found.start() - 2) : found.start()]
    unit = _COUNT.match(text, found.end())
    if number is None or not unit or unit["scale"] or _NOT_COUNTED.search(before):
        return None
    if number == 1 and not text.startswith("级", unit.end() + 1):  # 一个、一项 mostly count nothing
        return None
    end = unit.end()
    return Figure(
        found.start(), end, text[found.start() : end], "count", Decimal(number), Decimal(0), unit["unit"]
    )


def _in_digits(text: str, found: re.Match[str], start: int, end: int) -> Figure | None:
    before = text[max(start, found.start() - 6) : found.start()]
    behind = found.end()
    if _NO_NUMBER_BEFORE.search(before) or _RANGE_BEHIND.match(text, behind):
        return None
    negative = before.endswith("-") and not re.search(r"[\w）]-$", before)
    about = _ABOUT_BEFORE.search(before) is not None
    if text.startswith(("余", "多"), behind):
        behind, about = behind + 1, True
    digits = found[0].replace(",", "")
    value = Decimal(digits) * (-1 if negative else 1)
    step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    bound = bounding[1] if (bounding := _BOUND_BEFORE.search(before)) else ""
    kind: Kind
    scale, unit = Decimal(1), ""
    if money := _MONEY.match(text, behind, end):
        kind, unit, behind = "money", money[0], money.end()
        scale = Decimal(_SCALES.get(money["scale"] or money["bare"] or "", 1))
    elif text.startswith(("%", "‰"), behind):
        kind, unit = "percent", text[behind]
        behind += 2 if text.startswith("%%", behind) else 1
        scale = Decimal(1) if unit == "%" else Decimal("0.1")
    elif text.startswith(("个百分点", "百分点"), behind):
        return None
    elif (points := _POINTS.match(text, behind, end)) and not text.startswith("分之", behind):
        kind, unit, behind = "points", "分", points.end()
    elif _DATE.match(text, behind) or _CODE_BEHIND.match(text, behind):
        return None
    elif counted := _COUNT.match(text, behind, end):
        kind, unit, behind = "count", counted["unit"], counted.end()
        scale = Decimal(_SCALES.get(counted["scale"] or "", 1))
        unit = (counted["scale"] or "") + unit
    else:
        return None
    if threshold := _BOUND_BEHIND.match(text, behind):
        bound = bound or ("≥" if "上" in threshold[0] else "≤")
    about = about or text.startswith(("左右", "上下"), behind)
    printed = text[found.start() - negative : behind]
    # Things are counted, and points given, exactly; only what has decimals or a scale was rounded.
    exact = kind in ("count", "points") and step == 1 and scale == 1
    step = Decimal(0) if exact or not (value or kind == "percent") else step * scale
    start = found.start() - negative
    return Figure(start, behind, printed, kind, value * scale, step, unit, scale, about, bound)
