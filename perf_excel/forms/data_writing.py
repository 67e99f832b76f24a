"""The form as plain data (D.json), in the fields in which published forms are recorded."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.forms.repeats import told_apart


def data_of(form: Form) -> dict[str, Any]:
    """Return the plain data of a form: numbers as int or float, values as printed."""
    return {
        "form": form.form,
        "unit": form.unit,
        "unit_code": form.unit_code,
        "year": form.year,
        **({"months": form.months} if form.months else {}),
        "region": form.region,
        "project": form.project,
        "details": _details(form),
        "budget": [
            {
                "item": row.item,
                "initial": plain_number(row.initial),
                "annual": plain_number(row.annual),
                "executed": plain_number(row.executed),
                "weight": plain_number(row.weight),
                "rate": row.rate.text or None,
                "score": plain_number(row.score),
                **({"reason": row.reason} if row.reason else {}),
                **{key: plain_number(one) for key, one in _foreseen(row).items() if one is not None},
            }
            for row in form.funding
        ],
        "goal": {"expected": form.goal.expected, "achieved": form.goal.achieved},
        "tasks": [{"name": t.name, "content": t.content, "achieved": t.achieved} for t in form.tasks],
        "indicators": [
            {
                "level1": row.level1,
                "level2": row.level2,
                "level3": row.above or row.level3,
                **({"level4": row.level3} if row.above else {}),
                "target": row.target.text or None,
                "actual": row.actual.text or None,
                "weight": plain_number(row.weight),
                "score": plain_number(row.score),
                "deviation": row.deviation.text or None,
                "reason": row.reason or None,
                **_further(row),
            }
            for row in form.indicators
        ],
        "total": plain_number(form.total),
        "grade": form.grade or None,
        "waivers": [
            {"check": one.check, "label": one.label, "message": one.message, "reason": one.reason}
            for one in form.waivers
        ],
    }


def _details(form: Form) -> dict[str, str]:
    labels = told_apart(detail.label for detail in form.details)
    return {label: detail.text for label, detail in zip(labels, form.details, strict=True)}


def _foreseen(row: Funding) -> dict[str, Decimal | None]:
    """What only some forms print of their money."""
    return {"change": row.change, "left": row.left, "so_far": row.so_far, "expected": row.expected}


def _further(row: Indicator) -> dict[str, Any]:
    """What only some layouts print of an indicator."""
    further = {
        "share": row.share.text,
        "raw": plain_number(row.raw),
        "direction": {"up": "正向", "down": "反向"}.get(row.direction),
        "thresholds": [plain_number(bound) for bound in row.thresholds],
        "progress": row.progress.text,
        "expected": row.expected.text,
        "causes": list(row.causes),
        "likelihood": row.likelihood,
        "remark": row.remark,
        "term": row.term,
        "given": row.given or None,
    }
    return {key: value for key, value in further.items() if value not in (None, "", [])}


def plain_number(number: Decimal | None) -> int | float | None:
    """Return a number as JSON writes it: whole numbers without a decimal point."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
