"""Targets of time (时效指标): V14 what is no time, or was not kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_excel.forms.measure import Measure
from perf_excel.forms.model import Indicator
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.forms.units import dimension
from perf_excel.rules.checks.reasons import is_reason
from perf_excel.rules.checks.stated_values import is_placeholder
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.scoring.form_score import kept_date

_TIME = re.compile("[年月日天周旬季时期底前早晚限]|及时|按|即|当[场日]|同步|随到随|常态|持续|全程|年度|进度")
"""Words by which a target in words speaks of time: 及时, 按期, 计划时间内完成."""
_DAY = re.compile(r"(?:19|20)\d\d(?:[.]?\d\d?){0,2}")
"""A year, month or day typed as a bare number: 2022, 2022.6, 20220630."""


@check("V14")
def times_are_told_and_kept(case: Case) -> Iterator[Problem]:
    """Find a target of time that is neither date nor period nor rate, and a date that was missed."""
    for index, row in enumerate(case.form.indicators):
        if "时效" in plain(row.level1 + row.level2) and not _of_time(row.target, row):
            message = (
                f"时效指标的目标“{row.target.text}”不是日期、期限或比率，请写明时间，如“2025年6月底前”“≤30天”"
            )
            yield Problem(
                Spot("indicator", index, "target"), row.name, message, "日期或期限", row.target.text
            )
        if kept_date(row) is False and not _answered_for(row):
            message = (
                f"实际{row.actual.text}晚于目标{row.target.text}，请核对日期，确实晚了的，酌情扣分并说明原因"
            )
            yield Problem(
                Spot("indicator", index, "actual"), row.name, message, row.target.text, row.actual.text
            )


def _of_time(target: Measure, row: Indicator) -> bool:
    """Whether a target tells a time, or a share of what was in time; also where there is nothing to judge."""
    if target.kind in ("empty", "date") or is_placeholder(target.text):
        return True
    if target.kind == "words":
        return bool(_TIME.search(target.words))
    if not target.unit:
        return plain(row.level3).endswith(("率", "比例")) or bool(_DAY.fullmatch(target.words))
    return dimension(target.unit).startswith(("时间", "比率")) or bool(_TIME.search(target.unit))


def _answered_for(row: Indicator) -> bool:
    """Whether points were taken off and the form says why."""
    lost = row.score is not None and row.weight is not None and row.score < row.weight
    return lost and is_reason(row.reason)
