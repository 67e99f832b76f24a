"""What a file is never written over, names that no file gets, and what killed runs left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from perf_excel.books.filenames import why_no_name
from perf_excel.books.saving import write_atomic
from perf_excel.books.temporary import clear_leftovers, temporary_beside
from perf_excel.errors import UserError

LEFT = ".perf-excel-0123456789abcdef.tmp"
not_windows = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


@not_windows
def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.xlsx")
    with pytest.raises(UserError, match=r"^管\.xlsx：这是设备或管道之类"):
        write_atomic(tmp_path / "管.xlsx", b"new")
    assert (tmp_path / "管.xlsx").is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["管.xlsx"]


@not_windows
@pytest.mark.parametrize("device", ["/dev/null", "/dev/full"])
def test_a_device_is_not_replaced_through_a_link_either(tmp_path: Path, device: str) -> None:
    (tmp_path / "出.xlsx").symlink_to(device)
    with pytest.raises(UserError, match="设备"):
        write_atomic(tmp_path / "出.xlsx", b"new")
    assert Path(device).is_char_device()


@not_windows
def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").symlink_to(tmp_path / "乙.xlsx")
    (tmp_path / "乙.xlsx").symlink_to(tmp_path / "甲.xlsx")
    with pytest.raises(UserError, match=r"^甲\.xlsx：.*链接"):
        write_atomic(tmp_path / "甲.xlsx", b"new")
    assert (tmp_path / "甲.xlsx").is_symlink()


@pytest.mark.parametrize(
    "name",
    [
        "con.xlsx",
        "NUL",
        "COM1.xlsx",
        "COM¹.xlsx",
        "lpt９.xlsx",
        "aux .xlsx",
        "甲\x1b.xlsx",
        "甲.",
        "甲 ",
    ],
)
def test_names_that_windows_does_not_take(tmp_path: Path, name: str) -> None:
    assert why_no_name(name)
    with pytest.raises(UserError, match="文件名"):
        write_atomic(tmp_path / name, b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a:b.xlsx", '甲".xlsx', "甲?.xlsx"])
def test_what_windows_takes_for_something_else(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert why_no_name(name) == ""
    monkeypatch.setattr(sys, "platform", "win32")
    assert "不能有字符" in why_no_name(name)


@pytest.mark.parametrize("name", ["自评表.xlsx", "computer.xlsx", "com10.xlsx", "2022年度（终稿）.v2.xlsx"])
def test_usual_names(tmp_path: Path, name: str) -> None:
    write_atomic(tmp_path / name, b"new")
    assert (tmp_path / name).read_bytes() == b"new"


@not_windows
def test_what_a_killed_run_left_goes_with_the_next(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, signal, sys\n"
        "from perf_excel.books.temporary import temporary_beside\n"
        "with temporary_beside(pathlib.Path(sys.argv[1])) as one:\n"
        "    one.write(b'half', durable=False)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    target = tmp_path / "自评表.xlsx"
    subprocess.run([sys.executable, "-c", code, str(target)], check=False)
    assert len(list(tmp_path.glob(".perf-excel-*.tmp"))) == 1
    write_atomic(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["自评表.xlsx"]


def test_what_is_being_written_stays(tmp_path: Path) -> None:
    with temporary_beside(tmp_path / "自评表.xlsx") as one:
        one.write(b"half", durable=False)
        clear_leftovers(tmp_path)
        assert one.path.exists()
        one.take_the_place_of(tmp_path / "自评表.xlsx")


@pytest.mark.parametrize("name", ["我的.tmp", ".perf-excel-备忘.tmp", ".perf-excel-0123.tmp"])
def test_other_files_stay(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"mine")
    long_ago = time.time() - 10_000
    os.utime(tmp_path / name, (long_ago, long_ago))
    clear_leftovers(tmp_path)
    assert (tmp_path / name).exists()


@not_windows
def test_a_link_of_our_name_stays(tmp_path: Path) -> None:
    (tmp_path / "正本.xlsx").write_bytes(b"mine")
    (tmp_path / LEFT).symlink_to(tmp_path / "正本.xlsx")
    clear_leftovers(tmp_path)
    assert (tmp_path / LEFT).is_symlink()
    assert (tmp_path / "正本.xlsx").exists()
