"""What was sent to whom (下发包): the record of a pack, kept on a very hidden sheet of its list (下发清单).

The record is one JSON text, cut into the cells of the first column: it comes back as it was from Excel, WPS
and LibreOffice, whatever people do to the list that they see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from perf_excel.sheets.grid import Grid
from perf_excel.sheets.structure import Structure, Value, structure_of

SHEET = "_perf_excel_下发"
_VERSION = 1
_MARK = "|"
"""Begins every cell, so that none looks like a formula or a number."""
_CHUNK = 32_000
"""Characters of a cell, which holds 32,767."""


@dataclass(frozen=True, slots=True)
class SentTemplate:
    """A template (表样) of a pack: its name, its rule set, its labels by role, its structure as JSON text."""

    name: str
    rules: str
    text: str
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class SentBook:
    """A workbook that was sent: its file (path in the pack, with /), its template, to whom, with what."""

    file: str
    template: str
    unit: str
    unit_code: str = ""
    year: int | None = None
    project: str = ""
    superior: str = ""
    fingerprint: str = ""
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Pack:
    """All that was sent at once: its number (下发编号), its templates, its workbooks."""

    number: str
    templates: tuple[SentTemplate, ...]
    books: tuple[SentBook, ...]

    @cached_property
    def _structures(self) -> dict[str, Structure]:
        return {one.name: structure_of(one.text) for one in self.templates}

    def template(self, name: str) -> SentTemplate | None:
        """Return a template by its name."""
        return next((one for one in self.templates if one.name == name), None)

    def structure(self, book: SentBook) -> Structure:
        """Return what a unit was to leave as it is of a workbook.

        Raises:
            KeyError: the record knows no such template.
            ValueError: the template's structure cannot be read.
        """
        return self._structures[book.template].with_values(book.values)

    def cells(self) -> Iterator[str]:
        """Yield the texts of the cells that keep the record, from top to bottom."""
        text = json.dumps(
            {
                "v": _VERSION,
                "number": self.number,
                "templates": [(one.name, one.rules, one.text, one.labels) for one in self.templates],
                "books": [
                    (
                        one.file, one.template, one.unit, one.unit_code, one.year, one.project, one.superior,
                        one.fingerprint, one.values,
                    )
                    for one in self.books
                ],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )  # fmt: skip
        yield from (_MARK + text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK))


def read_pack(grid: Grid) -> Pack | None:
    """Return the record on a sheet, None where there is none, or none that is whole."""
    cells = (grid.at(row, 1).value for row in range(1, grid.bottom + 1))
    texts = [cell for cell in cells if isinstance(cell, str)]
    if grid.sheet != SHEET or not texts or not all(one.startswith(_MARK) for one in texts):
        return None
    try:
        data = cast("dict[str, Any]", json.loads("".join(one.removeprefix(_MARK) for one in texts)))
        return _pack(data) if data["v"] == _VERSION else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _pack(data: Mapping[str, Any]) -> Pack:
    templates = tuple(
        SentTemplate(
            str(name), str(rules), str(text), {role: tuple(map(str, heads)) for role, heads in labels.items()}
        )
        for name, rules, text, labels in data["templates"]
    )
    return Pack(str(data["number"]), templates, tuple(map(_book, data["books"])))


def _book(record: list[Any]) -> SentBook:
    file, template, unit, code, year, project, superior, fingerprint, values = record
    return SentBook(
        file=str(file),
        template=str(template),
        unit=str(unit),
        unit_code=str(code),
        year=None if year is None else int(year),
        project=str(project),
        superior=str(superior),
        fingerprint=str(fingerprint),
        values=tuple(Value(int(row), str(name), str(said), str(at)) for row, name, said, at in values),
    )
