"""The print area (打印区域) of a sheet: the last column that comes on paper."""

from __future__ import annotations

import re

from perf_excel.books.xlsx.markup import Markup, attributes, elements, integer, tags, text
from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN, column_number

_COLUMNS = re.compile(r"!\$?([A-Za-z]{1,3})(?:\$?[0-9]{1,7})?(?::\$?([A-Za-z]{1,3}))?")


def last_printed_column(book: Markup, sheet: str) -> int:
    """Return the last column of a sheet's print area; the last of all where it has none.

    Args:
        book: the workbook's main part.
        sheet: the sheet's name.
    """
    data, x = book.plain(), book.prefix
    listed = elements(x, b"sheets").search(data)
    raws: list[bytes] = tags(x, b"sheet").findall(listed[2] or b"") if listed else []
    names = [text(attributes(raw).get(b"name", b"")) for raw in raws]
    place = names.index(sheet) if sheet in names else None
    named = elements(x, b"definedNames").search(data)
    for raw, content in elements(x, b"definedName").findall(named[2] or b"") if named else ():
        values = attributes(raw)
        if values.get(b"name") == b"_xlnm.Print_Area" and integer(values.get(b"localSheetId")) == place:
            found: list[tuple[str, str]] = _COLUMNS.findall(text(content or b""))
            return max((column_number((right or left).upper()) for left, right in found), default=LAST_COLUMN)
    return LAST_COLUMN
