"""The budget block of a form (预算情况) from published budget tables: total, sources, uses, in 万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from perf_excel.forms.model import Form, Funding
from perf_excel.forms.money_sources import is_total
from perf_excel.forms.text import plain
from perf_excel.jobs.budget import Audited, audited
from perf_excel.rules.rulesets.layouts import Layout
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.sheets.budgets.between_tables import all_facts
from perf_excel.sheets.budgets.budget_books import books
from perf_excel.sheets.budgets.budget_claims import Spot
from perf_excel.sheets.budgets.budget_heads import Table
from perf_excel.sheets.budgets.budget_keys import BASIC, PROJECT, Fact

_WAN = Decimal(10_000)
_CENT, _EXACT = Decimal("0.01"), Decimal("0.000001")
_NUMBER = re.compile(
    r"^(?:其中|资金来源|资金结构)?[:：]?(?:\(?\d{1,2}[)、.]|\([一二三四五六七八九十]{1,2}\))?"
)
_UNIT = re.compile(r"\((?:万元|元)\)$")
_MEANT = (
    ("basic", re.compile("基本支出")),
    ("project", re.compile("项目支出")),
    ("carried", re.compile("结转|结余")),
    ("account", re.compile("财政专户")),
    ("fiscal", re.compile("财政性?资金|财政拨款|政府预算资金|公共预算")),
    ("rest", re.compile("其[他它]|单位资金|自有|自筹")),
)
_SOURCES = ("carried", "account", "fiscal")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_UNIT_LINE = re.compile(
    r"(?:编制|填报|预算|公开)?(?:部门|单位)(?:[(（](?:部门|单位)[)）])?(?:名称)?[:：]"
    r"(?!(?:亿|万|千)?元)(?P<unit>[^:：\s]{2,40}?)(?=\s|单位|金额|$)"
)
_ENDINGS = "局|委|会|室|院|厅|中心|所|校|学|政府|队|站|馆|处|办|园"
_IN_TITLE = re.compile(
    rf"^(?P<unit>\D{{2,30}}?(?:{_ENDINGS}))(?:部门|单位|本级|(?:19|20)\d\d|(?=收|支|财政|一般))"
)


@dataclass(frozen=True)
class Taken:
    """An amount that was taken from a table, in 万元 as the form prints it."""

    amount: Decimal
    place: str


def budget_form(tables: Sequence[Table], layout: Layout, money: str) -> tuple[Form, tuple[str, ...]]:
    """Return a form whose budget block says what budget tables say, and what the clerk should know of it.

    Args:
        tables: the tables of one department's budget of one year.
        layout: the form to be; its lines of the budget block are filled as far as the tables say them.
        money: what the form is printed in, 万元 or 元: amounts are rounded to two places of it.
    """
    done = audited(tables)
    cent = _EXACT if money == "元" else _CENT
    amounts = dict(_amounts(done, cent))
    items = [(item, _meaning(item)) for item in layout.funding]
    named = {kind for _, kind in items}
    if "rest" in named and "total" in amounts:
        own = [amounts[kind].amount for kind in _SOURCES if kind in named and kind in amounts]
        if own:
            rest = amounts["total"].amount - sum(own, Decimal(0))
            # One source within another (拨款 with what was carried over) leaves less than nothing.
            if rest >= 0:
                amounts["rest"] = Taken(rest, "总额减去上面各项来源")
    rows = tuple(
        Funding(item, initial=amounts[kind].amount if kind in amounts else None) for item, kind in items
    )
    form = Form(form=layout.name, unit=_unit(tables), year=_year(tables), funding=rows)
    return form, tuple(_notes(done, items, amounts))


def _amounts(done: Audited, cent: Decimal) -> Iterator[tuple[str, Taken]]:
    """Yield the amounts that tables say for certain, by what they are."""
    facts = all_facts(books(done.sheets)[0])
    wanted = (
        ("total", "out", "all", frozenset[str]()),
        ("total", "in", "all", frozenset[str]()),
        ("basic", "out", "all", frozenset([BASIC])),
        ("project", "out", "all", frozenset([PROJECT])),
        ("fiscal", "in", "fiscal", frozenset[str]()),
        ("fiscal", "in", "general", frozenset[str]()),
        ("account", "in", "all", frozenset(["财政专户管理非税"])),
        ("account", "in", "all", frozenset(["财政专户管理"])),
        ("carried", "in", "all", frozenset(["上年结转"])),
        ("carried", "in", "all", frozenset(["年初结转结余"])),
    )
    found = set[str]()
    for kind, side, fund, subject in wanted:
        mine = [fact for fact in facts if fact.key == (side, fund, subject)]
        if mine and kind not in found:
            found.add(kind)
            best = next((fact for fact in mine if fact.rank == "总计"), mine[0])
            amount = (best.figure.value / _WAN).quantize(cent, ROUND_HALF_UP)
            yield kind, Taken(amount, _place(best))


def _place(fact: Fact) -> str:
    spot: Spot = fact.spot
    return f"《{spot.table.title.text}》{spot.cell}{fact.name}"


def _meaning(item: str) -> str:
    name = _UNIT.sub("", _NUMBER.sub("", plain(item)))
    if is_total(name):
        return "total"
    return next((kind for kind, words in _MEANT if words.search(name)), "")


def _notes(done: Audited, items: Sequence[tuple[str, str]], amounts: dict[str, Taken]) -> Iterator[str]:
    for item, kind in items:
        taken = amounts.get(kind)
        if taken is None:
            yield f"预算表里没有找到“{item}”，请自行填写"
        else:
            yield f"“{item}”{shown(taken.amount)}万元，取自{taken.place}"
    several = len(books(done.sheets))
    if several > 1:
        yield f"文件里有 {several} 套表（部门和各单位），取自第一套"
    if done.findings:
        yield f"预算表里有 {len(done.findings)} 处对不上，请先核对预算表"


def _year(tables: Sequence[Table]) -> int | None:
    years = [found[1] for table in tables for line in table.over if (found := _YEAR.search(plain(line)))]
    return int(max(years, key=years.count)) if years else None


def _unit(tables: Sequence[Table]) -> str:
    for pattern in (_UNIT_LINE, _IN_TITLE):
        for table in tables:
            for line in table.over:
                if found := pattern.search(line.strip()):
                    return found["unit"]
    return ""
