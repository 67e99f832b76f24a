"""The formulas of one sheet, each worked out once, within bounds."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, DecimalException
from typing import Final

from perf_excel.forms.error_value import is_error_value
from perf_excel.sheets.calculating.formula_tree import Call, Node, Number, One, Range, Text, tree_of
from perf_excel.sheets.grid import EMPTY, Area, Grid, Place, Value, is_picture

_MOST_STEPS = 60_000
"""Parts of formulas that are looked at, all together."""
_MOST_CELLS = 200_000
"""Cells of areas that are looked at, all together."""
_DEEPEST = 80
_FIFTEEN: Final = Context(prec=15, rounding=ROUND_HALF_EVEN)
"""Sheets keep doubles, and show fifteen digits of them."""
_WIDEST = Decimal("1e15")
_MOST_DIGITS = 15

_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le,
    ">=": operator.ge,
}  # fmt: skip

_ON_TRUTH = ("AND", "OR", "NOT", "ISNUMBER", "ISBLANK")


class _UnknownError(Exception):
    """What a formula shows cannot be told here."""


class _DeepError(_UnknownError):
    """It might be told from another cell on."""


class _ShownError(Exception):
    """The formula shows an error value."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Calculation:
    """The results of a sheet's formulas, such as SUM(E7:E9)/B2 and ROUND(MIN(1,E6/D6)*F6,2)."""

    def __init__(self, grid: Grid) -> None:
        """Take the sheet as it stands."""
        self._grid = grid
        self._results: dict[Place, Value] = {}
        self._open: set[Place] = set()
        self._steps, self._cells = _MOST_STEPS, _MOST_CELLS
        self._depth = 0

    def result(self, place: Place) -> Value:
        """Return what a formula gives: a number, a text, an error value; None where it is not known."""
        if place in self._open:
            raise _UnknownError  # it goes round in a circle
        if place not in self._results:
            # A form cut over several sheets is one grid, in which their rows have other numbers.
            formula = "" if self._grid.strips else self._grid.cells.get(place, EMPTY).formula or ""
            tree = tree_of(formula)
            self._open.add(place)
            try:
                self._results[place] = None if tree is None else _final(self._of(tree))
            except _ShownError as error:
                self._results[place] = error.code
            except _DeepError:
                if self._depth:
                    raise
                return None
            except (_UnknownError, DecimalException):
                self._results[place] = None
            finally:
                self._open.discard(place)
        return self._results[place]

    def _of(self, node: Node) -> Value:
        self._steps -= 1
        if self._steps < 0:
            raise _UnknownError
        if self._depth >= _DEEPEST:
            raise _DeepError
        if isinstance(node, (Number, Text)):
            return node.value
        self._depth += 1
        try:
            if isinstance(node, One):
                return self._cell(node.place, node.sheet)
            if isinstance(node, Call):
                return self._called(node)
        finally:
            self._depth -= 1
        raise _UnknownError  # an area that stands by itself

    def _cell(self, place: Place, sheet: str) -> Value:
        if sheet and sheet.lower() != self._grid.sheet.lower():
            raise _UnknownError
        if self._is_helper(place[1]):
            raise _UnknownError
        cell = self._grid.cells.get(place, EMPTY)
        value = cell.value
        if cell.formula is not None:
            result = self.result(place)
            value = value if result is None else result
            if value is None or is_picture(cell.formula):
                raise _UnknownError
        if isinstance(value, str) and is_error_value(value):
            raise _ShownError(value)
        return value

    def _is_helper(self, column: int) -> bool:
        return self._grid.helpers is not None and column >= self._grid.helpers

    def _called(self, node: Call) -> Value:
        name, arguments = node
        if name in _COMPARE and len(arguments) == 2:
            return self._compared(name, self._of(arguments[0]), self._of(arguments[1]))
        if name in ("+", "-", "*", "/", "%", "negative"):
            return _reckoned(name, *(_number(self._of(one)) for one in arguments))
        if name in ("SUM", "MIN", "MAX", "AVERAGE"):
            return _gathered(name, list(self._numbers(arguments)))
        if name in ("ROUND", "ABS"):
            numbers = [_number(self._of(one)) for one in arguments]
            return _rounded(*numbers) if (name, len(numbers)) == ("ROUND", 2) else _absolute(name, numbers)
        return self._truth_of(name, arguments) if name in _ON_TRUTH else self._chosen(name, arguments)

    def _chosen(self, name: str, arguments: tuple[Node, ...]) -> Value:
        if name == "IF" and 2 <= len(arguments) <= 3:
            chosen = arguments[1:] if self._truth(arguments[0]) else arguments[2:]
            return self._of(chosen[0]) if chosen else False
        if name == "IFERROR" and len(arguments) == 2:
            try:
                return self._of(arguments[0])
            except _ShownError:
                return self._of(arguments[1])
        raise _UnknownError

    def _truth_of(self, name: str, arguments: tuple[Node, ...]) -> bool:
        if name in ("AND", "OR") and arguments:
            # All terms are looked at, as an application does: an error in any of them is the result.
            return (all if name == "AND" else any)([self._truth(one) for one in arguments])
        if len(arguments) != 1 or name in ("AND", "OR"):
            raise _UnknownError
        return not self._truth(arguments[0]) if name == "NOT" else self._is(name, arguments[0])

    def _is(self, name: str, node: Node) -> bool:
        """Whether a term is a number, or a cell with nothing in it."""
        try:
            value = self._of(node)
        except _ShownError:
            return False
        return value is None if name == "ISBLANK" else isinstance(value, Decimal)

    def _truth(self, node: Node) -> bool:
        value = self._of(node)
        if isinstance(value, str):
            raise _UnknownError
        return bool(value)

    def _compared(self, sign: str, one: Value, other: Value) -> bool:
        if isinstance(one, str) or isinstance(other, str):
            texts = ["" if value is None else value for value in (one, other)]
            if sign not in ("=", "<>"):
                raise _UnknownError
            if not all(isinstance(text, str) for text in texts):
                return sign == "<>"  # a text is no number, whatever it shows
            same = str(texts[0]).lower() == str(texts[1]).lower()
            return same == (sign == "=")
        return _COMPARE[sign](_FIFTEEN.plus(_number(one)), _FIFTEEN.plus(_number(other)))

    def _numbers(self, arguments: tuple[Node, ...]) -> Iterator[Decimal]:
        """The numbers of a list of cells, areas and terms; texts and blanks in cells count nothing."""
        for node in arguments:
            if isinstance(node, Range):
                yield from self._inside(node.area, node.sheet)
            elif isinstance(node, One):
                value = self._of(node)
                if isinstance(value, Decimal):
                    yield value
            else:
                yield _number(self._of(node))

    def _inside(self, area: Area, sheet: str) -> Iterator[Decimal]:
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if size > self._cells or self._is_helper(area.right):
            raise _UnknownError
        self._cells -= size
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                if (row, column) in self._grid.cells:
                    value = self._cell((row, column), sheet)
                    if isinstance(value, Decimal):
                        yield value


