"""Respective lists held against one another (分别、各): the nth amount, change, rate and share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perf_excel.words.claims import Claim, is_slight, percent, plain
from perf_excel.words.figures import Figure
from perf_excel.words.intervals import HUNDRED, Interval
from perf_excel.words.runs import runs
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told
from perf_excel.words.wholes import sum_of

_Run = Sequence[Saying]


def respective_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about lists whose figures go with one another one by one."""
    for sentence in told.sentences:
        lists: list[_Run] = list(runs(told.by_sentence.get(sentence.at, ())))
        for at, last in enumerate(lists):
            before = [run for run in lists[:at] if len(run) == len(last)]
            if not _amounts(before) and last[0].figure.kind == "percent":
                before = [*_labelled(told, last), *before]
            if not before or any(one.figure.about for one in last):
                continue
            if last[0].role == "rate":
                yield from _rates(before, last)
            elif last[0].role == "done":
                yield from _done(before, last)
            elif last[0].role == "share":
                yield from _shares(told, before, last)
            elif last[0].role == "change" and last[0].money:
                yield from _changes(before, last)


def _labelled(told: Told, last: _Run) -> Iterator[_Run]:
    """Yield the amounts right in front of a list, each with its own label: A300万元、B100万元，分别占."""
    if "分别" not in last[0].lead and "依次" not in last[0].lead:
        return
    here = [one for one in told.by_sentence[last[0].sentence.at] if one.at < last[0].at]
    run = here[-len(last) :]
    alike = {(one.role, one.figure.kind, one.depth) for one in run}
    if (
        len(run) == len(last)
        and len(alike) == 1
        and run[0].role == "amount"
        and all(one.label for one in run)
    ):
        yield run


def _amounts(before: list[_Run]) -> list[_Run]:
    return [run for run in before if run[0].role == "amount" and run[0].figure.kind != "percent"]


def _changes(before: list[_Run], changes: _Run) -> Iterator[Claim]:
    """Hold changes against the amounts and those of the year before."""
    former = [run for run in before if run[0].role == "former"]
    amounts = _amounts(before)
    if not former or not amounts:
        return
    for now, then, change in zip(amounts[-1], former[-1], changes, strict=True):
        due = now.figure.value - then.figure.value
        room = (now.figure.step + then.figure.step + change.figure.step) / 2
        signed = change.figure.value * (change.sign or 1)
        scale = change.figure.scale
        workings = (
            f"{plain(now.figure.value / scale)} − {plain(then.figure.value / scale)} = {plain(due / scale)}"
        )
        if abs(due - signed) <= room:
            yield Claim("R2", "增减额", change, "agrees", f"“{now.text}”与“{then.text}”", workings)
        else:
            yield Claim(
                "R2", "增减额", change, "differs", f"“{now.text}”与“{then.text}”", workings,
                change.figure.spelled(abs(due)), "info" if abs(due - signed) <= room * 2 else "warning",
            )  # fmt: skip


def _rates(before: list[_Run], rates: _Run) -> Iterator[Claim]:
    """Hold rates against the changes and amounts in front of them."""
    amounts = _amounts(before)
    changes = [run for run in before if run[0].role == "change"]
    formers = [run for run in before if run[0].role == "former"]
    if not amounts or not (changes or formers):
        return
    for number, rate in enumerate(rates):
        now = amounts[-1][number].figure
        if changes:
            change = changes[-1][number]
            sign = change.sign or rate.sign or 1
            grown = change.figure.interval
            base = now.interval.minus(grown) if sign > 0 else now.interval.plus(grown)
        else:
            base = formers[-1][number].figure.interval
            grown = now.interval.minus(base)
        yield from _held("增减率", rate, grown, base, (changes or formers)[-1][number])


def _done(before: list[_Run], rates: _Run) -> Iterator[Claim]:
    """Hold completion rates against what was planned and what was done."""
    amounts = _amounts(before)
    if len(amounts) > 1:
        for planned, spent, rate in zip(amounts[-2], amounts[-1], rates, strict=True):
            yield from _held("完成率", rate, spent.figure.interval, planned.figure.interval, spent)


def _shares(told: Told, before: list[_Run], shares: _Run) -> Iterator[Claim]:
    """Hold shares against the amounts in front of them, of their sum or of an amount said before."""
    amounts = _amounts(before)
    if not amounts:
        return
    parts = [one.figure for one in amounts[-1]]
    added = Interval(sum((one.interval.low for one in parts), Decimal(0)),
                     sum((one.interval.high for one in parts), Decimal(0)))  # fmt: skip
    near = [one.figure.interval for one in told.nearby(amounts[-1][0]) if one.at < amounts[-1][0].at]
    for whole in (added, *near):
        if all(_is_share(part, whole, share) for part, share in zip(parts, shares, strict=True)):
            break
    else:
        whole = added
        if abs(sum_of(shares) - HUNDRED) > shares[0].figure.step:
            fitting = [_is_share(part, whole, share) for part, share in zip(parts, shares, strict=True)]
            if not any(fitting):
                return
    for share, part in zip(shares, amounts[-1], strict=True):
        yield from _held("占比", share, part.figure.interval, whole, part)


def _is_share(part: Figure, whole: Interval, share: Saying) -> bool:
    ratio = part.interval.over(whole)
    return ratio is not None and ratio.in_percent().meets(share.figure.leeway)


def _held(what: str, rate: Saying, part: Interval, base: Interval, other: Saying) -> Iterator[Claim]:
    printed = rate.figure.leeway
    ratio = part.over(base)
    if ratio is None or base.high <= 0:
        return
    low, high = sorted((abs(ratio.low) * HUNDRED, abs(ratio.high) * HUNDRED))
    middle = (low + high) / 2 / HUNDRED
    scale, against = other.figure.scale, f"“{other.figure.text}”"
    workings = (
        f"{plain((part.low + part.high) / 2 / scale)} ÷ {plain((base.low + base.high) / 2 / scale)}"
        f" = {percent(middle)}"
    )
    if Interval(low, high).meets(printed):
        yield Claim("R2", what, rate, "agrees", against, workings)
    else:
        off = abs(middle * HUNDRED - rate.figure.value)
        info = is_slight(off, rate.figure.step)
        yield Claim(
            "R2", what, rate, "differs", against, workings, percent(middle), "info" if info else "warning",
            start=other.start,
        )  # fmt: skip
