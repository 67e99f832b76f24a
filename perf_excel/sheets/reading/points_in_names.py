"""Points behind a name: of an indicator without a column for them, of a level (产出指标（40分）)."""

from __future__ import annotations

import re
from decimal import Decimal

from perf_excel.forms.spot import Spot
from perf_excel.forms.text import Folded, folded
from perf_excel.sheets.reading.record import Notes
from perf_excel.sheets.shown_text import printed

_POINTS = re.compile(r"[(（]\s{0,9}(\d{1,3}(?:\.\d{1,2})?)\s{0,9}分\s{0,9}[)）]$")
_OF_LEVEL = re.compile(
    r"(?P<name>.*?\S)\s{0,9}(?:[(（]\s{0,9}(?P<inside>\d{1,3}(?:\.\d{1,2})?)\s{0,9}[分%％]?\s{0,9}[)）]"
    r"|(?<![\d.])(?P<bare>\d{1,3}(?:\.\d{1,2})?)\s{0,9}分)",
    re.DOTALL,
)


def level_and_points(text: str) -> tuple[str, Decimal | None]:
    """Return the name of a level, and the points behind it, in brackets or not (数量指标 10分)."""
    found = _OF_LEVEL.fullmatch(folded(text).strip())
    return (found["name"], Decimal(found["inside"] or found["bare"])) if found else (text, None)


def weight_in_name(notes: Notes, name: Spot) -> Decimal | None:
    """Return the points behind a name, which are noted as no part of it; None without any.

    They have no place of their own: a weight that is filled in goes behind the name again.
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
