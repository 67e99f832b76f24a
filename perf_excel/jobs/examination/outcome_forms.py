"""A form with its results (带结果的表): computed ones where its formulas were never calculated."""

from __future__ import annotations

from dataclasses import replace

from perf_excel.forms.model import Form
from perf_excel.jobs.examination.examining import Examined


def with_outcome(examined: Examined) -> Form:
    """Return the form as it stands, with scores, total and grade filled in where they wait for Excel."""
    form, scores = examined.form, examined.scores
    if form.calculated:
        return form
    points = {row.at: row.points for row in scores.indicators}
    return replace(
        form,
        indicators=tuple(
            replace(row, score=points[index]) if row.score is None else row
            for index, row in enumerate(form.indicators)
        ),
        total=scores.total if form.total is None else form.total,
        grade=form.grade or scores.grade,
    )
