"""Make and try out the Windows program (Windows 版): on Linux through Wine, on Windows as it is.

Run as ``python build/dev.py windows [folder]``; without a folder everything goes to dist/windows. Pictures of
every page of the window are made, too, but with ``--quick``: then some tests are run under the Windows
Python, as with ``--tests`` all that concern Windows.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import making
from making import ROOT
from pictures_there import of_pages, of_program
from wine import Wine, WineError, missing, started, wait, windows_path

QUICK = ("tests/windows_com", "tests/forms", "tests/rules")
"""Tests that a Windows Python runs in some minutes: those by COM above all, which run nowhere else."""
WHOLE = (*QUICK, "tests/live", "tests/faces", "tests/sheets", "tests/words", "tests/books", "tests/jobs")
"""All that concern Windows; the others hold documents, pictures and LibreOffice's results to account."""
NOT_SHOWN = (
    "真实的 Windows、Excel、WPS（按 COM 接上的是一个扮演 Excel 的进程）",
    "SmartScreen 和杀毒软件的提示",
    "导出 PDF（Wine 里没有 Excel、WPS、LibreOffice）",
    "MAX_PATH、NTFS 的限制（Wine 不执行）",
)


def main(argv: list[str]) -> int:
    """Build, try out, install, try again, uninstall; return 0 where all of it went well."""
    quick = "--quick" in argv
    tests = WHOLE if "--tests" in argv else QUICK if quick else ()
    target = Path(next((one for one in argv if not one.startswith("-")), ROOT / "dist" / "windows")).resolve()
    target.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        make = ROOT / "build" / "package" / "make.py"
        subprocess.run([sys.executable, str(make), str(target)], check=True)
        return 0
    if packages := missing():
        print(f"没有做 Windows 版：缺少 {' '.join(packages)}，请先 apt-get install。", file=sys.stderr)
        return 1
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="perf-excel-") as work, started(Path(work) / "wine") as wine:
        python = making.interpreter(Path(work) / "python")
        print(f"Windows 的 Python：{wine.run(python, '--version').strip()}，签名核对过", flush=True)
        try:
            _package(wine, python, target)
            _install(wine, python, target)
            if not quick:
                for shot in of_pages(wine, python, target / "窗口各页"):
                    print(f"窗口的一页：{shot.name}", flush=True)
        except WineError as error:
            print(error, file=sys.stderr)
            return 1
        # Every folder runs, so that one failure does not hide the next.
        failed = [folder for folder in tests if not _passes(wine, python, folder)]
    print(f"用时 {time.monotonic() - begin:.0f} 秒。没有试到的：{'；'.join(NOT_SHOWN)}。")
    return int(bool(failed))


def _package(wine: Wine, python: Path, target: Path) -> None:
    """Build the folder and the zip with the Windows Python, which also tries every command."""
    make = windows_path(ROOT / "build" / "package" / "make.py")
    print(wine.run(python, make, windows_path(target)), flush=True)


def _install(wine: Wine, python: Path, target: Path) -> None:
    """Make the installer, install, try what was installed, and uninstall.

    Raises:
        WineError: something of it went wrong.
    """
    setup = making.installer(target)
    print(f"安装程序：{setup.name}，{setup.stat().st_size / 1e6:.1f} MB", flush=True)
    wine.run(setup, "/S")
    place = next(wine.drive.glob("users/*/AppData/Local/Programs/perf-excel"))
    shot = target / "窗口.png"
    print(wine.run(python, windows_path(Path(__file__).with_name("installed.py")), windows_path(place)))
    of_program(wine, place, making.NAME, shot)
    print(f"窗口：打开了交给它的表，已截图 {shot.name}", flush=True)
    own = place / "我的自评表.xlsx"
    own.write_bytes(b"")
    wine.run(place / "卸载.exe", "/S")
    # The uninstaller goes on as a copy of itself.
    wait("卸载之后留下了别的文件", lambda: {path.name for path in place.iterdir()} == {own.name})
    print("安装、卸载：通过；用户自己的文件还在", flush=True)


def _passes(wine: Wine, python: Path, folder: str) -> bool:
    """Run the tests of a folder, naming what was skipped and why; return whether all passed."""
    begin = time.monotonic()
    # A call that is refused is an exception to Windows first, which faulthandler would take for the end.
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:faulthandler", "--rootdir", windows_path(ROOT)]
    options += ["-c", windows_path(ROOT / "pyproject.toml"), windows_path(ROOT / folder)]
    try:
        lines = wine.run(python, "-m", "pytest", *options).splitlines()
    except WineError as error:
        print(error, file=sys.stderr)
        return False
    print(f"{folder}：{time.monotonic() - begin:.0f} 秒，{lines[-1]}", flush=True)
    for line in lines:
        if line.startswith("SKIPPED"):
            print(f"  {line}", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
