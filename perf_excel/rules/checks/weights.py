"""Checks of weights (分值): W1 sums, V11 unusual ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.spot import Spot
from perf_excel.rules.arithmetic import shown
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.scoring import BUDGET_LEVEL

_POINTS = re.compile("[（(][^（()）]*[)）]$")


@check("W1", "分值合计", "error")
def weights_add_up(case: Case) -> Iterator[Problem]:
    """Hold all weights, the budget row's included, against the form's points, and each first level's sum."""
    weights = [row.weight for row in case.form.indicators if row.weight is not None]
    if not weights:
        yield from _no_weights(case)
        return
    budget = case.form.budget
    own = budget.weight if budget and budget.weight and case.rules.total.budget_inside else Decimal(0)
    total, points = sum(weights, own), case.rules.total.points
    if abs(total - points) > case.rules.total.tolerance:
        parts = f"指标{shown(sum(weights, Decimal(0)))}分，预算执行率{shown(own)}分"
        message = f"各项分值合计{shown(total)}分（{parts}），应为{shown(points)}分，请调整分值"
        yield Problem(Spot("total", 0, "weight"), "总分", message, points, total)
    printed = case.form.total_weight
    if printed is not None and abs(printed - total) > case.rules.total.tolerance:
        message = f"总分行的分值填{shown(printed)}分，各行分值合计{shown(total)}分，请核对"
        yield Problem(Spot("total", 0, "weight"), "总分", message, total, printed)
    yield from _levels(case)


def _no_weights(case: Case) -> Iterator[Problem]:
    """Find a form with a column for weights that was filled in without them."""
    filled = any(row.actual.kind != "empty" or row.score is not None for row in case.form.indicators)
    if filled and "weight" in case.form.columns and case.rules.weights.source == "column":
        message = f"各指标的分值都没有填写，合计应为{shown(case.rules.total.points)}分，请补填"
        yield Problem(Spot("indicator", 0, "weight"), "分值", message, case.rules.total.points)


def _levels(case: Case) -> Iterator[Problem]:
    sums: dict[str, Decimal] = {}
    first: dict[str, int] = {}
    for index, row in enumerate(case.form.indicators):
        name = _bare(row.level1)
        sums[name] = sums.get(name, Decimal(0)) + (row.weight or Decimal(0))
        first.setdefault(name, index)
    severity = "error" if case.rules.total.levels_official else "warning"
    for level in case.rules.total.levels:
        name = _bare(level.name)
        if name not in sums or level.name == BUDGET_LEVEL:
            continue
        if abs(sums[name] - level.weight) > case.rules.total.tolerance:
            have, want = shown(sums[name]), shown(level.weight)
            message = f"一级指标“{level.name}”分值合计{have}分，规则集为{want}分，请核对或说明调整依据"
            spot = Spot("indicator", first[name], "weight")
            yield Problem(spot, level.name, message, level.weight, sums[name], severity)


def _bare(level: str) -> str:
    """Return a first-level name without blanks, 指标 and points: 产出 and 产出指标（50分） are the same."""
    return _POINTS.sub("", "".join(level.split())).removesuffix("指标")


@check("V11", "分值分布", "warning")
def weights_are_usual(case: Case) -> Iterator[Problem]:
    """Point out one indicator with very many points, and satisfaction with other than its usual weight."""
    large, usual = case.rules.weights.large, case.rules.weights.satisfaction
    for index, row in enumerate(case.form.indicators):
        if row.weight is not None and row.weight >= large:
            message = f"单个指标{shown(row.weight)}分（不少于{shown(large)}分），偏重，建议拆分指标或说明理由"
            yield Problem(Spot("indicator", index, "weight"), row.name, message, None, row.weight)
    satisfied = [
        (index, row.weight)
        for index, row in enumerate(case.form.indicators)
        if row.weight is not None and "满意度" in row.level1 + row.level2 + row.level3
    ]
    total = sum((weight for _, weight in satisfied), Decimal(0))
    if usual is not None and satisfied and abs(total - usual) > case.rules.total.tolerance:
        message = f"满意度指标合计{shown(total)}分，通常为{shown(usual)}分，请核对"
        yield Problem(Spot("indicator", satisfied[0][0], "weight"), "满意度", message, usual, total)
