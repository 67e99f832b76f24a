"""What stands around the indicators, read: unit, year, budget block, goal and tasks."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from perf_excel.forms.model import Funding, Goal, Task
from perf_excel.forms.spot import Spot
from perf_excel.sheets.cells import WAN, measure_of, money_of, number_of
from perf_excel.sheets.grid import Grid, Place
from perf_excel.sheets.layout import FormLayout
from perf_excel.sheets.lines import MAX_COLUMNS, label_of, text_at
from perf_excel.sheets.notes import Notes
from perf_excel.sheets.printing import printed
from perf_excel.sheets.surroundings import Block

_OF_YEAR = re.compile(r"(20\d\d)年度")
_BARE_YEAR = re.compile(r"^(20\d\d)年?$")
_YEAR = re.compile(r"(20\d\d)年(?!\d*月)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "000" + "123456789" + "0123456789")
_SEAL = re.compile(r"[(（](?:盖章|公章|签章)[)）]$")
_MONEY = re.compile(r"单位[:：](?:人民币)?(万?元)")
_YUAN = re.compile(r"(?:[(:：]|人民币)元[)]?")


def read_unit(notes: Notes, place: Place | None) -> str:
    """Read the unit's name."""
    return "" if place is None else read_named(notes, Spot("head", 0, "unit"), place)


def read_named(notes: Notes, spot: Spot, place: Place) -> str:
    """Read what a label names; in the label's own cell (部门名称：某某局) it has no place to write to."""
    text = text_at(notes.grid, *place)
    _, colon, behind = text.replace("：", ":").partition(":")
    if colon:
        return _SEAL.sub("", behind.strip())
    notes.places[spot] = place
    return _SEAL.sub("", text)


def read_year(grid: Grid, layout: FormLayout) -> int | None:
    """Read the year in the title or just below, else above it."""
    title = layout.title_row
    below = min(title + 5, layout.indicators.header)
    texts = [
        "".join(text_at(grid, row, column).split()).translate(_DIGITS)
        for row in (*range(title, below), *range(1, title))
        for column in range(1, min(grid.right, MAX_COLUMNS) + 1)
    ]
    # A year after the word 年度 or before it is the form's; any other may be the day it was filled in.
    behind = (other for text, other in pairwise(filter(None, texts)) if text.endswith("年度"))
    for pattern, among in ((_OF_YEAR, texts), (_BARE_YEAR, behind), (_YEAR, texts)):
        for text in among:
            if found := pattern.search(text):
                return int(found[1])
    return None


def read_funding(notes: Notes, block: Block, per_wan: Decimal) -> tuple[Funding, ...]:
    """Read the budget block, its money in 万元.

    Args:
        notes: of this reading.
        block: where the budget stands.
        per_wan: how many of the sheet's units of money are one 万元.
    """
    left = min(span[0] for span in block.columns.values())
    rows: list[Funding] = []
    for index, row in enumerate(block.rows):
        cells = {
            field: notes.cell(Spot("funding", index, field), block, row)
            for field in ("initial", "annual", "executed", "weight", "rate", "score")
        }
        if index == 0:
            notes.expect(cells["score"])
        rows.append(
            Funding(
                item=label_of(notes.grid, row, left),
                initial=money_of(cells["initial"], per_wan),
                annual=money_of(cells["annual"], per_wan),
                executed=money_of(cells["executed"], per_wan),
                weight=number_of(cells["weight"]),
                rate=measure_of(cells["rate"]),
                score=number_of(cells["score"]),
            )
        )
    return tuple(rows)


def money_scale(grid: Grid, block: Block) -> Decimal:
    """How many of the form's money units are one 万元: by what stands in and above the budget block."""
    last = block.rows[-1] if block.rows else block.header
    texts = [
        "".join(text_at(grid, row, column).translate(str.maketrans("（）", "()")).split())
        for row in range(1, last + 1)
        for column in range(1, max(span[1] for span in block.columns.values()) + 1)
    ]
    if stated := next((found[1] for text in texts if (found := _MONEY.search(text))), ""):
        return Decimal(1) if stated == "万元" else WAN
    if any("万元" in text for text in texts):
        return Decimal(1)
    return WAN if any(_YUAN.search(text) for text in texts) else Decimal(1)


def read_goal(notes: Notes, places: tuple[Place, Place] | None) -> Goal:
    """Read the expected and the achieved goal."""
    if places is None:
        return Goal()
    expected, achieved = places
    notes.places[Spot("goal", 0, "expected")] = expected
    notes.places[Spot("goal", 0, "achieved")] = achieved
    return Goal(text_at(notes.grid, *expected), text_at(notes.grid, *achieved))


def read_tasks(notes: Notes, block: Block) -> tuple[Task, ...]:
    """Read the tasks with a name; rows still blank only get their places."""
    tasks: list[Task] = []
    for index, row in enumerate(block.rows):
        name, content, achieved = (
            printed(notes.cell(Spot("task", index, field), block, row)).strip()
            for field in ("name", "content", "achieved")
        )
        tasks.append(Task(name, content, achieved))
    while tasks and tasks[-1] == Task(""):
        tasks.pop()
    return tuple(tasks)
