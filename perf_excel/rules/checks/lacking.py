"""Check of the columns that a form of its kind should have, and where none was found (缺少栏目): W9."""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.scoring.points import RowScore

_NAMES = {"target": "指标值", "actual": "实际完成值", "weight": "分值", "score": "得分"}
_LOST = {
    "target": "达标与否无法核对",
    "actual": "是否完成无法核对",
    "weight": "各行无法计分",
    "score": "得分和总分无法核对",
}


@check("W9")
def expected_columns_are_found(case: Case) -> Iterator[Problem]:
    """Find a self-evaluation without a column for targets, actuals, weights or scores.

    A declaration (申报表) has neither actuals nor scores, a summary of an evaluation (财政评价) neither
    targets nor actuals, and some forms have no points at all: those lack nothing.
    """
    columns = case.form.columns
    if not case.form.headed or not case.form.indicators:
        return
    for field in sorted(_expected(case) - columns):
        name = _NAMES[field]
        how = f"表上有这一栏的，请把表头改成“{name}”，或收作表样时指明是哪一列"
        message = f"没有找到“{name}”一栏，{_LOST[field]}；{how}"
        yield Problem(Spot("indicator", 0, field), name, message, name)
    lost = [row for row in case.scores.indicators if _lost_points(row)]
    if lost and "reason" not in columns and {"target", "actual", "score"} <= columns:
        message = f"有 {len(lost)} 个指标扣了分，表上没有找到“偏差原因”一栏，扣分的原因没有查"
        yield Problem(lost[0].spot("score"), "偏差原因", message, "偏差原因", None, "info")


def _expected(case: Case) -> frozenset[str]:
    """The columns that go with those there are."""
    columns = case.form.columns
    valued, pointed = columns & {"target", "actual"}, columns & {"weight", "score"}
    expected = frozenset[str]()
    if valued and ("score" in columns or ("weight" in columns and "actual" in columns)):
        expected |= {"target", "actual", "score"}
    if valued and "score" in columns and case.rules.weights.source in ("column", "percent"):
        expected |= {"weight"}
    if "自评" in plain(case.form.form) and "target" in columns and "actual" not in columns:
        expected |= {"actual", "score"} if pointed else {"actual"}
    return expected


def _lost_points(row: RowScore) -> bool:
    return row.weight is not None and row.printed is not None and row.printed < row.weight
