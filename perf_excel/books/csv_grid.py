"""A list as comma-separated text (.csv): read as a sheet, in whichever encoding a program wrote it."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from perf_excel.books.file_reading import read_file
from perf_excel.books.xlsx.zip_directory import MEGABYTE
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Cell, Grid

_LIMIT = 64 * MEGABYTE
_MOST_ROWS = 200_000
_MOST_COLUMNS = 500
_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNMARKED = ("utf-8", "gb18030")
"""GBK as Excel and WPS write it in China is part of the latter."""
_SEPARATORS = ",\t;，；"


def read_csv(path: Path) -> Grid:
    """Return a list as a sheet of texts; the separator is the one that its first line has most of.

    Raises:
        UserError: the file cannot be read, is no text in a usual encoding, or is too large.
    """
    data = read_file(path)
    if len(data) > _LIMIT:
        raise UserError(f"{path.name}：文件超过 {_LIMIT // MEGABYTE} MB，不像一份名单，请检查后重试。")
    text = _decoded(data, path.name)
    head = next(filter(str.strip, text.splitlines()), "")
    separator = max(_SEPARATORS, key=head.count)
    cells: dict[tuple[int, int], Cell] = {}
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
            if number > _MOST_ROWS or len(row) > _MOST_COLUMNS:
                most = f"{_MOST_ROWS} 行、{_MOST_COLUMNS} 列"
                raise UserError(f"{path.name}：名单最多 {most}，请检查后重试。")
            cells |= {(number, place): Cell(one) for place, one in enumerate(row, 1) if one}
    except csv.Error as error:
        raise UserError(
            f"{path.name}：不是有效的 CSV（{error}），请在 Excel 或 WPS 里另存为 .xlsx 后重试。"
        ) from None
    return Grid(path.stem, cells)


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            candidates: tuple[str, ...] = (encoding,)
            break
    else:
        candidates = _UNMARKED
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UserError(f"{name}：不是 UTF-8 或 GBK 编码的文字，请在 Excel 或 WPS 里另存为 .xlsx 后重试。")
