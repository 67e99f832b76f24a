from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path

import pytest

from perf_excel.books.saving import ensure_closed, write_atomic
from perf_excel.errors import UserError


def test_a_new_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    assert write_atomic(tmp_path / "自评表.xlsx", b"new") is None
    assert [path.name for path in tmp_path.iterdir()] == ["自评表.xlsx"]
    assert (tmp_path / "自评表.xlsx").read_bytes() == b"new"


def test_the_replaced_file_is_kept_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "自评表.xlsx"
    target.write_bytes(b"old")
    backup = write_atomic(target, b"new")
    assert backup is not None
    assert re.fullmatch(r"自评表\.备份-\d{8}-\d{6}\.xlsx", backup.name)
    assert (target.read_bytes(), backup.read_bytes()) == (b"new", b"old")


def test_an_older_backup_is_never_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "自评表.xlsx"
    target.write_bytes(b"0")
    backups = [write_atomic(target, str(number).encode()) for number in range(1, 5)]
    assert [backup.read_bytes() for backup in backups if backup] == [b"0", b"1", b"2", b"3"]


def test_a_backup_can_be_declined(tmp_path: Path) -> None:
    target = tmp_path / "自评表.xlsx"
    target.write_bytes(b"old")
    assert write_atomic(target, b"new", backup=False) is None
    assert [path.name for path in tmp_path.iterdir()] == ["自评表.xlsx"]


def test_where_there_are_no_links_the_backup_is_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    target = tmp_path / "自评表.xlsx"
    target.write_bytes(b"old")
    backup = write_atomic(target, b"new")
    assert backup is not None
    assert backup.read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    target = tmp_path / "正本.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link = tmp_path / "快捷.xlsx"
    link.symlink_to(target)
    write_atomic(link, b"new", backup=False)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("lock", ["~$自评表.xlsx", ".~lock.自评表.xlsx#", ".~自评表.xlsx"])
def test_a_file_open_in_an_application_is_refused(tmp_path: Path, lock: str) -> None:
    target = tmp_path / "自评表.xlsx"
    target.write_bytes(b"old")
    (tmp_path / lock).touch()
    with pytest.raises(
        UserError, match=r"^自评表\.xlsx：正在被 Excel、WPS 或 LibreOffice 打开，请保存并关闭后重试"
    ):
        write_atomic(target, b"new")
    with pytest.raises(UserError, match=re.escape(lock)):
        ensure_closed(target)
    assert target.read_bytes() == b"old"


def test_a_file_that_is_not_open_passes(tmp_path: Path) -> None:
    ensure_closed(tmp_path / "自评表.xlsx")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EACCES, "没有写入权限"),
        (errno.EROFS, "只读"),
        (errno.EIO, "无法保存"),
    ],
)
def test_whatever_goes_wrong_the_old_file_stays_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    target = tmp_path / "自评表.xlsx"
    target.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(UserError, match=f"^自评表.xlsx：.*{sentence}"):
        write_atomic(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["自评表.xlsx"]
    assert target.read_bytes() == b"old"


def test_impossible_targets_are_named(tmp_path: Path) -> None:
    (tmp_path / "目录.xlsx").mkdir()
    with pytest.raises(UserError, match="已有同名的文件夹"):
        write_atomic(tmp_path / "目录.xlsx", b"")
    with pytest.raises(UserError, match="目标文件夹不存在"):
        write_atomic(tmp_path / "没有" / "甲.xlsx", b"")
    with pytest.raises(UserError, match="文件名太长"):
        write_atomic(tmp_path / f"{'长' * 300}.xlsx", b"")
