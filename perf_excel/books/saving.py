"""Writing a workbook file: whole or not at all, with the file it replaces kept as a backup (备份)."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import shutil
import stat
import sys
from collections.abc import Generator
from datetime import datetime
from pathlib import Path

from perf_excel.books.filenames import why_no_name
from perf_excel.books.temporary import Stored, clear_leftovers, temporary_beside
from perf_excel.errors import UserError

_SENTENCES = {
    errno.ENOSPC: "磁盘空间不足，无法保存，请清理后重试。",
    errno.EDQUOT: "磁盘配额已用完，无法保存，请清理后重试。",
    errno.EFBIG: "文件超过磁盘允许的大小，无法保存，请换一个磁盘保存。",
    errno.EACCES: "没有写入权限，或文件正被其他程序打开，请关闭后重试，或换一个文件夹保存。",
    errno.EPERM: "没有写入权限，请换一个文件夹保存。",
    errno.EROFS: "所在磁盘是只读的，请换一个文件夹保存。",
    errno.ENAMETOOLONG: "文件名太长，请缩短后重试。",
    errno.EISDIR: "已有同名的文件夹，请换一个文件名。",
    errno.ENOENT: "目标文件夹不存在，请先建立该文件夹。",
    errno.ENOTDIR: "目标文件夹不存在，请先建立该文件夹。",
    errno.ELOOP: "这是指来指去的链接，没有真正的文件，请换一个文件名。",
}
# Excel and WPS on Windows, WPS, LibreOffice.
_LOCKS = ("~${}", ".~{}", ".~lock.{}#")


def lock_of(path: Path) -> Path | None:
    """Return the lock file of the application that has a file open; None where none has."""
    if not path.name:
        return None  # a folder written as "." or "/": reading it says so
    locks = (path.with_name(pattern.format(path.name)) for pattern in _LOCKS)
    return next((lock for lock in locks if os.path.lexists(lock)), None)


def ensure_closed(path: Path) -> None:
    """Refuse a file that an application has open.

    Raises:
        UserError: the application's lock file lies beside it.

    """
    if (lock := lock_of(path)) is not None:
        crashed = f"（若程序已崩溃，可删除锁文件 {lock.name}）。"
        raise UserError(
            f"{path.name}：正在被 Excel、WPS 或 LibreOffice 打开，请保存并关闭后重试，",
            by_command=f"或者用 live check、live score 在打开的表里直接校验、打分{crashed}",
            by_hand=f"或者在“校验打分”页选“在打开的表里校验”“在打开的表里打分”{crashed}",
        )


def write_atomic(path: Path, data: bytes | Stored, *, backup: bool = True) -> Path | None:
    """Write a file through a temporary one beside it, and return the path of the backup if one was made.

    A file that is there already is first kept as ``名.备份-YYYYMMDD-HHMMSS.xlsx``; no older backup is ever
    overwritten. Whatever goes wrong, the old file is as it was and nothing is left behind.

    Raises:
        UserError: the file is open in an application, or cannot be written.

    """
    if not path.name:
        raise UserError(f"{path}：这是文件夹，请写明其中的文件名。")
    with as_user_error(path):
        ensure_closed(path)
        # A link stays a link: the file that it points at is replaced, and its backup lies beside that.
        target = Path(os.path.realpath(path)) if path.is_symlink() else path
        _refuse_what_is_no_file(target)
        clear_leftovers(target.parent)
        return _replace(target, data, backup=backup)


def _refuse_what_is_no_file(path: Path) -> None:
    """Refuse to put a file in the place of a folder, a device, a pipe: only a regular file is ever replaced.

    Raises:
        OSError: a folder stands there, or it cannot be looked at (links that lead in a circle).
        UserError: it is a device or the like; or there is nothing yet, and the name is no good.

    """
    # Windows finds a device under such a name, or fails in words of its own; elsewhere a file may have it.
    named = sys.platform == "win32" or not os.path.lexists(path)
    if named and (why := why_no_name(path.name)):
        raise UserError(f"{path.name}：{why}，请换一个文件名。")
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise UserError(f"{path.name}：这是设备或管道之类，不是普通文件，不能写成工作簿，请换一个文件名。")
    if sys.platform == "win32":
        _refuse_what_windows_keeps(path, mode)


def _refuse_what_windows_keeps(path: Path, mode: int) -> None:
    """Refuse a file that Windows will not let go, before a backup or a temporary file lies beside it.

    Raises:
        OSError: a program has it open.
        UserError: it is read-only (只读).
    """
    if not mode & stat.S_IWRITE:
        raise UserError(
            f"{path.name}：这个文件是只读的，请在它的“属性”里去掉“只读”后重试，或换一个文件名保存。"
        )
    # Giving it its own name changes nothing, and asks for what replacing it will ask for.
    path.replace(path)


def _replace(target: Path, data: bytes | Stored, *, backup: bool) -> Path | None:
    replaces = target.exists()
    kept: Path | None = None
    with temporary_beside(target) as temporary:
        temporary.write(data, durable=replaces)
        try:
            if replaces:
                shutil.copymode(target, temporary.path)
                kept = _keep(target) if backup else None
            temporary.take_the_place_of(target)
        except BaseException:
            # The old file is still in its place, so its backup is one too many.
            if kept:
                with contextlib.suppress(OSError):
                    kept.unlink()
            raise
    return kept


@contextlib.contextmanager
def as_user_error(path: Path) -> Generator[None]:
    """Say in a sentence why something cannot be written.

    Raises:
        UserError: what the system said.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) else None
        sentence = _SENTENCES.get(number or 0, f"无法保存（{error}），请换一个文件夹或文件名重试。")
        raise UserError(f"{path.name}：{sentence}") from error


def _keep(target: Path) -> Path:
    stamp = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    for number in itertools.count(1):
        again = f"-{number}" if number > 1 else ""
        backup = target.with_name(f"{target.stem}.备份-{stamp}{again}{target.suffix}")
        with contextlib.suppress(FileExistsError):
            _duplicate(target, backup)
            return backup
    raise AssertionError("counting never ends")


def _duplicate(target: Path, backup: Path) -> None:
    try:
        # A second name for the same bytes: nothing is copied, and it cannot be half done.
        os.link(target, backup)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks and some network drives have no links.
        with target.open("rb") as source, backup.open("xb") as copy:
            try:
                shutil.copyfileobj(source, copy)
                copy.flush()
                os.fsync(copy.fileno())
            except BaseException:
                backup.unlink()
                raise
        shutil.copystat(target, backup)
