"""The figures of a summary (统计): ranks, averages, distributions, by pandas over one line a form."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias, cast

from perf_excel.books.summary.cells import Column, Content
from perf_excel.books.summary.overview_sheet import Section, share
from perf_excel.books.summary.ranking_sheet import MOST_LEVELS, OTHERS, Ranked
from perf_excel.books.summary.records import FormRecord, number
from perf_excel.books.summary.returned_forms import SCORED, STATUS_NAMES, Entry
from perf_excel.forms.text import plain
from perf_excel.rules.rulesets.severities import USUAL
from perf_excel.rules.scoring.arithmetic import half_up

Frame: TypeAlias = Any
"""A table of pandas, whose own types leave most of it unknown."""
_BANDS = (
    (100, "100 及以上"),
    (95, "95～100"),
    (90, "90～95"),
    (80, "80～90"),
    (70, "70～80"),
    (60, "60～70"),
)
_LOWEST = "60 以下"
_MOST_CHECKS = 10
_UNRANKED, _ALTERED = "未计完", "不可比"


@dataclass(frozen=True)
class Figures:
    """What is computed over all forms that count."""

    ranked: Sequence[Ranked]
    levels: Sequence[str]
    sections: tuple[Section, ...]
    mean: Decimal | None
    """Of all totals that are ranked."""
    errors: int


def figures(forms: Iterable[tuple[Entry, FormRecord]], entries: Sequence[Entry]) -> Figures:
    """Compute all figures.

    Args:
        forms: the forms that count.
        entries: all returns.
    """
    frame_of = _frames()
    lines: list[dict[str, Any]] = []
    levels: dict[str, _Level] = {}
    checks: Counter[tuple[str, str]] = Counter()
    for entry, form in forms:
        points = {plain(row.name): number(row.points) or Decimal(0) for row in form.levels}
        scored, ranked = entry.total and entry.purpose in SCORED, not entry.unranked
        lines.append(
            {
                "entry": entry,
                "kind": entry.form_name,
                "superior": entry.superior,
                "total": number(entry.total) if ranked else None,
                "grade": _grade(entry) if scored else "",
                "points": points,
            }
        )
        if ranked:
            for row in form.levels:
                name = plain(row.name)
                levels.setdefault(name, _Level()).add(number(row.weight) or Decimal(0), points[name])
        checks.update((one.check, one.severity) for one in form.findings if not one.waived)
    frame = frame_of(lines, columns=["entry", "kind", "superior", "total", "grade", "points"])
    names = list(dict.fromkeys(name for line in lines for name in line["points"]))
    totals = [total for total in frame["total"] if total is not None]
    sections = (
        *_grades(frame),
        *_bands(totals),
        *_levels(levels),
        *_kinds(frame),
        *_superiors(frame),
        *_checks(
            frame_of([(*key, count) for key, count in checks.items()], columns=["check", "severity", "one"])
        ),
        *_states(entries),
    )
    return Figures(
        list(_ranked(frame, names)),
        names if len(names) <= MOST_LEVELS else [*names[: MOST_LEVELS - 1], OTHERS],
        sections,
        _mean(totals),
        sum(line["entry"].errors for line in lines),
    )


def _grade(entry: Entry) -> str:
    return _ALTERED if entry.altered else entry.grade or _UNRANKED


def _frames() -> Callable[..., Frame]:
    """Import pandas, which only this job pays for."""
    import pandas as pd  # pyright: ignore[reportMissingTypeStubs]

    return cast("Callable[..., Frame]", pd.DataFrame)


def _mean(numbers: Sequence[Decimal]) -> Decimal | None:
    return half_up(sum(numbers, Decimal(0)) / len(numbers), 2) if numbers else None


def _ranked(frame: Frame, names: Sequence[str]) -> Iterator[Ranked]:
    """Forms by kind, the best first; equal totals share a rank, and keep the order of their files."""
    # Kinds with more forms first: a department's own form, then what few units send.
    sizes = frame["kind"].value_counts()
    frame = frame.assign(
        rank=frame["total"].astype("float64").groupby(frame["kind"]).rank(ascending=False, method="min"),
        size=frame["kind"].map(sizes),
        at=range(len(frame)),
    )
    frame = frame.sort_values(
        ["size", "kind", "rank", "at"], ascending=[False, True, True, True], na_position="last"
    )
    for entry, rank, points in zip(frame["entry"], frame["rank"], frame["points"], strict=True):
        if len(names) > MOST_LEVELS:
            shown = names[: MOST_LEVELS - 1]
            rest = sum((value for name, value in points.items() if name not in shown), Decimal(0))
            points = {name: value for name, value in points.items() if name in shown} | {OTHERS: rest}  # noqa: PLW2901
        yield Ranked(entry, None if rank != rank else int(rank), points)  # noqa: PLR0124  (no rank is NaN)


def _grades(frame: Frame) -> Iterator[Section]:
    """How many forms have which grade, the best grade first."""
    graded = frame[frame["grade"] != ""]
    if graded.empty:
        return
    rows: list[tuple[Decimal, str, int]] = []
    for grade, group in graded.groupby("grade", sort=False):
        totals = [total for total in group["total"] if total is not None]
        rows.append((_mean(totals) or Decimal(-1), str(grade), len(group)))
    rows.sort(key=lambda row: row[0], reverse=True)
    yield Section(
        "等级分布",
        (Column("等级", 24, "centre"), Column("份数", 10, "count"), Column("占比", 10, "percent")),
        tuple((grade, count, share(count, len(graded))) for _, grade, count in rows),
        "各等级份数",
    )


def _bands(totals: Sequence[Decimal]) -> Iterator[Section]:
    if not totals:
        return
    counts = Counter(next((name for low, name in _BANDS if one >= low), _LOWEST) for one in totals)
    names = [*(name for _, name in _BANDS), _LOWEST]
    yield Section(
        "得分分布",
        (Column("分数段", 24, "centre"), Column("份数", 10, "count"), Column("占比", 10, "percent")),
        tuple(
            (name, int(counts.get(name, 0)), share(int(counts.get(name, 0)), len(totals))) for name in names
        ),
        "各分数段份数",
    )


@dataclass(slots=True)
class _Level:
    """What forms have of a first level: how many, and the sums of weights and points."""

    forms: int = 0
    weight: Decimal = Decimal(0)
    points: Decimal = Decimal(0)

    def add(self, weight: Decimal, points: Decimal) -> None:
        self.forms += 1
        self.weight += weight
        self.points += points


def _levels(levels: Mapping[str, _Level]) -> Iterator[Section]:
    """How much of its weight each first level gets on average."""
    rows: list[tuple[Content, ...]] = []
    for name, sums in levels.items():
        weight, points = half_up(sums.weight / sums.forms, 2), half_up(sums.points / sums.forms, 2)
        rows.append((name or "未分级", sums.forms, weight, points, points / weight if weight else None))
    if rows:
        columns = (
            Column("一级指标", 24),
            Column("表数", 10, "count"),
            Column("平均分值", 10, "points"),
            Column("平均得分", 10, "points"),
            Column("得分率", 10, "percent"),
        )
        yield Section(
            "一级指标得分", columns, tuple(rows[:MOST_LEVELS]), "各一级指标平均得分率", 4, lying=True
        )


def _kinds(frame: Frame) -> Iterator[Section]:
    rows: list[tuple[Content, ...]] = []
    for kind, group in frame.groupby("kind", sort=False):
        totals = [total for total in group["total"] if total is not None]
        middle = half_up(statistics.median(totals), 2) if totals else None
        best, worst = (max(totals), min(totals)) if totals else (None, None)
        rows.append((str(kind), len(group), _mean(totals), middle, best, worst))
    if rows:
        columns = (
            Column("表种", 24),
            Column("份数", 10, "count"),
            Column("平均分", 10, "points"),
            Column("中位数", 10, "points"),
            Column("最高分", 10, "points"),
            Column("最低分", 10, "points"),
        )
        yield Section("各种表的得分", columns, tuple(rows))


def _superiors(frame: Frame) -> Iterator[Section]:
    named = frame[frame["superior"] != ""]
    rows: list[tuple[Content, ...]] = []
    for superior, group in named.groupby("superior", sort=False):
        totals = [total for total in group["total"] if total is not None]
        errors = sum(entry.errors for entry in group["entry"])
        rows.append((str(superior), len(group), _mean(totals), errors))
    if rows:
        columns = (
            Column("上级单位", 24),
            Column("份数", 10, "count"),
            Column("平均分", 10, "points"),
            Column("错误", 10, "count"),
        )
        yield Section("各上级单位", columns, tuple(rows))


def _checks(frame: Frame) -> Iterator[Section]:
    """Which checks find most."""
    if frame.empty:
        return
    table = frame.pivot_table("one", "check", "severity", aggfunc="sum", fill_value=0)
    table["all"] = table.sum(axis=1)
    rows = [
        (
            f"{code} {USUAL[code].title if code in USUAL else ''}".strip(),
            int(row.get("error", 0)),
            int(row.get("warning", 0)),
            int(row.get("info", 0)),
        )
        for code, row in table.sort_values(["all"], ascending=False, kind="stable").iterrows()
    ]
    columns = (
        Column("检查项", 24),
        Column("错误", 10, "count"),
        Column("提醒", 10, "count"),
        Column("提示", 10, "count"),
    )
    title = f"问题最多的检查项{f'（前 {_MOST_CHECKS} 项）' if len(rows) > _MOST_CHECKS else ''}"
    yield Section(title, columns, tuple(rows[:_MOST_CHECKS]))


def _states(entries: Sequence[Entry]) -> Iterator[Section]:
    counts = {name: sum(entry.status == status for entry in entries) for status, name in STATUS_NAMES.items()}
    columns = (Column("收到的表和文件", 24), Column("份数", 10, "count"))
    yield Section(columns[0].head, columns, tuple((name, count) for name, count in counts.items() if count))
