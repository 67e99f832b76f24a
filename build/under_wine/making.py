"""What the Windows program is made with (制作): a Python with the project in it, the installer."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pieces
from wine import windows_path

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = "绩效自评"


def interpreter(folder: Path) -> Path:
    """Return a Windows Python that has the project and all that it needs.

    Raises:
        PieceError: it is not the one that it should be.
    """
    python = pieces.interpreter(folder)
    (python.parent / "Lib" / "site-packages" / "perf-excel.pth").write_text(windows_path(ROOT))
    return python


def installer(target: Path) -> Path:
    """Make the installer of the folder that was built, beside it."""
    version = (ROOT / "perf_excel" / "__init__.py").read_text("utf-8").partition('__version__ = "')[2]
    version = version.partition('"')[0]
    setup = target / f"{NAME}-{version}-安装.exe"
    subprocess.run(
        [
            *("makensis", "-V2", "-INPUTCHARSET", "UTF8", f"-DVERSION={version}"),
            *(f"-DFOLDER={target / NAME}", f"-DTARGET={setup}"),
            str(ROOT / "build" / "package" / "installer.nsi"),
        ],
        check=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )
    return setup
