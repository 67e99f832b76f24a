"""The head of a form (表头信息): labels and what stands beside them, or behind a colon in the same cell."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from perf_excel.forms.text import Folded, plain, without
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.around_words import (
    HEAD_LABEL,
    LABELISH,
    MANY_UNITS,
    PROJECT_NAMES,
    UNIT_CODES,
    UNIT_NAMES,
    YEAR_NAMES,
)
from perf_excel.sheets.finding.closing_words import GRADE, TOTAL
from perf_excel.sheets.finding.labels import bare, unnumbered
from perf_excel.sheets.finding.lines import MAX_COLUMNS, Lines, beside, text_at
from perf_excel.sheets.finding.money_words import MONEY_NAMED, MONEY_UNIT
from perf_excel.sheets.grid import Place

SEAL = re.compile(r"^\s*[(（](?:盖章|公章|签章)[)）]\s*|(?<!\s)\s*[(（](?:盖章|公章|签章)[)）]\s*$")
PART = re.compile(
    r"(?P<name>[^\s:：，。；、\d][^\s:：，。；、]{1,19})\s{0,30}[:：]\s{0,30}?(?P<text>(?:\S.*?)?)\s{0,30}(?=\s[^\s:：，。；、]{2,20}\s{0,30}[:：]|$)",
    re.DOTALL,
)
"""A label and what it names in one cell, where others may follow (总分：95  等级：优)."""
_UNIT_IN_TITLE = re.compile(
    r"(?:20\d\d年度?)?(?P<unit>[^\s\d:：]{2,24}?(?:局|委|委员会|办|办公室|中心|政府|[医法]院|学院|大学|[中小]学|学校|检察院|研究[院所]|"
    r"厅|馆|街道|办事处|镇|乡|总队|支队|大队|联合会|协会|总工会|公司|集团))(?:机关|本级)?(?=20\d\d|部门|单位|整体|项目|预算|绩效)"
)
_YEAR_BEHIND = re.compile(r"(?<!\s)\s{2,60}[(（]?20\d\d年?度?[)）]?$")
"""The form's year in one cell with the unit's name, apart from it."""
_STRICT = labels.any_of(*UNIT_NAMES, UNIT_CODES, PROJECT_NAMES, HEAD_LABEL)
_SUMMING = labels.any_of(TOTAL, GRADE, YEAR_NAMES)
_FEWEST_OVER = 3
"""So many labels in a row that has nothing else stand over what they name."""
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
    pairs = [pair for row in rows for pair in _over(lines, row, taken) or _pairs(lines, row, taken)]
    named = [pair for pair in pairs if not MONEY_NAMED.fullmatch(plain(pair.text))]
    units = [pair for name in UNIT_NAMES for pair in named if name.fullmatch(pair.label)]
    single = [pair for pair in units if not MANY_UNITS.fullmatch(plain(pair.text))]
    unit = next(iter(single or units), None)
    code = next((pair for pair in pairs if UNIT_CODES.fullmatch(pair.label)), None)
    project = next((pair for pair in pairs if PROJECT_NAMES.fullmatch(pair.label)), None)
    taken_by = [pair for pair in (unit, code, project) if pair]
    details = tuple(pair for pair in pairs if pair not in taken_by and not MONEY_UNIT.fullmatch(pair.label))
    return FormHead(unit, code, project, details)


def unit_in_title(lines: Lines, row: int) -> Pair | None:
    """The unit's name where a title begins with it: 某市水务局2023年度项目支出绩效自评表."""
    for label in lines.labels(row):
        shown = Folded(text_at(lines.grid, row, label.left))
        if found := _UNIT_IN_TITLE.match(shown.text):
            before, text, behind = shown.cut(*found.span("unit"))
            return Pair("单位", text, (row, label.left), before, behind, (row, label.left))
    return None


def _over(lines: Lines, row: int, taken: Container[Place]) -> list[Pair]:
    """The labels of a row that has nothing but labels, each over what it names; none in any other row."""
    found = lines.labels(row)
    if len(found) < _FEWEST_OVER or not all(_is_short_label(label.text) for label in found):
        return []
    below = {label.left: (row + 1, label.left) for label in found}
    if any(label.left not in below or _is_short_label(label.text) for label in lines.labels(row + 1)):
        return []
    return [
        Pair(
            label.text,
            without(SEAL, text_at(lines.grid, *below[label.left])),
            below[label.left],
            label_at=own,
        )
        for label in found
        if (own := (row, label.left)) not in taken and not _sums_up(label.text)
    ]


def _is_short_label(text: str) -> bool:
    return _is_strict(text) or _sums_up(text)


def _sums_up(text: str) -> bool:
    return _SUMMING.fullmatch(text) is not None


def _pairs(lines: Lines, row: int, taken: Container[Place]) -> Iterator[Pair]:
    used = False
    found = lines.labels(row)
    for index, label in enumerate(found):
        name = unnumbered(label.text)
        if used or (row, label.left) in taken or lines.grid.area(row, label.left).top != row:
            used = False
            continue
        own = (row, label.left)
        raw = text_at(lines.grid, *own)
        inside = list(_inside(raw, own))
        if inside:
            yield from inside
        elif _is_label(name):
            place = beside(lines, row, index)
            text = text_at(lines.grid, *place) if place else ""
            used = bool(text)
            if place and text and _begins_pair(text):
                # The next label, not what this one names: a blank cell between them is.
                used, text = False, ""
                gap = label.right + 1
                place = (row, gap) if not text_at(lines.grid, row, gap) else None
            # 实施单位： over all columns of the form has its room behind the colon, and none beside it.
            alone = plain(raw).endswith(":") and label.right > label.left and label.right >= lines.right
            if place and not alone and place[1] <= min(lines.grid.right + 1, MAX_COLUMNS):
                yield Pair(name, without(SEAL, text), place, label_at=own)
            elif plain(raw).endswith(":") and not text:
                yield Pair(name, "", own, raw, label_at=own)


def _begins_pair(raw: str) -> bool:
    """Whether a text is a label, or a label with what it names."""
    if plain(raw).endswith(":") or _sums_up(bare(raw)):
        return True
    return _is_strict(bare(raw)) or any(_inside(raw, (0, 0)))


def _is_label(text: str) -> bool:
    return _is_strict(text) or LABELISH.fullmatch(text) is not None


def _is_strict(text: str) -> bool:
    return _STRICT.fullmatch(text) is not None


def _inside(raw: str, place: Place) -> Iterator[Pair]:
    """Labels and texts within one cell (部门名称：某局　　填报日期：…)."""
    shown = Folded(raw)
    if len(shown.text) > _LONGEST or ":" not in shown.text:
        return
    for found in PART.finditer(shown.text):
        name, text = unnumbered(bare(found["name"])), _YEAR_BEHIND.sub("", SEAL.sub("", found["text"]))
        if text and _is_label(name):
            start = found.start("text") + found["text"].index(text)
            before, text, behind = shown.cut(start, start + len(text))
            yield Pair(name, text, place, before, behind, place)
