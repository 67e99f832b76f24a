"""The head of an indicator block (表头): its rows, and which column each label names.

A head has one row, or several: merged down, with groups over them (指标值: 目标值 and 完成值), or cut into
two rows without any merged cell. What a label under a group means, it may only mean together with the group:
自评 under 得分 is 自评得分, 调整后 under 指标值 is 调整后指标值.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import islice
from typing import NamedTuple

from perf_excel.errors import UserError
from perf_excel.forms.text import plain
from perf_excel.sheets.finding.around_words import TITLE
from perf_excel.sheets.finding.choosing_columns import LEVELS, VALUES, Named, columns_of, starts
from perf_excel.sheets.finding.column_words import SO_FAR_BEHIND
from perf_excel.sheets.finding.labels import OF_YEAR, Roles, role_of
from perf_excel.sheets.finding.lines import Columns, Lines, text_at
from perf_excel.sheets.grid import Label

_LONGEST_LABEL = 30
_MOST_LABELS = 40
"""No form has more columns; a longer row is something else."""
_YEAR = re.compile(r"(20\d\d)(?=年度|年?[)）]?$|年.*表)")
_NUMBER = re.compile(r"\d")
_VALUE = re.compile(r"\d[\d,.]*[%分]?")
_ADJUSTED = re.compile("[(（].{0,40}(?:调整|变更)")


class Head(NamedTuple):
    """The head of an indicator block: its first and last row, and the columns that it names."""

    top: int
    bottom: int
    columns: Columns
    named: bool = True
    """Whether it names its indicators in words that nothing else is called by (not 任务名称, 评价内容)."""


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

    def __init__(self, lines: Lines, roles: Roles) -> None:
        self.lines, self._roles = lines, roles
        self._found: dict[int, Head | None] = {}
        self._titled: dict[int, bool] = {}
        self.named = lru_cache(maxsize=16)(self._named)

    def at(self, row: int) -> Head | None:
        """Return the head that begins at a row, if one does."""
        if row not in self._found:
            self._found[row] = _head_at(self, row)
        return self._found[row]

    def titled(self, row: int) -> bool:
        """Whether the title of a form stands in a row."""
        if row not in self._titled:
            self._titled[row] = any(TITLE.fullmatch(label.text) for label in self.lines.labels(row))
        return self._titled[row]

    def all(self) -> Iterator[Head]:
        """Yield the heads of indicator blocks; those of tasks or contents only where there is no other."""
        heads = list(islice(self._downwards(), MAX_FORMS + 1))
        if len(heads) > MAX_FORMS:
            raise TooManyFormsError(self.lines.grid.sheet)
        named = any(head.named for head in heads)
        yield from (head for head in heads if head.named or not named)

    def may_begin(self, row: int) -> bool:
        """Whether a row has any label of a head, and no more labels than a form."""
        found, named = self.lines.labels(row), self._roles.of
        return len(found) <= _MOST_LABELS and any(
            len(text) <= _LONGEST_LABEL and named(text) for _, _, text in found
        )

    def _named(self, top: int, bottom: int) -> list[Named]:
        """The labels of a head and what they name; a group whose parts name columns names none itself."""
        found: list[Named] = []
        for row in range(top, bottom + 1):
            for label in self.lines.own(row):
                if len(label.text) > _LONGEST_LABEL:
                    continue
                group = _group(self.lines, top, row - 1, label)
                role = _meaning(label.text, group.text if group else "", self._roles)
                shown = plain(text_at(self.lines.grid, row, label.left))
                if role == "target" and _ADJUSTED.search(shown):
                    role = "adjusted"
                if role == "actual" and SO_FAR_BEHIND.search(shown):
                    role = "progress"
                if role and group:
                    found = [Named("", *one[1:]) if one.label == group else one for one in found]
                found.append(Named(role, label, (group.text if group else "") + shown))
        return found

    def _downwards(self) -> Iterator[Head]:
        row = 1
        while row <= self.lines.grid.bottom:
            if head := self.at(row):
                yield head
                row = head.bottom
            row += 1


def _head_at(heads: Heads, row: int) -> Head | None:
    if not heads.may_begin(row):
        return None
    lines = heads.lines
    if any(_VALUE.fullmatch(OF_YEAR.sub("", label.text)) for label in lines.own(row)):
        return None  # 分值 | 10: labels with their values beside them head no columns
    first, year = heads.named(row, row), partial(_year_above, lines, row)
    if not any(one.role for one in first):
        return None
    bottom = row
    columns = columns_of(first, year)
    if not _is_head(columns):
        # Half of the labels may stand in the next row: the levels under 绩效指标, the values under 完成情况.
        if not _goes_on(heads, row, row):
            return None
        below = columns_of(heads.named(row + 1, row + 1), year)
        if _is_head(below) and not _heads_over(lines, row, below):
            return None
        bottom = row + 1
        columns = columns_of(heads.named(row, bottom), year)
        if not _is_head(columns):
            return None
    while bottom < lines.grid.bottom and (
        _reaches_down(lines, row, bottom, columns) or _goes_on(heads, row, bottom)
    ):
        bottom += 1
        columns = columns_of(heads.named(row, bottom), year)
    said = {one.role for one in heads.named(row, bottom)}
    named = "level3" in said or {"level1", "level2"} <= said
    return Head(row, bottom, columns, named)


def _heads_over(lines: Lines, row: int, below: Columns) -> bool:
    """Whether a row groups the labels of a head below it, and names further columns beside them."""
    own = lines.own(row)
    groups = [_group(lines, row, row, label) for label in lines.own(row + 1)]
    grouped = {group for group in groups if group and groups.count(group) > 1}
    beside = [one for one in own if one.left not in starts(below) and one not in grouped]
    return len(grouped) > 1 and bool(beside) and None not in groups


def _year_above(lines: Lines, row: int) -> int | None:
    """The form's year, as a text above a head says it first."""
    texts = (label.text for above in range(1, row) for label in lines.labels(above))
    found = (_YEAR.search(text) for text in texts if len(text) <= _LONGEST_LABEL)
    return next((int(one[1]) for one in found if one), None)


