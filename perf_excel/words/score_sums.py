"""The total of the points said part by part (得分汇总): 产出指标（50分）…得46.50分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.intervals import HUNDRED
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_FULL = re.compile(r"（(?:满分|分值|权重|共)?$|(?:分值|满分|权重|总分)(?:为|是|：)?$")
_GOT = re.compile(r"得分?(?:为|是|了|：)?$|得分")
_TOTAL = re.compile(
    r"总得分|总分|综合(?:得分|评分|评价得分)|自评(?:总|综合)?(?:得分|评分|分)|最终得分|合计得?分?"
)
_LEAST = 2
_Part = tuple[Saying, Saying]


def score_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about total scores, where the full marks of all parts make 100."""
    points = [
        one for one in told.sayings
        if one.figure.kind == "points" and not one.figure.about and one.role in ("amount", "other")
    ]  # fmt: skip
    parts = list(_parts(points))
    if len(parts) <= _LEAST or sum((full.figure.value for full, _ in parts), Decimal(0)) != HUNDRED:
        return
    own = {one.at for part in parts for one in part}
    due = sum((got.figure.value for _, got in parts), Decimal(0))
    terms = " + ".join(plain(got.figure.value) for _, got in parts)
    for one in points:
        if one.at in own or one.figure.bound or not _TOTAL.search(one.lead) or "平均" in one.lead:
            continue
        if one.figure.value == HUNDRED and not _GOT.search(one.lead):
            continue
        agrees = one.figure.value == due
        yield Claim(
            "R2", "得分汇总", one, "agrees" if agrees else "differs", f"各部分得分之和（{len(parts)} 项）",
            f"{terms} = {plain(due)}", f"{plain(due)}分", "warning",
            "" if agrees else cause(one.figure.value, due, Decimal("0.01"), money=False),
            basis=tuple(each for part in parts for each in part),
        )  # fmt: skip


def _is_full(one: Saying) -> bool:
    """Whether points are full marks: 产出指标（50分）, 分值50分."""
    text = one.sentence.paragraph.text
    alone = text[one.figure.start - 1] == "（" and text[one.figure.end : one.figure.end + 1] == "）"
    return alone or (_FULL.search(one.lead) is not None and not _GOT.search(one.lead))


def _parts(points: list[Saying]) -> Iterator[_Part]:
    """Yield the full marks of each part with the last score of the first sentence that says one of it."""
    full: Saying | None = None
    got: Saying | None = None
    for one in points:
        if _is_full(one):
            if full is not None and got is not None:
                yield full, got
            full, got = one, None
        elif not _GOT.search(one.lead) or _TOTAL.search(one.lead):
            continue
        elif got is None or (got.sentence == one.sentence and "其中" not in one.lead):
            got = one
    if full is not None and got is not None:
        yield full, got
