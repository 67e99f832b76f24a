"""Where data comes from (数据的来源): a data file (.json), another workbook of the form, or a plain table."""

from __future__ import annotations

from pathlib import Path

from perf_excel.books.file_reading import read_file
from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.forms.model import Form
from perf_excel.jobs.examination.data_table import table_form
from perf_excel.jobs.examination.datafile import load_data
from perf_excel.jobs.examination.examining import find_all


def data_of(path: Path) -> Form:
    """Return the data of a file: of .json by any name, of a workbook's one form, else of its one table.

    Raises:
        UserError: the file cannot be read, holds no data, or several forms.
    """
    if path.suffix.lower() == ".json" or _is_json(path):
        return load_data(path)
    book = open_book(path)
    try:
        forms = [found.reading.form for found in find_all(book)]
    except UserError:
        grids = (grid for name in book.visible if (grid := book.grid(name)) is not None)
        forms = [form for grid in grids if (form := table_form(grid)) is not None]
        if not forms:
            raise
    if len(forms) > 1:
        raise UserError(
            f"{book.name}：有 {len(forms)} 张表，不知道要用哪一张的数据，请只留下一张，另存后重试。"
        )
    return forms[0]


def _is_json(path: Path) -> bool:
    return read_file(path).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
