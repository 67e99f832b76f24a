"""Shares (占比): a part, the whole it is of, and the percentage between them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, percent, plain
from perf_excel.words.groups import groups
from perf_excel.words.intervals import HUNDRED
from perf_excel.words.plans import amount_before
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC, core_of, label_of
from perf_excel.words.told import Told
from perf_excel.words.unprinted_wholes import Pair, meets, unprinted_whole
from perf_excel.words.wholes import adds_up

_LAST_DIGITS, _ONE = 2, Decimal(1)
_FEWEST = 2
_GROWN = re.compile(r"上年|去年|同期|\d年|计划|目标|任务|预期|预算|指标|标准")
_OF_THEM = re.compile(r"[^，；。\d]{0,8}中，")
_LONG = 4
"""Signs of a name that is certain to mean the same in another section: 本年支出合计."""
_FAR = 6
"""How many sentences apart shares of one whole stand at most from one to the next."""


def share_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about shares of a whole."""
    parents, heads = _parents(told), _heads(told)
    everything = [one for one in told.sayings if one.role in ("amount", "former")]
    for run in _runs(told):
        left: list[Pair] = []
        for share, part in run:
            wholes = _wholes(told, share, part)
            named = _by_full_name(share, wholes)
            others = (one for one in named or (*wholes, *everything) if one is not part and _like(part, one))
            fitting = next((one for one in others if _fits(share, part, one)), None)
            if (whole := _borne_out(share, part, parents, run)) and not _fits(share, part, whole):
                yield _wrong(share, part, whole.figure.value, f"“{whole.text}”")
                continue
            if fitting is None and share.figure.value == HUNDRED and not wholes and part.at not in parents:
                fitting = part
            if fitting:
                yield _agrees(
                    share, part, f"“{fitting.text}”", _workings(part, fitting.figure.value), fitting
                )
            elif whole := next(iter(named), None) or _certain(
                share, part, parents.get(part.at) or heads.get(part.at), wholes
            ):
                yield _wrong(share, part, whole.figure.value, f"“{whole.text}”")
            elif share.figure.value > HUNDRED and not _GROWN.search(share.whole):
                yield Claim("R2", "占比", share, "differs", "100%", "占比不会大于 100%", start=share.start)
            else:
                left.append((share, part))
        if left and len(run) >= _FEWEST:
            yield from _of_unprinted(run, left)


def _borne_out(share: Saying, part: Saying, parents: dict[int, Saying], run: list[Pair]) -> Saying | None:
    """Return the whole of a list that another share of it is of: the parts add up, and 占85% is right."""
    parent = parents.get(part.at)
    if parent is None:
        return None
    others = [pair for pair in run if pair[0] is not share and parents.get(pair[1].at) is parent]
    same = [pair for pair in others if pair[0].sentence == share.sentence and _fits(*pair, parent)]
    return parent if any(pair[1].figure.value for pair in same) else None


def _runs(told: Told) -> list[list[Pair]]:
    """Return the shares of one whole by name that stand near one another, each with its part."""
    runs: dict[str, list[list[Pair]]] = defaultdict(list)
    for share in told.sayings:
        part, sure = _part(told, share) if share.role == "share" else (None, False)
        if part is None or not sure or share.respective or share.figure.about:
            continue
        label = label_of(share.whole)
        same = runs[label]
        far = _FAR if label else 0
        if same and share.sentence.at - same[-1][-1][0].sentence.at <= far:
            same[-1].append((share, part))
        else:
            same.append([(share, part)])
    return [run for same in runs.values() for run in same]


def _part(told: Told, share: Saying) -> tuple[Saying | None, bool]:
    """Return what a share is of: the amount right in front of it, or the one that its label names."""
    if share.of is not None:
        part = amount_before(told, told.sayings[share.of])
        return part, part is not None
    last = told.sayings[share.at - 1] if share.at else None
    if (
        last is not None and last.sentence == share.sentence and last.role == "amount"
        and last.figure.kind == "count" and not last.figure.bound and not share.label
        and share.sentence.paragraph.text[last.figure.end : share.start] == "，"
    ):  # fmt: skip
        return last, True
    return told.host(share)


def _like(one: Saying, other: Saying) -> bool:
    """Whether one amount may be a part of another: money of money, persons of persons."""
    return one.figure.kind == other.figure.kind and (one.money or one.figure.unit == other.figure.unit)


