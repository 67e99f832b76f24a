"""Try what the installer put on a Windows (试用已安装的程序): runs under the Windows Python, not on Linux."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "package"))

from windows_habits import try_habits


def main(folder: str) -> int:
    """Run the installed program into what Windows refuses."""
    with tempfile.TemporaryDirectory(prefix="perf-excel-", ignore_cleanup_errors=True) as name:
        for line in try_habits(Path(folder), Path(name)):
            print(f"  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
