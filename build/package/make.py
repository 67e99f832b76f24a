"""Make the packaged program (打包): one folder with two programs, tried out, and a zip of it.

Run as ``python build/dev.py package [folder]``; without a folder it goes to dist/ beside pyproject.toml.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import notices
import oldest
import smoke

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = ROOT / "build" / "package"
NAME = "绩效自评"

VERSION_RESOURCE = """VSVersionInfo(
 ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),
 kids=[
  StringFileInfo([StringTable("080404b0", [
   StringStruct("ProductName", "{name}"),
   StringStruct("FileDescription", "预算绩效自评工具 perf-excel"),
   StringStruct("FileVersion", "{version}"),
   StringStruct("ProductVersion", "{version}"),
   StringStruct("OriginalFilename", "{name}.exe"),
   StringStruct("LegalCopyright", "MIT License"),
  ])]),
  VarFileInfo([VarStruct("Translation", [0x0804, 1200])]),
 ],
)
"""
"""What Windows shows of the file: 中文（简体）, Unicode."""


def main(argv: list[str]) -> int:
    """Build, try out, zip."""
    target = Path(argv[0]) if argv else ROOT / "dist"
    tools = ("objdump", "strip") if sys.platform == "linux" else ()
    if missing := [tool for tool in tools if shutil.which(tool) is None]:
        print(f"打包要用 {'、'.join(missing)}，请先安装 Debian 的软件包 binutils。", file=sys.stderr)
        return 2
    folder = build(target)
    try_out(folder)
    return 0


def try_out(folder: Path) -> None:
    """Say how large a program is and what it needs, try it out, zip it beside its folder.

    Raises:
        FailedError: it does not do what it should.
    """
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    print(f"已打包：{folder}，{size / 1e6:.0f} MB")
    for line in oldest.oldest(folder):
        print(line)
    for line in smoke.try_out(folder):
        print(f"  {line}", flush=True)
    archive = shutil.make_archive(str(folder.parent / f"{NAME}-{version()}"), "zip", folder.parent, NAME)
    print(f"已压缩：{archive}")


def build(target: Path, *, pandas: bool = True) -> Path:
    """Build the folder with PyInstaller and return it."""
    with tempfile.TemporaryDirectory(prefix="perf-excel-") as work:
        resource = Path(work) / "version.txt"
        resource.write_text(_resource(), encoding="utf-8")
        subprocess.run(
            [
                *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
                *("--distpath", str(target), "--workpath", work, str(HERE / "perf_excel.spec")),
            ],
            check=True,
            cwd=ROOT,
            env={
                **os.environ,
                "PERF_EXCEL_VERSION_FILE": str(resource),
                "PERF_EXCEL_WITH_PANDAS": "1" if pandas else "0",
            },
        )
    folder = target / NAME
    if sys.platform == "linux":
        _strip(folder)
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE.txt")
    shutil.copy(ROOT / "docs" / "使用手册.md", folder / "使用手册.md")
    notices.write_notices(folder)
    return folder


def _strip(folder: Path) -> None:
    """Take what only a debugger reads from Python's own libraries; numpy's would not load any more."""
    inside = folder / "_internal"
    for pattern in ("libpython*.so*", "python3*/lib-dynload/*.so"):
        for file in inside.glob(pattern):
            subprocess.run(["strip", "--strip-unneeded", file], check=True)


def version() -> str:
    """Return the program's version."""
    text = (ROOT / "perf_excel" / "__init__.py").read_text(encoding="utf-8")
    return text.partition('__version__ = "')[2].partition('"')[0]


def _resource() -> str:
    numbers = tuple(int(part) for part in f"{version()}.0".split(".")[:4])
    return VERSION_RESOURCE.format(numbers=numbers, name=NAME, version=version())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
