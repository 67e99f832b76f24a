"""A range of Excel's on Windows, asked for as XML (取区域的 XML): one trip for all its looks."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from perf_excel.live.xml_looks import Looks, NotUnderstoodError, looks
from perf_excel.sheets.grid import Place

if TYPE_CHECKING:
    from perf_excel.live.xl import xw

_PROPERTY_GET = 2
"""DISPATCH_PROPERTYGET."""
_XML_SPREADSHEET = 11
"""xlRangeValueXMLSpreadsheet, an argument of Range.Value."""


def told(cells: xw.Range, found: Collection[Place]) -> Looks | None:
    """Return what a range that begins at A1 looks like; None where the application does not tell it at once.

    Args:
        cells: the range.
        found: the places in it that are not empty.
    """
    # pywin32 has three ways to pass an argument to a property, by how the library of the application is
    # known; the interface itself has one. Each application refuses with an error of its own.
    with contextlib.suppress(NotUnderstoodError, Exception):
        raw: Any = cells.api._oleobj_
        value = raw.GetIDsOfNames(0, "Value")
        return looks(raw.Invoke(value, 0, _PROPERTY_GET, True, _XML_SPREADSHEET), found)  # noqa: FBT003
    return None
