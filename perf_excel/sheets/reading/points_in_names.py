"""Points that stand behind an indicator's name (抽检合格率（12分）), without a column for them."""

from __future__ import annotations

import re
from decimal import Decimal

from perf_excel.forms.spot import Spot
from perf_excel.forms.text import Folded
from perf_excel.sheets.reading.record import Notes
from perf_excel.sheets.shown_text import printed

_POINTS = re.compile(r"[(（]\s{0,9}(\d{1,3}(?:\.\d{1,2})?)\s{0,9}分\s{0,9}[)）]$")


def weight_in_name(notes: Notes, name: Spot) -> Decimal | None:
    """Return the points behind a name, which are noted as no part of it; None without any.

    They have no place of their own: a weight is never written over a name.
    """
    typed = printed(notes.own(name)).strip()
    shown = Folded(typed)
    found = _POINTS.search(shown.text)
    if found is None or not found.start():
        return None
    own, *_ = shown.cut(found.start(), found.end())
    front, _ = notes.frames.get(name, ("", ""))
    notes.frames[name] = (front, typed[len(own.rstrip()) :])
    return Decimal(found[1])
