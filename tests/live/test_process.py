"""A LibreOffice of our own comes and goes without a trace, whoever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from office import needs_office
from workbooks import workbook

from perf_excel.errors import UserError
from perf_excel.live.libreoffice.engine import register
from perf_excel.live.libreoffice.process import Office

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows 上不另外启动 LibreOffice")
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of temporary files of our own, so that what is left behind is ours."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    return place


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(workbook(ROW))
    return path


def soon(true: Callable[[], bool], *, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.1)
    return true()


def running(folder: Path) -> list[str]:
    """Command lines of living processes that name our folder."""
    found: list[str] = []
    for one in Path("/proc").glob("[0-9]*"):
        try:
            line = (one / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(folder) in line and int(one.name) != os.getpid():
            found.append(line)
    return found


def lock_of(book: Path) -> Path:
    return book.with_name(f".~lock.{book.name}#")


@needs_office
def test_two_at_once_do_not_disturb_each_other_and_leave_nothing(folder: Path, book: Path) -> None:
    apps = register().apps
    first, second = apps.add(), apps.add()
    try:
        opened = first.books.open(str(book))
        assert lock_of(book).exists()
        fresh = second.books.add()
        fresh.sheets[0]["A1"].value = "另一个"
        assert opened.sheets[0]["A1"].value == 1
        fresh.save(str(book.with_name("另存.xlsx")))
        first.quit()
        assert fresh.sheets[0]["A1"].value == "另一个"
    finally:
        first.quit()
        second.quit()
    assert running(folder) == []
    assert list(folder.iterdir()) == []
    assert not list(book.parent.glob(".~lock*"))


@needs_office
def test_a_killed_libreoffice_leaves_the_file_free(folder: Path, book: Path) -> None:
    app = register().apps.add()
    try:
        app.books.open(str(book))
        pids = [one.name for one in Path("/proc").glob("[0-9]*") if _is_soffice(one, folder)]
        assert pids
        for pid in pids:
            os.kill(int(pid), signal.SIGKILL)
        with pytest.raises(Exception, match=r".*"):
            app.books.add()
    finally:
        app.quit()
    assert running(folder) == []
    assert not lock_of(book).exists()
    assert list(folder.iterdir()) == []


def _is_soffice(process: Path, folder: Path) -> bool:
    try:
        words = (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return words[0].endswith(b"soffice.bin") and any(str(folder).encode() in word for word in words)


@needs_office
def test_when_this_program_is_killed_libreoffice_goes_with_it(folder: Path, book: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "from perf_excel.live.libreoffice.engine import register\n"
        "register().apps.add().books.open(sys.argv[1])\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, book],
        env={**os.environ, "TMPDIR": str(folder)},
        stderr=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert soon(lambda: running(folder) == [])
    assert soon(lambda: list(folder.iterdir()) == [])
    assert not lock_of(book).exists()
    with Office() as office:  # and it can be opened again
        office.opens(book)


@needs_office
def test_a_lock_left_by_one_of_ours_is_removed_and_a_strangers_is_not(folder: Path, book: Path) -> None:
    gone = folder / "perf-excel-live-gone"
    with Office() as office:
        lock_of(book).write_text(f",root,host,01.01.2026 00:00,{gone.as_uri()};")
        office.opens(book)
        assert not lock_of(book).exists()
        lock_of(book).write_text(",wang,other,01.01.2026 00:00,file:///elsewhere/libreoffice/4;")
        office.opens(book)
    assert lock_of(book).exists()


@needs_office
def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(folder: Path, tmp_path: Path) -> None:
    assert folder.is_dir()
    page = tmp_path / "报告.html"
    page.write_text("<html><body>不是工作簿</body></html>")
    app = register().apps.add()
    try:
        with pytest.raises(UserError, match=r"报告\.html：(不是工作簿|LibreOffice 打不开它)"):
            app.books.open(str(page))
        with pytest.raises(UserError, match=r"无\.xlsx：文件不存在"):
            cast("Any", app).impl.books.open(str(tmp_path / "无.xlsx"))
    finally:
        app.quit()


def test_without_libreoffice_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERF_EXCEL_SOFFICE", "no/such/file")
    with pytest.raises(UserError, match="没有找到 LibreOffice"):
        Office()


def test_a_libreoffice_that_ends_at_once_is_not_waited_for(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PERF_EXCEL_SOFFICE", str(program))
    with pytest.raises(UserError, match=r"随即退出|uno"):
        Office()
    assert list(folder.iterdir()) == []
