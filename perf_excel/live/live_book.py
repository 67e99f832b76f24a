"""A workbook open in an application, read as a file is read: each sheet a Grid (打开的工作簿 → Grid).

One question for the values of a sheet, one for its formulas; live/halving.py asks for formats and merges.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

from perf_excel.errors import UserError
from perf_excel.live.asking import area_of, part
from perf_excel.live.halving import Asking, shape
from perf_excel.live.libreoffice.conversion import to_serial
from perf_excel.sheets.grid import Area, Cell, Grid, Place, Value
from perf_excel.sheets.helper_cells import set_apart

if TYPE_CHECKING:
    from perf_excel.live.xl import xw

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 6_000, 400, 300_000
"""What of a sheet is read: no form reaches further, while formats may reach a million rows down."""

_ERROR_BASE = -2146826288
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
"""Excel's errors over COM: numbers counted from that of #NULL!."""
_MOST_ERRORS = 100
_VISIBLE = -1


class LiveBook:
    """An open workbook as the jobs see one. Every sheet is read when first asked for, and once."""

    def __init__(self, book: xw.Book) -> None:
        self.book = book
        self._name = book.name
        self._sheets: dict[str, xw.Sheet] = {sheet.name: sheet for sheet in book.sheets}
        self._grids: dict[str, Grid] = {}

    @property
    def path(self) -> Path:
        """The file; the title of a workbook never saved."""
        return Path(self.book.fullname)

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self._name

    @property
    def visible(self) -> list[str]:
        """The names of the sheets that people see, in order."""
        return list(self._visible)

    @cached_property
    def _visible(self) -> list[str]:
        return [name for name, sheet in self._sheets.items() if _seen(sheet)]

    @property
    def read_only(self) -> bool:
        """Whether Excel or WPS says that what is changed cannot be saved under this name."""
        with contextlib.suppress(AttributeError, NotImplementedError):  # other applications do not say
            return bool(self.book.api.ReadOnly)
        return False

    def sheet(self, name: str) -> xw.Sheet:
        """Return a sheet that the workbook has."""
        return self._sheets[name]

    @property
    def sheets(self) -> list[str]:
        """The names of all sheets, hidden ones too, in order."""
        return list(self._sheets)

    def grid(self, sheet: str) -> Grid | None:
        """Return a sheet's cells, hidden or not; None where there is no sheet of this name.

        Raises:
            UserError: its formats are beyond what can be asked for.
        """
        if sheet not in self._sheets:
            return None
        if sheet not in self._grids:
            label, hidden = f"{self.name}，{sheet}", sheet not in self.visible
            self._grids[sheet] = _read(self._sheets[sheet], sheet, label, hidden=hidden)
        return self._grids[sheet]

    def editable(self) -> NoReturn:
        """Refuse: what an application has open, it alone may save.

        Raises:
            UserError: always.
        """
        raise UserError(f"{self.name}：正在打开着，请保存并关闭后再填写或导出。")


def _seen(sheet: xw.Sheet) -> bool:
    """Whether people see a sheet: Excel answers with -1, and a very hidden one (xlSheetVeryHidden) is 2."""
    return sheet.visible in (True, _VISIBLE)


def _read(sheet: xw.Sheet, name: str, label: str, *, hidden: bool) -> Grid:
    """Return a sheet's non-empty cells and merged areas, as they now are in the application.

    Args:
        sheet: the sheet.
        name: what it is called.
        label: file and sheet, for messages.
        hidden: whether people do not see it.

    Raises:
        UserError: its formats are beyond what can be asked for.
    """
    used = sheet.used_range
    everything = area_of(used.address)
    top, left, bottom, right = everything
    width = min(right - left + 1, MOST_COLUMNS)
    height = min(bottom - top + 1, MOST_ROWS, MOST_CELLS // width)
    area = Area(top, left, top + height - 1, left + width - 1)
    whole = used if area == everything else part(sheet, area)
    found = {
        (top + row, left + column): cell
        for row, pair in enumerate(zip(_rows(whole.raw_value), _rows(whole.formula), strict=True))
        for column, cell in _cells(*pair)
    }
    if not found:
        return Grid(name, {}, (), hidden)
    formats, merges = shape(whole, area, found, Asking(sheet, label))
    looks = _by_place(formats, found)
    cells = {place: cell._replace(format=looks.get(place, cell.format)) for place, cell in found.items()}
    return set_apart(Grid(name, cells, tuple(sorted(merges)), hidden))


def _rows(found: object) -> Sequence[Sequence[object]]:
    """What a range gives, as rows: of one cell it gives the value alone."""
    return cast("Sequence[Sequence[object]]", found) if isinstance(found, (tuple, list)) else [[found]]


def _cells(values: Sequence[object], formulas: Sequence[object]) -> Iterator[tuple[int, Cell]]:
    for column, (raw, written) in enumerate(zip(values, formulas, strict=True)):
        formula = _formula(raw, written)
        value = _value(raw, written)
        if formula is not None:
            yield column, Cell("" if value is None else value, formula=formula)
        elif value not in (None, ""):
            yield column, Cell(value)


def _formula(raw: object, written: object) -> str | None:
    """A cell's formula without its equals sign; text that begins with one gives the very same text."""
    if not isinstance(written, str) or raw == written:
        return None
    if written.startswith("{="):
        written = written[1:].removesuffix("}")
    return written[1:] if written.startswith("=") else None


def _value(raw: object, written: object) -> Value:
    match raw:
        case None | bool():
            return raw
        case str():
            return str(raw)
        case dt.datetime():
            return number(to_serial(raw))
        case int() if _ERROR_BASE <= raw < _ERROR_BASE + _MOST_ERRORS:
            return _ERRORS.get(raw - _ERROR_BASE, "#VALUE!")
        case Decimal():
            # In a currency format Excel gives four decimals; what was typed has them all.
            return number(_typed(written, raw))
        case int() | float():
            return number(float(raw))
        case _:
            return str(raw)


def _typed(written: object, otherwise: Decimal) -> float:
    try:
        return float(str(written))
    except ValueError:
        return float(otherwise)


def number(value: float) -> Decimal:
    """Return a number with the 15 digits that Excel shows, as books/xlsx/cell_contents.py does for files."""
    shown = f"{value:.15g}"
    return Decimal(shown) if shown != "-0" else Decimal(0)


def _by_place(areas: Sequence[tuple[Area, str]], places: dict[Place, Cell]) -> dict[Place, str]:
    found: dict[Place, str] = {}
    for area, code in areas:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                if (row, column) in places:
                    found[row, column] = code
    return found
