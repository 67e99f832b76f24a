"""A whole and its parts (整体与部分), and which amounts may be added up at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perf_excel.words.sayings import Saying

AMONG = re.compile(
    r"^：|其中|包括|包含|(?:分别|依次)[为是]|[细拆]?分[为成]|里头|内里|，含(?!税)|以下方面|具体(?:为|是|用于|情况)|主要(?:用于|是|为)|构成：|组成：|明细：|如下"
)
"""What says that parts of the amount in front follow."""
_MEAN = re.compile(
    r"[平人户次批亩车生所场辆台件日月]均|最高|最低|最大|最小|单价|标准(?:为|是)?$|单[台个套]"
    r"|每(?![年月日天季周])[^，；。]{1,8}$"
)
_JOINED = re.compile(r"^(?:其中|和|及|以及|另|还)|(?:为|是|共|约|了)$")
_LEVEL = re.compile(r"[个项]?(?P<level>[一二三四])级")


@dataclass(frozen=True, slots=True)
class Group:
    """A whole, and each likely reading of which amounts are its parts, the plainest first.

    ``plain`` says that the first is certain to be meant; ``open`` that the list says itself it is not all.
    """

    total: Saying
    readings: tuple[tuple[Saying, ...], ...]
    certain: bool
    open: bool
    last: bool = False
    """Whether the whole stands behind its parts."""
    closed: bool = False
    """Whether the text itself says that these are all parts: 三项合计."""


def counts(saying: Saying) -> bool:
    """Whether it is an amount that may be added up."""
    added = saying.role == "amount" and not saying.figure.bound and saying.figure.kind != "percent"
    return added and not is_mean(saying)


def is_mean(saying: Saying) -> bool:
    """Whether it is a mean or a price, and no amount of anything as a whole: 平均每辆21.60万元."""
    return _MEAN.search(saying.lead) is not None


def like(one: Saying, other: Saying) -> bool:
    """Whether two amounts are of one kind: money, points, or things counted by the same word."""
    alike = one.figure.kind == other.figure.kind and one.depth >= 0
    if one.figure.kind != "count":
        return alike
    levels = {_level(one), _level(other)} - {""}
    return alike and one.figure.unit == other.figure.unit and len(levels) <= 1


def _level(saying: Saying) -> str:
    found = _LEVEL.search(saying.label) or _LEVEL.match(saying.sentence.paragraph.text, saying.figure.end)
    return found["level"] if found else ""


def of_one_level(parts: Iterable[Saying]) -> bool:
    """Whether parts are none of a tree: 一级指标3个，二级指标9个 do not add up to anything."""
    return len({level for one in parts if (level := _level(one))}) <= 1


def named_alike(parts: Sequence[Saying], signs: int = 2) -> bool:
    """Whether parts are named alike: by their ends (上级资金、本级资金) or beginnings (用于…、用于…)."""
    labels = [_JOINED.sub("", one.lead) for one in parts]
    ends = {label[-signs:] for label in labels}
    beginnings = {label[:signs] for label in labels}
    return len(parts) > 1 and all(labels) and min(len(ends), len(beginnings)) == 1


def adds_up(total: Saying, parts: Sequence[Saying]) -> bool:
    """Whether parts add up to their whole within what rounding takes away."""
    room = (total.figure.step + sum(one.figure.step for one in parts)) / 2
    return abs(sum_of(parts) - total.figure.value) <= room


def sum_of(parts: Sequence[Saying]) -> Decimal:
    """Return what parts come to."""
    return sum((one.figure.value for one in parts), Decimal(0))
