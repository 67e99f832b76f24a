"""A workbook with data written into it (填好的表), and with the waivers that the data brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.model import Waiver
from perf_excel.jobs.examination.examining import Examined, examined
from perf_excel.jobs.examination.verdict_list import with_list
from perf_excel.rules.waiving import key_of
from perf_excel.sheets.verdicts import SHEET

SIGNED = "原表带有数字签名，内容改动后签名不再有效，需要的请在 Excel 或 WPS 中重新签名"


@dataclass(frozen=True)
class Filled:
    """A filled workbook's bytes, the form as it now stands, and what the clerk should know."""

    data: bytes
    examined: Examined
    notes: tuple[str, ...]


def filled_with_list(filled: Filled, waivers: Sequence[Waiver], today: date) -> Filled:
    """Return a filled workbook with a list that carries the waivers of its data; without any, as it is."""
    if not waivers:
        return filled
    found = filled.examined.found
    own = {key_of(waiver): waiver for waiver in (*found.reading.form.waivers, *waivers)}
    form = replace(found.reading.form, waivers=tuple(own.values()))
    again = examined(replace(found, reading=replace(found.reading, form=form)))
    workbook = Workbook.from_bytes(filled.data, found.book.name)
    return replace(
        filled,
        data=with_list([again], today, workbook),
        examined=again,
        notes=(*filled.notes, *_without_effect(again)),
    )


def _without_effect(form: Examined) -> Iterator[str]:
    """Say which waivers of the data no longer count: what they speak of has changed, or is no more."""
    lapsed = [finding.label for finding in form.findings if finding.note]
    if lapsed:
        names = "、".join(f"“{label}”" for label in lapsed)
        yield f"数据带来的忽略有 {len(lapsed)} 项没有生效：{names}，请在“{SHEET}”表里重新确认"
    if form.gone:
        yield f"数据带来的忽略有 {len(form.gone)} 项的问题已不存在，没有列入“{SHEET}”表"
