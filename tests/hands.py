"""Hands that fill in a form that was sent (填报的手): LibreOffice, this program, another program.

Where to type is found by the words on the sheet, as a person finds it: the program's own reading of the form
has no part in it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import openpyxl

from perf_excel.books.opening import open_book
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form, Funding
from perf_excel.jobs.examination.examining import find
from perf_excel.jobs.fill import fill
from perf_excel.live.xl import xw

Place = tuple[int, int]


@dataclass(frozen=True)
class Filled:
    """What a unit fills in: amounts in 万元 by source and column, results and reasons by indicator."""

    unit: str
    money: Mapping[tuple[str, str], Decimal]
    actuals: Mapping[str, str]
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """How a form is printed: the words over its columns, and how many of its money's units are 万元."""

    actual: str
    reason: str
    money: Mapping[str, str]
    """Words over the amounts (initial, annual, executed)."""
    per_wan: int = 1


def cells(path: Path, sheet: Sheet, filled: Filled) -> dict[Place, Decimal | str]:
    """Return what is typed where."""
    page = openpyxl.load_workbook(path).worksheets[0]
    texts: dict[Place, str] = {}
    for line in page.iter_rows():
        for cell in line:
            if cell.value and cell.row and cell.column:
                texts[cell.row, cell.column] = str(cell.value)
    typed: dict[Place, Decimal | str] = {}
    for (item, name), amount in filled.money.items():
        typed[_crossing(texts, item, sheet.money[name])] = amount * sheet.per_wan
    for head, answers in ((sheet.actual, filled.actuals), (sheet.reason, filled.reasons)):
        for name, text in answers.items():
            typed[_crossing(texts, name, head)] = text
    return typed


def _crossing(texts: Mapping[Place, str], row: str, column: str) -> Place:
    """Where the row that one word stands in crosses the column that the other one heads."""
    (line,) = {place[0] for place, text in texts.items() if text == row}
    above = [place for place, text in texts.items() if text == column and place[0] < line]
    return line, max(above)[1]


def by_office(app: xw.App, paths: Sequence[Path], typed: Sequence[Mapping[Place, Decimal | str]]) -> None:
    """Open workbooks in LibreOffice, type as a person does, and let it save them as .xlsx."""
    for path, own in zip(paths, typed, strict=True):
        book = app.books.open(path)
        try:
            sheet: Any = cast("Any", book).impl.api.Sheets.getByIndex(0)
            for (row, column), value in own.items():
                sheet.getCellByPosition(column - 1, row - 1).FormulaLocal = str(value)
            app.calculate()
            book.save()
        finally:
            book.close()


def by_openpyxl(path: Path, typed: Mapping[Place, Decimal | str]) -> None:
    """Type into a workbook with another program, which leaves formulas without results."""
    book = openpyxl.load_workbook(path)
    for (row, column), value in typed.items():
        book.worksheets[0].cell(row, column, value)
    book.save(path)


def by_program(path: Path, filled: Filled) -> None:
    """Fill in a workbook with this program, by the names of its rows."""
    found = find(open_book(path))
    form = found.reading.form
    rows = [
        replace(row, actual=parse(filled.actuals[row.level3]), reason=filled.reasons.get(row.level3, ""))
        for row in form.indicators
    ]
    money = [_row(one, filled) for one in form.funding]
    path.write_bytes(fill(found, Form(funding=tuple(money), indicators=tuple(rows))).data)


def _row(row: Funding, filled: Filled) -> Funding:
    amounts = {name: amount for (item, name), amount in filled.money.items() if item == row.item}
    return replace(row, **cast("Any", amounts))


def sent_back(source: Path, folder: Path) -> Path:
    """Copy a workbook to where units send theirs to."""
    folder.mkdir(exist_ok=True)
    return Path(shutil.copyfile(source, folder / source.name))
