"""Sums (合计、其中): a whole against its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.group_changes import group_changes
from perf_excel.words.groups import groups
from perf_excel.words.sayings import Saying
from perf_excel.words.scattered import scattered_groups
from perf_excel.words.subjects import complete
from perf_excel.words.told import Told
from perf_excel.words.wholes import Group, adds_up, named_alike, of_one_level, sum_of

_CLOSE, _CLOSER = Decimal("0.2"), Decimal("0.12")
"""How near parts must come to their whole to be certain to be all of it: three or more, and two."""
_FAR = Decimal("0.4")
"""How far from their whole the parts of a complete set may be, and not be those of another whole."""
_BARE_TOTAL, _CLOSEST = re.compile(r"(?:以上|两项)?(?:合计|共计|总计)(?:为)?"), Decimal("0.25")
_MANY = 3
_ALL, _BENT = 100, Decimal("0.1")
"""Shares of all parts in percent, and how far one may be bent."""
_GOT = re.compile(r"得分?(?:为|是)?$")
_BASES = re.compile(r"预算(?!拨款|收入|支出|资金)|决算")
_SPENT = re.compile(r"执行(?:数|了)?(?:为)?$|支付|实际")
_OTHER = re.compile(
    r"总|预算|计划|合同|概算|批复|面积|保有|现有|在用|库存|均|最高|最低|最大|最小|累计|历年|以前"
)
"""A part that is called so may be another figure of a part: 其中甲项目总投资3000万元."""
_TOTAL_NAMED = re.compile(r"全年|年末|调整后|合计|总[计额共]")
"""What is named as a whole itself is no part of the amount in front."""
_ADJACENT = 6
_FEW = 2
"""By how many things a list of counts may be off and still be certain to be all of its whole."""
_REMAINING = ("其余", "剩余", "余下")
_SLIPS = ("颠倒", "错位", "万元")
"""Likely causes that by themselves make it certain that a list was meant to be all of its whole."""
_BARE = re.compile(
    r"(?:其中|预算|支出|执行|完成|使用|实际|已|支付|共|为|数|金额|资金|安排|下达|到位|年初|全年|决算|投入|分值|满分|得|分)*"
)
_BARE_POINTS = re.compile(r"(?:实际|分值|满分|权重|共|实?得|自评|评|分|为|扣)*")
_BARE_COUNTS = re.compile(r"(?:已|实际|全部){0,3}(?:完成|达到|达标|办结|合格|达成|实现)(?:了|为)?")
_BARE_OF = {"points": _BARE_POINTS, "count": _BARE_COUNTS}
"""Labels that name no part, but another figure of the part before: 产出50分|得|48分."""


def sum_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about sums."""
    for group in (*groups(told), *scattered_groups(told)):
        yield from _sum(told, group)
        yield from group_changes(told, group)


def _terms(parts: Sequence[Saying], scale: Decimal) -> str:
    return " + ".join(plain(one.figure.value / scale) for one in parts)


def _sum(told: Told, group: Group) -> Iterator[Claim]:
    total, scale = group.total, group.total.figure.scale
    for parts in group.readings:
        if adds_up(total, parts):
            if len(parts) > 1:
                yield Claim(
                    "R2", "合计", total, "agrees", f"各部分之和（{len(parts)} 项）",
                    f"{_terms(parts, scale)} = {plain(sum_of(parts) / scale)}", basis=parts,
                )  # fmt: skip
            return
    parts = group.readings[0]
    larger = [part for part in parts if _exceeds(group, part) and not _another_whole(told, group, part)]
    for part in larger[:1]:
        yield Claim(
            "R2", "部分与整体", part, "differs", f"“{total.text}”",
            f"部分 {part.figure.text} 大于整体 {total.figure.text}", start=total.start,
        )  # fmt: skip
    if larger or len(parts) == 1:
        return
    certain = group.certain or complete([one.label for one in parts])
    if not certain or any(one.figure.about or (one.respective and not group.last) for one in (total, *parts)):
        return
    added = sum_of(parts)
    reason = cause(total.figure.value, added, total.figure.step, money=total.money)
    slipped = any(word in reason for word in _SLIPS) and not group.open
    slipped = slipped or (_swapped_part(total, parts, added) and not group.open and not group.last)
    if (
        not (group.closed or slipped or _closed(group, parts))
        or _some_by_share(told, total, parts)
        or not of_one_level(parts)
        or _several_each(total, parts)
        or any(one.money and one.figure.value == total.figure.value for one in parts)  # the whole, said again
    ):
        return
    off = abs(added - total.figure.value)
    last = max(one.figure.step for one in (total, *parts))
    yield Claim(
        "R2", "合计", total, "differs", f"各部分之和（{len(parts)} 项）",
        f"{_terms(parts, scale)} = {plain(added / scale)}，"
        f"与 {plain(total.figure.value / scale)} 相差 {plain(off / scale)}",
        total.figure.spelled(added), "info" if off <= last * (len(parts) + 1) / 2 + last else "warning",
        reason,
    )  # fmt: skip


