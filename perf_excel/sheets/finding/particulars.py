"""The head of a form (表头信息): labels and what stands beside them, or behind a colon in the same cell."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from perf_excel.forms.text import Folded, plain, without
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import MAX_COLUMNS, Lines, beside, text_at
from perf_excel.sheets.grid import Place

SEAL = re.compile(r"(?<!\s)\s*[(（](?:盖章|公章|签章)[)）]\s*$")
PART = re.compile(
    r"(?P<name>[^\s:：，。；、\d][^\s:：，。；、]{1,19})\s{0,30}[:：]\s{0,30}?(?P<text>(?:\S.*?)?)\s{0,30}(?=\s[^\s:：，。；、]{2,20}\s{0,30}[:：]|$)",
    re.DOTALL,
)
"""A label and what it names in one cell, where others may follow (总分：95  等级：优)."""
_LONGEST = 120
"""A longer text with colons in it is prose."""


class Pair(NamedTuple):
    """A label and what it names: at a place, where other text may stand before and behind it."""

    label: str
    text: str
    place: Place
    before: str = ""
    behind: str = ""
    label_at: Place = (0, 0)
    """Where the label stands."""


@dataclass(frozen=True, slots=True)
class FormHead:
    """What the head names; None where it does not."""

    unit: Pair | None = None
    unit_code: Pair | None = None
    project: Pair | None = None
    details: tuple[Pair, ...] = ()


def find_head(lines: Lines, rows: range, taken: Container[Place]) -> FormHead:
    """Return what the head of a form names.

    Args:
        lines: the sheet's.
        rows: from the form's first row to before the head of its indicators.
        taken: places of labels that belong to the budget, the goal or the tasks.
    """
    pairs = [pair for row in rows for pair in _pairs(lines, row, taken)]
    unit = next((pair for name in labels.UNIT_NAMES for pair in pairs if name.fullmatch(pair.label)), None)
    code = next((pair for pair in pairs if labels.UNIT_CODES.fullmatch(pair.label)), None)
    project = next((pair for pair in pairs if labels.PROJECT_NAMES.fullmatch(pair.label)), None)
    unit = unit or project  # a form of one project, whose unit is nowhere named
    named = [pair for pair in (unit, code, project) if pair]
    details = tuple(
        pair for pair in pairs if pair not in named and not labels.MONEY_UNIT.fullmatch(pair.label)
    )
    return FormHead(unit, code, project, details)


def _pairs(lines: Lines, row: int, taken: Container[Place]) -> Iterator[Pair]:
    used = False
    found = lines.labels(row)
    for index, label in enumerate(found):
        if used or (row, label.left) in taken or lines.grid.area(row, label.left).top != row:
            used = False
            continue
        own = (row, label.left)
        raw = text_at(lines.grid, *own)
        inside = list(_inside(raw, own))
        if inside:
            yield from inside
        elif _is_label(label.text):
            place = beside(lines, row, index)
            text = text_at(lines.grid, *place) if place else ""
            used = bool(text)
            if place and text and _begins_pair(text):
                # The next label, not what this one names: a blank cell between them is.
                used, text = False, ""
                gap = label.right + 1
                place = (row, gap) if not text_at(lines.grid, row, gap) else None
            if place and place[1] <= min(lines.grid.right + 1, MAX_COLUMNS):
                yield Pair(label.text, without(SEAL, text), place, label_at=own)
            elif plain(raw).endswith(":") and not text:
                yield Pair(label.text, "", own, raw, label_at=own)


def _begins_pair(raw: str) -> bool:
    """Whether a text is a label, or a label with what it names."""
    others = (labels.TOTAL, labels.GRADE, labels.YEAR_NAMES)
    if plain(raw).endswith(":") or any(one.fullmatch(bare(raw)) for one in others):
        return True
    return _is_strict(bare(raw)) or any(_inside(raw, (0, 0)))


def _is_label(text: str) -> bool:
    return _is_strict(text) or labels.LABELISH.fullmatch(text) is not None


def _is_strict(text: str) -> bool:
    spellings = (*labels.UNIT_NAMES, labels.UNIT_CODES, labels.PROJECT_NAMES, labels.HEAD_LABEL)
    return any(one.fullmatch(text) for one in spellings)


def _inside(raw: str, place: Place) -> Iterator[Pair]:
    """Labels and texts within one cell (部门名称：某局　　填报日期：…)."""
    shown = Folded(raw)
    if len(shown.text) > _LONGEST:
        return
    for found in PART.finditer(shown.text):
        name, text = bare(found["name"]), SEAL.sub("", found["text"])
        if text and _is_label(name):
            start = found.start("text")
            before, text, behind = shown.cut(start, start + len(text))
            yield Pair(name, text, place, before, behind, place)
