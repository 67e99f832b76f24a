"""Cells that ask before they let anybody type, or refuse it (数据有效性): added to a sheet; all else stays.

A cell has one validation only: where there was another, its areas are cut around the cell.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from perf_excel.books.xlsx.markup import Markup, attributes, elements, escape, tags, text
from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN, LAST_ROW, column_number
from perf_excel.books.xlsx.splicing import Splice, attribute_splices, encoded, spliced
from perf_excel.sheets.grid import Area, Place, address

_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
_COUNT = re.compile(rb"""(\scount\s*=\s*["'])[0-9]+""")
_BEHIND = (
    b"hyperlinks|printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|customProperties|cellWatches"
    b"|ignoredErrors|smartTags|drawing|legacyDrawing|legacyDrawingHF|drawingHF|picture|oleObjects|controls"
    b"|webPublishItems|tableParts|extLst"
)
"""What stands behind the validations, in the order of the schema."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Cells, and what is said to whoever types into them; ``asks`` lets who confirms it."""

    places: Collection[Place]
    title: str
    message: str
    asks: bool = False


def refusing(markup: Markup, refusals: Sequence[Refusal]) -> bytes:
    """Return a sheet's part with validations that refuse or ask."""
    wanted = [one for one in refusals if one.places]
    if not wanted:
        return encoded([markup.data], markup.encoding)
    x, mask = markup.prefix, markup.mask()
    new = b"".join(_validation(one, x) for one in wanted)
    own = {place for one in wanted for place in one.places}
    section = elements(x, b"dataValidations").search(mask)
    if section is None:
        at = _place(mask, x)
        entry = b'<%bdataValidations count="%d">%b</%bdataValidations>' % (x, len(wanted), new, x)
        return encoded(spliced(markup.data, [(at, at, entry)]), markup.encoding)
    kept = list(elements(x, b"dataValidation").finditer(mask, *section.span(2))) if section[2] else []
    splices: list[Splice] = []
    gone = 0
    for one in kept:
        areas = text(attributes(one[1]).get(b"sqref", b"")).split()
        left = list(_without(areas, own))
        if not left:
            gone += 1
            splices.append((one.start(), one.end(), b""))
        elif left != areas:
            splices += attribute_splices(mask, one.span(1), b"sqref", lambda _, left=left: " ".join(left))
    count = len(kept) - gone + len(wanted)
    head = markup.data[section.start() : section.start(2)] if section[2] is not None else None
    if head is None:
        entry = b'<%bdataValidations count="%d">%b</%bdataValidations>' % (x, count, new, x)
        return encoded(spliced(markup.data, [(section.start(), section.end(), entry)]), markup.encoding)
    splices.append((section.start(), section.start(2), _COUNT.sub(rb"\g<1>%d" % count, head, count=1)))
    splices.append((section.end(2), section.end(2), new))
    return encoded(spliced(markup.data, splices), markup.encoding)


def validated(markup: Markup) -> list[Area]:
    """Return the areas of a sheet that have a validation."""
    raws: list[bytes] = tags(markup.prefix, b"dataValidation").findall(markup.mask())
    areas = (text(attributes(raw).get(b"sqref", b"")).split() for raw in raws)
    return [area for one in areas for text_of in one if (area := _area(text_of))]


def _validation(one: Refusal, x: bytes) -> bytes:
    areas = " ".join(_written(area) for area in _joined(one.places))
    style = b' errorStyle="warning"' if one.asks else b""
    title, message, sqref = (_quoted(word) for word in (one.title, one.message, areas))
    return (
        b'<%bdataValidation type="custom"%b allowBlank="0" showErrorMessage="1" errorTitle="%b" error="%b"'
        b' sqref="%b"><%bformula1>FALSE</%bformula1></%bdataValidation>'
    ) % (x, style, title, message, sqref, x, x, x)


def _place(mask: bytes, x: bytes) -> int:
    end = (
        mask.index(b"</" + x + b"sheetData") if b"</" + x + b"sheetData" in mask else mask.index(b"sheetData")
    )
    found = tags(x, _BEHIND).search(mask, end)
    return found.start() if found else mask.rindex(b"</" + x + b"worksheet")


def _quoted(word: str) -> bytes:
    return escape(word).replace(b'"', b"&quot;")


def _area(written: str) -> Area | None:
    found = _AREA.fullmatch(written)
    if found is None:
        return None
    left, top, right, bottom = found.groups()
    columns = column_number(left.upper()), column_number((right or left).upper())
    area = Area(int(top), columns[0], int(bottom or top), columns[1])
    fits = 1 <= area.top <= area.bottom <= LAST_ROW and 1 <= area.left <= area.right <= LAST_COLUMN
    return area if fits else None


def _without(areas: Sequence[str], places: Collection[Place]) -> Iterator[str]:
    """Yield areas without some places; one that is untouched as it is written."""
    for written in areas:
        area = _area(written)
        inside = [place for place in places if area and _holds(area, place)]
        if area is None or not inside:
            yield written
            continue
        yield from (_written(one) for one in _cut(area, inside))


def _holds(area: Area, place: Place) -> bool:
    return area.top <= place[0] <= area.bottom and area.left <= place[1] <= area.right


def _cut(area: Area, places: Sequence[Place]) -> Iterator[Area]:
    """Yield what is left of an area: column by column, the same columns together."""
    gone: dict[int, set[int]] = {}
    for row, column in places:
        gone.setdefault(column, set()).add(row)
    at = area.left
    for column in sorted(gone):
        if at < column:
            yield area._replace(left=at, right=column - 1)
        top = area.top
        for row in sorted(gone[column]):
            if top < row:
                yield Area(top, column, row - 1, column)
            top = row + 1
        if top <= area.bottom:
            yield Area(top, column, area.bottom, column)
        at = column + 1
    if at <= area.right:
        yield area._replace(left=at)


def _joined(places: Collection[Place]) -> Iterator[Area]:
    """Yield places as areas: runs down a column."""
    by_column = sorted((column, row) for row, column in places)
    for (column, _), run in groupby(enumerate(by_column), key=lambda one: (one[1][0], one[1][1] - one[0])):
        rows = [row for _, (_, row) in run]
        yield Area(rows[0], column, rows[-1], column)


def _written(area: Area) -> str:
    first, last = address(area.top, area.left), address(area.bottom, area.right)
    return first if first == last else f"{first}:{last}"
