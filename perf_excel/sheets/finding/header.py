"""The head of an indicator block (表头): its rows, and which column each label names.

A head has one row, or several: merged down, with groups over them (指标值: 目标值 and 完成值), or cut into
two rows without any merged cell. What a label under a group means, it may only mean together with the group:
自评 under 得分 is 自评得分, 调整后 under 指标值 is 调整后指标值.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from perf_excel.errors import UserError
from perf_excel.forms.text import plain
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.labels import Role, role_of
from perf_excel.sheets.finding.lines import Columns, Label, Lines, text_at

_LEVELS = frozenset({"level1", "level2", "level3"})
_VALUES = frozenset({"target", "actual", "weight", "score"})
_LONGEST_LABEL = 30
_MOST_LABELS = 40
"""No form has more columns; a longer row is something else."""
_TALLEST = 3
"""A label merged over more rows stands beside a block, not over a column."""
_NUMBER = re.compile(r"\d")
_NUMBERED = ("nature", "cause")
"""Roles that several columns have, each counted: nature1, nature2."""
_AIMED = re.compile("目标(?:完成|实现|达成|达到)值")
_ADJUSTED = re.compile("[(（].{0,40}(?:调整|变更)")


class Head(NamedTuple):
    """The head of an indicator block: its first and last row, and the columns that it names."""

    top: int
    bottom: int
    columns: Columns
    named: bool = True
    """Whether it names its indicators in words that nothing else is called by (not 任务名称, 评价内容)."""


class _Named(NamedTuple):
    """A label, the column role it names (empty: none), and what it shows, brackets too, behind its group."""

    role: str
    label: Label
    words: str


MAX_FORMS = 300
"""A sheet or workbook never holds more; beyond this it is made of heads."""


class TooManyFormsError(UserError):
    """A sheet with more forms, or heads of forms, than any has."""

    def __init__(self, sheet: str = "", name: str = "") -> None:
        """Take the name of the sheet, if it is one sheet's, and of the file where that is known."""
        self._sheet = sheet
        where = f"工作表“{sheet}”" if sheet else "工作簿"
        super().__init__(
            f"{name}：{where}里的绩效表（指标表头）超过 {MAX_FORMS} 张，请分成几个工作簿后重试。".lstrip("：")
        )

    def of(self, name: str) -> TooManyFormsError:
        """Return the error with the name of the file."""
        return TooManyFormsError(self._sheet, name)


class Heads:
    """The heads on a sheet, each row looked at once."""

    def __init__(self, lines: Lines, roles: tuple[Role, ...]) -> None:
        self._lines, self._roles = lines, roles
        self._found: dict[int, Head | None] = {}

    def at(self, row: int) -> Head | None:
        """Return the head that begins at a row, if one does."""
        if row not in self._found:
            self._found[row] = _head_at(self._lines, row, self._roles)
        return self._found[row]

    def all(self) -> Iterator[Head]:
        """Yield the heads of indicator blocks; those of tasks or contents only where there is no other."""
        heads = list(islice(self._downwards(), MAX_FORMS + 1))
        if len(heads) > MAX_FORMS:
            raise TooManyFormsError(self._lines.grid.sheet)
        named = any(head.named for head in heads)
        yield from (head for head in heads if head.named or not named)

    def _downwards(self) -> Iterator[Head]:
        row = 1
        while row <= self._lines.grid.bottom:
            if head := self.at(row):
                yield head
                row = head.bottom
            row += 1


