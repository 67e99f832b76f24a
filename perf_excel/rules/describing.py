"""A rule set in words (规则说明): how it scores, what it points out, and on what it is founded."""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.rules.rulesets.parameters import AnyJoin, Grade, RuleSet, Source, Step
from perf_excel.rules.scoring.arithmetic import percent, shown

_ABOUT = {
    "budget": "预算执行率", "numeric": "定量指标", "text": "定性指标", "deviation": "偏差度",
    "rounding": "取整", "total": "总分", "total.levels": "一级指标分值", "grades": "等级",
    "over": "超额完成", "weights": "分值", "share": "得分率", "numeric.level_shares": "分级标准",
    "consolidation": "汇总", "recognise": "识别",
    "monitoring": "监控", "forms": "表式",
}  # fmt: skip


JOIN_NAMES: dict[AnyJoin, str] = {
    "sum": "相加", "weighted": "按金额加权平均", "mean": "平均", "max": "取最大", "min": "取最小",
    "latest": "取最晚的", "majority": "取多数", "fixed": "不变",
}  # fmt: skip


def source_words(source: Source) -> str:
    """Say what a rule is founded on, and how well."""
    return f"【{source.status}】{_ABOUT.get(source.about, source.about)}：{source.text}"


def limit_words(rules: RuleSet) -> Iterator[str]:
    """Say from where on the checks point something out."""
    source = {
        "column": "取分值栏",
        "score": "没有分值栏的由得分推出：达到目标的以得分为分值，没有达到的是得分 ÷ 完成比例",
        "group": "没有填分值的，一级指标的分值平均分给各行",
        "percent": "取权重栏，折算得分 = 单项得分（百分制）× 权重%",
    }[rules.weights.source]
    yield f"指标分值：{source}；单个指标 {shown(rules.weights.large)} 分起提醒。"
    if rules.weights.satisfaction is not None:
        yield f"满意度指标合计通常为 {shown(rules.weights.satisfaction)} 分，不是的提醒。"
    strict = "错误" if rules.total.levels_official else "提醒"
    if rules.total.levels:
        yield f"一级指标分值与规则不一致：{strict}。"
    if rules.budget.reason_below is not None:
        yield f"执行率低于 {percent(rules.budget.reason_below)} 的要说明原因。"
    if any("expected" in layout.columns for layout in rules.forms):
        rule = rules.monitoring
        yield (
            f"监控：执行率比时间进度（表上没有写明月份的，按 {rule.months} 个月）"
            f"落后超过 {percent(rule.behind)} 的要说明原因。"
        )
    yield f"全年预算数等于执行数、又比年初少 {percent(rules.budget.cut)} 及以上的提醒。"


def scoring_words(rules: RuleSet) -> Iterator[str]:
    """Say how a rule set scores, a sentence for each part of a form."""
    total = rules.total
    levels = "、".join(f"{level.name} {shown(level.weight)} 分" for level in total.levels)
    yield f"总分 {shown(total.points)} 分" + (f"：{levels}。" if levels else "。")
    if total.budget_inside and rules.budget.weight:
        yield _budget(rules)
    yield _numeric(rules)
    if rules.numeric.lower_is_better:
        words = "、".join(rules.numeric.lower_is_better)
        yield (
            f"年度指标值没有符号、也没有指标性质一栏时，名称含有{words}的指标按越低越好计算，其他按越高越好计算。"
        )
    yield from _over(rules)
    yield _text(rules)
    for special in rules.indicators:
        rule = _RULES[special.rule] if special.rule else "按通用规则计分"
        direction = {"up": "，越高越好", "down": "，越低越好", None: ""}[special.direction]
        bounds = "、".join(map(shown, special.thresholds))
        yield f"“{special.name}”：{rule}{direction}{f'，分级界限 {bounds}' if bounds else ''}。"
    yield _rounding(rules)
    if rules.deviation.present:
        yield (
            "偏差度 =（实际完成值－年度指标值）÷ 年度指标值"
            + ("，达到目标的为 0" if rules.deviation.met_is_zero else "")
            + "；文字目标以百分比填报的，偏差度 = 实际百分比－100%。"
        )
    if rules.grades:
        yield f"等级：{'；'.join(map(_grade, rules.grades))}。"


