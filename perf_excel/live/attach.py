"""The workbook that is meant, in the application that has it open (接上打开的工作簿)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perf_excel.errors import UserError

if TYPE_CHECKING:
    from perf_excel.live.xl import xw

Door = Callable[[Path | None], "xw.Book | None"]
"""One way to open workbooks: gives the one of a full name, or the one in front; None where it has it not."""


def attach(path: Path | None, doors: Sequence[Door] | None = None) -> xw.Book:
    """Return a workbook that is open in Excel, WPS or LibreOffice.

    Args:
        path: the file; None means the workbook in front.
        doors: where to look, in this order; None means those of this system.

    Raises:
        UserError: no application has it open, or none can be spoken to.
    """
    full = None if path is None else path.absolute()
    for door in _doors() if doors is None else doors:
        book = door(full)
        if book is not None:
            return book
    if full is None:
        raise UserError("没有找到打开着的工作簿，请先在 Excel、WPS 或 LibreOffice 中打开要校验的表。")
    if not full.exists():
        raise UserError(f"{full.name}：文件不存在，请检查路径。")
    raise UserError(
        f"{full.name}：没有找到打开着它的 Excel、WPS 或 LibreOffice；",
        by_command="没有打开的文件请直接用 check、score 命令"
        + ("。" if sys.platform == "win32" else "，LibreOffice 需以 --accept 启动才能接上（见使用手册）。"),
        by_hand="请先点“打开单元格”把它打开再试，或者在表里保存以后点“校验”。",
    )


def caller() -> xw.Book:
    """Return the workbook from which Excel called this program (xlwings' RunFrozenPython).

    Raises:
        UserError: Excel did not call.
    """
    from perf_excel.live.xl import xw

    try:
        return xw.Book.caller()
    except Exception as error:
        raise UserError("没有找到调用本程序的工作簿，请在 Excel 中点表里的按钮再试。") from error


def _doors() -> list[Door]:
    if sys.platform == "win32":
        from perf_excel.live.windows import open_book as of_windows

        return [of_windows]
    from perf_excel.live.libreoffice.listening import open_book as of_libreoffice

    return [of_libreoffice]
