"""The arithmetic of a row in words (算式): what a clerk can repeat to an auditor."""

from __future__ import annotations

from decimal import Decimal

from perf_excel.forms.measure import Measure
from perf_excel.forms.model import Funding, Indicator
from perf_excel.rules.rulesets.parameters import Band, RuleSet
from perf_excel.rules.scoring.arithmetic import FULL, Share, percent, shown
from perf_excel.rules.scoring.numeric import Attempt, Reached

NO_WEIGHT = "分值未填，无法计分"
NO_VALUE = "指标值或实际完成值未填，无法计分"
NO_NUMBER = "定量目标的实际完成值不是数字，无法计分"
UNLIKE = "目标与实际的计量单位不同，无法计分"
NO_RATE = "预算数或执行数未填，或预算数为 0，无法计算执行率"


def numeric(
    row: Indicator, tried: Attempt, reached: Reached, rules: RuleSet, weight: Decimal, points: Decimal
) -> str:
    """Explain a row with a number as target: 实际98% ÷ 目标99% × 4分 = 3.96分；规则：比例计分."""
    arithmetic, rule = _ways(row, tried, reached, rules)
    if reached.share == FULL:
        return f"{arithmetic}，得满分{shown(weight)}分；规则：{rule}"
    return f"{arithmetic} × {shown(weight)}分 = {shown(points)}分；规则：{rule}"


def by_percent(row: Indicator, weight: Decimal, points: Decimal) -> str:
    """Explain words as target with a percentage as actual."""
    return (
        f"实际{row.actual.text} × {shown(weight)}分 = {shown(points)}分；规则：定性目标按实际完成百分比计分"
    )


def as_targeted(weight: Decimal, points: Decimal) -> str:
    """Explain words as target with the same words as actual."""
    return f"实际与目标一致，得{shown(points)}分（分值{shown(weight)}分）；规则：定性目标"


def judged(band: Band, weight: Decimal, points: Decimal | None) -> str:
    """Explain a row whose points are the clerk's, within a band."""
    given = "待填报人评分" if points is None else f"填报人评分{shown(points)}分"
    bounds = f"{shown(band.lower * weight)}—{shown(band.upper * weight)}分"
    return f"{given}；规则：{band.name}，应在{bounds}之间，由填报人判断"


def budget(row: Funding, rate: Share, share: Share, rules: RuleSet, weight: Decimal, points: Decimal) -> str:
    """Explain the budget row: its rate of execution, then its points."""
    arithmetic, rule = _budget_ways(percent(rate.part / rate.whole), share, rules)
    return f"{_rate(row, rate, rules)}；{arithmetic} × {shown(weight)}分 = {shown(points)}分；规则：{rule}"


def _ways(row: Indicator, tried: Attempt, reached: Reached, rules: RuleSet) -> tuple[str, str]:
    """The arithmetic before the weight, and the rule's name."""
    actual, target = _sides(row, tried, row.target.sign)
    share, ratio = percent(reached.share.part / reached.share.whole), percent(reached.figure)
    match reached.way:
        case "met":
            return f"{actual} 达到{target}", "完成目标得满分"
        case "over":
            limit, off = percent(rules.over.limit or Decimal(0)), percent(rules.over.deduct)
            return f"{actual} 为{target}的{ratio}，{share}", f"达到目标的{limit}及以上，扣减分值的{off}"
        case "missed":
            return f"{actual} 未达到{target}，0", "未达到目标不得分"
        case "below":
            least = percent(rules.numeric.threshold)
            return f"{_division(row, tried, rules)} = {ratio}，0", f"完成程度低于{least}不得分"
        case "steps":
            return f"{_division(row, tried, rules)} = {ratio}，{share}", "按完成程度分档计分"
        case "points_off":
            short, rule = abs(tried.target - tried.actual), rules.numeric
            lost = f"{actual} 与{target}相差{shown(short)}，扣{shown(reached.figure)}分"
            return f"{lost}，{share}", f"每差{shown(rule.per)}扣{shown(rule.points)}分，扣完为止"
        case "level":
            return f"{actual} 属第{shown(reached.figure)}档，{share}", "按指标的分级标准计分"
        case "ratio":
            return _division(row, tried, rules), "比例计分"


def _sides(row: Indicator, tried: Attempt, sign: str = "") -> tuple[str, str]:
    """The actual and the target in words."""
    actual, target = _number(row.actual, tried.actual), _number(row.target, tried.target)
    return f"实际{actual}", f"目标{sign}{target}"


def _number(value: Measure, used: Decimal) -> str:
    """A number as printed; a fraction that is held against a percentage (0.9) also as that."""
    number = shown(value.number or Decimal(0))
    return (
        f"{number}（即{shown(used)}%）"
        if not value.unit and used != value.number and used
        else f"{number}{value.unit}"
    )


def _division(row: Indicator, tried: Attempt, rules: RuleSet) -> str:
    actual, target = _sides(row, tried)
    if tried.direction == "down" and rules.numeric.down_ratio == "2-actual/target":
        return f"（2 － {actual} ÷ {target}）"
    return f"{target} ÷ {actual}" if tried.inverted else f"{actual} ÷ {target}"


def _rate(row: Funding, rate: Share, rules: RuleSet) -> str:
    shown_rate = percent(rate.part / rate.whole)
    if row.executed is None:
        return f"执行率{shown_rate}（表中未列预算数和执行数）"
    initial = rules.budget.base == "initial" or row.annual is None
    base = "年初预算数" if initial else "全年预算数"
    return f"执行率 = 全年执行数{shown(rate.part)}万元 ÷ {base}{shown(rate.whole)}万元 = {shown_rate}"


def _budget_ways(rate: str, share: Share, rules: RuleSet) -> tuple[str, str]:
    """The arithmetic before the weight, and the rule's name."""
    rule, earned = rules.budget, percent(share.part / share.whole)
    match rule.rule:
        case "full_at":
            full = percent(rule.full_at)
            arithmetic = earned if share.whole == 1 else f"{rate} ÷ {full}"
            return arithmetic, f"执行率达到{full}得满分，未达到的按比例计分"
        case "steps":
            return earned, "按执行率分档计分"
        case "threshold":
            return earned, f"执行率低于{percent(rule.threshold)}不得分，其余按比例计分"
        case "linear":
            return earned, "按执行率比例计分"
