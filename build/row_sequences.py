"""Three hundred random sequences of inserting, deleting, copying and typing rows (随机增减行), in batches.

One LibreOffice does not live through hundreds of workbooks: every batch has one of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SEQUENCES, BATCH = 300, 30
TEST = Path(__file__).resolve().parent.parent / "tests" / "live" / "test_rows_by_hand.py"


def main(wanted: int) -> int:
    """Run the sequences; return 1 if any leaves formulas and program apart."""
    codes = [
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", TEST],
            env={**os.environ, "PERF_EXCEL_SEQUENCES": f"{first}-{min(first + BATCH, wanted)}"},
            check=False,
        ).returncode
        for first in range(0, wanted, BATCH)
    ]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SEQUENCES))
