"""Rolling up the forms of 300 units: read and paired, consolidated, written with every source."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from timing import seconds

from perf_excel.books.opening import open_book
from perf_excel.forms.data import load_form
from perf_excel.jobs.examination.examining import examine, find
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.rollup import rolled_up
from perf_excel.jobs.rollup_files import collected
from perf_excel.jobs.rollup_gathering import files_in
from perf_excel.rules.rulesets.library import ruleset, templates_folder

RULES = "henan-department"
UNITS = 300
TODAY = date(2025, 2, 1)
KINDS = 10
"""So many different workbooks are made, each handed in by several units."""


def run() -> list[str]:
    """Return printable lines."""
    data = load_form((templates_folder() / RULES / "示例.json").read_text(encoding="utf-8"), "示例.json")
    rules = ruleset(RULES)
    with tempfile.TemporaryDirectory() as folder:
        into, units = Path(folder) / "部门表.xlsx", Path(folder) / "报送"
        units.mkdir()
        into.write_bytes(make(Order(rules, data=replace(data, unit="某局")), into).data)
        made = [
            make(Order(rules, data=replace(data, unit=f"单位{number}")), into).data for number in range(KINDS)
        ]
        for number in range(UNITS):
            (units / f"{number:03}.xlsx").write_bytes(made[number % KINDS])
        gathered = files_in([units])
        files = [one.file for one in gathered.files]
        found = find(open_book(into))
        alone = seconds(lambda: [examine(path) for path in files])
        started = time.perf_counter()
        returned = collected(gathered, found.reading.form)
        read = time.perf_counter() - started
        # Copies of one workbook count once; here each stands for a unit of its own.
        forms = tuple(replace(returned.forms[number % KINDS], file=file) for number, file in enumerate(files))
        joined = seconds(lambda: rolled_up(found, replace(returned, forms=forms, left_out=()), TODAY))
    whole = read + joined
    ours = (
        f"汇总 {UNITS} 个单位的表（各 31 个指标）：读 {read:.1f} 秒（每份 {read / UNITS * 1e3:.1f} 毫秒），"
        f"并、写、附来源 {joined:.1f} 秒，共 {whole:.1f} 秒，是逐份读取、打分、校验的 {whole / alone:.2f} 倍"
    )
    return [ours]
