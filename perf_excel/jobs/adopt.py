"""Adopt (收表样): a bureau's own form as a template of the user's own, and what was recognised on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from perf_excel.books.listsheet import TITLES, Table, draw
from perf_excel.books.opening import Book, open_book
from perf_excel.books.xlsx.adding import Host
from perf_excel.books.xlsx.shared_formulas import column_number
from perf_excel.books.xlsx.tinting import tinted
from perf_excel.books.xlsx.workbook import Workbook, read_file
from perf_excel.errors import UserError
from perf_excel.forms.model import Form
from perf_excel.forms.text import plain
from perf_excel.jobs.examination.examining import Found, find
from perf_excel.jobs.examination.filled import Filled
from perf_excel.jobs.examination.shelf import Template
from perf_excel.jobs.fill import fill
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.layout import MAX_ROWS, find_forms
from perf_excel.sheets.finding.lines import MAX_COLUMNS, text_at
from perf_excel.sheets.finding.title_goal_tasks import Block
from perf_excel.sheets.grid import EMPTY, Edit, Grid, Place, Value, column_letters
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.reading.meanings import (
    COLUMN_NAMES,
    IGNORED,
    head_labels,
    meanings,
    missing,
    unknown_columns,
)
from perf_excel.sheets.shown_text import printed

MAP_SHEET = "识别结果"
_LETTERS = re.compile("[A-Za-z]{1,3}")
_RESULTS = frozenset({"actual", "score", "deviation", "reason", "judged", "hint", "share", "raw"})
_AMOUNTS = frozenset({"initial", "annual", "executed", "rate", "score", "reason"})

_TALLEST_HEAD = 5

Answers = Mapping[int, str]
"""What the user says of columns: number of the column → role."""


@dataclass(frozen=True)
class Adopted:
    """A template ready to be stored: its description, its workbook, how it was read, what was cleared."""

    template: Template
    data: bytes
    found: Found
    cleared: int


def answers_of(texts: Iterable[str]) -> dict[int, str]:
    """Read the user's answers: H=得分, F=忽略.

    Raises:
        UserError: one is no column letter with a meaning; the sentence lists the meanings.
    """
    roles = {name: role for role, name in COLUMN_NAMES.items()} | {role: role for role in COLUMN_NAMES}
    found: dict[int, str] = {}
    for text in texts:
        letters, _, meaning = text.partition("=")
        letters, meaning = plain(letters), plain(meaning)
        if not _LETTERS.fullmatch(letters) or meaning not in roles:
            names = "、".join(COLUMN_NAMES.values())
            raise UserError(f"--column {text}：应写成“列=含义”，如 H=得分；可用的含义：{names}。")
        found[column_number(letters.upper())] = roles[meaning]
    return found


def adopt(
    path: Path,
    name: str,
    rules: str | None = None,
    sheet: str | None = None,
    table: int | None = None,
    answers: Answers | None = None,
) -> Adopted:
    """Read a bureau's form as a template; nothing is stored.

    What a unit filled in is taken out: words and amounts of the head, the money, the goal and the tasks,
    actuals, scores and reasons. Labels, levels, names, targets and weights of indicators stay, and so does
    every byte of a blank form.

    Raises:
        UserError: there is no usable form, or an answer names a column without a head of its own.
    """
    book = open_book(path)
    workbook = book.editable()
    labels = _labels(book, sheet, answers or {})
    found = find(book, rules, sheet, table, labels)
    edits = clearing(found.reading)
    data = workbook.fill(found.reading.by_sheet(edits)) if edits else read_file(path)
    template = Template(
        name=name,
        rules=rules or found.rules.id,
        sheet=found.reading.grid.sheet,
        title=found.reading.layout.title,
        suffix=workbook.suffix,
        labels=labels,
        head=head_labels(found.reading),
    )
    return Adopted(template, data, found, len(edits))


def clearing(reading: Reading) -> list[Edit]:
    """Return the edits that take out what a unit filled in; formulas stay."""
    edits: dict[Place, Value] = {}
    for spot, place in sorted(reading.places.items(), key=lambda item: item[1]):
        filled = {
            "indicator": spot.field in _RESULTS,
            "funding": spot.field in _AMOUNTS,
            "total": spot.field in ("score", "grade"),
            # By its year a title is found and a new one written.
            "head": spot.field != "year",
        }.get(spot.part, True)
        cell = reading.grid.cells.get(place, EMPTY)
        if filled and cell.formula is None and cell.value is not None:
            # 部门名称：某局 keeps its label.
            before = edits.get(place)
            framed = reading.framed(spot, "", before if isinstance(before, str) else None)
            edits[place] = framed.strip() or None
    return [
        Edit(*place, value) for place, value in edits.items() if value != printed(reading.grid.cells[place])
    ]


def questions(adopted: Adopted) -> list[str]:
    """Return what is to be asked: columns without a known meaning, and what was not found."""
    reading = adopted.found.reading
    unknown = unknown_columns(reading, adopted.template.labels.get(IGNORED, ()))
    asked = [
        f"{letter} 列“{head}”是什么？请加 --column {letter}=含义，不用的写 --column {letter}=忽略"
        for letter, head in unknown
    ]
    if unknown:
        asked.append(f"可用的含义：{'、'.join(COLUMN_NAMES.values())}")
    lacking = missing(reading)
    if lacking:
        asked.append(f"没有找到：{'、'.join(lacking)}；表上确实没有的不用管，有的请用 --column 指明是哪一列")
    return asked


def with_map(adopted: Adopted) -> bytes:
    """Return the template's workbook with a sheet that says what was recognised, cell by cell."""
    reading = adopted.found.reading
    sheet, known = reading.grid.sheet, meanings(reading)
    unread = [(cell.where, "未识别", cell.text) for cell in reading.form.unread]
    asked = [("", "待答", question) for question in questions(adopted)]
    rows = [*((one.cells, one.meaning, one.content) for one in known), *unread, *asked]
    links = [(sheet, cells) if cells else None for cells, _, _ in rows]
    lines = (
        f"模板“{adopted.template.name}”，工作表“{sheet}”",
        "点单元格可跳到该处；没有识别的单元格在表上涂成橙色。",
    )
    table = Table(MAP_SHEET, lines, ("单元格", "含义", "内容"), (16.0, 26.0, 70.0), rows, 1, links)

    def drawn(host: Host) -> bytes:
        return draw(host, table)

    name = adopted.found.book.name
    data = tinted(adopted.data, name, {sheet: reading.unread})
    return Workbook.from_bytes(data, name).with_sheet(MAP_SHEET, drawn, TITLES)


