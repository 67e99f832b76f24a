"""A formula's text as a tree: arithmetic, comparisons, functions, cells and areas of the sheet itself."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from perf_excel.sheets.grid import Area, Place

LONGEST = 8_192
"""Characters of a formula, as Excel allows them."""
_DEEPEST = 30
"""Brackets in brackets."""
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:E[+-]?[0-9]{1,2})?)(?![\w.])
    | (?P<text>"(?:[^"]|"")*+")
    | (?P<sheet>'(?:[^']|'')++'!|[^\W\d][\w.]*!)
    | (?P<cell>\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6})(?![\w.(])
    | (?P<word>[A-Z][A-Z0-9.]*)
    | (?P<sign><=|>=|<>|[-+*/%<>=(),:])
    )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+)", re.IGNORECASE)
_COMPARE = ("=", "<>", "<", ">", "<=", ">=")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class Number(NamedTuple):
    """A number as it is written."""

    value: Decimal


class Text(NamedTuple):
    """A text in quotes."""

    value: str


class One(NamedTuple):
    """A cell; of another sheet if one is named."""

    place: Place
    sheet: str = ""


class Range(NamedTuple):
    """An area of cells."""

    area: Area
    sheet: str = ""


class Call(NamedTuple):
    """A function or an operator with its arguments."""

    name: str
    arguments: tuple[Node, ...]


Node = Number | Text | One | Range | Call


class _NoTreeError(Exception):
    """The formula holds something that is not known here."""


@lru_cache(maxsize=4_096)
def tree_of(formula: str) -> Node | None:
    """Return a formula as a tree; None for one that holds anything else."""
    if not formula or len(formula) > LONGEST:
        return None
    try:
        return _Parser(formula).whole()
    except _NoTreeError:
        return None


class _Parser:
    def __init__(self, formula: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(formula):
            match = _TOKEN.match(formula, at)
            if match is None or match.lastgroup is None:
                raise _NoTreeError
            self._tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._comparison()
        if self._at < len(self._tokens):
            raise _NoTreeError
        return node

    def _next(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _take(self, *signs: str) -> str:
        kind, text = self._next()
        if kind == "sign" and text in signs:
            self._at += 1
            return text
        return ""

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise _NoTreeError

    def _comparison(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _NoTreeError
        node = self._sum()
        while sign := self._take(*_COMPARE):
            node = Call(sign, (node, self._sum()))
        self._depth -= 1
        return node

    def _sum(self) -> Node:
        node = self._product()
        while sign := self._take("+", "-"):
            node = Call(sign, (node, self._product()))
        return node

    def _product(self) -> Node:
        node = self._signed()
        while sign := self._take("*", "/"):
            node = Call(sign, (node, self._signed()))
        return node

    def _signed(self) -> Node:
        negative = False
        while sign := self._take("+", "-"):
            negative ^= sign == "-"
        node = self._primary()
        while self._take("%"):
            node = Call("%", (node,))
        return Call("negative", (node,)) if negative else node

    def _primary(self) -> Node:
        kind, text = self._next()
        self._at += 1
        if kind == "number":
            return Number(Decimal(text))
        if kind == "text":
            return Text(text[1:-1].replace('""', '"'))
        if kind == "cell":
            return self._cells(text, "")
        if kind == "sheet" and self._next()[0] == "cell":
            self._at += 1
            name = text[:-1]
            quoted = name.startswith("'")
            return self._cells(
                self._tokens[self._at - 1][1], name[1:-1].replace("''", "'") if quoted else name
            )
        if kind == "word":
            return self._call(text.upper())
        if (kind, text) == ("sign", "("):
            node = self._comparison()
            self._need(")")
            return node
        raise _NoTreeError

    def _cells(self, first: str, sheet: str) -> Node:
        top, left = _place(first)
        if not self._take(":"):
            return One((top, left), sheet)
        kind, text = self._next()
        self._at += 1
        if kind != "cell":
            raise _NoTreeError
        bottom, right = _place(text)
        return Range(Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right)), sheet)

    def _call(self, name: str) -> Node:
        self._need("(")
        arguments: list[Node] = []
        while not self._take(")"):
            if arguments:
                self._need(",")
            arguments.append(self._comparison())
        return Call(name, tuple(arguments))


def _place(address: str) -> Place:
    found = _CELL.fullmatch(address)
    if found is None:
        raise _NoTreeError
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    if row > _LAST_ROW or column > _LAST_COLUMN:
        raise _NoTreeError
    return row, column
