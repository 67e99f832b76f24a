"""A form sent to 300 units, filled in, collected and rolled up (往返核对): nothing on the way is lost.

A third is filled in and saved by LibreOffice, a third by this program, a third by openpyxl.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

UNITS = 300
TEST = Path(__file__).resolve().parent.parent / "tests" / "live" / "test_round_trip.py"


def main(units: int) -> int:
    """Send the forms out and back; return 1 if any figure is another one than was typed."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", TEST],
        env={**os.environ, "PERF_EXCEL_UNITS": str(units)},
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else UNITS))
