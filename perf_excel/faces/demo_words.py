"""The demonstration told (演示的说明): what became of each published table, and one table of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from perf_excel.errors import UserError
from perf_excel.faces import wording
from perf_excel.faces.aligned_text import aligned
from perf_excel.jobs.demo import Published, Replay, printed_to_pdf, replays
from perf_excel.rules.scoring.arithmetic import shown

NUMERALS = "一二三四五六七八九"
NOTHING = "—"

Line = tuple[str, bool]
"""A line to show, and whether what it says is as published."""


def demo(folder: Path) -> Iterator[Line]:
    """Replay every published table into a folder, yielding what to show.

    Raises:
        UserError: the folder cannot be written, or no program prints PDF: then after all the rest.
    """
    done: list[Replay] = []
    for numeral, one in zip(NUMERALS, replays(folder), strict=False):
        done.append(one)
        yield from _told(numeral, one)
    largest = max(done, key=lambda one: len(one.published.form.indicators))
    failed: UserError | None = None
    try:
        yield _saved(*printed_to_pdf(largest)), True
    except UserError as error:
        failed = error
    yield from summary(done)
    if failed:
        raise failed


def _told(numeral: str, one: Replay) -> Iterator[Line]:
    published, examined = one.published, one.examined
    yield f"{numeral}、{_name(published)}（取自《{published.source}》）", True
    yield from ((f"  说明：{note}", True) for note in published.notes)
    yield from ((f"  {_saved(*file)}", True) for file in one.files)
    yield from ((f"  请注意：{note}", True) for note in one.notes)
    if examined.scores.total is not None:
        yield from ((line, True) for line in wording.score_lines(examined))
        yield from ((line, True) for line in wording.check_lines(examined)[len(wording.heading(examined)) :])
    else:
        yield from ((line, True) for line in wording.check_lines(examined))
    for held in one.held:
        if not held.equal:
            yield f"  不一致：{held.what} {held.label}：公开{held.published}，现为{held.replayed}", False


def _name(published: Published) -> str:
    return f"{published.form.unit} {published.form.year} 年{published.form.form}"


def _saved(target: Path, backup: Path | None) -> str:
    kept = f"（原有文件已备份为 {backup.name}）" if backup else ""
    return f"已保存：{target}{kept}"


def summary(done: Sequence[Replay]) -> Iterator[Line]:
    """Say for every table what was held against what was published, and how much of it is equal."""
    rows = [("公开的表", "指标", "一致", "计算", "公开"), *map(_row, done)]
    equal = [True, *(all(held.equal for held in one.held) for one in done)]
    parts = ["", *map(_parts, done)]
    documents = len({one.published.source for one in done})
    yield f"对照：{documents} 份公开文件的 {len(done)} 张表", True
    for line, good, part in zip(aligned(rows), equal, parts, strict=True):
        yield line, good
        if part:
            yield f"      {part}", good
    agreed = sum(equal[1:])
    ending = "全部与公开的一致" if agreed == len(done) else f"{len(done) - agreed} 张不一致，见上面各表"
    yield f"{len(done)} 张表，{ending}。", agreed == len(done)


def _row(one: Replay) -> tuple[str, ...]:
    form, scores = one.published.form, one.examined.scores
    named = sum(bool(row.level3) for row in form.indicators)
    equal = f"{sum(held.equal for held in one.held)}/{len(one.held)}"
    computed = NOTHING if scores.total is None else f"{shown(scores.total)} {scores.grade}"
    printed = NOTHING if form.total is None else f"{shown(form.total)} {form.grade or '（未印等级）'}"
    if form.total is None and form.grade:
        computed, printed = "不计分", form.grade
    return _name(one.published), str(named), equal, computed, printed


def _parts(one: Replay) -> str:
    """What was compared, each with how much of it is equal."""
    equal, all_ = Counter[str](), Counter[str]()
    for held in one.held:
        all_[held.what] += 1
        equal[held.what] += held.equal
    return "、".join(f"{what} {equal[what]}/{count}" for what, count in all_.items())
