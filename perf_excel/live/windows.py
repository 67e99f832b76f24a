"""A workbook open in Excel or WPS on Windows, found by COM (未在真实的 Windows 上运行过).

Both enter every saved workbook into the table of running objects under its full name. Looking there never
starts a program and never opens a file, as asking for an object by its name would.
"""

from __future__ import annotations

import importlib
import ntpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perf_excel.office import WINDOWS_PROGRAMS

if TYPE_CHECKING:
    from perf_excel.live.xl import xw


def open_book(path: Path | None) -> xw.Book | None:
    """Return the workbook of a full name, or the one in front; None where neither Excel nor WPS has it."""
    com = _by_name(str(path)) if path is not None else _in_front()
    return None if com is None else _as_book(com)


def _as_book(com: object) -> xw.Book:
    from perf_excel.live.xl import xw

    windows: Any = importlib.import_module("xlwings._xlwindows")
    return xw.Book(impl=windows.Book(xl=com))


def _by_name(full: str) -> object:
    pythoncom: Any = importlib.import_module("pythoncom")
    client: Any = importlib.import_module("win32com.client")
    table, context = pythoncom.GetRunningObjectTable(), pythoncom.CreateBindCtx(0)
    for moniker in table:
        if _same(moniker.GetDisplayName(context, None), full):
            found = table.GetObject(moniker).QueryInterface(pythoncom.IID_IDispatch)
            return client.Dispatch(found)
    return None


def _in_front() -> object:
    client: Any = importlib.import_module("win32com.client")
    pywintypes: Any = importlib.import_module("pywintypes")
    for program in WINDOWS_PROGRAMS:
        try:
            found = client.GetActiveObject(program).ActiveWorkbook
        except pywintypes.com_error:
            continue  # it does not run
        if found is not None:
            return found
    return None


def _same(one: str, other: str) -> bool:
    return ntpath.normcase(ntpath.normpath(one)) == ntpath.normcase(ntpath.normpath(other))
