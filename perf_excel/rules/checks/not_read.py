"""What stands on the form and was not read (未识别)."""

from __future__ import annotations

from collections.abc import Iterator

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


def _short(text: str) -> str:
    line = "".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
