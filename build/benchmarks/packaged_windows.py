"""The Windows program under Wine: its sizes, and its start and window against the least possible there."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / name) for name in ("package", "under_wine")]

import making  # noqa: E402  (stands in the folder of what is done under Wine)
from packaged import megabytes  # noqa: E402
from wine import missing, started, windows_path  # noqa: E402

_MEASURES = HERE / "packaged.py"


def run() -> list[str]:
    """Return printable lines; on Windows itself the measures of ``packaged`` are these."""
    if sys.platform == "win32":
        return []
    if packages := missing():
        return [f"Windows 版：没有测，缺少 {' '.join(packages)}"]
    with tempfile.TemporaryDirectory(prefix="perf-excel-") as name, started(Path(name) / "wine") as wine:
        target = Path(name) / "made"
        python = making.interpreter(Path(name) / "python")
        said = wine.run(python, windows_path(_MEASURES), windows_path(target))
        setup, folder = making.installer(target), target / making.NAME
        archive = shutil.make_archive(str(target / making.NAME), "zip", target, making.NAME)
        sizes = f"zip {_weight(archive)}，安装程序 {_weight(setup)}，装好 {megabytes(folder):.0f} MB"
        return [
            f"Windows 版大小：{sizes}",
            *(f"Windows 版（Wine）{line}" for line in said.splitlines() if line.startswith("打包")),
        ]


def _weight(file: str | Path) -> str:
    return f"{Path(file).stat().st_size / 1e6:.1f} MB"


if __name__ == "__main__":
    print(*run(), sep="\n")
