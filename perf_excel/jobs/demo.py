"""Replay (演示): published tables made anew as workbooks, and all that they print held against these."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from perf_excel.books.saving import write_atomic
from perf_excel.errors import UserError
from perf_excel.forms.measure import Measure
from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.jobs.examination.datafile import load_data
from perf_excel.jobs.examination.examining import Examined, examine
from perf_excel.jobs.export import export
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset, templates_folder
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.scoring.printed import agrees_with_percent

EXAMPLES = (
    ("zhengzhou-declaration", "示例.json"),
    ("zhengzhou-declaration", "示例-支出项目绩效目标表.json"),
    ("henan-department", "示例.json"),
    ("guangzhou-department", "示例.json"),
    ("hebei-luquan-department", "示例.json"),
    ("zhengzhou-evaluation", "示例.json"),
)
"""The published tables, in the order of a year's work: rule set, and its file of data."""

_NO_ROW = Indicator("", "", "")


@dataclass(frozen=True)
class Published:
    """A table as a unit published it, and what else its document says.

    ``levels`` are first-level sums that only the document's text prints; ``inferred`` names indicators whose
    points it does not print, so that they are filled in but prove nothing; ``notes`` say what else is
    missing.
    """

    rules: RuleSet
    form: Form
    source: str
    levels: dict[str, Decimal]
    inferred: frozenset[str]
    notes: tuple[str, ...]


class Held(NamedTuple):
    """One thing that was published, and how it stands in the workbook that was made."""

    what: str
    label: str
    published: str
    replayed: str
    equal: bool


@dataclass(frozen=True)
class Replay:
    """A published table made, read back, scored, checked and exported."""

    published: Published
    examined: Examined
    notes: tuple[str, ...]
    held: tuple[Held, ...]
    files: tuple[tuple[Path, Path | None], ...]
    """What was written, each with the backup of what it replaced."""

    @property
    def finished(self) -> Path:
        """The finished form (完成表)."""
        return self.files[-1][0]


def replays(folder: Path) -> Iterator[Replay]:
    """Replay every published table into a folder.

    Raises:
        UserError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UserError(f"{folder}：无法建立文件夹（可能已有同名文件，或没有权限），请换一个位置。") from None
    for rules, name in EXAMPLES:
        yield replay(published(rules, name), folder)


def published(rules: str, name: str) -> Published:
    """Return a published table of a rule set by the name of its file."""
    path = templates_folder() / rules / name
    more: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return Published(
        ruleset(rules),
        load_data(path),
        more["source"],
        {level: Decimal(points) for level, points in more.get("levels", {}).items()},
        frozenset(more.get("inferred", ())),
        tuple(more.get("notes", ())),
    )


def replay(one: Published, folder: Path) -> Replay:
    """Make a published table's workbook, read it back, hold it against what was published, and export it."""
    form = one.form
    book = folder / f"{form.unit}-{form.year}-{form.form}.xlsx"
    made = make(Order(one.rules, form.form, form), book)
    backup = write_atomic(book, made.data)
    examined = examine(book)
    finished = book.with_name(f"{book.stem}-完成表.xlsx")
    files = ((book, backup), (finished, write_atomic(finished, export(examined, finished).data)))
    return Replay(one, examined, made.notes, tuple(hold(one, examined)), files)


def printed_to_pdf(one: Replay) -> tuple[Path, Path | None]:
    """Export a replayed form as PDF too; return the file, and the backup of what it replaced.

    Raises:
        UserError: no program prints PDF.
    """
    target = one.finished.with_suffix(".pdf")
    return target, write_atomic(target, export(one.examined, target).data)


def hold(one: Published, examined: Examined) -> Iterator[Held]:
    """Hold all that was published against the workbook as read back, and against its scores."""
    yield from _around(one.form, examined.form)
    yield from _money(one.form, examined)
    yield from _rows(one, examined)
    yield from _sums(one, examined)


def _same(what: str, label: str, published: str, *replayed: str) -> Held:
    """Hold a text against every place where it stands again."""
    other = next((one for one in replayed if one != published), published)
    return Held(what, label, published, other or "空白", other == published)


