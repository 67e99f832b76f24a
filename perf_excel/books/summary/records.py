"""What is kept of a returned file (回收记录): small, plain, and the same however and wherever it was read.

Everything is text, so that a record is the same after it was stored: a number as printed, an amount in 万元
with its own decimals. Records hold what the summary shows, and no workbook.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeVar, cast

FORMAT = 2
"""Grows with every change of these records: those of another number are read anew."""


class Value(NamedTuple):
    """One value that a form shows: which, what, where (H5, with its sheet where a form has several)."""

    part: str
    row: str
    """The indicator, task, source of money or label; of several of the same name numbered."""
    field: str
    text: str
    cell: str


class Finding(NamedTuple):
    """One finding (校验发现), in words."""

    check: str
    severity: str
    sheet: str
    cell: str
    label: str
    message: str
    expected: str
    printed: str
    waived: str


class IndicatorLine(NamedTuple):
    """One indicator (指标): values as printed, ``points`` by the rules, ``cell`` of its actual value."""

    level1: str
    level2: str
    name: str
    target: str
    actual: str
    weight: str
    score: str
    points: str
    deviation: str
    reason: str
    cell: str


class MoneyLine(NamedTuple):
    """One row of the budget block (资金), in 万元; ``total`` is "1" for the row that the others add up to."""

    item: str
    initial: str
    annual: str
    executed: str
    total: str


class LevelLine(NamedTuple):
    """The sum of a first-level indicator (一级指标)."""

    name: str
    weight: str
    points: str


Purpose = Literal["自评", "评价", "监控", "目标"]
"""What a form is for, by its columns: a year's result, only points, a part of the year, only targets."""


class FormRecord(NamedTuple):
    """One form (绩效表) of a returned file."""

    table: int
    tables: int
    sheet: str
    title: str
    unit: str
    code: str
    year: int | None
    project: str
    purpose: Purpose
    rules: str
    rules_name: str
    why: str
    total: str
    """By the rules; empty where no row has points."""
    printed: str
    """As the form has it."""
    grade: str
    complete: bool
    errors: int
    warnings: int
    notes: tuple[str, ...]
    """What of it was not read (未识别), in words."""
    marks: dict[str, str]
    """What the program wrote into the workbook before it was sent (身份); empty in any other form."""
    findings: tuple[Finding, ...]
    indicators: tuple[IndicatorLine, ...]
    money: tuple[MoneyLine, ...]
    levels: tuple[LevelLine, ...]
    values: tuple[Value, ...]
    content: str
    """The digest of the values, wherever they stand: two forms of the same one say the same."""
    structure: str
    """What of it a unit is to leave as it is (sheets/structure.py), as text, for holding it against what was
    sent."""
    formulas: bool
    """Whether its file says which cells are formulas."""


Kind = Literal["forms", "foreign", "unreadable", "own"]


class FileRecord(NamedTuple):
    """One returned file: its forms, or why there are none.

    ``kind`` is forms; foreign, a file without any; unreadable; own, a workbook that this program wrote for
    whoever collects (汇总, 下发清单).
    """

    file: str
    kind: Kind
    reason: str
    digest: str
    """SHA-256 of its bytes."""
    modified: float
    path: str
    """The file on the disk: for one in an archive, the archive."""
    packed: bool
    forms: tuple[FormRecord, ...] = ()


def number(text: str) -> Decimal | None:
    """Return the number that a record holds as text."""
    return Decimal(text) if text else None


def packed(record: FileRecord) -> str:
    """Return a record as a line: what the summary shows, a tab, and what forms are held against others by."""
    shown = record._replace(forms=tuple(one._replace(values=(), structure="") for one in record.forms))
    held = [(one.values, one.structure) for one in record.forms]
    return f"{_json(shown)}\t{_json(held)}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def unpacked(line: str) -> FileRecord:
    """Return the record of a line.

    Raises:
        ValueError: it holds none.
    """
    try:
        shown, _, held = line.partition("\t")
        file, kind, reason, digest, modified, path, packed_, forms = json.loads(shown)
        texts = (file, kind, reason, digest, path)
        if not (all(isinstance(one, str) for one in texts) and isinstance(modified, int | float)):
            raise ValueError(line[:80])
        found = tuple(
            _form(form, values, structure)
            for form, (values, structure) in zip(forms, json.loads(held), strict=True)
        )
        return FileRecord(file, kind, reason, digest, modified, path, bool(packed_), found)
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError(str(error)) from None


def put_back(line: str) -> FileRecord:
    """Return the record of a line that this run has packed itself: what is in it needs no questions."""
    shown, _, held = line.partition("\t")
    record = shown_record(shown)
    forms = zip(record.forms, json.loads(held), strict=True)
    return record._replace(
        forms=tuple(
            form._replace(values=tuple(map(Value._make, values)), structure=structure)
            for form, (values, structure) in forms
        )
    )


def shown_record(line: str) -> FileRecord:
    """Return what the summary shows of a record, from the first half of its line: no values, no structure."""
    file, kind, reason, digest, modified, path, packed_, forms = json.loads(line)
    return FileRecord(file, kind, reason, digest, modified, path, packed_, tuple(map(_put_back, forms)))


def _put_back(values: list[Any]) -> FormRecord:
    found = FormRecord(*values)
    return found._replace(
        notes=tuple(found.notes),
        findings=tuple(map(Finding._make, found.findings)),
        indicators=tuple(map(IndicatorLine._make, found.indicators)),
        money=tuple(map(MoneyLine._make, found.money)),
        levels=tuple(map(LevelLine._make, found.levels)),
        values=(),
    )


_COUNTS = ("table", "tables", "errors", "warnings")
_TEXTS = (
    "sheet",
    "title",
    "unit",
    "code",
    "project",
    "rules",
    "rules_name",
    "why",
    "total",
    "printed",
    "grade",
    "content",
)


def _form(shown: list[Any], values: list[Any], structure: object) -> FormRecord:
    """Build a form from what came from outside; what is counted or computed with must be what it should be.

    Raises:
        ValueError: it is not.
    """
    found: dict[str, Any] = dict(zip(FormRecord._fields, shown, strict=True))
    texts = all(isinstance(found[name], str) for name in _TEXTS)
    if not (texts and all(isinstance(found[name], int) for name in _COUNTS)):
        raise ValueError(str(shown)[:80])
    found |= {
        "marks": dict(found["marks"]),
        "notes": tuple(found["notes"]),
        "findings": _lines(Finding, found["findings"]),
        "indicators": _lines(IndicatorLine, found["indicators"]),
        "money": _lines(MoneyLine, found["money"]),
        "levels": _lines(LevelLine, found["levels"]),
        "values": _lines(Value, values),
        "structure": str(structure),
        "formulas": bool(found["formulas"]),
    }
    return FormRecord(**found)


Line = TypeVar("Line", Finding, IndicatorLine, MoneyLine, LevelLine, Value)


def _lines(kind: type[Line], rows: list[list[str]]) -> tuple[Line, ...]:
    """The rows of a list, every one of them texts."""
    for row in rows:
        if len(row) != len(kind._fields) or not all(isinstance(text, str) for text in cast("list[Any]", row)):
            raise ValueError(str(row)[:80])
    return tuple(kind(*row) for row in rows)
