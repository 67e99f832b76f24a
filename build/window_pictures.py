"""Make the pictures of the window (窗口图片): docs/pictures/窗口-*.png, from the real window at work.

Needs Xvfb and ImageMagick's import.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "package"))

from pictures import LARGEST, PICTURES, filled_in, with_mistakes
from smoke import virtual_screen

from perf_excel.faces.window import settings
from perf_excel.faces.window.app import Window
from perf_excel.forms.data import load_form
from perf_excel.rules.rulesets.library import templates_folder

RULES = "henan-department"
SIZE = "1040x700+0+0"
SHOWN = Path("甲单位") / "自评表.xlsx"


def main() -> int:
    """Make every picture, and say how large it is; 1 where one is too large."""
    if shutil.which("Xvfb") is None or shutil.which("import") is None:
        print("没有找到 Xvfb 或 import，请安装 xvfb 和 imagemagick。", file=sys.stderr)
        return 2
    text = (templates_folder() / RULES / "示例.json").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name, virtual_screen() as display:
        os.environ["DISPLAY"] = display
        os.environ[settings.PLACE] = str(Path(name) / "settings")
        # A short path in the picture: the window works where the form lies.
        os.chdir(name)
        SHOWN.parent.mkdir()
        shutil.copy(filled_in(with_mistakes(load_form(text, "示例.json")), Path(name)).found.book.path, SHOWN)
        made = list(_pictures())
    for path in made:
        print(f"已生成 {path.name}：{path.stat().st_size / 1000:.0f} KB")
    return int(any(path.stat().st_size > LARGEST for path in made))


def _pictures() -> list[Path]:
    window = Window()
    window.open([SHOWN])
    window.root.geometry(SIZE)
    made = [_shot(window, "校验打分", lambda: not window.work.busy)]
    for step in window.steps:
        if step.title != "校验打分":
            window.go(step.title, [])
            made.append(_shot(window, step.title, lambda: True))
    window.leave()
    return made


def _shot(window: Window, name: str, ready: Callable[[], bool]) -> Path:
    end = time.monotonic() + 20
    while not ready() and time.monotonic() < end:
        window.root.update()
        time.sleep(0.02)
    for _ in range(20):
        window.root.update()
        time.sleep(0.02)
    target = PICTURES / f"窗口-{name}.png"
    small = ["-dither", "None", "-colors", "64", "-depth", "8", "-strip", f"PNG8:{target}"]
    subprocess.run(["import", "-window", "root", "-crop", SIZE, *small], check=True)
    return target


if __name__ == "__main__":
    sys.exit(main())
