"""From the file to scores and findings, as multiples of what expat takes to tokenise the same parts.

Processor time, so that whatever else the computer does falls out of the multiples.
"""

from __future__ import annotations

import itertools
import statistics
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from form_file import SHEET_PART, form, tokenise
from timing import in_turn, median, seconds

from perf_excel.books.opening import open_book
from perf_excel.forms.data import load_form
from perf_excel.jobs.examination.examining import examine
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset, templates_folder

RULES = "henan-department"
RUNS = 101
_SIZES = (60, 600)
_FEW = 9
_SAME = 40
"""So many files of one layout are checked before those that are timed."""


def run() -> list[str]:
    """Return printable lines."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*_of_bureau(folder), _of_own(folder), _of_sizes(folder)]


def _of_bureau(folder: Path) -> list[str]:
    """A bureau's own form: by itself, and behind others of the same layout with other values."""
    paths = [folder / f"单位{number}.xlsx" for number in range(2 * _SAME)]
    for number, path in enumerate(paths):
        path.write_bytes(form(number))
    taken = in_turn(
        {
            "tokens": lambda: tokenise(paths[0]),
            "reading": lambda: open_book(paths[0]).grid("自评表"),
            "checking": lambda: examine(paths[0]),
        },
        RUNS,
        time.process_time,
    )
    # Each file once: whatever the program remembers of one serves the next only where it says the same.
    fresh = iter(paths)
    for path in itertools.islice(fresh, _SAME):
        examine(path)
    next_file = statistics.median(seconds(partial(examine, path), time.process_time) for path in fresh)
    tokens = taken["tokens"]
    reading, checking, further = (cost / tokens for cost in (taken["reading"], taken["checking"], next_file))
    whole = f"自制的表，从文件到得分和问题：{taken['checking'] * 1e3:.1f} 毫秒，expat 的 {checking:.1f} 倍"
    return [
        f"自制的表，只读：expat 逐词扫描的 {reading:.2f} 倍（目标 ≤ 1.3 倍）",
        f"{whole}（目标 ≤ 4 倍）；同一版式的下一份文件 {further:.1f} 倍（目标 ≤ 2.5 倍）",
    ]


def _of_own(folder: Path) -> str:
    """The form that ``new`` makes, filled, against its form sheet alone."""
    path = _made(folder / "本程序.xlsx", None)
    taken = in_turn(
        {"tokens": lambda: tokenise(path, (SHEET_PART,)), "checking": lambda: examine(path)},
        RUNS,
        time.process_time,
    )
    return (
        f"本程序的表，从文件到得分和问题：{taken['checking'] * 1e3:.1f} 毫秒，"
        f"其中表页 expat 的 {taken['checking'] / taken['tokens']:.1f} 倍（目标 ≤ 10 倍）"
    )


def _of_sizes(folder: Path) -> str:
    """A form of ten times the rows."""
    paths = (_made(folder / f"{rows}.xlsx", rows) for rows in _SIZES)
    few, many = (median(partial(examine, path), _FEW, time.process_time) for path in paths)
    return (
        f"{_SIZES[0]} 行到 {_SIZES[1]} 行：{few * 1e3:.0f} 毫秒到 {many * 1e3:.0f} 毫秒，"
        f"{many / few:.1f} 倍（目标 ≤ 8 倍）"
    )


def _made(path: Path, rows: int | None) -> Path:
    """Make a filled workbook, with so many indicators."""
    data = load_form((templates_folder() / RULES / "示例.json").read_text(encoding="utf-8"), "示例.json")
    if rows is not None:
        known = itertools.islice(itertools.cycle(data.indicators), rows)
        many = (replace(one, level3=f"{one.level3}{number}") for number, one in enumerate(known))
        data = replace(data, indicators=tuple(many))
    path.write_bytes(make(Order(ruleset(RULES), data=data), path).data)
    return path
