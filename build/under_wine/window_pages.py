"""Show every page of the window at work (逐页显示): runs under the Windows Python.

Prints the name of a page's picture once it shows, and goes on when that is there: it is taken outside.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / name) for name in ("build", "build/package")]

from window_scenes import go_to_work, live, scenes  # noqa: E402  (stands in the folder above)

from perf_excel.faces.window.app import Window  # noqa: E402
from perf_excel.faces.window.theme import sharpen  # noqa: E402


def main(pictures: Path) -> int:
    """Show one page after the other; the window has the size that it chooses itself."""
    with tempfile.TemporaryDirectory(prefix="perf-excel-", ignore_cleanup_errors=True) as name:
        published = go_to_work(Path(name), "自评 2022")
        sharpen()
        window = Window()
        window.open()
        shown: set[str] = set()
        for title, scene in scenes(window, published, lambda: live(window)).items():
            scene()
            live(window)
            shot = pictures / f"{len(shown)}-{title}.png"
            print(shot.name, flush=True)
            while not shot.exists():
                window.root.update()
                time.sleep(0.1)
            shown.add(title)
        missing = {step.title for step in window.steps} - shown
        window.leave()
        os.chdir(name)
    if missing:
        print(f"没有显示的页：{'、'.join(missing)}", file=sys.stderr)
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
