"""The packaged program without a console: 绩效自评. Files dropped on its icon come as arguments."""

import sys
from pathlib import Path
from typing import Any

# What these need lies in the folder for the other program; without their modules the bare folder would pass
# for them, and openpyxl takes what it finds.
MODULES: dict[str, Any] = sys.modules
MODULES.update(dict.fromkeys(("numpy", "pandas")))

from perf_excel.errors import UserError  # noqa: E402
from perf_excel.faces.live_commands import FROM_EXCEL  # noqa: E402

if FROM_EXCEL in sys.argv:
    from perf_excel.faces.cli import run

    sys.exit(run(sys.argv[1:]))

from perf_excel.faces.window.app import open_window  # noqa: E402

try:
    sys.exit(open_window([Path(name) for name in sys.argv[1:]]))
except UserError as error:
    if sys.stderr is not None:
        sys.stderr.write(f"perf-excel：{error}\n")
    sys.exit(2)
