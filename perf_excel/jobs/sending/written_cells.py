"""The cells of a form that are written for a unit (逐家写的格): each text is made to fit its cell once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perf_excel.forms.spot import Spot
from perf_excel.jobs.sending.list_columns import Target
from perf_excel.jobs.sending.own_values import Recipient, head_of
from perf_excel.sheets.grid import Edit, Place
from perf_excel.sheets.grid import Value as CellValue
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.writing.putting import put, put_data, put_money

_LOOKED_AT = 2_000
"""So many recipients tell how long texts usually are."""
_MOST_RENDERED = 20_000
"""So many texts are kept as they are written."""


class WrittenCells:
    """Where the head of a form and the columns of the list go on it."""

    def __init__(self, reading: Reading, head: Mapping[str, Spot], targets: Mapping[int, Target]) -> None:
        """Take in the form; ``head`` are the spots of its head, ``targets`` those of the list's columns."""
        self._reading, self._head, self._targets = reading, head, targets
        self.places = [
            *(reading.places[spot] for spot in head.values()),
            *(reading.places[target.spot] for target in targets.values()),
        ]
        self._rendered: dict[tuple[Spot, str], CellValue] = {}
        self._shared = len(set(self.places)) < len(self.places)

    def edits(self, recipient: Recipient) -> list[Edit]:
        """Return what is written on the form."""
        reading = self._reading
        put_in: dict[Place, CellValue] = {}
        for name, text in head_of(recipient):
            if text and (spot := self._head.get(name)):
                self._put(put_in, spot, text)
        for column, given in recipient.given.items():
            if (target := self._targets.get(column)) is not None:
                if isinstance(given, str):
                    self._put(put_in, target.spot, given)
                elif target.kind == "amount":
                    put_money(put_in, reading, target.spot, given)
                else:
                    put_data(put_in, reading.grid, reading.places[target.spot], given)
        return [Edit(row, column, value) for (row, column), value in put_in.items()]

    def _put(self, put_in: dict[Place, CellValue], spot: Spot, text: str) -> None:
        reading = self._reading
        if self._shared:
            put(put_in, reading, spot, text)  # what else its cell holds may be a unit's own, too
            return
        key = spot, text
        if key not in self._rendered:
            own: dict[Place, CellValue] = {}
            put(own, reading, spot, text)
            if len(self._rendered) > _MOST_RENDERED:
                self._rendered.clear()
            self._rendered[key] = own[reading.places[spot]]
        put_in[reading.places[spot]] = self._rendered[key]

    def usual_texts(self, recipients: Sequence[Recipient]) -> dict[Place, str]:
        """Return for places the text that is as long as any but the longest twentieth."""
        texts: dict[Place, list[str]] = {}
        step = len(recipients) // _LOOKED_AT + 1
        for one in recipients[::step]:
            for edit in self.edits(one):
                if isinstance(edit.value, str) and edit.value:
                    texts.setdefault((edit.row, edit.column), []).append(edit.value)
        return {place: sorted(own, key=len)[int(len(own) * 0.95)] for place, own in texts.items()}
