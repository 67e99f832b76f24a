"""Read an .ods (OpenDocument 表格) from its content.xml; formats as far as the displayed text shows them."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from lxml import etree

from perf_excel.books.older.displayed import shown_date_format, shown_format
from perf_excel.books.older.legacysheet import CELLS, LAST_COLUMN, Budget, Sheet, damaged, locked, too_large
from perf_excel.books.older.serials import serial
from perf_excel.sheets.grid import Area

_Element = etree._Element  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001  (its only name)

CONTENT_BYTES = 64 << 20
"""What content.xml may inflate to."""

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def read_ods(path: Path) -> list[Sheet]:
    """Read every worksheet of an .ods.

    Raises:
        UserError: it has a password, is damaged, or is too large for the limits.
    """
    try:
        with zipfile.ZipFile(path) as package:
            if b":encryption-data" in _member(package, "META-INF/manifest.xml", path.name):
                raise locked(path.name)
            content = _member(package, "content.xml", path.name)
        # A document type could declare entities that grow without end; no workbook needs one.
        if b"<!DOCTYPE" in content:
            raise damaged(path.name, "ods")
        return list(_sheets(content, Budget(path.name)))
    except (
        *(zipfile.BadZipFile, zlib.error, KeyError, OSError, RuntimeError),  # the package
        *(etree.Error, ValueError, OverflowError),  # its content
    ):
        raise damaged(path.name, "ods") from None


def _member(package: zipfile.ZipFile, part: str, name: str) -> bytes:
    """Inflate a part, but never more than its limit, whatever the package promises."""
    with package.open(part) as stream:
        content = stream.read(CONTENT_BYTES + 1)
    if len(content) > CONTENT_BYTES:
        raise too_large(name, f"内容超过 {CONTENT_BYTES >> 20} MB")
    return content


def _sheets(content: bytes, budget: Budget) -> Iterator[Sheet]:
    hidden: set[str] = set()
    table: _Table | None = None
    parts = ("table", "table-source", "table-column", "table-row")
    for event, element in etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        tag=[f"{_STYLE}style", *(_TABLE + part for part in parts)],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
    ):
        match event, str(element.tag).rpartition("}")[2]:
            case "end", "style":
                properties = element.find(f"{_STYLE}table-properties")
                if properties is not None and properties.get(f"{_TABLE}display") == "false":
                    hidden.add(element.get(f"{_STYLE}name", ""))
            case "start", "table":
                style = element.get(f"{_TABLE}style-name", "")
                table = _Table(Sheet(element.get(f"{_TABLE}name", ""), budget, hidden=style in hidden))
            case "start", "table-source":
                table = None  # a copy of another workbook's sheet, kept for links
            case "end", "table-column" | "table-row" as part:
                if table is not None:
                    table.take(part, element)
                element.clear()
            case "end", "table":
                if table is not None:
                    yield table.sheet
                table = None
            case _:
                pass


class _Table:
    """A sheet, and the row and column that come next."""

    __slots__ = ("_column", "_row", "sheet")

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._row = self._column = 1

    def take(self, part: str, element: _Element) -> None:
        """Take a column, or a row with its cells, which may stand for many."""
        if part == "table-column":
            first = self._column
            self._column += min(int(element.get(f"{_TABLE}number-columns-repeated", "1")), LAST_COLUMN)
            if _is_hidden(element):
                self.sheet.hidden_columns.update(range(first, self._column))
            return
        first = self._row
        self._row += _row(element, first, self.sheet)
        if _is_hidden(element):
            self.sheet.hidden_rows.update(range(first, min(self._row, first + CELLS)))


def _is_hidden(element: _Element) -> bool:
    """Whether a row or column is hidden, by itself or by a filter."""
    return element.get(f"{_TABLE}visibility", "visible") != "visible"


def _row(element: _Element, row: int, sheet: Sheet) -> int:
    """Add the cells of a row and return how many rows it stands for."""
    rows = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
    column = 1
    for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        columns = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        content = _cell(cell)
        if content is not None:
            for place in range(row, row + rows):
                for across in range(column, column + columns):
                    sheet.add(place, across, *content)
        down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        right = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
        if down > 1 or right > 1:
            sheet.merge(Area(row, column, row + down - 1, column + right - 1))
        column += columns
    return rows


def _cell(cell: _Element) -> tuple[object, str, str | None] | None:
    """Return value, format and formula of a cell, None for an empty one."""
    formula = cell.get(f"{_TABLE}formula")
    kind = cell.get(f"{_OFFICE}value-type")
    if kind is None and formula is None:
        return None
    shown = "\n".join(_text(paragraph) for paragraph in cell.iterchildren(f"{_TEXT}p"))
    value, format_ = _value(cell, kind or "string", shown)
    return value, format_, formula and _excel_formula(formula)


def _value(cell: _Element, kind: str, shown: str) -> tuple[object, str]:
    if cell.get(f"{_CALC}value-type") == "error":
        return shown if shown.startswith("#") else f"#{shown}", "General"
    value: object = cell.get(f"{_OFFICE}string-value") or shown
    format_ = "General"
    match kind:
        case "float" | "percentage" | "currency" if shown in {"TRUE", "FALSE"}:
            value = shown == "TRUE"
        case "float" | "percentage" | "currency":
            # With the 15 digits that applications keep; what is too large for them stays a text.
            number = float(cell.get(f"{_OFFICE}value", ""))
            if math.isfinite(number):
                value, format_ = number, shown_format(Decimal(f"{number:.15g}"), shown)
        case "boolean":
            value = cell.get(f"{_OFFICE}boolean-value") == "true"
        case "date":
            written = cell.get(f"{_OFFICE}date-value", "")
            moment = dt.datetime.fromisoformat(written)
            value, format_ = serial(moment if "T" in written else moment.date())
            format_ = shown_date_format(shown) or format_
        case "time":
            found = re.fullmatch(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S", cell.get(f"{_OFFICE}time-value", ""))
            if found:
                hours, minutes, seconds = map(int, found.groups())
                value, format_ = serial(dt.timedelta(hours=hours, minutes=minutes, seconds=seconds))
        case _:
            pass
    return value, format_


def _text(paragraph: _Element) -> str:
    """Return the text of a paragraph, with its written-out spaces, tabs and line breaks."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        match child.tag:
            case "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}s":
                parts.append(" " * min(int(child.get(f"{_TEXT}c", "1")), 1000))
            case "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}tab":
                parts.append("\t")
            case "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}line-break":
                parts.append("\n")
            case str():
                parts.append(_text(child))  # a span or link
            case _:
                pass  # a comment or processing instruction
        parts.append(child.tail or "")
    return "".join(parts)


def _excel_formula(formula: str) -> str:
    """Turn ``of:=SUM([.A1:.B2];1)`` into ``SUM(A1:B2,1)``: close to what Excel writes, not meant to run."""
    body = formula.partition("=")[2]
    pieces = re.split(r'("[^"]*")', body)  # every second one is a text in quotes
    for index in range(0, len(pieces), 2):
        references = re.sub(
            r"\[([^\]]*+)(?:\]|\Z)",
            lambda found: re.sub(r"(^|:)\.", r"\1", found[1]).replace(".", "!").lstrip("$"),
            pieces[index],
        )
        pieces[index] = references.replace(";", ",")
    return "".join(pieces)
