"""What stands around the indicators in words: title, year, goal and tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from perf_excel.forms.text import Folded
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.lines import Columns, Lines, beside, text_at, value_place
from perf_excel.sheets.grid import Label, Place

_YEAR_OR_BLANK = re.compile(r"((?:20\d\d)?)年?度?")
_GOALS = (("expected", labels.EXPECTED), ("achieved", labels.ACHIEVED))
_OF_YEAR = re.compile("(?:20..)?年度(?:总体|绩效)?目标")
_YEAR_ALONE = re.compile(r"([(（【\[]?\s{0,30})((?:20\d\d)?)(\s{0,30}年度?\s{0,30}[)）】\]]?)")


@dataclass(frozen=True, slots=True)
class Block:
    """A table within the form: its header's last row, its columns, and its rows."""

    header: int
    columns: Columns
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Goals:
    """The places of the expected and of the achieved goals, one or several, and of their labels."""

    expected: tuple[Place, ...]
    achieved: tuple[Place, ...] = ()
    claimed: frozenset[Place] = field(default_factory=frozenset[Place])


def find_goal(lines: Lines, top: int, header: int, between: Iterable[int] = ()) -> Goals | None:
    """The goals: under the row that heads both, beside two labels, or beside one that heads neither.

    Args:
        lines: the sheet's.
        top: the form's first row.
        header: the first row of the head of its indicators.
        between: rows among the indicators that are none: the year's goal may stand above its own.
    """
    for find in (_headed_goal, _paired_goal):
        if goals := find(lines, top, header):
            return goals
    return _plain_goal(lines, (*range(top, header), *between))


def _headed_goal(lines: Lines, top: int, header: int) -> Goals | None:
    for row in range(top, header):
        heads = _goal_heads(lines, row)
        if not heads:
            continue
        bottom = _side_bottom(lines, row, heads[0].left)
        below = max(lines.grid.area(row, head.left).bottom for head in heads) + 1
        rows = [one for one in range(below, max(below, bottom) + 1) if one < header] or [below]
        claimed = frozenset(
            (one, label.left) for one in range(row, rows[-1] + 1) for label in lines.labels(one)
        )
        places = (
            dict.fromkeys(value_place(lines.grid, one, (head.left, head.left)) for one in rows)
            for head in heads
        )
        expected, achieved, *_ = (*(_filled(lines, found) for found in places), ())
        return Goals(expected, achieved, claimed)
    return None


def _goal_heads(lines: Lines, row: int) -> list[Label]:
    """The heads of the expected and achieved goal in a row, with nothing between them."""
    found = lines.labels(row)
    for index, label in enumerate(found):
        if labels.ACHIEVED.fullmatch(label.text) and index:
            expected = found[index - 1]
            own = lines.grid.area(row, expected.left).top == row
            if (
                own
                and (labels.EXPECTED.fullmatch(expected.text) or expected.text in ("目标", "绩效目标"))
                and not _has_value_beside(lines, row, index - 1)
            ):
                return [expected, label]
    # 实施期目标 and 年度目标 side by side, over their texts.
    longer = [one for one in found if labels.GOAL_LONGER.fullmatch(one.text)]
    of_year = [one for one in found if _OF_YEAR.fullmatch(one.text)] if longer else []
    if of_year and any(one.right + 1 == of_year[0].left for one in longer):
        return [of_year[0]] if not text_at(lines.grid, row, of_year[0].right + 1) else []
    return []


def _has_value_beside(lines: Lines, row: int, index: int) -> bool:
    """Whether a blank cell for the goal stands between two labels, rather than below them."""
    label, follows = lines.labels(row)[index : index + 2]
    own_text_below = text_at(lines.grid, lines.grid.area(row, label.left).bottom + 1, label.left)
    return (
        follows.left > label.right + 1
        and lines.grid.area(row, label.right + 1).right > label.right + 1
        and (not own_text_below)
    )


def _side_bottom(lines: Lines, row: int, left: int) -> int:
    """The last row of the side label to the left of a head, or the row where there is none."""
    areas = [lines.grid.area(row, label.left) for label in lines.labels(row) if label.right < left]
    return max((area.bottom for area in areas), default=row)


def _filled(lines: Lines, places: dict[Place, None]) -> tuple[Place, ...]:
    """The places that hold something, or the first."""
    return tuple(place for place in places if text_at(lines.grid, *place)) or tuple(places)[:1]


def _paired_goal(lines: Lines, top: int, header: int) -> Goals | None:
    """Two labels with a text beside each: in one row, or one below the other."""
    found: dict[str, tuple[int, Label, Place]] = {}
    for row in range(top, header):
        for index, label in enumerate(lines.labels(row)):
            names = [name for name, spelling in _GOALS if spelling.fullmatch(label.text)]
            if not names or lines.grid.area(row, label.left).top != row:
                continue
            place = beside(lines, row, index)
            other = text_at(lines.grid, *place) if place else ""
            if place and not (labels.EXPECTED.fullmatch(other) or labels.ACHIEVED.fullmatch(other)):
                for name in names:
                    found.setdefault(name, (row, label, place))
    if found.keys() < {"expected", "achieved"}:
        return None
    claimed = {(row, label.left) for row, label, _ in found.values()} | {
        place for *_, place in found.values()
    }
    return Goals((found["expected"][2],), (found["achieved"][2],), frozenset(claimed))


