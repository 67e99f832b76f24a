"""What is shown of tied budget tables (核对公开表的结果): a row for each figure that does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perf_excel.faces.window.result_table import Row
from perf_excel.faces.window.tables import Column
from perf_excel.jobs.budget import Audited, message, without_unit
from perf_excel.rules.rulesets.severities import SEVERITY_NAMES
from perf_excel.sheets.budgets.budget_claims import Spot

FINDINGS = (
    Column("级别", 70), Column("文件", 150), Column("表", 200), Column("单元格", 80), Column("表上写的", 100),
    Column("应为", 100), Column("说明", 380),
)  # fmt: skip


def audited_rows(done: Audited, files: Sequence[Path], *, unmatched: bool) -> list[Row]:
    """Return a row for each finding and each cell not read for certain; if asked, for what is untied too.

    Args:
        done: what came of tying the tables.
        files: those that the tables come from; a row leads to its own.
        unmatched: whether figures are listed that nothing was held against.
    """
    names: dict[str, str] = dict(SEVERITY_NAMES)
    paths = {path.name: path for path in files}

    def row(kind: str, tag: str, spot: Spot, printed: str, expected: str, said: str) -> Row:
        table = spot.table
        texts = (kind, table.source, table.title.text, spot.cell, printed, expected, said)
        return Row(texts, tag, paths.get(table.source), said)

    rows = [
        row(names[one.severity], one.severity, one.spot, one.printed, one.expected, message(one))
        for one in done.findings
    ]
    rows += [
        row("读不准", "warning", one.spot, one.text, "", f"{one.why}，请对照原件") for one in done.doubts
    ]
    if unmatched:
        rows += [
            row("未能对应", "info", spot, text, "", f"{label}：请人工核对")
            for spot, label, text in done.untied
        ]
    return rows


def audited_words(done: Audited) -> str:
    """Say how many tables were read, what holds, and what could not be held against anything."""
    full = [table for table in done.tables if table.figures]
    empty = len(done.tables) - len(full)
    also = f"（另有空表 {empty} 张）" if empty else ""
    lacking = without_unit(done)
    note = (
        f"请注意：{'、'.join(f'《{one}》' for one in lacking)}没有写金额单位，没有与别的表核对。"
        if lacking
        else ""
    )
    return (
        f"预算公开表 {len(full)} 张{also}：核对 {len(done.claims)} 处，对不上 {len(done.findings)} 处，"
        f"未能对应 {len(done.untied)} 处，读不准 {len(done.doubts)} 处。{note}"
    )
