"""Money in pairs and sideways (资金情况): labels stand before their amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import dropwhile
from typing import NamedTuple

from perf_excel.sheets.finding.around_words import HEAD_LABEL, PROJECT_NAMES, UNIT_CODES, UNIT_NAMES
from perf_excel.sheets.finding.labels import Roles, bare, role_of
from perf_excel.sheets.finding.lines import MAX_COLUMNS, Lines, beside, label_of, text_at
from perf_excel.sheets.finding.money_inside import parts
from perf_excel.sheets.finding.money_lines import (
    SUMS,
    Budget,
    Line,
    claimed,
    is_amount,
    is_nothing,
    item_of,
    settled,
)
from perf_excel.sheets.finding.money_words import FUNDS_TOTAL, SOURCE
from perf_excel.sheets.grid import Label, Place

_OF_WHAT = re.compile("转移支付|专项")
"""What a label of an amount says of the money itself."""
_AMOUNTS = SUMS | {"rate"}
_IN_ALL = re.compile("(?:项目|预算|资金|年度|专项|财政)*(?:总?金额|总额|资金|合计|资金规模)")
"""What names the year's budget where a row says beside it what was spent of it."""
_NOTE = re.compile("备注|说明")
_OF_ALL = frozenset({"weight", "score", "reason"})
_OF_WHOLE = frozenset({"executed", "rate", "left"})


class _Pair(NamedTuple):
    """A label, what it means, and the place of what it names."""

    role: str
    label: Label
    place: Place
    frame: tuple[str, str] | None = None
    """What stands before and behind it where it shares its label's cell."""


_Row = tuple[int, list[_Pair]]


def is_paired(lines: Lines, row: int, roles: Roles) -> bool:
    """Whether a row holds values beside its labels, rather than labels over values."""
    found = lines.labels(row)
    named = [label for label in found if role_of(label.text, roles) in _AMOUNTS]
    values = [one for one in found if one.left > named[0].left and is_amount(one.text)]
    if values:
        return True
    gaps = [lines.grid.area(row, one.right + 1).left == one.right + 1 for one in named]
    blank = [not text_at(lines.grid, row, one.right + 1) for one in named]
    below = [text_at(lines.grid, row + 1, one.left) for one in named]
    if any(SOURCE.fullmatch(bare(text)) or FUNDS_TOTAL.fullmatch(bare(text)) for text in below):
        return False  # sources stand under the amounts
    if any(map(is_amount, filter(None, below))) or label_of(lines.grid, row + 1, named[0].left):
        return False
    return all(gaps) and all(blank)


def find_pairs(lines: Lines, top: int, end: int, roles: Roles) -> Budget | None:
    """Return the first money in pairs or sideways in the rows from ``top`` to before ``end``."""
    rows: list[_Row] = []
    for row in range(top, end):
        found = list(_pairs(lines, row, roles))
        if not rows:  # points may stand behind the first amounts, never before them
            found = list(dropwhile(lambda one: one.role not in _AMOUNTS, found))
        if found:
            rows.append((row, found))
        elif rows:
            break
    named = {one.role for _, found in rows for one in found}
    if len(named & _AMOUNTS) < 2:
        return None
    first, last = rows[0][0], rows[-1][0]
    right = max(one.place[1] for _, row in rows for one in row)
    built = _transposed(lines, rows, roles)
    if built:
        right = max(right, *(label.right for label in lines.labels(first - 1)))
        first -= 1
    else:
        parts = list(_parts(lines, range(last + 1, end), rows[-1][1]))
        whole, *others = _in_pairs(lines, rows)
        if over := _over(lines, *rows[0], roles):
            whole = replace(whole, places={**whole.places, **over})
            right = max(right, *(column for _, column in over.values()))
        last += len(parts)
        if parts and last + 1 < end and (behind := _behind_parts(lines, last + 1, roles)):
            whole = replace(whole, places={**behind, **whole.places})
            last += 1
        built = [whole, *others, *parts]
    head = {(row, one.left) for row, found in rows for one in _of_head(lines, row, found[0].label)}
    return Budget(first, last, tuple(built), claimed(lines, first, last, right) - head)


