"""Read .xls, .xlsb and .ods workbooks (旧格式工作簿) as grids, in a child process with limits.

.xls and .xlsb: values and merges come from calamine, the number formats of .xls and its error values from
xlrd. calamine gives no formulas, turns the errors of .xlsb (#DIV/0! …) into nothing, and knows neither number
formats nor merges of .xlsb: there 99% reads as 0.99. .ods: everything comes from content.xml, the formats as
far as the displayed text shows them.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import os
import re
import zipfile
import zlib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn, cast

from perf_excel.books import confined
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area, Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    _Element = etree._Element  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001  (its only name)

Kind = Literal["xls", "xlsb", "ods"]

FILE_BYTES = 50 << 20
CONTENT_BYTES = 64 << 20
"""What content.xml of an .ods may inflate to."""
CELLS = 200_000
"""Cells, merged areas and sheets of a workbook together."""
MERGED_PLACES = 1_000_000
"""Places under the merged areas of a sheet: a grid spreads them out."""
LAST_ROW, LAST_COLUMN = 1 << 20, 1 << 14
TEXT = 16 << 20
"""Characters of all cells together."""

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (workbooks know no time zones)

_Packed = tuple[int, int, str, str, str, str | None]
"""A cell as it crosses the pipe: row, column, kind of value (s, n or b), value as text, format, formula."""


def read_legacy(path: Path, kind: Kind) -> list[Grid]:
    """Read every worksheet of a workbook, hidden ones too, chart sheets not.

    ``kind`` is what the content is, whatever the file is called. Raises UserError for a file that cannot be
    opened, has a password, is damaged, or is too large for the limits.
    """
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
    except OSError as error:
        reason = error.strerror or "原因不明"
        raise UserError(
            f"{path.name}：打不开（{reason}），请检查文件是否存在、是否被占用、是否有读取权限。"
        ) from None
    if size > FILE_BYTES:
        raise UserError(_too_large(path.name, f"文件超过 {FILE_BYTES >> 20} MB"))
    answer = confined.call("perf_excel.books.legacy:child_read", [str(path.resolve()), kind], name=path.name)
    return [
        Grid(
            sheet["name"],
            {
                (row, column): Cell(_value(of, text), format_, formula)
                for row, column, of, text, format_, formula in sheet["cells"]
            },
            tuple(Area(*merge) for merge in sheet["merges"]),
            hidden=sheet["hidden"],
        )
        for sheet in cast("list[dict[str, Any]]", answer)
    ]


def child_read(path: str, kind: Kind) -> list[dict[str, object]]:
    """Read a workbook to JSON: the part of ``read_legacy`` that runs in the child process.

    Raises UserError as ``read_legacy`` does.
    """
    sheets = _ods(Path(path)) if kind == "ods" else _excel(Path(path), kind)
    return [sheet.packed() for sheet in sheets]


class _Sheet:
    """A sheet while it is being read."""

    def __init__(self, name: str, budget: _Budget, *, hidden: bool) -> None:
        self.name = name
        self.hidden = hidden
        self.cells: list[_Packed] = []
        self.merges: list[Area] = []
        self._budget = budget
        budget.spend(len(name))

    def add(self, row: int, column: int, value: object, format_: str, formula: str | None = None) -> None:
        """Add a cell; places count from 1.

        Raises UserError when the workbook holds too much, ValueError for a place outside of any sheet.
        """
        if not (0 < row <= LAST_ROW and 0 < column <= LAST_COLUMN):
            raise ValueError(row, column)
        kind, text = _pack(value)
        self._budget.spend(len(text) + len(formula or ""))
        self.cells.append((row, column, kind, text, format_, formula))

    def merge(self, area: Area) -> None:
        """Add a merged area; raises UserError when the workbook holds too much."""
        self._budget.spend(0)
        self.merges.append(area)

    def packed(self) -> dict[str, object]:
        """Return the sheet as JSON; raises UserError when its merged areas cover too much of it."""
        bottom = max((cell[0] for cell in self.cells), default=0)
        right = max((cell[1] for cell in self.cells), default=0)
        places = sum(
            max(min(area.bottom, bottom) - area.top + 1, 0) * max(min(area.right, right) - area.left + 1, 0)
            for area in self.merges
        )
        if places > MERGED_PLACES:
            self._budget.refuse(f"工作表“{self.name}”的合并单元格占 {places} 格")
        return {"name": self.name, "hidden": self.hidden, "cells": self.cells, "merges": self.merges}


class _Budget:
    """What the cells of one workbook may take."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._cells = 0
        self._text = 0

    def spend(self, characters: int) -> None:
        self._cells += 1
        self._text += characters
        if self._cells > CELLS or self._text > TEXT:
            self.refuse(f"内容超过 {CELLS} 个单元格或 {TEXT >> 20} 百万字")

    def refuse(self, what: str) -> NoReturn:
        raise UserError(_too_large(self._name, what))


