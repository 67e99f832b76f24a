"""Money whose sources are columns (中央 | 省级 | 本级 | 合计 | 执行数): the amounts in the row below."""

from __future__ import annotations

from collections.abc import Mapping

from perf_excel.sheets.finding.labels import Roles, bare, role_of
from perf_excel.sheets.finding.lines import Lines, text_at, value_place
from perf_excel.sheets.finding.money_lines import AMOUNTS, Budget, Line, claimed, is_amount, item_of
from perf_excel.sheets.finding.money_words import FUNDS_TOTAL, SOURCE, USES
from perf_excel.sheets.grid import Label, Place

_FURTHER = frozenset({"executed", "rate", "weight", "score", "reason"})
_FEWEST = 2


def find_sources(lines: Lines, top: int, end: int, roles: Roles) -> Budget | None:
    """Return the first block whose sources are columns in the rows from ``top`` to before ``end``."""
    found = (sources_at(lines, row, end, roles) for row in range(top, end))
    return next((budget for budget in found if budget), None)


def sources_at(lines: Lines, row: int, end: int, roles: Roles) -> Budget | None:
    """Return the block whose sources a row heads; None where it heads none."""
    named = lines.labels(row)
    # A label of the head that stands beside the block is no column.
    heads = [one for one in named if one.left > 1 or lines.grid.area(row, one.left).bottom == row]
    sources = [one for one in heads if SOURCE.fullmatch(one.text) or USES.fullmatch(one.text)]
    if len(sources) < _FEWEST:
        return None
    above = _reaching_down(lines, row)
    totals = [one for one in (*heads, *above) if FUNDS_TOTAL.fullmatch(one.text)]
    if len(sources) + len(totals) + 1 < len(heads) - len(_others(heads, roles)):
        return None
    if any(
        one.right > sources[0].left and role_of(one.text, roles) in AMOUNTS for one in lines.labels(row - 1)
    ):
        return None  # they stand under several amounts (预算数, 执行数)
    below = max(lines.grid.area(row, one.left).bottom for one in sources) + 1
    if below >= end or any(is_amount(one.text) for one in heads):
        return None
    if _uses(lines, below, sources, roles):
        return None
    filled = [text_at(lines.grid, below, one.left) for one in (*sources, *totals)]
    if not any(filled) or not all(is_amount(text) for text in filled if text):
        return None
    others = _others(heads, roles)
    field = "annual" if {"executed", "rate"} & others.keys() else "initial"
    built = [_line(lines, below, one, {field: (one.left, one.right)}) for one in (*totals[:1], *sources)]
    spans = {role: (one.left, one.right) for role, one in others.items()}
    whole = {role: value_place(lines.grid, below, span) for role, span in spans.items()}
    first = built[0] if totals else Line("", {})
    rest = built[1:] if totals else built
    lead = (Line(first.item, {**first.places, **whole}),) if totals or whole else ()
    right = max(one.right for one in heads)
    top = row - 1 if totals and totals[0] in above else row
    return Budget(top, below, (*lead, *rest), claimed(lines, top, below, right))


def _reaching_down(lines: Lines, row: int) -> list[Label]:
    """The labels of the row above that reach into a row of the head (资金总额 beside 按收入性质分)."""
    return [one for one in lines.labels(row - 1) if lines.grid.area(row - 1, one.left).bottom == row]


def _others(heads: list[Label], roles: Roles) -> dict[str, Label]:
    """What is said of the whole beside its sources: executed, rate, points."""
    found: dict[str, Label] = {}
    for one in heads:
        role = role_of(one.text, roles)
        if role in _FURTHER and not SOURCE.fullmatch(one.text):
            found.setdefault(role, one)
    return found


def _uses(lines: Lines, below: int, sources: list[Label], roles: Roles) -> bool:
    """Whether the row below heads columns itself, or is one of several that say what they hold."""
    first = min(one.left for one in sources)
    named = [one.text for one in lines.labels(below) if one.left < first]
    under = [bare(text_at(lines.grid, below, one.left)) for one in sources]
    return any(role_of(text, roles) for text in (*named, *under))


def _line(lines: Lines, row: int, head: Label, spans: Mapping[str, tuple[int, int]]) -> Line:
    places: dict[str, Place] = {field: value_place(lines.grid, row, span) for field, span in spans.items()}
    return Line(item_of(head.text), places)
