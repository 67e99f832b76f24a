"""Data (D.json) from a file: a form's plain data, as new and fill write it and as rule sets are tried on."""

from __future__ import annotations

from pathlib import Path

from perf_excel.books.file_reading import read_file
from perf_excel.books.sniff import sniff
from perf_excel.errors import UserError
from perf_excel.forms.data import load_form
from perf_excel.forms.model import Form


def load_data(path: Path) -> Form:
    """Read a data file (UTF-8).

    Raises:
        UserError: the file cannot be read, or is no data of a form.
    """
    data = read_file(path)
    if sniff(data) != "unknown":
        raise UserError(
            f"{path.name}：这是工作簿而不是 JSON 数据，请",
            by_command="先用 export 导出为 .json，或用 new --from 由申报表新建。",
            by_hand="换一个数据文件（.json）。",
        )
    try:
        return load_form(data.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError:
        raise UserError(f"{path.name}：数据文件应以 UTF-8 编码保存，请用记事本另存为 UTF-8。") from None
