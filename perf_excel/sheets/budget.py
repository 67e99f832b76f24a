"""Where a form's money stands (资金情况): in a table, sideways, in pairs, or one amount a row.

Whatever its shape, the block is given as lines, each a source of money with the places of its fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from perf_excel.forms.measure import parse
from perf_excel.sheets import labels
from perf_excel.sheets.grid import Place
from perf_excel.sheets.labels import Role, bare, role_of
from perf_excel.sheets.lines import Columns, Label, Lines, beside, label_of, text_at, value_place

AMOUNTS = ("initial", "annual", "executed")
_SUMS = frozenset({*AMOUNTS, "arrived"})
_NOTHING = re.compile(r"[-—–/\\*○]+|无|没有|不适用")
_LETTERS = re.compile("[A-D](?:[/÷][A-D])?(?:[×*]100%?)?")
_TALLEST_HEAD = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A source of money: its name, and the places of its fields (Funding)."""

    item: str
    places: Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget block: its rows, its lines, and the places of the labels that belong to it."""

    top: int
    bottom: int
    lines: tuple[Line, ...]
    claimed: frozenset[Place] = field(default_factory=frozenset[Place])


def find_budget(lines: Lines, top: int, end: int, roles: tuple[Role, ...]) -> Budget | None:
    """Return the budget block in the rows from ``top`` to before ``end``; None where there is none."""
    return _table(lines, top, end, roles) or _sideways(lines, top, end, roles) or _amounts(lines, top, end)


# --- a table: the amounts are columns -----------------------------------------------------------------------


def _table(lines: Lines, top: int, end: int, roles: tuple[Role, ...]) -> Budget | None:
    for row in range(top, end):
        columns = lines.columns(row, roles)
        if not _heads(columns) or _is_paired(lines, row, roles):
            continue
        bottom, columns = _second_row(lines, row, columns, roles)
        columns = _settled(columns)
        left = min(span[0] for span in columns.values())
        right = max(span[1] for span in columns.values())
        rows = tuple(_rows(lines, (bottom, end), left, columns))
        last = max((bottom, *rows))
        return Budget(
            row,
            last,
            tuple(Line(label_of(lines.grid, one, left), dict(_places(lines, one, columns))) for one in rows),
            _claimed(lines, row, last, right),
        )
    return None


def _heads(columns: Columns) -> bool:
    """Whether labels head a budget table: two amounts, or one and a rate, or a rate and its points."""
    sums = len(_SUMS & columns.keys())
    return sums + ("rate" in columns) >= 2 or ("rate" in columns and "score" in columns)


def _second_row(
    lines: Lines, row: int, columns: Columns, roles: tuple[Role, ...]
) -> tuple[int, dict[str, tuple[int, int]]]:
    """The last row of the head, and its columns: 年初 and 调整后 may stand under 预算数, or A and B/A."""
    found, bottom = dict(columns), row
    tall = max(lines.grid.area(row, span[0]).bottom for span in columns.values())
    below = [one for one in lines.labels(row + 1) if lines.grid.area(row + 1, one.left).top == row + 1]
    starts = [one.left for one in lines.labels(row)]
    for role, (left, right) in columns.items():
        # Without a merged cell a group reaches over the blank cells to its right.
        last = max(right, min((start for start in starts if start > right), default=right + 1) - 1)
        parts = [one for one in below if left <= one.left and one.right <= last > left]
        group = bare(text_at(lines.grid, row, left))
        named = {role_of(one.text + group, roles): (one.left, one.right) for one in parts}
        if len(named) > 1 and None not in named:
            del found[role]
            found.update({name: span for name, span in named.items() if name})
            bottom = row + 1
    if below and all(_LETTERS.fullmatch(one.text) for one in below):
        bottom = row + 1
    return max(bottom, min(tall, row + _TALLEST_HEAD)), found


def _settled(columns: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """What arrived (到位数) is the annual budget only where nothing else is."""
    found = dict(columns)
    arrived = found.pop("arrived", None)
    if arrived and not {"initial", "annual"} & found.keys():
        found["annual"] = arrived
    return found


def _rows(lines: Lines, rows: tuple[int, int], left: int, columns: Columns) -> Iterator[int]:
    right = max(span[1] for span in columns.values())
    for row in range(rows[0] + 1, rows[1]):
        texts = [text for start, _, text in lines.labels(row) if start <= right]
        if any(labels.EXPECTED.fullmatch(text) or labels.TASK_NAME.fullmatch(text) for text in texts):
            return
        label = label_of(lines.grid, row, left)
        if not label or labels.AIM.search(label) or _is_wide(lines, row, columns):
            return
        shown = [text_at(lines.grid, row, columns[name][0]) for name in AMOUNTS if name in columns]
        if any(shown) and not any(_is_amount(text) for text in shown if text):
            return
        yield row


def _is_wide(lines: Lines, row: int, columns: Columns) -> bool:
    """Whether one cell reaches over several columns of the block, so that the row is no row of amounts."""
    area = lines.grid.area(row, columns[min(columns, key=lambda role: columns[role][0])][0])
    return sum(area.left <= left and right <= area.right for left, right in columns.values()) > 1


def _places(lines: Lines, row: int, columns: Columns) -> Iterator[tuple[str, Place]]:
    """The places of a row's fields; what is merged down from above belongs to the row above."""
    for name, span in columns.items():
        place = value_place(lines.grid, row, span)
        if place[0] == row:
            yield name, place


def _is_amount(text: str) -> bool:
    return _NOTHING.fullmatch(text) is not None or parse(text).number is not None


def _claimed(lines: Lines, top: int, bottom: int, right: int) -> frozenset[Place]:
    return frozenset(
        (row, label.left)
        for row in range(top, bottom + 1)
        for label in lines.labels(row)
        if label.left <= right
    )


