"""Asking the application to calculate everything when it opens the workbook (重新计算)."""

from __future__ import annotations

import re

from perf_excel.books.xlsx.markup import Markup, attributes, elements, tags

# calcPr stands behind these, in the order of the schema.
_BEFORE = (b"definedNames", b"externalReferences", b"functionGroups", b"sheets")
_FLAG = re.compile(rb"""(\sfullCalcOnLoad\s*=\s*)(?:"[^"]*"|'[^']*')""")


def force_recalculation(markup: Markup) -> bytes | None:
    """Return workbook.xml with fullCalcOnLoad set; None if it is set already or there is no place for it."""
    data, mask, x = markup.data, markup.mask(), markup.prefix
    found = tags(x, b"calcPr").search(mask)
    if found is None:
        at = _place(mask, x)
        return None if at is None else b'%b<%bcalcPr fullCalcOnLoad="1"/>%b' % (data[:at], x, data[at:])
    if attributes(found[1]).get(b"fullCalcOnLoad") in {b"1", b"true"}:
        return None
    start, end = found.span(1)
    rest, count = _FLAG.subn(rb'\1"1"', data[start:end])
    if not count:
        rest = b' fullCalcOnLoad="1"' + rest
    return data[:start] + rest + data[end:]


def _place(mask: bytes, prefix: bytes) -> int | None:
    for name in _BEFORE:
        found = elements(prefix, name).search(mask)
        if found:
            return found.end()
    return None