def _swapped_part(total: Saying, parts: Sequence[Saying], added: Decimal) -> bool:
    """Whether a list of three or more would be all of its whole but for two digits swapped in one part."""
    return len(parts) >= _MANY and _of_one_kind(parts) and any(
        _SLIPS[0] in cause(one.figure.value, due, one.figure.step, money=one.money)
        for one in parts if (due := total.figure.value - added + one.figure.value) > 0
    )  # fmt: skip


def _some_by_share(told: Told, total: Saying, parts: Sequence[Saying]) -> bool:
    """Whether parts say, each with the share it has of the whole, that they are not all of it."""
    shares = [told.sayings[one.at + 1] for one in parts if one.at + 1 < len(told.sayings)]
    if len(shares) != len(parts) or any(one.role != "share" for one in shares) or not total.figure.value:
        return False
    right = all(
        abs(one.figure.value / total.figure.value * _ALL - share.figure.value) <= _BENT
        for one, share in zip(parts, shares, strict=True)
    )
    return right and abs(sum(share.figure.value for share in shares) - _ALL) > _BENT * len(parts)


def _several_each(total: Saying, parts: Sequence[Saying]) -> bool:
    """Whether parts may be two figures of one thing: 产出50分得48分, 预算600万元，执行570万元.

    So they are where one is a budget and the other, or their whole, an outcome.
    """
    second = _GOT if parts[0].figure.kind == "points" else _SPENT
    kinds = {second.search(one.label) is not None for one in parts}
    bases = {found[0] for one in (total, *parts) if (found := _BASES.search(one.label))}
    bare = [
        one for one in parts
        if _BARE_OF.get(one.figure.kind, _BARE).fullmatch(one.label)
    ]  # fmt: skip
    return len(kinds) > 1 or len(bases) > 1 or (bool(bare) and len(parts) > len(bare))


def _another_whole(told: Told, group: Group, part: Saying) -> bool:
    """Whether something else was said in front that an amount may be a part of."""
    first = min(group.total.sentence.at, part.sentence.at - 1)
    return any(
        one is not group.total and one.figure.kind == part.figure.kind
        and one.figure.value >= part.figure.value
        and one.role != "change" and (one.money or one.figure.unit == part.figure.unit)
        for at in range(max(0, first), part.sentence.at + 1) for one in told.by_sentence.get(at, ())
        if one.at < part.at
    )  # fmt: skip


def _exceeds(group: Group, part: Saying) -> bool:
    """Whether an amount is certain to be a part of a whole that is smaller: 30批次（其中外事接待46批次）."""
    total = group.total
    if part.figure.value <= total.figure.value + part.figure.step or group.last:
        return False
    if any(one.figure.about or one.respective or one.role != "amount" for one in (total, part)):
        return False
    if not all(part in parts for parts in group.readings) or _several_each(total, (part,)):
        return False
    apart = total.sentence != part.sentence
    if apart and not part.sentence.text.startswith("其中"):
        return False
    between = total.sentence.paragraph.text[total.figure.end : part.figure.start]
    at_once = total.sentence == part.sentence and len(between) - len(part.lead) <= _ADJACENT
    first = part is group.readings[0][0]
    floor = total.figure.end if total.sentence == part.sentence else part.sentence.start
    start = part.sentence.paragraph.text[floor : part.figure.start]
    said = re.search(r"其中|含", between if at_once else start if first else "其中")
    if _TOTAL_NAMED.search(part.lead):
        return False
    return said is not None and not (_OTHER.search(part.label) and not _OTHER.search(total.label))


def _closed(group: Group, parts: Sequence[Saying]) -> bool:
    """Whether a list is certain to name all parts of its whole."""
    total, added = group.total.figure.value, sum_of(parts)
    if total <= 0 or len(parts) <= 1:
        return False
    off = abs(added - total) / total
    whole_set = complete([one.label for one in parts])
    if whole_set and group.total.figure.kind == "count":
        return True
    if parts[-1].lead.startswith(_REMAINING) or (whole_set and off <= _FAR):
        return True
    if group.open and added <= total:
        return False
    if group.total.figure.kind == "count":
        if not group.last and not _of_one_kind(parts):
            return False
        return group.last or abs(added - total) <= max(_FEW, total * _CLOSER)
    bare = group.last and _BARE_TOTAL.fullmatch(group.total.lead) is not None
    return off <= (_CLOSEST if bare else _CLOSE if len(parts) >= _MANY else _CLOSER) or (
        added > total and not group.last and len(parts) > 1
    )


def _of_one_kind(parts: Sequence[Saying]) -> bool:
    """Whether things counted are parts of one list: named alike, or parted by nothing but 、."""
    between = [one.sentence.paragraph.text[one.figure.end : one.figure.end + 1] for one in parts[:-1]]
    return named_alike(parts, 1) or set(between) == {"、"}
