"""Number formats and merged areas of a whole range of Excel's, asked for at once (一次问清数字格式与合并).

Excel gives a range as XML Spreadsheet, ``Range.Value(11)``, as Microsoft describes it in the XML Spreadsheet
Reference. What it says is held against the values that were read otherwise; where it does not fit, or the
application does not know it, live/halving.py asks piece by piece.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from perf_excel.sheets.grid import Area, Place

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_NAMED = {
    "General Number": "General",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
    "General Date": "yyyy/m/d h:mm",
    "Short Date": "yyyy/m/d",
    "Medium Date": "d-mmm-yy",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "Short Time": "h:mm",
    "Medium Time": "h:mm AM/PM",
    "Long Time": "h:mm:ss",
    "Currency": '"¥"#,##0.00',
}
"""Number formats that go by a name; those of dates look as a Chinese Windows shows them."""
_MOST_STYLES = 100
"""How many styles may stand upon each other."""


class NotUnderstoodError(Exception):
    """This is no XML Spreadsheet, or not of this range."""


class Looks(NamedTuple):
    """What cells look like."""

    formats: dict[Place, str]
    merges: list[Area]


class _Told(NamedTuple):
    """What was said of one cell."""

    format: str
    filled: bool
    area: Area


def looks(text: object, found: Collection[Place]) -> Looks:
    """Return the number formats and merged areas of a range that begins at A1.

    Args:
        text: what the application gave.
        found: the places that were found not to be empty.

    Raises:
        NotUnderstoodError: it is no XML Spreadsheet, or other cells are filled in it.
    """
    told = _told(text)
    merges = [one.area for one in told.values() if one.area[:2] != one.area[2:]]
    formats = {
        (row, column): one.format
        for one in told.values()
        for row in range(one.area.top, one.area.bottom + 1)
        for column in range(one.area.left, one.area.right + 1)
    }
    filled = {place for place, one in told.items() if one.filled}
    if not filled <= set(found) or not set(found) <= set(formats):
        raise NotUnderstoodError
    return Looks(formats, merges)


def _told(text: object) -> dict[Place, _Told]:
    if not isinstance(text, str) or "<!DOCTYPE" in text:
        raise NotUnderstoodError
    try:
        root = ET.fromstring(text)  # noqa: S314  (no document type, so no entities)
        table = root.find(f"{_SS}Worksheet/{_SS}Table")
        if table is None:
            raise NotUnderstoodError
        codes = _codes(root)
        columns = {
            number: codes[style]
            for number, column in _counted(table, "Column")
            if (style := column.get(f"{_SS}StyleID"))
        }
        return {
            (row, number): _cell(cell, row, number, codes, line.get(f"{_SS}StyleID"), columns)
            for row, line in _counted(table, "Row")
            for number, cell in _counted(line, "Cell")
        }
    except (ET.ParseError, KeyError, ValueError) as error:
        raise NotUnderstoodError from error


def _counted(parent: ET.Element, name: str) -> Iterator[tuple[int, ET.Element]]:
    """Yield each part with its number: counted on from the last, where it does not say its own."""
    number = 1
    for part in parent.iterfind(_SS + name):
        number = int(part.get(f"{_SS}Index", number))
        for _ in range(int(part.get(f"{_SS}Span", 0)) + 1):
            yield number, part
            number += 1
        number += int(part.get(f"{_SS}MergeAcross", 0))


def _cell(
    cell: ET.Element,
    row: int,
    column: int,
    codes: dict[str, str],
    of_row: str | None,
    columns: dict[int, str],
) -> _Told:
    style = cell.get(f"{_SS}StyleID") or of_row
    code = codes[style] if style else columns.get(column, codes.get("Default", "General"))
    data = cell.find(f"{_SS}Data")
    filled = cell.get(f"{_SS}Formula") is not None or (data is not None and "".join(data.itertext()) != "")
    across, down = int(cell.get(f"{_SS}MergeAcross", 0)), int(cell.get(f"{_SS}MergeDown", 0))
    return _Told(code, filled, Area(row, column, row + down, column + across))


def _codes(root: ET.Element) -> dict[str, str]:
    """Return each style's number format: its own, or that of the style on which it stands."""
    styles = {style.get(f"{_SS}ID", ""): style for style in root.iterfind(f"{_SS}Styles/{_SS}Style")}

    def code(name: str, left: int = _MOST_STYLES) -> str:
        own = styles[name].find(f"{_SS}NumberFormat")
        if own is not None:
            said = own.get(f"{_SS}Format", "General")
            return _NAMED.get(said, said)
        parent = styles[name].get(f"{_SS}Parent") or ("Default" if name != "Default" else None)
        if left == 0:
            raise NotUnderstoodError
        return code(parent, left - 1) if parent in styles else "General"

    return {name: code(name) for name in styles}
