"""Parts of a form that have a place and nothing in it (空着的栏): unit, year, what was achieved, 计量单位."""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.forms.model import Goal, Indicator, Task
from perf_excel.forms.placeholder import is_placeholder
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import is_blank
from perf_excel.sheets.reading.record import Notes
from perf_excel.sheets.shown_text import printed


def blank_parts(
    notes: Notes, year: int | None, goal: Goal, tasks: tuple[Task, ...], indicators: tuple[Indicator, ...]
) -> Iterator[Spot]:
    """Yield the spots that wait for something.

    A year that was read elsewhere (in the title) is not missing, and nothing was achieved of a goal or a
    task that no one set.

    Args:
        notes: of this reading, with the place of the year.
        year: the form's, as it was read.
        goal: the form's.
        tasks: the form's.
        indicators: the form's.
    """
    expected = [Spot("head", 0, "unit")]
    if year is None:
        expected.append(Spot("head", 0, "year"))
    if goal.expected and not is_placeholder(goal.expected) and not goal.achieved:
        expected.append(Spot("goal", 0, "achieved"))
    expected += [
        Spot("task", index, "achieved")
        for index, task in enumerate(tasks)
        if (task.name or task.content) and not is_placeholder(task.name or task.content)
    ]
    expected += [
        Spot("indicator", index, "unit")
        for index, row in enumerate(indicators)
        if row.target.kind == "number" and not row.target.unit
    ]
    for spot in expected:
        if spot in notes.places and is_blank(printed(notes.own(spot))):
            yield spot
