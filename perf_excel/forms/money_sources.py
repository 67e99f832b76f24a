"""Sources of money (资金来源) by what they are, whatever a form calls them: 当年财政拨款 is 财政拨款."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from perf_excel.forms.indicator_pairing import name_of, source_name
from perf_excel.forms.model import Funding

_MEANINGS = tuple(
    (meaning, re.compile(spelling))
    for meaning, spelling in (
        (
            "total",
            "(?:部门|单位|年度|全年|本年度?|当年|项目|预算|资金|金额|收入|支出|经费){0,8}(?:合计|总计|总额|总金额|总量|总和)",
        ),
        (
            "budget",
            "(?:当年|本年度?|年度)?(?:同级|本级)?(?:(?:一般)?公共预算|政府预算|财政性?)+(?:拨款|资金|预算|安排|补助|收入|经费)*",
        ),
        (
            "carried",
            "(?:上年度?|以前年度|历年|往年)?(?:财政)?(?:拨款)?(?:结转|结余)+(?:资金|收入|[和及])*(?:结转|结余)?(?:资金)?",
        ),
        ("account", "(?:纳入)?财政专户(?:管理|核拨|返还)*的?(?:资金|收入|拨款)*"),
        ("own", "(?:单位)?(?:自有|自筹)(?:资金|收入|经费)*|单位资金(?:收入)?"),
        ("other", "其[他它](?:资金|收入|来源|经费)*"),
    )
)
_LEVEL = re.compile("中央|省|市|区|县|乡|镇|上级")
"""Whose money it is: 中央财政资金 is not all of 财政资金."""
_UNIT = re.compile(r"(?:万元|元)$")

Test = Callable[[str, str], bool]


def pair_sources(ours: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """Pair lines of one form's money with another's: index in ``ours`` → index in ``theirs``.

    Those of the same name first, then those of the same meaning, then those whose name holds the other's.
    """
    found: dict[int, int] = {}
    free = dict(enumerate(map(_name, theirs)))
    for alike in (_same, _mean_the_same, _hold_each_other):
        for number, item in enumerate(map(_name, ours)):
            if number in found or not item:
                continue
            index = next((one for one, name in free.items() if name and alike(item, name)), None)
            if index is not None:
                found[number] = index
                del free[index]
    return found


def says_nothing(row: Funding) -> bool:
    """Whether a line has no amount other than 0: leaving it out loses nothing."""
    return not any((row.initial, row.annual, row.executed))


def is_total(item: str) -> bool:
    """Whether a line sums up the others: 年度资金总额."""
    return _meaning(_name(item)) == "total"


def _name(item: str) -> str:
    return _UNIT.sub("", source_name(item) or name_of(item))


def _meaning(name: str) -> str:
    return next((meaning for meaning, spelling in _MEANINGS if spelling.fullmatch(name)), "")


def _same(one: str, other: str) -> bool:
    return one == other


def _mean_the_same(one: str, other: str) -> bool:
    return bool(meaning := _meaning(one)) and meaning == _meaning(other)


def _hold_each_other(one: str, other: str) -> bool:
    known = {_meaning(one), _meaning(other)}
    return (
        (one in other or other in one)
        and (len(known) == 1 or "" in known)
        and set(_LEVEL.findall(one)) == set(_LEVEL.findall(other))
    )
