"""Roll up (汇总): units' forms made into their department's own, each value traceable to its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from perf_excel.books.listsheet import sheet_of
from perf_excel.books.opening import Book
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.indicator_pairing import agreement
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.forms.spot import Spot
from perf_excel.jobs.examination.examining import Examined, Found
from perf_excel.jobs.examination.refreshing import refreshed
from perf_excel.jobs.fill import fill
from perf_excel.jobs.rollup_files import Collected
from perf_excel.jobs.rollup_sources import source_sheets
from perf_excel.jobs.score import scored
from perf_excel.rules.consolidating.consolidation import Consolidated, consolidate
from perf_excel.rules.consolidating.joining import Rolled
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.sheets.writing.putting import is_formula

_CENT = Decimal("0.005")
"""万元: half of the last digit that is printed."""
_NAMED = 8


@dataclass(frozen=True)
class RolledUp:
    """The department's workbook, its form as it then stands, and how it came about."""

    data: bytes
    examined: Examined
    collected: Collected
    consolidated: Consolidated
    notes: tuple[str, ...]
    """What the department should know, beside what the rolled-up values say of themselves."""

    @property
    def partial(self) -> bool:
        """Whether something that a unit returned is not in it."""
        return bool(self.collected.left_out) or self.consolidated.partial


def rolled_up(found: Found, collected: Collected, today: date) -> RolledUp:
    """Consolidate what units returned, write it into their department's form, score it, say the sources.

    Args:
        found: the department's form.
        collected: the units' forms.
        today: the date to write on the sheet of sources.

    Raises:
        UserError: the department's workbook cannot be edited.
    """
    reading = found.reading
    done = consolidate([one.part for one in collected.forms], found.rules, reading.form)
    own = frozenset(one.spot for one in done.rolled if is_formula(reading, one.spot))
    filled = fill(found, _data(done, reading.form, own))
    book = Book(found.book.path, Workbook.from_bytes(filled.data, found.book.name))
    again = replace(filled.examined, found=replace(filled.examined.found, book=book))
    data, (edits,) = scored([again])
    _, final = refreshed(again.found, again.found.reading, edits)
    workbook = Workbook.from_bytes(data, found.book.name).without_chain()
    for name, table in source_sheets(final, done.rolled, collected.forms, today):
        workbook = Workbook.from_bytes(workbook.with_sheet(sheet_of(name, table)), found.book.name)
    notes = (
        *collected.notes,
        *done.notes,
        *filled.notes,
        *_replaced(done),
        *_not_taken(done, final),
        *_to_judge(final),
    )
    return RolledUp(workbook.fill({}), final, collected, done, notes)


def _data(done: Consolidated, into: Form, own: frozenset[Spot]) -> Form:
    """What is to be filled in: rolled-up values only, beside the names that lead to their rows.

    Where the form's own formula gives an indicator (预算执行率), it stays.
    """
    values = {one.spot: one for one in done.rolled if one.value is not None}
    funding = [Funding(row.item) for row in into.funding]
    rows = [
        Indicator(row.level1, row.level2, row.level3, above=row.above, term=row.term)
        for row in into.indicators
    ]
    for spot, one in values.items():
        if spot.part == "funding":
            funding[spot.row] = replace(funding[spot.row], **{spot.field: one.value})
        elif not (one.method == "derived" and spot in own):
            rows[spot.row] = replace(rows[spot.row], actual=done.form.indicators[spot.row].actual)
    return Form(
        form=into.form, unit=into.unit, year=into.year, project=into.project,
        funding=tuple(funding), indicators=tuple(rows), totalled=into.totalled,
    )  # fmt: skip


def _replaced(done: Consolidated) -> Iterator[str]:
    """Say which values of the department's form gave way."""
    changed = [
        f"{one.label} {one.was} → {one.text}"
        for one in done.rolled
        if one.value is not None and one.was and one.was != one.text
    ]
    if changed:
        more = f"等 {len(changed)} 处" if len(changed) > _NAMED else ""
        yield f"部门表上原有的值已换成汇总数：{'；'.join(changed[:_NAMED])}{more}"


def _not_taken(done: Consolidated, final: Examined) -> Iterator[str]:
    """Say where the department's form does not show what was rolled up."""
    places = final.found.reading.places
    for one in done.rolled:
        if one.value is None:
            continue
        if one.spot not in places:
            yield f"部门表没有位置填写{one.label}（汇总为 {one.text}）"
        elif (there := _there(one, final.form)) is not None and there != one.text:
            yield f"{one.label}：汇总为 {one.text}，部门表自己的公式得 {there}，请核对各单位的分项与合计"


def _there(one: Rolled, form: Form) -> str | None:
    """What the form shows in a value's place, None where that says the same."""
    if one.spot.part == "funding":
        amount: Decimal | None = getattr(form.funding[one.spot.row], one.spot.field)
        same = amount is not None and isinstance(one.value, Decimal) and abs(amount - one.value) <= _CENT
        return None if same else "空白" if amount is None else shown(amount)
    there = form.indicators[one.spot.row].actual
    return None if agreement(there, parse(one.text)) in ("same", "unit", "sign") else there.text or "空白"


def _to_judge(final: Examined) -> Iterator[str]:
    """Say which rows are scored by the clerk, whose points the roll-up cannot know."""
    rows = [row.label for row in final.scores.indicators if row.judged]
    if rows:
        more = f"等 {len(rows)} 项" if len(rows) > _NAMED else ""
        names = "、".join(f"“{name}”" for name in rows[:_NAMED])
        yield f"由人判断得分的，请自己填写或核对得分：{names}{more}"
