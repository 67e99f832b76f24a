"""Which rows of a panel are the sums of which others (行与行的勾稽): 类 = Σ 款, 一、 = Σ 1、, 合计 = Σ."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from perf_excel.sheets.budgets.budget_lines import Line
from perf_excel.sheets.budgets.budget_tree import Sum, Tree

MOST_TOTALS = 100
"""A panel with more of them is a list of other things."""
_PEOPLE = re.compile("人员")
_FOR_PEOPLE = re.compile(r"301\d*|303\d*|工资福利.*|对?个人和?家庭.*")
_CAR = re.compile("公务用?车")
_CARS = (re.compile("购置"), re.compile("运行|维护"))
_THREE = (re.compile("出国"), re.compile("接待"), re.compile("车"))


def row_sums(tree: Tree) -> Iterator[Sum]:
    """Yield which rows are the sums of which others."""
    for whole, parts in tree.children.items():
        lines = [tree.lines[part] for part in parts]
        closed = _are_all(tree.lines[whole], lines)
        certain = closed or tree.loose.isdisjoint((whole, *parts))
        yield Sum(whole, (tuple(parts),), open=lines[0].included and not closed, certain=certain)
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
    """Whether parts are known to be all there are: 公务用车 is 购置 and 运行, “三公” is three."""
    kinds = _CARS if _CAR.search(whole.name) else _THREE
    return all(any(words.search(part.name) for part in parts) for words in kinds)


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
            readings.append(_three(tree, [one for one in plain if one not in tree.loose]))
            readings.append([one for one in totals if one != at and tree.lines[one].rank == "小计"])
        taken = some or (readings[0] if waiting else [])
        waiting = [one for one in waiting if one not in taken]
        if taken or place:
            waiting.append(at)
        distinct = tuple(dict.fromkeys(tuple(one) for one in readings if one))
        if distinct:
            certain = not tree.loose and not (side and _mixed(tree, totals))
            yield Sum(at, distinct, certain=certain, flat=tree.flat)


def _three(tree: Tree, among: Sequence[int]) -> list[int]:
    """Return the three of “三公” among other rows (会议费, 培训费); none where one of them lacks."""
    kinds = [[at for at in among if words.search(tree.lines[at].name)] for words in _THREE]
    return sorted(at for kind in kinds for at in kind) if all(kinds) else []


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
