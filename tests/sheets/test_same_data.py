"""Data (D.json) say the same whatever signs their texts are typed in: read, scored, waived, filled in."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any, NamedTuple, cast

import pytest
from facts import published
from test_published import LAYOUTS
from test_same_text import CHANGES, WHOLE, Change, Said, short, without_signs
from typed import Typing, sheet_of

from perf_excel.forms.data import load_form
from perf_excel.forms.data_writing import data_of
from perf_excel.forms.model import Form
from perf_excel.forms.text import plain
from perf_excel.rules.checks import run_checks
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.scoring.form_score import score
from perf_excel.rules.waiving import settle
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Place
from perf_excel.sheets.reading.form_reading import Reading, read_form
from perf_excel.sheets.writing.form_edits import fill_edits

FORMS: dict[str, tuple[Form, Typing]] = {
    "department": (short(WHOLE), Typing(goal=True, grade="等级")),
    **{
        name: (short(published(name)), LAYOUTS[name])
        for name in ("p03_yongde_mingliang_2022", "p15_gaoxin_rongmei_2021", "p26_daying_minzheng_2022")
    },
}
CASES_EACH = 128


class Filled(NamedTuple):
    """What data come to."""

    said: Said
    waived: list[object]
    sheet: dict[Place, object]
    homeless: list[str]


def with_waivers(data: dict[str, Any]) -> dict[str, Any]:
    """Data in which every second finding is left as it is."""
    form = load_form(json.dumps(data), "数据.json")
    rules = ruleset("national-2020")
    left = run_checks(form, rules, score(form, rules))[::2]
    waivers = [
        {"check": one.check, "label": one.label, "message": one.message, "reason": f"已说明（{number}）"}
        for number, one in enumerate(left)
    ]
    return {**data, "waivers": waivers}


def came_of(data: dict[str, Any], reading: Reading) -> Filled:
    form = load_form(json.dumps(data), "数据.json")
    rules = ruleset("national-2020")
    scores = score(form, rules)
    findings = run_checks(form, rules, scores)
    points = [(row.weight, row.points, row.printed, row.deviation) for row in scores.rows]
    filling = fill_edits(reading, form)
    filled = reading.grid.edited(filling.edits)
    return Filled(
        Said(
            without_signs(form),
            {},
            (points, scores.total, scores.grade),
            [(one.check, one.severity, one.spot, plain(one.message)) for one in findings],
        ),
        [one.waived is not None for one in settle(findings, form.waivers).findings],
        {place: without_signs(cell.value) for place, cell in filled.cells.items()},
        [plain(one) for one in filling.homeless],
    )


def retyped(value: Any, rng: random.Random, change: Change, share: float) -> Any:
    """Data with some of their texts in other signs."""
    if isinstance(value, str):
        return change(rng, value) if value and rng.random() < share else value
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        return {key: retyped(one, rng, change, share) for key, one in entries.items()}
    if isinstance(value, list):
        return [retyped(one, rng, change, share) for one in cast("list[Any]", value)]
    return value


def cases(data: dict[str, Any], name: str) -> Iterator[tuple[dict[str, Any], str]]:
    for number in range(CASES_EACH):
        change, share = CHANGES[number % len(CHANGES)], (1.0, 0.15)[number % 8 // 4]
        rng = random.Random(f"{name} {number}")  # noqa: S311
        yield retyped(data, rng, change, share), f"{change.__name__} {number}"


@pytest.mark.parametrize("name", FORMS)
def test_other_signs_change_nothing_of_data(name: str) -> None:
    form, how = FORMS[name]
    sheet = sheet_of(form, how)
    (layout,) = find_forms(sheet)
    reading = read_form(sheet, layout)
    data = with_waivers(data_of(form))
    expected = came_of(data, reading)
    assert expected.said.findings
    assert any(expected.waived)
    for other, what in cases(data, name):
        found = came_of(other, reading)
        assert found == expected, what
