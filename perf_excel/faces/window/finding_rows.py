"""Findings and scores as rows of a table (问题、得分), with the words that explain each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from perf_excel.faces.window.checked_files import Answer
from perf_excel.faces.window.score_words import reason
from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.whereabouts import cells_of, place_of
from perf_excel.rules.findings import CHECKS, Finding
from perf_excel.rules.rulesets.severities import SEVERITY_NAMES
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.scoring.points import RowScore

UNUSABLE = "无法使用"


class Place(NamedTuple):
    """A cell of a workbook."""

    path: Path
    sheet: str
    cell: str


class Spotted(NamedTuple):
    """A line of the table of findings, what explains it, and where it leads."""

    severity: str
    level: str
    file: str
    unit: str
    cell: str
    label: str
    title: str
    message: str
    check: str = ""
    words: tuple[str, ...] = ()
    """Lines below the table: the whole of what is said, with the arithmetic."""
    place: Place | None = None
    """None where the file could not be used."""


class Scored(NamedTuple):
    """A line of the table of scores, and where it leads."""

    file: str
    unit: str
    cell: str
    level1: str
    label: str
    weight: str
    points: str
    printed: str
    why: str
    severity: str
    place: Place


def spotted(answers: Sequence[Answer], names: dict[Path, str]) -> list[Spotted]:
    """Return every finding that counts, file by file; a file that could not be used is one, too."""
    return [line for answer in answers for line in _of_answer(answer, names[answer.path])]


def _of_answer(answer: Answer, name: str) -> Iterator[Spotted]:
    if not answer.forms:
        words = (f"{name}：{answer.sentence}",)
        yield Spotted("error", UNUSABLE, name, "", "", "", UNUSABLE, answer.sentence, words=words)
    for examined in answer.forms:
        for finding in examined.counted:
            yield _of_finding(answer.path, name, examined, finding)


def _of_finding(path: Path, name: str, examined: Examined, finding: Finding) -> Spotted:
    place = Place(path, **place_of(examined, finding.spot))
    title = CHECKS[finding.check].title
    return Spotted(
        finding.severity,
        SEVERITY_NAMES[finding.severity],
        name,
        examined.form.unit,
        cells_of(examined, finding),
        finding.label,
        title,
        finding.message,
        finding.check,
        tuple(_explained(place, name, examined, finding)),
        place,
    )


def _explained(place: Place, name: str, examined: Examined, finding: Finding) -> Iterator[str]:
    yield f"{name}，工作表“{place.sheet}”，{cells_of(examined, finding)} {finding.label}"
    yield f"{SEVERITY_NAMES[finding.severity]}：{finding.message}"
    values = (("应为", finding.expected), ("表上", finding.printed))
    told = "；".join(f"{what}：{_text(value)}" for what, value in values if value not in (None, ""))
    if told:
        yield told
    for row in examined.scores.each:
        if finding.speaks_of("funding" if row.kind == "budget" else "indicator", row.at):
            points = "尚无得分" if row.points is None else f"应得 {shown(row.points)} 分"
            yield f"这一行的算式（{row.label}，{points}）：{row.why}"
    if finding.note:
        yield f"请注意：{finding.note}"


def _text(value: str | Decimal | None) -> str:
    return shown(value) if isinstance(value, Decimal) else value or ""


def scored_rows(answers: Sequence[Answer], names: dict[Path, str]) -> list[Scored]:
    """Return every row that carries points, form by form."""
    return [
        _of_row(answer.path, names[answer.path], examined, row)
        for answer in answers
        for examined in answer.forms
        for row in examined.scores.each
    ]


def _of_row(path: Path, name: str, examined: Examined, row: RowScore) -> Scored:
    place = Place(path, **place_of(examined, row.spot("score")))
    differs = row.points is not None and row.printed is not None and row.points != row.printed
    why = row.why if row.points is not None else f"{reason(row)}。{row.why}"
    return Scored(
        name,
        examined.form.unit,
        place.cell,
        row.level1,
        row.label,
        "" if row.weight is None else shown(row.weight),
        "待补" if row.points is None else shown(row.points),
        "" if row.printed is None else shown(row.printed),
        why,
        "error" if differs else "warning" if row.points is None else "",
        place,
    )
