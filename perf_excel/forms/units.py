"""Units of measure (度量单位): scale and dimension of what stands behind a number."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

PERCENT, PERMILLE = "%", "‰"
_PERCENT_NAMES = frozenset({"%", "％", "%%", "百分比", "百分点", "个百分点", "百分数"})
_PERMILLE_NAMES = frozenset({"‰", "千分比", "千分点"})
FACTORS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}

MONEY = "金额"
_DAY = 86_400
_FAMILIES: dict[str, dict[str, int | None]] = {
    "比率": {"%": 1},
    MONEY: {
        "元": 100, "人民币": 100, "角": 10, "分钱": 1,
        "美元": None, "港元": None,
    },
    "时间": {
        "秒": 1, "分钟": 60, "小时": 3600, "天": _DAY, "日": _DAY, "周": 7 * _DAY,
        "月": 30 * _DAY, "个月": 30 * _DAY, "季度": 90 * _DAY, "年": None,
        "工作日": None, "个工作日": None, "学期": None,
    },
    "长度": {
        "毫米": 1, "厘米": 10, "米": 1000, "m": 1000, "里": 500_000,
        "公里": 1_000_000, "千米": 1_000_000, "km": 1_000_000,
    },
    "面积": {
        "平方米": 3, "㎡": 3, "m²": 3, "亩": 2000, "公顷": 30_000,
        "平方公里": 3_000_000, "平方千米": 3_000_000,
    },
    "体积": {
        "毫升": 1, "升": 1000, "立方米": 1_000_000, "m³": 1_000_000,
    },
    "重量": {
        "克": 1, "斤": 500, "公斤": 1000, "千克": 1000, "kg": 1000,
        "吨": 1_000_000, "t": 1_000_000,
    },
    "评分": {"分": 1},
}  # fmt: skip
"""What units measure, each in the smallest whole scale of its kind (15 亩 are one 公顷).

None where nothing is known: 工作日 against 天. A month is 30 days and a quarter 90, by convention of this
program; a year is twelve months, but no whole number of such months' days, so it is not held against days.
"""
_MONTHS = {"月": 1, "个月": 1, "季度": 3, "年": 12}
_SAME = {"个工作日": "工作日"}
"""Units of two names, where no scale says so."""
_DIMENSION_OF = {unit: dimension for dimension, units in _FAMILIES.items() for unit in units}


class Scale(NamedTuple):
    """How a unit is held against others.

    ``kind`` names those it can be held against, ``size`` is how many of their smallest one it is, ``months``
    how many months it is, 0 for none.
    """

    kind: str
    size: Decimal = Decimal(1)
    months: Decimal = Decimal(0)


COUNTED = Scale("计数")
"""Things: 人 and 人次 are held against each other as they stand."""


def _scale(unit: str, dimension: str, size: int | None) -> Scale:
    kind = dimension if size is not None else _SAME.get(unit, unit)
    return Scale(kind, Decimal(size or 1), Decimal(_MONTHS.get(unit, 0)))


SCALES: dict[str, Scale] = {
    unit: _scale(unit, dimension, size)
    for dimension, units in _FAMILIES.items()
    for unit, size in units.items()
}
"""Every unit that measures something; all others count things."""


def canonical_unit(unit: str) -> str:
    """Return the unit under its common name: 百分比 and %% are %, 千分比 is ‰, others as they are."""
    if unit in _PERCENT_NAMES:
        return PERCENT
    return PERMILLE if unit in _PERMILLE_NAMES else unit


def base_unit(unit: str) -> tuple[Decimal, str]:
    """Split a unit into its scale and base: 万元 is (10000, 元), ‰ is (0.1, %), 次 is (1, 次)."""
    if unit == PERMILLE:
        return Decimal("0.1"), PERCENT
    factor = FACTORS.get(unit[:1])
    return (factor, unit[1:]) if factor else (Decimal(1), unit)


def dimension(unit: str) -> str:
    """Return what a unit measures: 比率, 金额, 时间, 长度, …; every other word counts things (计数).

    A compound unit such as 元/人*月 is a dimension of its own, named by its first part.
    """
    _, base = base_unit(unit)
    first, slash, _ = base.partition("/")
    kind = _DIMENSION_OF.get(first, "计数")
    return f"{kind}/" if slash else kind


def in_one_scale(one: str, other: str) -> tuple[Decimal, Decimal] | None:
    """Return by what numbers in two units are multiplied to be compared: 万元 and 元 by 10,000 and 1.

    None where they cannot be compared: % and 件, 天 and 工作日. What a number is counted by (12次/年) is
    often left out of the actual, and is no other measure. Units of one size stay as they are.
    """
    first, second = (base_unit(unit) for unit in (one, other))
    if not (first[1] and second[1]):
        return first[0], second[0]  # 98.5万, whatever the other counts
    mine, theirs = (SCALES.get(base.partition("/")[0], COUNTED) for _, base in (first, second))
    if mine.months and theirs.months:
        sizes = mine.months, theirs.months
    elif mine.kind == theirs.kind:
        sizes = mine.size, theirs.size
    else:
        return None
    if sizes[0] == sizes[1]:
        sizes = Decimal(1), Decimal(1)
    return first[0] * sizes[0], second[0] * sizes[1]


def surely_in(one: str, other: str) -> tuple[Decimal, Decimal] | None:
    """Return by what a number is multiplied and divided to be one in another unit, where that is sure.

    Unlike :func:`in_one_scale` it is asked before numbers are added up, so 人 is no 件 and no 人次, and a
    month no number of days: None there. 万人 in 人 is (10000, 1).
    """
    first, second = base_unit(one), base_unit(other)
    if first[1] == second[1] or not (first[1] and second[1]):
        return first[0], second[0]
    mine, theirs = SCALES.get(first[1], COUNTED), SCALES.get(second[1], COUNTED)
    if COUNTED in (mine, theirs) or mine.kind != theirs.kind or bool(mine.months) != bool(theirs.months):
        return None
    return first[0] * mine.size, second[0] * theirs.size


def same_measure(one: str, other: str) -> bool:
    """Return whether numbers in two units can be compared: 人 and 人次, 元 and 万元, not 天 and 工作日."""
    return one == other or in_one_scale(one, other) is not None
