"""What a unit filled in, taken out (清空): so that a form of one year serves as a template for the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.sheets.amounts import unit_of
from perf_excel.sheets.cell_values import number_of
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.around_words import (
    ACHIEVED,
    EXPECTED,
    GOAL,
    GOAL_LONGER,
    GOAL_NUMBERED,
    HEAD_LABEL,
    LABELISH,
)
from perf_excel.sheets.finding.closing_words import CONCLUSION, GRADE, TOTAL
from perf_excel.sheets.finding.column_words import INDICATOR
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import Lines, label_of, text_at
from perf_excel.sheets.finding.money_words import BUDGET, FUNDS_TOTAL, MONEY_ITEM
from perf_excel.sheets.finding.particulars import PART
from perf_excel.sheets.finding.tickboxes import is_tick, untick
from perf_excel.sheets.grid import EMPTY, Cell, Edit, Place, Value
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.reading.monitored import FIELDS as MONITORED
from perf_excel.sheets.shown_text import printed

_RESULTS = frozenset(
    {"actual", "adjusted", "score", "deviation", "reason", "judged", "hint", "share", "raw", *MONITORED}
)
_AMOUNTS = frozenset(
    {
        "initial",
        "change",
        "arrived",
        "left",
        "annual",
        "executed",
        "rate",
        "score",
        "reason",
        "so_far",
        "expected",
    }
)
_AMOUNT = re.compile(r"[¥￥]?\s*-?\d[\d,，]*(?:\.\d+)?\s*(?:[十百千万亿]*元|[万亿])(?:.*)", re.DOTALL)
"""An amount, with or without words behind it: 854万（高标准农田400万元）."""
_LABELLED = re.compile(r"(?P<label>[^:：\d]{2,20}[:：]\s*)(?P<value>-?\d[\d,]*(?:\.\d+)?\s*\D{0,3})")
"""A label and its number in one cell: 年初预算数：25万元."""
_OF_MONEY = re.compile("资金|拨款|预算数|执行数|金额|经费|财政")
_MARK = re.compile(r"[-—―/\\*]{1,6}")
"""What stands in a cell that is to have no value: —, /."""
_SIGNED = re.compile(r"[:：]\s*[^\s:：]")
"""A colon with a word behind it: 填报人：某某."""
_TOTAL = Spot("total", 0, "score")
_GRADE = Spot("total", 0, "grade")
_GOALS = (
    GOAL,
    EXPECTED,
    ACHIEVED,
    GOAL_NUMBERED,
    GOAL_LONGER,
)
_GOALS_MOST = 4
"""So many goals may stand under their head."""
_SUMS_UP = (TOTAL, GRADE, CONCLUSION)


@cache
def _roles() -> labels.Roles:
    return labels.roles((*INDICATOR, *BUDGET), {})


def clearing(reading: Reading) -> list[Edit]:
    """Return the edits that take out what a unit filled in; formulas stay.

    A mark in the place of points (—) says that the form asks for none there, and stays. Beside what was read,
    numbers and amounts that were not read go where money may stand, and words beside a label of the goals; of
    a label with its number in one cell the label stays.
    """
    edits: dict[Place, Value] = {}
    for spot, place in sorted(reading.places.items(), key=lambda item: item[1]):
        cell = reading.grid.cells.get(place, EMPTY)
        asks = spot.field != "score" or not _is_mark(cell)
        if asks and _is_filled_in(spot) and cell.formula is None and cell.value is not None:
            # 部门名称：某局 keeps its label.
            before = edits.get(place)
            if spot == _GRADE and (choice := untick(printed(cell))):
                edits[place] = choice
                continue
            unit = unit_of(reading.own_text(spot)) if spot in reading.frames else ""
            framed = reading.framed(spot, unit, before if isinstance(before, str) else None)
            edits[place] = framed.rstrip() or None
    sums = {_TOTAL: reading.layout.total, _GRADE: reading.layout.grade}
    for spot, place in sums.items():
        if place and spot not in reading.places and place not in edits:
            edits[place] = _summed_up(text_at(reading.grid, *place))
    for place in reading.unread:
        if reading.grid.cells.get(place, EMPTY).formula is None:
            edits.setdefault(place, _of_unread(reading, place))
    for place in _numbers(reading):
        weight = any(labels.role_of(text, _roles()) == "weight" for text in _above(reading, place))
        if place not in reading.places.values() and _is_of_money(reading, place[0]) and not weight:
            edits.setdefault(place, None)
    return [
        Edit(*place, value)
        for place, value in edits.items()
        if place in reading.grid.cells and _differs(reading.grid.cells[place], value)
    ]


def _differs(cell: Cell, value: Value) -> bool:
    """Whether a cell says something else than a value: the blanks around a text are no more than its look."""
    said = value.strip() if isinstance(value, str) else value or ""
    return said != printed(cell).strip()


def _is_mark(cell: Cell) -> bool:
    return isinstance(cell.value, str) and _MARK.fullmatch(plain(cell.value)) is not None


def cleared_marks(reading: Reading, edits: Sequence[Edit]) -> Iterator[tuple[Place, str]]:
    """Yield the marks (—, /) that edits take out: the form itself may have had them."""
    for row, column, value in edits:
        cell = reading.grid.cells.get((row, column), EMPTY)
        if not value and _is_mark(cell):
            yield (row, column), printed(cell).strip()


def _is_filled_in(spot: Spot) -> bool:
    return {
        "indicator": spot.field in _RESULTS,
        "funding": spot.field in _AMOUNTS,
        "total": spot.field in ("score", "grade"),
        # By its year a title is found and a new one written.
        "head": spot.field != "year",
    }.get(spot.part, True)


def _summed_up(text: str) -> Value:
    """The total or the grade in one cell with its label, or a tick of its own: the label stays."""
    if is_tick(text):
        return None
    kept = text
    for found in reversed(list(PART.finditer(text))):
        if any(one.fullmatch(bare(found["name"])) for one in _SUMS_UP):
            kept = kept[: found.start("text")] + kept[found.end("text") :]
    return kept


def _of_unread(reading: Reading, place: Place) -> Value:
    """What is to stand in a cell that was not read."""
    grid, text = reading.grid, text_at(reading.grid, *place)
    if labelled := _LABELLED.fullmatch(text):
        return labelled["label"].rstrip()
    counts = reading.form.unread[reading.unread.index(place)].counts
    if counts or (place[0] < reading.layout.bottom and _AMOUNT.fullmatch(text)):
        return None
    if place[0] >= reading.layout.header_top:
        return grid.at(*place).value
    names = {bare(label_of(grid, place[0], place[1])), *map(bare, _above(reading, place))} - {""}
    if not _is_label(text) and any(one.fullmatch(name) for one in _GOALS for name in names):
        return None
    return text if isinstance(grid.at(*place).value, str) else grid.at(*place).value


def _above(reading: Reading, place: Place) -> list[str]:
    """The texts shortly above a cell: of several goals each stands under the one before."""
    row, column = place
    return [text_at(reading.grid, one, column) for one in range(max(row - _GOALS_MOST, 1), row)]


def _is_label(text: str) -> bool:
    name = bare(text)
    spellings = (
        *_GOALS, MONEY_ITEM, FUNDS_TOTAL, HEAD_LABEL, LABELISH, *_SUMS_UP,
    )  # fmt: skip
    return any(one.fullmatch(name) for one in spellings) or labels.role_of(text, _roles()) is not None


def left_standing(reading: Reading, edits: Sequence[Edit]) -> Iterator[tuple[Place, str]]:
    """Yield what stands on after the edits and may be a unit's own: cells not read, and lines below the form.

    Labels are left out; a form's own remarks are named too, for the clerk to decide.
    """
    after = reading.grid.edited(edits)
    known = set(reading.places.values())
    for spot, place in sorted(reading.places.items(), key=lambda item: item[1]):
        cell = after.cells.get(place, EMPTY)
        if spot.field == "score" and _is_mark(cell):
            yield place, printed(cell).strip()
    below = [
        (row, label.left)
        for row in range(reading.layout.bottom + 1, reading.layout.last + 1)
        for label in Lines(reading.grid).labels(row)
    ]
    for place in sorted({*reading.unread, *below, *_numbers(reading)} - known):
        text = text_at(after, *place)
        said = bool(text) and (number_of(after.at(*place)) is not None or not _only_labels(text))
        if said and after.area(*place)[:2] == place:
            yield place, text


def _numbers(reading: Reading) -> Iterator[Place]:
    """The numbers that a form holds beside those of its indicators."""
    block = reading.layout.indicators
    first = min(left for left, _ in block.columns.values())
    for (row, column), cell in reading.grid.cells.items():
        if cell.formula is None and number_of(cell) is not None and _is_below_title(reading, row):
            of_row = row in block.rows and column < first
            under = any(left <= column <= right for left, right in block.columns.values())
            if not of_row and not (under and row in block.rows):
                yield row, column


def _is_of_money(reading: Reading, row: int) -> bool:
    """Whether a row above the indicators speaks of money."""
    texts = (label.text for label in Lines(reading.grid).labels(row))
    return row < reading.layout.header_top and any(_OF_MONEY.search(text) for text in texts)


def _is_below_title(reading: Reading, row: int) -> bool:
    return max(reading.layout.top, reading.layout.title_row + 1) <= row <= reading.layout.last


def _only_labels(text: str) -> bool:
    """Whether a text only asks for something: 填报人：　　联系电话：."""
    return _is_label(text) or (text.rstrip().endswith((":", "：")) and not _SIGNED.search(text))