def _head_at(lines: Lines, row: int, roles: tuple[Role, ...]) -> Head | None:
    if len(lines.labels(row)) > _MOST_LABELS:
        return None
    first = _named(lines, row, row, roles)
    if not any(one.role for one in first):
        return None
    bottom = row
    columns = _columns(first)
    if not _is_head(columns):
        # Half of the labels may stand in the next row: the levels under 绩效指标, the values under 完成情况.
        if not _goes_on(lines, row, row, roles) or _is_head(_columns(_named(lines, row + 1, row + 1, roles))):
            return None
        bottom = row + 1
        columns = _columns(_named(lines, row, bottom, roles))
        if not _is_head(columns):
            return None
    while bottom < lines.grid.bottom and (
        _reaches_down(lines, row, bottom, columns) or _goes_on(lines, row, bottom, roles)
    ):
        bottom += 1
        columns = _columns(_named(lines, row, bottom, roles))
    said = {one.role for one in _named(lines, row, bottom, roles)}
    named = "level3" in said or {"level1", "level2"} <= said
    return Head(row, bottom, columns, named)


def _is_head(columns: Columns) -> bool:
    named, valued = _LEVELS & columns.keys(), _VALUES & columns.keys()
    return ("level3" in named or len(named) == 2) and len(valued) >= 1 and len(named) + len(valued) >= 3


def _own(lines: Lines, row: int) -> list[Label]:
    """The labels that begin in a row, as wide as they are."""
    areas = ((label, lines.grid.area(row, label.left)) for label in lines.labels(row))
    return [label for label, area in areas if area.top == row and area.bottom - row < _TALLEST]


def _goes_on(lines: Lines, top: int, bottom: int, roles: tuple[Role, ...]) -> bool:
    """Whether the row below a head holds nothing but further labels of it."""
    own = _own(lines, bottom + 1)
    if not own or any(_NUMBER.search(label.text) for label in own):
        return False
    above = {one.role for one in _named(lines, top, bottom, roles)}
    below = [one for one in _named(lines, top, bottom + 1, roles) if one.label in own]
    if any(one.role in _LEVELS & above or one.role in ("task", "remark") for one in below):
        return False
    known = [one for one in below if one.role]
    grouped = {group for one in known if (group := _group(lines, top, bottom, one.label))}
    strange = (one for one in below if not one.role)
    return bool(known) and all(_group(lines, top, bottom, one.label) in grouped for one in strange)


def _reaches_down(lines: Lines, top: int, bottom: int, columns: Columns) -> bool:
    """Whether a label that names a column reaches into the row below."""
    starts = {left for left, _ in columns.values()}
    return any(
        lines.grid.area(row, label.left).bottom > bottom
        for row in range(top, bottom + 1)
        for label in _own(lines, row)
        if label.left in starts
    )


def _named(lines: Lines, top: int, bottom: int, roles: tuple[Role, ...]) -> list[_Named]:
    """The labels of a head and what they name; a group whose parts name columns names none itself."""
    found: list[_Named] = []
    for row in range(top, bottom + 1):
        for label in _own(lines, row):
            if len(label.text) > _LONGEST_LABEL:
                continue
            group = _group(lines, top, row - 1, label)
            role = _meaning(label.text, group.text if group else "", roles)
            shown = plain(text_at(lines.grid, row, label.left))
            if role == "target" and _ADJUSTED.search(shown):
                role = "adjusted"
            if role == "actual" and labels.SO_FAR_BEHIND.search(shown):
                role = "progress"
            if role and group:
                found = [_Named("", *one[1:]) if one.label == group else one for one in found]
            found.append(_Named(role, label, (group.text if group else "") + shown))
    return found


def _meaning(text: str, group: str, roles: tuple[Role, ...]) -> str:
    """The role of a label, by itself or with the words of its group (empty: none)."""
    alone, above = role_of(text, roles) or "", role_of(group, roles) if group else None
    # 单位 under 得分 is whose score it is; anywhere else it is the unit of measure.
    if not above or (alone and not (above == "score" and alone == "unit")):
        return alone
    return role_of(text + group, roles) or role_of(group + text, roles) or alone


def _group(lines: Lines, top: int, bottom: int, label: Label) -> Label | None:
    """The nearest label above that a label stands under: merged over it, or blank cells to its right."""
    for row in range(bottom, top - 1, -1):
        above = [one for one in _own(lines, row) if one.left <= label.left]
        if above and not _between(lines, row, above[-1], label):
            return above[-1]
    return None


