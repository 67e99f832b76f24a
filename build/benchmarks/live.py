"""The macros in an open workbook: a form of 60 and of 600 rows in LibreOffice, from click to answer."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from timing import median

from perf_excel.errors import UserError
from perf_excel.faces import macros
from perf_excel.forms.data import load_form
from perf_excel.jobs.new import Order, make
from perf_excel.live.libreoffice.listening import VARIABLE, listening_app
from perf_excel.live.libreoffice.process import Office
from perf_excel.live.live_book import LiveBook
from perf_excel.rules.rulesets.library import ruleset, templates_folder

RULES = "henan-department"
SIZES = (60, 600)
RUNS = 5


def run() -> list[str]:
    """Return printable lines."""
    try:
        with Office() as office, tempfile.TemporaryDirectory() as folder:
            os.environ[VARIABLE] = office.address
            return [_timed(_form(Path(folder), rows), rows) for rows in SIZES]
    except UserError as error:
        return [f"打开着的表：未测（{error}）"]
    finally:
        os.environ.pop(VARIABLE, None)


def _form(folder: Path, rows: int) -> Path:
    """Make a workbook with so many indicators."""
    data = load_form((templates_folder() / RULES / "示例.json").read_text(encoding="utf-8"), "示例.json")
    known = data.indicators
    many = tuple(
        replace(known[number % len(known)], level3=f"{known[number % len(known)].level3}{number}")
        for number in range(rows)
    )
    path = folder / f"{rows}.xlsx"
    path.write_bytes(make(Order(ruleset(RULES), data=replace(data, indicators=many)), path).data)
    return path


def _timed(path: Path, rows: int) -> str:
    app = listening_app()
    if app is None:
        raise UserError("LibreOffice 没有在监听")
    book = app.books.open(path)

    def read() -> None:
        live = LiveBook(book)
        live.grid(live.visible[0])

    def click() -> None:
        done = subprocess.run(
            [sys.executable, "-m", "perf_excel", "live", "check", path], capture_output=True, check=False
        )
        if done.returncode not in (0, 1):
            raise UserError(done.stderr.decode(errors="replace"))

    try:
        reading = median(read, RUNS)
        checking = median(lambda: macros.check(book), RUNS)
        whole = median(click, RUNS)
    finally:
        book.close()
    return (
        f"打开着的表，{rows} 个指标（LibreOffice）：读 {reading * 1e3:.0f} 毫秒，"
        f"校验并写回 {checking * 1e3:.0f} 毫秒，从点按钮到写完（含启动程序）{whole * 1e3:.0f} 毫秒"
    )