def _plain_goal(lines: Lines, rows: Iterable[int]) -> Goals | None:
    """One label with the goal beside it, or several that are numbered."""
    found: list[tuple[Label, Place]] = []
    longer: list[tuple[Label, Place]] = []
    for row in rows:
        for index, label in enumerate(lines.labels(row)):
            if "目标" not in label.text or lines.grid.area(row, label.left).top != row:
                continue
            place = beside(lines, row, index)
            if not place or _is_block_head(lines, row, index):
                continue
            if labels.GOAL_NUMBERED.fullmatch(label.text):
                found.append((label, place))
            elif labels.GOAL_LONGER.fullmatch(label.text):
                longer.append((label, place))
            elif labels.GOAL.fullmatch(label.text) and not found:
                found.append((label, place))
    kept = found or longer[:1]
    if not kept:
        return None
    if not labels.GOAL_NUMBERED.fullmatch(kept[0][0].text):
        kept = kept[:1]
    claimed = frozenset(place for label, value in kept for place in ((value[0], label.left), value))
    return Goals(tuple(place for _, place in kept), (), claimed)


def _is_block_head(lines: Lines, row: int, index: int) -> bool:
    """Whether a label has others beside it, which head a block, rather than a text."""
    follows = lines.labels(row)[index + 1 :]
    heads = (labels.EXPECTED, labels.ACHIEVED, labels.TASK_NAME, labels.TASK_CONTENT, labels.GOAL_NUMBERED)
    return any(head.fullmatch(one.text) for one in follows[:2] for head in heads) or len(follows) > 2


def find_tasks(lines: Lines, top: int, header: int) -> Block | None:
    """The task block (年度主要任务): its rows down to the next side label, or rows numbered 任务1 …."""
    for row in range(top, header):
        columns: dict[str, tuple[int, int]] = {}
        for left, right, text in lines.labels(row):
            for role, spelling in (
                ("name", labels.TASK_NAME),
                ("content", labels.TASK_CONTENT),
                ("achieved", labels.ACHIEVED),
            ):
                if spelling.fullmatch(text):
                    columns.setdefault(role, (left, right))
        if "name" in columns and len(columns) > 1:
            bottom = max(lines.grid.area(row, left).bottom for left, _ in columns.values())
            return Block(bottom, columns, tuple(_task_rows(lines, bottom, header, columns)))
    return _numbered_tasks(lines, top, header)


def _task_rows(lines: Lines, row: int, header: int, columns: Columns) -> Iterator[int]:
    first = columns["name"][0]
    second = min(span[0] for role, span in columns.items() if role != "name")
    for below in range(row + 1, header):
        if lines.grid.area(below, first).right >= second > first:
            return
        if any(_is_block_label(lines, below, column) for column in range(1, first)):
            return
        yield below


def _numbered_tasks(lines: Lines, top: int, header: int) -> Block | None:
    rows: list[int] = []
    columns: Columns = {}
    for row in range(top, header):
        for index, label in enumerate(lines.labels(row)):
            place = beside(lines, row, index)
            if labels.TASK_NUMBERED.fullmatch(label.text) and place:
                columns = columns or {
                    "name": (label.left, label.right),
                    "content": (place[1], lines.grid.area(*place).right),
                }
                rows.append(row)
                break
    return Block(rows[0], columns, tuple(rows)) if rows else None


def tasks_claim(lines: Lines, block: Block) -> frozenset[Place]:
    """The places of the texts that belong to the tasks."""
    top = min(lines.grid.area(block.header, left).top for left, _ in block.columns.values())
    heads = range(top, block.header + 1)
    return frozenset((row, label.left) for row in (*heads, *block.rows) for label in lines.labels(row))


def _is_block_label(lines: Lines, row: int, column: int) -> bool:
    """Whether a new side label begins at a row."""
    return lines.grid.area(row, column).top == row and bool(text_at(lines.grid, row, column))


def find_title(lines: Lines, top: int, header: int) -> tuple[int, str]:
    """The form's title: the first text that calls itself a form (…表)."""
    filled = (row for row in range(top, header) if lines.labels(row))
    for row in islice(filled, 15):
        for _, _, text in lines.labels(row):
            if labels.TITLE.fullmatch(text) and "填" not in text[:1]:
                return row, text
    return top, ""


def find_year(lines: Lines, rows: range) -> tuple[Place, str, str] | None:
    """The place where the year stands alone, and what frames it there: （2022年度）, or 年度 | 2022."""
    for row in rows:
        for index, label in enumerate(lines.labels(row)):
            shown = Folded(text_at(lines.grid, row, label.left))
            found = _YEAR_ALONE.fullmatch(shown.text)
            if found and (found[2] or found[1].strip()):
                before, _, behind = shown.cut(*found.span(2))
                return (row, label.left), before, behind
            place = beside(lines, row, index) if labels.YEAR_NAMES.fullmatch(label.text) else None
            # Where a blank cell and the next label follow, the blank one is the year's.
            for one in (place, (row, label.right + 1)) if place else ():
                shown = Folded(text_at(lines.grid, *one))
                if found := _YEAR_OR_BLANK.fullmatch(shown.text):
                    return one, "", shown.cut(*found.span(1))[2]
    return None
