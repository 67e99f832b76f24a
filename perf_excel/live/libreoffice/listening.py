"""A LibreOffice that the user runs (正在运行的 LibreOffice), where it listens for us.

It listens when it was started with ``soffice --accept="pipe,name=perf-excel;urp;"``. On Linux the pipe is a
file that only its owner may write to, so no other user of the computer can reach the documents.
"""

from __future__ import annotations

import os
from pathlib import Path

from perf_excel.errors import UserError
from perf_excel.live.libreoffice.bridge import NotListeningError, connect
from perf_excel.live.libreoffice.engine import Engine, register
from perf_excel.live.xl import xw

VARIABLE = "PERF_EXCEL_UNO"
"""Environment variable with another address, such as ``socket,host=localhost,port=2002``."""

ADDRESS = "pipe,name=perf-excel"


def address() -> str:
    """Return where the LibreOffice that the user runs is to listen."""
    return os.environ.get(VARIABLE, ADDRESS)


def listening_app() -> xw.App | None:
    """Return the LibreOffice that listens, as an application of xlwings; None where none does.

    Raises:
        UserError: the module uno cannot be used.
    """
    engine = register()
    try:
        desktop = connect(address())
    except NotListeningError:
        return None
    impl: Engine = engine.impl
    return xw.App(impl=impl.apps.join(desktop))


def open_book(path: Path | None = None) -> xw.Book | None:
    """Return the workbook that is open in a LibreOffice that listens; None where it is not.

    Args:
        path: the file; None means the workbook in front.

    Raises:
        UserError: there is no workbook in front, or the module uno cannot be used.
    """
    app = listening_app()
    if app is None:
        return None
    if path is None:
        active = app.books.active if len(app.books) else None
        if active is None:
            raise UserError("LibreOffice 中没有打开的工作簿，请先打开要校验的表。")
        return active
    return next((book for book in app.books if _same(Path(book.fullname), path)), None)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
