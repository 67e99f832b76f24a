"""Run by a Python that has uno: the median seconds in which a running LibreOffice scores each workbook."""

import importlib
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

uno: Any = importlib.import_module("uno")


def main(soffice: str, profile: str, runs: int, books: list[str]) -> None:
    """Start LibreOffice, then open, calculate, read and close the workbooks several times, taking turns."""
    pipe = f"perf-excel-{Path(profile).parent.name}"
    process = subprocess.Popen(
        [
            soffice,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={Path(profile).as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ]
    )
    try:
        desktop = _connect(pipe)
        rounds = [[_score(desktop, Path(book).as_uri()) for book in books] for _ in range(runs + 1)]
        print(*map(statistics.median, zip(*rounds[1:], strict=True)))
        desktop.terminate()
    finally:
        process.wait(30)


def _connect(pipe: str) -> Any:  # noqa: ANN401  (the office has no types)
    context: Any = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(200):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001  (NoConnectException until it listens)
            time.sleep(0.1)
        else:
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
    raise SystemExit("LibreOffice does not answer")


def _score(desktop: Any, url: str) -> float:  # noqa: ANN401
    hidden: Any = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    hidden.Name, hidden.Value = "Hidden", True
    start = time.perf_counter()
    document = desktop.loadComponentFromURL(url, "_blank", 0, (hidden,))
    document.calculateAll()
    document.Sheets.getByIndex(0).getCellRangeByName("A1:J60").getDataArray()
    document.close(True)  # noqa: FBT003  (of the office's own interface)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:])
