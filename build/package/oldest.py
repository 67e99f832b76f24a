"""The oldest system that a packaged program can run on (最低系统), told from its files themselves.

Windows: the version that a file's header asks for, and system libraries that only newer ones have. Linux: the
newest symbols of glibc that a file asks for. A file may still call by name what an old system lacks.
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Version = tuple[int, int]

_WINDOWS = {(6, 0): "Vista", (6, 1): "7", (6, 2): "8", (6, 3): "8.1", (10, 0): "10"}
_SINCE: dict[str, Version] = {
    "api-ms-win-core-path-l1-1-0.dll": (6, 2),
    "api-ms-win-core-synch-l1-2-0.dll": (6, 2),
    "api-ms-win-core-winrt-l1-1-0.dll": (6, 2),
}
"""Libraries that Windows has only since a version."""
_GLIBC = re.compile(rb"GLIBC_(\d+)\.(\d+)")


def oldest(folder: Path) -> Iterator[str]:
    """Yield a line for the oldest system that all files can run on, and for that of all but a few."""
    windows = sys.platform == "win32"
    needs = {file: found for file in sorted(folder.rglob("*")) if (found := _need(file, windows=windows))}
    if not needs:
        return
    newest = max(needs.values())
    of = [file.name for file, need in needs.items() if need == newest]
    rest = [need for need in needs.values() if need < newest]
    more = f"；其余的 {_name(max(rest), windows=windows)}" if rest else ""
    yield f"最低系统：{_name(newest, windows=windows)}（{'、'.join(of[:3])}{' 等' * (len(of) > 3)}{more}）"


def _need(file: Path, *, windows: bool) -> Version | None:
    if windows:
        return _of_windows(file) if file.suffix in (".exe", ".dll", ".pyd") else None
    if file.is_symlink() or not file.is_file() or file.open("rb").read(4) != b"\x7fELF":
        return None
    said = subprocess.run(["objdump", "-p", file], capture_output=True, check=False).stdout
    return max(((int(one[1]), int(one[2])) for one in _GLIBC.finditer(said)), default=None)


def _of_windows(file: Path) -> Version:
    pefile: Any = importlib.import_module("pefile")
    with pefile.PE(str(file), fast_load=True) as image:
        header = image.OPTIONAL_HEADER
        image.parse_data_directories(pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_IMPORT"])
        names = [one.dll.decode("ascii").lower() for one in getattr(image, "DIRECTORY_ENTRY_IMPORT", ())]
        asked = int(header.MajorSubsystemVersion), int(header.MinorSubsystemVersion)
    return max([asked, *(_SINCE[name] for name in names if name in _SINCE)])


def _name(version: Version, *, windows: bool) -> str:
    number = f"{version[0]}.{version[1]}"
    return f"Windows {_WINDOWS.get(version, number)}" if windows else f"glibc {number}"
