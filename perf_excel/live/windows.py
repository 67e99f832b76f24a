"""A workbook open in Excel or WPS on Windows, found by COM (在 Wine 里与仿照的 Excel 试过，真实的没有).

Both enter every saved workbook into the table of running objects under its full name. Looking there never
starts a program and never opens a file, as asking for an object by its name would.
"""

from __future__ import annotations

import importlib
import ntpath
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perf_excel.errors import UserError
from perf_excel.office import WINDOWS_PROGRAMS

if TYPE_CHECKING:
    from perf_excel.live.xl import xw

_PATIENCE, _PAUSE = 20.0, 0.25
"""Seconds that a busy program is waited for, and between two questions."""
_PROPERTY_GET = 2
"""DISPATCH_PROPERTYGET."""
_BUSY = frozenset({-2147418111, -2147417846, -2146777998})
"""RPC_E_CALL_REJECTED, RPC_E_SERVERCALL_RETRYLATER, VBA_E_IGNORE."""


def open_book(path: Path | None) -> xw.Book | None:
    """Return the workbook of a full name, or the one in front; None where neither Excel nor WPS has it.

    Raises:
        UserError: it is open in protected view, or the program is busy and stays so.
    """
    com = _by_name(str(path)) if path is not None else _in_front()
    if com is None and path is not None:
        _refuse_guarded(str(path))
    return None if com is None else _as_book(com)


def _as_book(com: object) -> xw.Book:
    from perf_excel.live.xl import xw

    windows: Any = importlib.import_module("xlwings._xlwindows")
    return xw.Book(impl=windows.Book(xl=windows.COMRetryObjectWrapper(com)))


def _by_name(full: str) -> object:
    pythoncom: Any = importlib.import_module("pythoncom")
    client: Any = importlib.import_module("win32com.client")
    table, context = pythoncom.GetRunningObjectTable(), pythoncom.CreateBindCtx(0)
    for moniker in table:
        if _same(moniker.GetDisplayName(context, None), full):
            return client.Dispatch(_answered(partial(_entered, table, moniker)))
    return None


def _entered(table: Any, moniker: Any) -> object:  # noqa: ANN401  (interfaces of pywin32)
    """Return what is entered in the table, having seen that it answers."""
    pythoncom: Any = importlib.import_module("pythoncom")
    found = table.GetObject(moniker).QueryInterface(pythoncom.IID_IDispatch)
    _application(found)
    return found


def _in_front() -> object:
    for program in _running():
        _answered(partial(_application, program._oleobj_))
        found = program.ActiveWorkbook
        if found is not None:
            return found
    return None


def _running() -> Iterator[Any]:
    """Yield the programs that run."""
    client: Any = importlib.import_module("win32com.client")
    pywintypes: Any = importlib.import_module("pywintypes")
    for program in WINDOWS_PROGRAMS:
        try:
            yield _answered(partial(client.GetActiveObject, program))
        except pywintypes.com_error:
            continue  # it does not run


def _application(raw: Any) -> object:  # noqa: ANN401  (an interface of pywin32)
    """Ask for the program itself, as the plainest of questions."""
    return raw.Invoke(raw.GetIDsOfNames(0, "Application"), 0, _PROPERTY_GET, True)  # noqa: FBT003


def _answered(ask: Callable[[], Any]) -> Any:  # noqa: ANN401  (an interface of pywin32)
    """Ask until a program answers: it does not while a dialogue is open or a cell is being typed in.

    Raises:
        UserError: it takes too long.
    """
    pywintypes: Any = importlib.import_module("pywintypes")
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return ask()
        except pywintypes.com_error as error:
            if error.hresult not in _BUSY:
                raise
        if time.monotonic() > end:
            raise UserError(
                "Excel 或 WPS 正忙：可能停在对话框里，或正在编辑单元格；"
                "请关闭对话框（编辑中的先按回车），再试一次。"
            )
        time.sleep(_PAUSE)


def _refuse_guarded(full: str) -> None:
    """Refuse a file that is shown in protected view: its program lets nobody near it.

    Raises:
        UserError: it is.
    """
    pywintypes: Any = importlib.import_module("pywintypes")
    for program in _running():
        try:
            windows: list[Any] = list(program.ProtectedViewWindows)
            shown = [ntpath.join(str(one.SourcePath), str(one.SourceName)) for one in windows]
        except (AttributeError, pywintypes.com_error):
            continue  # WPS knows no such view
        if any(_same(one, full) for one in shown):
            name = ntpath.basename(full)
            raise UserError(f"{name}：正以“受保护的视图”打开，请先点上方的“启用编辑”，再试一次。")


def _same(one: str, other: str) -> bool:
    return ntpath.normcase(ntpath.normpath(one)) == ntpath.normcase(ntpath.normpath(other))
