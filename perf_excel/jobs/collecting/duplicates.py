"""One form of one unit, sent back several times (重复报送): which counts, and in what the others differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal

from perf_excel.books.summary.records import FormRecord, Value
from perf_excel.books.summary.returned_forms import SUPERSEDED, Entry
from perf_excel.forms.text import plain

OnDuplicate = Literal["newest", "first", "error"]
FIELDS = {
    "unit": "单位", "unit_code": "单位代码", "year": "年度", "project": "项目", "text": "内容",
    "initial": "年初预算数", "change": "调整数", "left": "结转结余数",
    "annual": "全年预算数", "executed": "全年执行数",
    "so_far": "已执行数",
    "expected": "预期", "achieved": "完成情况", "content": "内容", "target": "指标值", "actual": "实际完成值",
    "weight": "分值", "score": "得分", "rate": "执行率", "deviation": "偏差度", "reason": "原因",
    "progress": "执行情况", "share": "得分率", "raw": "单项得分", "likelihood": "完成可能性",
    "remark": "备注", "grade": "等级",
}  # fmt: skip
"""The fields of a form's values, as people call them."""
_RESULTS = frozenset({"score", "rate", "deviation", "share", "raw", "grade"})
"""Fields that formulas give on most forms."""
_NAMED = 5
_LONG = 24


def settle(group: list[Entry], choice: OnDuplicate, form: Callable[[Entry], FormRecord]) -> bool:
    """Judge several returns of one form; of the same time the later name counts as the newer.

    Args:
        group: the returns, more than one.
        choice: which is to count; with ``error`` none, unless all hold the same.
        form: gives the form of a return.

    Returns:
        Whether one of them counts.
    """
    ordered = sorted(group, key=lambda entry: (entry.modified, entry.file, entry.form))
    same = len({entry.digest for entry in group}) == 1
    if choice == "error" and not same:
        last = ordered[-1]
        for entry in ordered:
            other = ordered[0] if entry is last else last
            entry.judge("duplicate-different", f"{_against(entry, other, form)}；要求先确定以哪一份为准")
        return False
    kept = ordered[0] if choice == "first" else ordered[-1]
    kept.counts = True
    for entry in ordered:
        if entry is kept:
            continue
        if entry.digest == kept.digest:
            entry.judge("duplicate-identical", f"与“{kept.file}”内容相同，{SUPERSEDED}")
        else:
            which = "最早" if choice == "first" else "最新"
            entry.judge(
                "duplicate-different", f"{_against(entry, kept, form)}；{SUPERSEDED}（{which}，{when(kept)}）"
            )
    return True


def when(entry: Entry) -> str:
    """Say when a file was changed last, by this computer's clock."""
    return f"{datetime.fromtimestamp(entry.modified).astimezone():%Y-%m-%d %H:%M:%S}"


def _against(entry: Entry, other: Entry, form: Callable[[Entry], FormRecord]) -> str:
    found = differences(form(entry).values, form(other).values)
    named = "；".join(found[:_NAMED])
    rest = f"；等共 {len(found)} 处" if len(found) > _NAMED else ""
    return f"与“{other.file}”不同：{named or '格式'}{rest}"


def differences(mine: Iterable[Value], others: Iterable[Value]) -> list[str]:
    """Say in what two returns of a form differ: row, field, cell, this one's value and the other's.

    What units type comes before what follows from it. Results that only one of them has say that some program
    saved the other one without calculating: they are counted where there is nothing else.
    """
    known = {_key(value): value for value in others}
    typed: list[str] = []
    results: list[str] = []
    lacking = 0
    for value in mine:
        other = known.pop(_key(value), None)
        if other is None or plain(other.text) != plain(value.text):
            if value.field not in _RESULTS:
                typed.append(_said(value, value.text, other.text if other else ""))
            elif other:
                results.append(_said(value, value.text, other.text))
            else:
                lacking += 1
    for value in known.values():
        if value.field in _RESULTS:
            lacking += 1
        else:
            typed.append(_said(value, "", value.text))
    only = f"填的内容相同，只是有 {lacking} 处得分、执行率等结果只有一份有（另一份的公式没有计算过）"
    return [*typed, *results] or ([only] if lacking else [])


def _key(value: Value) -> tuple[str, str, str]:
    return value.part, plain(value.row), value.field


def _said(value: Value, mine: str, other: str) -> str:
    field = FIELDS.get(value.field, value.field)
    return f"{value.row}的{field}（{value.cell}）本份{_short(mine)}、那份{_short(other)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:_LONG]}{'…' if len(line) > _LONG else ''}”" if line else "空白"
