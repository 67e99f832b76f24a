"""What stands on the form and was not read (未识别)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.rulesets.severities import Severity

_SHOWN = 8
"""So many of the cells are named in the message; ``--json`` names all of them."""
_LONGEST = 12
_KINDS: tuple[tuple[bool, Severity, str], ...] = (
    (True, "warning", "个数没有读到（可能是金额、分值或得分）"),
    (False, "info", "处文字没有识别"),
)


@check("U1")
def not_read(case: Case) -> Iterator[Problem]:
    """Cells that the program did not understand: numbers that may count, and words."""
    for counts, severity, what in _KINDS:
        found = [(index, cell) for index, cell in enumerate(case.form.unread) if cell.counts == counts]
        if not found:
            continue
        named = "、".join(f"{cell.where}“{_short(cell.text)}”" for _, cell in found[:_SHOWN])
        more = " 等" if len(found) > _SHOWN else ""
        message = f"有 {len(found)} {what}：{named}{more}；没有参加打分和校验，请核对"
        yield Problem(Spot("unread", found[0][0], "text"), "未识别", message, severity=severity)


def may_be_unread(form: Form, lacking: Decimal) -> bool:
    """Whether numbers of one column that were not read are just what a sum of weights or points lacks."""
    sums: dict[str, Decimal] = {}
    for cell in form.unread:
        if cell.counts and (number := parse(cell.text).number) is not None:
            column = cell.where.rstrip("0123456789")
            sums[column] = sums.get(column, Decimal(0)) + number
    return lacking > 0 and lacking in sums.values()


def budget_unread(form: Form) -> bool:
    """Whether the budget that executions are held against may be among the numbers that were not read."""
    return all(row.annual is None for row in form.funding) and any(cell.counts for cell in form.unread)


def _short(text: str) -> str:
    line = "".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
