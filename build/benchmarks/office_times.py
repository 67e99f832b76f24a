"""How long a running LibreOffice takes to open, calculate, read and close workbooks."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from perf_excel.office import find_soffice


def office_times(books: list[Path], folder: Path, runs: int) -> list[float] | None:
    """Return the median seconds of each workbook, None where LibreOffice cannot be asked."""
    soffice = find_soffice()
    clock = Path(__file__).with_name("office_clock.py")
    # pyuno belongs to the system's Python, not to the virtual environment's.
    for python in filter(None, (shutil.which("python3", path="/usr/bin"), shutil.which("python"))):
        asked = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
        if soffice is None or asked.returncode:
            continue
        answer = subprocess.run(
            [python, clock, soffice, folder / "profile", str(runs), *books],
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        return [float(one) for one in answer.stdout.split()]
    return None