def _between(lines: Lines, row: int, group: Label, label: Label) -> bool:
    """Whether a label is beyond what a label above it covers."""
    if group.right > group.left or lines.grid.area(row, group.left).bottom > row:
        return label.right > group.right
    return any(group.left < one.left <= label.left for one in lines.labels(row))


def _columns(found: list[_Named]) -> dict[str, tuple[int, int]]:
    """Return the column of each role: its only label, or the one that is preferred."""
    found = _foreseen(_aimed_at(found))
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
            columns[f"{role}{number}"] = (one.label.left, one.label.right)
    reasons = ((one.label.left, one.label.right) for one in found if one.role == "reason")
    for number, span in enumerate((span for span in reasons if span != columns["reason"]), 2):
        columns[f"reason{number}"] = span
    return _settled(_typed(columns, found))


def _typed(columns: dict[str, tuple[int, int]], found: list[_Named]) -> dict[str, tuple[int, int]]:
    """A type (绩效类型) left of 指标类别 is the first level, and the category the second."""
    first, changed = columns.get("level1"), dict(columns)
    labels_of = {(one.label.left, one.label.right): one.label.text for one in found}
    types = [role for role, span in columns.items() if role[:6] == "nature" and "类型" in labels_of[span]]
    if first and "level2" not in columns and not labels_of[first].startswith("一级"):
        for role in types:
            if columns[role][1] + 1 == first[0]:
                changed["level1"], changed["level2"] = changed.pop(role), first
    return changed


def _aimed_at(found: list[_Named]) -> list[_Named]:
    """Beside another actual value and no target, 目标完成值 is what was aimed at."""
    actual = [one for one in found if one.role == "actual"]
    either = [one for one in actual if _AIMED.match(one.label.text)]
    if not either or len(actual) == len(either) or any(one.role == "target" for one in found):
        return found
    return [one._replace(role="target") if one is either[0] else one for one in found]


def _foreseen(found: list[_Named]) -> list[_Named]:
    """Beside what was done so far and another target, 预计完成值 is what is expected of the year."""
    roles, aims = {one.role for one in found}, [one for one in found if one.role == "target"]
    either = [one for one in aims if one.label.text.startswith("预计")]
    if "progress" not in roles or "expected" in roles or not either or len(either) == len(aims):
        return found
    return [one._replace(role="expected") if one is either[0] else one for one in found]


def _span(role: str, candidates: list[_Named]) -> tuple[int, int]:
    for spelling in labels.PREFERRED.get(role, ()):
        candidates = [one for one in candidates if re.search(spelling, one.words)] or candidates
    label = candidates[-1 if role == "name" else 0].label  # a block's own label may stand left of the names
    return label.left, label.right


def _settled(columns: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Give the roles that depend on others: what names the indicator, the only score, the only reason."""
    name, task = columns.pop("name", None), columns.pop("task", None)
    if "level3" not in columns:
        right = max((columns[level][1] for level in _LEVELS & columns.keys()), default=0)
        scored = {"score"} <= columns.keys() and len(_VALUES & columns.keys()) > 1
        if name and name[0] > right and (right or len(_VALUES & columns.keys()) > 1):
            columns["level3"] = name
        elif task and task[0] > right and scored:
            columns["level3"] = task
    if "adjusted" in columns and "target" not in columns:
        columns["target"] = columns.pop("adjusted")
    if "raw" in columns and "score" not in columns:
        columns["score"] = columns.pop("raw")
    if "expected" in columns and not {"target", "progress"} & columns.keys():
        columns["target"] = columns.pop("expected")
    if "progress" in columns and "score" in columns and not {"actual", "expected"} & columns.keys():
        columns["actual"] = columns.pop("progress")  # scored halfway through the year
    if {"progress", "expected"} & columns.keys() and "actual" not in columns:
        return columns  # a monitoring form has reasons and remarks
    remark = columns.pop("remark", None)
    if remark and "reason" not in columns and columns.keys() & {"actual", "score"}:
        columns["reason"] = remark
    return columns
