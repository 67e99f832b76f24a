"""Where a form gets more rows (插行): which rows behind which, and what joins them to their groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import NamedTuple

from perf_excel.forms.model import Form, Indicator, Task
from perf_excel.forms.text import plain
from perf_excel.sheets.finding.lines import Columns
from perf_excel.sheets.finding.title_and_tasks import Block
from perf_excel.sheets.grid import EMPTY, Area, Edit, Place, Value
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.writing.moved_rows import Insertion, Moves
from perf_excel.sheets.writing.numbering import numbered
from perf_excel.sheets.writing.row_pairing import belongs, homeless_tasks, pair_indicators

_LEVELS = ("level1", "level2")


class Plan(NamedTuple):
    """Rows to be put into a sheet, and what is written in them first: their names and levels."""

    moves: Moves
    edits: tuple[Edit, ...]
    """In the places as they are with the new rows."""


class _Group(NamedTuple):
    """New rows that follow each other: of one first and second level."""

    after: int
    since: int
    level1: str
    level2: str
    new: tuple[bool, bool]
    """Whether the first and the second level begin here."""
    rows: list[Indicator]


def plan_rows(reading: Reading, data: Form) -> Plan | None:
    """Plan rows for what the data says and the form has no row for; None where it needs none or has no way.

    An indicator goes behind the last of its group (same first and second level), else with a level of its
    own behind the last of its first level, else behind the last row of all. Tasks go behind the last task.
    """
    groups = _groups(reading, data)
    tasks, block = homeless_tasks(reading, data), reading.layout.tasks
    insertions = [Insertion(group.after, len(group.rows), group.since) for group in groups]
    if tasks and block and block.rows:
        insertions.append(Insertion(block.rows[-1], len(tasks), block.rows[0]))
    if not insertions:
        return None
    work = _Work(reading, Moves(tuple(insertions)))
    for after, behind in groupby(groups, key=lambda group: group.after):
        work.join(after, list(behind))
    if tasks and block and block.rows:
        work.add_tasks(block, [data.tasks[index] for index in tasks])
    return work.plan()


def plan_blank(reading: Reading, row: int, count: int, level1: str = "", level2: str = "") -> Plan:
    """Plan blank rows behind an indicator row; where a level is given, behind its group with that level.

    Args:
        reading: the form.
        row: the indicator row; the new ones are like it.
        count: how many.
        level1: the new first level (一级指标) that they begin; nothing for that of the row.
        level2: their new second level (二级指标), likewise.
    """
    rows = list(rows_with_levels(reading))
    here = next(one[1:] for one in rows if one[0] == row)
    new = 2 if level1 else 1 if level2 else 0
    columns = reading.layout.indicators.columns
    name = columns.get("level3", columns.get("level2", (0, 0)))
    after = _last_of(rows, here, 3 - new) if new else reading.grid.area(row, name[0]).bottom
    # Sums that end here take the new rows in where they are those of what grows, and end with it.
    since = _since(rows, row, new) if after >= _last_of(rows, here, 2 - new) else 0
    levels = level1 or here[0], level2 if new else here[1]
    blank = [Indicator(*levels, "")] * count
    group = _Group(after, since, *levels, (new == 2, new > 0), blank)
    moves = Moves((Insertion(after, count, group.since),))
    work = _Work(reading, moves)
    work.join(after, [group])
    return work.plan()


def _groups(reading: Reading, data: Form) -> list[_Group]:
    """Put the indicators without a row into groups, in the order in which they are to stand."""
    rows = list(rows_with_levels(reading))
    columns = reading.layout.indicators.columns
    wanted: dict[tuple[int, int, str, str], list[Indicator]] = {}
    for number in pair_indicators(reading, data).homeless:
        row = data.indicators[number]
        same = [one for one in rows if belongs(row, one[1:])]
        level = [one for one in rows if plain(one[1]) == plain(row.level1)]
        if same or (level and not row.level2):
            among, new = same or level, 0
        elif level and "level2" in columns:
            among, new = level, 1
        elif rows and "level1" in columns and row.level1:
            among, new = rows, 2
        else:
            continue
        key = (among[-1][0], new, plain(row.level1), plain(row.level2) if new else "")
        wanted.setdefault(key, []).append(row)
    found = [
        _Group(after, _since(rows, after, new), one[0].level1, one[0].level2, (new == 2, new > 0), one)
        for (after, new, _, _), one in wanted.items()
    ]
    order = list(dict.fromkeys(plain(group.level1) for group in found))
    return sorted(found, key=lambda one: (one.after, sum(one.new), order.index(plain(one.level1))))


def rows_with_levels(reading: Reading) -> Iterator[tuple[int, str, str]]:
    """Yield the rows of the indicator block, blank ones too, with their levels."""
    numbers = {row: index for index, row in rows_of_indicators(reading).items()}
    for row in reading.layout.indicators.rows:
        if row in reading.free:
            yield row, *reading.free[row]
        elif row in numbers:
            indicator = reading.form.indicators[numbers[row]]
            yield row, indicator.level1, indicator.level2


def rows_of_indicators(reading: Reading) -> dict[int, int]:
    """Return the row of every indicator: of its cells the lowest, since others may reach down from above."""
    rows: dict[int, int] = {}
    for spot, (row, _) in reading.places.items():
        if spot.part == "indicator" and row in reading.layout.indicators.rows:
            rows[spot.row] = max(row, rows.get(spot.row, 0))
    return rows


def _last_of(rows: Sequence[tuple[int, str, str]], levels: Sequence[str], depth: int) -> int:
    """The last of the rows that share so many levels with these: of all, of the first level, or of both."""
    wanted = _plainly(levels)[:depth]
    return max(row for row, *own in rows if _plainly(own)[:depth] == wanted)


def _plainly(levels: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(plain, levels))


def _since(rows: Sequence[tuple[int, str, str]], after: int, new: int) -> int:
    """The first row of what grows: of the group, of the first level, or of all."""
    if new == 2:
        return rows[0][0]
    plainly = [(row, plain(one), plain(other)) for row, one, other in rows]
    level1, level2 = next((one[1:] for one in plainly if one[0] == after), ("", ""))
    return next(
        (row for row, one, other in plainly if one == level1 and (new or not level2 or other == level2)),
        after,
    )


class _Work:
    """The plan while it is made."""

    def __init__(self, reading: Reading, moves: Moves) -> None:
        self._reading, self._grid, self._moves = reading, reading.grid, moves
        self._columns = reading.layout.indicators.columns
        self.joined: list[Area] = []
        self.looks: dict[Place, Place] = {}
        self.edits: list[Edit] = []

    def plan(self) -> Plan:
        """Return what was planned."""
        moves = replace(self._moves, joined=tuple(self.joined), looks=self.looks)
        return Plan(moves, (*self.edits, *numbered(self._reading, moves)))

    def join(self, after: int, groups: list[_Group]) -> None:
        """Join the new rows behind a row to their groups; note their names and the levels that begin."""
        row = self._moves.row(after) + 1
        name = self._columns.get("level3", self._columns.get("level2", (0, 0)))[0]
        for number, indicator in enumerate((one for group in groups for one in group.rows), row):
            if indicator.level3 and name:
                self.edits.append(Edit(number, name, indicator.level3))
        for index, level in enumerate(_LEVELS):
            if level in self._columns and self._columns[level][0] != name:
                self._join_level(after, index, groups)
        self._grow_side_labels(after, self._columns)
        self._repeat_side_labels(after)

    def add_tasks(self, block: Block, tasks: list[Task]) -> None:
        """Note the texts of new tasks."""
        for row, task in enumerate(tasks, self._moves.row(block.rows[-1]) + 1):
            texts = (("name", task.name), ("content", task.content), ("achieved", task.achieved))
            self.edits += (
                Edit(row, block.columns[field][0], text)
                for field, text in texts
                if text and field in block.columns
            )
        self._grow_side_labels(block.rows[-1], block.columns)

    def _join_level(self, after: int, index: int, groups: list[_Group]) -> None:
        """Join new rows to the cell of a level above them, or give them a cell and a text of their own."""
        left, right = self._columns[_LEVELS[index]]
        area = self._grid.area(after, left)
        if area.left < left or area.bottom > after:
            return  # the first level's cell covers this one too, or the cell grows by itself
        merged, repeated = _habits(self._reading, left)
        own = (after, area.left) in self._grid.cells
        row = self._moves.row(after) + 1
        for begins, run in groupby(groups, key=lambda group: _beginning(group, index)):
            members = list(run)
            last = row + sum(len(group.rows) for group in members) - 1
            text = (members[0].level1, members[0].level2)[index]
            if begins:
                every = repeated or (own and not merged)
                self._write(range(row, last + 1 if every else row + 1), left, text)
                # What the merged area above looks like is said by its first cell.
                self.looks |= {(one, area.left): (area.top, area.left) for one in range(row, last + 1)}
                if merged and last > row and not repeated:
                    self.joined.append(Area(row, area.left, last, max(area.right, right)))
            elif area.top < after or (merged and own and not repeated):
                self.joined.append(area._replace(top=self._moves.row(area.top), bottom=last))
            elif own:
                self._write(range(row, last + 1), left, text)
            row = last + 1

    def _write(self, rows: range, column: int, text: Value) -> None:
        self.edits += (Edit(row, column, text) for row in rows if text)

    def _grow_side_labels(self, after: int, columns: Columns) -> None:
        """Grow the merged cells beside the table (绩效指标 down its side) that end with it."""
        for area in self._grid.merges:
            beside = all(area.right < left or right < area.left for left, right in columns.values())
            if area.bottom == after and area.top < after and beside:
                bottom = self._moves.row(after) + self._moves.behind(after)
                self.joined.append(area._replace(top=self._moves.row(area.top), bottom=bottom))

    def _repeat_side_labels(self, after: int) -> None:
        """Say beside new rows what is said beside every row: 绩效指标, where nothing is merged."""
        cells, rows = self._grid.cells, self._reading.layout.indicators.rows
        for column in range(1, min(left for left, _ in self._columns.values())):
            said = {cells.get((row, column), EMPTY).value for row in rows}
            text = cells.get((after, column), EMPTY)
            if len(said) == 1 and text.value is not None and text.formula is None:
                self._write(self._moves.new_rows(after), column, text.value)


def _beginning(group: _Group, index: int) -> tuple[str, ...]:
    """What level begins with a group; nothing where it goes on with the one above."""
    if not group.new[index]:
        return ()
    return (group.level1, group.level2)[: index + 1]


def _habits(reading: Reading, column: int) -> tuple[bool, bool]:
    """Whether a form merges its levels' cells over their rows, or says this one again in every row."""
    grid, block = reading.grid, reading.layout.indicators
    lefts = [block.columns[level][0] for level in _LEVELS if level in block.columns]
    areas = (grid.area(row, left) for row in block.rows for left in lefts)
    texts = [grid.cells.get((row, column), EMPTY).value for row in block.rows]
    repeated = any(one is not None and one == other for one, other in pairwise(texts))
    return any(area.top < area.bottom for area in areas), repeated
