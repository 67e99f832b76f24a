"""What stands around the indicators, read: unit, year, goal and tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from perf_excel.forms.model import Detail, Goal, Task
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain, without
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.lines import MAX_COLUMNS, text_at
from perf_excel.sheets.finding.particulars import SEAL, Pair
from perf_excel.sheets.finding.title_and_tasks import Block
from perf_excel.sheets.finding.year_goals import Goals
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.reading.record import Notes
from perf_excel.sheets.shown_text import printed

_OF_YEAR = re.compile(r"(20\d\d)年度")
_BEHIND_LABEL = re.compile(r"年[度份][:：](20\d\d)")
_BEHIND_TITLE = re.compile(r"表[(（\-—](20\d\d)[)）]?$")
_BARE_YEAR = re.compile(r"^(20\d\d)年?$")
_YEAR = re.compile(r"(20\d\d)年(?!\d*月)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000" + "123456789")


def read_pair(notes: Notes, spot: Spot, pair: Pair | None) -> str:
    """Read what a label of the head names, as it stands now, and note its place and what frames it there."""
    if pair is None:
        return ""
    notes.places[spot] = pair.place
    if pair.before or pair.behind:
        notes.frames[spot] = (pair.before, pair.behind)
    text = text_at(notes.grid, *pair.place)
    if text.startswith(pair.before.strip()) and text.endswith(pair.behind.strip()):
        text = text.removeprefix(pair.before.strip()).removesuffix(pair.behind.strip()).strip()
    return without(SEAL, text)


def read_details(notes: Notes, pairs: Iterable[Pair]) -> tuple[Detail, ...]:
    """Read what else the head says."""
    return tuple(
        Detail(pair.label, read_pair(notes, Spot("detail", index, "text"), pair))
        for index, pair in enumerate(pairs)
    )


def note_year(notes: Notes, layout: FormLayout) -> None:
    """Note where the year stands alone."""
    if layout.year:
        place, before, behind = layout.year
        notes.places[Spot("head", 0, "year")] = place
        notes.frames[Spot("head", 0, "year")] = (before, behind)


def read_year(grid: Grid, layout: FormLayout) -> int | None:
    """Read the year in the title or just below, else above it."""
    title = layout.title_row
    below = min(title + 5, layout.indicators.header)
    texts = [
        plain(text).translate(_DIGITS)
        for row in (*range(title, below), *range(layout.top, title))
        for column in range(1, min(grid.right, MAX_COLUMNS) + 1)
        if (text := text_at(grid, row, column))
    ]
    # A year after the word 年度 or before it is the form's; any other may be the day it was filled in.
    behind = (other for text, other in pairwise(filter(None, texts)) if text.endswith(("年度", "年份")))
    for pattern, among in (
        (_OF_YEAR, texts),
        (_BEHIND_LABEL, texts),
        (_BEHIND_TITLE, texts),
        (_BARE_YEAR, behind),
        (_YEAR, texts),
    ):
        for text in among:
            if found := pattern.search(text):
                return int(found[1])
    return None


def read_goal(notes: Notes, goals: Goals | None) -> Goal:
    """Read the expected and the achieved goal; several of them as lines."""
    if goals is None:
        return Goal()
    texts: list[str] = []
    for name, places in (("expected", goals.expected), ("achieved", goals.achieved)):
        for index, place in enumerate(places):
            notes.places[Spot("goal", index, name)] = place
        said = [text_at(notes.grid, *place) for place in places]
        if frame := goals.frames.get(name):
            notes.frames[Spot("goal", 0, name)] = frame
            said = [printed(notes.own(Spot("goal", 0, name))).strip()]
        texts.append("\n".join(filter(None, said)))
    return Goal(*texts)


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
