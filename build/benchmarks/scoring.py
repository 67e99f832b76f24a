"""Scoring one form in Python, against a warm LibreOffice that opens and calculates the same workbook."""

from __future__ import annotations

import tempfile
from pathlib import Path

from office_times import office_times
from timing import median

from perf_excel.forms.data import load_form
from perf_excel.jobs.examination.examining import examine, examined
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset, templates_folder
from perf_excel.rules.scoring.form_score import score

RULES = "henan-department"
RUNS = 15


def run() -> list[str]:
    """Return printable lines."""
    data = load_form((templates_folder() / RULES / "示例.json").read_text(encoding="utf-8"), "示例.json")
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "form.xlsx"
        book.write_bytes(make(Order(ruleset(RULES), data=data), book).data)
        found = examine(book).found
        form, rules = found.reading.form, found.rules
        alone = median(lambda: score(form, rules).grade, 300)
        checked = median(lambda: examined(found), 100)
        whole = median(lambda: examine(book), 50)
        warm = office_times([book], Path(folder), RUNS)
    ours = (
        f"打分一张表（31 个指标）：{alone * 1e3:.2f} 毫秒；打分并校验 {checked * 1e3:.2f} 毫秒；"
        f"从文件读取、打分并校验 {whole * 1e3:.1f} 毫秒"
    )
    if warm is None:
        return [ours, "LibreOffice 对照：本机没有 soffice 或带 uno 的 Python，未测。"]
    theirs = (
        f"LibreOffice（已启动）打开并重算同一张表：{warm[0] * 1e3:.0f} 毫秒，"
        f"是打分的 {warm[0] / alone:.0f} 倍"
        f"（目标 ≥ 1000 倍），是从文件读取、打分并校验的 {warm[0] / whole:.0f} 倍"
    )
    return [ours, theirs]
