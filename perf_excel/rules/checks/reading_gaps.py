"""The check of what was not read (读取不全): W8, so that nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.forms.spot import Spot
from perf_excel.rules.findings import Case, Problem, check


@check("W8")
def everything_was_read(case: Case) -> Iterator[Problem]:
    """Find a form of which no indicator was read, or no money; say which of several scores was read."""
    form = case.form
    if form.without_indicators == "blank":
        message = "一个指标也没有填写，请填写指标"
        yield Problem(Spot("indicator", 0, "level3"), "指标", message, severity="warning")
    elif form.without_indicators:
        message = "表头下面没有读到任何指标，请核对是否未填，或表格的版式无法识别"
        yield Problem(Spot("indicator", 0, "level3"), "指标", message)
    if form.unread_money:
        named = "、".join(form.unread_money)
        message = f"表上有金额（{named}），但没有读成资金数，请核对资金的版式，或改按“项目名称、金额”成行填写"
        yield Problem(Spot("funding", 0, "unread"), "资金", message, severity="warning")
    if form.score_heads:
        read, *others = form.score_heads
        message = f"有几栏得分，按“{read}”打分和核对，{'、'.join(f'“{one}”' for one in others)}只作参考"
        yield Problem(Spot("indicator", 0, "score"), "得分", message, severity="info")
