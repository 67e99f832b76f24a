"""Which rows of a panel are parts of which (行与行的勾稽): 类 = Σ 款 = Σ 项, 一、 = Σ 1、, 合计 = Σ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perf_excel.sheets.budgets.budget_lines import Line

_KEPT = re.compile("结转|结余|非财政拨款|专用基金|用事业基金|弥补收支")
_FUND = re.compile("一般公共预算|政府性?基金|国有资本")


class Sum(NamedTuple):
    """That a whole is the sum of its parts, by their numbers in a list of rows or columns."""

    whole: int
    readings: tuple[tuple[int, ...], ...]
    """What its parts may be, the likeliest first; one that fits is enough."""
    open: bool = False
    """Whether there may be parts that are not listed (其中): then they are no more than the whole."""
    certain: bool = True
    flat: bool = False
    """Whether its parts are a list without codes and numbers, in which some may be parts of others."""


@dataclass
class Tree:
    """The rows of a panel: the parts of each, and those that are part of no other."""

    lines: Sequence[Line]
    children: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    roots: list[int] = field(default_factory=list[int])
    """With the totals among them, in their order."""
    loose: set[int] = field(default_factory=set[int])
    """Rows that neither a code nor a number puts in a place."""
    flat: bool = False
    """Whether no row has a code or a number."""

    def put(self, at: int, parent: int | None) -> None:
        """Put a row below another, or below none."""
        (self.roots if parent is None else self.children.setdefault(parent, [])).append(at)

    @property
    def paths(self) -> Mapping[int, tuple[int, ...]]:
        """The rows above each row, from the root down to itself."""
        found: dict[int, tuple[int, ...]] = {}

        def walk(at: int, above: tuple[int, ...]) -> None:
            found[at] = (*above, at)
            for child in self.children.get(at, ()):
                walk(child, found[at])

        for root in self.roots:
            walk(root, ())
        return found


def trees_of(lines: Sequence[Line]) -> list[Tree]:
    """Return which rows are parts of which: by their codes, else by their numbering.

    There are two where rows without a code stand among those with one: they may be units, each with its rows
    below it, or projects of the row above.
    """
    coded = sum(bool(line.code or line.unit) for line in lines)
    plain = sum(not line.code and not line.unit and not line.rank for line in lines)
    if not coded or coded < plain:
        tree = Tree(lines, flat=all(line.style is None for line in lines))
        _by_numbering(tree)
        return [tree]
    units, projects = Tree(lines), Tree(lines)
    _by_codes(units, projects=False)
    _by_codes(projects, projects=True)
    return [units, projects] if units.loose else [units]


def _by_codes(tree: Tree, *, projects: bool) -> None:
    units: list[tuple[str, int]] = []
    known: dict[str, int] = {}
    section: int | None = None
    last: int | None = None
    for at, line in enumerate(tree.lines):
        if line.rank and line.style is None:
            tree.put(at, None)
        elif line.unit:
            while units and not (line.unit.startswith(units[-1][0]) and line.unit != units[-1][0]):
                units.pop()
            tree.put(at, units[-1][1] if units else None)
            units.append((line.unit, at))
            section, known = at, {}
        elif line.code:
            longer = (line.code[:end] for end in (7, 5, 3) if end < len(line.code))
            above = next((known[code] for code in longer if code in known), section)
            tree.put(at, above)
            known[line.code] = at
        elif last is not None and (line.included or (projects and tree.lines[last].code)):
            tree.put(at, last)
            if not line.included:
                tree.loose.add(at)
            continue
        else:
            tree.put(at, None)
            if not _KEPT.search(line.name):
                tree.loose.add(at)
                section, known, units = at, {}, []
        last = at


def _by_numbering(tree: Tree) -> None:
    stack: list[tuple[int, int]] = []
    numbered = any(line.style is not None for line in tree.lines)
    last: int | None = None
    listing = False
    for at, line in enumerate(tree.lines):
        if line.counts:
            continue
        if line.style is None:
            if line.rank:
                stack = []
                tree.put(at, None)
            elif last is not None and (listing or line.included or _is_part_of_kept(line, tree.lines[last])):
                # 其中：购置费 is followed by 运行费 without another 其中.
                tree.put(at, last)
                if listing and not line.included:
                    tree.loose.add(at)
                listing = listing or line.included
                continue
            else:
                stack = []
                tree.put(at, None)
                if numbered and not _KEPT.search(line.name):
                    tree.loose.add(at)
        else:
            if line.included and not stack and last is not None and not tree.lines[last].rank:
                stack.append((-1, last))
            while stack and stack[-1][0] >= line.style:
                stack.pop()
            tree.put(at, stack[-1][1] if stack else None)
            stack.append((line.style, at))
        last, listing = at, False


def _is_part_of_kept(line: Line, above: Line) -> bool:
    """Whether a row says of what money the carried-over amount above it is (一般公共预算财政拨款)."""
    return _KEPT.search(above.name) is not None and _FUND.match(line.name) is not None
