"""A file read whole (读文件): what cannot be, told in a sentence."""

from __future__ import annotations

import stat
from pathlib import Path

from perf_excel.books.xlsx.zip_directory import MEGABYTE
from perf_excel.errors import UserError

FILE_LIMIT = 128 * MEGABYTE
_NO_NAME = 123
"""ERROR_INVALID_NAME of Windows."""


def read_file(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        UserError: it is missing, a folder, not allowed, or too large for a workbook.

    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UserError(f"{path.name or path}：这是文件夹，请选择其中的工作簿文件。")
        if not stat.S_ISREG(found.st_mode):
            raise UserError(f"{path.name}：这不是普通文件，无法读取。")
        if found.st_size > FILE_LIMIT:
            raise UserError(
                f"{path.name}：文件超过 {FILE_LIMIT // MEGABYTE} MB，请删除其中的大图片或多余数据后重试。"
            )
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise UserError(f"{path.name}：找不到该文件，请检查路径：{path}。") from None
    except PermissionError:
        raise UserError(f"{path.name}：没有读取权限，或文件正被其他程序独占，请关闭后重试。") from None
    except (OSError, ValueError) as error:
        if getattr(error, "winerror", None) == _NO_NAME:
            raise UserError(f"{path.name}：找不到该文件，Windows 的文件名里也不会有这样的字符。") from None
        raise UserError(f"{path.name}：文件无法读取（{error}）。") from None