# --- sideways and in pairs: labels stand before their amounts -----------------------------------------------


def _is_paired(lines: Lines, row: int, roles: tuple[Role, ...]) -> bool:
    """Whether a row holds values beside its labels, rather than labels over values."""
    found = lines.labels(row)
    named = [label for label in found if role_of(label.text, roles) in {*_SUMS, "rate"}]
    values = [one for one in found if one.left > named[0].left and _is_amount(one.text)]
    if values:
        return True
    gaps = [lines.grid.area(row, one.right + 1).left == one.right + 1 for one in named]
    blank = [not text_at(lines.grid, row, one.right + 1) for one in named]
    below = [text_at(lines.grid, row + 1, one.left) for one in named]
    if any(map(_is_amount, filter(None, below))) or label_of(lines.grid, row + 1, named[0].left):
        return False
    return all(gaps) and all(blank)


def _sideways(lines: Lines, top: int, end: int, roles: tuple[Role, ...]) -> Budget | None:
    rows: list[tuple[int, list[tuple[str, Label, Place]]]] = []
    for row in range(top, end):
        found = [one for one in _pairs(lines, row, roles) if rows or one[0] in {*_SUMS, "rate"}]
        if found:
            rows.append((row, found))
        elif rows:
            break
    named = {role for _, found in rows for role, _, _ in found}
    if len(named & {*_SUMS, "rate"}) < 2:
        return None
    built = _transposed(lines, rows) or _in_pairs(lines, rows)
    claimed = _claimed(lines, rows[0][0], rows[-1][0], max(place[1] for _, row in rows for *_, place in row))
    return Budget(rows[0][0], rows[-1][0], tuple(built), claimed)


def _pairs(lines: Lines, row: int, roles: tuple[Role, ...]) -> Iterator[tuple[str, Label, Place]]:
    """The labels of a row that have a value, or a blank cell for one, beside them."""
    for index, label in enumerate(lines.labels(row)):
        role = role_of(label.text, roles) if lines.grid.area(row, label.left).top == row else None
        if role and (place := beside(lines, row, index)):
            text = text_at(lines.grid, *place)
            if not text or role == "reason" or (_is_amount(text) and not role_of(text, roles)):
                yield role, label, place


def _transposed(lines: Lines, rows: list[tuple[int, list[tuple[str, Label, Place]]]]) -> list[Line]:
    """Lines whose names stand in the row above (合计, 财政拨款 …), each with a column of its own."""
    first, found = rows[0]
    label = found[0][1]
    if any(len(one) > 1 or one[0][1].left != label.left for _, one in rows):
        return []
    items = [one for one in lines.labels(first - 1) if one.left > label.right]
    if len(items) < 2 or any(_is_amount(one.text) for one in items):
        return []
    return [
        Line(item.text, _settled_places({one[0][0]: (row, item.left) for row, one in rows})) for item in items
    ]


def _in_pairs(lines: Lines, rows: list[tuple[int, list[tuple[str, Label, Place]]]]) -> Iterator[Line]:
    """Lines of pairs: where a role comes again, the next line begins."""
    item, places = "", dict[str, Place]()
    for row, found in rows:
        for role, label, place in found:
            if role in places:
                yield Line(item, _settled_places(places))
                item, places = "", {}
            if not places:
                before = [one.text for one in lines.labels(row) if one.right < label.left]
                item = before[-1] if before and not _is_amount(before[-1]) else ""
            places[role] = place
    if places:
        yield Line(item, _settled_places(places))


def _settled_places(places: Mapping[str, Place]) -> dict[str, Place]:
    spans = _settled({role: (row, column) for role, (row, column) in places.items()})
    return dict(spans)


# --- one amount a row (申报表) ------------------------------------------------------------------------------


def _amounts(lines: Lines, top: int, end: int) -> Budget | None:
    """The block that begins with a total (部门预算总额), each row a label and one amount."""
    found: list[tuple[Label, Place]] = []
    for row in range(top, end):
        own = list(_named_amounts(lines, row))
        if not found and not any(labels.MONEY_TOTAL.fullmatch(_plain_item(one.text)) for one, _ in own):
            continue
        if not own:
            break
        found += own
    if not found:
        return None
    year = [one for one in found if labels.MONEY_OF_YEAR.fullmatch(_plain_item(one[0].text))]
    kept = year[:1] or [one for one in found if "上年" not in one[0].text]
    return Budget(
        kept[0][1][0],
        kept[-1][1][0],
        tuple(
            Line(_item(text_at(lines.grid, place[0], label.left)), {"initial": place})
            for label, place in kept
        ),
        frozenset(place for label, value in kept for place in ((value[0], label.left), value)),
    )


def _named_amounts(lines: Lines, row: int) -> Iterator[tuple[Label, Place]]:
    for index, label in enumerate(lines.labels(row)):
        name = _plain_item(label.text)
        if lines.grid.area(row, label.left).top != row or not labels.MONEY_ITEM.fullmatch(name):
            continue
        place = beside(lines, row, index)
        if place and not labels.MONEY_GROUP.fullmatch(name):
            text = text_at(lines.grid, *place)
            if not text or _is_amount(text):
                yield label, place


def _plain_item(text: str) -> str:
    return labels.NUMBERING.sub("", text)


def _item(text: str) -> str:
    return "".join(text.split()).strip(":：")


def texts_of(lines: Lines, rows: Iterable[int]) -> Iterator[str]:
    """Yield what the rows show, full-width brackets as half-width ones and without white space."""
    for row in rows:
        for column, _ in lines.grid.row(row):
            yield "".join(text_at(lines.grid, row, column).translate(_BRACKETS).split())


_BRACKETS = str.maketrans("（）：", "():")
