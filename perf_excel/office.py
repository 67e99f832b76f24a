"""Office programs (办公软件): Excel's and WPS's names on Windows; LibreOffice, its profile and its end.

Whoever starts LibreOffice gives it a profile of its own, so a copy that the user has open is never touched.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

Settings = dict[tuple[str, str], str]
"""Settings of a LibreOffice profile: (path in the registry, property) → value."""

SAFE: Settings = {
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("/org.openoffice.Office.Calc/Content/Update", "Link"): "2",  # never
}

WINDOWS_PROGRAMS = ("Excel.Application", "Ket.Application", "ET.Application")
"""What Windows calls Excel, and WPS by its newer and its older name."""

_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def find_soffice() -> Path | None:
    """Return LibreOffice's program: PERF_EXCEL_SOFFICE, else on PATH, else in its usual folders."""
    named = os.environ.get("PERF_EXCEL_SOFFICE")
    if named:
        return Path(named) if Path(named).is_file() else None
    for program in ("soffice", "libreoffice"):
        found = shutil.which(program)
        if found:
            return Path(found)
    return next((Path(place) for place in _PLACES if Path(place).is_file()), None)


def write_profile(profile: Path, settings: Mapping[tuple[str, str], str]) -> None:
    """Write a profile with these settings into an empty folder."""
    items = "".join(
        f"<item oor:path={quoteattr(path)}><prop oor:name={quoteattr(key)} oor:op='fuse'>"
        f"<value>{value}</value></prop></item>"
        for (path, key), value in settings.items()
    )
    file = profile / "user" / "registrymodifications.xcu"
    file.parent.mkdir(parents=True)
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def surroundings() -> dict[str, str]:
    """Return the environment that other programs shall see: a packaged one's libraries are its own affair."""
    found = dict(os.environ)
    if getattr(sys, "frozen", False):
        found["LD_LIBRARY_PATH"] = found.get("LD_LIBRARY_PATH_ORIG", "")
    return found


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a program with its children: soffice is a script that starts the real one."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(  # noqa: S603
                ["taskkill", "/T", "/F", "/PID", str(process.pid)],  # noqa: S607
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
    else:
        # Asked kindly, the script still waits for its child, which leaves no zombie. Then by force: the group
        # may outlive its first process.
        for number, patience in ((signal.SIGTERM, 3), (signal.SIGKILL, None)):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=patience)
    process.wait()


def instance_socket(profile: Path) -> Path:
    """Return the socket that LibreOffice on Linux makes for a profile, and leaves behind when it is ended."""
    digest = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    return pipe_socket(f"SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}")


def pipe_socket(name: str) -> Path:
    """Return the file on Linux of a pipe that LibreOffice accepts connections on."""
    user = os.getuid() if sys.platform != "win32" else 0
    return Path(f"/tmp/OSL_PIPE_{user}_{name}")  # noqa: S108  (LibreOffice's own choice)
