"""A LibreOffice of our own (自启的 LibreOffice): started without a window, ended with everything it left.

A small shell watches over it: when this process ends, however it ends, the shell sees its input close, ends
LibreOffice, and removes the profile and the lock files. So nothing is orphaned, not even by kill -9.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from perf_excel.errors import UserError
from perf_excel.live.libreoffice.bridge import NotListeningError, connect
from perf_excel.live.libreoffice.uno_types import UnoDesktop
from perf_excel.office import (
    SAFE,
    find_soffice,
    instance_socket,
    pipe_socket,
    surroundings,
    write_profile,
)

_OURS = re.compile(r"(?:^|[,;])[^/,;]*+(/[^,;]*/perf-excel-live-[^,;/]+)")
_WATCH = r"""
profile=$1; sockets=$2; shift 2
("$@" </dev/null >/dev/null 2>&1; echo ended) &
exec >/dev/null 2>&1
trap '' TERM INT HUP
while IFS= read -r lock; do
  set -- "$@" "$lock"; locks=yes
done
kill -s TERM -- "-$$"
sleep 1
for lock; do
  case $lock in *.~lock.*) grep -qF "$profile" "$lock" && rm -f "$lock";; esac
done
rm -rf "$profile"
rm -f $sockets
kill -s KILL -- "-$$"
"""


class Office:
    """A running LibreOffice with a profile of its own; a context manager.

    Raises:
        UserError: LibreOffice is not installed, or does not answer in time.
    """

    def __init__(self, *, seconds: float = 60) -> None:
        if sys.platform == "win32":
            raise UserError("在 Windows 上请用 Excel 或 WPS 打开工作簿，本程序不另外启动 LibreOffice。")
        program = find_soffice()
        if program is None:
            raise UserError(
                "没有找到 LibreOffice，请安装 LibreOffice（含 Calc）",
                by_command="，或用 PERF_EXCEL_SOFFICE 指明 soffice 的位置。",
                by_hand="。",
            )
        self._profile = Path(tempfile.mkdtemp(prefix="perf-excel-live-"))
        self._locks: list[Path] = []
        pipe = f"perf-excel-{secrets.token_hex(8)}"
        self.address = f"pipe,name={pipe}"
        """Where it listens."""
        self._sockets = [pipe_socket(pipe), instance_socket(self._profile)]
        write_profile(self._profile, SAFE)
        command = [
            str(program),
            f"-env:UserInstallation={self._profile.as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault"),
            f"--accept={self.address};urp;StarOffice.ComponentContext",
        ]
        watch = ["/bin/sh", "-c", _WATCH, "sh", str(self._profile), " ".join(map(str, self._sockets))]
        self._process = subprocess.Popen(  # noqa: S603  (found by us, arguments are our own)
            [*watch, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**surroundings(), "TMPDIR": str(self._profile), "SAL_USE_VCLPLUGIN": "svp"},
            start_new_session=True,
        )
        try:
            self.desktop: UnoDesktop = self._connected(seconds)
        except BaseException:
            self.stop()
            raise

    @property
    def pid(self) -> int:
        """Process id of the group that LibreOffice runs in."""
        return self._process.pid

    def _connected(self, seconds: float) -> UnoDesktop:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(NotListeningError):
                return connect(self.address)
            if self._ended(0.05):
                raise UserError("LibreOffice 启动后随即退出，请先确认它能正常打开，再重试。")
        raise UserError(f"LibreOffice 在 {seconds:g} 秒内没有启动完，请关闭其他程序后重试。")

    def _ended(self, seconds: float) -> bool:
        """Wait a while; tell whether LibreOffice has ended."""
        return bool(select.select([self._pipe("stdout")], [], [], seconds)[0])

    def _pipe(self, name: str) -> IO[bytes]:
        pipe: Any = getattr(self._process, name)
        return pipe

    def opens(self, path: Path) -> None:
        """Say that a file is about to be opened: a lock file of ours beside it goes when this ends."""
        lock = path.with_name(f".~lock.{path.name}#")
        with contextlib.suppress(OSError):
            # Left by one of ours that was ended together with its watch: its profile is gone.
            owner = _OURS.search(lock.read_text("utf-8", "replace"))
            if owner and not Path(owner[1]).exists():
                lock.unlink()
        self._locks.append(lock)
        with contextlib.suppress(OSError):
            self._pipe("stdin").write(os.fsencode(lock) + b"\n")
            self._pipe("stdin").flush()

    def stop(self) -> None:
        """End LibreOffice without saving, and remove what it leaves behind. Stopping twice is no error."""
        if self._process.returncode is not None:
            return
        if hasattr(self, "desktop"):
            with contextlib.suppress(Exception):  # it may be gone already
                self.desktop.terminate()
            self._ended(3)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)  # the shell ignores anything kinder
        self._process.wait()
        for name in ("stdin", "stdout"):
            with contextlib.suppress(OSError):
                self._pipe(name).close()
        profile = self._profile.as_uri().encode()
        for lock in self._locks:
            with contextlib.suppress(OSError):
                if profile in lock.read_bytes():
                    lock.unlink()
        for socket in self._sockets:
            socket.unlink(missing_ok=True)
        shutil.rmtree(self._profile, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
