"""What stays of a cell that gets another value (单元格的外壳): its attributes, formula and extensions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from perf_excel.books.xlsx.cell_writing import cell_markup
from perf_excel.books.xlsx.found_cells import CellFinder
from perf_excel.books.xlsx.markup import ATTRIBUTES, Markup
from perf_excel.sheets.grid import Place, TypedOver, Value

# The type goes with the value, and so does the value's own metadata (a picture in the cell, a rich value).
_VALUE_ATTRIBUTE = re.compile(rb"""(?<!\s)\s++([^\s=/"']+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_OF_VALUE = frozenset({b"t", b"vm"})
_ADDRESS_FIRST = re.compile(rb' r="[A-Z]{1,3}[0-9]{1,7}"')


@cache
def _kept(prefix: bytes) -> re.Pattern[bytes]:
    x = re.escape(prefix)
    return re.compile(
        rb"<%b(f|extLst)(?=[\s/>])%b>(?:(?<=/>)|(?<!/>).*?</%b\1\s*>)" % (x, ATTRIBUTES, x), re.DOTALL
    )


class CellForm(NamedTuple):
    """A cell of a part as it is written with one value after another: where it stands, all but its value."""

    start: int
    end: int
    prefix: bytes
    attributes: bytes
    formula: bytes
    behind: bytes

    def holding(self, value: Value) -> bytes:
        """Return the cell with a value, as :func:`cell_markup` writes it."""
        return cell_markup(self.prefix, self.attributes, value, self.formula, self.behind)


class CellForms:
    """The cells of one part, without their values."""

    def __init__(self, markup: Markup) -> None:
        self._original, self._prefix = markup.data, markup.prefix
        self._untyped: dict[bytes, bytes] = {}

    def of(self, match: re.Match[bytes], value: Value = None) -> CellForm:
        """Return what stays of a cell that was found and gets a value: one typed over a formula ends it."""
        rest = self._original[match.start(1) : match.end(1)].removesuffix(b"/").rstrip()
        content = match[2] or b""
        formula = extension = b""
        if b"f" in content or b"extLst" in content:
            for kept in _kept(self._prefix).finditer(content):
                start = match.start(2)
                piece = self._original[start + kept.start() : start + kept.end()]
                if kept[1] == b"f":
                    formula = b"" if isinstance(value, TypedOver) and not _is_shared(piece) else piece
                else:
                    extension = piece
        attributes = self._without_type(rest)
        return CellForm(match.start(), match.end(), self._prefix, attributes, formula, extension)

    def _without_type(self, rest: bytes) -> bytes:
        first = _ADDRESS_FIRST.match(rest)
        at = first.end() if first else 0
        behind = rest[at:]
        if behind not in self._untyped:
            self._untyped[behind] = _VALUE_ATTRIBUTE.sub(
                lambda match: b"" if match[1] in _OF_VALUE else match[0], behind
            )
        return rest[:at] + self._untyped[behind]


def cell_forms(markup: Markup, places: Iterable[Place], label: str) -> dict[Place, CellForm]:
    """Return the cells of a sheet part that are there of those asked for, by place.

    Raises:
        UserError: the part is no worksheet.
    """
    finder, forms = CellFinder(markup, label), CellForms(markup)
    wanted: dict[int, dict[int, None]] = {}
    for row, column in places:
        wanted.setdefault(row, {})[column] = None
    return {
        (number, column): forms.of(match)
        for number, row in finder.rows(wanted)[0].items()
        for column, match in finder.cells(number, row, wanted[number])[0].items()
    }


def _is_shared(formula: bytes) -> bool:
    """Whether other cells may ask for this formula's text."""
    return b"shared" in formula.partition(b">")[0]
