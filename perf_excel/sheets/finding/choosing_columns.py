"""Which of several labels of a head names a column (表头取舍): this year's, the row's own, the likeliest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from perf_excel.sheets.finding.column_words import PREFERRED
from perf_excel.sheets.finding.lines import Columns
from perf_excel.sheets.grid import Label

LEVELS = frozenset({"level1", "level2", "level3", "level4"})
VALUES = frozenset({"target", "actual", "weight", "score"})
BESIDE = "beside_"
"""What the roles of a second table in the same rows begin with."""
_NUMBERED = ("nature", "cause")
"""Roles that several columns have, each counted: nature1, nature2."""
_AIMED = re.compile("目标(?:完成|实现|达成|达到)值")
_YEARS = re.compile(r"20\d\d")
_GOAL = re.compile("目标(?:任务|内容)?$")
_BLOCK = re.compile("指标完成情况$")


class Named(NamedTuple):
    """A label, the column role it names (empty: none), and what it shows, brackets too, behind its group."""

    role: str
    label: Label
    words: str

    @property
    def span(self) -> tuple[int, int]:
        """Its columns."""
        return self.label.left, self.label.right


def columns_of(found: list[Named], year: Callable[[], int | None]) -> dict[str, tuple[int, int]]:
    """Return the column of each role: its only label, or the one that is preferred.

    Args:
        found: the labels of a head.
        year: gives the form's year, asked where a label names one.
    """
    found, second = _side_by_side(found)
    found = _foreseen(_aimed_at(_beside_levels(_of_this_year(_kinds(found), year))))
    roles = dict.fromkeys(one.role for one in found if one.role and one.role not in _NUMBERED)
    columns = {role: _span(role, [one for one in found if one.role == role]) for role in roles}
    if "weight" in columns and "level3" in columns:
        # Where every level has a weight beside it, the row's own is that of the third.
        third = columns["level3"][1]
        beyond = [one for one in found if one.role == "weight" and one.label.left > third]
        if columns["weight"][0] < third and beyond:
            columns["weight"] = _span("weight", beyond)
    for role in _NUMBERED:
        for number, one in enumerate((one for one in found if one.role == role), 1):
            columns[f"{role}{number}"] = one.span
    for role in ("reason", "score", "audited", "earlier"):
        spans = (one.span for one in found if one.role == role)
        for number, span in enumerate((span for span in spans if span != columns[role]), 2):
            columns[f"{role}{number}"] = span
    beside = {f"{BESIDE}{role}": span for role, span in columns_of(second, year).items()} if second else {}
    return _settled(_typed(columns, found)) | beside


def _side_by_side(found: list[Named]) -> tuple[list[Named], list[Named]]:
    """Divide two tables in the same rows, each with names and targets: 实施期 left of 年度."""
    targets = [one.label.left for one in found if one.role == "target"]
    names = [one.label.left for one in found if one.role == "level3"]
    if len(targets) < 2 or len(names) < 2 or names[0] > min(targets):
        return found, []
    start = min(
        (one.label.left for one in found if one.role in LEVELS and one.label.left > min(targets)), default=0
    )
    second = [one for one in found if one.label.left >= start]
    whole = start and {"level3", "target"} <= {one.role for one in second}
    return ([one for one in found if one.label.left < start], second) if whole else (found, [])


def _kinds(found: list[Named]) -> list[Named]:
    """Right before the second level, or 指标内容 without other levels, 指标 is the first, and no name."""
    roles = {one.role for one in found}
    if "level1" in roles:
        return found
    under = "level2" if "level2" in roles else "level3"
    starts_at = {one.label.left for one in found if one.role == under}
    return [
        one._replace(role="level1") if one.label.text == "指标" and one.label.right + 1 in starts_at else one
        for one in found
    ]


def _beside_levels(found: list[Named]) -> list[Named]:
    """What stands left of the levels heads no values where others to the right do.

    It is a goal, or the block's own name (年度绩效指标完成情况).
    """
    levels = [one.label.left for one in found if one.role in LEVELS]
    if not levels:
        return found
    beyond = {one.role for one in found if one.label.left > min(levels)}
    return [
        one._replace(role="goal" if one.role == "target" and _GOAL.search(one.label.text) else "")
        if one.label.left < min(levels)
        and (one.role in VALUES & beyond - {"weight"} or _BLOCK.search(one.label.text))
        else one
        for one in found
    ]


def _of_this_year(found: list[Named], year: Callable[[], int | None]) -> list[Named]:
    """Of what was reached in several years, or before the year aimed at, only the last is this form's."""
    years = {one: int(text) for one in found if one.role in VALUES and (text := _year(one.words))}
    if not years:
        return found
    own = year() or 0
    # A target for the year to come may stand beside this year's actual value.
    ours = own in {one for named, one in years.items() if named.role == "actual"}
    last = own if ours else max(*years.values(), own)
    return [
        one._replace(role="earlier") if years.get(one, last) != last and _is_outdone(one, found) else one
        for one in found
    ]


