"""Formulas of the budget block (预算执行情况) and of the sums below the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perf_excel.books.template.formulas.pieces import first_of, number, quoted
from perf_excel.books.template.formulas.row_score import rounded
from perf_excel.forms.model import Funding
from perf_excel.rules.rulesets.parameters import RuleSet


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """Addresses of a row of the budget block."""

    initial: str
    annual: str
    executed: str
    weight: str
    rate: str
    score: str


def rate_formula(row: BudgetRow, rules: RuleSet) -> str:
    """执行率 as a fraction; 0 where nothing was planned and nothing spent, as published forms print it."""
    base = _base(row, rules)
    numbers = f"AND(ISNUMBER({base}),ISNUMBER({row.executed}))"
    nothing = f'IF(AND({base}=0,{row.executed}=0),0,"")'
    return f'IF({numbers},IF({base}>0,{row.executed}/{base},{nothing}),"")'


def score_formula(row: BudgetRow, rules: RuleSet, *, own_weight: bool) -> str:
    """得分 of a budget row (scoring._budget_row); a row of the sources scores by its own weight only."""
    base, fallback = _base(row, rules), number(rules.budget.weight)
    weight = row.weight if own_weight else f"IF(ISNUMBER({row.weight}),{row.weight},{fallback})"
    numbers = [f"ISNUMBER({base})", f"ISNUMBER({row.executed})"]
    if own_weight:
        numbers.append(f"ISNUMBER({row.weight})")
    can = f"IF(AND({','.join(numbers)}),{base}>0,FALSE)"
    if own_weight:
        can = f"IF({can},{row.weight}<>0,FALSE)"
    return f'IF({can},{rounded(_points(row, weight, rules), rules)},"")'


def only_rate(row: Funding) -> bool:
    """Whether a form prints nothing but the rate (重庆): it is then a value, and what the row scores by."""
    return row.rate.number is not None and row.initial is row.annual is row.executed is None


def _base(row: BudgetRow, rules: RuleSet) -> str:
    if rules.budget.base == "initial":
        return row.initial
    return f"IF(ISNUMBER({row.annual}),{row.annual},{row.initial})"


def _points(row: BudgetRow, weight: str, rules: RuleSet) -> str:
    budget, base, executed = rules.budget, _base(row, rules), row.executed
    if budget.rule == "steps":
        return first_of(
            [(_reaches(executed, base, bound), f"{weight}*{number(share)}") for bound, share in budget.steps],
            "0",
        )
    whole = f"({base}*{number(budget.full_at)})" if budget.rule == "full_at" else base
    linear = f"MAX(0,MIN({weight}*{number(budget.cap)},{weight}*{executed}/{whole}))"
    if budget.rule == "threshold":
        return f"IF({_reaches(executed, base, budget.threshold)},{linear},0)"
    return linear


def _reaches(executed: str, base: str, bound: Decimal) -> str:
    return f"ROUND({executed},9)>=ROUND({number(bound)}*{base},9)"


def share_formula(score: str, weight: str) -> str:
    """得分率 as a fraction: points ÷ weight."""
    can = f"IF(AND(ISNUMBER({score}),ISNUMBER({weight})),{weight}>0,FALSE)"
    return f'IF({can},{score}/{weight},"")'


def sum_formula(ranges: list[str], bare: str) -> str:
    """Points added up, nothing where no row has any; rounded, for binary sums end in 79.99999999999999.

    Args:
        ranges: what is added up.
        bare: how many rows have no formulas: what they are worth is not known, nor then the sum.
    """
    joined = ",".join(ranges)
    return f'IF(OR({bare}>0,COUNT({joined})=0),"",ROUND(SUM({joined}),8))'


def grade_formula(total: str, open_rows: str, rules: RuleSet) -> str:
    """等级 of a total, once no row is open: a used row without points (Scores.grade).

    Args:
        total: address of the total.
        open_rows: how many rows are open.
        rules: the rule set.
    """
    grades = [(f"{total}>={number(grade.points)}", quoted(grade.name)) for grade in rules.grades]
    grade = first_of(grades, quoted(""))
    return f'IF(ISNUMBER({total}),IF({open_rows}>0,"",{grade}),"")'


def open_formula(weights: str, points: str) -> str:
    """How many rows of the budget block have a weight and no points."""
    return f'SUMPRODUCT(ISNUMBER({weights})*({weights}<>0)*({points}=""))'


def breakdowns(items: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Return how the rows below the total split it up: each breakdown's name and its rows, from 0.

    A row whose name says what it breaks down (资金来源：（1）财政性资金) begins one; the next go on with it.
    """
    found: list[tuple[str, list[int]]] = []
    for place, item in enumerate(items[1:], 1):
        name, colon, _ = item.replace(":", "：").partition("：")
        if colon or not found:
            found.append((name if colon else "各项", []))
        found[-1][1].append(place)
    return found


def sum_check_formula(total: str, name: str, parts: Sequence[str]) -> str:
    """Whether the parts of a breakdown add up to the total, in words; nothing while there is no part."""
    cells = ",".join(parts)
    gap = f"ROUND(SUM({cells})-{total},6)"
    cases = [
        (f"OR(COUNT({cells})=0,NOT(ISNUMBER({total})))", '""'),
        (f"{gap}=0", quoted(f"{name}合计与总额相符")),
        (f"{gap}>0", f'"{name}合计比总额多"&{gap}'),
    ]
    return first_of(cases, f'"{name}合计比总额少"&(-{gap})')
