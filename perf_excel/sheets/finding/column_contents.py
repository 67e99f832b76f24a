"""Columns whose meaning shows only in their cells: signs or 正向, levels or values under one wide head.

A column 指标性质 holds ≥ ≤ = in one province, 正向 and 反向 in another, 定性 and 定量 in a third.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Literal

from perf_excel.forms.measure import is_sign, parse
from perf_excel.forms.text import plain
from perf_excel.sheets.finding.column_words import LEVEL
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import Columns, text_at
from perf_excel.sheets.grid import Grid

_LEVELS = {
    2: ("level1", "level3"),
    3: ("level1", "level2", "level3"),
    4: ("level1", "level2", "above", "level3"),
}
"""The levels that stand under one head, by their number."""
_DIRECTION = re.compile("(?:(正)|[反逆负])向?(?:指标)?")
_NUMBERED = re.compile(r"(?:三级)?指标[\d一二三四五六七八九十]*[:：.、]?|[(]?\d{1,2}[)、.．:]?|[①-⑳]|…+")
"""What numbers an indicator in a cell of its own: 指标1, 2, ③."""
_KIND = re.compile("定[性量](?:指标)?")


def direction_of(text: str) -> Literal["", "up", "down"]:
    """Return up for 正向, down for 反向, 逆向 and 负向, an empty text for anything else."""
    found = _DIRECTION.fullmatch(plain(text))
    return "" if not found else "up" if found[1] else "down"


def settled(grid: Grid, columns: Columns, rows: Sequence[int], header: int) -> Columns:
    """Return the columns of an indicator block after a look at its cells.

    Args:
        grid: the sheet.
        columns: as the head names them, 指标性质 and the like as nature1, nature2 ….
        rows: the block's rows.
        header: the last row of its head.
    """
    found = dict(columns)
    natures = [found.pop(role) for role in sorted(found) if role.startswith("nature")]
    if not {"level1", "level2"} & found.keys():
        kinds = [span for span in natures if _are_levels(_texts(grid, span[0], rows))]
        if kinds and "level3" in found and kinds[0][1] < found["level3"][0]:
            found["level1"] = kinds[0]
            natures.remove(kinds[0])
    found |= _natures([(span, _texts(grid, span[0], rows)) for span in natures])
    if not {"level1", "level2"} & found.keys() and "level3" in found:
        found |= _levels(grid, found["level3"], rows)
    elif "level3" in found:
        found |= _names(grid, found, rows)
    if "level1" in found and "level2" not in found:
        found |= _kinds(grid, found["level1"], rows)
    if "audited" in found and "score" not in found and _has_numbers(grid, found["audited"], rows):
        found["score"] = found.pop("audited")  # points that only others gave
    if "weight" in found and "score" not in found:
        found |= _unheaded_score(grid, found, rows, header)
    if not {"sign", "unit"} & found.keys() and "target" in found:
        found |= _parts(grid, found["target"], rows)
    return found


def _are_levels(texts: list[str]) -> bool:
    """Whether a column of kinds (指标类型) holds first levels: 产出, 效益, 满意度."""
    return bool(texts) and all(LEVEL.fullmatch(bare(text)) for text in texts)


def _texts(grid: Grid, column: int, rows: Sequence[int]) -> list[str]:
    return [text for row in rows if (text := text_at(grid, row, column))]


def _has_numbers(grid: Grid, span: tuple[int, int], rows: Sequence[int]) -> bool:
    return any(parse(text).number is not None for text in _texts(grid, span[0], rows))


def _natures(columns: list[tuple[tuple[int, int], list[str]]]) -> Columns:
    """Which column holds the sign and which the direction; while they are blank, the sign stands last."""
    found: dict[str, tuple[int, int]] = {}
    undecided: list[tuple[int, int]] = []
    for span, texts in columns:
        if any(map(is_sign, texts)):
            found.setdefault("sign", span)
        elif any(map(direction_of, texts)):
            found.setdefault("direction", span)
        elif all(_KIND.fullmatch(plain(text)) for text in texts):
            undecided.append(span)
    for role in ("sign", "direction"):
        if undecided and role not in found:
            found[role] = undecided.pop()
    return found


def _levels(grid: Grid, span: tuple[int, int], rows: Sequence[int]) -> Columns:
    """The levels under one wide head (绩效指标), where they have cells of their own."""
    filled = _filled(grid, span, rows)
    names = _LEVELS.get(len(filled), ())
    return dict(zip(names, ((left, left) for left in filled), strict=True)) if names else {}


def _names(grid: Grid, columns: Columns, rows: Sequence[int]) -> Columns:
    """Number and name, or third and fourth level, under one head (三级指标: 指标1 | 发放原种)."""
    left, right = columns["level3"]
    taken = {
        column for role, span in columns.items() if role != "level3" for column in range(span[0], span[1] + 1)
    }
    filled = _filled(grid, (left, right if right > left or right + 1 in taken else right + 1), rows)
    if len(filled) != 2:
        return {}
    first, second = filled
    both = [row for row in rows if text_at(grid, row, first) and text_at(grid, row, second)]
    numbered = all(_NUMBERED.fullmatch(plain(text_at(grid, row, first))) for row in both)
    if not both or (right == left and not numbered):
        return {}
    if numbered:
        return {"number": (first, first), "level3": (second, second)}
    return {} if "above" in columns else {"above": (first, first), "level3": (second, second)}


def _kinds(grid: Grid, span: tuple[int, int], rows: Sequence[int]) -> Columns:
    """First and second level under one head (指标)."""
    filled = _filled(grid, span, rows)
    return (
        dict(zip(("level1", "level2"), ((left, left) for left in filled), strict=True))
        if len(filled) == 2
        else {}
    )


def _unheaded_score(grid: Grid, columns: Columns, rows: Sequence[int], header: int) -> Columns:
    """A column behind the weights without a head that holds points, none more than its row's weight."""
    taken = {column for span in columns.values() for column in range(span[0], span[1] + 1)}
    weight = columns["weight"][0]
    weights = {
        row: number for row in rows if (number := parse(text_at(grid, row, weight)).number) is not None
    }
    for column in _filled_beside(grid, weights, columns["weight"][1]):
        points = {row: text_at(grid, row, column) for row in weights}
        numbers = [(parse(text), weights[row]) for row, text in points.items() if text]
        if column in taken or text_at(grid, header, column) or len(numbers) * 2 < len(weights) or not numbers:
            continue
        if all(
            one.number is not None and one.number <= most and one.unit in ("", "分") for one, most in numbers
        ):
            return {"score": (column, column)}
    return {}


def _filled_beside(grid: Grid, rows: Collection[int], last: int) -> list[int]:
    """The columns behind one in which something may stand in half of the rows, of thousands there may be."""
    places = chain(grid.cells, grid.merged)
    counts = Counter(column for row, column in places if column > last and row in rows)
    return sorted(column for column, count in counts.items() if count * 2 >= len(rows))


def _parts(grid: Grid, span: tuple[int, int], rows: Sequence[int]) -> Columns:
    """Sign, value and unit under one wide head (指标值), where they have cells of their own."""
    found: dict[str, tuple[int, int]] = {}
    for column in _filled(grid, span, rows):
        texts = _texts(grid, column, rows)
        if any(map(is_sign, texts)):
            role = "sign"
        elif "target" not in found and any(parse(text).kind == "number" for text in texts):
            role = "target"
        else:
            role = "unit"
        found.setdefault(role, (column, column))
    return found if "target" in found and len(found) > 1 else {}


def _filled(grid: Grid, span: tuple[int, int], rows: Sequence[int]) -> list[int]:
    """The columns of a span in which cells of their own begin, merged or not."""
    return [
        column
        for column in range(span[0], span[1] + 1)
        if any(grid.area(row, column).left == column and text_at(grid, row, column) for row in rows)
    ]
