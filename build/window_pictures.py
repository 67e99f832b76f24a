"""Make the pictures of the window (窗口图片): docs/pictures/窗口-*.png, from the real window at work.

Needs Xvfb and ImageMagick's import.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "package"))

from pictures import LARGEST, PICTURES
from virtual_screen import virtual_screen
from window_scenes import go_to_work, live, scenes

from perf_excel.faces.window.app import Window
from perf_excel.forms.model import Form

SIZE = "1040x780+0+0"


def main() -> int:
    """Make every picture, and say how large it is; 1 where one is too large."""
    if shutil.which("Xvfb") is None or shutil.which("import") is None:
        print("没有找到 Xvfb 或 import，请安装 xvfb 和 imagemagick。", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name, virtual_screen() as display:
        os.environ["DISPLAY"] = display
        made = _pictures(go_to_work(Path(name), "work"))
    for path in made:
        print(f"已生成 {path.name}：{path.stat().st_size / 1000:.0f} KB")
    return int(any(path.stat().st_size > LARGEST for path in made))


def _pictures(published: Form) -> list[Path]:
    window = Window()
    window.open()
    window.root.geometry(SIZE)
    made: list[Path] = []
    for title, scene in scenes(window, published, lambda: live(window)).items():
        scene()
        live(window)
        made.append(_shot(title))
    missing = {step.title for step in window.steps} - {path.stem.partition("-")[2] for path in made}
    if missing:
        raise SystemExit(f"没有图片的页：{'、'.join(missing)}")
    window.leave()
    return made


def _shot(name: str) -> Path:
    target = PICTURES / f"窗口-{name}.png"
    small = ["-dither", "None", "-colors", "64", "-depth", "8", "-strip", f"PNG8:{target}"]
    subprocess.run(["import", "-window", "root", "-crop", SIZE, *small], check=True)
    return target


if __name__ == "__main__":
    sys.exit(main())