def _final(value: Value) -> Value:
    """A result as a cell keeps it: of a blank cell 0."""
    if value is None:
        return Decimal(0)
    if isinstance(value, Decimal):
        if abs(value) > _WIDEST:
            raise _UnknownError
        return _FIFTEEN.plus(value)
    return value


def _number(value: Value) -> Decimal:
    """What a term is reckoned with; what a text comes to is the application's affair."""
    if isinstance(value, str):
        raise _UnknownError
    return Decimal(value or 0)


def _reckoned(name: str, one: Decimal, other: Decimal | None = None) -> Decimal:
    if name == "negative":
        return -one
    if name == "%" or other is None:
        return one / 100
    if name == "/":
        if not other:
            raise _ShownError("#DIV/0!")
        return one / other
    return {"+": operator.add, "-": operator.sub, "*": operator.mul}[name](one, other)


def _gathered(name: str, numbers: list[Decimal]) -> Decimal:
    if name == "AVERAGE":
        if not numbers:
            raise _ShownError("#DIV/0!")
        return sum(numbers, Decimal(0)) / len(numbers)
    if name == "SUM":
        return sum(numbers, Decimal(0))
    return (min if name == "MIN" else max)(numbers, default=Decimal(0))


def _rounded(number: Decimal, digits: Decimal) -> Decimal:
    places = int(digits)
    if abs(places) > _MOST_DIGITS or abs(number) > _WIDEST:
        raise _UnknownError
    return _FIFTEEN.plus(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _absolute(name: str, numbers: list[Decimal]) -> Decimal:
    if name != "ABS" or len(numbers) != 1:
        raise _UnknownError
    return abs(numbers[0])
