"""What a report says of the points (得分): how many indicators, what each level got and lost, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.scoring.arithmetic import percent, shown
from perf_excel.rules.scoring.form_score import grade_of
from perf_excel.words.writing.report_figures import Figure, Subject, Words, identity, one_line
from perf_excel.words.writing.report_rows import Row, grouped, indicators_of, rows_of, spots_of, sum_of

UNGROUPED = "绩效指标"
"""What the indicators of a form without levels are called."""
ENUMERATED = "、"
_SEPARATOR = "；"


def point_facts(subject: Subject) -> dict[str, object]:
    """Return what the form says of its indicators, levels, total and grade."""
    rows = rows_of(subject)
    own = indicators_of(rows)
    return {
        **_result(subject, rows),
        "指标设置情况": _counted(subject, own),
        "指标得分情况": subject.figure(
            "count.scored", "各项指标得分情况", scored_words(own), *spots_of(own, "score"), computed=True
        ),
        "目标完成情况": subject.figure(
            "count.met", "各项指标目标完成情况", met_words(own), *spots_of(own, "actual"), computed=True
        ),
        "一级指标": list(_levels(subject, rows)),
        "未达标指标": [_facts(row) for row in rows if row.short and not row.follows],
    }


def _result(subject: Subject, rows: Sequence[Row]) -> dict[str, object]:
    """Return total, full marks, loss and grade: as printed, else by the rows."""
    form, rules = subject.form, subject.scores.rules
    total = form.total if form.total is not None else sum_of(row.points for row in rows)
    weight = form.total_weight if form.total_weight is not None else sum_of(row.scored.weight for row in rows)
    # Points of some rows only, even summed up by the form, make no grade.
    whole = all(row.points is not None for row in rows)
    grade = form.grade or ("" if total is None or not whole else grade_of(total, rules))
    lost = None if total is None or weight is None else max(weight - total, Decimal(0))

    def points(key: str, label: str, value: Decimal | None, field: str, *, own: bool) -> Figure:
        spot = Spot("total", 0, field)
        return subject.figure(f"total.{key}", label, subject.number(spot, value), spot, computed=not own)

    return {
        "总分": points("score", "总分", total, "score", own=form.total is not None),
        "满分": points("weight", "满分", weight, "weight", own=form.total_weight is not None),
        "总扣分": subject.figure(
            "total.lost",
            "总扣分",
            "" if lost is None else shown(lost),
            Spot("total", 0, "score"),
            computed=True,
        ),
        "等级": subject.figure(
            "total.grade", "等级", grade, Spot("total", 0, "grade"), computed=not form.grade
        ),
    }


def _counted(subject: Subject, rows: Sequence[Row]) -> Words:
    """Say how many indicators of each level there are; levels that the form does not have are left out."""
    if not rows:
        return ()
    first = len({plain(row.level1) for row in rows if row.level1})
    second = len({(plain(row.level1), plain(row.level2)) for row in rows if row.level2})
    counts = [(1, "一级指标", first), (2, "二级指标", second)]
    named = [(level, name, count) for level, name, count in counts if count]
    last = (3, "三级指标" if named else UNGROUPED, len(rows))
    parts = [
        (name, subject.figure(f"count.{level}", f"{name}数", str(count), computed=True), "项")
        for level, name, count in (*named, last)
    ]
    return _listed(parts, ENUMERATED)


def scored_words(rows: Sequence[Row]) -> str:
    """Say how many of some indicators got all of their points, and how many lost some."""
    losses = [row.lost for row in rows if not row.follows]
    known = [lost for lost in losses if lost is not None]
    if not known:
        return ""
    less, unscored = sum(lost > 0 for lost in known), len(losses) - len(known)
    lost = shown(sum((lost for lost in known if lost > 0), Decimal(0)))
    all_full = len(known) - less
    whole = "均" if len(losses) > 1 else ""
    begin = f"{len(losses)}项指标"
    if not unscored and not less:
        return f"{begin}{whole}得满分"
    if not unscored and not all_full:
        return f"{begin}{whole}有扣分，{'共' if less > 1 else ''}扣{lost}分"
    parts = [
        f"得满分的{all_full}项" if all_full else "",
        f"有扣分的{less}项，{'共' if less > 1 else ''}扣{lost}分" if less else "",
        f"没有打分的{unscored}项" if unscored else "",
    ]
    return f"{begin}中，{'，'.join(filter(None, parts))}"


def met_words(rows: Sequence[Row]) -> str:
    """Say how many of some indicators met their target; that of the others is judged, or not known."""
    compared = [row for row in rows if row.target and row.actual]
    if not compared:
        return ""
    met, missed = sum(row.met is True for row in compared), sum(row.met is False for row in compared)
    judged, blank = len(compared) - met - missed, len(rows) - len(compared)
    begin = f"{len(rows)}项指标"
    if met == len(rows):
        return f"{begin}{'均' if met > 1 else ''}达到年度指标值"
    if missed == len(rows):
        return f"{begin}{'均' if missed > 1 else ''}未达到年度指标值"
    parts = [
        f"达到年度指标值的{met}项" if met else "",
        f"未达到的{missed}项" if missed else "",
        f"不能按数值判断的{judged}项" if judged else "",
        f"没有填写指标值或完成值的{blank}项" if blank else "",
    ]
    return f"{begin}中，{'，'.join(filter(None, parts))}"


def _levels(subject: Subject, rows: Sequence[Row]) -> Iterator[dict[str, object]]:
    """Yield the first levels; those with indicators are numbered."""
    number = 0
    for name, group in grouped(rows, "level1").items():
        own = indicators_of(group)
        number += bool(own)
        yield {"序号": str(number) if own else "", **_level1(subject, name, group, own)}


def _level1(subject: Subject, name: str, rows: Sequence[Row], own: Sequence[Row]) -> dict[str, object]:
    seconds = grouped(own, "level2")
    key = f"l{identity(name)}"
    return {
        "名称": one_line(rows[0].level1) or UNGROUPED,
        **_sums(subject, key, one_line(rows[0].level1), rows),
        "二级指标数": _count(
            subject, f"{key}.seconds", "二级指标数", sum(bool(second) for second in seconds)
        ),
        "三级指标数": _count(subject, f"{key}.thirds", "三级指标数", len(own)),
        "二级指标名称": "、".join(f"“{group[0].level2}”" for second, group in seconds.items() if second),
        "扣分说明": deductions(rows),
        "完成情况": results(own),
        "指标": [_facts(row) for row in own],
        "二级指标": [
            _level2(subject, f"{key[:5]}m{identity(name, second)}", group)
            for second, group in seconds.items()
        ],
    }


def _level2(subject: Subject, key: str, rows: Sequence[Row]) -> dict[str, object]:
    name = one_line(rows[0].level2) or one_line(rows[0].level1) or UNGROUPED
    return {
        "名称": name,
        **_sums(subject, key, name, rows),
        "三级指标数": _count(subject, f"{key}.thirds", "三级指标数", len(rows)),
        "扣分说明": deductions(rows),
        "完成情况": results(rows),
        "指标": [_facts(row) for row in rows],
    }


def _count(subject: Subject, key: str, label: str, number: int) -> Figure:
    return subject.figure(key, label, str(number), computed=True)


def _sums(subject: Subject, key: str, name: str, rows: Sequence[Row]) -> dict[str, object]:
    """Return weight, points, loss and share of some rows together."""
    weight, points = sum_of(row.scored.weight for row in rows), sum_of(row.points for row in rows)
    both = None if weight is None or points is None else (weight, points)
    share = "" if both is None or both[0] <= 0 else percent(both[1] / both[0])
    spots = spots_of(rows, "weight", "score")

    def figure(field: str, label: str, text: str) -> Figure:
        return subject.figure(f"{key}.{field}", f"{name}{label}", text, *spots, computed=True)

    return {
        "分值": figure("weight", "分值", "" if weight is None else shown(weight)),
        "得分": figure("score", "得分", "" if points is None else shown(points)),
        "扣分": figure("lost", "扣分", "" if both is None else shown(max(both[0] - both[1], Decimal(0)))),
        "得分率": figure("share", "得分率", share),
    }


def deductions(rows: Sequence[Row]) -> Words:
    """Say of each row that lost points how many, and the clerk's own reason."""
    return _listed(
        [
            (f"{row.name}扣", row.deducted, "分（原因：", row.reason, "）")
            for row in rows
            if row.lost and row.lost > 0 and not row.follows
        ],
        _SEPARATOR,
    )


