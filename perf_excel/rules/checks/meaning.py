"""What values say of their indicator (含义): V10 a sign against its meaning, V15 what is no value at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from perf_excel.forms.measure import Measure
from perf_excel.forms.model import Indicator
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain, remembered
from perf_excel.forms.units import dimension
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.rulesets.parameters import Direction
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.scoring.numeric import special

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")
_TAIL = (
    "(?:对象|群众|人员|学生|职工|居民|企业|单位|老人|贫困|困难|家庭|人口|发生|案件|事件|问题|现象|举办|开展)*"
    "(?:人次|次数|场次|批次|起数|件数|份数|户数|人数|期数|场数|个数|宗数|数量|总数|数|量|率|度|面|比例|比率|占比)?"
)
"""What may stand between the thing that is counted and the end of the indicator's name."""
_NOT = "(?<![不未无非零])"
_HANDLED = re.compile(
    "处|监测|办理|化解|受理|整治|整改|查|排除|打击|救|修|减少|降低|下降|压减|消除|控制|防|应对|预警"
)
"""Words by which a name is about what is done against a thing: 查处违法案件数 may well be ≥."""
_LESS = re.compile("减少|降低|下降|压减|压缩|精简|控制|限|节约")
"""Words by which a name asks for less of a good thing: 压减会议次数."""


_NATURE = {"up": "正向", "down": "反向"}
_AGAINST = {"up": "≤<", "down": "≥>"}


@check("V10")
def directions_fit_the_meaning(case: Case) -> Iterator[Problem]:
    """Find a ceiling on what should be much (≤10次培训), a floor under what should be little, 正向 with ≤."""
    numeric = case.rules.numeric
    rising, falling = _ending(numeric.rising), _ending(numeric.falling)
    for index, row in enumerate(case.form.indicators):
        sign = row.target.sign
        if sign == "=" or not (sign or row.direction):
            continue
        own, spot = special(row, case.rules), Spot("indicator", index, "target")
        if row.direction and sign and sign in _AGAINST[row.direction]:
            message = f"指标性质为{_NATURE[row.direction]}，目标却写{row.target.text}，请核对性质和符号"
            yield Problem(spot, row.name, message, "≥" if row.direction == "up" else "≤", row.target.text)
            continue
        meant = _meant(row, rising, falling)
        if meant is None or (own and own.direction):
            continue
        usual = "通常越多（高）越好" if meant == "up" else "通常越少（低）越好"
        expected = "≥" if meant == "up" else "≤"
        if sign and sign in _AGAINST[meant]:
            message = f"“{row.level3}”{usual}，目标却写{row.target.text}，请核对符号"
            yield Problem(spot, row.name, message, expected, row.target.text)
        elif not sign and row.direction and row.direction != meant:
            nature = _NATURE[row.direction]
            message = f"“{row.level3}”{usual}，指标性质却为{nature}，请核对性质"
            yield Problem(spot, row.name, message, _NATURE[meant], nature)


def _meant(row: Indicator, rising: re.Pattern[str], falling: re.Pattern[str]) -> Direction | None:
    """Whether more or less of an indicator is better by its name; None where the name does not tell."""
    if "成本" in plain(row.level1 + row.level2) or dimension(row.target.unit).startswith(("金额", "时间")):
        return None
    name = _BRACKETS.sub("", plain(row.level3))
    if falling.search(name):
        return None if _HANDLED.search(name) else "down"
    return "up" if rising.search(name) and not _LESS.search(name) else None


@lru_cache(maxsize=32)
def _ending(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"{_NOT}(?:{'|'.join(map(re.escape, words)) or '(?!)'}){_TAIL}$")


