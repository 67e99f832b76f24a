"""Which tables belong together (一套表): those of one department, and the parts of one table (续表)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from perf_excel.sheets.budgets.between_tables import outer_claims
from perf_excel.sheets.budgets.budget_claims import Claim, Sheet, inner_claims
from perf_excel.sheets.budgets.budget_heads import Table

_GOES_ON = "续"


def all_claims(sheets: Sequence[Sheet]) -> Iterator[Claim]:
    """Yield all that the figures of some tables claim of one another.

    Tables of several units in one document are compared each unit for itself; of a table in several parts no
    sum is accused, as its rows may stand in another part.
    """
    parts = {id(table) for table in _parts(sheets)}
    for sheet in sheets:
        yield from (
            claim
            for claim in inner_claims(sheet)
            if claim.agrees or claim.check != "B1" or id(sheet.table) not in parts
        )
    for book in books(sheets):
        yield from outer_claims(book)


def books(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Return the tables of each department or unit: each begins with its 收支总表."""
    found: list[list[Sheet]] = [[]]
    for sheet in sheets:
        if _begins(sheet.table) and any(
            _begins(one.table) and one.table is not sheet.table for one in found[-1]
        ):
            found.append([])
        found[-1].append(sheet)
    return found


def _begins(table: Table) -> bool:
    return table.title.side == "both" and table.title.fund == "all"


def _parts(sheets: Sequence[Sheet]) -> Iterator[Table]:
    """Yield the tables that go on in another one, and those."""
    for one, other in pairwise(sheets):
        first, second = one.table, other.table
        if first is second or first.source != second.source:
            continue
        if [*first.heads.values()] != [*second.heads.values()]:
            continue
        again = any(_GOES_ON in line for line in second.over)
        whole = any(line.rank for line in other.lines)
        if again or (first.title.text == second.title.text and not whole):
            yield first
            yield second
