"""What a unit changed of a form that it was to leave as it is (改动): sent structure against returned one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from perf_excel.forms.indicator_pairing import agreement, name_of, pair
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Indicator
from perf_excel.forms.text import plain
from perf_excel.sheets.reading.meanings import AMOUNT_NAMES, COLUMN_NAMES, SINGLE_NAMES
from perf_excel.sheets.structure import Held, Row, Structure

Kind = Literal[
    "公式被覆盖", "权重改动", "目标值改动", "指标名称改动", "评分标准改动", "表头改动", "列移动", "列删除",
    "列增加", "行删除", "行增加", "预填内容改动", "表名改动",
]  # fmt: skip
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]
"""All kinds of changes, in the order in which they are listed."""
_ALIKE = 0.4
_TASKS = {"name": "任务名称", "content": "任务内容"}
_LEVELS = frozenset({"level1", "level2", "level3", "above"})
_TARGETS = frozenset({"target", "adjusted", "sign", "unit", "direction"})


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind, where it stands in the returned file (表!C12), what it is of, old and new text.

    ``at`` of what was deleted is empty where nothing is left of it in the returned file; ``was_at`` is always
    where it stood when it was sent. ``allowed`` is for what a unit may do: rows come and go, unless the form
    was sent with fixed rows, and columns of a unit's own do no harm.
    """

    kind: Kind
    at: str
    what: str
    old: str
    new: str
    was_at: str = ""
    allowed: bool = False


def changes(sent: Structure, returned: Structure) -> tuple[Change, ...]:
    """Return what differs between a form as it was sent and as it came back, by the order of KINDS.

    Args:
        sent: :meth:`Structure.sent` of the form, with its unit's values.
        returned: the structure of the returned form.
    """
    found = [*_of_title(sent, returned), *_of_columns(sent, returned)]
    for part in ("head", "detail", "funding", "goal", "task", "total"):
        found += _of_part(part, sent, returned)
    found += _of_indicators(sent, returned)
    # A level's cell that is merged over its rows was changed once.
    return tuple(sorted(dict.fromkeys(found), key=lambda one: KINDS.index(one.kind)))


def _of_title(sent: Structure, returned: Structure) -> Iterator[Change]:
    if sent.title and sent.title != returned.title:
        yield Change("表名改动", "", "表名", sent.title, returned.title)


def _of_columns(sent: Structure, returned: Structure) -> Iterator[Change]:
    ours = [(one.role or f"?{one.head}", one) for one in sent.columns]
    roles = {role for role, _ in ours}
    # What a column of earlier years means hangs on the form's year: by its head it is the same.
    by_head = {one.head: role for role, one in ours if one.head}
    theirs = [
        (one.role if one.role in roles else by_head.get(one.head, one.role or f"?{one.head}"), one)
        for one in returned.columns
    ]
    mine, yours = [role for role, _ in ours], [role for role, _ in theirs]
    there = dict(theirs)
    matcher = SequenceMatcher(None, mine, yours, autojunk=False)
    still = {
        mine[at] for block in matcher.get_matching_blocks() for at in range(block.a, block.a + block.size)
    }
    for role, column in ours:
        name = column.head or COLUMN_NAMES.get(role, role)
        if role not in there:
            yield Change("列删除", "", f"“{name}”列", name, "", column.at)
            continue
        other = there[role]
        if role not in still:
            yield Change(
                "列移动", other.at, f"“{name}”列", _letters(column.at), _letters(other.at), column.at
            )
        if column.head != other.head:
            yield Change("表头改动", other.at, f"“{name}”列的表头", column.head, other.head, column.at)
    for role, column in theirs:
        if role not in mine:
            name = column.head or COLUMN_NAMES.get(role, role)
            yield Change("列增加", column.at, f"“{name}”列", "", name, allowed=True)


def _letters(at: str) -> str:
    return f"{at.rpartition('!')[2].rstrip('0123456789')}列"


def _of_part(part: str, sent: Structure, returned: Structure) -> Iterator[Change]:
    """The rows of a part that are known by a label, or by their number."""
    ours = [row for row in sent.rows if row.part == part]
    theirs = [row for row in returned.rows if row.part == part]
    pairs = _paired(ours, theirs)
    for number, row in enumerate(ours):
        if number not in pairs:
            if row.cells or part == "funding":
                yield _gone(row, sent)
            continue
        other = theirs[pairs[number]]
        if _key(row) != _key(other):
            yield Change("表头改动", other.at, f"“{_called(row)}”的名称", *_names(row, other), row.at)
        yield from _of_cells(row, other, formulas=returned.formulas)
    if part == "funding":
        taken = set(pairs.values())
        yield from (_added(row, sent) for index, row in enumerate(theirs) if index not in taken)


def _names(row: Row, other: Row) -> tuple[str, str]:
    return _called(row), _called(other)


def _key(row: Row) -> str:
    return name_of("/".join(row.names))


def _paired(ours: Sequence[Row], theirs: Sequence[Row]) -> dict[int, int]:
    """Rows of the same name, then what is left and much alike."""
    found: dict[int, int] = {}
    free = dict(enumerate(theirs))
    for number, row in enumerate(ours):
        index = next((index for index, other in free.items() if _key(row) == _key(other)), None)
        if index is not None:
            found[number] = index
            del free[index]
    for number, row in enumerate(ours):
        if number in found:
            continue
        likeness = [
            (SequenceMatcher(None, _key(row), _key(other), autojunk=False).ratio(), -index)
            for index, other in free.items()
        ]
        best, index = max(likeness, default=(0.0, 0))
        if best >= _ALIKE:
            found[number] = -index
            del free[-index]
    return found


