"""Formulas said once (共享公式): rows of a kind share theirs, so that a form is small and quick to open."""

from __future__ import annotations

import re
from html import escape, unescape

from perf_excel.books.xlsx.shared_formulas import moved

_FORMULA = re.compile(r'<c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*)><f>([^<]*)</f><v ?/?>(?:</v>)?</c>')

_FAR = 987_654
"""A row that no formula speaks of."""


class _Shared:
    """A formula, and the rows below each other that share it."""

    def __init__(self, formula: str, first: int) -> None:
        self.formula, self.first, self.last = formula, first, first
        self.number = 0
        self._pattern = moved(formula, _FAR - first, 0)

    def goes_on(self, row: int, formula: str) -> bool:
        """Whether a formula is this one in the next row. All it says of rows is its own, or fixed."""
        return row == self.last + 1 and self._pattern.replace(str(_FAR), str(row)) == formula


def share_formulas(sheet: str) -> str:
    """Return a sheet part in which a formula that only goes on from the cell above is not written again."""
    groups: dict[tuple[str, int], _Shared] = {}
    above: dict[str, _Shared] = {}
    for match in _FORMULA.finditer(sheet):
        column, row, formula = match[1], int(match[2]), unescape(match[4])
        group = above.get(column)
        if group and group.goes_on(row, formula):
            group.last = row
        else:
            group = above[column] = _Shared(formula, row)
        groups[column, row] = group
    shared = dict.fromkeys(group for group in groups.values() if group.last > group.first)
    for number, group in enumerate(shared):
        group.number = number
    return _FORMULA.sub(lambda match: _written(match, groups[match[1], int(match[2])]), sheet)


def _written(match: re.Match[str], group: _Shared) -> str:
    column, row, looks = match[1], int(match[2]), match[3]
    start = f'<c r="{column}{row}"{looks}>'
    if group.first == group.last:
        return f"{start}<f>{match[4]}</f></c>"
    if row > group.first:
        return f'{start}<f t="shared" si="{group.number}"/></c>'
    area = f"{column}{group.first}:{column}{group.last}"
    formula = escape(group.formula, quote=False)
    return f'{start}<f t="shared" ref="{area}" si="{group.number}">{formula}</f></c>'
