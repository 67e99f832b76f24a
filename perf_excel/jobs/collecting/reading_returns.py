"""One returned file, read, checked and scored (读一份回收的表): a pure function that any executor can run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from perf_excel.books.file_reading import read_file
from perf_excel.books.foreign import what_it_is
from perf_excel.books.opening import Book, book_of
from perf_excel.books.sniff import OtherFormatError
from perf_excel.books.summary.records import (
    FileRecord,
    Finding,
    FormRecord,
    IndicatorLine,
    LevelLine,
    MoneyLine,
    Purpose,
    Value,
)
from perf_excel.errors import UserError
from perf_excel.forms.model import Form
from perf_excel.forms.spot import Part, Spot
from perf_excel.forms.text import is_blank, plain
from perf_excel.jobs.examination.examining import Examined, examined, find_all
from perf_excel.jobs.examination.whereabouts import cells_of, place_of, where
from perf_excel.rules.findings import one_line
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.sheets.identity import SHEET as IDENTITY_SHEET
from perf_excel.sheets.identity import read_identity
from perf_excel.sheets.sent_pack import SHEET as PACK_SHEET
from perf_excel.sheets.structure_reading import structure

OWN_FORMS = frozenset({"汇总"})
"""What the program writes for whoever collects, by the name in its identity."""
_NO_TABLE = "里没有表格"
"""What is said of a document without any table: a report or letter, no form."""
_ARCHIVE = "这是压缩包"


@dataclass(frozen=True)
class Task:
    """One file to read.

    ``data`` are its bytes where the reader cannot get at the file: in an archive, or on another computer.
    """

    file: str
    path: str
    modified: float
    packed: bool = False
    data: bytes | None = None
    rules: str | None = None


def read_return(task: Task) -> FileRecord:
    """Read, check and score every form of a returned file; whatever is wrong with it is in the record."""
    record = FileRecord(task.file, "unreadable", "", "", task.modified, task.path, task.packed)
    name = task.file.rpartition("/")[2]
    try:
        data = read_file(Path(task.path)) if task.data is None else task.data
        record = record._replace(digest=hashlib.sha256(data).hexdigest())
        return _read(record, data, name, task.rules)
    except UserError as error:
        return record._replace(reason=_bare(error.in_window, name))
    except MemoryError:
        return record._replace(digest="", reason="内存不足，没有读完，请关闭其他程序后重试")
    except RecursionError:
        return record._replace(reason="内容嵌套过深，无法读取，请用 Excel 或 WPS 打开检查")
    except Exception as error:  # noqa: BLE001  (one bad file never stops the rest; the reason says what it was)
        return record._replace(reason=f"读取时程序内部出错（{type(error).__name__}），请把文件发给维护者")


def _read(record: FileRecord, data: bytes, name: str, rules: str | None) -> FileRecord:
    try:
        book = book_of(data, Path(name))
    except OtherFormatError as other:
        if other.kind != "unknown" or not data.strip(b"\0 \t\r\n"):
            raise
        what = what_it_is(data)
        # What is packed in a way that is not opened here may be a return; a letter or picture is none.
        kind = "unreadable" if what.startswith(_ARCHIVE) or "损坏" in what or "不完整" in what else "foreign"
        return record._replace(kind=kind, reason=what.rstrip("。"))
    except UserError as error:
        # The reader runs in a process of its own, from which only its sentence comes back.
        if _NO_TABLE in str(error):
            return record._replace(kind="foreign", reason=_bare(error.in_window, name))
        raise
    if _is_own(book):
        return record._replace(kind="own", reason="这是本程序写的清单或汇总，不是填报的表")
    try:
        found = find_all(book, rules)
    except UserError as error:
        if _is_formless(book):
            return record._replace(kind="foreign", reason=_bare(error.in_window, name))
        raise
    return record._replace(
        kind="forms", forms=tuple(_form(examined(one), formulas=book.workbook is not None) for one in found)
    )


def _is_own(book: Book) -> bool:
    if PACK_SHEET in book.sheets:
        return True
    grid = book.grid(IDENTITY_SHEET)
    identity = read_identity(grid) if grid else None
    return identity is not None and identity.form in OWN_FORMS


def _is_formless(book: Book) -> bool:
    """Whether a workbook could be read, and there simply is no form in it: not even a hidden one."""
    from perf_excel.jobs.examination.choosing import hidden_forms
    from perf_excel.sheets.finding.layout import MAX_ROWS, find_forms

    with suppress(UserError):
        grids = [grid for name in book.visible if (grid := book.grid(name)) is not None]
        return not any(grid.bottom > MAX_ROWS or find_forms(grid) for grid in grids) and not hidden_forms(
            book, {}
        )
    return False


def _bare(sentence: str, name: str) -> str:
    """A sentence without the file's name before it: the list names the file."""
    return sentence.removeprefix(f"{name}：").rstrip("。")