def from_template(template: Template, target: Path, data: Form) -> Filled:
    """Make a new form from a template; what ``data`` does not say stays blank.

    Raises:
        UserError: the template cannot be read, or has no place for some of the data.
    """
    workbook = Workbook.from_bytes(read_file(template.path), template.path.name)
    book = Book(target, workbook)
    found = find(book, template.rules, template.sheet, labels=template.labels)
    filled = fill(replace(found, why=f"由模板“{template.name}”确定"), data)
    # Data without indicators asks for a blank form: that the template's stay blank needs no word.
    return filled if data.indicators else replace(filled, notes=())


def _labels(book: Book, sheet: str | None, answers: Answers) -> dict[str, tuple[str, ...]]:
    """Turn answers by column into labels by role: the heads that stand over those columns."""
    if not answers:
        return {}
    for name in [sheet] if sheet else book.visible:
        grid = book.grid(name)
        if grid is None or grid.bottom > MAX_ROWS:
            continue
        for row in range(1, grid.bottom + 1):
            labels = _heads(grid, row, answers)
            if labels and any(_answered(form.indicators, row, answers) for form in find_forms(grid, labels)):
                _distinct(book, grid, row, answers)
                return labels
    columns = "、".join(column_letters(column) for column in answers)
    raise UserError(f"{book.name}：按 --column 给出的列（{columns}）仍没有找到指标表的表头，请核对列号。")


def _answered(block: Block, row: int, answers: Answers) -> bool:
    """Whether a row is in the head of an indicator table, and the answered columns are what was said."""
    spans = {role: block.columns.get(role, (0, 0)) for role in answers.values()}
    right = (
        spans[role][0] <= column <= spans[role][1] for column, role in answers.items() if role != IGNORED
    )
    return block.header - _TALLEST_HEAD < row <= block.header and all(right)


def _heads(grid: Grid, row: int, answers: Answers) -> dict[str, tuple[str, ...]] | None:
    """The heads of the answered columns, if every one has a head in this row."""
    labels: dict[str, tuple[str, ...]] = {}
    for column, role in answers.items():
        head = bare(text_at(grid, row, column)) if column <= MAX_COLUMNS else ""
        if not any(letter.isalpha() for letter in head):  # a number is no head: this is a row below it
            return None
        labels[role] = (*labels.get(role, ()), head)
    return labels


def _distinct(book: Book, grid: Grid, row: int, answers: Answers) -> None:
    heads = [bare(text_at(grid, row, column)) for column in range(1, min(grid.right, MAX_COLUMNS) + 1)]
    lefts = [grid.area(row, column).left == column for column in range(1, len(heads) + 1)]
    for column in answers:
        head = bare(text_at(grid, row, column))
        if sum(one == head and left for one, left in zip(heads, lefts, strict=True)) > 1:
            raise UserError(
                f"{book.name}，{grid.sheet}：有几列的表头都是“{head}”，无法按表头分辨，"
                "请先在表里把表头改得不同，再收表。"
            )
