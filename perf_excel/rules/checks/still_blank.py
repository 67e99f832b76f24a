"""Parts of a form around its values that were left blank (空着的栏), for V9: unit, year, results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.findings import Problem

STILL = "尚未填写，请补填"
"""How a finding ends that many rows may have in common."""


def blank_parts(form: Form) -> Iterator[Problem]:
    """Yield what still waits for something once the form has been begun: a new one lacks everything."""
    if not _is_begun(form):
        return
    for spot, label, what in (
        (Spot("head", 0, "unit"), "单位名称", "单位名称"),
        (Spot("head", 0, "year"), "年度", "年度"),
        (Spot("goal", 0, "achieved"), "年度目标", "年度目标的完成情况"),
    ):
        if spot in form.blanks:
            yield Problem(spot, label, f"{what}{STILL}", what, None, "warning")
    tasks = [spot for spot in sorted(form.blanks) if spot.part == "task"]
    yield from _of_rows(tasks, [form.tasks[spot.row].name for spot in tasks], "项任务", "完成情况")
    units = [spot for spot in sorted(form.blanks) if spot.part == "indicator"]
    for spots, what in ((units, "计量单位"), (list(_without_second_level(form)), "二级指标")):
        yield from _of_rows(spots, [form.indicators[spot.row].name for spot in spots], "个指标", what)


def _without_second_level(form: Form) -> Iterator[Spot]:
    """Indicators without a second level where others of the same first level have one."""
    divided = {plain(row.level1) for row in form.indicators if row.level2}
    for index, row in enumerate(form.indicators):
        if row.level3 and not row.level2 and not row.given and plain(row.level1) in divided:
            yield Spot("indicator", index, "level2")


def _is_begun(form: Form) -> bool:
    """Whether a result was typed; in a form that has no place for one (申报表), a target."""
    columns = form.columns
    fields = [field for field in ("actual", "progress") if field in columns] or ["target"]
    return any(getattr(row, field).kind != "empty" for row in form.indicators for field in fields)


def _of_rows(spots: Sequence[Spot], names: Sequence[str], counted: str, what: str) -> Iterator[Problem]:
    """Say once what several rows lack."""
    if len(spots) == 1:
        yield Problem(spots[0], names[0], f"{what}{STILL}", what, None, "warning")
    elif spots:
        first, *others = spots
        message = f"{len(spots)} {counted}的{what}{STILL}"
        yield Problem(first, f"各{counted[1:]}", message, what, None, "warning", tuple(others))