def _form(one: Examined, *, formulas: bool) -> FormRecord:
    found, form, scores = one.found, one.form, one.scores
    identity = found.identity
    values = tuple(_values(one))
    marks = {} if identity is None else {key: value for key, value in identity.rows() if value}
    return FormRecord(
        table=found.table,
        tables=found.tables,
        sheet=found.reading.sheets[0],
        title=form.form,
        unit=one_line(form.unit),
        code=form.unit_code,
        year=form.year,
        project=one_line(form.project),
        purpose=_purpose(form),
        rules=found.rules.id,
        rules_name=found.rules.name,
        why=found.why,
        total=_text(scores.total),
        printed=_text(form.total),
        grade=scores.grade,
        complete=scores.complete,
        errors=one.errors,
        warnings=sum(finding.severity == "warning" for finding in one.counted),
        notes=tuple(f"{cell.where}：{one_line(cell.text)}" for cell in form.unread),
        marks=marks,
        findings=tuple(_findings(one)),
        indicators=tuple(_indicators(one)),
        money=tuple(_money(form)),
        levels=tuple(
            LevelLine(level.name, shown(level.weight), shown(level.points)) for level in scores.levels
        ),
        values=values,
        content=_content(values),
        structure=structure(found.reading, formulas=formulas).text(),
        formulas=formulas,
    )


def _purpose(form: Form) -> Purpose:
    if form.monitors:
        return "监控"
    if "actual" in form.columns:
        return "自评"
    return "评价" if "score" in form.columns else "目标"


def _text(number: Decimal | None) -> str:
    return "" if number is None else shown(number)


def _findings(one: Examined) -> Iterator[Finding]:
    for finding in one.findings:
        place = place_of(one, finding.spot)
        cells = cells_of(one, finding) if finding.also else place["cell"]
        yield Finding(
            finding.check,
            finding.severity,
            place["sheet"],
            cells,
            finding.label,
            finding.message,
            finding.expected if isinstance(finding.expected, str) else _text(finding.expected),
            finding.printed if isinstance(finding.printed, str) else _text(finding.printed),
            finding.waived or "",
        )


def _indicators(one: Examined) -> Iterator[IndicatorLine]:
    points = {row.at: row for row in one.scores.indicators}
    for at, row in enumerate(one.form.indicators):
        scored = points.get(at)
        deviation = row.deviation.text
        if not deviation and scored is not None and scored.deviation is not None:
            deviation = f"{shown(scored.deviation)}%"
        yield IndicatorLine(
            one_line(row.level1),
            one_line(row.level2),
            one_line(row.name),
            row.target.text,
            row.actual.text,
            _text(row.weight if scored is None or scored.weight is None else scored.weight),
            _text(row.score),
            _text(scored.points if scored else None),
            deviation,
            row.reason,
            where(one, Spot("indicator", at, "actual")),
        )


def _money(form: Form) -> Iterator[MoneyLine]:
    total = form.budget
    rows = form.funding if form.totalled else (*((total,) if total else ()), *form.funding)
    for number, row in enumerate(rows):
        yield MoneyLine(
            one_line(row.item),
            _text(row.initial),
            _text(row.annual),
            _text(row.executed),
            "" if number else "1",
        )


class _Row(NamedTuple):
    part: Part
    at: int
    name: str
    fields: dict[str, str]


_MONEY = ("initial", "change", "annual", "executed", "left", "weight", "score", "so_far", "expected")
_INDICATOR = ("target", "actual", "deviation", "progress", "expected", "share")
_PLAIN = ("weight", "score", "raw")
_TEXTS = ("reason", "likelihood", "remark")


def _values(one: Examined) -> Iterator[Value]:
    """Everything that the form shows, whoever typed it, for holding two returns against each other."""
    seen: dict[tuple[str, str], int] = {}
    for row in _rows(one.form):
        key = row.part, plain(row.name)
        seen[key] = seen.get(key, 0) + 1
        name = row.name if seen[key] == 1 else f"{row.name}（第 {seen[key]} 个）"
        for field, text in row.fields.items():
            if not is_blank(text):
                yield Value(row.part, name, field, text, where(one, Spot(row.part, row.at, field)))


def _content(values: Iterable[Value]) -> str:
    said = [(value.part, plain(value.row), value.field, plain(value.text)) for value in values]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[
        :32
    ]


def _rows(form: Form) -> Iterator[_Row]:
    yield _Row("head", 0, "表头", {
        "unit": form.unit, "unit_code": form.unit_code, "year": str(form.year or ""), "project": form.project,
    })  # fmt: skip
    for at, detail in enumerate(form.details):
        yield _Row("detail", at, one_line(detail.label), {"text": detail.text})
    for at, row in enumerate(form.funding):
        amounts = {name: _text(getattr(row, name)) for name in _MONEY}
        yield _Row(
            "funding", at, one_line(row.item), {**amounts, "rate": row.rate.text, "reason": row.reason}
        )
    yield _Row("goal", 0, "年度总体目标", {"expected": form.goal.expected, "achieved": form.goal.achieved})
    for at, task in enumerate(form.tasks):
        yield _Row("task", at, one_line(task.name), {"content": task.content, "achieved": task.achieved})
    for at, row in enumerate(form.indicators):
        values = {name: getattr(row, name).text for name in _INDICATOR}
        values |= {name: _text(getattr(row, name)) for name in _PLAIN}
        values |= {name: getattr(row, name) for name in _TEXTS}
        yield _Row("indicator", at, one_line(row.name), values)
    yield _Row("total", 0, "总分", {"score": _text(form.total), "grade": form.grade})
