"""What ``--json`` says: an examined form as plain data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perf_excel.forms.data_writing import plain_number
from perf_excel.forms.model import Waiver
from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.whereabouts import cells_of, place_of
from perf_excel.rules.findings import Finding


def _head(examined: Examined) -> dict[str, Any]:
    """Which form of which file, and by which rules."""
    found = examined.found
    return {
        "file": str(found.book.path),
        "table": found.table,
        "sheets": list(found.reading.sheets),
        "form": found.reading.form.form,
        "rules": found.rules.id,
        "why": found.why,
        "unread": [cell.where for cell in found.reading.form.unread],
    }


def check_data(examined: Examined) -> dict[str, Any]:
    """Return what ``check --json`` says of one file."""
    return {
        **_head(examined),
        "findings": [_finding(examined, finding) for finding in examined.findings],
        "gone": [_waiver(waiver) for waiver in examined.gone],
    }


def _finding(examined: Examined, finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": finding.severity,
        **place_of(examined, finding.spot),
        "cells": cells_of(examined, finding),
        "label": finding.label,
        "message": finding.message,
        "expected": _plain(finding.expected),
        "printed": _plain(finding.printed),
        "waived": finding.waived,
        "note": finding.note,
    }


def _waiver(waiver: Waiver) -> dict[str, str]:
    return {
        "check": waiver.check, "label": waiver.label, "message": waiver.message, "reason": waiver.reason,
    }  # fmt: skip


def score_data(examined: Examined) -> dict[str, Any]:
    """Return what ``score --json`` says of one file; deviations are percent (-1.01 for −1.01%)."""
    scores = examined.scores
    return {
        **_head(examined),
        "total": plain_number(scores.total),
        "grade": scores.grade,
        "rows": [
            {
                "kind": row.kind,
                "label": row.label,
                "level1": row.level1,
                "weight": plain_number(row.weight),
                "score": plain_number(row.points),
                "printed": plain_number(row.printed),
                "deviation": plain_number(row.deviation),
                "why": row.why,
                **place_of(examined, row.spot("score")),
            }
            for row in scores.each
        ],
        "level1": [
            {"name": level.name, "weight": plain_number(level.weight), "score": plain_number(level.points)}
            for level in scores.levels
        ],
    }


def _plain(value: str | Decimal | None) -> str | float | None:
    return plain_number(value) if isinstance(value, Decimal) else value
