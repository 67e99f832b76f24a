"""Shares of all parts (构成): 研究生占12%、本科占65%、其他占23% make 100 %, or what a total says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told
from perf_excel.words.wholes import sum_of

_ALL = Decimal(100)
_CLOSED = re.compile(r"(?:构成|结构|组成|分布)(?:情况)?(?:为|是|如下|上)?[：，]?")
"""What says that the shares behind it are all."""
_TOTAL = re.compile(
    r"[^占，；。]{0,10}(?:合计|共计|总计|[并合]为|相加|之和|加总)(?:占比?|份额|比重|比例)?(?:为|是|达到?|约)?"
)
_OPEN = re.compile(r"率|等|…|主要|其中|左右|超过|以[上下](?!占)")
_FEWEST = 2


def whole_share_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims that shares are all of their whole, or come to what is said of them together."""
    for sentence in told.sentences:
        here = [one for one in told.by_sentence.get(sentence.at, ()) if one.figure.kind == "percent"]
        for run in _runs(here):
            yield from _complete(run)
        for place, total in enumerate(here):
            shares = [one for one in here[:place] if one.depth == total.depth]
            if _TOTAL.fullmatch(total.lead) and len(shares) >= _FEWEST and total.role in ("share", "other"):
                yield from _together(total, shares)


def _runs(here: Sequence[Saying]) -> Iterator[list[Saying]]:
    """Yield the percentages of a sentence that nothing but their own names parts."""
    run: list[Saying] = []
    for one in here:
        between = one.sentence.paragraph.text[run[-1].figure.end : one.start] if run else ""
        if run and between in ("、", "，", "；", "和", "，其余") and one.depth == run[-1].depth:
            run.append(one)
            continue
        if len(run) > _FEWEST:
            yield run
        run = [one]
    if len(run) > _FEWEST:
        yield run


def _complete(run: list[Saying]) -> Iterator[Claim]:
    """Hold the shares of a list that is said to be all against 100 %."""
    first, last = run[0], run[-1]
    text = first.sentence.paragraph.text
    found = [*_CLOSED.finditer(text, first.sentence.start, first.figure.start)]
    if not found or set("，；。") & set(text[found[-1].end() : first.figure.start]):
        return
    if _OPEN.search(text[found[-1].end() : last.figure.end]) or any(
        one.figure.about or one.figure.bound or one.role not in ("share", "other") for one in run
    ):
        return
    added, room = _added(run)
    against, workings = f"各项占比之和（{len(run)} 项）", f"{_terms(run)} = {plain(added)}%，应为 100%"
    if abs(added - _ALL) <= room:
        yield Claim("R2", "占比合计", last, "agrees", against, workings, basis=tuple(run))
    else:
        yield Claim("R2", "占比合计", last, "differs", against, workings, start=first.start)


def _together(total: Saying, shares: list[Saying]) -> Iterator[Claim]:
    """Hold what shares are said to come to against any of them in a row."""
    places = range(len(shares))
    sums = [_added(shares[start : end + 1]) for start in places for end in places if start < end]
    if any(abs(added - total.figure.value) <= room + total.figure.step / 2 for added, room in sums):
        workings = f"{_terms(shares)} = {plain(_added(shares)[0])}%"
        yield Claim("R2", "占比合计", total, "agrees", "前面各项占比之和", workings)
        return
    added, _ = _added(shares)
    if not total.label and all(one.role == "share" for one in (*shares, total)):
        yield Claim(
            "R2", "占比合计", total, "differs", f"前面各项占比之和（{len(shares)} 项）",
            f"{_terms(shares)} = {plain(added)}%", f"{plain(added)}%", "warning",
            cause(total.figure.value, added, total.figure.step, money=False), shares[0].start,
        )  # fmt: skip


def _added(shares: Sequence[Saying]) -> tuple[Decimal, Decimal]:
    """Return what shares come to, and how much rounding leaves of it."""
    added = sum_of(shares)
    return added, sum((one.figure.step for one in shares), Decimal(0)) / 2 + shares[0].figure.step


def _terms(shares: Sequence[Saying]) -> str:
    return " + ".join(plain(one.figure.value) for one in shares)