def results(rows: Sequence[Row]) -> Words:
    """Say of each row what it was to reach and what it reached; of what no column is there for, nothing."""
    return _listed([part for row in rows if (part := tuple(_result_of(row)))], _SEPARATOR)


def _result_of(row: Row) -> Iterator[str | Figure]:
    yield f"{row.name}："
    if row.has("target") and row.target:
        yield from ("年度指标值", row.target, "，")
    if row.has("actual"):
        yield from ("实际完成值", row.actual)
    elif row.score and not row.follows:
        yield from ("得", row.score, "分")


def _facts(row: Row) -> dict[str, object]:
    return {**row.facts(), "情况": standing(row)}


def standing(row: Row) -> Words:
    """Say what a row was to reach, what it reached, and the points it got of how many."""
    parts: list[Words] = []
    if row.has("target") and row.target:
        parts.append(("年度指标值", row.target))
    if row.has("actual"):
        parts.append(("实际完成值", row.actual))
    if row.weight:
        parts.append(("分值", row.weight, "分"))
    if not row.follows:
        parts.append(("得分", row.score, "分"))
    return _listed(parts, "，")


def _listed(parts: Sequence[Words], between: str) -> Words:
    """Put parts of a sentence one behind the other."""
    pieces = chain.from_iterable((between, *part) for part in parts)
    return tuple(pieces)[1:]
