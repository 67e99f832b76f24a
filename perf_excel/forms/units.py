"""Units of measure (度量单位): scale and dimension of what stands behind a number."""

from __future__ import annotations

from decimal import Decimal

PERCENT, PERMILLE = "%", "‰"
_PERCENT_NAMES = frozenset({"%", "％", "%%", "百分比", "百分点", "个百分点", "百分数"})
_PERMILLE_NAMES = frozenset({"‰", "千分比", "千分点"})
_FACTORS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}

_DIMENSIONS: dict[str, tuple[str, ...]] = {
    "比率": ("%", "‰"),
    "金额": ("元", "角", "分钱", "美元", "港元", "人民币"),
    "时间": (
        "年",
        "个月",
        "月",
        "周",
        "天",
        "日",
        "小时",
        "工作日",
        "个工作日",
        "分钟",
        "秒",
        "季度",
        "学期",
    ),
    "长度": ("公里", "千米", "米", "厘米", "毫米", "里", "km", "m"),
    "面积": ("亩", "公顷", "平方米", "平方公里", "平方千米", "㎡", "m²"),
    "体积": ("立方米", "m³", "升", "毫升"),
    "重量": ("吨", "公斤", "千克", "克", "斤", "kg", "t"),
    "评分": ("分",),
}
_SAME = {
    "日": "天",
    "个月": "月",
    "个工作日": "工作日",
    "千米": "公里",
    "千克": "公斤",
    "kg": "公斤",
    "㎡": "平方米",
}
"""Units of two names."""
_SCALED = frozenset({"时间", "长度", "面积", "体积", "重量"})
"""Dimensions whose units cannot be held against each other as they stand: 30天 and 1个月."""
_DIMENSION_OF = {unit: dimension for dimension, units in _DIMENSIONS.items() for unit in units}


def canonical_unit(unit: str) -> str:
    """Return the unit under its common name: 百分比 and %% are %, 千分比 is ‰, others as they are."""
    if unit in _PERCENT_NAMES:
        return PERCENT
    return PERMILLE if unit in _PERMILLE_NAMES else unit


def base_unit(unit: str) -> tuple[Decimal, str]:
    """Split a unit into its scale and base: 万元 is (10000, 元), ‰ is (0.1, %), 次 is (1, 次)."""
    if unit == PERMILLE:
        return Decimal("0.1"), PERCENT
    factor = _FACTORS.get(unit[:1])
    return (factor, unit[1:]) if factor else (Decimal(1), unit)


def dimension(unit: str) -> str:
    """Return what a unit measures: 比率, 金额, 时间, 长度, …; every other word counts things (计数).

    A compound unit such as 元/人*月 is a dimension of its own, named by its first part.
    """
    _, base = base_unit(unit)
    first, slash, _ = base.partition("/")
    kind = _DIMENSION_OF.get(first, "计数")
    return f"{kind}/" if slash else kind


def same_measure(one: str, other: str) -> bool:
    """Return whether two numbers in these units can be compared: 人 and 人次, 元 and 万元, not 天 and 个月.

    What a number is counted by (12次/年) is often left out of the actual, and is no other measure.
    """
    first, second = (base_unit(unit)[1].partition("/")[0] for unit in (one, other))
    kind = dimension(first)
    if kind != dimension(second):
        return False
    return kind not in _SCALED or _SAME.get(first, first) == _SAME.get(second, second)