def _is_head(columns: Columns) -> bool:
    named, valued = LEVELS & columns.keys(), VALUES & columns.keys()
    return ("level3" in named or len(named) == 2) and len(valued) >= 1 and len(named) + len(valued) >= 3


def _goes_on(heads: Heads, top: int, bottom: int) -> bool:
    """Whether the row below a head holds nothing but further labels of it."""
    lines = heads.lines
    # What only says again what stands above it is the side of a table (绩效指标), row for row.
    own = [label for label in lines.own(bottom + 1) if label not in lines.labels(bottom)]
    if not own or any(_NUMBER.search(OF_YEAR.sub("", label.text)) for label in own):
        return False
    above = {one.role for one in heads.named(top, bottom)}
    below = [one for one in heads.named(top, bottom + 1) if one.label in own]
    if any(one.role in LEVELS & above or one.role in ("task", "remark") for one in below):
        return False
    known = [one for one in below if one.role]
    grouped = {group for one in known if (group := _group(lines, top, bottom, one.label))}
    strange = (one for one in below if not one.role)
    return bool(known) and all(_group(lines, top, bottom, one.label) in grouped for one in strange)


def _reaches_down(lines: Lines, top: int, bottom: int, columns: Columns) -> bool:
    """Whether a label that names a column reaches into the row below."""
    named = starts(columns)
    return any(
        lines.grid.area(row, label.left).bottom > bottom
        for row in range(top, bottom + 1)
        for label in lines.own(row)
        if label.left in named
    )


def _meaning(text: str, group: str, roles: Roles) -> str:
    """The role of a label, by itself or with the words of its group (empty: none)."""
    alone, above = role_of(text, roles) or "", role_of(group, roles) if group else None
    if above and OF_YEAR.fullmatch(text):
        return above  # 2022年 under 历史值
    # 单位 under 得分 is whose score it is; anywhere else it is the unit of measure.
    if not above or (alone and not (above == "score" and alone == "unit")):
        return alone
    return role_of(text + group, roles) or role_of(group + text, roles) or alone


def _group(lines: Lines, top: int, bottom: int, label: Label) -> Label | None:
    """The nearest label above that a label stands under: merged over it, or blank cells to its right."""
    for row in range(bottom, top - 1, -1):
        above = next((one for one in reversed(lines.own(row)) if one.left <= label.left), None)
        if above and not _between(lines, row, above, label):
            return above
    return None


def _between(lines: Lines, row: int, group: Label, label: Label) -> bool:
    """Whether a label is beyond what a label above it covers."""
    if group.right > group.left or lines.grid.area(row, group.left).bottom > row:
        return label.right > group.right
    return any(group.left < one.left <= label.left for one in lines.labels(row))
