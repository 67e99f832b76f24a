"""What must be the same however a form was typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from typed import Typing, grid, sheet_of, table

from perf_excel.forms.measure import Measure
from perf_excel.forms.model import Form, Indicator
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.reading.form_reading import Reading, read_form

NAMED = ("level1", "level2", "level3")
MEASURED = ("target", "actual", "deviation")
PLAIN = ("weight", "score", "reason")
FURTHER = ("share", "raw", "direction")


def read(sheet: Grid) -> Reading:
    forms = find_forms(sheet)
    assert len(forms) == 1
    return read_form(sheet, forms[0])


def value(measure: Measure) -> tuple[object, ...]:
    """What a value says, however it is printed."""
    return (measure.kind, measure.sign, measure.number, measure.unit, measure.day)


def rows(form: Form, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """The indicators of a form in the columns that are typed."""
    return [
        {name: getattr(row, name) for name in (*NAMED, *PLAIN) if name in columns}
        | {name: value(getattr(row, name)) for name in MEASURED if name in columns}
        | {name: getattr(row, name) for name in FURTHER if name in columns}
        for row in form.indicators
        if not row.given
    ]


def given(how: Typing) -> tuple[Indicator, ...]:
    """The rows of the scored table that is typed above the indicators."""
    return tuple(
        Indicator(
            "资金管理情况", "", name, weight=Decimal(str(weight)), score=Decimal(str(score)), given=True
        )
        for name, weight, score in how.scored
    )


def facts(form: Form, how: Typing) -> dict[str, object]:
    """All that must not depend on how a form was typed."""
    columns = tuple(how.columns)
    amounts = tuple(name for name in how.budget_columns if name != "rate")
    return {
        "rows": rows(form, columns),
        "funding": [(row.item, *(getattr(row, name) for name in amounts)) for row in form.funding],
        "rates": [row.rate.number for row in form.funding] if "rate" in how.budget_columns else [],
        "scored": [(row.level3, row.weight, row.score) for row in form.indicators if row.given],
        "total": form.total if "score" in columns else None,
        "unit": form.unit,
        "year": form.year,
        "goal": form.goal if how.goal else None,
        "grade": form.grade if how.grade else None,
    }


def assert_read_back(form: Form, how: Typing, sheet: Grid | None = None) -> None:
    got = read(sheet_of(form, how) if sheet is None else sheet).form
    assert facts(got, how) == facts(form, how)
    assert got.form == how.title


class Table(NamedTuple):
    """A sheet, and of each row what is looked at: name, target, actual, weight, score and what else."""

    text: str
    expected: tuple[tuple[Any, ...], ...]
    more: tuple[str, ...] = ()
    merges: tuple[tuple[int, ...], ...] = ()

    def read(self) -> Reading:
        return read(grid(*table(self.text), merges=self.merges))


def said(row: Indicator, more: tuple[str, ...]) -> tuple[Any, ...]:
    values = (getattr(row, field) for field in more)
    further = (value.text if hasattr(value, "text") else value for value in values)
    return (row.name, row.target.text, row.actual.text, row.weight, row.score, *further)
