"""What goes with a finished form (完成表): its waivers, stowed away, and the slip of its check (校验单)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from perf_excel import __version__
from perf_excel.books.listsheet import Table, sheet_of
from perf_excel.books.xlsx.adding import Sheet
from perf_excel.forms.text import plain
from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.marking import marked
from perf_excel.jobs.examination.verdict_list import colours, counted, rules_of, table_of, verdicts
from perf_excel.jobs.examination.whereabouts import cells_of
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.waiving import Key, key_of
from perf_excel.sheets.verdicts import Verdict

TITLE = "校验单"
_WIDTHS = {
    "序号": 5.0, "级别": 6.0, "检查项": 7.0, "单元格": 9.0, "指标或位置": 18.0, "问题": 50.0, "处理": 7.0,
    "理由": 26.0,
}  # fmt: skip
_CARRIED = ("随完成表保存：再次校验时，下列问题仍按理由忽略；问题的数字变了，忽略自动失效。", "")


def waivers_of(form: Examined) -> tuple[Sheet, int] | None:
    """Return a very hidden sheet with what the unit asked to be left as it is, and of how many findings.

    None where it asked for nothing. The sheet is a list of findings (校验结果) like any other, so that a
    check of the finished form knows them. Waivers of other forms on the same sheets, which are finished
    with this one, go along.
    """
    before = marked(form.found.book, form.found.reading, shared=form.found.shared)
    neighbours = (row for row in before.others if row.sheet in form.found.reading.sheets)
    rows = [row for row in (*verdicts(form, before), *neighbours) if row.waives]
    return (sheet_of(before.sheet, table_of(rows, _CARRIED), stowed=True), len(rows)) if rows else None


def slip(form: Examined, today: date) -> Sheet:
    """Return the slip of a form's check (校验单), to be printed: findings, and waivers with their reasons.

    Args:
        form: the form that was checked.
        today: the date to write on it.
    """
    before = marked(form.found.book, form.found.reading, shared=form.found.shared)
    rows = verdicts(form, before)
    cells = {key_of(one): cells_of(form, one) for one in form.findings}
    heads = tuple(_WIDTHS)
    table = Table(
        TITLE,
        tuple(_about(form, today)),
        heads,
        tuple(_WIDTHS.values()),
        [_texts(number, row, cells) for number, row in enumerate(rows, 1)],
        heads.index("单元格") + 1,
        [(row.sheet, row.cell) if row.sheet and row.cell else None for row in rows],
        colours=colours(heads.index("级别") + 1),
        filtered=False,
    )
    taken = {name.casefold() for name in form.found.reading.sheets}
    free = (TITLE, *(f"{TITLE}{number}" for number in range(2, len(taken) + 3)))
    return sheet_of(next(name for name in free if name.casefold() not in taken), table)


def _texts(number: int, row: Verdict, cells: Mapping[Key, str]) -> list[str]:
    """A row's texts; where nothing is waived, the state says what became of it (忽略失效)."""
    where = cells.get((row.check, plain(row.label), plain(row.message)), row.cell)
    left = row.reason if row.waives else row.state
    return [str(number), row.level, row.check, where, row.label, row.message, row.action, left]


def _about(form: Examined, today: date) -> Iterator[str]:
    one = form.form
    year = f"{one.year}年度　" if one.year else ""
    yield f"{one.unit or '（单位名称未填）'}　{year}{one.form}"
    yield f"文件：{form.found.book.name}"
    yield f"规则集：{rules_of(form)}；程序：perf-excel {__version__}；校验日期：{today.isoformat()}"
    scores = form.scores
    total = one.total if one.total is not None else scores.total
    grade = one.grade or scores.grade
    said = f"总分{shown(total)}分{f'（{grade}）' if grade else ''}；" if total is not None else ""
    yield f"{said}{counted(form.findings)}"