def pairs_at(lines: Lines, row: int, end: int, roles: Roles) -> Budget | None:
    """Return the money in pairs or sideways that begins at a row; None where none does."""
    begins = any(one.role in SUMS for one in _pairs(lines, row, roles))
    return find_pairs(lines, row, end, roles) if begins else None


def _pairs(lines: Lines, row: int, roles: Roles) -> Iterator[_Pair]:
    """The labels of a row that have a value, or a blank cell for one, beside them."""
    named = [role_of(label.text, roles) for label in lines.labels(row)]
    for index, label in enumerate(lines.labels(row)):
        if lines.grid.area(row, label.left).top != row:
            continue
        inside = list(_inside(lines, row, label, roles))
        yield from inside
        role = None if inside else named[index]
        if not role and not inside and "executed" in named and _IN_ALL.fullmatch(label.text):
            role = "annual"
        if role and (place := _beside(lines, row, index)):
            text = text_at(lines.grid, *place)
            if not text or role == "reason" or (is_amount(text) and not role_of(text, roles)):
                yield _Pair(role, label, place)


def _inside(lines: Lines, row: int, label: Label, roles: Roles) -> Iterator[_Pair]:
    """Labels with their values in one cell."""
    for part in parts(text_at(lines.grid, row, label.left)):
        # 2023年预算安排资金100万元: a name begins behind the digits of a year.
        if role := role_of(part.name, roles) or role_of(part.name.removeprefix("年"), roles):
            yield _Pair(role, label, (row, label.left), part.frame)


def _beside(lines: Lines, row: int, index: int) -> Place | None:
    """The place of what a label names; where a blank cell and another label follow, the blank cell."""
    label, place = lines.labels(row)[index], beside(lines, row, index)
    if place is None or place[1] == label.right + 1 or is_amount(text_at(lines.grid, *place)):
        return place
    gap = label.right + 1
    return place if text_at(lines.grid, row, gap) or not text_at(lines.grid, *place) else (row, gap)


def _transposed(lines: Lines, rows: list[_Row], roles: Roles) -> list[Line]:
    """Lines whose names stand in the row above (合计, 财政拨款 …), each with a column of its own."""
    first, found = rows[0]
    label = found[0].label
    own = [
        (row, one[0])
        for row, one in rows
        if one[0].label.left == label.left and (one[0].role not in _OF_ALL or len(one) == 1)
    ]
    named = [pair for _, pair in own]
    others = [pair for _, one in rows for pair in one if pair not in named]
    if any(pair.role not in _OF_ALL for pair in others):
        return []
    heads = [one for one in lines.labels(first - 1) if one.left > label.right]
    # What was spent, its rate and the points may have a column among the sources: of the whole.
    further = {role: one for one in heads if (role := role_of(one.text, roles)) in _OF_ALL | _OF_WHOLE}
    items = [one for one in heads if one not in further.values() and not _NOTE.fullmatch(one.text)]
    if len(items) < 2 or any(is_amount(one.text) for one in items):
        return []
    built = [
        Line(item.text, _settled_places({one.role: (row, item.left) for row, one in own})) for item in items
    ]
    places = {
        role: _of_all(lines, [row for row, _ in own], one.left) for role, one in further.items() if role
    }
    places |= {pair.role: pair.place for pair in others}
    frames = {pair.role: pair.frame for pair in others if pair.frame}
    return [replace(built[0], places={**places, **built[0].places}, frames=frames), *built[1:]]


