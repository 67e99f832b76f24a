"""Fill (填报): write a unit's data into the rows of a workbook that belong to them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from perf_excel.errors import UserError
from perf_excel.forms.model import Form
from perf_excel.jobs.examining import Examined, Found, examined
from perf_excel.jobs.results import cached_edits, where
from perf_excel.rules.arithmetic import shown
from perf_excel.rules.scoring import score
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.reading import Reading, read_form
from perf_excel.sheets.writing import Filling, fill_edits


@dataclass(frozen=True)
class Filled:
    """A filled workbook's bytes, the form as it now stands, and what the clerk should know."""

    data: bytes
    examined: Examined
    notes: tuple[str, ...]


def fill(found: Found, data: Form) -> Filled:
    """Fill a workbook's form with data. Formulas stay; their cached results are refreshed.

    Raises:
        UserError: the workbook cannot be edited, or has no row for some of the data (nothing is filled then).
    """
    workbook = found.book.editable()
    judged = {row.at for row in score(data, found.rules).indicators if row.judged}
    filling = fill_edits(found.reading, data, judged)
    if filling.homeless:
        raise UserError(
            f"{found.book.name}：表中没有位置填写{'、'.join(filling.homeless[:5])}"
            f"{f'等 {len(filling.homeless)} 项' if len(filling.homeless) > 5 else ''}，"
            "请先在表中增加相应的行，或用 new --data 生成行数相符的新表。"
        )
    reading = found.reading
    # The values are in first, so that the results are those of the filled form.
    after = examined(replace(found, reading=_reread(reading, reading.grid.edited(filling.edits))))
    edits = [*filling.edits, *cached_edits(after)]
    final = examined(replace(found, reading=_reread(reading, reading.grid.edited(edits))))
    notes = [*_left_out(filling), *_differences(final, data)]
    return Filled(workbook.fill(reading.by_sheet(edits)), final, tuple(notes))


def _left_out(filling: Filling) -> Iterator[str]:
    """Say what was not written, and which rows the data does not speak of."""
    if filling.skipped:
        yield f"表中没有位置，未填写：{'、'.join(filling.skipped)}"
    if filling.kept:
        names = "、".join(f"“{name}”" for name in filling.kept[:5])
        more = "等" if len(filling.kept) > 5 else ""
        yield f"表中另有 {len(filling.kept)} 个指标不在数据中，保持原样：{names}{more}"


def _reread(reading: Reading, grid: Grid) -> Reading:
    """Read the same places again; what the workbook's identity told of the form is kept."""
    again = read_form(grid, reading.layout)
    form = replace(again.form, year=again.form.year or reading.form.year, unit_code=reading.form.unit_code)
    return replace(again, form=form)


def _differences(filled: Examined, data: Form) -> Iterator[str]:
    """Say where the data's scores differ from those of the workbook's formulas: nothing changes silently."""
    given = {(row.level1, row.level2, row.level3): row.score for row in data.indicators}
    for row in filled.scores.indicators:
        indicator = filled.form.indicators[row.at]
        wanted = given.get((indicator.level1, indicator.level2, indicator.level3))
        if wanted is not None and wanted != row.printed:
            cell = where(filled, row.spot("score"))
            result = f"得{shown(row.points)}分" if row.points is not None else "尚不能计分"
            yield f"{cell} “{row.label}”：数据中的得分是{shown(wanted)}分，按规则{result}（{row.why}）"
    for row, funding in zip(filled.scores.budget, data.funding, strict=False):
        if funding.score is not None and row.printed is not None and funding.score != row.printed:
            wanted, given_by = shown(funding.score), shown(row.printed)
            yield f"预算执行率：数据中的得分是{wanted}分，表内公式按规则得{given_by}分（{row.why}）"
    if data.total is not None and filled.form.total is not None and data.total != filled.form.total:
        yield f"总分：数据中是{shown(data.total)}分，表内公式合计{shown(filled.form.total)}分"
    if data.grade and filled.form.grade and data.grade != filled.form.grade:
        yield f"等级：数据中是“{data.grade}”，表内公式得“{filled.form.grade}”"
