"""Forms that were sent to units, and what units do to them before they send them back."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
from small import form, money, row

from perf_excel.books.opening import book_of
from perf_excel.books.summary.records import FileRecord
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.jobs.collecting.reading_returns import Task, read_return
from perf_excel.jobs.distribute import Distributed, Sending, distribute
from perf_excel.jobs.examination.examining import Found, find
from perf_excel.jobs.fill import fill
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.sheets.grid import Edit

RULES = "henan-department"
YEAR = 2023
LEVELS = (("投入管理指标", 30), ("产出指标", 25), ("效益指标", 35))


def sent_form() -> Form:
    """The form that a department sends: targets and weights, nothing else."""
    rows = [
        row("≥90%", "", 15, name="预算编制完整性", level1="投入管理指标", level2="预算管理"),
        row("≥95%", "", 15, name="资金支付及时率", level1="投入管理指标", level2="预算管理"),
        row("≥12次", "", 15, name="培训次数", level1="产出指标", level2="产出数量"),
        row("≥100%", "", 10, name="验收合格率", level1="产出指标", level2="产出质量"),
        row("≥90%", "", 20, name="群众满意度", level1="效益指标", level2="满意度"),
        row("≤5件", "", 15, name="投诉件数", level1="效益指标", level2="社会效益"),
    ]
    return form(*rows, year=YEAR, funding=(money(weight=10, item="年度资金总额"),))


ACTUALS = ("98%", "96%", "12次", "100%", "95%", "3件")


def filled_form(sent: Form, actuals: tuple[str, ...] = ACTUALS, executed: str = "95") -> Form:
    """What a unit types."""
    rows = [replace(one, actual=parse(text)) for one, text in zip(sent.indicators, actuals, strict=True)]
    first = replace(sent.funding[0], initial=Decimal(100), annual=Decimal(100), executed=Decimal(executed))
    return replace(sent, indicators=tuple(rows), funding=(first, *sent.funding[1:]))


def template(folder: Path, year: int = YEAR) -> Path:
    """The workbook that is sent."""
    path = folder / "部门整体自评表.xlsx"
    path.write_bytes(make(Order(ruleset(RULES), data=replace(sent_form(), year=year)), path).data)
    return path


def sent(folder: Path, units: list[str], year: int = YEAR) -> Distributed:
    """Send the form to units: workbooks and their list, in a folder of their own."""
    folder.mkdir(parents=True)
    names = folder / "单位名单.csv"
    lines = [f"{unit},{100 + number},{year}" for number, unit in enumerate(units)]
    names.write_text("\n".join(["单位名称,单位编码,年度", *lines]), encoding="utf-8")
    return distribute(Sending([str(template(folder, year))], names, folder / "下发", number=f"NO{year}"))


def files(pack: Distributed) -> dict[str, Path]:
    """The workbook of each unit."""
    return {book.unit: pack.target / book.file for book in pack.pack.books}


def opened(data: bytes) -> Found:
    return find(book_of(data, Path("表.xlsx")))


def filled(data: bytes, actuals: tuple[str, ...] = ACTUALS, executed: str = "95") -> bytes:
    """The workbook with what a unit types."""
    found = opened(data)
    return fill(found, filled_form(found.reading.form, actuals, executed)).data


def typed(data: bytes, cells: Sequence[tuple[Spot, str | Decimal]]) -> bytes:
    """The workbook with values typed into the cells of some spots, over formulas, too."""
    found = opened(data)
    edits = [Edit(*found.reading.place(spot), value) for spot, value in cells]
    over = [one for one in edits if found.reading.grid.own((one.row, one.column)).formula is not None]
    data = found.book.editable().fill(found.reading.by_sheet(one for one in edits if one not in over))
    return typed_over(data, over) if over else data


def typed_over(data: bytes, edits: list[Edit]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for one in edits:
        book.worksheets[0].cell(one.row, one.column, one.value)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def resaved(data: bytes) -> bytes:
    """The same workbook in other bytes, as another program's saving gives them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return out.getvalue()


def with_sheet(data: bytes, change: str) -> bytes:
    """The workbook after openpyxl did something to its form, as a unit does by hand."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    if change == "sheet":
        book.create_sheet("备注")["A1"] = "=1+1"
    elif change == "hidden":
        sheet.column_dimensions["C"].hidden = True
    return saved(book)


def zipped(members: Mapping[str, bytes], *, gbk: bool = False) -> bytes:
    """A zip; with ``gbk`` as Windows names its members: in GBK, without saying so."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for number, (name, data) in enumerate(members.items()):
            target.writestr(f"m{number:04d}" if gbk else name, data)
    if not gbk:
        return out.getvalue()
    raw = out.getvalue()
    with zipfile.ZipFile(io.BytesIO(raw)) as source:
        again = io.BytesIO()
        with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
            for entry, name in zip(source.infolist(), members, strict=True):
                target.writestr(_Gbk(name), source.read(entry))
        return again.getvalue()


class _Gbk(zipfile.ZipInfo):
    """A member whose name is written in GBK, without the flag that says which."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  (zipfile's own name)
        return self.filename.encode("gbk"), self.flag_bits


def read_back(data: bytes) -> Workbook:
    return Workbook.from_bytes(data, "汇总.xlsx")


def retyped(data: bytes) -> bytes:
    """The form as a unit types it into a workbook of its own: what is seen, no formulas, nothing hidden."""
    grid = opened(data).reading.grid
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for (line, column), cell in grid.cells.items():
        target = sheet.cell(line, column, cell.value)
        target.number_format = cell.format
    for area in grid.merges:
        sheet.merge_cells(None, area.top, area.left, area.bottom, area.right)
    return saved(book)


SEEN = "PERF_EXCEL_TEST_SEEN"
"""Environment variable: a folder in which a slow reader says which files it began."""


def slowly(task: Task) -> FileRecord:
    """Read a file as slowly as if it were large; on whatever computer."""
    (Path(os.environ[SEEN]) / task.file.replace("/", "_")).touch()
    time.sleep(0.15)
    return read_return(task)
