"""One form, typed again by other means, is worth the same and has the same findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from office import converted, needs_office
from typed import Typing, as_percent_cell, typed

from perf_excel.forms.data import load_form
from perf_excel.jobs.examination.examining import Examined, examine
from perf_excel.rules.rulesets.library import templates_folder

FORM = load_form(
    (templates_folder() / "henan-department" / "示例.json").read_text(encoding="utf-8"), "示例.json"
)
FULL_WIDTH = str.maketrans("0123456789%.", "０１２３４５６７８９％．")


def full_width(field: str, text: str) -> Any:
    return text.translate(FULL_WIDTH) if field != "deviation" else as_percent_cell(field, text)


TYPINGS = {
    "as printed": Typing(),
    "columns in another order": Typing(
        columns=("level1", "level2", "level3", "weight", "actual", "target", "deviation", "score", "reason")
    ),
    "three rows on top, shifted right": Typing(top=4, left=3),
    "percent cells": Typing(value=as_percent_cell),
    "full-width digits": Typing(value=full_width),
    "other words, nothing merged": Typing(
        merged=False,
        side_label=False,
        labels={
            "target": "年初目标值（A）",
            "actual": "全年实际值（B）",
            "weight": "权  重",
            "score": "自评得分",
            "reason": "未完成原因分析",
        },
    ),
    "all at once": Typing(
        columns=("reason", "level1", "level2", "level3", "actual", "target", "score", "weight", "deviation"),
        top=4,
        left=2,
        value=as_percent_cell,
    ),
}


def facts(examined: Examined) -> dict[str, object]:
    """Return all that must not depend on how a form was typed."""
    scores = examined.scores
    return {
        "rules": examined.found.rules.id,
        "rows": [
            (row.label, row.level1, row.weight, row.points, row.printed, row.deviation) for row in scores.rows
        ],
        "total": (scores.total, scores.grade, examined.form.total, examined.form.unit, examined.form.year),
        "findings": [(finding.check, finding.severity, finding.label) for finding in examined.findings],
    }


@pytest.fixture(scope="module")
def as_printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    path = tmp_path_factory.mktemp("printed") / "表.xlsx"
    path.write_bytes(typed(FORM))
    known = facts(examine(path))
    assert known["total"][:2] == (FORM.total, "优")  # type: ignore[index]
    assert known["findings"] == [
        ("V16", "warning", "预算调整率"),
        ("V16", "warning", "结转结余率"),
    ]
    return known


@pytest.mark.parametrize("how", TYPINGS)
def test_typed_otherwise(how: str, tmp_path: Path, as_printed: dict[str, object]) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(typed(FORM, TYPINGS[how]))
    assert facts(examine(path)) == as_printed


@needs_office
@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
@pytest.mark.parametrize("how", ["all at once", "full-width digits"])
def test_saved_by_libreoffice(how: str, suffix: str, tmp_path: Path, as_printed: dict[str, object]) -> None:
    path = tmp_path / f"表{suffix}"
    path.write_bytes(converted(typed(FORM, TYPINGS[how]), suffix))
    assert facts(examine(path)) == as_printed
