"""A template made ready to be sent (备好的表样): read once, written for one unit after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from perf_excel import __version__
from perf_excel.books.xlsx.adding import Host, Sheet
from perf_excel.books.xlsx.casting import Casting
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.jobs.examination.examining import Found
from perf_excel.jobs.examination.refreshing import refreshed
from perf_excel.jobs.sending.guarding import guarded
from perf_excel.jobs.sending.list_columns import Target
from perf_excel.jobs.sending.named_templates import Opened
from perf_excel.jobs.sending.outcomes import Outcomes
from perf_excel.jobs.sending.own_values import HEAD, Recipient, given_to_all, own_values
from perf_excel.jobs.sending.written_cells import WrittenCells
from perf_excel.sheets.grid import EMPTY, Edit, Place
from perf_excel.sheets.grid import Value as CellValue
from perf_excel.sheets.identity import SHEET as IDENTITY_SHEET
from perf_excel.sheets.identity import Identity, identity_edits
from perf_excel.sheets.structure import Value, digests, values_text
from perf_excel.sheets.structure_reading import structure
from perf_excel.sheets.writing.skipping import head_spot

_PROBE = "试"


class Made(NamedTuple):
    """A workbook for a unit: its bytes, what of it is the unit's own, its fingerprint."""

    data: bytes
    values: tuple[Value, ...]
    fingerprint: str


class Prepared:
    """A template ready to be written: cells found, formulas known, all else packed."""

    def __init__(
        self,
        template: Opened,
        targets: Mapping[int, Target],
        pack: str,
        *,
        recipients: Sequence[Recipient] = (),
        fixed: bool = False,
    ) -> None:
        """Prepare a template.

        Args:
            template: the template.
            targets: where the columns of the list go on it, by column.
            pack: the pack's number (下发编号).
            recipients: to whom it goes: what all of them get a value of refuses another one.
            fixed: whether units may neither add nor delete rows.

        Raises:
            UserError: the workbook cannot be edited.
        """
        self.name, self.found, self.targets, self.fixed = template.name, template.found, targets, fixed
        reading = self.found.reading
        self.structure = structure(reading, fixed=fixed)
        sent = self.structure.sent()
        self.text = sent.text()
        spots = {field: spot for field in HEAD if (spot := head_spot(reading, field)) is not None}
        self.head = spots
        """The spots of the head that the form has."""
        filled = set(given_to_all(recipients, spots, targets))
        self._workbook = _with_identity_sheet(guarded(self.found.book.editable(), reading, sent, filled))
        self._identity = _identity(self.found, self.name, pack)
        self._identity_grid = self._workbook.grid(IDENTITY_SHEET)
        self._cells = WrittenCells(reading, spots, targets)
        self._outcomes = Outcomes(self.found, self._cells.places)
        self._recipients = recipients
        self._static = self._resultsgiven_to_all()

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process needs to make the same workbooks."""
        _ = self._casting  # which depends on who gets them
        own = {name: value for name, value in self.__dict__.items() if name != "_digest"}
        return own | {"_recipients": ()}

    @cached_property
    def _digest(self) -> Callable[[str], str]:
        return digests(self.text)

    @property
    def suffix(self) -> str:
        """The ending of its files."""
        return self._workbook.suffix

    def make(self, recipient: Recipient) -> Made:
        """Return the workbook for a unit.

        Raises:
            UserError: a text is too long for a cell.
        """
        values = tuple(own_values(recipient, self.structure, self.head, self.targets))
        fingerprint = self._digest(values_text(values))
        edits = self._edits(recipient)
        identity = self._identity_edits(recipient, fingerprint)
        data = self._cast(edits, identity)
        return Made(data or self._filled(edits, identity), values, fingerprint)

    def _filled(self, edits: Sequence[Edit], identity: Sequence[Edit]) -> bytes:
        """Return a copy whose rows grow with their texts."""
        by_sheet = self.found.reading.by_sheet([*self._static, *edits])
        return self._workbook.fill({**by_sheet, IDENTITY_SHEET: identity})

    def _resultsgiven_to_all(self) -> list[Edit]:
        """Return the results of formulas where the template holds others, before a unit's values are in."""
        reading = self.found.reading
        found = refreshed(self.found, reading, [])[0]
        return [one for one in found if (one.row, one.column) not in self._cells.places]

    def _edits(self, recipient: Recipient) -> list[Edit]:
        """Return what is written on the form, with what its formulas then give."""
        return self._outcomes.edits(self._cells.edits(recipient))

    def _identity_edits(self, recipient: Recipient, fingerprint: str) -> list[Edit]:
        own = replace(
            self._identity,
            unit=recipient.unit,
            unit_code=recipient.code,
            year=recipient.year,
            project=recipient.project,
            fingerprint=fingerprint,
        )
        return identity_edits(self._identity_grid, own)

    def _cast(self, edits: Sequence[Edit], identity: Sequence[Edit]) -> bytes | None:
        if self._casting is None:
            return None
        casting, blank, identity_places = self._casting
        values = {sheet: dict(own) for sheet, own in blank.items()}
        locate = self.found.reading.locate
        for row, column, value in edits:
            sheet, *place = locate((row, column))
            known = values[sheet]
            if (place[0], place[1]) not in known:
                return None
            known[place[0], place[1]] = value
        values[IDENTITY_SHEET] = {
            (row, column): value for row, column, value in identity if (row, column) in identity_places
        }
        return casting.cast(values)

    @cached_property
    def _casting(self) -> tuple[Casting, dict[str, dict[Place, CellValue]], set[Place]] | None:
        """What casts the copies, what their cells hold without a unit, and which say who the unit is."""
        reading = self.found.reading
        written = [*dict.fromkeys([*self._cells.places, *self._outcomes.places])]
        # Rows are as high as nearly all units' texts need: the few longest grow one by one.
        usual = self._cells.usual_texts(self._recipients)
        probe = [Edit(*place, usual.get(place, _PROBE)) for place in written]
        identity = self._identity_edits(Recipient(_PROBE, _PROBE, 2000, _PROBE), _PROBE)
        first = self._filled(probe, identity)
        book = Workbook.from_bytes(first, self._workbook.name)
        blank = {sheet: dict[Place, CellValue]() for sheet in reading.sheets}
        results = {(one.row, one.column): one.value for one in self._static}
        for place in written:
            sheet, *own = reading.locate(place)
            blank[sheet][own[0], own[1]] = results.get(place, reading.grid.cells.get(place, EMPTY).value)
        other = self._identity_edits(Recipient("", "", None, ""), "")
        places = {
            (one.row, one.column) for one, two in zip(identity, other, strict=True) if one.value != two.value
        }
        changing = {sheet: list(own) for sheet, own in blank.items() if own}
        try:
            casting = Casting(book, {**changing, IDENTITY_SHEET: list(places)})
        except ValueError:
            return None
        return casting, blank, places


def _identity(found: Found, name: str, pack: str) -> Identity:
    own = found.identity
    if own is None:
        rules = found.rules
        own = Identity(found.reading.layout.title, rules.id, rules.version, program=__version__, adopted=True)
    return replace(own, pack=pack, template=name)


def _with_identity_sheet(workbook: Workbook) -> Workbook:
    if IDENTITY_SHEET in workbook.sheets:
        return workbook
    return Workbook.from_bytes(
        workbook.with_sheet(Sheet(IDENTITY_SHEET, _blank_sheet, stowed=True)), workbook.name
    )


def _blank_sheet(host: Host) -> bytes:
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        b'<worksheet xmlns="%b"><sheetData/></worksheet>' % host.namespace
    )
