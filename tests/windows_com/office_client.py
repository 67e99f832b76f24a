"""Starts the program that plays Excel or WPS on Windows, opens workbooks in it, and tells it how to be."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from perf_excel.live.attach import attach
from perf_excel.live.xl import xw

SERVER = Path(__file__).with_name("office_server.py")
EXCEL, WPS = "Excel.Application", "Ket.Application"
on_windows = pytest.mark.skipif(sys.platform != "win32", reason="只在 Windows 的 Python 上运行")


class Running:
    """A program that runs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.window: int = self._answer()["window"]

    def tell(self, *order: object) -> Any:
        """Tell it to do something, and return what it answers."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "the program has ended"
        return json.loads(line)

    def opened(self, path: Path) -> xw.Book:
        """Open a file in it, and return the workbook as the product finds it."""
        self.tell("open", str(path))
        return attach(path)

    def calls(self) -> int:
        """Return how many calls reached it since it was last asked: what its objects are asked and told."""
        return sum(times for name, times in self.tell("calls").items() if "." in name)


@contextlib.contextmanager
def office(program: str = EXCEL) -> Generator[Running]:
    """Start one, and end it."""
    process = subprocess.Popen(
        [sys.executable, SERVER, program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        running = Running(process)
        yield running
        if process.poll() is None:
            running.tell("quit")
    finally:
        process.kill()
        process.communicate()
