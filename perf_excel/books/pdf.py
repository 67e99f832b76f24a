"""Print a workbook to PDF (导出 PDF): Excel or WPS on Windows, else LibreOffice without a window.

LibreOffice runs with a profile and a folder of its own, so a copy that the user has open is never touched;
both vanish afterwards. Macros never run and links to other files are never updated.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import logging
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from perf_excel.errors import UserError, reason_of
from perf_excel.office import (
    SAFE,
    WINDOWS_PROGRAMS,
    end_group,
    find_soffice,
    instance_socket,
    surroundings,
    write_profile,
)
from perf_excel.stopping import stop_if_asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECONDS = 120.0
_PATIENCE = 0.1
"""Seconds between two looks whether the user has cancelled."""
_REFUSED = "source file could not be loaded"
"""What LibreOffice says, in any language, of a file that it does not open."""
_MOST_WORDS = 4_000
_LONGEST = 120


def to_pdf(data: bytes, name: str, *, seconds: float = SECONDS) -> bytes:
    """Return an .xlsx as PDF; ``name`` is the file that the messages name.

    Raises UserError when none of Excel, WPS, LibreOffice is there, printing fails or takes too long.
    """
    with tempfile.TemporaryDirectory(prefix="perf-excel-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "book.xlsx"  # ASCII, whatever the user's file is called
        source.write_bytes(data)
        target = Path(folder) / "book.pdf"
        if not any(_print_with(program, source, target) for program in _programs()):
            convert([source], "pdf", Path(folder), name=name, seconds=seconds)
        return target.read_bytes()


def convert(
    sources: Sequence[Path],
    suffix: str,
    folder: Path,
    *,
    name: str,
    settings: Mapping[tuple[str, str], str] | None = None,
    seconds: float = SECONDS,
) -> list[Path]:
    """Convert workbooks with one run of LibreOffice; return the new files in ``folder``, in the same order.

    Raises UserError when LibreOffice is missing, takes too long, or leaves out a file: it stops early with
    exit code 0 after some 200 files, so hand in fewer and never trust its exit code.
    """
    program = find_soffice()
    if program is None:
        raise UserError(
            f"{name}：无法转换，这台电脑上没有找到 LibreOffice，请安装 LibreOffice（含 Calc）后再试",
            by_command="，或用 PERF_EXCEL_SOFFICE 指明 soffice 的位置。",
            by_hand="。",
        )
    with tempfile.TemporaryDirectory(prefix="perf-excel-", ignore_cleanup_errors=True) as profile:
        write_profile(Path(profile), {**SAFE, **(settings or {})})
        arguments = [
            str(program),
            f"-env:UserInstallation={Path(profile).as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            *("--convert-to", suffix, "--outdir", str(folder)),
            *map(str, sources),
        ]
        ended = _run(arguments, Path(profile), seconds)
    if ended is None:
        raise UserError(
            f"{name}：转换超过 {seconds:g} 秒，已停止，请关闭其他程序后再试，或用 Excel、WPS 打开后导出。"
        )
    targets = [folder / f"{source.stem}.{suffix}" for source in sources]
    if not all(target.is_file() for target in targets):
        raise UserError(f"{name}：{_why_not(ended)}")
    return targets


class _End(NamedTuple):
    """How LibreOffice ended, and what it said of it."""

    code: int | str
    words: str


def _why_not(end: _End) -> str:
    """Say why there is no PDF: the workbook's fault, or LibreOffice's own."""
    logging.getLogger("perf_excel").info("LibreOffice ended with %s: %s", end.code, end.words)
    if end.code == 0 and (not end.words or _REFUSED in end.words):
        return "转换失败，LibreOffice 打不开它，请用 Excel 或 WPS 检查后导出。"
    lines = [line.strip() for line in end.words.splitlines()]
    said = next((line for line in reversed(lines) if line and not line.startswith("Warning:")), "")
    detail = f"{end.code}，{said[:_LONGEST]}" if said else f"{end.code}"
    return (
        f"转换失败，LibreOffice 没有正常运行（{detail}），与工作簿无关，"
        "请先确认 LibreOffice 能打开，必要时重新安装，或用 Excel、WPS 打开后导出。"
    )


def _run(arguments: Sequence[str], profile: Path, seconds: float) -> _End | None:
    """Run LibreOffice and end all that it started; None when it took too long."""
    said = profile / "said.txt"
    try:
        with said.open("wb") as words:
            process = _started(arguments, profile, words)
    except OSError as error:
        return _End("启动不了", reason_of(error))
    deadline = time.monotonic() + seconds
    try:
        while time.monotonic() < deadline:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = process.wait(timeout=_PATIENCE)
                return _End(code if not code else f"退出码 {code}", _beginning(said))
            stop_if_asked()
    finally:
        end_group(process)  # also on Ctrl-C
        instance_socket(profile).unlink(missing_ok=True)
    return None


def _beginning(file: Path) -> str:
    with file.open("rb") as words:
        return words.read(_MOST_WORDS).decode("utf-8", "replace")


def _started(arguments: Sequence[str], profile: Path, words: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  (found by us, arguments are our own)
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=words,
        stderr=words,
        # Its temporary files go with the profile; svp is its way to draw without a screen.
        env={**surroundings(), "TMPDIR": str(profile), "SAL_USE_VCLPLUGIN": "svp"},
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _programs() -> tuple[str, ...]:
    """What on Windows may print."""
    speaks = sys.platform == "win32" and importlib.util.find_spec("win32com") is not None
    return WINDOWS_PROGRAMS if speaks else ()


def _print_with(program: str, source: Path, target: Path) -> bool:
    """Print with a hidden Excel or WPS of our own; False when there is none or it fails.

    Not tried on a real Windows yet. Neither has a time limit here.
    """
    client = importlib.import_module("win32com.client")
    try:
        excel = client.DispatchEx(program)
    except Exception:  # noqa: BLE001  (pywin32's com_error: it is not installed)
        return False
    try:
        excel.DisplayAlerts = False
        excel.AutomationSecurity = 3  # msoAutomationSecurityForceDisable: no macros
        book = excel.Workbooks.Open(str(source), UpdateLinks=0, ReadOnly=True)
        try:
            book.ExportAsFixedFormat(0, str(target))  # xlTypePDF
        finally:
            book.Close(SaveChanges=False)
    except Exception:  # noqa: BLE001  (pywin32's com_error: the next one gets its turn)
        return False
    finally:
        excel.Quit()
    return target.is_file()
