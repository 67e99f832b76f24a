"""Which rows of a panel are parts of which (行与行的勾稽): 类 = Σ 款 = Σ 项, 一、 = Σ 1、, 合计 = Σ."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from perf_excel.sheets.budgets.budget_lines import Line

_KEPT = re.compile("结转|结余|非财政拨款|专用基金|用事业基金|弥补收支")
MOST_TOTALS = 100
"""A panel with more of them is a list of other things."""
_FUND = re.compile("一般公共预算|政府性?基金|国有资本")
_PEOPLE = re.compile("人员")
_FOR_PEOPLE = re.compile(r"301\d*|303\d*|工资福利.*|对?个人和?家庭.*")
_CARS = (re.compile("购置"), re.compile("运行|维护"))
_CAR = re.compile("公务用?车")


class Sum(NamedTuple):
    """That a whole is the sum of its parts, by their numbers in a list of rows or columns."""

    whole: int
    readings: tuple[tuple[int, ...], ...]
    """What its parts may be, the likeliest first; one that fits is enough."""
    open: bool = False
    """Whether there may be parts that are not listed (其中): then they are no more than the whole."""
    certain: bool = True


@dataclass
class Tree:
    """The rows of a panel: the parts of each, and those that are part of no other."""

    lines: Sequence[Line]
    children: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    roots: list[int] = field(default_factory=list[int])
    """With the totals among them, in their order."""
    loose: set[int] = field(default_factory=set[int])
    """Rows that neither a code nor a number puts in a place."""

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


def tree_of(lines: Sequence[Line]) -> Tree:
    """Return which rows are parts of which: by their codes, else by their numbering."""
    tree = Tree(lines)
    coded = sum(bool(line.code or line.unit) for line in lines)
    plain = sum(not line.code and not line.unit and not line.rank for line in lines)
    if coded and coded >= plain:
        _by_codes(tree)
    else:
        _by_numbering(tree)
    return tree


def _by_codes(tree: Tree) -> None:
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
        elif line.included and last is not None:
            tree.put(at, last)
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
    for at, line in enumerate(tree.lines):
        if line.counts:
            continue
        if line.style is None:
            if line.rank:
                stack = []
                tree.put(at, None)
            elif last is not None and (line.included or _is_part_of_kept(line, tree.lines[last])):
                tree.put(at, last)
                continue
            else:
                stack = []
                tree.put(at, None)
                if numbered and not _KEPT.search(line.name):
                    tree.loose.add(at)
        else:
            while stack and stack[-1][0] >= line.style:
                stack.pop()
            tree.put(at, stack[-1][1] if stack else None)
            stack.append((line.style, at))
        last = at


def _is_part_of_kept(line: Line, above: Line) -> bool:
    """Whether a row says of what money the carried-over amount above it is (一般公共预算财政拨款)."""
    return _KEPT.search(above.name) is not None and _FUND.match(line.name) is not None


def row_sums(tree: Tree) -> Iterator[Sum]:
    """Yield which rows are the sums of which others."""
    for whole, parts in tree.children.items():
        lines = [tree.lines[part] for part in parts]
        open_ = lines[0].included and not _are_all(tree.lines[whole], lines)
        yield Sum(whole, (tuple(parts),), open=open_, certain=whole not in tree.loose)
    yield from _unnumbered_parts(tree)
    yield from _totals(tree)


def _unnumbered_parts(tree: Tree) -> Iterator[Sum]:
    """Yield that rows without a number may be the parts of the numbered one above them."""
    whole: int | None = None
    parts: list[int] = []
    for at in [*tree.roots, None]:
        if at is not None and at in tree.loose:
            parts.append(at)
            continue
        if whole is not None and parts and whole not in tree.children:
            yield Sum(whole, (tuple(parts),), certain=False)
        whole = at if at is not None and tree.lines[at].style is not None else None
        parts = []


def _are_all(whole: Line, parts: Sequence[Line]) -> bool:
    """Whether parts are known to be all there are: 公务用车 is 购置 and 运行维护."""
    return _CAR.search(whole.name) is not None and all(
        any(words.search(part.name) for part in parts) for words in _CARS
    )


def _totals(tree: Tree) -> Iterator[Sum]:
    """Yield what the totals among the roots sum up: what stands above them, or below a first one."""
    roots = tree.roots
    totals = {at: place for place, at in enumerate(roots) if _is_total(tree.lines[at])}
    if len(totals) > MOST_TOTALS:
        return
    plain = [at for at in roots if at not in totals]
    places = {at: place for place, at in enumerate(roots)}
    waiting: list[int] = []
    side = ""
    for place, at in enumerate(roots):
        line = tree.lines[at]
        if at not in totals:
            waiting.append(at)
            continue
        mine = _side(line)
        since = max((one for one in totals.values() if one < place), default=-1)
        if side and mine and mine != side:
            waiting = [one for one in waiting if places[one] > since]
        side = mine or side
        below = list(_until_total(roots[place + 1 :], totals))
        some = _named(tree, line, waiting or below)
        readings = [some] if some else []
        if not some:
            near = [one for one in waiting if places[one] > since]
            readings += [waiting, near] if line.rank != "小计" else [near, waiting]
            readings += [below, plain] if line.rank == "小计" or waiting else [plain, below]
            readings.append([one for one in plain if one not in tree.loose])
            readings.append([one for one in totals if one != at and tree.lines[one].rank == "小计"])
        taken = some or (readings[0] if waiting else [])
        waiting = [one for one in waiting if one not in taken]
        if taken or place:
            waiting.append(at)
        distinct = tuple(dict.fromkeys(tuple(one) for one in readings if one))
        if distinct:
            certain = not tree.loose and not (side and _mixed(tree, totals))
            yield Sum(at, distinct, certain=certain)


def _is_total(line: Line) -> bool:
    return bool(line.rank) and line.style is None


def _mixed(tree: Tree, totals: Iterable[int]) -> bool:
    """Whether the totals of income and of expenditure stand below each other in one panel."""
    return len({side for at in totals if (side := _side(tree.lines[at]))}) > 1


def _side(line: Line) -> str:
    return "收入" if "收入" in line.name else "支出" if "支出" in line.name else ""


def _until_total(places: Sequence[int], totals: Container[int]) -> Iterator[int]:
    for at in places:
        if at in totals:
            return
        yield at


def _named(tree: Tree, line: Line, among: Sequence[int]) -> list[int]:
    """Return the parts of a total that says whose it is: 人员经费 is 301 and 303, 公用经费 the rest."""
    people = _PEOPLE.search(line.name) is not None
    if not people and "公用" not in line.name:
        return []
    roots = [at for at in (among or tree.roots) if not tree.lines[at].rank]
    for_people = {at for at in roots if _FOR_PEOPLE.fullmatch(tree.lines[at].code or tree.lines[at].name)}
    return [at for at in roots if (at in for_people) == people]