def _by_full_name(share: Saying, wholes: list[Saying]) -> list[Saying]:
    """Return the amounts that bear the very name a share gives its whole, where they are all the same.

    An amount that a share names itself (占计划投资500万元的95%) needs no name.
    """
    if share.of is not None:
        return wholes
    label = label_of(share.whole)
    near = [
        one for one in wholes
        if one.label == label and len(label) > _FEWEST and one.figure.value > 0
        and one.sentence.section == share.sentence.section and abs(one.sentence.at - share.sentence.at) <= 1
    ]  # fmt: skip
    return near if len({one.figure.value for one in near}) == 1 else []


def _parents(told: Told) -> dict[int, Saying]:
    """Return the whole of each amount that is a part of one, where the parts add up to it."""
    found: dict[int, Saying] = {}
    for group in groups(told):
        parts = next((parts for parts in group.readings if adds_up(group.total, parts)), ())
        for part in parts:
            found.setdefault(part.at, group.total)
    return found


def _heads(told: Told) -> dict[int, Saying]:
    """Return the amount that 其中 follows at once, by the one behind it: 教职工100人，其中教师85人."""
    found: dict[int, Saying] = {}
    amounts = [one for one in told.sayings if one.role not in ("change", "rate", "share", "done")]
    for whole, part in pairwise(amounts):
        if whole.role == part.role == "amount" and whole.sentence == part.sentence and _like(whole, part):
            between = whole.sentence.paragraph.text[whole.figure.end : part.start] + part.lead
            listed = "其中" in between.rpartition("，")[2] or _OF_THEM.match(between) is not None
            if listed and whole.depth == part.depth:
                found[part.at] = whole
    return found


def _certain(share: Saying, part: Saying, parent: Saying | None, wholes: list[Saying]) -> Saying | None:
    """Return what a share is certain to be of: the list's whole, or the only amount of the name it gives."""
    if not share.whole:
        return parent if parent and parent.figure.value > 0 else None
    label = label_of(share.whole)
    nearest = [
        one for one in wholes
        if one.figure.value > 0 and one.figure.value >= part.figure.value
        and (one.sentence.section == share.sentence.section or (one.label == label and len(label) >= _LONG))
    ]  # fmt: skip
    return nearest[0] if nearest and len({one.figure.value for one in wholes}) == 1 else None


def _wholes(told: Told, share: Saying, part: Saying) -> list[Saying]:
    """Return the amounts that the text calls by the name of the whole, the nearest first."""
    if share.of is not None:
        return [told.sayings[share.of]]
    label = label_of(share.whole)
    core = core_of(label)
    if core in GENERIC:  # 本年支出合计 is the amount of just that name
        named = [one for one in told.sayings if one.role == "amount" and label and one.label == label]
    else:
        named = told.by_core.get(core, [])
    same = [one for one in named if _like(one, part) and one is not part]
    return sorted(same, key=lambda one: abs(one.at - share.at))


def _fits(share: Saying, part: Saying, whole: Saying) -> bool:
    return whole.figure.value >= part.figure.value and meets(share, part, whole.figure.interval)


def _of_unprinted(run: list[Pair], left: list[Pair]) -> Iterator[Claim]:
    """Hold shares of a whole that is not printed against what most of them say that it is."""
    found = unprinted_whole(run)
    if found is None:
        return
    whole, against = found
    for share, part in left:
        if meets(share, part, whole):
            yield _agrees(share, part, against, _workings(part, (whole.low + whole.high) / 2))
        else:
            yield _wrong(share, part, (whole.low + whole.high) / 2, against)


def _agrees(share: Saying, part: Saying, against: str, arithmetic: str, *whole: Saying) -> Claim:
    return Claim(
        "R2", "占比", share, "agrees", against, arithmetic, start=part.figure.start, basis=(part, *whole)
    )


def _workings(part: Saying, whole: Decimal) -> str:
    scale = part.figure.scale
    return f"{plain(part.figure.value / scale)} ÷ {plain(whole / scale)}"


def _wrong(share: Saying, part: Saying, whole: Decimal, against: str) -> Claim:
    ratio = part.figure.value / whole
    workings = f"{_workings(part, whole)} = {percent(ratio)}"
    off = abs(ratio * HUNDRED - share.figure.value)
    return Claim(
        "R2", "占比", share, "differs", against, workings, percent(ratio),
        "info" if off <= min(share.figure.step * _LAST_DIGITS, _ONE) else "warning",
        cause(share.figure.value, ratio * HUNDRED, share.figure.step, money=False),
        share.start,
    )  # fmt: skip
