"""Formulas of a sheet's own cells (代为计算): their results, as applications are going to calculate them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from perf_excel.sheets.calculating.calculation import Calculation
from perf_excel.sheets.grid import Edit, Grid, Value

_NOISE = Decimal("1e-9")
_TYPED = re.compile(r"\d[\d,]{0,20}(?:\.\d{1,20})?(?:[%％‰]|[\u4e00-\u9fff]{1,8})")
"""A target that was typed as it is meant, =100% or =98所, and that programs took for a formula."""


def recalculated(grid: Grid, *, uncalculated: bool = False) -> Iterator[Edit]:
    """Yield the edits that bring formulas up to date; those that are not understood are left alone.

    Args:
        grid: the sheet.
        uncalculated: only of formulas that were never calculated.
    """
    work = Calculation(grid)
    for place, cell in grid.cells.items():
        if cell.formula is not None and not (uncalculated and cell.value is not None):
            typed = cell.value is None and _TYPED.fullmatch(cell.formula)
            result = f"={cell.formula}" if typed else work.result(place)
            if result is not None and not same_result(result, cell.value):
                yield Edit(*place, result)


def with_results(grid: Grid, edits: Iterable[Edit]) -> list[Edit]:
    """Return edits of a sheet, with what its formulas then give."""
    edits = list(edits)
    return [*edits, *recalculated(grid.edited(edits))]


def same_result(result: Value, stored: Value) -> bool:
    """Tell whether a result is the stored one: applications reckon in binary, and store noise with it."""
    if isinstance(result, Decimal) and isinstance(stored, Decimal):
        return result == stored or abs(result - stored) <= _NOISE * max(abs(stored), Decimal(1))
    return result == stored