def _year(words: str) -> str:
    years = set(_YEARS.findall(words))
    return years.pop() if len(years) == 1 else ""


def _is_outdone(one: Named, found: list[Named]) -> bool:
    """Whether a value of an earlier year has another beside it: of its own kind, or a later year's target."""
    return any(other is not one and other.role in {one.role, "target"} for other in found)


def _typed(columns: dict[str, tuple[int, int]], found: list[Named]) -> dict[str, tuple[int, int]]:
    """A type (绩效类型) left of 指标类别 is the first level, and the category the second."""
    first, changed = columns.get("level1"), dict(columns)
    labels_of = {one.span: one.label.text for one in found}
    types = [role for role, span in columns.items() if role[:6] == "nature" and "类型" in labels_of[span]]
    if first and "level2" not in columns and not labels_of[first].startswith("一级"):
        for role in types:
            if columns[role][1] + 1 == first[0]:
                changed["level1"], changed["level2"] = changed.pop(role), first
    return changed


def _aimed_at(found: list[Named]) -> list[Named]:
    """Beside another actual value and no target, 目标完成值 is what was aimed at."""
    actual = [one for one in found if one.role == "actual"]
    either = [one for one in actual if _AIMED.match(one.label.text)]
    if not either or len(actual) == len(either) or any(one.role == "target" for one in found):
        return found
    return [one._replace(role="target") if one is either[0] else one for one in found]


def _foreseen(found: list[Named]) -> list[Named]:
    """Beside what was done so far and another target, 预计完成值 is what is expected of the year."""
    roles, aims = {one.role for one in found}, [one for one in found if one.role == "target"]
    either = [one for one in aims if one.label.text.startswith("预计")]
    if "progress" not in roles or "expected" in roles or not either or len(either) == len(aims):
        return found
    return [one._replace(role="expected") if one is either[0] else one for one in found]


def _span(role: str, candidates: list[Named]) -> tuple[int, int]:
    for spelling in PREFERRED.get(role, ()):
        candidates = [one for one in candidates if re.search(spelling, one.words)] or candidates
    return candidates[-1 if role == "name" else 0].span  # a block's own label may stand left of the names


def _settled(columns: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Give the roles that depend on others: what names the indicator, the only score, the only reason."""
    name, task = columns.pop("name", None), columns.pop("task", None)
    levels = [columns[level][0] for level in LEVELS & columns.keys()]
    if "project" in columns and (not levels or columns["project"][1] >= min(levels)):
        del columns["project"]
    if "level4" in columns:
        columns |= dict(_of_four(columns))
    _named_by(columns, name, task)
    for role, instead in (("adjusted", "target"), ("raw", "score")):
        if role in columns and instead not in columns:
            columns[instead] = columns.pop(role)
    _settle_monitored(columns)
    if {"progress", "expected"} & columns.keys() and "actual" not in columns:
        return columns  # a monitoring form has reasons and remarks
    remark = columns.pop("remark", None)
    if remark and "reason" not in columns and columns.keys() & {"actual", "score"}:
        columns["reason"] = remark
    return columns


def _settle_monitored(columns: dict[str, tuple[int, int]]) -> None:
    """Give what was foreseen or done so far the roles of target and actual where the form has no others."""
    if "expected" in columns and not {"target", "progress"} & columns.keys():
        columns["target"] = columns.pop("expected")
    if "progress" in columns and "score" in columns and not {"actual", "expected"} & columns.keys():
        columns["actual"] = columns.pop("progress")  # scored halfway through the year


def _named_by(
    columns: dict[str, tuple[int, int]], name: tuple[int, int] | None, task: tuple[int, int] | None
) -> None:
    """Let a column of names (指标) or tasks be that of the indicators, where there is no third level."""
    if "level3" in columns:
        return
    right = max((columns[level][1] for level in LEVELS & columns.keys()), default=0)
    valued = len(VALUES & columns.keys()) > 1
    if name and name[0] > right and (right or valued):
        columns["level3"] = name
    elif task and task[0] > right and valued and "score" in columns:
        columns["level3"] = task


def _of_four(columns: dict[str, tuple[int, int]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Of four levels the last names the indicator, and the third is one above it."""
    fourth = columns.pop("level4")
    if "level3" in columns:
        yield "above", columns["level3"]
    yield "level3", fourth


def starts(columns: Columns) -> set[int]:
    """The first columns of what a head names."""
    return {left for left, _ in columns.values()}
