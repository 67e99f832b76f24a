"""Rows that come, go and are filled in, over and over: the formulas still score as the program does."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

from office import needs_office, recalculated_all
from small import exactly, row

from perf_excel.books.opening import Book
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form, Indicator
from perf_excel.jobs.examination.examining import Found, examined, find
from perf_excel.jobs.fill import fill
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.rows import added, removed
from perf_excel.rules.rulesets.layouts import Layout
from perf_excel.rules.rulesets.library import ruleset, ruleset_names
from perf_excel.rules.rulesets.parameters import RuleSet

SEQUENCES = int(os.environ.get("PERF_EXCEL_SEQUENCES", "6"))
"""How many are tried; 150 take some ten minutes."""
STEPS = 6
RESULTS = ("V12", "V13", "V17", "W2", "W4", "W10")
"""Checks of what a form's own formulas give."""
VALUES = (
    "≥95%",
    "96%",
    "≥9次",
    "12次",
    "7次",
    "≤5天",
    "4天",
    "9天",
    "100%",
    "达标",
    "有效",
    "2025年6月底",
    "0次",
)


def scored_forms() -> list[tuple[RuleSet, Layout]]:
    """The forms that the program makes and whose formulas give points."""
    found = [(ruleset(name), layout) for name in ruleset_names() for layout in ruleset(name).forms]
    wanted = {"level1", "level3", "target", "actual", "weight", "score"}
    return [(rules, one) for rules, one in found if not one.columns or wanted <= set(one.columns)]


class Sequence:
    """One form, and what happens to it."""

    def __init__(self, seed: int) -> None:
        """Make the form of a number."""
        self.picks = random.Random(seed)  # noqa: S311 - the same every time
        self.rules, self.layout = self.picks.choice(scored_forms())
        self.path = Path(f"表{seed}.xlsx")
        self.history = [f"{self.rules.id} {self.layout.name}"]
        self.named = 0
        levels = [level.name for level in self.rules.total.levels if level.name != "预算执行率"]
        self.levels = levels or ["产出指标", "效益指标"]
        rows = tuple(self.indicator(level) for level in self.levels for _ in range(self.picks.randint(1, 3)))
        self.data = make(Order(self.rules, self.layout.name, Form(indicators=rows)), self.path).data

    def indicator(self, level1: str, level2: str = "二级") -> Indicator:
        """A new indicator with something aimed at and reached."""
        self.named += 1
        target, actual = self.picks.choices(VALUES, k=2)
        weight = self.picks.randint(1, 20)
        return row(target, actual, weight, name=f"指标之{self.named}", level1=level1, level2=level2)

    @property
    def found(self) -> Found:
        """The form as it stands."""
        return find(Book(self.path, Workbook.from_bytes(self.data, self.path.name)))

    def step(self) -> None:
        """Let something happen."""
        found = self.found
        rows = found.reading.layout.indicators.rows
        match self.picks.choice(["add", "add group", "remove", "remove", "fill", "fill", "retype"]):
            case "add":
                at, count = self.picks.choice(rows), self.picks.randint(1, 3)
                self.history.append(f"add {count} behind {at}")
                self.data = added(found, str(at), count).data
            case "add group":
                at = self.picks.choice(rows)
                level1 = self.picks.choice(["", f"一级之{self.named}"])
                self.history.append(f"add a group behind {at}: {level1}")
                self.data = added(found, str(at), 1, level1, f"二级之{self.named}").data
            case "remove" if len(rows) > 2:
                gone = self.picks.sample(rows, self.picks.randint(1, min(3, len(rows) - 1)))
                self.history.append(f"remove {gone}")
                self.data = removed(found, [str(one) for one in gone]).data
            case "retype":
                some = [self.retyped(one) for one in found.reading.form.indicators]
                self.history.append("retype")
                self.data = fill(found, Form(indicators=tuple(some))).data
            case _:
                groups = sorted({(one.level1, one.level2) for one in found.reading.form.indicators})
                groups += [(level, "新二级") for level in self.levels]
                new = [self.indicator(*self.picks.choice(groups)) for _ in range(self.picks.randint(1, 4))]
                self.history.append(f"fill {[(one.level1, one.level2, one.level3) for one in new]}")
                self.data = fill(found, Form(indicators=tuple(new))).data

    def retyped(self, one: Indicator) -> Indicator:
        """An indicator with another result."""
        actual = parse(self.picks.choice(VALUES))
        return replace(one, actual=actual, weight=exactly(self.picks.randint(1, 20)), score=None)


def differences(sequence: Sequence, recalculated: bytes) -> list[str]:
    """In what the formulas and the program do not agree."""
    sequence.data = recalculated
    found = sequence.found
    one = examined(found)
    lines = [
        f"{found_one.label}: {found_one.message}" for found_one in one.findings if found_one.check in RESULTS
    ]
    lines += [
        f"{scored.label}: {scored.printed} for {scored.points}"
        for scored in one.scores.indicators
        if scored.printed != scored.points
    ]
    if (one.form.total, one.form.grade) != (one.scores.total, one.scores.grade):
        lines.append(f"{one.form.total} {one.form.grade} for {one.scores.total} {one.scores.grade}")
    book = found.book.editable()
    lines += [
        f"{name} {place}: {cell}"
        for name in book.sheets
        for place, cell in book.grid(name).cells.items()
        if "#REF!" in (cell.formula or "") or (isinstance(cell.value, str) and cell.value.startswith("#"))
    ]
    return lines


@needs_office
def test_forms_score_alike_whatever_became_of_their_rows() -> None:
    sequences = [Sequence(seed) for seed in range(SEQUENCES)]
    for one in sequences:
        for _ in range(STEPS):
            one.step()
    books = recalculated_all([one.data for one in sequences])
    found = [(one.history, differences(one, data)) for one, data in zip(sequences, books, strict=True)]
    assert "\n".join(f"{history}: {lines}" for history, lines in found if lines) == ""