def _pack(value: object) -> tuple[str, str]:
    if isinstance(value, bool):
        return "b", "1" if value else ""
    if isinstance(value, str):
        return "s", value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return "n", str(int(value))  # 95.0 is 95, as .xlsx writes it
    return "n", str(value) if isinstance(value, Decimal) else repr(value)


def _value(kind: str, text: str) -> str | Decimal | bool:
    if kind == "n":
        return Decimal(text)
    return bool(text) if kind == "b" else text


# --- .xls and .xlsb -----------------------------------------------------------------------------------------


def _excel(path: Path, kind: Kind) -> list[_Sheet]:
    from python_calamine import (  # noqa: PLC0415  (only the child process loads it)
        CalamineError,
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    budget = _Budget(path.name)
    sheets: list[_Sheet] = []
    try:
        with path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
            for index, about in enumerate(book.sheets_metadata):
                if about.typ is not SheetTypeEnum.WorkSheet:
                    continue
                sheet = _Sheet(about.name, budget, hidden=about.visible is not SheetVisibleEnum.Visible)
                sheets.append(sheet)
                source = book.get_sheet_by_index(index)
                for (top, left), (bottom, right) in source.merged_cell_ranges or ():
                    sheet.merge(Area(top + 1, left + 1, bottom + 1, right + 1))
                # The range starts at the first used cell, not at A1.
                first_row, first_column = source.start or (0, 0)
                for row, values in enumerate(source.to_python(), first_row + 1):
                    for column, value in enumerate(values, first_column + 1):
                        # A number that is none, as a damaged file may hold, is nothing a cell can show.
                        if value != "" and not (isinstance(value, float) and not math.isfinite(value)):
                            sheet.add(row, column, *_plain(value))
    except (CalamineError, OSError, ValueError):
        raise UserError(_locked(path.name) if _has_password(path) else _damaged(path.name, kind)) from None
    if kind == "xls":
        _add_xls_formats(path, sheets)
    return sheets


def _has_password(path: Path) -> bool:
    """Say whether an unreadable workbook is encrypted: calamine knows that only by the file's suffix."""
    import xlrd  # noqa: PLC0415  (only the child process loads it)

    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    try:
        with Path(os.devnull).open("w", encoding="utf-8") as log:
            xlrd.open_workbook(file_contents=data, logfile=log, on_demand=True)
    except Exception as error:  # noqa: BLE001  (xlrd fails in any way on a damaged file)
        return "encrypted" in str(error)
    return False


def _plain(value: object) -> tuple[object, str]:
    """Turn a date or time into its serial number, with a format."""
    match value:
        case dt.datetime():
            return (value.replace(tzinfo=None) - _EPOCH) / dt.timedelta(days=1), "yyyy-mm-dd hh:mm:ss"
        case dt.date():
            return (dt.datetime.combine(value, dt.time()) - _EPOCH).days, "yyyy-mm-dd"
        case dt.time():
            return (dt.datetime.combine(_EPOCH, value) - _EPOCH) / dt.timedelta(days=1), "hh:mm:ss"
        case dt.timedelta():
            return value / dt.timedelta(days=1), "[h]:mm:ss"
        case _:
            return value, "General"


def _add_xls_formats(path: Path, sheets: list[_Sheet]) -> None:
    """Give the cells of an .xls their number formats, and the errors that calamine leaves out."""
    import xlrd  # noqa: PLC0415  (only the child process loads it)

    errors = cast("dict[object, str]", xlrd.error_text_from_code)
    try:
        with path.open("rb") as stream, Path(os.devnull).open("w", encoding="utf-8") as log:
            book = xlrd.open_workbook(
                file_contents=stream.read(), logfile=log, formatting_info=True, ragged_rows=True
            )
        formats = {index: book.format_map[xf.format_key].format_str for index, xf in enumerate(book.xf_list)}
        for sheet in sheets:
            source = book.sheet_by_name(sheet.name)
            types = [source.row_types(row) for row in range(source.nrows)]
            for index, (row, column, kind, text, guessed, formula) in enumerate(sheet.cells):
                if row <= len(types) and column <= len(types[row - 1]):
                    format_ = formats.get(source.cell_xf_index(row - 1, column - 1), guessed)
                    sheet.cells[index] = (row, column, kind, text, format_, formula)
            for row, row_types in enumerate(types):
                for column, of in enumerate(row_types):
                    if of == xlrd.XL_CELL_ERROR:
                        error = errors.get(source.cell_value(row, column), "#N/A")
                        sheet.add(row + 1, column + 1, error, "General")
    except UserError:
        raise
    except Exception:  # noqa: BLE001  (xlrd fails in any way on a damaged file; the values are read already)
        return


# --- .ods ---------------------------------------------------------------------------------------------------

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def _ods(path: Path) -> list[_Sheet]:
    from lxml import etree  # noqa: PLC0415  (only the child process loads it)

    try:
        with zipfile.ZipFile(path) as package:
            if b":encryption-data" in _member(package, "META-INF/manifest.xml", path.name):
                raise UserError(_locked(path.name))
            content = _member(package, "content.xml", path.name)
        # A document type could declare entities that grow without end; no workbook needs one.
        if b"<!DOCTYPE" in content:
            raise UserError(_damaged(path.name, "ods"))
        return list(_ods_sheets(content, _Budget(path.name)))
    except (
        *(zipfile.BadZipFile, zlib.error, KeyError, OSError, RuntimeError),  # the package
        *(etree.Error, ValueError, OverflowError, InvalidOperation),  # its content
    ):
        raise UserError(_damaged(path.name, "ods")) from None


def _member(package: zipfile.ZipFile, part: str, name: str) -> bytes:
    """Inflate a part, but never more than its limit, whatever the package promises."""
    with package.open(part) as stream:
        content = stream.read(CONTENT_BYTES + 1)
    if len(content) > CONTENT_BYTES:
        raise UserError(_too_large(name, f"内容超过 {CONTENT_BYTES >> 20} MB"))
    return content


def _ods_sheets(content: bytes, budget: _Budget) -> Iterator[_Sheet]:
    from lxml import etree  # noqa: PLC0415  (only the child process loads it)

    hidden: set[str] = set()
    sheet: _Sheet | None = None
    row = 1
    for event, element in etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        tag=[f"{_STYLE}style", *(_TABLE + tag for tag in ("table", "table-source", "table-row"))],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
    ):
        match event, element.tag.rpartition("}")[2]:
            case "end", "style":
                properties = element.find(f"{_STYLE}table-properties")
                if properties is not None and properties.get(f"{_TABLE}display") == "false":
                    hidden.add(element.get(f"{_STYLE}name", ""))
            case "start", "table":
                style = element.get(f"{_TABLE}style-name", "")
                sheet, row = _Sheet(element.get(f"{_TABLE}name", ""), budget, hidden=style in hidden), 1
            case "start", "table-source":
                sheet = None  # a copy of another workbook's sheet, kept for links
            case "end", "table-row":
                if sheet is not None:
                    row += _ods_row(element, row, sheet)
                element.clear()
            case "end", "table":
                if sheet is not None:
                    yield sheet
                sheet = None
            case _:
                pass


