"""Which columns of a panel are parts of which (列与列): 合计 = 基本支出 + 项目支出, 小计 = Σ of its head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from perf_excel.sheets.budgets.budget_panels import Amount
from perf_excel.sheets.budgets.budget_tree import Sum

_WHOLE = re.compile(r"(?:本年|本期|资金)?(?:收入|支出|预算)?(?:合计|总计|总额)|小计|合计金额")
_INCLUDED = re.compile("其中")
_USES = re.compile(
    "基本支出|项目支出|人员经费|公用经费|上缴上级|经营支出|事业单位经营|对?附属单位补助|公车$|因公出国|公务接待"
)
"""What 合计 is made of by definition: funds, uses of expenditure, and the three of “三公”."""
_PARTS_OF_BASIC = re.compile("(?:人员|公用)(?:经费|支出)")
_BOTH = re.compile("购置.{1,2}运行")
_ALL_THREE = re.compile("合计|总计|三公")
_CARS = "公车"

Paths = Mapping[int, tuple[str, ...]]


def column_sums(amounts: Sequence[Amount], *, three_public: bool) -> Iterator[Sum]:
    """Yield which columns are sums of which others; those of different years or kinds are never added."""
    for basis in dict.fromkeys(one.basis for one in amounts):
        group = {at: one.path for at, one in enumerate(amounts) if one.basis == basis and one.money}
        if len(group) > 1:
            yield from _sums(_with_cars(group) if three_public else _with_basic(group))


def _sums(paths: Paths) -> Iterator[Sum]:
    done = set[int]()
    for depth in range(max(map(len, paths.values())) + 1):
        groups: dict[tuple[str, ...], list[int]] = {}
        for at, path in paths.items():
            if len(path) >= depth:
                groups.setdefault(path[:depth], []).append(at)
        for above, members in groups.items():
            wholes = [at for at in members if _is_whole(paths[at][depth:])]
            if len(wholes) != 1 or wholes[0] in done:
                continue
            parts = _parts({at: paths[at][depth:] for at in members if at != wholes[0]})
            closed = [at for at in parts if not _INCLUDED.match(paths[at][depth])]
            certain = len(closed) > 1 and (bool(above) or all(_USES.match(paths[at][0]) for at in closed))
            done.add(wholes[0])
            if closed:
                yield Sum(wholes[0], (tuple(closed),), certain=certain)
            elif parts:
                yield Sum(wholes[0], (tuple(parts),), open=True)


def _is_whole(path: Sequence[str]) -> bool:
    return not path or (len(path) == 1 and _WHOLE.fullmatch(path[0]) is not None)


def _parts(paths: Paths) -> list[int]:
    """Return the columns that stand for each head: its 小计, or its only one, or all of them."""
    groups: dict[str, list[int]] = {}
    for at, path in paths.items():
        groups.setdefault(path[0], []).append(at)
    found: list[int] = []
    for members in groups.values():
        wholes = [at for at in members if _is_whole(paths[at][1:])]
        found += wholes[:1] or _parts({at: paths[at][1:] for at in members})
    return found


def _with_basic(paths: Paths) -> Paths:
    """Put 人员经费, 公用经费 that stand beside 基本支出 below it."""
    basic = next((path[:-1] for path in paths.values() if path and path[-1] == "基本支出"), None)
    if basic is None:
        return paths
    return {
        at: (*basic, "基本支出", path[-1])
        if path[:-1] == basic and path and _PARTS_OF_BASIC.match(path[-1])
        else path
        for at, path in paths.items()
    }


def _with_cars(paths: Paths) -> Paths:
    """Put the columns of “三公”经费 in their places, however their heads are worded."""
    return {at: _of_three("".join(path), path[-1] if path else "") for at, path in paths.items()}


def _of_three(name: str, last: str) -> tuple[str, ...]:
    if re.search("出国|出境", name):
        return ("因公出国",)
    if "接待" in name:
        return ("公务接待",)
    if not re.search("车|购置|运行", name):
        return ("合计" if _ALL_THREE.search(name) else last,)
    if _BOTH.search(last) or not re.search("购置|运行", last):
        return (_CARS, "小计")
    return (_CARS, "购置" if "购置" in last else "运行")
