"""Names on the sheet that an indicator without a row may mean (相近的名称): said, never taken for it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.sheets.grid import address
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.writing.row_pairing import Pairs

_MOST = 5
_ALIKE = 0.6
_LONGEST = 60
"""Signs of a name that are looked at: comparing costs their square."""


def near_names(reading: Reading, data: Form, pairs: Pairs) -> Iterator[str]:
    """Yield for indicators without a row the nearest names on the sheet that the data does not speak of."""
    taken = {places.get("level3") for _, places in pairs.found}
    free: dict[str, list[tuple[str, str]]] = {}
    for index, row in enumerate(reading.form.indicators):
        place = reading.places.get(Spot("indicator", index, "level3"))
        if place is not None and place not in taken and row.name:
            _, *own = reading.locate(place)
            free.setdefault(plain(row.name)[:_LONGEST], []).append((row.name, address(*own)))
    for number in pairs.homeless[:_MOST]:
        name = data.indicators[number].name
        alike = difflib.get_close_matches(plain(name)[:_LONGEST], list(free), 2, _ALIKE) if name else []
        if alike:
            yield f"“{name}”最接近的是{_listed([one for key in alike for one in free[key]])}"


def _listed(found: Sequence[tuple[str, str]]) -> str:
    return "、".join(f"“{name}”（{cell}）" for name, cell in found[:2])