def joining_words(rules: RuleSet) -> Iterator[str]:
    """Say how units' forms are joined into their department's."""
    rule = rules.consolidation
    weighed = {"annual": "全年预算数", "initial": "年初预算数", "executed": "全年执行数"}[rule.weight_by]
    yield (
        f"数量{JOIN_NAMES[rule.counts]}，百分比{JOIN_NAMES[rule.percents]}，平均数、得分、比值"
        f"{JOIN_NAMES[rule.averages]}，日期{JOIN_NAMES[rule.dates]}，文字{JOIN_NAMES[rule.words]}；"
        f"加权按各单位的{weighed}，平均数保留 {rule.decimals} 位小数。"
    )
    if rule.derived:
        yield "预算执行率、预算调整率、结转结余率由汇总后的资金推算。"
    for name, how in rule.indicators.items():
        yield f"“{name}”：{JOIN_NAMES[how]}。"


def _grade(grade: Grade) -> str:
    return f"{shown(grade.points)} 分及以上为{grade.name}" if grade.points > 0 else f"其余为{grade.name}"


_RULES = {
    "proportional": "按完成比例计分",
    "all_or_nothing": "未达到目标不得分",
    "threshold": "低于最低完成程度不得分，其余按比例计分",
    "steps": "按完成程度分档计分",
    "points_off": "按相差数量扣分",
    "levels": "按分级标准计分",
}


def _budget(rules: RuleSet) -> str:
    budget = rules.budget
    base = "年初预算数" if budget.base == "initial" else "全年预算数"
    full, least = percent(budget.full_at), percent(budget.threshold)
    how = {
        "linear": "得分 = 分值 × 执行率",
        "full_at": f"执行率达到 {full} 得满分，未达到的，得分 = 分值 × 执行率 ÷ {full}",
        "threshold": f"执行率低于 {least} 不得分，其余得分 = 分值 × 执行率",
        "steps": f"按执行率分档：{_steps(budget.steps)}",
    }[budget.rule]
    cap = f"，最高为分值的 {percent(budget.cap)}" if budget.rule != "steps" else ""
    return f"预算执行率 {shown(budget.weight)} 分：执行率 = 全年执行数 ÷ {base}；{how}{cap}。"


def _steps(steps: tuple[Step, ...]) -> str:
    return "；".join(f"{percent(bound)} 及以上得分值的 {percent(share)}" for bound, share in steps)


def _numeric(rules: RuleSet) -> str:
    numeric = rules.numeric
    down = (
        "（2－实际完成值 ÷ 年度指标值）"
        if numeric.down_ratio == "2-actual/target"
        else "年度指标值 ÷ 实际完成值"
    )
    least = percent(numeric.threshold)
    ratio = f"≥ 类为实际完成值 ÷ 年度指标值，≤ 类为{down}"
    how = {
        "proportional": f"未达到的，得分 = 分值 × 完成比例；{ratio}",
        "all_or_nothing": "未达到的不得分",
        "threshold": f"未达到的，完成比例低于 {least} 不得分，其余得分 = 分值 × 完成比例；{ratio}",
        "steps": f"未达到的，按完成比例分档：{_steps(numeric.steps)}；{ratio}",
        "points_off": f"未达到的，每差 {shown(numeric.per)} 扣 {shown(numeric.points)} 分，扣完为止",
        "levels": f"有分级界限的按所在档次计分，其余未达到的得分 = 分值 × 完成比例；{ratio}",
    }[numeric.rule]
    return f"定量指标：达到年度指标值得满分；{how}。"


def _over(rules: RuleSet) -> Iterator[str]:
    over = rules.over
    if over.limit is None or over.action == "ignore":
        return
    what = "应说明原因" if over.action == "warn" else f"扣减分值的 {percent(over.deduct)}"
    yield f"实际完成值达到年度指标值的 {percent(over.limit)} 及以上的（≥ 类），{what}。"


def _text(rules: RuleSet) -> str:
    if rules.text.rule == "percent":
        how = "实际完成值填百分比的，得分 = 分值 × 实际百分比（最高 100%）；与年度指标值一致的得满分"
        return f"定性指标：{how}。"
    bands = "；".join(f"{band.name} {percent(band.upper)}—{percent(band.lower)}" for band in rules.text.bands)
    return f"定性指标分档，得分在所在档次的分值比例之内，由填报人判断：{bands}。"


def _rounding(rules: RuleSet) -> str:
    mode = "四舍五入" if rules.rounding.mode == "half_up" else "其后舍去"
    digits = rules.rounding.digits
    return f"得分保留 {digits} 位小数，{mode}。" if digits else f"得分取整数，{mode}。"
