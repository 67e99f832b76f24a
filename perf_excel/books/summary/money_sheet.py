"""资金汇总: the budget of each form that counts, in 万元, and the sum of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perf_excel.books.summary.cells import Column, Content
from perf_excel.books.summary.records import FormRecord, MoneyLine, number
from perf_excel.books.summary.returned_forms import Entry
from perf_excel.books.summary.table_sheet import Table

NAME = "资金汇总"
SUM = "合计"


def _paint(row: Sequence[Content]) -> dict[int, str]:
    if row[0] == SUM:
        return dict.fromkeys(range(len(row)), "total")
    rate = row[7]
    return {7: "doubtful"} if isinstance(rate, Decimal) and (rate > 1 or rate < Decimal("0.8")) else {}


TABLE = Table(
    NAME,
    "单位：万元。每张表的资金总额和各项来源；执行率＝全年执行数÷全年预算数，低于 80% 或超过 100% 的涂黄。"
    "最后几行是各种表资金总额的合计：同一笔钱可能既在整体表又在项目表里，所以分开合计。",
    (
        Column("单位", 28),
        Column("表种", 10, "centre"),
        Column("项目", 26),
        Column("资金来源", 24),
        Column("年初预算数", 14, "money"),
        Column("全年预算数", 14, "money"),
        Column("全年执行数", 14, "money"),
        Column("执行率", 10, "percent"),
    ),
    1,
    _paint,
)


Sums = dict[str, list[Decimal]]
"""What the forms of each kind add up to, column by column."""


def rows_of(entry: Entry, form: FormRecord, sums: Sums) -> Iterator[list[Content]]:
    """Yield the rows of a form, and add its total to the sums."""
    for row in form.money:
        amounts = _amounts(row)
        if row.total:
            total = sums.setdefault(entry.form_name, [Decimal(0)] * 3)
            sums[entry.form_name] = [one + (other or 0) for one, other in zip(total, amounts, strict=True)]
        yield [entry.unit, entry.form_name, entry.project, row.item, *amounts, _rate(*amounts[1:])]


def sum_rows(sums: Sums) -> Iterator[list[Content]]:
    """Yield the rows below all forms: the sums of each kind."""
    for kind, amounts in sums.items():
        yield [SUM, kind, "", "资金总额", *amounts, _rate(*amounts[1:])]


def _amounts(row: MoneyLine) -> list[Decimal | None]:
    return [number(row.initial), number(row.annual), number(row.executed)]


def _rate(annual: Decimal | None, executed: Decimal | None) -> Decimal | None:
    return executed / annual if annual and executed is not None else None
