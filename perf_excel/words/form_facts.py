"""What a form says (表上的数): its amounts, points, counts and values as facts by name, with their spots."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from perf_excel.forms.indicator_pairing import name_of
from perf_excel.forms.measure import Measure
from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.forms.spot import Spot
from perf_excel.words.prose import paragraph, sentences
from perf_excel.words.sayings import Saying, sayings

YUAN = Decimal(10_000)
"""Forms hold 万元, texts are read in 元."""
_TAIL = re.compile(r"(?:指标|目标)$")
Field = str
"""The name of a field of forms/model.py: initial, annual, executed, rate, weight, score, target, actual."""

FIELD_NAMES: dict[str, str] = {
    "initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数", "rate": "执行率",
    "weight": "分值", "score": "得分", "target": "年度指标值", "actual": "实际完成值",
}  # fmt: skip


def key_of(name: str) -> str:
    """Return a name for finding it in a text: 产出指标 is 产出."""
    return _TAIL.sub("", name_of(name))


@dataclass(frozen=True, slots=True)
class Level:
    """A first or second level: its name, depth (1, 2), the indicators below it, where it stands."""

    name: str
    depth: int
    rows: tuple[int, ...]
    seconds: int
    weight: Decimal
    score: Decimal | None
    spot: Spot


@dataclass(frozen=True)
class FormFacts:
    """The facts of one form; ``said`` are figures inside its own texts (任务、目标) with their spots."""

    form: Form
    levels: dict[str, list[Level]] = field(default_factory=lambda: defaultdict(list))
    """By name: 满意度指标 is often a first level and a second, 数量指标 a second level of several."""
    names: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    said: list[tuple[Saying, Spot, str]] = field(default_factory=list[tuple[Saying, Spot, str]])

    def amounts(self) -> Iterator[tuple[Field, int, Decimal]]:
        """Yield the amounts of the budget block in 元, with their field and row."""
        for number, row in enumerate(self.form.funding):
            for name in ("initial", "annual", "executed"):
                if (value := _amount(row, name)) is not None:
                    yield name, number, value * YUAN

    def indicator(self, number: int) -> Indicator:
        """Return an indicator by its number."""
        return self.form.indicators[number]


def _amount(row: Funding, name: Field) -> Decimal | None:
    return getattr(row, name)


def form_facts(form: Form) -> FormFacts:
    """Return the facts of a form."""
    facts = FormFacts(form)
    for number, row in enumerate(form.indicators):
        if row.level3:
            facts.names[key_of(row.level3)].append(number)
    for depth in (1, 2):
        for (_, name), rows in _grouped(form.indicators, depth).items():
            facts.levels[key_of(name)].append(_level(form, name, depth, rows))
    facts.said.extend(_said(form))
    return facts


def _grouped(rows: Iterable[Indicator], depth: int) -> dict[tuple[str, str], list[int]]:
    """The rows of each level, by its name and that of the level above it."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(rows):
        above, name = ("", row.level1) if depth == 1 else (row.level1, row.level2)
        if name:
            found.setdefault((above, name), []).append(number)
    return found


def _level(form: Form, name: str, depth: int, rows: list[int]) -> Level:
    inside = [form.indicators[row] for row in rows]
    scores = [row.score for row in inside]
    given = [one for one in scores if one is not None]
    return Level(
        name, depth, tuple(rows), len({row.level2 for row in inside if row.level2}),
        sum((row.weight or Decimal(0) for row in inside), Decimal(0)),
        sum(given, Decimal(0)) if len(given) == len(scores) else None,
        Spot("indicator", rows[0], f"level{depth}"),
    )  # fmt: skip


def _said(form: Form) -> Iterator[tuple[Saying, Spot, str]]:
    """Yield the counts and percentages inside the texts of tasks, each with what the text is about."""
    for number, task in enumerate(form.tasks):
        for name, text in (("achieved", task.achieved), ("content", task.content)):
            for one in sayings(sentences([paragraph(0, " ".join(text.split()))])):
                if one.role in ("amount", "other") and one.figure.kind == "count" and not one.figure.bound:
                    yield one, Spot("task", number, name), task.name


def number_of(value: Measure) -> Decimal | None:
    """Return the number of a printed value, if it is one."""
    return value.number if value.kind == "number" else None
