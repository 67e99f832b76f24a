"""What is shown of what came back (收表的结果): a row for each file, and for each unit that sent nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from perf_excel.books.summary.returned_forms import STATUS_NAMES, Entry
from perf_excel.faces.window.clerk_words import for_clerk
from perf_excel.faces.window.result_table import Row
from perf_excel.faces.window.tables import Column
from perf_excel.jobs.collect import Collected

RETURNS = (
    Column("单位", 150), Column("文件", 210), Column("情况", 120), Column("得分", 60), Column("等级", 50),
    Column("错误", 50), Column("提醒", 50), Column("说明", 300),
)  # fmt: skip
ALL, MISSING, WITH_ERRORS = "全部", "未报送", "计入的有错误"
_STATE = 2
_WORST = ("error", "warning", "info", "")
_TAGS = {"ok": "", "duplicate-identical": "info"}


def return_rows(collected: Collected) -> list[Row]:
    """Return a row for each form that is missing, then for each form and file, the worst first."""
    judged = collected.judged
    missing = [
        Row((due.unit, "", MISSING, "", "", "", "", _due(due.form, due.project, reason)), "error")
        for due, reason in judged.missing
    ]
    return [*missing, *sorted(map(_row, judged.entries), key=lambda row: _WORST.index(row.tag))]


def states(rows: list[Row]) -> list[str]:
    """Return what rows can be filtered by, each with how many there are: 重复（内容相同） 2."""
    counts = Counter(row.texts[_STATE] for row in rows)
    wrong = sum(_has_errors(row) for row in rows)
    known = [MISSING, *STATUS_NAMES.values()]
    return [
        f"{ALL} {len(rows)}",
        *([f"{WITH_ERRORS} {wrong}"] if wrong else []),
        *(f"{name} {counts[name]}" for name in known if counts[name]),
    ]


def filtered(rows: list[Row], state: str) -> list[Row]:
    """Return the rows of a state as ``states`` names it."""
    name = state.rpartition(" ")[0]
    if name == ALL or not name:
        return rows
    if name == WITH_ERRORS:
        return [row for row in rows if _has_errors(row)]
    return [row for row in rows if row.texts[_STATE] == name]


def collected_words(collected: Collected, *, listed: bool) -> str:
    """Say how many came back, who is missing, and what was read anew."""
    judged = collected.judged
    missing = judged.missing_units
    count = len(judged.units)
    units = (
        f"应报 {count} 个单位，已报 {count - len(missing)} 个，未报 {len(missing)} 个。"
        if listed
        else f"共 {count} 个单位；没有下发清单，不知道谁没有交。"
    )
    known = f"，另有 {collected.known} 个与上次相同，没有再读" if collected.known else ""
    passed = f"，{len(collected.passed)} 个没有看（见汇总里的“处理记录”）" if collected.passed else ""
    open_question = f"请先确定以哪一份为准：{'、'.join(judged.undecided)}。" if judged.undecided else ""
    hints = "".join(f"请注意：{for_clerk(hint)}。" for hint in judged.hints)
    return f"{units}这次读了 {collected.read} 个文件{known}{passed}。{open_question}{hints}"


def _row(entry: Entry) -> Row:
    fine = entry.status == "ok" and not entry.errors
    tag = "error" if entry.errors and entry.status == "ok" else _TAGS.get(entry.status, "warning")
    return Row(
        (
            entry.unit,
            entry.file,
            STATUS_NAMES[entry.status],
            entry.total,
            entry.grade,
            str(entry.errors) if entry.form >= 0 else "",
            str(entry.warnings) if entry.form >= 0 else "",
            "；".join(filter(None, (entry.reason, entry.note))),
        ),
        "" if fine else tag,
        None if entry.packed or not entry.path else Path(entry.path),
    )


def _has_errors(row: Row) -> bool:
    state, errors = row.texts[_STATE], row.texts[5]
    return state == STATUS_NAMES["ok"] and errors not in ("", "0")


def _due(form: str, project: str, reason: str) -> str:
    return "，".join(filter(None, (form, project, reason)))
