"""Wine (在 Linux 上运行 Windows 程序): a Chinese Windows of its own in a folder, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "package"))

from complex_gap import COMPILER, close_gap
from virtual_screen import virtual_screen

TOOLS = {
    "wine": "wine wine64",
    "localedef": "locales",
    "osslsigncode": "osslsigncode",
    "makensis": "nsis",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "import": "imagemagick",
    COMPILER: "gcc-mingw-w64-x86-64",
}
"""Each program that is needed → Debian's packages that bring it."""
CONSOLE = "gbk"
"""What a Chinese Windows prints in."""
_PATIENCE = 7200.0
_COMING = 600.0
"""Seconds that a window, or the end of an uninstaller, may take on a busy computer."""


class WineError(Exception):
    """What was started under Wine did not end well."""


def missing() -> list[str]:
    """Return Debian's packages that have to be installed first."""
    return [package for tool, package in TOOLS.items() if shutil.which(tool) is None]


@dataclass(frozen=True)
class Wine:
    """A running Windows: its folder and the environment that leads to it."""

    prefix: Path
    environment: Mapping[str, str]

    @property
    def drive(self) -> Path:
        """Drive C."""
        return self.prefix / "drive_c"

    def run(self, *command: str | Path, codes: Sequence[int] = (0,), seconds: float = _PATIENCE) -> str:
        """Run a program to its end and return what it printed.

        Raises:
            WineError: it ended with another code, or not at all.
        """
        try:
            done = subprocess.run(
                ["wine", *command],
                stdin=subprocess.DEVNULL,  # a file as a standard stream is an invalid handle to Wine
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=self.environment,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise WineError(f"{' '.join(map(str, command))} 过了 {seconds:.0f} 秒还没有结束。") from error
        said = done.stdout.decode(CONSOLE, "replace")
        if done.returncode not in codes:
            raise WineError(f"{' '.join(map(str, command))} 的退出码是 {done.returncode}：\n{said[-4000:]}")
        return said


def windows_path(path: Path) -> str:
    r"""Return what Windows calls a file of Linux: Z:\… ."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def wait(failure: str, come: Callable[[], bool]) -> None:
    """Wait for something to come.

    Raises:
        WineError: it did not.
    """
    end = time.monotonic() + _COMING
    while not come():
        if time.monotonic() > end:
            raise WineError(failure)
        time.sleep(0.5)


@contextlib.contextmanager
def started(folder: Path) -> Generator[Wine]:
    """Start a new Windows in a folder, on a screen of its own; both end with the block."""
    locales = folder / "locales"
    locales.mkdir(parents=True)
    subprocess.run(
        ["localedef", "-i", "zh_CN", "-f", "UTF-8", str(locales / "zh_CN.UTF-8")],
        check=False,  # it warns of its own sources
        capture_output=True,
    )
    with virtual_screen("1366x768") as display:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),  # else its folders of documents lead into the user's own
            "WINEARCH": "win64",
            "WINEPREFIX": str(folder / "prefix"),
            "WINEDEBUG": "-all",
            # Neither .NET nor a browser nor a debugger is asked for, and no menus of Linux are written.
            "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=;winedbg.exe=",
            "LOCPATH": str(locales),
            "LC_ALL": "zh_CN.UTF-8",
            "DISPLAY": display,
            # From drive Z a program would find the LibreOffice of Linux, and could not start it.
            "PERF_EXCEL_SOFFICE": r"C:\none.exe",
        }
        try:
            _quietly(environment, "wineboot", "-i")
            _quietly(environment, "winecfg", "-v", "win10")
            close_gap(folder / "prefix/drive_c/windows/system32", folder)
            overrides = {"WINEDLLOVERRIDES": f"{environment['WINEDLLOVERRIDES']};ucrtbase=n,b"}
            yield Wine(folder / "prefix", {**environment, **overrides})
        finally:
            _quietly(environment, "wineserver", "-k")


def _quietly(environment: Mapping[str, str], *command: str) -> None:
    """Run one of Wine's own programs; its services would keep a pipe open."""
    subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=900,
        check=False,
    )
