"""Fill a form in a Word document (填 Word 里的表): its cells are typed in, everything else is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from perf_excel.books.documents.word_filling import Untyped, is_signed, typed_into, with_rows
from perf_excel.books.file_reading import read_file
from perf_excel.books.opening import Book, book_of
from perf_excel.errors import UserError
from perf_excel.forms.model import Form
from perf_excel.forms.text import plain
from perf_excel.jobs.examination.examining import Found
from perf_excel.jobs.examination.filled import SIGNED, Filled
from perf_excel.jobs.examination.refreshing import found_again, refreshed
from perf_excel.jobs.fill import inserted, left_out
from perf_excel.rules.scoring.form_score import score
from perf_excel.sheets.grid import Cell, Edit, address
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.shown_text import printed
from perf_excel.sheets.writing.form_edits import fill_edits
from perf_excel.sheets.writing.planning import Plan, plan_rows


def fill_document(book: Book, found: Found, data: Form) -> Filled:
    """Fill the form of a .docx with data. What has no place, or could not be typed, is named.

    Args:
        book: the document.
        found: the form in it.
        data: what to fill in.

    Raises:
        UserError: it is no .docx, or cannot be written.
    """
    if book.kind != "docx":
        raise UserError(f"{book.name}：不是 Word 文档，填好的表请存成 .xlsx。")
    judged = {row.at for row in score(data, found.rules).indicators if row.judged}
    source = read_file(book.path)
    content, reading, plan = _with_rows(book, found, source, data)
    near = fill_edits(found.reading, data, judged).near
    filling = fill_edits(reading, data, judged)
    edits, final = refreshed(found, reading, filling.edits)
    wanted = reading.by_sheet([*(plan.edits if plan else ()), *edits])
    content, lost = typed_into(content, book.name, wanted)
    lost += _not_there(book_of(content, book.path), wanted, lost)
    notes = [
        *([SIGNED] if is_signed(source, book.name) else []),
        *(inserted(plan, reading, near) if plan else ()),
        *_homeless(filling.homeless, () if plan else near),
        *_untyped(lost),
        *left_out(filling, final),
    ]
    if data.waivers:
        notes.append("数据里忽略的问题没有带入：Word 文档里没有“校验结果”表")
    return Filled(content, final, tuple(notes))


def _with_rows(book: Book, found: Found, source: bytes, data: Form) -> tuple[bytes, Reading, Plan | None]:
    """Return a document with the rows that the data needs, the form as it then is, and what was planned.

    Where no row can be put in, all is as it was.
    """
    reading = found.reading
    plan = None if reading.grid.strips or found.row_by_row else plan_rows(reading, data)
    grown = with_rows(source, book.name, reading.grid, plan.moves) if plan else None
    grid = book_of(grown, book.path).grid(reading.grid.sheet) if grown else None
    if plan is None or grown is None or grid is None:
        return source, reading, None
    try:
        return grown, found_again(found, grid.edited(plan.edits), plan.moves), plan
    except UserError:  # its layout would not be known again
        return source, reading, None


def _homeless(names: Sequence[str], near: Sequence[str]) -> Iterator[str]:
    if names:
        more = f"等 {len(names)} 项" if len(names) > 5 else ""
        alike = f"；表上{'；'.join(near)}，是同一个指标的请把名称改成一样" if near else ""
        named = "、".join(names[:5])
        yield f"表中没有位置，没有填写：{named}{more}{alike}；请先在 Word 里增加相应的行，再填一次"


def _untyped(lost: Iterable[Untyped]) -> Iterator[str]:
    for sheet, (row, column, value), why in lost:
        yield f"{sheet} {address(row, column)} 应填“{printed(Cell(value))[:30]}”，没有填：{why}"


def _not_there(book: Book, wanted: Mapping[str, Sequence[Edit]], lost: Sequence[Untyped]) -> list[Untyped]:
    """Read the filled document again, and return what does not stand where it should."""
    known = {(one.sheet, one.edit) for one in lost}
    missing: list[Untyped] = []
    for sheet, edits in wanted.items():
        grid = book.grid(sheet)
        for edit in edits:
            there = printed(grid.at(edit.row, edit.column)) if grid else ""
            same = plain(there) == plain(printed(Cell(edit.value)))
            if not same and (sheet, edit) not in known:
                missing.append(Untyped(sheet, edit, f"填后读出的是“{there[:30]}”，请自行核对"))
    return missing