_SCALES = (
    "优 优秀 良 良好 中 中等 一般 低 差 较差 合格 基本合格 不合格",
    "高 较高 中 一般 低 较低", "好 较好 一般 坏 差",
    "是 否", "有 无", "达标 基本达标 部分达标 不达标 未达标", "满意 比较满意 较满意 基本满意 一般 不满意",
    "完成 已完成 全部完成 基本完成 部分完成 未完成", "达成 基本达成 部分达成 未达成",
    "达成预期指标 部分达成预期指标并具有一定效果 未达成预期指标且效果较差",
    "及时 基本及时 不及时", "合规 不合规",
)  # fmt: skip
_OPTIONS = tuple(frozenset(scale.split()) for scale in _SCALES)
_LISTS = frozenset({"优良中差", "优良中低差", "优良差", "高中低", "好坏", "是否", "有无"})
_BETWEEN = re.compile(r"[/、|,;或□○]+")
_NAME = re.compile(
    "(?!.*(?:提高|提升|增|降|减|改善|保持|保证|保障[^率]|确保|达到|稳|扩大|优化|促进|加强|较|显著|明显|有效|有所))"
    "(?:.{1,16}(?:达标|完成|合格|及时|覆盖|到位|执行|发放|知晓|办结|结案|公开|利用|参与|准确|控制)率|.{1,8}满意度)"
)
"""Words that can only be an indicator's name (发放时间达标率), unlike 提高满意度."""
_SHORT = 4
"""A shorter name may as well be its own target (合规)."""


@check("V15")
def values_are_values(case: Case) -> Iterator[Problem]:
    """Find a list of options, the name of an indicator, or the weight typed where a value belongs."""
    yield from _numbers_as_names(case)
    names = {plain(row.level3) for row in case.form.indicators}
    copied = {index for index, row in enumerate(case.form.indicators) if _is_weight(row)}
    weights = Counter(case.form.indicators[index].weight for index in copied)
    for index, row in enumerate(case.form.indicators):
        for field, name, value in (("target", "指标值", row.target), ("actual", "实际完成值", row.actual)):
            if field == "actual" and is_option_list(value.text):
                message = f"实际完成值“{value.text}”是选项，请只留实际的一项"
            elif _is_name(value, names) and not (field == "actual" and value.words == row.target.words):
                message = f"{name}“{value.text}”是指标名称，不是值，请填写要达到或已达到的数或程度"
            else:
                continue
            yield Problem(Spot("indicator", index, field), row.name, message, None, value.text)
        # One whole number may happen to be as large as the weight.
        if index in copied and row.weight is not None and (_odd(row.weight) or len(weights) > 1):
            message = f"指标值和实际完成值都填了分值{shown(row.weight)}，请填写目标和实际完成的数"
            yield Problem(Spot("indicator", index, "actual"), row.name, message, None, row.actual.text)


_NUMBER_ONLY = re.compile(
    r"[≥≤><=±]*-?\d[\d,]*(?:\.\d+)?(?:[%‰]|[万亿]?元?|个|次|人次?|件|户|天|日|年|月|家|份|项|批次?|公里|亩|分)?"
)
"""A number with or without its sign and unit: a value, and no name."""


def _numbers_as_names(case: Case) -> Iterator[Problem]:
    for index, row in enumerate(case.form.indicators):
        if _NUMBER_ONLY.fullmatch(plain(row.level3)):
            message = f"指标名称填的是数“{row.level3}”，请填写指标的名称，数填到指标值一栏"
            yield Problem(Spot("indicator", index, "level3"), row.name, message, "指标名称", row.level3)


@remembered
def is_option_list(text: str) -> bool:
    """Return whether a text lists the options of a scale (优/良/中/差) instead of choosing one."""
    body = plain(text).strip("()")
    parts = {part for part in _BETWEEN.split(body) if part}
    return body in _LISTS or (len(parts) > 1 and any(parts <= options for options in _OPTIONS))


def _is_name(value: Measure, names: set[str]) -> bool:
    if value.kind != "words":
        return False
    return (len(value.words) >= _SHORT and value.words in names) or bool(_NAME.fullmatch(value.words))


def _is_weight(row: Indicator) -> bool:
    """Whether target and actual are bare numbers, both as large as the weight."""
    return row.weight is not None and all(
        value.number == row.weight and not value.unit and not value.sign for value in (row.target, row.actual)
    )


def _odd(weight: Decimal) -> bool:
    return weight != weight.to_integral_value()
