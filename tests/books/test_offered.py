"""What the sheet knows by itself: full marks without 人工评分 in every form of every rule set."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from office import needs_office, recalculated_all
from small import row

from perf_excel.books.opening import Book
from perf_excel.books.template.columns import columns
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.model import Form, Funding
from perf_excel.jobs.examination.examining import examined, find
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.layouts import Layout
from perf_excel.rules.rulesets.library import ruleset, ruleset_names
from perf_excel.rules.rulesets.parameters import RuleSet

KEPT = (
    ("预算执行率", "≥95%", ""),
    ("预算调整率", "≤30%", ""),
    ("结转结余率", "≤10%", ""),
    ("按期完成", "2023年12月底前", "2023年11月20日"),
    ("当天完成", "2023年6月30日", "2023年6月30日"),
    ("培训次数", "≥3次", "3次"),
    ("投诉次数", "≤2次", "0次"),
    ("改善环境", "有效改善人居环境", "有效改善人居环境"),
    ("有所提升", "提升", "提升"),
)
"""Name, target and actual value; those without one follow from the budget block, where the form has it."""


def scored() -> list[tuple[RuleSet, Layout]]:
    every = [(rules, layout) for rules in map(ruleset, sorted(ruleset_names())) for layout in rules.forms]
    return [(rules, layout) for rules, layout in every if columns(layout, rules).scored]


def filled(layout: Layout) -> Form:
    amounts = (Decimal(100), Decimal(100), Decimal(99))
    first, *others = layout.funding or ("年度资金总额",)
    funding = (Funding(first, *amounts), *(Funding(item) for item in others))
    rows = [row(target, actual, 10, name=name) for name, target, actual in KEPT]
    return Form(
        unit="某局", year=2023, funding=funding if layout.budget_columns else (), indicators=tuple(rows)
    )


def known(layout: Layout) -> set[str]:
    """The names of what the budget block of a form tells."""
    block = set(layout.budget_columns)
    needs = {
        "预算执行率": {"executed"},
        "预算调整率": {"initial", "annual"},
        "结转结余率": {"annual", "executed"},
    }
    return {name for name, columns in needs.items() if columns <= block}


@needs_office
def test_what_follows_needs_no_judgement() -> None:
    pairs = scored()
    assert len(pairs) >= 7
    books = [make(Order(rules, layout.name, filled(layout)), Path("表.xlsx")).data for rules, layout in pairs]
    for (rules, layout), data in zip(pairs, recalculated_all(books), strict=True):
        one = examined(find(Book(Path("表.xlsx"), Workbook.from_bytes(data, "表.xlsx"))))
        full = {
            row.level3
            for row, points in zip(one.form.indicators, one.scores.indicators, strict=True)
            if row.score == points.points == 10
        }
        asked = {name for name, _, actual in KEPT if actual}
        assert full == asked | known(layout), (rules.id, layout.name)
