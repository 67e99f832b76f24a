"""One score for several rows (合用得分): its cell is merged over them, so they are scored as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from perf_excel.forms.model import Form
from perf_excel.rules.rulesets.parameters import Band
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.scoring.points import Points, RowScore, bounds_of

_GIVEN = Band("几行合用一个得分", Decimal(1), Decimal(0))
_FOLLOWS = "与上面的行合用一个得分".strip


def joined(rows: Sequence[RowScore], form: Form) -> Iterator[RowScore]:
    """Yield the indicators of a form; the first row of a shared score stands for all of them.

    It is worth the sum of their weights and earns the sum of their points, where each has both; else the
    score is held between nothing and what they are worth. The rows below it count for nothing more.
    """
    begin = 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and end in form.shared:
            continue
        group = rows[begin:end]
        if len(group) == 1:
            yield group[0]
        else:
            own = _each(group, form)
            yield _leader(group, form)._replace(alone=own[0])
            for row, one in zip(group[1:], own[1:], strict=True):
                earned = Points(Decimal(0), _FOLLOWS)
                yield row._replace(weight=Decimal(0), printed=None, earned=earned, alone=one)
        begin = end


def _each(group: Sequence[RowScore], form: Form) -> Sequence[RowScore | None]:
    """The rows of a group by themselves, where each has a weight and points of its own; else none."""
    if any(row.judged or row.points is None or form.indicators[row.at].weight is None for row in group):
        return [None] * len(group)
    return [
        row._replace(earned=row.earned._replace(words=partial(_shared, row.earned.words, len(group))))
        for row in group
    ]


def _shared(words: Callable[[], str], rows: int) -> str:
    return f"{words()}；{rows} 行合用一个得分格"


def _leader(group: Sequence[RowScore], form: Form) -> RowScore:
    first, own = group[0], [form.indicators[row.at].weight for row in group]
    weights = [weight for weight in own if weight is not None]
    # A weight that only the score tells is that of all rows together.
    weight = sum(weights, Decimal(0)) if weights else first.printed
    points = [row.points for row in group if row.points is not None and not row.judged]
    if len(weights) == len(points) == len(group):
        return first._replace(weight=weight, earned=_sum(group, sum(points, Decimal(0))))
    if weight is None:
        return first
    low, high = bounds_of(_GIVEN, weight)
    given = None if first.printed is None else min(max(first.printed, low), high)
    earned = Points(given, partial(_judged, weight), band=_GIVEN)
    return first._replace(weight=weight, earned=earned)


def _sum(group: Sequence[RowScore], points: Decimal) -> Points:
    met = None if any(row.met is None for row in group) else all(row.met for row in group)
    return Points(points, partial(_added, group, points), met)


def _added(group: Sequence[RowScore], points: Decimal) -> str:
    return f"{'；'.join(row.why for row in group)}；{len(group)} 行合用一个得分，合计{shown(points)}分"


def _judged(weight: Decimal) -> str:
    return f"几行合用一个得分，应在0—{shown(weight)}分之间，由填报人判断"