def _ods_row(element: _Element, row: int, sheet: _Sheet) -> int:
    """Add the cells of a row and return how many rows it stands for."""
    rows = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
    column = 1
    for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        columns = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        content = _ods_cell(cell)
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


def _ods_cell(cell: _Element) -> tuple[object, str, str | None] | None:
    """Return value, format and formula of a cell, None for an empty one."""
    formula = cell.get(f"{_TABLE}formula")
    kind = cell.get(f"{_OFFICE}value-type")
    if kind is None and formula is None:
        return None
    shown = "\n".join(_ods_text(paragraph) for paragraph in cell.iterchildren(f"{_TEXT}p"))
    value, format_ = _ods_value(cell, kind or "string", shown)
    return value, format_, formula and _excel_formula(formula)


def _ods_value(cell: _Element, kind: str, shown: str) -> tuple[object, str]:
    if cell.get(f"{_CALC}value-type") == "error":
        return shown if shown.startswith("#") else f"#{shown}", "General"
    value: object = cell.get(f"{_OFFICE}string-value") or shown
    format_ = "General"
    match kind:
        case "float" | "percentage" | "currency" if shown in {"TRUE", "FALSE"}:
            value = shown == "TRUE"
        case "float" | "percentage" | "currency":
            number = Decimal(cell.get(f"{_OFFICE}value", ""))
            if number.is_finite():
                value, format_ = number, shown_format(number, shown)
        case "boolean":
            value = cell.get(f"{_OFFICE}boolean-value") == "true"
        case "date":
            written = cell.get(f"{_OFFICE}date-value", "")
            moment = dt.datetime.fromisoformat(written)
            value, format_ = _plain(moment if "T" in written else moment.date())
            format_ = _date_format(shown) or format_
        case "time":
            found = re.fullmatch(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S", cell.get(f"{_OFFICE}time-value", ""))
            if found:
                hours, minutes, seconds = map(int, found.groups())
                value, format_ = _plain(dt.timedelta(hours=hours, minutes=minutes, seconds=seconds))
        case _:
            pass
    return value, format_


def _ods_text(paragraph: _Element) -> str:
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
                parts.append(_ods_text(child))  # a span or link
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
            r"\[([^\]]*)\]",
            lambda found: re.sub(r"(^|:)\.", r"\1", found[1]).replace(".", "!").lstrip("$"),
            pieces[index],
        )
        pieces[index] = references.replace(";", ",")
    return "".join(pieces)


