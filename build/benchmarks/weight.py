"""What a blank form weighs: its size, and its loading beside a plain workbook of the same cells."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
from office_times import office_times

from perf_excel.books.template import build
from perf_excel.forms.model import Form
from perf_excel.rules.rulesets.library import ruleset

RULES = "henan-department"
RUNS = 15
BEFORE = "以前（公式在“计算”表里）：85160 字节，为不含公式的同样单元格的 2.9 倍（同一台机器上量得）"


def _plain(source: Path, target: Path) -> None:
    """Save the form with the same cells and looks, and no formulas."""
    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.value = None
    book.save(target)


def run() -> list[str]:
    """Measure and return the lines to print."""
    rules = ruleset(RULES)
    data = build(rules, rules.forms[0], Form())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        form, plain = folder / "表.xlsx", folder / "无公式.xlsx"
        form.write_bytes(data)
        _plain(form, plain)
        size = f"空白表（{RULES}）：{len(data)} 字节"
        times = office_times([form, plain], folder, RUNS)
    if times is None:
        return [f"{size}；LibreOffice 打开并重算：未测", BEFORE]
    return [
        (
            f"{size}；LibreOffice 打开并重算 {times[0] * 1000:.0f} ms，为不含公式的同样单元格的 "
            f"{times[0] / times[1]:.2f} 倍"
        ),
        BEFORE,
    ]


if __name__ == "__main__":
    print("\n".join(run()))
