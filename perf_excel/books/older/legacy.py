"""Read .xls, .ods (旧格式工作簿) and the tables of documents as grids, in a child process with limits."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal, cast

from perf_excel.books.older import confined
from perf_excel.books.older.legacysheet import too_large, unpack
from perf_excel.errors import UserError, reason_of
from perf_excel.sheets.grid import Area, Cell, Grid, Place
from perf_excel.sheets.helper_cells import set_apart

Kind = Literal["xls", "ods", "docx", "pdf"]

FILE_BYTES = 50 << 20


def read_legacy(path: Path, kind: Kind) -> list[Grid]:
    """Read every worksheet of a workbook, hidden ones too, chart sheets not; or every table of a document.

    ``kind`` is what the content is, whatever the file is called. Raises UserError for a file that cannot be
    opened, has a password, is damaged, or is too large for the limits.
    """
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
    except OSError as error:
        raise UserError(
            f"{path.name}：打不开（{reason_of(error)}），请检查文件是否存在、是否被占用、是否有读取权限。"
        ) from None
    if size > FILE_BYTES:
        raise too_large(path.name, f"文件超过 {FILE_BYTES >> 20} MB")
    answer = confined.call(
        "perf_excel.books.older.legacy:child_read", [str(path.resolve()), kind], name=path.name
    )
    return [_grid(sheet) for sheet in cast("list[dict[str, Any]]", answer)]


def _grid(sheet: dict[str, Any]) -> Grid:
    unsure: dict[Place, str] = {}
    for row, column, what in sheet["unsure"]:
        unsure[row, column] = f"{unsure[row, column]}；{what}" if (row, column) in unsure else what
    return set_apart(
        Grid(
            sheet["name"],
            {
                (row, column): Cell(unpack(of, text), format_, formula)
                for row, column, of, text, format_, formula in sheet["cells"]
            },
            tuple(Area(*merge) for merge in sheet["merges"]),
            hidden=sheet["hidden"],
            struck={(row, column): text for row, column, text in sheet["struck"]},
            hidden_rows=frozenset(sheet["hidden_rows"]),
            hidden_columns=frozenset(sheet["hidden_columns"]),
            unsure=unsure,
        )
    )


def child_read(path: str, kind: Kind) -> list[dict[str, object]]:
    """Read a workbook to JSON: the part of ``read_legacy`` that runs in the child process.

    Raises UserError as ``read_legacy`` does.
    """
    # Only the child process loads the parsers.
    if kind == "ods":
        from perf_excel.books.older.opendocument import read_ods as read
    elif kind == "docx":
        from perf_excel.books.documents.word_tables import read_word as read
    elif kind == "pdf":
        from perf_excel.books.documents.pdf_tables import read_pdf as read
    else:
        from perf_excel.books.older.xls import read_xls as read
    return [sheet.packed() for sheet in read(Path(path))]
