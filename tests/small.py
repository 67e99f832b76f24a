"""Small forms and rule sets, written where they are looked at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.rulesets.toml_reading import parse_ruleset

Number = int | float | str | None

HEADS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
"""The heads that most forms print over their indicators."""


def exactly(number: Number) -> Decimal | None:
    """Return a number as it is written."""
    return None if number is None else Decimal(str(number))


def row(
    target: str = "≥100%",
    actual: str = "100%",
    weight: Number = 10,
    score: Number = None,
    *,
    name: str = "培训次数",
    level1: str = "产出指标",
    level2: str = "数量指标",
    **more: Any,
) -> Indicator:
    """An indicator; values as they are printed."""
    values: dict[str, Any] = {
        field: parse(text) if field in ("deviation", "share") else text for field, text in more.items()
    }
    return Indicator(
        level1, level2, name, parse(target), parse(actual), exactly(weight), exactly(score), **values
    )


def money(
    initial: Number = None,
    annual: Number = None,
    executed: Number = None,
    weight: Number = None,
    rate: str = "",
    score: Number = None,
    *,
    item: str = "年度资金总额",
    reason: str = "",
) -> Funding:
    """A row of the budget block, in 万元."""
    return Funding(
        item,
        exactly(initial),
        exactly(annual),
        exactly(executed),
        exactly(weight),
        parse(rate),
        exactly(score),
        reason,
    )


def form(*rows: Indicator, funding: tuple[Funding, ...] = (), **more: Any) -> Form:
    """A form of some rows."""
    return Form(indicators=rows, funding=funding, **more)


def rules(toml: str = "") -> RuleSet:
    """A rule set that differs from the defaults in what is written; words go by their percentage."""
    toml += "" if "[text]" in toml else '\n[text]\nrule = "percent"'
    return parse_ruleset(f'id = "test"\nname = "试"\nversion = "1"\n{toml}', "试.toml")
