"""Try the program on every workbook below a folder (试读、试填、试导出).

Each is read; one cell is changed and the parts compared; a sheet and every form become finished forms, in
which nothing may lead to nothing.

Every workbook has a process of its own, with 10 seconds and 500 MB of address space over the interpreter's.
Exit code 1 when one crashed, hung, took more, lost a part that the fill had no reason to touch, or became a
finished form that is not whole.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from packages_whole import leads_nowhere

from perf_excel.books.finished import Finish, finished
from perf_excel.books.opening import Book, open_book
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.jobs.examination.examining import examined, find_all
from perf_excel.jobs.export import export
from perf_excel.sheets.grid import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from perf_excel.sheets.grid import Grid

SECONDS = 10
MEGABYTES = 500
INTERPRETER_MEGABYTES = 60
"""Address space that Python takes before it does anything."""
AT_ONCE = 2
FORM_ROWS = 6_000
"""No form is longer, and nothing longer becomes a finished one."""
SUFFIXES = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".et", ""}


class Outcome(NamedTuple):
    """What came of one workbook."""

    file: str
    text: str
    failed: bool
    seconds: float
    megabytes: float
    changed: str
    forms: int


def main(argv: Sequence[str]) -> int:
    """Try every workbook below a folder, print the table and return 1 when something failed."""
    parser = argparse.ArgumentParser(description="试读、试填、试导出一个文件夹里的所有工作簿。")
    parser.add_argument("folder", type=Path, help="文件夹")
    folder: Path = parser.parse_args(argv).folder
    if sys.platform == "win32":
        print("试读、试填、试导出要限制内存，Windows 上没有这种限制，请在 Linux 上运行。")
        return 2
    files = sorted(file for file in folder.rglob("*") if file.is_file() and _may_be_workbook(file))
    print("结果\t秒\tMB\t改动的部件\t文件\t说明")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes: list[Outcome] = []
        for outcome in pool.map(try_file, files):
            outcomes.append(outcome)
            mark = "失败" if outcome.failed else "通过"
            print(
                f"{mark}\t{outcome.seconds:.2f}\t{outcome.megabytes:.0f}\t{outcome.changed}"
                f"\t{outcome.file}\t{outcome.text}",
                flush=True,
            )
    failed = sum(outcome.failed for outcome in outcomes)
    read = sum(outcome.text.startswith("读出") and not outcome.failed for outcome in outcomes)
    print(
        f"共 {len(outcomes)} 个：读出 {read}，一句话说明 {len(outcomes) - read - failed}，失败 {failed}；"
        f"导出绩效表 {sum(outcome.forms for outcome in outcomes)} 张；"
        f"最慢 {max((outcome.seconds for outcome in outcomes), default=0):.2f} 秒，"
        f"最多 {max((outcome.megabytes for outcome in outcomes), default=0):.0f} MB"
    )
    return 1 if failed or not outcomes else 0


def _may_be_workbook(file: Path) -> bool:
    # Unknown suffixes are tried as well: people pick any file. Notes beside the workbooks are left out.
    return file.suffix.lower() in SUFFIXES or file.suffix.lower() not in {".md", ".tsv", ".txt", ".json"}


def try_file(file: Path) -> Outcome:
    """Run the job for one workbook in its own process and judge how it ended."""
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, __file__, "--job", str(file)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    late = threading.Timer(SECONDS, os.killpg, (process.pid, signal.SIGKILL))
    late.start()
    assert process.stdout is not None  # noqa: S101  (both are pipes)
    assert process.stderr is not None  # noqa: S101
    with process.stdout as stdout, process.stderr as stderr:
        answer = stdout.read()
        complaint = stderr.read().strip().splitlines()
    _, status, usage = os.wait4(process.pid, 0)
    late.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - start
    megabytes = usage.ru_maxrss / 1024  # of the job or of a child it waited for, whichever was larger
    if process.returncode != 0:
        text = f"超过 {SECONDS} 秒" if seconds >= SECONDS else f"崩溃（{process.returncode}）{complaint[-1:]}"
        return Outcome(
            file.name, text, failed=True, seconds=seconds, megabytes=megabytes, changed="", forms=0
        )
    result = json.loads(answer)
    failed = bool(result["lost"]) or seconds > SECONDS or megabytes > MEGABYTES
    return Outcome(
        file.name,
        result["text"] + (f"；丢失或误改 {'、'.join(result['lost'])}" if result["lost"] else ""),
        failed=failed,
        seconds=seconds,
        megabytes=megabytes,
        changed=" ".join(result["changed"]),
        forms=result["forms"],
    )


def job(file: Path) -> dict[str, object]:
    """Read a workbook and fill one cell of it, in the limited process; any crash is the caller's finding."""
    import resource  # noqa: PLC0415  (POSIX only)

    limit = (MEGABYTES + INTERPRETER_MEGABYTES) << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        return _job(file)
    except UserError as error:
        return {"text": str(error), "changed": [], "lost": [], "forms": 0}


def _job(file: Path) -> dict[str, object]:
    opened = open_book(file)
    text = _summary(list(opened.grids()))
    book = opened.workbook
    if book is None:
        return {"text": text, "changed": [], "lost": [], "forms": 0}
    before = book.fill({})  # a template already as the workbook that it becomes
    edit = _edit(book.grid(book.sheets[0]))
    after = book.fill({book.sheets[0]: [edit]})
    changed, lost = compare(before, after)
    again = Workbook.from_bytes(after, file.name).grid(book.sheets[0])
    found = again.cells.get((edit.row, edit.column))
    if found is None or found.value != edit.value:
        lost.append("填入的值")
    if again.bottom <= FORM_ROWS:
        lost += leads_nowhere(finished(before, file.name, Finish(book.sheets[:1])).data)
    forms = _exported(opened)
    lost += [sentence for form in forms for sentence in leads_nowhere(form)]
    return {"text": text, "changed": changed, "lost": lost, "forms": len(forms)}


def _exported(opened: Book) -> list[bytes]:
    """The finished forms of a workbook; most hold none."""
    try:
        found = find_all(opened)
    except UserError:
        return []
    return [export(examined(form), Path("完成表.xlsx")).data for form in found]


def _summary(grids: Sequence[Grid]) -> str:
    return f"读出 {len(grids)} 张表 {sum(len(grid.cells) for grid in grids)} 格"


def _edit(grid: Grid) -> Edit:
    """Change the first plain text or number of a sheet, or write A1 of an empty one."""
    for (row, column), cell in sorted(grid.cells.items()):
        if cell.formula is None and isinstance(cell.value, (str, Decimal)):
            return Edit(row, column, "试填=1" if isinstance(cell.value, str) else cell.value + 1)
    return Edit(1, 1, "试填=1")


def compare(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """Return the changed members, and those lost or changed without a reason."""
    old, new = _members(before), _members(after)
    changed = [name for name in old if name in new and new[name] != old[name]]
    lost = [name for name in old if name not in new]
    # One sheet, and the workbook part that asks for a recalculation: a fill has no business elsewhere.
    sheets = [name for name in changed if not name.lower().endswith("workbook.xml")]
    return changed, lost + sheets[1:] + [name for name in new if name not in old]


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        print(json.dumps(job(Path(sys.argv[2]))))
        sys.exit(0)
    sys.exit(main(sys.argv[1:]))
