"""What is done to a workbook that is open in an application (打开的工作簿): checked, scored, cleared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from perf_excel.errors import UserError
from perf_excel.jobs.examination.examining import Examined, examined, find_all
from perf_excel.jobs.examination.outcome_edits import edits_of, hints_of
from perf_excel.jobs.examination.verdict_list import list_of, table_of
from perf_excel.jobs.inplace.journal import SHEET as JOURNAL
from perf_excel.jobs.inplace.journal import changes, put_back, remember, remembered
from perf_excel.jobs.inplace.open_list import draw, kept
from perf_excel.jobs.inplace.overwritten import overwritten
from perf_excel.live.live_book import LiveBook
from perf_excel.live.live_edits import refusals, write
from perf_excel.sheets.grid import EMPTY, Edit
from perf_excel.sheets.reading.form_reading import Reading

if TYPE_CHECKING:
    from perf_excel.live.xl import xw


class Outcome(NamedTuple):
    """What came of it: the forms as they were examined, and what the clerk should know."""

    forms: tuple[Examined, ...]
    notes: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings are errors that nobody waived."""
        return sum(form.errors for form in self.forms)


def check_open(book: xw.Book, today: date) -> Outcome:
    """Check every form of an open workbook; the findings go to 校验提示 and to the sheet 校验结果.

    Raises:
        UserError: there is no form, or the application refuses to take the findings.
    """
    source = LiveBook(book)
    forms = [examined(found) for found in find_all(source)]
    _show(source, forms, today)
    return Outcome(tuple(forms), tuple(_read_only(source)))


def score_open(book: xw.Book, today: date) -> Outcome:
    """Score every form of an open workbook: results go into cells without a formula, and are checked then.

    What they held before is kept on a hidden sheet, for :func:`clear_open`.

    Raises:
        UserError: there is no form, or the application refuses to take the results.
    """
    source = LiveBook(book)
    before = [examined(found) for found in find_all(source)]
    edits = [(form.found.reading, _results(form)) for form in before]
    written = [
        change
        for reading, found in edits
        for sheet, own in reading.by_sheet(found).items()
        if (grid := source.grid(sheet)) is not None
        for change in changes(grid, own)
    ]
    if written:
        remember(source, remembered(source), written)
        for reading, found in edits:
            _write(source, reading, found)
        source = LiveBook(book)
    forms = [examined(found) for found in find_all(source)] if written else before
    _show(source, forms, today)
    notes = list(_read_only(source))
    if any(not form.scores.complete for form in forms):
        notes.append("还有不能计分的行，手填的总分和等级没有改写。")
    return Outcome(tuple(forms), tuple(notes))


def clear_open(book: xw.Book) -> Outcome:
    """Take away what the program wrote into an open workbook, and put back what it wrote over.

    A list in which the clerk marked something keeps these rows.

    Raises:
        UserError: the application refuses, or there is neither a form nor anything of the program's.
    """
    source = LiveBook(book)
    written, lists = remembered(source), kept(source)
    try:
        readings = [found.reading for found in find_all(source)]
    except UserError:
        if not written and not lists:
            raise
        readings = []  # the clerk took the form apart since: what was written over still goes back
    for sheet, edits in put_back(source, written).items():
        write(source, sheet, edits)
    for reading in readings:
        _write(source, reading, list(_no_hints(reading)))
    for name, rows in lists.items():
        if rows:
            draw(
                source, name, table_of(rows, ("以下各条写有处理或理由，清除时予以保留。", "再次校验后更新。"))
            )
    with refusals(f"{source.name}：无法删除校验结果，工作簿的结构可能受保护，请撤销工作簿保护后再清除。"):
        for name in (*(name for name, rows in lists.items() if not rows), JOURNAL):
            if name in source.sheets:
                source.sheet(name).delete()
    marked = any(lists.values())
    return Outcome((), ("校验结果中写有处理或理由的行予以保留。",) if marked else ())


def _read_only(source: LiveBook) -> Iterator[str]:
    if source.read_only:
        yield "工作簿是以只读方式打开的，写入的内容不能存回原文件，要留下请另存为。"


def _results(form: Examined) -> list[Edit]:
    """The results that no formula gives, hints aside."""
    cells = form.found.reading.grid.cells
    hints = {edit[:2] for edit in hints_of(form)}
    return [
        edit
        for edit in edits_of(form)
        if edit[:2] not in hints and cells.get(edit[:2], EMPTY).formula is None
    ]


def _show(source: LiveBook, forms: Sequence[Examined], today: date) -> None:
    for form in forms:
        reading, hints = form.found.reading, hints_of(form)
        if any(reading.grid.cells.get(edit[:2], EMPTY).value != edit.value for edit in hints):
            _write(source, reading, hints)
    more = [row for form in forms for row in overwritten(form)]
    draw(source, *list_of(forms, today, more))


def _write(source: LiveBook, reading: Reading, edits: Iterable[Edit]) -> None:
    for sheet, own in reading.by_sheet(edits).items():
        if own:
            write(source, sheet, own)


def _no_hints(reading: Reading) -> Iterable[Edit]:
    """Edits that empty the 校验提示 cells; all of them, so that they are written in one piece."""
    places = [place for spot, place in reading.places.items() if spot.field == "hint"]
    held = [reading.grid.cells.get(place, EMPTY) for place in places]
    if any(cell.value is not None and cell.formula is None for cell in held):
        for place, cell in zip(places, held, strict=True):
            if cell.formula is None:
                yield Edit(*place, None)
