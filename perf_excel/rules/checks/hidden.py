"""What people do not see (隐藏的内容): rows and columns that count, forms that were not looked at."""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.forms.spot import Spot
from perf_excel.rules.findings import Case, Problem, check


@check("U2")
def nothing_is_hidden(case: Case) -> Iterator[Problem]:
    """Find hidden rows and columns that hold part of the form, and forms on hidden sheets."""
    for spot, what in case.form.hidden:
        message = f"{what}是隐藏的，其中的内容照样读取、校验和打分，请取消隐藏核对，不要的请删去"
        yield Problem(spot, "隐藏的行列", message)
    if sheets := case.form.hidden_forms:
        named = "、".join(f"“{sheet}”" for sheet in sheets)
        message = f"隐藏的工作表{named}上也有绩效表，没有校验；要校验的，请取消隐藏后再校验"
        yield Problem(Spot("head", 0, "unit"), "隐藏的工作表", message)