def _of_all(lines: Lines, rows: list[int], column: int) -> Place:
    """The place in a column of what counts for the whole: the filled one, else the last."""
    texts = {row: text_at(lines.grid, row, column) for row in rows}
    filled = [row for row, text in texts.items() if text and not is_nothing(text)]
    area = lines.grid.area((filled or rows)[-1], column)
    return area.top, area.left


def _over(lines: Lines, row: int, found: list[_Pair], roles: Roles) -> dict[str, Place]:
    """What labels behind the pairs of a row say of the whole, whose values stand below them."""
    beyond = max((pair.place[1] for pair in found if pair.role in SUMS), default=MAX_COLUMNS)
    places: dict[str, Place] = {}
    for label in lines.labels(row):
        role = role_of(label.text, roles) if label.left > beyond else None
        below = (lines.grid.area(row, label.left).bottom + 1, label.left)
        text = text_at(lines.grid, *below)
        blank = all(not text_at(lines.grid, *pair.place) for pair in found if pair.label == label)
        if blank and role in _OF_ALL | {"rate"} and is_amount(text) and lines.grid.anchor(*below) == below:
            places.setdefault(role or "", below)
    return places


def _in_pairs(lines: Lines, rows: list[_Row]) -> Iterator[Line]:
    """Lines of pairs: where a role comes again, the next line begins."""
    item, places, frames = "", dict[str, Place](), dict[str, tuple[str, str]]()
    for row, found in rows:
        for role, label, place, frame in found:
            if role in places:
                yield Line(item, _settled_places(places), frames)
                item, places, frames = "", {}, {}
            if not places:
                item = _item(lines, row, label)
            places[role] = place
            if frame:
                frames[role] = frame
    if places:
        yield Line(item, _settled_places(places), frames)


def _item(lines: Lines, row: int, label: Label) -> str:
    """What pairs are of: what their first label says, else the label before it."""
    if _OF_WHAT.match(label.text):
        return item_of(text_at(lines.grid, row, label.left))
    before = [one for one in lines.labels(row) if one.right < label.left]
    own = before and before[-1] not in _of_head(lines, row, label)
    return before[-1].text if own and not is_amount(before[-1].text) else ""


def _of_head(lines: Lines, row: int, label: Label) -> list[Label]:
    """The labels before a pair that say something else: what the form is about, and its name."""
    before = [one for one in lines.labels(row) if one.right < label.left]
    known = (
        *UNIT_NAMES,
        UNIT_CODES,
        PROJECT_NAMES,
        HEAD_LABEL,
    )
    return before if len(before) > 1 and any(one.fullmatch(before[-2].text) for one in known) else []


def _parts(lines: Lines, rows: range, above: list[_Pair]) -> Iterator[Line]:
    """Lines under pairs that name their source over and over: 其中：财政拨款 80, 其中：财政拨款 76."""
    above = [pair for pair in above if pair.role in SUMS and not pair.frame]
    for row in rows:
        found = {label.left: index for index, label in enumerate(lines.labels(row))}
        indices = [found.get(pair.label.left) for pair in above]
        texts = {lines.labels(row)[index].text for index in indices if index is not None}
        if len(above) < 2 or None in indices or len(texts) != 1:
            return
        places = [_beside(lines, row, index) for index in indices if index is not None]
        values = [text_at(lines.grid, *place) for place in places if place]
        if len(values) < len(above) or any(text and not is_amount(text) for text in values):
            return
        item = item_of(text_at(lines.grid, row, above[0].label.left))
        yield Line(
            item, _settled_places({pair.role: one for pair, one in zip(above, places, strict=True) if one})
        )


def _behind_parts(lines: Lines, row: int, roles: Roles) -> dict[str, Place]:
    """What a row behind the parts says of the whole: its rate and points."""
    found = list(_pairs(lines, row, roles))
    return {one.role: one.place for one in found} if {one.role for one in found} <= _OF_ALL | {"rate"} else {}


def _settled_places(places: Mapping[str, Place]) -> dict[str, Place]:
    return dict(settled(places))