def _of_indicators(sent: Structure, returned: Structure) -> Iterator[Change]:
    ours = [row for row in sent.rows if row.part == "indicator"]
    theirs = [row for row in returned.rows if row.part == "indicator"]
    pairs = _paired_indicators(tuple(map(_said_of, ours)), tuple(map(_said_of, theirs)))
    for number, row in enumerate(ours):
        if number not in pairs:
            yield _gone(row, sent)
            continue
        other = theirs[pairs[number]]
        yield from _of_names(row, other)
        yield from _of_cells(row, other, formulas=returned.formulas)
    taken = set(pairs.values())
    yield from _of_free_rows(sent, returned, [row for at, row in enumerate(theirs) if at not in taken])


def _of_names(row: Row, other: Row) -> Iterator[Change]:
    """Levels and name, which a merged cell or the row above may give."""
    for level, old, new in zip(("level1", "level2", "level3"), row.names, other.names, strict=True):
        if old and name_of(old) != name_of(new):
            name = COLUMN_NAMES[level]
            what = f"“{_called(row)}”的{name}"
            at = other.cells[level].at if level in other.cells else other.at
            yield Change("指标名称改动", at, what, old, new, row.at)


def _of_free_rows(sent: Structure, returned: Structure, new: Sequence[Row]) -> Iterator[Change]:
    """New indicators: those that fill blank rows of their levels are what the rows are for."""
    blank = Counter(sent.free)
    blank.subtract(returned.free)
    for row in new:
        levels = (plain(row.names[0]), plain(row.names[1]))
        if blank[levels] > 0:
            blank[levels] -= 1
        else:
            yield _added(row, sent)
    for (level1, level2), count in blank.items():
        if count:
            kind: Kind = "行删除" if count > 0 else "行增加"
            what = f"{'／'.join(filter(None, (level1, level2)))}的空白行"
            rows = f"{abs(count)} 行"
            old, new_rows = (rows, "") if count > 0 else ("", rows)
            yield Change(kind, "", what, old, new_rows, allowed=not sent.fixed)


def _said_of(row: Row) -> tuple[str, ...]:
    """What an indicator is known by: levels, name and target."""
    target = row.cells.get("target")
    return (*row.names, target.text if target else "")


@lru_cache(maxsize=256)
def _paired_indicators(
    ours: tuple[tuple[str, ...], ...], theirs: tuple[tuple[str, ...], ...]
) -> Mapping[int, int]:
    """Pair indicators; a thousand units return the same ones."""
    found = pair([_indicator(*said) for said in ours], [_indicator(*said) for said in theirs])
    return {**found.same, **found.renamed}


def _indicator(level1: str, level2: str, level3: str, target: str) -> Indicator:
    return Indicator(level1, f"{level1}／{level2}", level3 or level2 or level1, target=parse(target))


def _gone(row: Row, sent: Structure) -> Change:
    return Change("行删除", "", _whole(row), _called(row), "", row.at, allowed=not sent.fixed)


def _added(row: Row, sent: Structure) -> Change:
    return Change("行增加", row.at, _whole(row), "", _called(row), allowed=not sent.fixed)


def _whole(row: Row) -> str:
    return f"{'指标' if row.part == 'indicator' else ''}“{_called(row)}”一行"


def _of_cells(row: Row, other: Row, *, formulas: bool) -> Iterator[Change]:
    for name, held in row.cells.items():
        now = other.cells.get(name)
        if now is None:
            continue  # its column is no more, which is said once
        if held.formula:
            if formulas and (now.formula == 0 or now.formula > held.formula):
                new = now.text if now.formula == 0 else "不引用单元格的公式"
                yield Change("公式被覆盖", now.at, _what(row, name), "公式", new, held.at)
        elif (name not in _LEVELS or row.part != "indicator") and not _agrees(name, held, now):
            kind = _kind(row.part, name)
            yield Change(kind, now.at, _what(row, name), held.text, _said(now), held.at)


def _agrees(name: str, held: Held, now: Held) -> bool:
    if now.formula:
        return False
    if held.text == now.text:
        return True
    if name in ("target", "adjusted"):
        return agreement(parse(held.text), parse(now.text)) == "same"
    return plain(held.text).lower() == plain(now.text).lower()


def _said(now: Held) -> str:
    return "公式" if now.formula else now.text


def _kind(part: str, name: str) -> Kind:
    if name == "weight":
        return "权重改动"
    if part == "indicator":
        return "目标值改动" if name in _TARGETS else "评分标准改动"
    return "预填内容改动"


def _called(row: Row) -> str:
    if row.part == "indicator":
        return next(filter(None, reversed(row.names)), "")
    if row.part in ("funding", "detail"):
        return row.names[0]
    if row.part in ("task", "goal"):
        return f"{'任务' if row.part == 'task' else '年度目标'}{row.names[0]}"
    return "合计行" if row.part == "total" else "表头信息"


def _what(row: Row, name: str) -> str:
    if row.part == "head":
        return SINGLE_NAMES["head", name]
    if row.part == "detail":
        return row.names[0]
    if row.part in ("goal", "total"):
        return SINGLE_NAMES.get((row.part, name), name)
    names = {"indicator": COLUMN_NAMES, "funding": AMOUNT_NAMES, "task": _TASKS}[row.part]
    return f"“{_called(row)}”的{names.get(name, name)}"
