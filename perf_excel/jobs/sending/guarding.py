"""What a unit is kept from typing over (锁定): cells that refuse, or ask first, in a form that is sent.

The sheet is not protected: protection, even without a password, forbids inserting and deleting rows, and
stops nobody who wants to change something. A cell refuses instead what is typed; what is pasted or deleted
all the same is found by its structure when the form comes back. In the rows of indicators a cell only asks,
since a row that is copied takes its cells along; with fixed rows nobody inserts any, and it refuses.
"""

from __future__ import annotations

from collections.abc import Collection

from perf_excel.books.xlsx.refusals import Refusal, refusing, validated
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.spot import Spot
from perf_excel.sheets.grid import EMPTY, Area, Place
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.structure import Structure

_ASKS = "这一格由下发单位填好，改动会在收回时列出。确实要改吗？"
_REFUSES = "这一格由下发单位填好，请不要改动；确有错误，请与下发单位联系。"
_COMPUTED = "这一格由公式计算，请不要改动。"
_FILLED, _FORMULA = "已填好", "由公式计算"


def guarded(workbook: Workbook, reading: Reading, sent: Structure, filled: Collection[Spot]) -> Workbook:
    """Return a template whose cells keep what the sender put there.

    Args:
        workbook: the template.
        reading: its form.
        sent: what of the form is held (:meth:`Structure.sent`).
        filled: the spots into which every unit gets a value.

    Raises:
        UserError: a sheet cannot be read.
    """
    stops: dict[str, set[Place]] = {sheet: set() for sheet in reading.sheets}
    asks: dict[str, set[Place]] = {sheet: set() for sheet in reading.sheets}
    formulas: dict[str, set[Place]] = {sheet: set() for sheet in reading.sheets}
    for spot, (row, name) in sent.spots.items():
        place = reading.places.get(spot)
        held = sent.rows[row].cells.get(name)
        if place is None or (held is None and spot not in filled):
            continue
        sheet, *own = reading.locate(place)
        if reading.grid.cells.get(place, EMPTY).formula is not None:
            kinds = formulas
        else:
            kinds = asks if spot.part in ("indicator", "task") and not sent.fixed else stops
        kinds[sheet].add((own[0], own[1]))
    for sheet in reading.sheets:
        markup = workbook.markup(sheet)[1]
        taken = validated(markup)
        computed = [place for place in formulas[sheet] if not any(_holds(area, place) for area in taken)]
        refusals = (
            Refusal(stops[sheet], _FILLED, _REFUSES),
            Refusal(asks[sheet], _FILLED, _ASKS, asks=True),
            Refusal(computed, _FORMULA, _COMPUTED),
        )
        if any(one.places for one in refusals):
            workbook = workbook.with_part(sheet, refusing(markup, refusals))
    return workbook


def _holds(area: Area, place: Place) -> bool:
    return area.top <= place[0] <= area.bottom and area.left <= place[1] <= area.right
