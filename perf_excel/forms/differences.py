"""Two forms held together row by row (对比): 自评 and 复评, last year and this, sent and returned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from perf_excel.forms.indicator_pairing import name_of, pair
from perf_excel.forms.model import FIELDS, MONITORED, Form, Funding, Indicator, Task
from perf_excel.forms.money_sources import pair_sources
from perf_excel.forms.repeats import numbered
from perf_excel.forms.text import plain
from perf_excel.forms.value_likeness import alike, grown_by, shown_value

Part = Literal["head", "funding", "goal", "task", "indicator", "total"]

PART_NAMES: dict[Part, str] = {
    "head": "表头", "funding": "资金", "goal": "年度目标", "task": "主要任务", "indicator": "指标",
    "total": "总分",
}  # fmt: skip
FIELD_NAMES = {
    "form": "表名", "unit": "单位名称", "unit_code": "单位编码", "year": "年度", "project": "项目名称",
    "text": "内容", "item": "资金名称", "initial": "年初预算数", "change": "调整数",
    "left": "结转结余数", "annual": "全年预算数",
    "executed": "全年执行数", "rate": "执行率", "so_far": "已执行数", "achieved": "实际完成情况",
    "content": "主要内容", "level1": "一级指标", "level2": "二级指标", "above": "三级指标",
    "level3": "指标名称", "term": "期限", "target": "指标值", "actual": "实际完成值", "weight": "分值",
    "score": "得分", "deviation": "偏差度", "reason": "偏差原因", "share": "得分率", "raw": "单项得分",
    "direction": "指标性质", "thresholds": "分级界限", "progress": "执行情况", "expected": "预期",
    "causes": "偏差原因类别", "likelihood": "完成目标可能性", "remark": "备注",
    "total_weight": "分值合计", "total": "总分", "grade": "等级",
}  # fmt: skip
"""What the fields of a form are called in a sentence."""

_HEAD = ("form", "unit", "unit_code", "year", "project")
_FUNDING = (
    "item", "initial", "change", "annual", "executed", "left",
    "so_far", "expected", "weight", "rate", "score",
    "reason",
)  # fmt: skip
_INDICATOR = (
    "level1", "level2", "above", "level3", "term", "target", "actual", "weight", "score", "deviation",
    "reason", "share", "raw", "direction", "thresholds", "progress", "expected", "causes", "likelihood",
    "remark",
)  # fmt: skip
_WITH_COLUMN = FIELDS | MONITORED
_SHORT = 20


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is not the same: where, and as it is printed in the one and the other form.

    ``by`` is how much the other is more, where both are numbers of one measure: percent for percentages,
    万元 for money, else the unit of the first.
    """

    part: Part
    label: str
    field: str
    one: str
    other: str
    by: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator of both forms, or of one of them; the other is None there."""

    one: Indicator | None
    other: Indicator | None

    @property
    def label(self) -> str:
        """What it is called: in the first form, where it is there."""
        return (self.one or self.other or Indicator("", "", "")).name

    @property
    def level1(self) -> str:
        """The first level that it belongs to."""
        return (self.one or self.other or Indicator("", "", "")).level1

    @property
    def by(self) -> Decimal | None:
        """How many points the other has more; None where one has none."""
        scores = (self.one and self.one.score, self.other and self.other.score)
        return scores[1] - scores[0] if scores[0] is not None and scores[1] is not None else None


@dataclass(frozen=True, slots=True)
class Differences:
    """All in which two forms differ, and how much was looked at.

    ``only_one`` and ``only_other`` name rows of one form only; ``left_out`` says which columns only one form
    has, which were not compared.
    """

    changes: tuple[Change, ...]
    rows: tuple[Row, ...]
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]
    left_out: tuple[str, ...]
    compared_rows: int
    compared_cells: int

    @property
    def same(self) -> bool:
        """Whether the forms say the same throughout, as far as both have a place for it."""
        return not (self.changes or self.only_one or self.only_other or self.left_out)


def lost(row: Indicator | None) -> Decimal | None:
    """Return the points taken off (扣分); None where weight or score is missing."""
    if row is None or row.weight is None or row.score is None:
        return None
    return row.weight - row.score


def differences(one: Form, other: Form) -> Differences:
    """Hold two forms together.

    Indicators are paired by name, else as renamed where their names are much alike (which is a difference);
    money by its source, tasks by their names. White space, full width and 98% for 98.0% make no difference; a
    number that one form leaves blank does.
    """
    work = _Work()
    work.compare("head", "", _HEAD, one, other)
    work.details(one, other)
    work.funding(one, other)
    work.compare("goal", "年度目标", ("expected", "achieved"), one.goal, other.goal)
    work.tasks(one, other)
    work.indicators(one, other)
    # Not every form prints the sum of its weights, and data never does.
    summed = None not in (one.total_weight, other.total_weight)
    work.compare("total", "", (*(("total_weight",) if summed else ()), "total", "grade"), one, other)
    return Differences(
        tuple(work.changes), tuple(work.rows), tuple(work.only[0]), tuple(work.only[1]), tuple(work.left_out),
        work.compared_rows, work.compared_cells,
    )  # fmt: skip


class _Work:
    """What is found on the way through two forms."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.rows: list[Row] = []
        self.only: tuple[list[str], list[str]] = ([], [])
        self.left_out: list[str] = []
        self.compared_rows = self.compared_cells = 0

    def compare(self, part: Part, label: str, fields: Sequence[str], one: object, other: object) -> None:
        """Hold two rows together, field by field; a field that is blank in both is none."""
        self.compared_rows += 1
        for field in fields:
            here, there = getattr(one, field), getattr(other, field)
            if shown_value(here) or shown_value(there):
                self.compared_cells += 1
                if not alike(here, there):
                    printed = shown_value(here), shown_value(there)
                    self.changes.append(Change(part, label, field, *printed, grown_by(here, there)))

    def details(self, one: Form, other: Form) -> None:
        """Hold the lines of the head together by their labels, of several alike the first with the first."""
        here, there = (
            dict(zip(numbered(name_of(line.label) for line in form.details), form.details, strict=True))
            for form in (one, other)
        )
        for name, line in here.items():
            if name in there:
                self.compare("head", line.label, ("text",), line, there[name])
        self._only([line.label for name, line in here.items() if name not in there], "表头", 0)
        self._only([line.label for name, line in there.items() if name not in here], "表头", 1)

    def funding(self, one: Form, other: Form) -> None:
        """Hold the budget blocks together: their totals, then the sources of the same name or meaning."""
        totals = [form.budget if form.totalled else None for form in (one, other)]
        here, there = list(one.sources), list(other.sources)
        if totals[0] and totals[1]:
            self._money(totals[0], totals[1])
        else:
            self._only([row.item for row in totals[:1] if row], "资金", 0)
            self._only([row.item for row in totals[1:] if row], "资金", 1)
        paired = pair_sources([row.item for row in here], [row.item for row in there])
        for number, index in sorted(paired.items()):
            self._money(here[number], there[index])
        self._only([row.item for at, row in enumerate(here) if at not in paired], "资金", 0)
        self._only([row.item for at, row in enumerate(there) if at not in paired.values()], "资金", 1)

    def _money(self, one: Funding, other: Funding) -> None:
        self.compare("funding", one.item, _FUNDING, one, other)

    def tasks(self, one: Form, other: Form) -> None:
        """Hold the tasks together by their names, those without one in their order."""
        free = dict(enumerate(other.tasks))
        for task in one.tasks:
            same = (index for index, there in free.items() if name_of(there.name) == name_of(task.name))
            if (index := next(same, None)) is None:
                self._only([_called(task)], "任务", 0)
            else:
                self.compare("task", _called(task), ("content", "achieved"), task, free.pop(index))
        self._only(map(_called, free.values()), "任务", 1)

    def indicators(self, one: Form, other: Form) -> None:
        """Hold the indicators together, in the fields that both forms have a column for."""
        both = one.columns & other.columns
        fields = [field for field in _INDICATOR if field not in _WITH_COLUMN or field in both]
        for which, form, rest in (("前一份", one, other), ("后一份", other, one)):
            # What only this form has a column for, the other cannot say: it is named, and not compared.
            lacking = [
                FIELD_NAMES[field]
                for field in _INDICATOR
                if field in _WITH_COLUMN & form.columns - rest.columns
                and any(shown_value(getattr(row, field)) for row in form.indicators)
            ]
            if lacking and form.indicators and rest.indicators:
                self.left_out.append(f"只有{which}有“{'、'.join(lacking)}”")
        pairs = pair(one.indicators, other.indicators)
        paired: Mapping[int, int] = {**pairs.same, **pairs.renamed}
        for number, row in enumerate(one.indicators):
            index = paired.get(number)
            there = None if index is None else other.indicators[index]
            self.rows.append(Row(row, there))
            if there is None:
                self._only([row.name], "指标", 0)
            else:
                self.compare("indicator", row.name, fields, row, there)
        for index, row in enumerate(other.indicators):
            if index not in paired.values():
                self.rows.append(Row(None, row))
                self._only([row.name], "指标", 1)

    def _only(self, names: Iterable[str], part: str, which: int) -> None:
        self.only[which].extend(f"{part}“{name}”" for name in names)


def _called(task: Task) -> str:
    return task.name or f"{task.content[:_SHORT]}（未填任务名称）"


def level_sums(rows: Sequence[Row]) -> Iterator[tuple[str, Decimal | None, Decimal | None]]:
    """Yield the first levels in their order with the points of both forms; None where one has none."""
    names = {plain(row.level1): row.level1 for row in rows}
    for key, name in names.items():
        group = [row for row in rows if plain(row.level1) == key]
        yield name, _points(row.one for row in group), _points(row.other for row in group)


def _points(rows: Iterator[Indicator | None]) -> Decimal | None:
    scores = [row.score for row in rows if row is not None and row.score is not None]
    return sum(scores, Decimal(0)) if scores else None
