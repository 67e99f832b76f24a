"""Fill (填报): write a unit's data into the rows of a workbook that belong to them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perf_excel.errors import UserError
from perf_excel.forms.model import Form, Indicator
from perf_excel.forms.text import plain
from perf_excel.jobs.examination.examining import Examined, Found
from perf_excel.jobs.examination.filled import SIGNED, Filled
from perf_excel.jobs.examination.refreshing import found_again, refreshed
from perf_excel.jobs.examination.row_changes import unreached_sums
from perf_excel.jobs.examination.whereabouts import where
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.scoring.form_score import score
from perf_excel.sheets.grid import Edit
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.writing.form_edits import Filling, fill_edits
from perf_excel.sheets.writing.moved_rows import in_words
from perf_excel.sheets.writing.planning import Plan, plan_rows

_CENT = Decimal("0.005")
"""万元: half of the last digit that is printed."""


def fill(found: Found, data: Form) -> Filled:
    """Fill a workbook's form with data. Formulas stay; their cached results are refreshed.

    Raises:
        UserError: the workbook cannot be edited, or has no row for some of the data (nothing is filled then).
    """
    workbook = found.book.editable()
    judged = {row.at for row in score(data, found.rules).indicators if row.judged}
    reading, before = found.reading, list[Edit]()
    filling = fill_edits(reading, data, judged)
    near = filling.near
    fixed = reading.grid.strips or found.row_by_row
    plan = plan_rows(reading, data) if filling.homeless and not fixed else None
    if plan:
        workbook = workbook.with_rows(reading.grid.sheet, plan.moves)
        before += plan.edits
        reading = found_again(found, workbook.grid(reading.grid.sheet).edited(before), plan.moves)
        filling = fill_edits(reading, data, judged)
    if filling.homeless:
        raise UserError(
            f"{found.book.name}：表中没有位置填写{'、'.join(filling.homeless[:5])}"
            f"{f'等 {len(filling.homeless)} 项' if len(filling.homeless) > 5 else ''}，"
            f"{_nearest(filling)}请先在表中增加相应的行，或",
            by_command="用 new --data 生成行数相符的新表。",
            by_hand="新建一张行数相符的表。",
        )
    edits, final = refreshed(found, reading, filling.edits)
    signed = [SIGNED] if workbook.signed else []
    notes = [*signed, *inserted(plan, reading, near), *left_out(filling, final), *_differences(final, data)]
    return Filled(workbook.fill(reading.by_sheet([*before, *edits])), final, tuple(notes))


def _nearest(filling: Filling) -> str:
    return f"表上{'；'.join(filling.near)}，是同一个指标的请把名称改成一样；不是的，" if filling.near else ""


def inserted(plan: Plan | None, reading: Reading, near: Sequence[str] = ()) -> Iterator[str]:
    """Say which rows were put in, what on the form was perhaps meant, and which sums do not know of them."""
    if plan is None:
        return
    new = [row for one in plan.moves.insertions for row in plan.moves.new_rows(one.after)]
    yield f"表中行数不够，已按上一行的样式插入 {plan.moves.total} 行：{in_words({*new})}"
    if near:
        yield f"新加的指标与表上的名称相近：{'；'.join(near)}，是同一个的请把名称改成一样再填"
    yield from unreached_sums(reading, new)


def left_out(filling: Filling, final: Examined) -> Iterator[str]:
    """Say what was not written, which rows the data does not speak of, and which are still blank."""
    if filling.skipped:
        yield f"表中没有位置，未填写：{'、'.join(filling.skipped)}"
    if filling.kept:
        names = "、".join(f"“{name}”" for name in filling.kept[:5])
        more = "等" if len(filling.kept) > 5 else ""
        yield f"表中另有 {len(filling.kept)} 个指标不在数据中，保持原样：{names}{more}"
    if blank := final.found.reading.free:
        rows = "、".join(str(row) for row in list(blank)[:5])
        yield f"还有 {len(blank)} 个空白的指标行，保持原样：第 {rows} 行{'等' if len(blank) > 5 else ''}"


def _differences(filled: Examined, data: Form) -> Iterator[str]:
    """Say where the data's scores differ from those of the workbook's formulas: nothing changes silently."""
    given = {_names(row): row.score for row in data.indicators}
    for row in filled.scores.indicators:
        indicator = filled.form.indicators[row.at]
        wanted = given.get(_names(indicator))
        there = row.spot("score") in filled.found.reading.places
        if there and wanted is not None and wanted != row.printed:
            cell = where(filled, row.spot("score"))
            result = f"得{shown(row.points)}分" if row.points is not None else "尚不能计分"
            yield f"{cell} “{row.label}”：数据中的得分是{shown(wanted)}分，按规则{result}（{row.why}）"
    yield from _other_amounts(filled.form, data)
    for row, funding in zip(filled.scores.budget, data.funding, strict=False):
        if funding.score is not None and row.printed is not None and funding.score != row.printed:
            wanted, given_by = shown(funding.score), shown(row.printed)
            yield f"预算执行率：数据中的得分是{wanted}分，表内公式按规则得{given_by}分（{row.why}）"
    if data.total is not None and filled.form.total is not None and data.total != filled.form.total:
        yield f"总分：数据中是{shown(data.total)}分，表内公式合计{shown(filled.form.total)}分"
    if data.grade and filled.form.grade and plain(data.grade) != plain(filled.form.grade):
        yield f"等级：数据中是“{data.grade}”，表内公式得“{filled.form.grade}”"


def _names(row: Indicator) -> tuple[str, ...]:
    return tuple(map(plain, (row.level1, row.level2, row.level3)))


def _other_amounts(filled: Form, data: Form) -> Iterator[str]:
    """Say which amounts of the total differ from those that the sheet's own formulas add up."""
    names = {"initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数"}
    if filled.budget is None or data.budget is None:
        return
    for field, name in names.items():
        wanted, given = getattr(data.budget, field), getattr(filled.budget, field)
        if wanted is not None and given is not None and abs(wanted - given) > _CENT:
            yield f"{name}：数据中的合计是{shown(wanted)}万元，表内公式合计{shown(given)}万元"
