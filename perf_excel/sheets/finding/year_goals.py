"""The goal of the year (年度目标), and what was achieved of it: where a form says them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from perf_excel.forms.text import Folded, plain
from perf_excel.sheets.finding.around_words import (
    ACHIEVED,
    EXPECTED,
    GOAL,
    GOAL_ADJUSTED,
    GOAL_INSIDE,
    GOAL_LONGER,
    GOAL_NUMBERED,
    LABELISH,
    TASK_CONTENT,
    TASK_NAME,
)
from perf_excel.sheets.finding.labels import bare, unnumbered
from perf_excel.sheets.finding.lines import Lines, beside, text_at, value_place
from perf_excel.sheets.grid import Label, Place

_GOALS = (("expected", EXPECTED), ("achieved", ACHIEVED))
_PAIRED = (*_GOALS, ("changed", GOAL_ADJUSTED), ("plain", GOAL))
_OF_YEAR = re.compile("(?:20..)?年度(?:总体|绩效)?目标")
_SHORTEST = 4
"""A shorter text says nothing of what was achieved."""
_NAMED_INSIDE = re.compile(r"(?:^|(?<=[\n。;；]))\s{0,30}(?P<name>[^\s:：。;；]{2,12})[:：]\s{0,30}")


@dataclass(frozen=True, slots=True)
class Goals:
    """The places of the expected and of the achieved goals, one or several, and of their labels."""

    expected: tuple[Place, ...]
    achieved: tuple[Place, ...] = ()
    claimed: frozenset[Place] = field(default_factory=frozenset[Place])
    frames: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """What stands before and behind a goal that shares its label's cell (年初设定：…), by its name."""


def find_goal(lines: Lines, top: int, header: int, between: Iterable[int] = ()) -> Goals | None:
    """The goals: under the row that heads both, beside two labels, or beside one that heads neither.

    Args:
        lines: the sheet's.
        top: the form's first row.
        header: the first row of the head of its indicators.
        between: rows among the indicators that are none: the year's goal may stand above its own.
    """
    for find in (_goal_inside, _headed_goal, _paired_goal):
        if goals := find(lines, top, header):
            return goals
    return _plain_goal(lines, (*range(top, header), *between))


def _goal_inside(lines: Lines, top: int, header: int) -> Goals | None:
    """Two goals, each in one cell with what it is called (年初设定：… | 完成情况：…)."""
    for row in range(top, header):
        found: dict[str, tuple[Place, tuple[str, str]]] = {}
        for label in lines.labels(row):
            place = (row, label.left)
            if ":" in label.text and lines.grid.area(*place).top == row:
                for name, frame in _named_inside(text_at(lines.grid, *place)):
                    found.setdefault(name, (place, frame))
        if len(found) == len(_GOALS):
            claimed = frozenset((row, label.left) for label in lines.labels(row))
            frames = {name: frame for name, (_, frame) in found.items()}
            return Goals((found["expected"][0],), (found["achieved"][0],), claimed, frames)
    return None


