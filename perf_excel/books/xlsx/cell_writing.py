"""A cell as it is written in a sheet part (单元格的写法): its attributes, formula and value as markup."""

from __future__ import annotations

from decimal import Decimal

from perf_excel.books.xlsx.markup import escape
from perf_excel.sheets.grid import Value

_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"})


def cell_markup(x: bytes, rest: bytes, value: Value, formula: bytes = b"", behind: bytes = b"") -> bytes:
    """Return a cell with a value; of a formula it is the result.

    Args:
        x: the prefix of its namespace.
        rest: the attributes that do not go with the value, each with a space before it.
        value: what it is to hold.
        formula: the element of its formula.
        behind: what follows the value.

    Raises:
        ValueError: the value is a number that is not finite.
    """
    kind, content = _value(x, value, cached=bool(formula))
    inner = formula + content + behind
    return b"<%bc%b%b>%b</%bc>" % (x, rest, kind, inner, x) if inner else b"<%bc%b/>" % (x, rest)


def _value(x: bytes, value: Value, *, cached: bool) -> tuple[bytes, bytes]:
    """Return the type attribute and the value element, in a namespace with this prefix."""
    if value is None:
        return b"", b""
    if isinstance(value, bool):
        return b' t="b"', b"<%bv>%d</%bv>" % (x, value, x)
    if isinstance(value, Decimal):
        return b"", b"<%bv>%b</%bv>" % (x, _number(value), x)
    if cached:
        kind = b' t="e"' if value in _ERRORS else b' t="str"'
        return kind, b"<%bv%b>%b</%bv>" % (x, _space(value), escape(value), x)
    # An empty text is what a cleared cell shows.
    if not value:
        return b"", b""
    return b' t="inlineStr"', b"<%bis><%bt%b>%b</%bt></%bis>" % (x, x, _space(value), escape(value), x, x)


def _space(value: str) -> bytes:
    return b' xml:space="preserve"' if value != value.strip() or "\n" in value or "\t" in value else b""


def _number(value: Decimal) -> bytes:
    if not value.is_finite():
        raise ValueError(f"not a number for a cell: {value}")
    if not value:
        return b"0"
    # Sheets keep doubles: more digits than those distinguish would only look precise.
    written = str(value) if len(value.as_tuple().digits) <= 15 else repr(float(value))
    return written.encode()