def _date_format(shown: str) -> str | None:
    """Guess the format of a date from its text: the Chinese and the slashed ones, None for any other."""
    if "年" in shown:
        return 'yyyy"年"m"月"d"日"' if "日" in shown else 'yyyy"年"m"月"'
    return "yyyy/m/d" if re.fullmatch(r"\d{4}/\d{1,2}/\d{1,2}", shown) else None


def shown_format(number: Decimal, shown: str) -> str:
    """Guess the format code of a number from its displayed text: 0.99 shown as 99% has the format 0%."""
    found = re.fullmatch(r"(\D*?)-?(\d[\d,]*)(?:\.(\d+))?(\D*)", shown.strip())
    if found is None:
        return "General"
    before, whole, decimals, after = found.groups("")
    # General shows as many digits as it needs: up to ten decimals, no zeros at the end.
    if shown == _general(number) or (not before + after and len(decimals) > 9):
        return "General"
    code = ("#,##0" if "," in whole else "0") + (f".{'0' * len(decimals)}" if decimals else "")
    if after.strip() in {"%", "％"}:
        return f"{code}%"
    return _quoted(before.removesuffix("-")) + code + _quoted(after)


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""


def _general(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- what went wrong, for people ----------------------------------------------------------------------------


def _locked(name: str) -> str:
    return f"{name}：有打开密码，请在 Excel 或 WPS 里去掉密码、另存为 .xlsx 后再试。"


def _damaged(name: str, kind: Kind) -> str:
    return f"{name}：已损坏或不是 .{kind} 工作簿，请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再试。"


def _too_large(name: str, what: str) -> str:
    return f"{name}：过大（{what}），请删去多余的工作表、空行和图片，另存为 .xlsx 后再试。"
