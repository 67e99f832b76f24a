"""The rows of a panel (各行): code, name, numbering, whether it is a total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from perf_excel.forms.text import plain
from perf_excel.sheets.budgets.budget_codes import (
    code_in_name,
    is_subject_code,
    joined,
    parts_of,
    without_code,
)
from perf_excel.sheets.budgets.budget_panels import Panel

_TOTAL = re.compile(r"(?P<what>[^合总小计]{0,12}?)(?P<rank>[合总小]计|总额|总数)(?:\(.{0,12}\))?")
_SUBTOTAL_BY = re.compile("人员|公用|基本|项目|工资|商品")
_NUMBERING = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"\(\d{1,2}\)"),
    re.compile(r"[①-⑳]|\d{1,2}\)"),
)
_INCLUDED = re.compile(r"其中[:：]?|[:：]")
_COUNT = re.compile(
    r"\((?:个|人|人次|辆|台|套|批|批次|次|项|件|户|平方米|㎡|%)\)|相关统计数|保有量|团组数|人数|批次$"
)


@dataclass(frozen=True)
class Line:
    """A row of a panel."""

    row: int
    columns: tuple[int, ...]
    """Where its amounts stand."""
    label: str
    """As printed, for messages."""
    name: str
    """Without numbering, code, 其中."""
    code: str
    """Of a 类, 款, 项; empty otherwise."""
    unit: str
    """Code of a unit (预算单位)."""
    style: int | None
    """Which kind of numbering it has: 一、 （一） 1、 （1）."""
    included: bool
    """Whether 其中 stands in front of it."""
    rank: Literal["", "合计", "总计", "小计"]
    counts: bool
    """Whether it is a number of people, cars, visits, and no money."""


def lines(panel: Panel) -> list[Line]:
    """Return the rows of a panel that say what they are of, from top to bottom."""
    return [line for half in panel.halves for line in _lines(half, several=bool(panel.beside))]


def _lines(panel: Panel, *, several: bool) -> Iterator[Line]:
    held: tuple[str, ...] = ()
    counting = False
    columns = tuple(amount.column for amount in panel.amounts)
    for row in panel.table.rows:
        codes = [panel.table.text(row, column) for column in panel.codes]
        names = [text for column in panel.names if (text := panel.table.text(row, column))]
        parts = parts_of([plain(text) for text in codes])
        words = [text for text, part in zip(codes, parts, strict=True) if text and not part]
        label = _label([*words, *names])
        filled = any((row, column) in panel.table.figures for column in columns)
        if several and filled and not label and not any(parts):
            label = _left_of(panel, row)
        if not label and not any(parts) and (panel.codes or panel.names):
            continue
        code, held = joined(parts, held)
        line = _line(row, columns, label, code or code_in_name(plain(label)))
        if several and line.rank and not filled:
            continue  # its amount stands in the next half
        counting = line.counts or (counting and line.style != 0)
        yield replace(line, counts=counting)


def _left_of(panel: Panel, row: int) -> str:
    """Return the label left of a panel whose own labels are blank: 公用经费合计 over two halves."""
    for column in range(min(panel.codes) - 1, 0, -1):
        if text := panel.table.text(row, column):
            return text if _TOTAL.fullmatch(plain(text)) else ""
    return ""


def _label(texts: Sequence[str]) -> str:
    totals = [text for text in texts if _TOTAL.fullmatch(plain(text))]
    return totals[0] if totals else texts[0] if texts else ""


def _line(row: int, columns: tuple[int, ...], label: str, code: str) -> Line:
    text = without_code(plain(label).replace("：", ":"))
    style: int | None = None
    included = False
    while True:
        if found := _INCLUDED.match(text):
            included, text = included or "其中" in found[0], text[found.end() :]
            continue
        at = next((at for at, marks in enumerate(_NUMBERING) if marks.match(text)), None)
        if at is None or style is not None:
            break
        style, text = at, _NUMBERING[at].sub("", text, count=1)
    total = _TOTAL.fullmatch(text)
    rank: Literal["", "合计", "总计", "小计"] = ""
    if total and not code:
        rank = "小计" if total["rank"] == "小计" else "总计" if total["rank"] == "总计" else "合计"
        if _SUBTOTAL_BY.search(total["what"]):
            rank = "小计"
    subject = is_subject_code(code)
    return Line(
        row, columns, label.strip() or code, text, code if subject else "", "" if subject else code, style,
        included, rank, _COUNT.search(text) is not None,
    )  # fmt: skip