def _number(what: str, label: str, published: Decimal, *replayed: Decimal | None) -> Held:
    """Hold a number against every place where it stands again."""
    other = next((one for one in replayed if one != published), published)
    return Held(what, label, shown(published), _shown(other), other == published)


def _rate(what: str, label: str, published: Measure, replayed: Measure) -> Held:
    """Hold a rate at the precision at which it was published."""
    equal = replayed.percent is not None and agrees_with_percent(published, replayed.percent)
    return Held(what, label, published.text, replayed.text, equal)


def _shown(number: Decimal | None) -> str:
    return "没有" if number is None else shown(number)


def _around(published: Form, back: Form) -> Iterator[Held]:
    """Hold what stands around the indicators and the money."""
    yield _same("表头", "单位", published.unit, back.unit)
    yield _same("表头", "年度", str(published.year), str(back.year))
    details = {detail.label: detail.text for detail in back.details}
    given = [
        ("单位编码", published.unit_code, back.unit_code),
        ("项目名称", published.project, back.project),
        *((one.label, one.text, details.get(one.label, "")) for one in published.details),
    ]
    yield from (_same("表头", *each) for each in given if each[1])
    goals = (
        ("预期目标", published.goal.expected, back.goal.expected),
        ("目标完成情况", published.goal.achieved, back.goal.achieved),
    )
    yield from (_same("目标", *each) for each in goals if each[1])
    for task, other in zip_longest(published.tasks, back.tasks):
        name = (task or other).name
        yield Held("任务", name, str(task), str(other), task == other)


def _money(published: Form, examined: Examined) -> Iterator[Held]:
    """Hold amounts, rates and points of the budget block, and whether its parts add up."""
    back, points = examined.form, {row.at: row.points for row in examined.scores.budget}
    for at, (row, other) in enumerate(zip_longest(published.funding, back.funding, fillvalue=Funding(""))):
        yield _same("资金", "名称", row.item, other.item)
        for label, amount, again in (
            ("年初预算数", row.initial, other.initial),
            ("全年预算数", row.annual, other.annual),
            ("全年执行数", row.executed, other.executed),
        ):
            if amount is not None:
                yield _number("资金", f"{row.item} {label}", amount, again)
        if row.rate.text:
            yield _rate("执行率", row.item, row.rate, other.rate)
        if row.score is not None:
            yield _number("得分", row.item, row.score, other.score, points.get(at))
    if published.sources:
        wrong = next((finding.message for finding in examined.findings if finding.check == "W3"), "")
        yield Held("资金合计", "合计", "各项相加等于合计", wrong or "各项相加等于合计", not wrong)


def _rows(one: Published, examined: Examined) -> Iterator[Held]:
    """Hold every indicator: what was filled in, then what was worked out of it."""
    rows = [row for row in one.form.indicators if row.level3]
    back, scores = examined.form.indicators, examined.scores.indicators
    for given, again, scored in zip_longest(rows, back, scores):
        row, other = given or _NO_ROW, again or _NO_ROW
        yield _same("指标", (given or other).name, _filled_in(row), _filled_in(other))
        if row.score is not None and row.name not in one.inferred:
            yield _number("得分", row.name, row.score, other.score, scored.points if scored else None)
        if row.deviation.text:
            yield _rate("偏差度", row.name, row.deviation, other.deviation)
        if row.share.text:
            yield _rate("得分率", row.name, row.share, other.share)


def _filled_in(row: Indicator) -> str:
    texts = (row.level1, row.level2, row.level3, row.target.text, row.actual.text, row.reason)
    return " | ".join((*texts, "" if row.weight is None else shown(row.weight)))


def _sums(one: Published, examined: Examined) -> Iterator[Held]:
    """Hold first-level sums, total and grade."""
    scores, back = examined.scores, examined.form
    levels = {level.name: level.points for level in scores.levels}
    for name, points in one.levels.items():
        yield _number("一级指标合计", name, points, levels.get(name))
    if one.form.total is not None:
        yield _number("总分", "总分", one.form.total, back.total, scores.total)
    if one.form.grade:
        # Where nothing is scored the grade is somebody's conclusion, only to be read back.
        computed = () if scores.total is None else (scores.grade,)
        yield _same("等级", "等级", one.form.grade, back.grade, *computed)
