"""What of a workbook is a unit's own (各家自己的值): to whom it goes, and what is put into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perf_excel.forms.addressee import Addressee
from perf_excel.forms.measure import Measure
from perf_excel.forms.spot import Spot
from perf_excel.jobs.sending.list_columns import Given, Target
from perf_excel.sheets.grid import Cell
from perf_excel.sheets.structure import Structure, Value
from perf_excel.sheets.structure_reading import as_text, comparable_text
from perf_excel.sheets.writing.skipping import UNIT_AGAIN

HEAD = ("unit", UNIT_AGAIN, "unit_code", "project", "year")
"""The fields of a form's head that say whose it is."""


@dataclass(frozen=True, slots=True)
class Recipient(Addressee):
    """To whom a workbook goes, and what is put into it: by column of the list."""

    given: Mapping[int, Given] = field(default_factory=dict[int, Given])
    contacts: tuple[tuple[str, str], ...] = ()
    """Whom to ask (联系人, 电话 …), by the head of the column: for the list, not for the form."""


def head_of(addressee: Addressee) -> Iterator[tuple[str, str]]:
    """Yield what the head of a form says of a unit, by its fields."""
    yield "unit", addressee.unit
    yield UNIT_AGAIN, addressee.unit
    yield "unit_code", addressee.code
    yield "project", addressee.project
    yield "year", str(addressee.year) if addressee.year else ""


def _said(given: Given, name: str) -> str:
    if isinstance(given, Decimal):
        return as_text(given)
    text = given.text if isinstance(given, Measure) else given
    return comparable_text(name, Cell(text), text)


def own_values(
    recipient: Recipient, sent: Structure, head: Mapping[str, Spot], targets: Mapping[int, Target]
) -> Iterator[Value]:
    """Yield what of a workbook is the unit's own, as its structure holds it.

    Args:
        recipient: the unit.
        sent: the template's structure.
        head: the spots of its head.
        targets: where the columns of the list go on it.
    """
    spots, rows = sent.spots, sent.rows
    for name, text in head_of(recipient):
        spot = head.get(name)
        if text and spot is not None:
            row, own = spots[spot]
            yield Value(row, own, comparable_text(own, Cell(text), text), rows[row].cells[own].at)
    for column, given in recipient.given.items():
        target = targets.get(column)
        if target is None or target.spot not in spots:
            continue
        row, own = spots[target.spot]
        if own == "executed":
            continue  # it is the unit's to correct
        text = _said(given, own)
        if text:
            yield Value(row, own, text, rows[row].cells[own].at)


def given_to_all(
    recipients: Sequence[Recipient], head: Mapping[str, Spot], targets: Mapping[int, Target]
) -> Iterator[Spot]:
    """Yield the spots of which every recipient gets a value; the unit may correct what was spent."""
    heads = [dict(head_of(one)) for one in recipients]
    for name, spot in head.items():
        if heads and all(said[name] for said in heads):
            yield spot
    for column, target in targets.items():
        if recipients and target.spot.field != "executed" and all(column in one.given for one in recipients):
            yield target.spot
