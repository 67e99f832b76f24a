"""What was sent to whom (下发包): the record of a pack, kept on a very hidden sheet of its list (下发清单).

The record is one JSON text, cut into the cells of the first column: it comes back as it was from Excel, WPS
and LibreOffice, whatever people do to the list that they see.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from perf_excel.sheets.structure import Structure, Value, structure_of

SHEET = "_perf_excel_下发"
_VERSION = 1
_MARK = "|"
"""Begins every cell, so that none looks like a formula or a number."""
_CHUNK = 32_000
"""Characters of a cell, which holds 32,767."""
_BOOKS = ',"books":['
"""Begins the last part of the record; no text in it can hold these quotation marks."""
MOST_BOOKS = 500_000
"""Workbooks of a pack: with so many its list is still one sheet, and comes back."""


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
    contacts: tuple[tuple[str, str], ...] = ()
    """Whom to ask, by the head of a column: on the list that people see, and not in the record."""


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


def read_pack(cells: Iterable[object]) -> Pack | None:
    """Return the record in the cells of a sheet's first column, None where it is none, or not whole."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if not texts or not all(one.startswith(_MARK) for one in texts):
        return None
    text = "".join(one.removeprefix(_MARK) for one in texts)
    del texts
    try:
        return _pack(text)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _pack(text: str) -> Pack | None:
    """Read a record; of its workbooks, which are many, one after the other."""
    begun = text.index(_BOOKS)
    data = cast("dict[str, Any]", json.loads(f"{text[:begun]}}}"))
    if data["v"] != _VERSION:
        return None
    templates = tuple(
        SentTemplate(
            str(name), str(rules), str(body), {role: tuple(map(str, heads)) for role, heads in labels.items()}
        )
        for name, rules, body, labels in data["templates"]
    )
    return Pack(str(data["number"]), templates, tuple(_books(text, begun + len(_BOOKS))))


def _books(text: str, at: int) -> Iterator[SentBook]:
    decode = json.JSONDecoder().raw_decode
    said: dict[str, str] = {}
    while text[at] != "]":
        record, at = decode(text, at + (text[at] == ","))
        yield _book(record, said)
    if text[at:] != "]}":
        raise ValueError(text[at : at + 80])


def _book(record: list[Any], said: dict[str, str]) -> SentBook:
    """Build a workbook's record; what many say alike is kept once."""
    file, template, unit, code, year, project, superior, fingerprint, values = record

    def once(text: object) -> str:
        return said.setdefault(str(text), str(text))

    return SentBook(
        file=str(file),
        template=once(template),
        unit=str(unit),
        unit_code=str(code),
        year=None if year is None else int(year),
        project=once(project),
        superior=once(superior),
        fingerprint=str(fingerprint),
        values=tuple(Value(int(row), once(name), str(text), once(at)) for row, name, text, at in values),
    )
