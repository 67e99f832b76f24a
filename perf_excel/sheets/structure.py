"""What of a form is its sender's (结构): all that a unit must leave as it is, said without addresses.

Rows are known by their names and columns by their roles, so that neither inserted rows nor another program's
way of saving counts as a change. What the unit types (actual values, reasons, executed amounts, points where
no formula gives them) is no part of it, and neither is a cell that was blank when the form was sent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, cast

from perf_excel.forms.spot import Spot

VERSION = 1
"""Of the JSON text: a structure written otherwise is refused, not misread."""
KEPT: Mapping[str, frozenset[str]] = {
    "head": frozenset({"unit", "unit_code", "project", "year"}),
    "detail": frozenset({"text"}),
    "funding": frozenset({"initial", "annual", "weight"}),
    "goal": frozenset({"expected"}),
    "task": frozenset({"name", "content"}),
    "indicator": frozenset(
        {"level1", "level2", "level3", "above", "target", "adjusted", "sign", "unit", "direction", "weight"}
    )
    | {f"bound{number}" for number in range(1, 5)},
    "total": frozenset({"weight"}),
}
"""Whose text the unit is to leave, by part, where it was not blank."""


class Held(NamedTuple):
    """A cell as it was sent: its text for comparing, whether a formula gives it, and where it stands.

    Numbers are written plainly (1812.92; amounts in 万元). Of a formula the text is empty; ``formula`` is 1
    for one that refers to cells, 2 for one that refers to none, 0 for a value.
    """

    text: str
    formula: int
    at: str


class Column(NamedTuple):
    """A column of the indicator table: its role (empty for one not known), its head, where it stands."""

    role: str
    head: str
    at: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a part of the form: its names (levels and name, item, label), and its cells by field."""

    part: str
    names: tuple[str, ...]
    cells: Mapping[str, Held]
    at: str = ""
    """Where it stands."""


class Value(NamedTuple):
    """A value put into a form before it is sent (预填): the row's number, the field, text and place."""

    row: int
    field: str
    text: str
    at: str


@dataclass(frozen=True)
class Structure:
    """All that a unit is to leave as it is; ``free`` counts blank indicator rows by their levels.

    ``formulas`` is False of a file that says nothing of its formulas (.xls); ``fixed`` of a sent form is
    whether the unit may neither add nor delete rows.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    free: Mapping[tuple[str, str], int]
    formulas: bool = True
    fixed: bool = False
    spots: Mapping[Spot, tuple[int, str]] = field(
        default_factory=dict[Spot, tuple[int, str]], compare=False, repr=False
    )
    """By the spot of its reading the row and field of a cell; not written."""

    def with_values(self, values: Iterable[Value]) -> Structure:
        """Return the structure of a form that was sent with values of a unit's own in it."""
        rows = list(self.rows)
        for number, name, text, at in values:
            row = rows[number]
            rows[number] = replace(row, cells={**row.cells, name: Held(text, 0, at)})
        return replace(self, rows=tuple(rows))

    def sent(self) -> Structure:
        """Return what of it is held: what was blank is left to the unit."""
        rows = (
            replace(
                row,
                cells={
                    name: held
                    for name, held in row.cells.items()
                    if held.formula or (held.text and name in KEPT[row.part])
                },
            )
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))

    def text(self) -> str:
        """Return it as one line of JSON text: the same structure gives the same text."""
        return _json(
            {
                "v": VERSION,
                "title": self.title,
                "fixed": self.fixed,
                "columns": self.columns,
                "rows": [(row.part, row.names, row.at, row.cells) for row in self.rows],
                "free": [(*levels, count) for levels, count in self.free.items()],
            }
        )


def digest(text: str, values: Sequence[Value] = ()) -> str:
    """Return the fingerprint (结构指纹) of a sent workbook: of its form's text and of what was put in."""
    return digests(text)(values_text(values))


def digests(text: str) -> Callable[[str], str]:
    """Return what gives the fingerprints of one form with the values of one unit after another, as texts."""
    begun = hashlib.sha256(f"{text}\n".encode())

    def of(values: str) -> str:
        own = begun.copy()
        own.update(values.encode())
        return own.hexdigest()[:32]

    return of


def values_text(values: Sequence[Value]) -> str:
    """Return what was put into a form as JSON text."""
    return _json(values)


def values_of(text: str) -> tuple[Value, ...]:
    """Return what was put into a form.

    Raises:
        ValueError: the text was not written by :func:`values_text`.
    """
    try:
        return tuple(
            Value(int(row), str(name), str(said), str(at)) for row, name, said, at in json.loads(text)
        )
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def structure_of(text: str) -> Structure:
    """Return a structure from its JSON text.

    Raises:
        ValueError: the text was not written by :meth:`Structure.text`, or by another version.
    """
    try:
        data = cast("dict[str, Any]", json.loads(text))
        if data["v"] != VERSION:
            raise ValueError(data["v"])
        return Structure(
            title=str(data["title"]),
            columns=tuple(Column(*map(str, one)) for one in data["columns"]),
            rows=tuple(
                Row(
                    str(part),
                    tuple(map(str, names)),
                    {
                        str(name): Held(str(said), int(given), str(where))
                        for name, (said, given, where) in cells.items()
                    },
                    str(at),
                )
                for part, names, at, cells in data["rows"]
            ),
            free={(str(one), str(two)): int(count) for one, two, count in data["free"]},
            fixed=bool(data["fixed"]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