def _named_inside(raw: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """What a cell calls the goals that it holds, and what stands before and behind each."""
    shown = Folded(raw)
    found = [one for one in _NAMED_INSIDE.finditer(shown.text) if _goal_called(one["name"])]
    ends = [*(one.start() for one in found[1:]), len(shown.text)]
    for one, end in zip(found, ends, strict=True) if found else ():
        start, text = one.end(), shown.text[one.end() : end].rstrip()
        if text:
            before, _, behind = shown.cut(start, start + len(text))
            yield _goal_called(one["name"]), (before, behind)


def _goal_called(name: str) -> str:
    text = bare(name)
    if ACHIEVED.fullmatch(text):
        return "achieved"
    named = EXPECTED.fullmatch(text) or GOAL_INSIDE.fullmatch(text)
    return "expected" if named else ""


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
        expected, *more = (_filled(lines, found) for found in places)
        achieved = more.pop() if more else ()
        # As it was changed within the year, the goal goes before what it was at first.
        changed = [found for found in more if any(text_at(lines.grid, *place) for place in found)]
        return Goals((changed or [expected])[-1], achieved, claimed)
    return None


def _goal_heads(lines: Lines, row: int) -> list[Label]:
    """The heads of the expected and achieved goal in a row, with at most the changed one between them."""
    found = lines.labels(row)
    for index, label in enumerate(found):
        if ACHIEVED.fullmatch(unnumbered(label.text)) and index:
            changed = [one for one in found[1:index][-1:] if index > 1 and _is_changed(lines, row, one)]
            at = index - len(changed) - 1
            expected = found[at]
            own = lines.grid.area(row, expected.left).top == row
            if (
                own
                and (EXPECTED.fullmatch(unnumbered(expected.text)) or expected.text in ("目标", "绩效目标"))
                and not _has_value_beside(lines, row, at)
            ):
                return [expected, *changed, label]
    # 实施期目标 and 年度目标 side by side, over their texts.
    longer = [one for one in found if GOAL_LONGER.fullmatch(one.text)]
    of_year = [one for one in found if _OF_YEAR.fullmatch(one.text)] if longer else []
    if of_year and any(one.right + 1 == of_year[0].left for one in longer):
        return [of_year[0]] if not text_at(lines.grid, row, of_year[0].right + 1) else []
    return []


def _is_changed(lines: Lines, row: int, label: Label) -> bool:
    """Whether a label is that of the goal as it was changed: 调整后目标, 全年（调整）绩效目标."""
    shown, name = plain(text_at(lines.grid, row, label.left)), unnumbered(label.text)
    named = GOAL.fullmatch(name) or EXPECTED.fullmatch(name)
    return bool(GOAL_ADJUSTED.fullmatch(name) or (named and "调整" in shown))


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
            said = unnumbered(label.text)
            names = [name for name, spelling in _PAIRED if spelling.fullmatch(said)]
            if not names or lines.grid.area(row, label.left).top != row:
                continue
            place = beside(lines, row, index)
            other = text_at(lines.grid, *place) if place else ""
            if place and not (EXPECTED.fullmatch(other) or ACHIEVED.fullmatch(other)):
                for name in names:
                    found.setdefault(name, (row, label, place))
    achieved = "achieved" in found and text_at(lines.grid, *found["achieved"][2])
    if "expected" not in found and "plain" in found and achieved:
        found["expected"] = found.pop("plain")
    if not {"expected", "achieved"} <= found.keys():
        return None
    found.pop("plain", None)
    claimed = {(row, label.left) for row, label, _ in found.values()} | {
        place for *_, place in found.values()
    }
    rows = {row for row, *_ in found.values()}
    sides = {(lines.grid.area(row, one.left).top, one.left) for row in rows for one in lines.labels(row)[:1]}
    changed = found.get("changed")
    filled = changed and text_at(lines.grid, *changed[2])
    expected = changed if changed and filled else found["expected"]
    return Goals((expected[2],), (found["achieved"][2],), frozenset(claimed | sides))


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
            name = unnumbered(label.text)
            if GOAL_NUMBERED.fullmatch(name):
                found.append((label, place))
            elif GOAL_LONGER.fullmatch(name):
                longer.append((label, place))
            elif GOAL.fullmatch(name) and not found:
                found.append((label, place))
    kept = found or longer[:1]
    if not kept:
        return None
    if not GOAL_NUMBERED.fullmatch(unnumbered(kept[0][0].text)):
        del kept[1:]
    known = [*kept, *(longer if kept is found else ())]
    claimed = {place for label, value in known for place in ((value[0], label.left), value)}
    achieved = _text_behind(lines, kept[0][1]) if len(kept) == 1 else None
    return Goals(
        tuple(place for _, place in kept),
        (achieved,) if achieved else (),
        frozenset(claimed | {achieved} if achieved else claimed),
    )


def _text_behind(lines: Lines, place: Place) -> Place | None:
    """The place of a second text behind a goal, the last of its row: what was achieved of it."""
    behind = (place[0], lines.grid.area(*place).right + 1)
    text, last = text_at(lines.grid, *behind), lines.labels(place[0])[-1]
    alone = text and last.left == behind[1] and text_at(lines.grid, *place)
    prose = len(text) >= _SHORTEST and not _is_label(last.text)
    return behind if alone and prose and lines.grid.anchor(*behind) == behind else None


def _is_label(text: str) -> bool:
    return any(one.fullmatch(text) for one in (EXPECTED, ACHIEVED, GOAL, LABELISH))


def _is_block_head(lines: Lines, row: int, index: int) -> bool:
    """Whether a label has others beside it, which head a block, rather than a text."""
    follows = lines.labels(row)[index + 1 :]
    heads = (
        EXPECTED,
        ACHIEVED,
        TASK_NAME,
        TASK_CONTENT,
        GOAL_NUMBERED,
    )
    return any(head.fullmatch(one.text) for one in follows[:2] for head in heads) or len(follows) > 2
